"""Working days of mainland China: weekends, legal holidays, and the make-up days (调休) of each year's arrangement.

The State Council announces the arrangement of a year late in the year before. Of a year that is not arranged yet only
the legal holidays and the weekends are known; whoever shows a day of it says so (``is_arranged``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 2001, 2099
"""Years the calendar tells of; in others only weekends are known."""

_SATURDAY = 5
_LANGUAGES = {"zh_CN": "zh_CN", "en": "en_US"}


class DayKind(StrEnum):
    """What a day is."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"  # a Saturday or Sunday that is worked


@dataclass(frozen=True, slots=True)
class _Year:
    """One year as the calendar has it.

    Attributes:
        names: name of each day off.
        make_up: weekends that are worked.
    """

    names: Mapping[date, str]
    make_up: frozenset[date]


def day_kind(day: date) -> DayKind:
    """Return what a day is."""
    year = _year(day.year, "zh_CN")
    if day in year.make_up:
        return DayKind.MAKE_UP
    weekend = day.weekday() >= _SATURDAY
    if day in year.names:
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if weekend else DayKind.WORKING


def day_name(day: date, language: str = "zh_CN") -> str:
    """Return the name of a holiday in a language of the program, "" for any other day."""
    return "" if day_kind(day) is not DayKind.HOLIDAY else _year(day.year, language).names.get(day, "")


def is_working(day: date) -> bool:
    """Whether a day is worked."""
    return day_kind(day) in (DayKind.WORKING, DayKind.MAKE_UP)


def is_arranged(year: int) -> bool:
    """Whether the arrangement of a year's days off and make-up days is known; each since 2007 has make-up days."""
    return any(day.year == year for day in _year(year, "zh_CN").make_up)


def unarranged_years(days: Iterable[date]) -> tuple[int, ...]:
    """Return the years of these days whose arrangement is not known yet, the earliest first."""
    return tuple(year for year in sorted({day.year for day in days}) if not is_arranged(year))


def add_working_days(start: date, count: int) -> date:
    """Return the ``count``-th working day after a day; the day itself for 0.

    Raises:
        ValueError: ``count`` is negative.
    """
    if count < 0:
        raise ValueError(f"count must not be negative, not {count}")
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working(day)
    return day


def last_start(due: date, count: int) -> date:
    """Return the last day of which the ``count``-th working day after is not later than ``due``."""
    day = due
    while add_working_days(day, count) > due:
        day -= timedelta(days=1)
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days follow ``start`` up to ``end``, this included; 0 when ``end`` is not later."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(map(is_working, days))


@lru_cache(maxsize=64)
def _year(year: int, language: str) -> _Year:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _Year({}, frozenset())
    import holidays  # noqa: PLC0415  (80 ms; only who counts working days pays for it)

    found = holidays.country_holidays("CN", years=year, language=_LANGUAGES[language])
    return _Year(dict(found), frozenset(day for day in found.weekend_workdays if day.year == year))
