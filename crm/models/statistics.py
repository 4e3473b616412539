"""Reports of periods that were frozen: their figures stay, whatever is corrected later."""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from crm.models.types import BIG, new_uid


class FrozenReport(SQLModel, table=True):
    """The figures of a period as they were reported. One a period; never changed, only taken back by undo.

    Attributes:
        period: its key: 2026-11.
        content: the text of ``crm.domain.statistics.snapshot``.
        by: who froze it.
        on: ISO date of the day it was frozen.
        head: seal of the last change set before: the state of the book it was made from (decisions 8, 41).
    """

    __tablename__ = "frozen_report"

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    version: int = Field(default=None, nullable=False, sa_type=BIG)
    period: str = Field(unique=True, sa_type=Text())
    content: str = Field(sa_type=Text())
    by: str = Field(sa_type=Text())
    on: str = Field(sa_type=Text())
    head: str = Field(sa_type=Text())
