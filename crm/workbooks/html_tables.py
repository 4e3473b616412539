"""The tables of a web page under the name of a workbook: what many systems hand out as .xls.

Excel opens such a file as a sheet, so officers do not know that it is none. Nothing of it is run or fetched; only the
texts of the cells are taken, and which cells are merged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from crm.workbooks.limits import Limits, Refusal
from crm.workbooks.texts import decode

_CELLS = frozenset(("td", "th"))
_SILENT = frozenset(("script", "style", "head", "title", "template"))
_BREAKS = frozenset(("br", "p", "div", "li"))
_DECLARED = re.compile(rb"""(?i)<meta[^>]+charset\s*=\s*["']?\s*([a-z0-9_-]+)""")
_CHINESE = frozenset(("gb2312", "gbk", "gb18030", "x-gbk"))
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_MOST_SPAN = 1000


@dataclass(slots=True)
class HtmlTable:
    """One table.

    Attributes:
        rows: texts, blank cells "".
        merges: top, left, bottom, right of the merged cells, all inclusive.
        hidden_rows: rows that the page does not show.
    """

    rows: list[list[str]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


def read_html(content: bytes, limits: Limits) -> tuple[list[HtmlTable], str]:
    """Return the tables of a page that hold something, and the encoding; a table inside a cell is part of its text.

    Raises:
        Refusal: the page has no table, is in no known encoding, or is too large.
    """
    text, encoding = _text(content)
    reader = _Reader(limits)
    reader.feed(text)
    reader.close()
    tables = [table for table in reader.tables if any(any(row) for row in table.rows)]
    if not tables:
        raise Refusal("html")
    for table in tables:
        width = max(map(len, table.rows))
        for row in table.rows:
            row.extend([""] * (width - len(row)))
    return tables, encoding


def _text(content: bytes) -> tuple[str, str]:
    declared = _DECLARED.search(content[:8192])
    if declared and declared[1].decode("ascii").lower() in _CHINESE:
        try:
            return content.decode("gb18030"), "GB18030"
        except UnicodeDecodeError:
            pass  # what a page says of its own encoding is often wrong
    return decode(content)


class _Reader(HTMLParser):
    """Collects the cells of the outermost tables."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[HtmlTable] = []
        self._limits = limits
        self._depth = 0
        self._silent = 0
        self._cells = 0
        self._cell: list[str] | None = None
        self._place = (0, 0)
        self._covered: set[tuple[int, int]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(HtmlTable())
                self._covered = set()
        elif self._depth == 1 and tag == "tr":
            self._begin_row(given)
        elif self._depth == 1 and tag in _CELLS and self.tables[-1].rows:
            self._begin_cell(given)
        elif tag in _BREAKS and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a table or a cell."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table":
            if self._depth == 1:
                self._end_cell()
            self._depth = max(self._depth - 1, 0)
        elif self._depth == 1 and tag in (*_CELLS, "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def close(self) -> None:
        """End the last cell, whether the page ends it or not."""
        super().close()
        self._end_cell()

    def _begin_row(self, given: dict[str, str]) -> None:
        self._end_cell()
        table = self.tables[-1]
        if len(table.rows) >= self._limits.rows:
            raise Refusal("rows", detail=self._limits.rows)
        if _HIDDEN.search(given.get("style", "")):
            table.hidden_rows.append(len(table.rows))
        table.rows.append([])

    def _begin_cell(self, given: dict[str, str]) -> None:
        self._end_cell()
        table = self.tables[-1]
        row, column = len(table.rows) - 1, 0
        while (row, column) in self._covered:
            column += 1
        down, across = _span(given.get("rowspan")), _span(given.get("colspan"))
        self._cells += down * across
        if column + across > self._limits.columns:
            raise Refusal("columns", detail=self._limits.columns)
        if self._cells > self._limits.cells:
            raise Refusal("cells", detail=self._limits.cells)
        self._covered.update((row + lower, column + right) for lower in range(down) for right in range(across))
        if down > 1 or across > 1:
            table.merges.append((row, column, row + down - 1, column + across - 1))
        self._place, self._cell = (row, column), []

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        row, column = self._place
        line = self.tables[-1].rows[row]
        line.extend([""] * (column + 1 - len(line)))
        text = "\n".join(part for part in (" ".join(line.split()) for line in "".join(self._cell).split("\n")) if part)
        line[column] = text
        self._cell = None


def _span(text: str | None) -> int:
    """Return over how many cells one goes: at least itself, and never so many that a page could fill the memory."""
    number = (text or "").strip()
    return min(max(int(number), 1), _MOST_SPAN) if number.isascii() and number.isdigit() else 1
