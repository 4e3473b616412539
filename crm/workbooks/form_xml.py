"""The XML of a sheet of somebody's own workbook, changed cell by cell; everything else stays as it is, byte for byte.

openpyxl would lose text boxes, pictures' effects, sparklines and rich text (decisions 39), so only the cells that are
filled are written anew, with the style they had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import unescape
from typing import TypeAlias

from crm.domain.imports.grid import cell_name, column_number
from crm.workbooks.row_xml import DIGITS, xml_text

FormValue: TypeAlias = str | int | Decimal | date | None

ROW = re.compile(r'<row\b[^>]*?\br="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', re.DOTALL)
CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE = re.compile(r'\br="([A-Z]{1,3})(\d+)"')
_STYLE = re.compile(r'\bs="(\d+)"')
_KIND = re.compile(r'\bt="(\w+)"')
_VALUE = re.compile(r"<v\b[^>]*>(.*?)</v>", re.DOTALL)
_TEXT = re.compile(r"(<t\b[^>]*?)(?:/>|>(.*?)</t>)", re.DOTALL)
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>|<phoneticPr\b[^>]*/>", re.DOTALL)
_HOLDS = re.compile(r"<(?:v|is|f)\b")
_ITEM = re.compile(r"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
_NO_ROWS = re.compile(r"<sheetData\b[^>]*/>")
_HEAD = 4_000
"""Characters in which a part declares its names."""

_PREFIXED = re.compile(
    r'xmlns:(\w+)="http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main"'
)
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1)
_CONTROL = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form that holds a text.

    Attributes:
        row: from 1.
        column: from 0.
        style: number of its style, "" for none.
        text: what it says.
        inside: the XML of its text: runs with their own letters.
    """

    row: int
    column: int
    style: str
    text: str
    inside: str

    @property
    def name(self) -> str:
        """Its name, as people say it."""
        return cell_name(self.row - 1, self.column)


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles of a workbook do to a number.

    Attributes:
        days: numbers of the styles that show a date.
        texts: numbers of the styles that show a text.
    """

    days: frozenset[str]
    texts: frozenset[str]


def without_prefix(xml: str) -> str:
    """Return a part whose elements have no prefix: ``<x:row>``, as some programs write, is ``<row>``.

    The meaning is the same; a part that uses no prefix, or names of another kind without one, comes back as it is.
    """
    found = _PREFIXED.search(xml[:_HEAD])
    if found is None or re.search(r'\sxmlns="', xml[:_HEAD]):
        return xml
    prefix = found[1]
    xml = xml.replace(f'xmlns:{prefix}="', 'xmlns="', 1)
    return re.sub(rf"<(/?){prefix}:", r"<\1", xml)


def items_of(shared: str) -> list[str]:
    """Return the XML inside each shared string."""
    return [found[1] or "" for found in _ITEM.finditer(shared)]


def text_cells(sheet: str, shared: list[str]) -> Iterator[FormCell]:
    """Yield the cells that hold a text, in their order."""
    for row in ROW.finditer(sheet):
        for found in CELL.finditer(row[2] or ""):
            place, kind = _REFERENCE.search(found[1]), _KIND.search(found[1])
            inside = _inside(kind[1] if kind else "", found[2] or "", shared)
            if place is not None and inside:
                style = _STYLE.search(found[1])
                yield FormCell(int(place[2]), column_number(place[1]), style[1] if style else "", said(inside), inside)


def said(inside: str) -> str:
    """Return the text of the runs of a cell or of a text box."""
    texts = (unescape(found[2] or "") for found in _TEXT.finditer(_silent(inside)))
    return _CONTROL.sub(lambda found: chr(int(found[1], 16)), "".join(texts))


def in_runs(inside: str, replace: Callable[[str], str]) -> str:
    """Return the runs of a text with something replaced inside each of them; their letters stay."""
    return _TEXT.sub(lambda found: f'<t xml:space="preserve">{xml_text(replace(said(found[0])))}</t>', _silent(inside))


def _silent(inside: str) -> str:
    return _PHONETIC.sub("", inside)


def _inside(kind: str, content: str, shared: list[str]) -> str:
    if kind == "s":
        number = _VALUE.search(content)
        return shared[int(number[1])] if number and int(number[1]) < len(shared) else ""
    if kind == "inlineStr":
        return content.partition(">")[2].rpartition("</is>")[0]
    if kind == "str" and "<f" not in content:
        value = _VALUE.search(content)
        return f"<t>{value[1]}</t>" if value else ""
    return ""


def cell_xml(row: int, column: int, style: str, value: FormValue, styles: Styles) -> str:
    """Return a cell that holds a value; a figure stays a number, a text never becomes anything else."""
    begin = f'<c r="{cell_name(row - 1, column)}"' + (f' s="{style}"' if style else "")
    if value is None or value == "":
        return f"{begin}/>"
    if isinstance(value, date):
        if style in styles.days and value >= _FIRST_DAY:
            return f"{begin}><v>{value.toordinal() - _DAY_ZERO}</v></c>"
        value = value.isoformat()
    elif isinstance(value, int | Decimal) and style not in styles.texts and _fits(value):
        return f"{begin}><v>{value:f}</v></c>"
    text = value if isinstance(value, str) else f"{value:f}"
    return f'{begin} t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def rich_cell_xml(row: int, column: int, style: str, inside: str) -> str:
    """Return a cell that holds a text of runs."""
    begin = f'<c r="{cell_name(row - 1, column)}"' + (f' s="{style}"' if style else "")
    return f'{begin} t="inlineStr"><is>{inside}</is></c>'


def _fits(value: int | Decimal) -> bool:
    return len(Decimal(value).as_tuple().digits) <= DIGITS


def with_cells(sheet: str, cells: Mapping[tuple[int, int], Callable[[str], str]]) -> str:
    """Return a sheet with some of its cells written anew.

    Args:
        sheet: its XML.
        cells: (row from 1, column from 0) → what writes it, given the style it has ("" for none).
    """
    by_row: dict[int, dict[int, Callable[[str], str]]] = {}
    for (row, column), write in cells.items():
        by_row.setdefault(row, {})[column] = write
    there: set[int] = set()

    def renew(found: re.Match[str]) -> str:
        number = int(found[1])
        if number not in by_row:
            return found[0]
        there.add(number)
        head = found[0][: found[0].index(">")].rstrip("/") + ">"
        return f"{head}{_row_with(found[2] or '', by_row[number])}</row>"

    sheet = ROW.sub(renew, sheet)
    for number in sorted(set(by_row) - there):
        sheet = _with_row(sheet, number, f'<row r="{number}">{_row_with("", by_row[number])}</row>')
    return sheet


def _row_with(content: str, cells: Mapping[int, Callable[[str], str]]) -> str:
    """Return the cells of a row, some written anew, new ones in their order."""
    found: dict[int, str] = {}
    for cell in CELL.finditer(content):
        place = _REFERENCE.search(cell[1])
        column = column_number(place[1]) if place else len(found)
        style = _STYLE.search(cell[1])
        write = cells.get(column)
        found[column] = write(style[1] if style else "") if write else cell[0]
    for column, write in cells.items():
        if column not in found:
            found[column] = write("")
    return "".join(found[column] for column in sorted(found))


def _with_row(sheet: str, number: int, row: str) -> str:
    """Return a sheet with a row put in its order."""
    for found in ROW.finditer(sheet):
        if int(found[1]) > number:
            return sheet[: found.start()] + row + sheet[found.start() :]
    if _NO_ROWS.search(sheet):
        return _NO_ROWS.sub(lambda _found: f"<sheetData>{row}</sheetData>", sheet, count=1)
    return sheet.replace("</sheetData>", f"{row}</sheetData>", 1)


def is_blank(content: str) -> bool:
    """Whether no cell of a row holds anything."""
    return _HOLDS.search(content) is None
