"""What promises were worth: realised over promised tax of projects in full production, as statistics (decisions 47).

Shown beside a verdict with its number of cases and its interval, from 20 cases on, never by person, never in a brief;
it changes no verdict. The median is given, with the interval of its order statistics: no distribution is assumed and no
number is rounded on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import comb
from typing import Any, NamedTuple

from crm.domain.quantities import Money

LEAST_CASES = 20
DOUBT_PER_MILLE = 25
"""Chance on either side that the median lies outside the interval: 25 in a thousand, so 95 % within."""

FULL = "full"

SIZES: tuple[tuple[str, Decimal], ...] = (
    ("below_100m", Decimal(10_000)),
    ("below_500m", Decimal(50_000)),
    ("below_2bn", Decimal(200_000)),
)
"""Classes of planned investment by their upper end, 万元; what is larger is ``from_2bn``."""

LARGEST = "from_2bn"

CHANNELS = ("station", "campaign", "led_by", "referrer")
"""How a lead came, by the first of these fields that is filled in; a person is none of them."""


class Case(NamedTuple):
    """A project in full production: what was promised and what came, each above nought, in the same basis.

    Attributes:
        industry: main field; None where not known.
        size: class of planned investment.
        channel: how it came.
    """

    code: str
    industry: str | None
    size: str | None
    channel: str
    ratio: Fraction


@dataclass(frozen=True, slots=True)
class Calibration:
    """The factor of a group of cases.

    Attributes:
        by: which traits the group shares: of ``industry``, ``size``, ``channel``; () for all cases.
        cases: how many, at least ``LEAST_CASES``.
        median: realised over promised tax.
        low, high: the interval of the median, 95 %.
    """

    by: tuple[str, ...]
    cases: int
    median: Fraction
    low: Fraction
    high: Fraction


GROUPS: tuple[tuple[str, ...], ...] = (("industry", "size", "channel"), ("industry", "size"), ("industry",), ())
"""The narrowest group with enough cases is taken."""


def case_of(lead: Mapping[str, Any], realised: Iterable[Mapping[str, Any]], field: Callable[[str], str]) -> Case | None:
    """Return a lead as a case; None where promise or result is not exactly known, or they cannot be compared.

    Args:
        lead: its record, with the promise in ``annual_tax`` for the year ``full_year``.
        realised: records of ``performance`` that name it; the actual tax of the first full year on counts.
        field: the field that a word of industry means.
    """
    promised, year = _exact(lead.get("annual_tax")), lead.get("full_year")
    if promised is None or not isinstance(year, int):
        return None
    basis = lead.get("tax_basis") or FULL
    for each in sorted(realised, key=lambda each: each["year"]):
        came = _exact(each.get("tax"))
        if each.get("kind") == "actual" and each["year"] >= year and (each.get("tax_basis") or FULL) == basis and came:
            traits = traits_of(lead, field)
            return Case(str(lead["code"]), traits["industry"], traits["size"], str(traits["channel"]), came / promised)
    return None


def traits_of(lead: Mapping[str, Any], field: Callable[[str], str]) -> dict[str, str | None]:
    """Return what a lead is grouped by: its field, the class of its planned investment, how it came."""
    industry = lead.get("industry")
    investment = lead.get("planned_investment")
    size = None
    if isinstance(investment, Money) and investment.currency == "CNY" and investment.low is not None:
        size = next((name for name, most in SIZES if investment.low < most), LARGEST)
    channel = next((name for name in CHANNELS if lead.get(name)), "other")
    return {"industry": field(str(industry)) if industry else None, "size": size, "channel": channel}


def calibrate(cases: Iterable[Case], traits: Mapping[str, str | None]) -> Calibration | None:
    """Return the factor of the narrowest group that shares a lead's traits and has enough cases; None without one."""
    known = list(cases)
    for by in GROUPS:
        if all(traits[name] is not None for name in by):
            group = [case for case in known if all(getattr(case, name) == traits[name] for name in by)]
            if len(group) >= LEAST_CASES:
                return _factor(by, [case.ratio for case in group])
    return None


def groups_of(cases: Iterable[Case], by: str) -> dict[str, Calibration | int]:
    """Return the factor of each group of one trait, or how many cases it has where they are too few."""
    groups: dict[str, list[Fraction]] = {}
    for case in cases:
        groups.setdefault(str(getattr(case, by) or ""), []).append(case.ratio)
    return {
        name: _factor((by,), ratios) if len(ratios) >= LEAST_CASES else len(ratios)
        for name, ratios in sorted(groups.items())
    }


def _factor(by: tuple[str, ...], ratios: Sequence[Fraction]) -> Calibration:
    ordered, count = sorted(ratios), len(ratios)
    middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    place = interval_place(count)
    return Calibration(by, count, middle, ordered[place], ordered[count - 1 - place])


def interval_place(count: int) -> int:
    """Return how many of the smallest of ``count`` cases lie below the interval of the median (exact binomial)."""
    below, place = 1, 0
    while 1000 * (below + comb(count, place + 1)) <= DOUBT_PER_MILLE * 2**count:
        place += 1
        below += comb(count, place)
    return place


def _exact(money: object) -> Fraction | None:
    if not isinstance(money, Money) or money.currency != "CNY" or money.exact is None or money.exact <= 0:
        return None
    return Fraction(money.exact)
