"""A row of a form once for every lead: into the blank rows prepared below it, and into new ones where these end.

New rows push down what stands below, with everything that points there: merged cells, drop-downs, formulas, print
area, pictures. What cannot be pushed down for certain is named, and nothing is written (decisions 39).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crm.domain.imports.grid import Merge, column_number
from crm.errors import FileRefusedError
from crm.i18n import N_, _
from crm.workbooks.form_xml import ROW, is_blank

_CELL_ROW = re.compile(r'(<c\b[^>]*?\br="[A-Z]{1,3})(\d+)"')
_MERGES, _GROWING = "mergeCell|hyperlink", "dataValidation|conditionalFormatting|autoFilter|dimension"
_POINTING = r'(<(?:%s)\b[^>]*?\b(?:ref|sqref)=")([^"]*)"'
_FIXED, _GROWN = re.compile(_POINTING % _MERGES), re.compile(_POINTING % _GROWING)
_MERGE = re.compile(r'<mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_AREA = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?(?![\w(])")
_FORMULA = re.compile(r"(<f\b[^>]*>)(.*?)(</f>)", re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<kept>"(?:[^"]|"")*"|(?:'(?:[^']|'')+'|[^\s!"'()*+,/:;<=>^&-]+)!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?"""
    r"""|[A-Za-z_][\w.]*\()|(?<![\w.])(?P<area>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])"""
)
_ANCHOR = re.compile(r"(<xdr:row>)(\d+)(</xdr:row>)")
_STUCK = (
    (re.compile(r'<f\b[^>]*\bt="(?:shared|array|dataTable)"'), N_("a shared or array formula")),
    (re.compile(r"<tableParts\b"), N_("an Excel table")),
    (re.compile(r"<legacyDrawing\b"), N_("comments")),
    (re.compile(r"<rowBreaks\b"), N_("page breaks")),
    (re.compile(r"<extLst\b"), N_("sparklines or other extensions")),
)
"""What is not pushed down, and what it is called."""


@dataclass(frozen=True, slots=True)
class Push:
    """New rows in a sheet.

    Attributes:
        row: the row that repeats, from 1.
        last: the last of the blank rows prepared below it; ``row`` when there is none.
        count: how many new rows come after that.
    """

    row: int
    last: int
    count: int

    def moved(self, number: int) -> int:
        """Return where a row stands afterwards."""
        return number + self.count if number > self.last else number

    def areas(self, text: str, *, growing: bool, lone: bool = False) -> str:
        """Return areas of cells afterwards.

        Args:
            text: areas with anything between them.
            growing: one over the repeating rows takes in the new ones.
            lone: a single cell there, too.
        """

        def area(found: re.Match[str]) -> str:
            first, end = int(found[2]), int(found[4] or found[2])
            right = found[3] or (found[1] if lone and growing and self.row <= end <= self.last else "")
            grown = end + self.count if growing and right and self.row <= end <= self.last else self.moved(end)
            return f"{found[1]}{self.moved(first)}" + (f":{right}{grown}" if right else "")

        return _AREA.sub(area, text)

    def formula(self, text: str) -> str:
        """Return a formula that points to the same cells of its own sheet afterwards."""
        return _TOKEN.sub(
            lambda found: found[0] if found["area"] is None else self.areas(found["area"], growing=True), text
        )

    def drawing(self, xml: str) -> str:
        """Return a drawing whose pictures and text boxes below the rows moved down with them."""
        return _ANCHOR.sub(lambda found: f"{found[1]}{self.moved(int(found[2]) + 1) - 1}{found[3]}", xml)


def merges_in(sheet: str) -> list[Merge]:
    """Return the merged cells of a sheet's XML, also where nothing is written in them."""
    return [
        Merge(int(first) - 1, column_number(left), int(end) - 1, column_number(right))
        for left, first, right, end in _MERGE.findall(sheet)
    ]


def room_below(sheet: str, row: int) -> int:
    """Return how many blank rows are prepared below a row."""
    merged = {
        number
        for _left, first, _right, end in _MERGE.findall(sheet)
        if end != first
        for number in range(int(first), int(end) + 1)
    }
    blank = {int(found[1]) for found in ROW.finditer(sheet) if is_blank(found[2] or "")} - merged
    number = row + 1
    while number in blank:
        number += 1
    return number - row - 1


def pushed(sheet: str, push: Push, *, name: str) -> str:
    """Return a sheet with new rows like the last prepared one.

    Args:
        sheet: its XML.
        push: where, and how many.
        name: of the sheet, for messages.

    Raises:
        FileRefusedError: something stands there that cannot be pushed down for certain; it is named.
    """
    for pattern, what in _STUCK:
        if pattern.search(sheet):
            message = _(
                "Sheet {sheet} needs {count} more rows, but {what} cannot be moved. Add blank rows in the form."
            )
            raise FileRefusedError(message.format(sheet=name, count=push.count, what=_(what)), where=name)
    rows = list(ROW.finditer(sheet))
    model = next((found[0] for found in rows if int(found[1]) == push.last), f'<row r="{push.last}"/>')
    blank = re.sub(r"(<c\b[^>]*?)(?:/>|>.*?</c>)", _bare, model, flags=re.DOTALL)
    above = [found[0] for found in rows if int(found[1]) <= push.last]
    new = [_numbered(blank, push.last + step) for step in range(1, push.count + 1)]
    below = [_numbered(found[0], push.moved(int(found[1]))) for found in rows if int(found[1]) > push.last]
    sheet = sheet[: rows[0].start()] + "".join([*above, *new, *below]) + sheet[rows[-1].end() :]
    sheet = _FIXED.sub(lambda found: f'{found[1]}{push.areas(found[2], growing=False)}"', sheet)
    sheet = _GROWN.sub(lambda found: f'{found[1]}{push.areas(found[2], growing=True, lone=True)}"', sheet)
    sheet = _FORMULA.sub(lambda found: f"{found[1]}{push.formula(found[2])}{found[3]}", sheet)
    return _with_merges(sheet, push)


def _bare(found: re.Match[str]) -> str:
    """Return a cell with its style and without its value."""
    return re.sub(r'\s+t="\w+"', "", found[1].rstrip("/")) + "/>"


def _numbered(row: str, number: int) -> str:
    """Return a row, with its cells, under another number."""
    row = re.sub(r'(<row\b[^>]*?\br=")\d+"', rf'\g<1>{number}"', row, count=1)
    return _CELL_ROW.sub(rf'\g<1>{number}"', row)


def _with_merges(sheet: str, push: Push) -> str:
    """Return a sheet whose new rows have the merges across columns that the repeating row has."""
    across = [(left, right) for left, first, right, end in _MERGE.findall(sheet) if int(first) == int(end) == push.row]
    new = range(push.last + 1, push.last + push.count + 1)
    more = [f'<mergeCell ref="{left}{number}:{right}{number}"/>' for number in new for left, right in across]
    if not more:
        return sheet
    sheet = sheet.replace("</mergeCells>", "".join(more) + "</mergeCells>", 1)
    return re.sub(r'<mergeCells count="(\d+)"', lambda found: f'<mergeCells count="{int(found[1]) + len(more)}"', sheet)
