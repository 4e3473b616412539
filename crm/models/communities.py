"""The research communities: where a project without land may move in. Fields: ``crm.domain.fields.registry``."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Text
from sqlmodel import Field

from crm.domain.fields.registry import Kind
from crm.domain.fields.values import Platform
from crm.domain.quantities import Number, PartialDate, Space
from crm.models.records import RecordColumns
from crm.models.types import text, value, whole


class Community(RecordColumns, table=True):
    """The table ``communities``; what is not known is NULL."""

    __tablename__ = "communities"

    code: str = Field(sa_type=Text(), unique=True)
    name: str | None = text()
    area: str | None = text()
    functional_area: str | None = text()
    fields: tuple[str, ...] | None = value(Kind.TEXTS)
    space: Mapping[str, Space] | None = value(Kind.SPACES)
    ceiling_height: Number | None = value(Kind.NUMBER)
    floor_load: Number | None = value(Kind.NUMBER)
    power: Number | None = value(Kind.NUMBER)
    environment: tuple[str, ...] | None = value(Kind.TEXTS)
    platforms: tuple[Platform, ...] | None = value(Kind.PLATFORMS)
    international: tuple[str, ...] | None = value(Kind.TEXTS)
    ready: PartialDate | None = value(Kind.DATE)
    parent_area: str | None = text()
    transport: str | None = text()
    operator: str | None = text()
    rent: str | None = text()
    status: str | None = text()
    source: str | None = text()
    as_of: PartialDate | None = value(Kind.DATE)

    # Bounds to filter and sort by; see crm.models.types.
    ceiling_height_low: int | None = whole()
    ceiling_height_high: int | None = whole()
    floor_load_low: int | None = whole()
    floor_load_high: int | None = whole()
    power_low: int | None = whole()
    power_high: int | None = whole()
    ready_low: int | None = whole()
    ready_high: int | None = whole()
    as_of_low: int | None = whole()
    as_of_high: int | None = whole()
