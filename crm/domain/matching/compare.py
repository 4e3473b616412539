"""Figures and dates that may be ranges, compared without guessing."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from crm.domain.matching.reasons import Result
from crm.domain.quantities.values import Money, PartialDate, Span

_LAST_MONTH_OF_YEAR = 12


def known(span: Span | None) -> Span | None:
    """Return the span when it says a number, else None (数千万元 says none)."""
    return None if span is None or (span.low is None and span.high is None) else span


def asked(need: Span) -> Decimal | None:
    """Return the figure that satisfies a need for certain: of 1000–1500 it is 1500, of 1000以上 it is 1000."""
    return need.high if need.high is not None else need.low


def enough(need: Span, available: Span | None) -> Result:
    """Return whether a need is covered.

    MET when the most that is asked is not more than the least there is; NOT_MET when even the least asked is more than
    the most there is; else UNKNOWN, as it is when nobody recorded what there is.
    """
    if available is None:
        return Result.UNKNOWN
    most_asked = asked(need)
    if most_asked is not None and available.low is not None and most_asked <= available.low:
        return Result.MET
    if need.low is not None and available.high is not None and need.low > available.high:
        return Result.NOT_MET
    return Result.UNKNOWN


def last_day(when: PartialDate) -> date:
    """Return the last day of a date known by day, month, quarter, half or year: "by 2027-03" is by 31 March."""
    if when.day is not None and when.month is not None:
        return date(when.year, when.month, when.day)
    month = _LAST_MONTH_OF_YEAR
    if when.month is not None:
        month = when.month
    elif when.quarter is not None:
        month = when.quarter * 3
    elif when.half is not None:
        month = when.half * 6
    return date(when.year, month, calendar.monthrange(when.year, month)[1])


def months_later(day: date, months: int) -> date:
    """Return the day some months later; the end of a month stays the end of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    ends = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if ends else min(day.day, last))


def months_late(ready: date, needed: date) -> int:
    """Return the whole months, rounded up, by which one day is later than another; 0 when it is not."""
    if ready <= needed:
        return 0
    months = (ready.year - needed.year) * 12 + ready.month - needed.month
    return months if ready <= months_later(needed, months) else months + 1


def in_cny(money: Money | None, rates: Mapping[str, Decimal]) -> Money | None:
    """Return a sum in 万元, or None when it is not known or its currency has no rate (decisions 26).

    ``rates`` give the CNY for one unit of a currency.
    """
    if money is None or (money.low is None and money.high is None):
        return None
    if money.currency == "CNY":
        return money
    rate = rates.get(money.currency)
    if rate is None:
        return None
    low = None if money.low is None else money.low * rate
    high = None if money.high is None else money.high * rate
    return Money(low, high, money.approximate, text=money.text)
