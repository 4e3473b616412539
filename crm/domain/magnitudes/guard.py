"""Figures whose size makes sense only when they were meant in another unit: 万 for 亿, 元 for 万元, ㎡ for 亩.

The guard decides nothing and changes nothing: it sets both readings side by side with the ratios that speak for each,
and a person says which one holds. It speaks up only when the figure as given is out of every proportion *and* one slip
of the unit brings all proportions back. The bounds are this program's own and wide on purpose (practice.md §4): ten
times and more beyond what projects promise, so that an unusual project is not bothered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from crm.domain.quantities import Space, Span
from crm.domain.quantities.values import MU_PER_SQUARE_METRE
from crm.domain.reasons import Reason

TEN_THOUSAND = Decimal(10_000)


class Slip(StrEnum):
    """How a figure may have been meant."""

    MORE = "ten_thousand_more"
    """亿 was written as 万, 万元 as 元: it is ten thousand times as much."""
    LESS = "ten_thousand_less"
    """万 was written as 亿, 元 as 万元: it is a ten-thousandth."""
    SQUARE_METRES = "square_metres"
    """亩 was written for ㎡."""
    MU = "mu"
    """㎡ was written for 亩."""


FACTORS: Mapping[Slip, Decimal] = {
    Slip.MORE: TEN_THOUSAND,
    Slip.LESS: 1 / TEN_THOUSAND,
    Slip.SQUARE_METRES: MU_PER_SQUARE_METRE,
    Slip.MU: 1 / MU_PER_SQUARE_METRE,
}
"""By what each slip multiplies the figure; the last is for comparing only."""

_OF_MONEY, _OF_LAND = (Slip.MORE, Slip.LESS), (Slip.SQUARE_METRES, Slip.MU)
SLIPS: Mapping[str, tuple[Slip, ...]] = {
    "planned_investment": _OF_MONEY,
    "fixed_investment": _OF_MONEY,
    "annual_tax": _OF_MONEY,
    "land": _OF_LAND,
    "space": _OF_MONEY,
}
"""The slips that a figure of a field can be; heads are never miscounted by a unit."""


_FIGURES = (*SLIPS, "jobs")
"""The fields whose figures are compared."""


class Proportion(NamedTuple):
    """A figure against another, between bounds no project is known to leave.

    Attributes:
        upper, lower: fields; the proportion is upper ÷ lower, money in 万元, land in 亩, space in ㎡.
    """

    code: str
    upper: str
    lower: str
    least: Decimal
    most: Decimal


PROPORTIONS = (
    Proportion("tax_to_investment", "annual_tax", "planned_investment", Decimal("0.0005"), Decimal(5)),
    Proportion("tax_to_investment", "annual_tax", "fixed_investment", Decimal("0.0005"), Decimal(20)),
    Proportion("tax_per_mu", "annual_tax", "land", Decimal(1), Decimal(3_000)),
    Proportion("investment_per_mu", "planned_investment", "land", Decimal(20), Decimal(50_000)),
    Proportion("investment_per_mu", "fixed_investment", "land", Decimal(10), Decimal(50_000)),
    Proportion("fixed_to_planned", "fixed_investment", "planned_investment", Decimal("0.002"), Decimal(20)),
    Proportion("space_per_person", "space", "jobs", Decimal(1), Decimal(3_000)),
)

ALONE: Mapping[str, tuple[Decimal, Decimal]] = {
    "planned_investment": (Decimal(10), Decimal(20_000_000)),
    "fixed_investment": (Decimal(1), Decimal(20_000_000)),
    "annual_tax": (Decimal("0.1"), Decimal(2_000_000)),
    "land": (Decimal("0.05"), Decimal(5_000)),
}
"""What one project can have at the least and at the most: 万元, 亩."""

NEAR_MONEY, NEAR_LAND = Decimal(3), Decimal("1.3")
"""How close to a slip's factor a new figure must lie to what the same project had before, to be one."""

Bounds: TypeAlias = tuple[Decimal, Decimal]
Figures: TypeAlias = dict[str, Bounds]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One figure with its two readings.

    Attributes:
        field: its name.
        stated: as it was given.
        other: as it may have been meant.
        slip: how the one becomes the other.
        reasons: the code of a proportion (stated, other: what it is by each reading), ``alone`` (field, least, most),
            ``before`` (field, before: the figure known until now).
    """

    field: str
    stated: Span
    other: Span
    slip: Slip
    reasons: tuple[Reason, ...]


def suspect(values: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> list[Suspicion]:
    """Return the figures of a lead that may be slips of a unit, each with both readings; most leads have none.

    Two figures that are out of proportion may be either's slip: then both are returned, and a person chooses.

    Args:
        values: of the lead, as they would be.
        before: as the same project had them until now; {} or None when it is new.
    """
    figures = _figures(values)
    if not figures:
        return []
    broken = [] if len(figures) == 1 else [each for each in PROPORTIONS if not _holds(each, figures)]
    alone = [name for name, figure in figures.items() if name in ALONE and not _within(figure, ALONE[name])]
    jumps = _jumps(figures, _figures(before)) if before else {}
    if not (broken or alone or jumps):
        return []
    return _readings(values, before or {}, figures, broken, alone=alone, jumps=jumps)


def other_reading(value: Span, slip: Slip) -> Span:
    """Return a figure as it is after a slip is undone."""
    factor = FACTORS[slip]
    if slip is Slip.MU:
        low, high = (None if bound is None else bound / MU_PER_SQUARE_METRE for bound in (value.low, value.high))
    else:
        low, high = (None if bound is None else bound * factor for bound in (value.low, value.high))
    return replace(value, low=low, high=high, text="")


def _figures(values: Mapping[str, Any]) -> Figures:
    """Return the positive figures the guard compares, as (low, high)."""
    found: Figures = {}
    for name in _FIGURES:
        value = values.get(name)
        if isinstance(value, Span):
            low, high = value.low, value.high
            if low is not None and high is not None and low > 0 and getattr(value, "currency", "CNY") == "CNY":
                found[name] = low, high
        elif name == "space" and isinstance(value, Mapping):
            _add_space(found, value)
    return found


def _add_space(found: Figures, spaces: Mapping[str, Any]) -> None:
    low = high = Decimal(0)
    for room in spaces.values():
        if not isinstance(room, Space) or not room.low or not room.high:
            return
        low, high = low + room.low, high + room.high
    if low:
        found["space"] = (low, high)


def _holds(proportion: Proportion, figures: Figures) -> bool:
    _code, upper, lower, least, most = proportion
    if upper not in figures or lower not in figures:
        return True
    (upper_low, upper_high), (lower_low, lower_high) = figures[upper], figures[lower]
    return upper_high >= least * lower_low and upper_low <= most * lower_high


def _within(figure: Bounds, bounds: Bounds) -> bool:
    return figure[1] >= bounds[0] and figure[0] <= bounds[1]


def _jumps(figures: Figures, before: Figures) -> dict[str, Slip]:
    """Return the figures that are a unit's factor away from what was known until now, with the slip that mends them."""
    found = {}
    for name, slips in SLIPS.items():
        if name in figures and name in before:
            near = NEAR_LAND if name == "land" else NEAR_MONEY
            change = before[name][0] / figures[name][0]
            slip = next((slip for slip in slips if FACTORS[slip] / near <= change <= FACTORS[slip] * near), None)
            if slip is not None:
                found[name] = slip
    return found


def _readings(
    values: Mapping[str, Any],
    before: Mapping[str, Any],
    figures: Figures,
    broken: Sequence[Proportion],
    *,
    alone: Sequence[str],
    jumps: Mapping[str, Slip],
) -> list[Suspicion]:
    """Return the readings that mend everything that is wrong about their figure, those that mend most."""
    found: list[tuple[int, Suspicion]] = []
    for name, slips in SLIPS.items():
        concerned = [each for each in broken if name in (each.upper, each.lower)]
        if name not in figures or not (concerned or name in alone or name in jumps):
            continue
        for slip in (jumps[name],) if name in jumps else slips:
            shifted = figures | {name: _shifted(figures[name], slip)}
            if _mends(name, shifted, figures):
                number = len(concerned) + (name in alone) + (name in jumps)
                reasons = [*_out_of_proportion(figures, shifted, concerned)]
                if name in alone:
                    reasons.append(Reason("alone", {"field": name, "least": ALONE[name][0], "most": ALONE[name][1]}))
                if name in jumps:
                    reasons.append(Reason("before", {"field": name, "before": before[name]}))
                found += [(number, each) for each in _suspicions(values, name, slip, tuple(reasons))]
    most = max((number for number, _each in found), default=0)
    return [each for number, each in found if number == most]


def _shifted(figure: Bounds, slip: Slip) -> Bounds:
    return figure[0] * FACTORS[slip], figure[1] * FACTORS[slip]


def _mends(name: str, shifted: Figures, figures: Figures) -> bool:
    """Whether a reading leaves nothing wrong about its figure, and makes nothing wrong that was right."""
    if name in ALONE and not _within(shifted[name], ALONE[name]):
        return False
    return all(
        _holds(each, shifted) or (name not in (each.upper, each.lower) and not _holds(each, figures))
        for each in PROPORTIONS
    )


def _out_of_proportion(figures: Figures, shifted: Figures, concerned: Sequence[Proportion]) -> Iterator[Reason]:
    for each in concerned:
        stated = figures[each.upper][0] / figures[each.lower][0]
        other = shifted[each.upper][0] / shifted[each.lower][0]
        yield Reason(each.code, {"stated": stated, "other": other})


def _suspicions(values: Mapping[str, Any], name: str, slip: Slip, reasons: tuple[Reason, ...]) -> Iterator[Suspicion]:
    if name == "space":
        for kind, room in values["space"].items():
            yield Suspicion(f"space.{kind}", room, other_reading(room, slip), slip, reasons)
    else:
        yield Suspicion(name, values[name], other_reading(values[name], slip), slip, reasons)
