"""Writing the rows an import did not take into a workbook of the layout they came in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm.domain.imports.grid import CellValue, Flaw, Flawed, Merge
from crm.domain.imports.leftovers import Leftover
from crm.domain.imports.tables import REASON
from crm.files import replacing
from crm.workbooks.tabs import tab_name

_FONT = "宋体"
_WIDE = 16
_REASON_WIDTH = 48
_DATES = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss"}


def write_leftovers(path: Path, sheets: Sequence[Leftover], *, made_at: datetime) -> int:
    """Write a workbook, wholly or not at all; return the number of rows that were not taken.

    Every text is written as a text, never as a formula; a long number that has lost its end stays a number, so that it
    is refused again until somebody types it anew.

    Args:
        path: of the workbook.
        sheets: at least one.
        made_at: noted in the properties of the file; without a time zone.

    Raises:
        FileRefusedError: it cannot be written there.
    """
    import xlsxwriter  # noqa: PLC0415  (only when something is written)

    with replacing(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary))
        book.set_properties({"created": made_at})
        names: set[str] = set()
        for sheet in sheets:
            _Page(book, book.add_worksheet(tab_name(sheet.name, names)), sheet).write()
        book.close()
    return sum(len(sheet.reasons) for sheet in sheets)


class _Page:
    """One sheet on its way into the workbook."""

    def __init__(self, book: Any, page: Any, sheet: Leftover) -> None:  # noqa: ANN401  (xlsxwriter has no types)
        self._book = book
        self._page = page
        self._sheet = sheet
        self._formats: dict[str, Any] = {}

    def write(self) -> None:
        """Write the rows, the reasons beside them, and how the sheet looks."""
        sheet, page = self._sheet, self._page
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if value is not None:
                    self._cell(row, column, value)
        for merge in sheet.merges:
            self._merge(merge)
        self._reasons()
        page.set_column(0, sheet.column - 1, _WIDE)
        page.set_column(sheet.column, sheet.column, _REASON_WIDTH)
        for column in sheet.hidden_columns:
            page.set_column(column, column, None, None, {"hidden": True})
        for row in sheet.hidden_rows:
            page.set_row(row, None, None, {"hidden": True})
        page.freeze_panes(sheet.heading[1] + 1, 0)

    def _reasons(self) -> None:
        first, last = self._sheet.heading
        look = self._book.add_format({"bold": True, "bg_color": "#FFF2CC", "font_name": _FONT, "valign": "vcenter"})
        words = self._book.add_format({"font_name": _FONT, "text_wrap": True, "valign": "top", "font_color": "#7F1D1D"})
        if last > first:
            self._page.merge_range(first, self._sheet.column, last, self._sheet.column, "", look)
        self._page.write_string(first, self._sheet.column, REASON, look)
        for row, reason in self._sheet.reasons.items():
            self._page.write_string(row, self._sheet.column, reason, words)

    def _merge(self, merge: Merge) -> None:
        if (merge.top, merge.left) == (merge.bottom, merge.right):
            return
        self._page.merge_range(merge.top, merge.left, merge.bottom, merge.right, "", self._format("General"))
        value = self._sheet.rows[merge.top][merge.left]
        if value is not None:
            self._cell(merge.top, merge.left, value)

    def _cell(self, row: int, column: int, value: CellValue) -> None:
        form = self._sheet.formats.get((row, column))
        if isinstance(value, Flawed) and value.flaw is Flaw.DAMAGED:
            self._page.write_number(row, column, int(value.text), self._format("0"))
        elif isinstance(value, bool):
            self._page.write_boolean(row, column, value, self._format(form or "General"))
        elif isinstance(value, int | Decimal):
            self._page.write_number(row, column, float(value), self._format(form or "General"))
        elif isinstance(value, date | time):
            self._page.write_datetime(row, column, value, self._format(form or _DATES[type(value)]))
        else:
            self._page.write_string(row, column, str(value), self._format("@"))

    def _format(self, code: str) -> Any:  # noqa: ANN401  (as above)
        if code not in self._formats:
            style = {"font_name": _FONT, "num_format": code, "valign": "vcenter", "text_wrap": code == "@"}
            self._formats[code] = self._book.add_format(style)
        return self._formats[code]
