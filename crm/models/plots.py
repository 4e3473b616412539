"""The plots: land that can be supplied. Fields and their meaning: ``crm.domain.fields.registry``."""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field

from crm.domain.fields.registry import Kind
from crm.domain.quantities import Land, Number, PartialDate
from crm.models.records import RecordColumns
from crm.models.types import text, value, whole


class PlotOfLand(RecordColumns, table=True):
    """The table ``plots``; what is not known is NULL."""

    __tablename__ = "plots"

    code: str = Field(sa_type=Text(), unique=True)
    area: str | None = text()
    functional_area: str | None = text()
    land: Land | None = value(Kind.LAND)
    land_use: str | None = text()
    plot_ratio: Number | None = value(Kind.NUMBER)
    transport: str | None = text()
    origin: str | None = text()
    status: str | None = text()
    locked_by: str | None = text()
    locked_until: PartialDate | None = value(Kind.DATE)
    plans: tuple[str, ...] | None = value(Kind.TEXTS)
    source: str | None = text()
    as_of: PartialDate | None = value(Kind.DATE)

    # Bounds to filter and sort by; see crm.models.types.
    land_low: int | None = whole()
    land_high: int | None = whole()
    plot_ratio_low: int | None = whole()
    plot_ratio_high: int | None = whole()
    locked_until_low: int | None = whole()
    locked_until_high: int | None = whole()
    as_of_low: int | None = whole()
    as_of_high: int | None = whole()
