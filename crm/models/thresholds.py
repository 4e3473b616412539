"""The land-tax thresholds as dated, sourced data (decisions 29). What they mean: ``crm.domain.thresholds.rules``."""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from crm.models.types import BIG, new_uid, text, whole


class RuleSet(SQLModel, table=True):
    """A set of rules that hold together.

    Attributes:
        code: its name in verdicts: ``2019-seed``.
        name: how a page names it.
        as_of_year: the year of the source, where no start is known.
        valid_from: ISO day, or NULL for not known.
        valid_to: ISO day, the last one, or NULL for open.
    """

    __tablename__ = "rule_set"

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    version: int = Field(default=None, nullable=False, sa_type=BIG)
    code: str = Field(unique=True, sa_type=Text())
    name: str = Field(sa_type=Text())
    source: str = Field(sa_type=Text())
    as_of_year: int | None = whole()
    document_number: str | None = text()
    approved_by: str | None = text()
    valid_from: str | None = text()
    valid_to: str | None = text()


class Rule(SQLModel, table=True):
    """What one area asks for.

    Attributes:
        code: the rule's own id in its source: ``TH-HSR``.
        land_use: the code of the one land use it is limited to, or NULL for any.
        least_tax_yuan: the least tax a year of the whole project, 元; NULL where the rule has no such line.
        least_tax_per_mu_yuan: the least tax a year of each 亩, 元.
        quote: the sentence it comes from, to the letter.
    """

    __tablename__ = "rule"

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    version: int = Field(default=None, nullable=False, sa_type=BIG)
    rule_set_id: int = Field(foreign_key="rule_set.id", index=True, sa_type=BIG)
    code: str = Field(sa_type=Text())
    area: str = Field(sa_type=Text())
    land_use: str | None = text()
    least_tax_yuan: int | None = whole()
    least_tax_per_mu_yuan: int = Field(sa_type=BIG)
    quote: str = Field(sa_type=Text())
    source: str = Field(sa_type=Text())
    valid_from: str | None = text()
    valid_to: str | None = text()
