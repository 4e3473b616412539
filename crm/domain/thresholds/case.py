"""What the judge is asked about: the part of a lead that the thresholds look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from crm.domain.fields.values import Lease, Phase, Plot
from crm.domain.quantities import Land, Money, Rate


@dataclass(frozen=True, slots=True)
class Case:
    """A project as far as the thresholds are concerned; None or an empty tuple is unknown, never zero.

    ``area``, ``land`` and ``land_use`` are the short form for one plot (decision 38). A plot that states no area or use
    of its own takes the project's.

    Attributes:
        area: code of the area class.
        land: to be supplied, 亩; known to be 0 is a project without 供地 (decision 34).
        land_use: code.
        annual_tax: in the year of full production, 万 of its currency.
        tax_basis: code; None: not given.
        tax_by_year: tax of each year, 万 of its currency.
        full_year: year of full production.
        address: used for the area class by the confirmed mapping only.
        rates: those known on the day of the check.
    """

    area: str | None = None
    land: Land | None = None
    land_use: str | None = None
    annual_tax: Money | None = None
    tax_basis: str | None = None
    plots: tuple[Plot, ...] = ()
    phases: tuple[Phase, ...] = ()
    leases: tuple[Lease, ...] = ()
    tax_by_year: tuple[tuple[int, Money | None], ...] = ()
    full_year: int | None = None
    address: str | None = None
    rates: tuple[Rate, ...] = ()


def case_from_values(values: Mapping[str, object], rates: Iterable[Rate] = ()) -> Case:
    """Return the case of a lead's record (field name -> domain value, as in ``crm.domain.fields.registry``)."""
    years = cast("Mapping[int, Money | None]", values.get("tax_by_year") or {})
    return Case(
        area=cast("str | None", values.get("area")),
        land=cast("Land | None", values.get("land")),
        land_use=cast("str | None", values.get("land_use")),
        annual_tax=cast("Money | None", values.get("annual_tax")),
        tax_basis=cast("str | None", values.get("tax_basis")),
        plots=tuple(cast("Iterable[Plot]", values.get("plots") or ())),
        phases=tuple(cast("Iterable[Phase]", values.get("phases") or ())),
        leases=tuple(cast("Iterable[Lease]", values.get("lease") or ())),
        tax_by_year=tuple(sorted(years.items())),
        full_year=cast("int | None", values.get("full_year")),
        address=cast("str | None", values.get("address")),
        rates=tuple(rates),
    )
