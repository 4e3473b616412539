"""Who reported first (首报, practice.md §2): by the registration time, as precisely as it is known."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from crm.domain.quantities import CHINA_TIME, PartialDate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report(Generic[T]):
    """A lead and when it was registered; None is unknown."""

    lead: T
    at: datetime | PartialDate | None


def first_of(one: Report[T], other: Report[T]) -> T | None:
    """Return the lead reported first; None when a time is unknown or the two may fall together.

    2024-03 is before 2024-04-01, but neither before nor after 2024-03-15.
    """
    if one.at is None or other.at is None:
        return None
    one_span, other_span = span(one.at), span(other.at)
    if one_span[1] < other_span[0]:
        return one.lead
    return other.lead if other_span[1] < one_span[0] else None


def span(at: datetime | PartialDate) -> tuple[datetime, datetime]:
    """Return the first and the last moment a time may mean."""
    if isinstance(at, datetime):
        return at, at
    first, last = _months(at)
    end = at.day or calendar.monthrange(at.year, last)[1]
    return (
        datetime(at.year, first, at.day or 1, tzinfo=CHINA_TIME),
        datetime(at.year, last, end, 23, 59, 59, 999_999, tzinfo=CHINA_TIME),
    )


def _months(at: PartialDate) -> tuple[int, int]:
    """Return the first and the last month a date may mean."""
    if at.quarter:
        return 3 * at.quarter - 2, 3 * at.quarter
    if at.half:
        return 6 * at.half - 5, 6 * at.half
    return at.month or 1, at.month or 12
