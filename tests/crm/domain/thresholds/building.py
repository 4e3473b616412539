"""Short words for the values of a case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crm.domain.fields.values import Phase, Plot
from crm.domain.quantities import Land, Money, Rate
from crm.domain.thresholds import SEED, Case, Figure, Judgement, judge
from crm.domain.thresholds.judging import conclude

DAY = date(2026, 11, 22)


def mu(low: str | int | Decimal, high: str | int | Decimal | None = None, *, about: bool = False) -> Land:
    """Return land in 亩."""
    return Land(Decimal(low), Decimal(low if high is None else high), approximate=about)


def wan(low: str | int | Decimal, high: str | int | Decimal | None = None, currency: str = "CNY") -> Money:
    """Return a sum in 万."""
    return Money(Decimal(low), Decimal(low if high is None else high), currency=currency)


def plot(area: str | None, land: Land | None, tax: Money | None = None, use: str | None = None) -> Plot:
    """Return a plot."""
    return Plot(area, land, use, tax)


def signed(land: Land | None, tax: Money | None) -> Phase:
    """Return a committed phase."""
    return Phase(land, tax, committed=True)


def meant(land: Land | None, tax: Money | None) -> Phase:
    """Return a phase only intended."""
    return Phase(land, tax, committed=False)


def rate(currency: str, value: str, on: str = "2026-11-22") -> Rate:
    """Return a rate."""
    return Rate(currency, Decimal(value), on)


def verdict_of(case: Case) -> Judgement:
    """Return the judgement by the seed's rules; its conclusion is the same when it is asked for alone."""
    judgement = judge(case, SEED, DAY)
    assert conclude(case, SEED, DAY) == (judgement.verdict, judgement.critical, judgement.rule_set_status)
    return judgement


def told(judgement: Judgement) -> set[str]:
    """Return the codes of the reasons."""
    return {reason.code for reason in judgement.reasons}


def exactly(value: str | int) -> Figure:
    """Return a figure known to the point."""
    return Figure(Decimal(value), Decimal(value))


def between(low: str | int | None, high: str | int | None) -> Figure:
    """Return a figure that is a range."""
    return Figure(None if low is None else Decimal(low), None if high is None else Decimal(high))
