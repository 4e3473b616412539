"""How long leads take from one dated stage to the next (S61): the median of days, of exact days only."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from crm.domain.quantities import PartialDate
from crm.domain.quantities.calendar_days import first_day
from crm.domain.stages.pipeline import DATED


@dataclass(frozen=True, slots=True)
class Duration:
    """From the day of one stage to that of the next.

    Attributes:
        cases: leads with both days known to the day.
        left_out: leads with both dates, one of them not known to the day or in the wrong order.
        median_days: None without a case.
    """

    since: str
    until: str
    cases: int
    left_out: int
    median_days: Fraction | None


def durations(leads: Iterable[Mapping[str, Any]]) -> list[Duration]:
    """Return the median days between each two dated stages that follow each other."""
    known = list(leads)
    return [
        _duration(one.code, other.code, [(lead.get(one.date), lead.get(other.date)) for lead in known])
        for one, other in itertools.pairwise(DATED)
    ]


def _duration(since: str, until: str, pairs: Iterable[tuple[object, object]]) -> Duration:
    days: list[int] = []
    both = 0
    for begun, ended in pairs:
        if begun is None or ended is None:
            continue
        both += 1
        first, second = _day(begun), _day(ended)
        if first and second and first <= second:
            days.append((second - first).days)
    middle = Fraction(median(map(Fraction, days))) if days else None
    return Duration(since, until, len(days), both - len(days), middle)


def _day(value: object) -> date | None:
    return first_day(value) if isinstance(value, PartialDate) and value.day else None
