"""Ledgers out of the program: an .xlsx a bureau can print and send on, or a csv; saved wholly or not at all.

xlsxwriter makes the package once, small: styles, headings, print setup. The rows are then put into its sheets as XML
(``row_xml``), which takes a twelfth of the time.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from crm.domain.formulas import prefixed
from crm.errors import FileRefusedError
from crm.files import replacing
from crm.i18n import _
from crm.workbooks.ledgers import Column, Explanation, LedgerSheet, LedgerValue, Look, Tone, Toned
from crm.workbooks.row_xml import RowWriter, last_cell, style_names
from crm.workbooks.tabs import tab_name

MOST_ROWS = 1_048_576 - 4
"""Rows under the headings of one sheet, a hidden row of keys above them."""

_FONT = "宋体"
_KEY_ROW = 2  # under the title and its note; without keys the headings stand there
_NARROWEST, _WIDEST = 8, 42
_MEASURED = 1_000
_COMPRESSION = 1  # a third larger than the best, in half the time
_HEADING = {"bold": True, "bg_color": "#D9D9D9", "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
_TONES: Mapping[str, Mapping[str, object]] = {
    Tone.GOOD: {"bold": True, "bg_color": "#E2EFDA"},
    Tone.BAD: {"bold": True, "font_color": "#FFFFFF", "bg_color": "#7F1D1D"},
    Tone.DOUBTFUL: {"italic": True, "bg_color": "#FFF2CC"},
}
"""Light ground and upright, dark ground and light letters, light ground and slanted: different on grey paper too."""


def write_ledger(
    path: Path, sheets: Sequence[LedgerSheet], *, explanation: Explanation | None = None, made_at: datetime
) -> int:
    """Write a workbook for people, wholly or not at all; return the number of rows.

    Raises:
        FileRefusedError: as ``fill_ledger``.
    """
    with replacing(path) as temporary:
        return fill_ledger(temporary, sheets, explanation=explanation, made_at=made_at)


def fill_ledger(
    path: Path, sheets: Sequence[LedgerSheet], *, explanation: Explanation | None = None, made_at: datetime
) -> int:
    """Fill a file with a workbook for people: A4 across, headings on every page, page numbers; return the rows.

    Args:
        path: of ``crm.files.replacing``, so that nobody sees half a workbook.
        sheets: at least one.
        explanation: the last sheet.
        made_at: noted in the properties of the file; without a time zone.

    Raises:
        FileRefusedError: it cannot be written there, a text is longer than a cell takes, or there are too many rows.
    """
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            message = _("Sheet {sheet} would have {rows} rows; a workbook takes {most}. Export fewer, or as csv.")
            raise FileRefusedError(message.format(sheet=sheet.name, rows=len(sheet.rows), most=MOST_ROWS))
    skeleton = _Skeleton(sheets, explanation, made_at)
    _fill(path, skeleton.package(), sheets, skeleton.styles())
    return sum(len(sheet.rows) for sheet in sheets)


def fill_csv(path: Path, columns: Sequence[Column], rows: Sequence[Sequence[LedgerValue]]) -> int:
    """Fill a file (``crm.files.replacing``) with a csv that Excel and WPS open right; return the number of rows.

    It is in UTF-8 with its mark. A text that a spreadsheet would take for a formula gets an apostrophe before it, which
    our own reading takes off.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([prefixed(column.heading) for column in columns])
    writer.writerows([_plain(value) for value in row] for row in rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    return len(rows)


def _plain(value: LedgerValue) -> str:
    """Return a value as a csv file holds it."""
    if value is None:
        return ""
    if isinstance(value, Toned):
        return prefixed(value.text)
    if isinstance(value, str):
        return prefixed(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


class _Skeleton:
    """The workbook without its rows."""

    def __init__(self, sheets: Sequence[LedgerSheet], explanation: Explanation | None, made_at: datetime) -> None:
        self._sheets = sheets
        self._explanation = explanation
        self._made_at = made_at
        self._formats: dict[str, Any] = {}

    def package(self) -> bytes:
        """Return the .xlsx, with a blank row where the rows belong."""
        import xlsxwriter  # noqa: PLC0415  (only when something is written)

        target = BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
        book.set_properties({"created": self._made_at})
        self._formats = {name: book.add_format(_style(name)) for name in style_names()}
        self._head = {
            "title": book.add_format({"bold": True, "font_size": 16, "font_name": _FONT, "align": "center"}),
            "note": book.add_format({"font_size": 10, "font_name": _FONT, "align": "right"}),
            "heading": book.add_format({**_HEADING, "font_name": _FONT}),
            "label": book.add_format({"bold": True, "font_name": _FONT, "valign": "top", "text_wrap": True}),
            "words": book.add_format({"font_name": _FONT, "valign": "top", "text_wrap": True, "num_format": "@"}),
        }
        names: set[str] = set()
        for sheet in self._sheets:
            self._add(book.add_worksheet(tab_name(sheet.name, names)), sheet)
        if self._explanation is not None:
            self._explain(book.add_worksheet(tab_name(self._explanation.name, names)), self._explanation)
        book.close()
        return target.getvalue()

    def styles(self) -> dict[str, int]:
        """Return the numbers of the styles in the package made last."""
        return {name: int(style._get_xf_index()) for name, style in self._formats.items()}  # noqa: SLF001  (there is no other way to learn it)

    def _add(self, page: Any, sheet: LedgerSheet) -> None:  # noqa: ANN401  (xlsxwriter has no types)
        width, height, head = len(sheet.columns), len(sheet.rows), _head_row(sheet)
        last = max(head + height, head + 1)
        for row, text, look in ((0, sheet.title, "title"), (1, sheet.note, "note")):
            page.write_string(row, 0, text, self._head[look])
            if width > 1:
                page.merge_range(row, 0, row, width - 1, "", self._head[look])
                page.write_string(row, 0, text, self._head[look])
        for place, column in enumerate(sheet.columns):
            page.write_string(head, place, column.heading, self._head["heading"])
            page.set_column(place, place, _width(sheet, place), None, {"hidden": column.hidden})
            if sheet.keyed:
                page.write_string(_KEY_ROW, place, column.key)
        if sheet.keyed:
            page.set_row(_KEY_ROW, None, None, {"hidden": True})
        for place, style in enumerate(self._formats.values()):  # a style is kept only where a cell has it
            page.write_blank(head + 1, place, None, style)
        page.set_row(0, 28)
        page.freeze_panes(head + 1, 1 if width > 2 else 0)  # noqa: PLR2004  (two columns need no frozen one)
        page.autofilter(head, 0, last, width - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:{last_cell(head, height, width)}"})
        self._set_up_print(page)
        page.repeat_rows(0, head)
        page.print_area(0, 0, last, width - 1)

    def _explain(self, page: Any, explanation: Explanation) -> None:  # noqa: ANN401  (as above)
        page.set_column(0, 0, 18)
        page.set_column(1, 1, 90)
        for row, (label, words) in enumerate(explanation.lines):
            page.write_string(row, 0, label, self._head["label"])
            page.write_string(row, 1, words, self._head["words"])
        self._set_up_print(page)

    def _set_up_print(self, page: Any) -> None:  # noqa: ANN401  (as above)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.set_footer("&C" + _("Page {page} of {pages}").format(page="&P", pages="&N"))


def _head_row(sheet: LedgerSheet) -> int:
    """Return the row of the headings, from 0."""
    return _KEY_ROW + sheet.keyed


def _style(name: str) -> dict[str, object]:
    """Return what a style is made of."""
    style: dict[str, object] = {"font_name": _FONT, "font_size": 11, "border": 1, "valign": "vcenter"}
    kind, places = name.rstrip("0123456789"), name.lstrip("abcdefghijklmnopqrstuvwxyz")
    if kind == Look.NUMBER:
        return style | {"num_format": _decimals("0", int(places or 0))}
    if kind == Look.MONEY:
        return style | {"num_format": _decimals("#,##0", max(int(places or 0), 2))}
    more: dict[str, dict[str, object]] = {
        Look.CODE: {"num_format": "@"},
        Look.DATE: {"num_format": "yyyy-mm-dd", "align": "center"},
        "moment": {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "center"},
        "time": {"num_format": "hh:mm:ss", "align": "center"},
        Look.TEXT: {"text_wrap": True},
    }
    return style | more.get(name, {}) | dict(_TONES.get(name, {}))


def _decimals(whole: str, places: int) -> str:
    return f"{whole}.{'0' * places}" if places else whole


def _width(sheet: LedgerSheet, place: int) -> int:
    """Return the width of a column: of its longest cell among the first, a Chinese character counting two."""
    column = sheet.columns[place]
    if column.width is not None:
        return column.width
    texts = [column.heading, *(_plain(row[place]) for row in sheet.rows[:_MEASURED])]
    longest = max(len(line.encode("gbk", "replace")) for text in texts for line in text.split("\n"))
    return max(_NARROWEST, min(_WIDEST, longest + 2))


def _fill(target: Path, package: bytes, sheets: Sequence[LedgerSheet], styles: Mapping[str, int]) -> None:
    """Copy a package, putting the rows of each sheet in the place of its blank row."""
    with (
        zipfile.ZipFile(BytesIO(package)) as source,
        zipfile.ZipFile(target, "w") as copy,
    ):
        for info in source.infolist():
            part = source.read(info)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", info.filename)
            with copy.open(_entry(info), "w") as out:
                if number is None or int(number.group(1)) > len(sheets):
                    out.write(part)
                    continue
                sheet = sheets[int(number.group(1)) - 1]
                before, after = _around_rows(part, sheet)
                out.write(before)
                rows = RowWriter(sheet.columns, styles, first=_head_row(sheet) + 1, sheet=sheet.name)
                for chunk in rows.chunks(sheet.rows):
                    out.write(chunk)
                out.write(after)


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return the entry of a part in the new package."""
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = _COMPRESSION  # type: ignore[attr-defined]  # noqa: SLF001  (ZipFile asks the entry, not itself)
    return entry


def _around_rows(part: bytes, sheet: LedgerSheet) -> tuple[bytes, bytes]:
    """Return what stands in a sheet before and after the row that stands for all."""
    head = _head_row(sheet)
    row = re.compile(rb'<row r="%d"[^>]*>.*?</row>' % (head + 2), re.DOTALL)
    match = row.search(part)
    if match is None:
        raise ValueError(f"no row {head + 2} in the sheet that xlsxwriter made")
    last = last_cell(head, len(sheet.rows), len(sheet.columns)).encode()
    before = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:%s"/>' % last, part[: match.start()])
    return before, part[match.end() :]
