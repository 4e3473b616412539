"""The steward of a project (S58): exactly one at any time, each handover kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from crm.domain.quantities.calendar_days import first_day, last_day


def current(stewards: Iterable[Mapping[str, Any]], on: date) -> Mapping[str, Any] | None:
    """Return who is the steward on a day, of the records of one project (``stewards``); None before the first."""
    there = [each for each in stewards if first_day(each["since"]) <= on and _not_over(each, on)]
    return max(there, key=lambda each: first_day(each["since"]), default=None)


def overlapping(stewards: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return the pairs of records after another that leave two stewards on one day."""
    ordered = sorted(stewards, key=lambda each: first_day(each["since"]))
    pairs = itertools.pairwise(ordered)
    return [(one, other) for one, other in pairs if _not_over(one, first_day(other["since"]))]


def _not_over(steward: Mapping[str, Any], on: date) -> bool:
    """Return whether a steward still is one on a day; the day of the handover is the new one's."""
    until = steward.get("until")
    return until is None or on < last_day(until)
