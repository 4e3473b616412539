"""The columns of the lead list, and a row made ready to be shown: words are made once, off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.domain.fields.codes import AREAS, STAGES, STATUSES, VERDICTS, Choice
from crm.i18n import _, pgettext
from crm.queries.lead_list import LeadRow as CoreRow
from ui.tables.paged_model import Column
from ui.widgets.bars import initial

UNKNOWN = "—"
LAND_PLACES = 5
"""Land is shown to the last digit that is stored: 120.00005 亩 is more than 120 (decisions 28)."""

FIRST_WIDE = 0x2E80
HAN_WIDTH, LETTER_WIDTH = 13, 7.3
"""Logical pixels of a character at 100 %, about: columns of words are as wide as the longest of them."""

MOST_WORDS = 132
"""Logical pixels a column of words takes at the most; a longer word is cut there and whole in its tooltip."""


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One row as the list shows it.

    Attributes:
        match: whole points, cut, never rounded up; None: nothing fits.
        next_state: ``overdue``, ``today`` or "".
    """

    id: int
    code: str
    name: str
    subtitle: str
    initial: str
    stage: str
    stage_text: str
    investment: str
    land: str
    tax_per_mu: str
    verdict: str
    verdict_text: str
    match: int | None
    next_text: str
    next_state: str
    owner: str
    area: str
    area_code: str = ""


def shown(row: CoreRow | None, today: date) -> LeadRow:
    """Return a row of the core as the list shows it; None is a lead deleted meanwhile."""
    if row is None:
        gone = _("(deleted)")
        return LeadRow(0, "", gone, "", "?", "", "", UNKNOWN, UNKNOWN, UNKNOWN, "", "", None, "", "", UNKNOWN, UNKNOWN)
    name = row.name or _("(no name)")
    parts = (row.industry, row.investor)
    next_text, state = _next(row, today)
    return LeadRow(
        row.id,
        row.code,
        name,
        " · ".join(part for part in parts if part) or row.code,
        initial(name),
        row.stage or "",
        word(STAGES, row.stage) if (row.status or "active") == "active" else word(STATUSES, row.status),
        _money(row),
        _land(row),
        _whole(row.tax_per_mu, 2),
        row.verdict or "",
        _verdict_words(row),
        None if row.match is None else int(row.match),
        next_text,
        state,
        row.owner or UNKNOWN,
        word(AREAS, row.area) or UNKNOWN,
        row.area or "",
    )


def word(choices: tuple[Choice, ...], code: str | None) -> str:
    """Return the word people see for a code; the code itself when it is of no dictionary."""
    if not code:
        return ""
    return next((_(choice.label) for choice in choices if choice.code == code), code)


def _verdict_words(row: CoreRow) -> str:
    """Return the verdict in a word: a lead without land says so, for it is no verdict."""
    if row.verdict is None:
        return "…"
    if row.verdict == "not_applicable":
        return _("No land") if row.land is not None and row.land.high == 0 else _("Not applicable")
    return word(VERDICTS, row.verdict)


def _money(row: CoreRow) -> str:
    """Return the planned investment in 万元; a foreign sum keeps its currency, for it is not converted here."""
    money = row.planned_investment
    if money is None or (money.low is None and money.high is None):
        return UNKNOWN if money is None or not money.text else money.text
    text = _span(money.low, money.high)
    return text if money.currency == "CNY" else f"{text} {money.currency}"


def _land(row: CoreRow) -> str:
    land = row.land
    if land is None:
        return UNKNOWN
    return _span(land.low, land.high, LAND_PLACES)


def _span(low: Decimal | None, high: Decimal | None, places: int = 2) -> str:
    if low == high:
        return _whole(low, places)
    if low is None or high is None:
        bound, sign = (high, "≤") if low is None else (low, "≥")
        return f"{sign}{_whole(bound, places)}"
    return f"{_whole(low, places)}–{_whole(high, places)}"


def _whole(number: Decimal | None, places: int) -> str:
    """Return a figure cut (never rounded up) to at most so many decimals, with thousands separators."""
    if number is None:
        return UNKNOWN
    step = Decimal(1).scaleb(-places)
    text = f"{number // step * step:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _next(row: CoreRow, today: date) -> tuple[str, str]:
    when = row.next_date
    if when is None:
        return UNKNOWN, ""
    if when.month is None or when.day is None:
        return str(when), ""
    day = date(when.year, when.month, when.day)
    late = (today - day).days
    if late > 0:
        return _("{days} days overdue").format(days=late), "overdue"
    if late == 0:
        return _("Today"), "today"
    return (f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"), ""


def _room(choices: tuple[Choice, ...], beside: int) -> int:
    """Return the width of a column of these words, with what is painted beside them."""
    return max(_of_words(_(choice.label), beside) for choice in choices)


def _of_words(text: str, beside: int) -> int:
    return beside + round(sum(_width(sign) for sign in text))


def _width(sign: str) -> float:
    return HAN_WIDTH if ord(sign) >= FIRST_WIDE else LETTER_WIDTH


def lead_columns() -> tuple[Column, ...]:
    """Return the columns in the language in use; ``key`` is the allow-listed order of the core."""
    return (
        Column("name", _("Project / firm"), lambda row: row.name, width=260, field="name"),
        Column(
            "stage",
            pgettext("column", "Stage"),
            lambda row: row.stage_text,
            width=min(_room(STAGES, 34), MOST_WORDS),
            field="stage",
        ),
        Column(
            "investment",
            _("Invest. (10k yuan)"),
            lambda row: row.investment,
            numeric=True,
            width=108,
            field="planned_investment",
        ),
        Column("land", pgettext("column", "Land (mu)"), lambda row: row.land, numeric=True, width=74, field="land"),
        Column("tax_per_mu", pgettext("column", "Tax per mu"), lambda row: row.tax_per_mu, numeric=True, width=78),
        Column(
            "verdict",
            pgettext("column", "Threshold"),
            lambda row: row.verdict_text,
            width=min(_room(VERDICTS, 40), MOST_WORDS),
        ),
        Column(
            "match",
            pgettext("column", "Match"),
            lambda row: UNKNOWN if row.match is None else str(row.match),
            width=100,
        ),
        Column(
            "next",
            pgettext("column", "Next step"),
            lambda row: row.next_text,
            width=_of_words(_("{days} days overdue").format(days=99), 18),
            field="next_date",
        ),
        Column("owner", pgettext("column", "Owner"), lambda row: row.owner, width=68, field="owner"),
        Column("area", pgettext("column", "Area"), lambda row: row.area, width=88, field="area"),
    )


HIDDEN_AT_FIRST = ("area",)
DROPPED_WHEN_NARROW = ("owner", "tax_per_mu", "next", "match")
"""Columns given up in this order where the list is narrow: the name keeps its least width."""
