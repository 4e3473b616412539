"""What happened: change sets (who, why, when) and their lines; the audit trail, the undo and the news are one thing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from crm.models.types import BIG, new_uid, now, text, whole


class ChangeSet(SQLModel, table=True):
    """One transaction that changed something.

    Attributes:
        kind: what made it: edit, import, undo, redo, seed, restore …
        undoes: the change set this one takes back; never written into the one taken back, which stays as it is.
        place: its place in the chain, 1, 2, 3 … without a gap; NULL only inside its own transaction.
        lines: how many lines it has.
        digest: SHA-256 over its lines.
        seal: HMAC over the seal before it and this row (decisions 8, 41).
    """

    __tablename__ = "change_set"

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    by: str = Field(sa_type=Text())
    why: str = Field(sa_type=Text())
    kind: str = Field(sa_type=Text())
    at: datetime = Field(default_factory=now, sa_type=UTCDateTime())
    undoes: int | None = Field(default=None, foreign_key="change_set.id", index=True, sa_type=BIG)
    place: int | None = Field(default=None, unique=True, sa_type=BIG)
    lines: int | None = whole()
    digest: str | None = text()
    seal: str | None = text()


class ChangeLine(SQLModel, table=True):
    """One field of one record that a change set changed; a new or deleted record is one line with all its values.

    Attributes:
        record_kind: the table: leads, communities, funds, plots …
        record_id: its key there; kept when the record is gone.
        record_version: the record's version after the change.
        action: created, changed or deleted.
        field: the field; "" for a whole record.
        before: canonical JSON text, or NULL for unknown or not yet there.
        after: canonical JSON text, or NULL for unknown or no longer there.
    """

    __tablename__ = "change_line"
    __table_args__ = (
        Index("ix_change_line_record", "record_kind", "record_id"),
        CheckConstraint("action IN ('created', 'changed', 'deleted')", name="action_known"),
        CheckConstraint("(field = '') = (action <> 'changed')", name="field_of_a_change"),
    )

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    change_set_id: int = Field(foreign_key="change_set.id", index=True, sa_type=BIG)
    record_kind: str = Field(sa_type=Text())
    record_id: int = Field(sa_type=BIG)
    record_uid: str = Field(sa_type=Text())
    record_version: int = Field(sa_type=BIG)
    action: str = Field(sa_type=Text())
    field: str = Field(sa_type=Text())
    before: str | None = text()
    after: str | None = text()


class Fact(SQLModel, table=True):
    """What the database knows of itself: its own uid, when it was made, the key of the chain of its history."""

    __tablename__ = "fact"

    name: str = Field(primary_key=True, sa_type=Text())
    value: str = Field(sa_type=Text())


class Counter(SQLModel, table=True):
    """The last number given out for a prefix of codes (``XT-2026-``)."""

    __tablename__ = "counter"

    prefix: str = Field(primary_key=True, sa_type=Text())
    last: int = Field(sa_type=BIG)
