"""What the list of leads asks and is answered with. No SQL: the window has it before SQLAlchemy is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crm.domain.quantities import YUAN_PER_WAN, Land, Money, PartialDate

FIRST_PAGE = 64
"""Rows of a screen at its fullest: what is shown before all ids are known."""

UNKNOWN = ""
"""In a set of words: the field is not filled in."""


@dataclass(frozen=True, slots=True)
class LeadRow:
    """What the list shows of one lead; None is unknown.

    Attributes:
        tax_per_mu: 万元 a year for each 亩.
        match: 0 to 100.
        missing: codes of the fields without which there is no verdict.
    """

    id: int
    code: str
    name: str | None
    investor: str | None
    industry: str | None
    stage: str | None
    status: str | None
    area: str | None
    planned_investment: Money | None
    land: Land | None
    next_step: str | None
    next_date: PartialDate | None
    owner: str | None
    version: int
    tax_per_mu: Decimal | None
    verdict: str | None
    critical: bool
    match: Decimal | None


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Which leads: every set names codes or words, any of them fits; an empty set asks nothing.

    Attributes:
        ids: only these (a search that has found them), or None.
        missing: names of fields that are not filled in; any of them.
        due_until: ``yyyymmdd``: the next step is due on this day or before.
        conditions: what else must hold, in the form of the contract (``--where``); "" asks nothing.
    """

    stages: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    due_until: int | None = None
    with_land: bool | None = None
    ids: tuple[int, ...] | None = field(default=None, compare=True)
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class LeadOrder:
    """How the list is sorted: ``key`` of ``ORDERS``; what is unknown stands last both ways."""

    key: str = "updated"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class LeadTotals:
    """Sums over a filter, with what they count: leads, not firms (decisions 13).

    Attributes:
        count: leads.
        investment: planned, 万元; the lower bounds, CNY only.
        investment_known: leads it sums.
        investment_foreign: leads with an amount in another currency: not in the sum.
        land: 亩, lower bounds.
        land_known: leads it sums.
        tax: at full production, 万元 a year; the lower bounds, CNY only.
    """

    count: int
    investment: Decimal
    investment_known: int
    investment_foreign: int
    land: Decimal
    land_known: int
    tax: Decimal
    tax_known: int


OF_STANDING = ("tax_per_mu", "verdict", "critical", "match")
"""The columns of a row that are of where the lead stands; the others are the lead's own."""

OF_LEAD = tuple(name for name in LeadRow.__dataclass_fields__ if name not in OF_STANDING)


def lead_row(values: Sequence[Any]) -> LeadRow:
    """Return the row of the values of ``OF_LEAD`` and ``OF_STANDING``, the latter in whole units as they are kept."""
    tax_per_mu, verdict, critical, match = values[len(OF_LEAD) :]
    return LeadRow(
        **dict(zip(OF_LEAD, values, strict=False)),
        tax_per_mu=_scaled(tax_per_mu, YUAN_PER_WAN),
        verdict=verdict,
        critical=bool(critical),
        match=_scaled(match, 100),
    )


def _scaled(number: int | None, scale: int) -> Decimal | None:
    return None if number is None else Decimal(number) / scale
