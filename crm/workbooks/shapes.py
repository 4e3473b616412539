"""Ledgers in the shapes that bureaus keep: lines above the table, headings in groups, sections, sums, notes below.

They are small (what one bureau reports in a month), so xlsxwriter writes them cell by cell; every text as a text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm.workbooks.ledgers import LedgerValue, Look, Toned
from crm.workbooks.row_xml import DIGITS

MOST_ROWS = 20_000
"""Records such a ledger takes: nobody prints more."""

_FONT = "宋体"
_BASE = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
_FORMATS: Mapping[str, Mapping[str, object]] = {
    "title": {"font_size": 16, "bold": True, "align": "center"},
    "above": {"align": "left"},
    "corner": {"align": "right", "font_size": 10},
    "heading": {"bold": True, "bg_color": "#D9D9D9", "align": "center", "text_wrap": True, "border": 1},
    "section": {"bold": True, "border": 1},
    "below": {"align": "left", "text_wrap": True, "font_size": 10},
    Look.TEXT: {"text_wrap": True, "border": 1},
    Look.CODE: {"num_format": "@", "border": 1},
    Look.DATE: {"num_format": "yyyy-mm-dd", "align": "center", "border": 1},
}
_SUM = {"bold": True, "bg_color": "#F2F2F2"}
_MOST_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one column: its group ("" for none), its own words with the unit, how its cells look."""

    text: str
    group: str = ""
    look: Look = Look.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Section:
    """A row over the whole width: 一、签约项目（3个）."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells, in the order of the headings; ``total``: a sum, whose first cell is its label."""

    cells: Sequence[LedgerValue]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """The whole sheet.

    Attributes:
        name: of the tab.
        title: of the page; "" for a sheet that begins with its headings.
        above: lines between title and headings; ``corner``: the last one, at the right.
        headings: the columns; their groups make a second row of headings.
        body: sections, rows and sums.
        below: notes under the table.
        label_width: columns that the label of a sum takes.
    """

    name: str
    title: str
    headings: Sequence[Heading]
    body: Sequence[Section | Line]
    above: Sequence[str] = ()
    corner: str = ""
    below: Sequence[str] = ()
    label_width: int = 1


def fill_shape(path: Path, shape: Shape, *, made_at: Any) -> None:  # noqa: ANN401  (a moment without a time zone)
    """Fill a file (of ``crm.files.replacing``) with a ledger of this shape, ready to be printed: A4 across."""
    import xlsxwriter  # noqa: PLC0415  (only when something is written)

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": made_at})
    _Writer(book, shape).write()
    book.close()


class _Writer:
    def __init__(self, book: Any, shape: Shape) -> None:  # noqa: ANN401  (xlsxwriter has no types)
        self._book = book
        self._page = book.add_worksheet(shape.name)
        self._shape = shape
        self._formats: dict[tuple[object, ...], Any] = {}
        self._row = 0

    def write(self) -> None:
        """Write the sheet from the top down."""
        shape, page = self._shape, self._page
        if shape.title:
            page.set_row(self._row, 28)
            self._across(shape.title, "title")
        for text in shape.above:
            self._across(text, "above")
        if shape.corner:
            self._across(shape.corner, "corner")
        head = self._row
        self._headings()
        first = self._row
        for line in shape.body:
            if isinstance(line, Section):
                self._across(line.text, "section")
            else:
                self._line(line)
        last = max(self._row - 1, first)
        for text in shape.below:
            self._across(text, "below")
        self._set_up(head, first, last)

    def _set_up(self, head: int, first: int, last: int) -> None:
        page, width = self._page, len(self._shape.headings)
        page.freeze_panes(first, min(2, width - 1))
        page.autofilter(first - 1, 0, last, width - 1)
        page.repeat_rows(head, first - 1)
        page.print_area(0, 0, max(self._row - 1, last), width - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.set_footer("&C— &P —")
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _across(self, text: str, look: str) -> None:
        width = len(self._shape.headings)
        style = self._format(look)
        if width > 1:
            self._page.merge_range(self._row, 0, self._row, width - 1, "", style)
        self._page.write_string(self._row, 0, text, style)
        self._row += 1

    def _headings(self) -> None:
        """Write the headings; where there are groups, in two rows, the others merged down."""
        headings, style = self._shape.headings, self._format("heading")
        grouped = any(heading.group for heading in headings)
        low = self._row + grouped
        begun = 0
        for place, heading in enumerate(headings):
            self._page.set_column(place, place, heading.width)
            if not grouped or heading.group:
                self._page.write_string(low, place, heading.text, style)
            else:
                self._page.merge_range(self._row, place, low, place, "", style)
                self._page.write_string(self._row, place, heading.text, style)
            after = headings[place + 1].group if place + 1 < len(headings) else ""
            if heading.group and heading.group != after:
                self._group(begun, place, heading.group)
            begun = begun if heading.group and heading.group == after else place + 1
        self._row = low + 1

    def _group(self, first: int, last: int, text: str) -> None:
        style = self._format("heading")
        if last > first:
            self._page.merge_range(self._row, first, self._row, last, "", style)
        self._page.write_string(self._row, first, text, style)

    def _line(self, line: Line) -> None:
        places = iter(zip(self._shape.headings, line.cells, strict=True))
        begun = 0
        if line.total:
            begun = self._shape.label_width
            for _place in range(begun):
                next(places)
            style = self._format(Look.TEXT, line.total)
            if begun > 1:
                self._page.merge_range(self._row, 0, self._row, begun - 1, "", style)
            self._page.write_string(self._row, 0, str(line.cells[0]), style)
        for place, (heading, value) in enumerate(places, begun):
            self._cell(place, heading.look, value, total=line.total)
        self._row += 1

    def _cell(self, place: int, look: Look, value: LedgerValue, *, total: bool) -> None:
        page, row = self._page, self._row
        value = value.text if isinstance(value, Toned) else value
        text_look = Look.CODE if look is Look.CODE else Look.TEXT
        if value is None or value == "":
            page.write_blank(row, place, None, self._format(text_look, total))
        elif isinstance(value, date):
            page.write_datetime(row, place, value, self._format(Look.DATE, total))
        elif isinstance(value, int | Decimal) and not isinstance(value, bool) and _fits(value):
            decimals = max(0, -int(Decimal(value).as_tuple().exponent))
            page.write_number(row, place, value, self._format(look, total, decimals))
        else:
            page.write_string(row, place, str(value), self._format(text_look, total))

    def _format(self, look: str, total: bool = False, decimals: int = 0) -> Any:  # noqa: ANN401, FBT001, FBT002  (xlsxwriter has no types; the key of a cache)
        key = (look, total, decimals)
        if key not in self._formats:
            style: dict[str, object] = dict(_BASE) | dict(_FORMATS.get(look, {"border": 1})) | (_SUM if total else {})
            if look in (Look.NUMBER, Look.MONEY):
                whole = "#,##0" if look is Look.MONEY else "0"
                style["num_format"] = f"{whole}.{'0' * decimals}" if decimals else whole
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]


def _fits(value: int | Decimal) -> bool:
    """Whether a number cell keeps every digit of a figure."""
    digits = Decimal(value).as_tuple()
    return Decimal(value).is_finite() and len(digits.digits) <= DIGITS and int(digits.exponent) >= -_MOST_DECIMALS
