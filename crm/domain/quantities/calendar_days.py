"""The first and the last day that a date known to the month, quarter, half or year may mean."""

from __future__ import annotations

import calendar
from datetime import date

from crm.domain.quantities.values import PartialDate


def first_day(day: PartialDate) -> date:
    """Return the first day it may mean: 2024-Q3 is 2024-07-01."""
    return date(day.year, _months(day)[0], day.day or 1)


def last_day(day: PartialDate) -> date:
    """Return the last day it may mean: 2024-H1 is 2024-06-30."""
    last = _months(day)[1]
    return date(day.year, last, day.day or calendar.monthrange(day.year, last)[1])


def exact(day: date) -> PartialDate:
    """Return a day of the calendar as a date of the domain."""
    return PartialDate(day.year, day.month, day.day)


def _months(day: PartialDate) -> tuple[int, int]:
    if day.quarter:
        return 3 * day.quarter - 2, 3 * day.quarter
    if day.half:
        return 6 * day.half - 5, 6 * day.half
    return day.month or 1, day.month or 12
