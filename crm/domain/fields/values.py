"""The structured values a field may hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from crm.domain.quantities import Land, Money, Space


@dataclass(frozen=True, slots=True)
class Plot:
    """A piece of land a lead wants: area class, land in 亩, use (code), its own tax in 万元 a year."""

    area: str | None
    land: Land | None
    land_use: str | None = None
    tax: Money | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a project: land in 亩, tax in 万元 a year, whether it is committed (signed)."""

    land: Land | None
    tax: Money | None
    committed: bool


@dataclass(frozen=True, slots=True)
class Lease:
    """Leased floor space: kind ("" where none is named), m², plot ratio of the building (for the reference land)."""

    kind: str
    space: Space | None
    plot_ratio: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform of a community and the field it serves."""

    name: str
    field: str | None = None
