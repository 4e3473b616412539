"""The funds: what money could come with a project. Fields and their meaning: ``crm.domain.fields.registry``."""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field

from crm.domain.fields.registry import Kind
from crm.domain.quantities import Money, Number, PartialDate
from crm.models.records import RecordColumns
from crm.models.types import flag, text, value, whole


class Fund(RecordColumns, table=True):
    """The table ``funds``; what is not known is NULL."""

    __tablename__ = "funds"

    code: str = Field(sa_type=Text(), unique=True)
    name: str | None = text()
    kind: str | None = text()
    origin: str | None = text()
    manager: str | None = text()
    fields: tuple[str, ...] | None = value(Kind.TEXTS)
    stages: tuple[str, ...] | None = value(Kind.TEXTS)
    core_stages: tuple[str, ...] | None = value(Kind.TEXTS)
    ticket_low: Money | None = value(Kind.MONEY)
    ticket_high: Money | None = value(Kind.MONEY)
    remaining: Money | None = value(Kind.MONEY)
    size: Money | None = value(Kind.MONEY)
    size_basis: str | None = text()
    invest_until: PartialDate | None = value(Kind.DATE)
    per_project_cap: Number | None = value(Kind.NUMBER)
    leads_rounds: bool | None = flag()
    similar_investments: Number | None = value(Kind.NUMBER)
    return_ratio: Number | None = value(Kind.NUMBER)
    return_confirmed: bool | None = flag()
    region: str | None = text()
    source: str | None = text()
    as_of: PartialDate | None = value(Kind.DATE)

    # Bounds to filter and sort by; see crm.models.types.
    ticket_low_low: int | None = whole()
    ticket_low_high: int | None = whole()
    ticket_high_low: int | None = whole()
    ticket_high_high: int | None = whole()
    remaining_low: int | None = whole()
    remaining_high: int | None = whole()
    size_low: int | None = whole()
    size_high: int | None = whole()
    invest_until_low: int | None = whole()
    invest_until_high: int | None = whole()
    per_project_cap_low: int | None = whole()
    per_project_cap_high: int | None = whole()
    similar_investments_low: int | None = whole()
    similar_investments_high: int | None = whole()
    return_ratio_low: int | None = whole()
    return_ratio_high: int | None = whole()
    as_of_low: int | None = whole()
    as_of_high: int | None = whole()
