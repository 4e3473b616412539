"""Periods of a report: an ISO week, a month, a quarter, a year; named 2026-W47, 2026-11, 2026-Q4, 2026."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crm.domain.quantities import CHINA_TIME, PartialDate, date_text
from crm.errors import ValueRefusedError
from crm.i18n import _

_WRITTEN = re.compile(r"(?P<year>(?:19|20|21)\d\d)(?:-?W(?P<week>\d{1,2})|-?Q(?P<quarter>[1-4])|-(?P<month>\d{1,2}))?")
MONTHS = 12
QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole days.

    Attributes:
        key: as it is written: ``2026-11``.
        first: its first day.
        last: its last day.
    """

    key: str
    first: date
    last: date

    @property
    def year(self) -> Period:
        """The stretch from the first of January of the year it ends in to its last day: 今年累计."""
        return Period(f"{self.last.year}…", date(self.last.year, 1, 1), self.last)

    @property
    def before(self) -> Period:
        """The period of the same length right before it."""
        day = self.first - timedelta(days=1)
        if "W" in self.key:
            year, week, _weekday = day.isocalendar()
            return read_period(f"{year}-W{week:02d}")
        if "Q" in self.key:
            return read_period(f"{day.year}-Q{(day.month + 2) // QUARTER}")
        return read_period(f"{day.year}-{day.month:02d}" if "-" in self.key else str(day.year))

    @property
    def after(self) -> date:
        """The first day after it."""
        return self.last + timedelta(days=1)

    def holds(self, first: date, last: date) -> bool:
        """Return whether all of these days lie in it."""
        return self.first <= first and last <= self.last

    def touches(self, first: date, last: date) -> bool:
        """Return whether one of these days lies in it."""
        return self.first <= last and first <= self.last


def read_period(text: str) -> Period:
    """Return the period that is written so.

    Raises:
        ValueRefusedError: it is none.
    """
    match = _WRITTEN.fullmatch(text.strip().upper())
    if match is None:
        raise _refused(text)
    year = int(match["year"])
    try:
        if match["week"]:
            first = date.fromisocalendar(year, int(match["week"]), 1)
            return Period(f"{year}-W{int(match['week']):02d}", first, first + timedelta(days=6))
        if match["quarter"]:
            number = int(match["quarter"])
            return Period(f"{year}-Q{number}", *_months(year, QUARTER * number - 2, QUARTER * number))
        if match["month"]:
            return Period(f"{year}-{int(match['month']):02d}", *_months(year, int(match["month"]), int(match["month"])))
    except ValueError as error:
        raise _refused(text) from error
    return Period(str(year), date(year, 1, 1), date(year, MONTHS, 31))


def period_around(length: str, day: date) -> Period:
    """Return the period of a length (weekly, monthly, quarterly, annual) that a day is in."""
    year, week, _weekday = day.isocalendar()
    keys = {
        "weekly": f"{year}-W{week:02d}",
        "monthly": f"{day.year}-{day.month:02d}",
        "quarterly": f"{day.year}-Q{(day.month + 2) // QUARTER}",
        "annual": str(day.year),
    }
    return read_period(keys[length])


def period_text(period: Period) -> str:
    """Return a period as people write it: 2026年11月, 2026年第47周（11月16日至11月22日）."""
    if "W" in period.key:
        days = _("{first} to {last}").format(first=_day(period.first), last=_day(period.last))
        year, week = period.key.split("-W")
        return _("{year}, week {week} ({days})").format(year=_year(int(year)), week=int(week), days=days)
    if "Q" in period.key:
        return date_text(PartialDate(period.first.year, quarter=int(period.key[-1])))
    if "-" in period.key:
        return date_text(PartialDate(period.first.year, period.first.month))
    return _year(period.first.year)


def days_of(given: PartialDate | datetime) -> tuple[date, date]:
    """Return the first and the last day a date can mean; a moment is a day in China."""
    if isinstance(given, datetime):
        day = given.astimezone(CHINA_TIME).date()
        return day, day
    if given.day and given.month:
        day = date(given.year, given.month, given.day)
        return day, day
    if given.quarter:
        return _months(given.year, QUARTER * given.quarter - 2, QUARTER * given.quarter)
    if given.half:
        return _months(given.year, 6 * given.half - 5, 6 * given.half)
    return _months(given.year, given.month or 1, given.month or MONTHS)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _day(day: date) -> str:
    return _("{month}/{day}").format(month=day.month, day=day.day)


def _year(year: int) -> str:
    return date_text(PartialDate(year))


def _refused(text: str) -> ValueRefusedError:
    message = _("“{text}” is no period. Write a week 2026-W47, a month 2026-11, a quarter 2026-Q4 or a year 2026.")
    return ValueRefusedError(message.format(text=text), where="period")
