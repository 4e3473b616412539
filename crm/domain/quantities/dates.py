"""Dates as precisely as people give them: 2024.3, 2024年下半年, 2024Q3, 二〇二四年三月, Excel's serial 45366."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from crm.domain.quantities.numbers import FIRST_YEAR, LAST_YEAR
from crm.domain.quantities.numerals import numeral
from crm.domain.quantities.patterns import IGNORECASE, Pattern
from crm.domain.quantities.plain import exact, is_empty, plain, quoted, refuse_damaged
from crm.domain.quantities.values import PartialDate
from crm.errors import ValueRefusedError
from crm.i18n import _

OLDEST_SERIAL, NEWEST_SERIAL = 18264, 73415
"""Excel's day numbers read as dates: 1950-01-01 to 2100-12-31. A smaller number is a month or a count."""

LEAP_BUG = 60
"""Excel's day 60 is 1900-02-29, which never was; all later days count one too many (kept from Lotus 1-2-3)."""

_FIRST_1900 = (dt.date(1899, 12, 31), dt.date(1899, 12, 30))  # before and after the day that never was
_FIRST_1904 = dt.date(1904, 1, 1)

_HALVES = {"上": 1, "下": 2, "1": 1, "2": 2}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SPOKEN = frozenset("零〇○一二三四五六七八九十")
_DIGIT_OF = str.maketrans("零〇○一二三四五六七八九", "000123456789")

_NOISE = Pattern(
    r"^(?:预计|预期|计划|拟于?|约|大约|于|争取|力争|目标|暂定|截至|在)+|(?:左右|前后|之前|以前|前|开始|起|初步|\(?(?:预计|计划|暂定|拟)\)?)+$"
)
_YEAR = r"(?P<year>(?:19|20|21)\d{2})"
_DAY = Pattern(
    rf"{_YEAR}(?:年|[-/. ])(?P<month>\d{{1,2}})(?:(?:月|[-/. ])(?:(?P<day>\d{{1,2}})[日号]?)?)?"
    r"(?:[T ]+[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
)
_PART_OF_MONTH = Pattern(rf"{_YEAR}(?:年|[-/.])(?P<month>\d{{1,2}})月?(?:份|上旬|中旬|下旬|初|中|底|末)")
_YEAR_ONLY = Pattern(rf"{_YEAR}(?:年度?内?|\.0)?")
_HALF = Pattern(rf"{_YEAR}年?(?:-?H(?P<letter>[12])|(?P<half>[上下])半年)", IGNORECASE)
_QUARTER = Pattern(rf"{_YEAR}年?(?:-?Q(?P<letter>[1-4])|第?(?P<quarter>[一二三四1-4])季度?)", IGNORECASE)
_QUARTER_FIRST = Pattern(rf"Q(?P<letter>[1-4])[-/ ]?{_YEAR}", IGNORECASE)
_YEAR_END = Pattern(rf"{_YEAR}年?(?:年底|年末|底|末)")
_TWO_DIGIT_YEAR = Pattern(r"'?(?P<year>\d{2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")
_COMPACT = Pattern(r"(?P<year>(?:19|20|21)\d{2})(?P<month>\d{2})(?P<day>\d{2})?")
_SHORT_YEAR = Pattern(r"(?<!\d)'?(\d{2})(?=Q[1-4]|H[12]|年\d{1,2}月|年[上下]半年|年第?[一二三四1-4]季|年底|年末)")
_SPOKEN_YEAR = Pattern(r"[零〇○一二三四五六七八九]{4}(?=年)")
_SPOKEN_PART = Pattern(r"[一二三四五六七八九十]{1,3}(?=[月日号])|(?<=月)[一二三四五六七八九十]{1,3}$")
_WEEKDAY = Pattern(r"[ ,(]*(?:星期|周|礼拜)[一二三四五六日天][)]?$")
_AMERICAN = Pattern(rf"(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark){_YEAR}(?: [\d:]+)?")
_ENGLISH = Pattern(
    rf"(?:(?P<day>\d{{1,2}})[ -])?(?P<name>[a-z]{{3,9}})\.?[ -](?:(?P<day2>\d{{1,2}}),? )?{_YEAR}", IGNORECASE
)
_NO_YEAR = Pattern(
    r"(?:第?[一二三四1-4]季度?|Q[1-4]|[上下]半年|年底|年末|\d{1,2}月(?:\d{1,2}[日号])?(?:份|底|初|上旬|中旬|下旬)?)",
    IGNORECASE,
)
_WITHIN = Pattern(
    rf"{_YEAR}(?:年[上下]半年|年?Q[1-4]|年第?[一二三四1-4]季度|年\d{{1,2}}月(?:\d{{1,2}}[日号])?|[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?)(?!\d)",
    IGNORECASE,
)


class AmbiguousDateError(ValueRefusedError):
    """A date with more than one meaning; it is asked, never guessed.

    Attributes:
        choices: what it may mean.
    """

    def __init__(self, message: str, choices: tuple[PartialDate, ...]) -> None:
        super().__init__(message)
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The meanings a number in a date column may have: 2024.1 is January, or October without its last zero."""

    choices: tuple[PartialDate, ...]


def date_question(number: float | Decimal) -> Ambiguous | None:
    """Return the two meanings of a number such as 2024.1; None when it has only one (2024.3) or is no date.

    Only a cell that holds a *number* is in doubt: as text, 2024.1 and 2024.10 differ.
    """
    value = exact(number)
    year, month = divmod(value, 1)
    if month != Decimal("0.1") or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Ambiguous((PartialDate(int(year), 1), PartialDate(int(year), 10)))


def read_date(
    given: str | float | Decimal | dt.date | PartialDate | None, *, year: int | None = None
) -> PartialDate | None:
    """Return a date as precisely as it is given, or None where nothing is said.

    Args:
        given: text, an Excel number (day 45366, or 2024.3 typed as a number), a date or a moment.
        year: taken for a text without one (三季度, 5月), where the sheet says which year it is about.

    Raises:
        AmbiguousDateError: the number 2024.1 (January or October), the text 3/4/2024 (March or April).
        ValueRefusedError: it is no date from 1900 to 2100.
    """
    if given is None or isinstance(given, PartialDate):
        return given
    if isinstance(given, dt.date):
        return _checked(given.year, given.month, given.day, str(given))
    if isinstance(given, str):
        return _read(given, year)
    return _of_number(exact(given), str(given))


def date_of_serial(serial: int, *, since_1904: bool = False) -> PartialDate:
    """Return the date of Excel's day number: 45366 is 2024-03-15.

    Args:
        serial: the whole part of the cell's number.
        since_1904: the workbook counts from 1904-01-01 (old Macintosh files).

    Raises:
        ValueRefusedError: day 60, which never was (see :data:`LEAP_BUG`), or a day outside 1900 to 2100.
    """
    first = _FIRST_1904 if since_1904 else _FIRST_1900[serial > LEAP_BUG]
    if serial < 0 or serial > NEWEST_SERIAL or (serial in {0, LEAP_BUG} and not since_1904):
        raise _no_date(str(serial))
    day = first + dt.timedelta(days=serial)
    return PartialDate(day.year, day.month, day.day)


def find_dates(text: str) -> list[PartialDate]:
    """Return the dates inside a longer text, in order: 2024.3 首次接触 → 2024-03."""
    found = []
    for match in _WITHIN.finditer(_spoken_to_figures(plain(text))):
        try:
            date = _read(match[0], None)
        except ValueRefusedError:
            continue
        if date is not None:
            found.append(date)
    return found


def _of_number(value: Decimal, text: str) -> PartialDate:
    whole, rest = divmod(value, 1)
    if FIRST_YEAR <= whole <= LAST_YEAR:
        if question := date_question(value):
            raise AmbiguousDateError(
                _("“{text}” is January or October of {year}; write {year}-01 or {year}-10.").format(
                    text=text, year=whole
                ),
                question.choices,
            )
        if not rest:
            return PartialDate(int(whole))
        return _checked(int(whole), int(str(rest)[2:]), None, text)
    if OLDEST_SERIAL <= whole <= NEWEST_SERIAL:
        return date_of_serial(int(whole))
    if not rest and (match := _COMPACT.fullmatch(format(whole, "f"))):
        return _from(match, text)
    raise _no_date(text)


@lru_cache(maxsize=16384)
def _read(text: str, year: int | None) -> PartialDate | None:
    if is_empty(text):
        return None
    refuse_damaged(text)
    core = _NOISE.sub("", _WEEKDAY.sub("", re.sub(r"\s+", " ", plain(text))))
    core = re.sub(r" ?([年月日号./-]) ?", r"\1", _spoken_to_figures(core))
    core = _SHORT_YEAR.sub(lambda match: f"20{match[1]}", core)
    if year is not None and _NO_YEAR.fullmatch(core):
        core = f"{year}{core.removeprefix('年')}" if core[0] == "年" else f"{year}年{core}"
    for pattern in (_YEAR_ONLY, _DAY, _PART_OF_MONTH, _HALF, _QUARTER, _QUARTER_FIRST, _YEAR_END, _COMPACT):
        if match := pattern.fullmatch(core):
            return _year_end(match, text) if pattern is _YEAR_END else _from(match, text)
    if match := _AMERICAN.fullmatch(core):
        return _american(match, text)
    if match := _TWO_DIGIT_YEAR.fullmatch(core):
        return _two_digit_year(match, text)
    if (match := _ENGLISH.fullmatch(core)) and match["name"][:3].lower() in _MONTH_NAMES:
        day = match["day"] or match["day2"]
        month = _MONTH_NAMES.index(match["name"][:3].lower()) + 1
        return _checked(int(match["year"]), month, int(day) if day else None, text)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", core):
        return _of_number(Decimal(core), text)
    if _NO_YEAR.fullmatch(core):
        raise ValueRefusedError(_("“{text}” does not say which year.").format(text=quoted(text)))
    raise _no_date(text)


def _spoken_to_figures(text: str) -> str:
    """Return the text with 二〇二四年 as 2024年 and 十二月 as 12月."""
    if _SPOKEN.isdisjoint(text):
        return text
    text = _SPOKEN_YEAR.sub(lambda match: match[0].translate(_DIGIT_OF), text)
    return _SPOKEN_PART.sub(lambda match: str(numeral(match[0]) or match[0]), text)


def _from(match: re.Match[str], text: str) -> PartialDate:
    part = match.groupdict()
    year = int(part["year"])
    if "half" in part:
        return PartialDate(year, half=_HALVES[part["half"] or part["letter"]])
    if "letter" in part:
        return PartialDate(year, quarter=_QUARTERS[part.get("quarter") or part["letter"]])
    month, day = part.get("month"), part.get("day")
    return _checked(year, int(month) if month else None, int(day) if day else None, text)


def _year_end(match: re.Match[str], text: str) -> PartialDate:
    """Return December: whoever says 2024年底 means to be done by the end of it."""
    return _checked(int(match["year"]), 12, None, text)


def _two_digit_year(match: re.Match[str], text: str) -> PartialDate:
    """Return the date of 24.6.10, year first as is the custom; with / or - it may be 10/6/24, and is asked."""
    first, second, third = int(match["year"]), int(match["month"]), int(match["day"])
    chinese = _checked(_century(first), second, third, text)
    if match["mark"] == "." or first > 12:  # noqa: PLR2004  (no month)
        return chinese
    try:
        american = _checked(_century(third), first, second, text)
    except ValueRefusedError:
        return chinese
    raise _either(chinese, american, text)


def _century(two_digits: int) -> int:
    return two_digits + (2000 if two_digits < 50 else 1900)  # noqa: PLR2004  (as Excel has it, later years included)


def _either(first: PartialDate, second: PartialDate, text: str) -> AmbiguousDateError:
    message = _("“{text}” may be {first} or {second}; write it as {first}.")
    return AmbiguousDateError(message.format(text=quoted(text), first=first, second=second), (first, second))


def _american(match: re.Match[str], text: str) -> PartialDate:
    year, first, second = int(match["year"]), int(match["first"]), int(match["second"])
    if first <= 12 and second <= 12 and first != second:  # noqa: PLR2004  (both may be the month)
        raise _either(PartialDate(year, first, second), PartialDate(year, second, first), text)
    return _checked(year, *((first, second) if first <= 12 else (second, first)), text)  # noqa: PLR2004


def _checked(year: int, month: int | None, day: int | None, text: str) -> PartialDate:
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError as error:
        raise _no_date(text) from error
    if not FIRST_YEAR <= year <= LAST_YEAR or month == 0 or day == 0:
        raise _no_date(text)
    return PartialDate(year, month, day)


def _no_date(text: str) -> ValueRefusedError:
    return ValueRefusedError(_("“{text}” is not a date from 1900 to 2100.").format(text=quoted(text)))
