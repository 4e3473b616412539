"""What the XML of a sheet says that the reader of values does not: flaws, formats, what is hidden, and its true size.

Plain rows are passed over (``plain_rows``), the others go through expat with a single handler; positions are worked out
only where something is noted, for this pass costs more than reading the values (performance.md §1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from crm.domain.imports.cell_names import cell_name, column_number
from crm.workbooks.formats import BUILT_IN, tells
from crm.workbooks.limits import Limits, Refusal
from crm.workbooks.package import Package, new_parser
from crm.workbooks.plain_rows import PlainRows, Taken

_CELL, _VALUE, _PART, _FORMULA, _ROW, _COLUMN, _MERGE, _OTHER = range(8)
_KINDS = {
    "row": _ROW,
    "c": _CELL,
    "v": _VALUE,
    "f": _FORMULA,
    "is": _VALUE,
    "col": _COLUMN,
    "mergeCell": _MERGE,
    # inside an inline string: they do not end the cell
    "t": _PART,
    "r": _PART,
    "rPr": _PART,
    "rPh": _PART,
    "phoneticPr": _PART,
}
_CELL_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_TRUE = ("1", "true")
_FORMULA_TEXT = 500
"""Characters kept of a formula or an error."""


class _Kinds(dict[str, int]):
    """The kind of an element by its name; a prefix (``x:row``) is looked through, as the reader of values does."""

    def __missing__(self, name: str) -> int:
        kind = self[name] = _KINDS.get(name.rpartition(":")[2], _OTHER)
        return kind


class _Letters(dict[str, int]):
    """The number of a column, from 0, by its letters."""

    def __missing__(self, letters: str) -> int:
        number = self[letters] = column_number(letters)
        return number


class SheetScan:
    """One pass over the XML of a sheet.

    Attributes:
        hidden_rows: rows that are hidden or have no height, from 0.
        hidden_columns: ranges of columns, from 0, both ends inclusive.
        merges: top, left, bottom, right, from 0, inclusive.
        formulas: text of the formula (without its ``=``) and type of its result, by position.
        errors: the error shown, by position.
        formats: number of the telling style, by position.
        height: rows up to the last filled cell.
        width: columns up to the last filled cell.
    """

    def __init__(self, styles: Mapping[str, str], limits: Limits, sheet: str) -> None:
        self._styles = styles
        self._limits = limits
        self._sheet = sheet
        self._letters = _Letters()
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.formulas: dict[tuple[int, int], tuple[str, str]] = {}
        self.errors: dict[tuple[int, int], str] = {}
        self.formats: dict[tuple[int, int], str] = {}
        self.height = 0
        self.width = 0
        self._row, self._column = -1, -1  # of the cell or row last begun
        self._cell: dict[str, str] | None = None
        self._cells = 0
        self._area = 0
        self._text: list[str] = []
        self._listening = False
        self._row_name, self._digits = "", 1
        self._columns: set[str] = set()
        self._parser: expat.XMLParserType = new_parser()

    def read(self, package: Package, part: str) -> None:
        """Go through the part.

        Raises:
            Refusal: it is damaged or goes beyond the limits.
        """
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._handler()
        rows = PlainRows(self._parser, self._columns, self._styles, most=self._limits.rows, take=self._pass_over)
        package.feed(rows.parse, part)
        if self._listening:
            self._take_text()
        if self._cells > self._limits.cells:
            raise Refusal("cells", sheet=self._sheet, detail=self._limits.cells)
        if self.height * self.width > self._limits.grid:
            raise Refusal("grid", sheet=self._sheet, detail=self._limits.grid)

    def _pass_over(self, taken: Taken) -> None:
        """Note rows that were taken before the parser saw them."""
        if self._listening:
            self._take_text()
        self._cells += taken.cells
        self.height = max(self.height, taken.filled)
        self._row, self._column = taken.row - 1, -1
        self._row_name, self._digits = "", 1
        self._cell = {"r": taken.last} if taken.last else None

    def _handler(self) -> Any:  # noqa: ANN401  (what expat calls; its stub has no name for it)
        """Return the handler; its first lines deal with nearly all there is, in as few steps as Python allows.

        A filled cell is plain when it stands in the row begun, in a column already seen, and holds neither an error
        nor a telling format; only the others are looked at closely.
        """
        kinds, styles, columns = _Kinds(), self._styles, self._columns

        def start(name: str, attributes: dict[str, str]) -> None:
            kind = kinds[name]
            if self._listening:
                self._take_text()
            if kind == _CELL:
                if "r" not in attributes:
                    self._follow()
                self._cell = attributes
                self._cells += 1
            elif kind == _VALUE:
                cell = self._cell
                if cell is None:
                    return
                place, digits = cell.get("r", ""), self._digits
                if (
                    place[:-digits] not in columns
                    or place[-digits:] != self._row_name
                    or cell.get("s") in styles
                    or cell.get("t") == "e"
                ):
                    self._value(cell)
            elif kind != _PART:
                self._other(kind, attributes)

        return start

    def _other(self, kind: int, attributes: dict[str, str]) -> None:
        if kind == _FORMULA:
            if self._cell is not None:
                self._formula(self._cell)
            return
        self._cell = None
        if kind == _ROW:
            self._begin_row(attributes)
        elif kind == _COLUMN:
            self._hide_columns(attributes)
        elif kind == _MERGE:
            self._merge(attributes.get("ref", ""))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = self._number(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        self._row_name, self._digits = "", 1  # known from its first filled cell on
        if self._cells > self._limits.cells:
            raise Refusal("cells", sheet=self._sheet, detail=self._limits.cells)
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self.hidden_rows.append(self._row)

    def _place(self, cell: dict[str, str]) -> tuple[int, int]:
        """Return the position of a cell: what it says, else the one after the last."""
        name = cell.get("r")
        if name is not None:
            letters = name.rstrip("0123456789")
            digits = name[len(letters) :]
            if not digits or not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isalpha():  # noqa: PLR2004  (A to XFD)
                raise Refusal("damaged", sheet=self._sheet, detail=name[:20])
            self._row, self._column = int(digits[:9]) - 1, self._letters[letters]
        return self._row, self._column

    def _follow(self) -> None:
        """Step on to a cell that does not say where it is: it stands right of the last one."""
        if self._cell is not None and "r" in self._cell:
            self._place(self._cell)
        self._column += 1

    def _value(self, cell: dict[str, str]) -> None:
        """Note a filled cell."""
        place = self._filled(cell)
        if "r" in cell:
            letters = cell["r"].rstrip("0123456789")
            self._columns.add(letters)
            self._row_name = cell["r"][len(letters) :]
            self._digits = len(self._row_name)
        kind = cell.get("t", "n")
        if kind == "e":
            self.errors[place] = ""
            self._listen()
        elif kind == "n" and cell.get("s") in self._styles:
            self.formats[place] = cell["s"]

    def _filled(self, cell: dict[str, str]) -> tuple[int, int]:
        """Return the position of a filled cell; the sheet reaches at least as far."""
        row, column = self._place(cell)
        for code, number, limit in (("rows", row, self._limits.rows), ("columns", column, self._limits.columns)):
            if number >= limit:
                raise Refusal(code, sheet=self._sheet, cell=cell_name(row, column), detail=limit)
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        return row, column

    def _formula(self, cell: dict[str, str]) -> None:
        """Note a formula; its text comes after."""
        self.formulas[self._filled(cell)] = ("", cell.get("t", "n"))
        self._listen()

    def _listen(self) -> None:
        self._listening = True
        self._parser.CharacterDataHandler = self._text.append

    def _take_text(self) -> None:
        """Put the text heard since a formula or an error began where it belongs; stop listening."""
        self._listening = False
        self._parser.CharacterDataHandler = None
        text = "".join(self._text)[:_FORMULA_TEXT]
        self._text.clear()
        place = (self._row, self._column)
        if self.errors.get(place) == "":
            self.errors[place] = text.strip()
        elif place in self.formulas:
            self.formulas[place] = (text, self.formulas[place][1])

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE or attributes.get("width") == "0":
            first, last = self._number(attributes.get("min", "")), self._number(attributes.get("max", ""))
            self.hidden_columns.append((first - 1, last - 1))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = self._corner(first), self._corner(last or first)
        top, bottom, left, right = min(top, bottom), max(top, bottom), min(left, right), max(left, right)
        bottom, right = min(bottom, self.height - 1), min(right, self.width - 1)  # whole columns are often merged
        if top <= bottom and left <= right:
            self.merges.append((top, left, bottom, right))
            self._area += (bottom - top + 1) * (right - left + 1)
        if len(self.merges) > self._limits.merges or self._area > self._limits.merged_area:
            raise Refusal("merges", sheet=self._sheet, cell=reference[:30], detail=self._limits.merges)

    def _corner(self, name: str) -> tuple[int, int]:
        match = _CELL_REFERENCE.fullmatch(name)
        if match is None:
            raise Refusal("damaged", sheet=self._sheet, detail=name[:20])
        return int(match.group(2)) - 1, self._letters[match.group(1)]

    def _number(self, text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 9:  # noqa: PLR2004  (a row has 7 digits)
            raise Refusal("damaged", sheet=self._sheet, detail=text[:20])
        return int(text)


def scan_styles(package: Package, part: str, limits: Limits) -> dict[str, str]:
    """Return the number format of each cell style that tells more than the value, by the number of the style.

    Raises:
        Refusal: the part is damaged or has too many styles.
    """
    codes: dict[int, str] = dict(BUILT_IN)
    used: list[int] = []
    container = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal container
        if name in {"numFmts", "cellXfs", "cellStyleXfs", "dxfs", "cellStyles"}:
            container = name
        elif name == "numFmt" and container == "numFmts":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "xf" and container == "cellXfs":
            used.append(_whole(attributes.get("numFmtId")))
            if len(used) > limits.styles:
                raise Refusal("styles", detail=limits.styles)

    package.parse(part, start)
    telling = {number: code for number, code in codes.items() if number in set(used) and tells(code)}
    return {str(style): telling[number] for style, number in enumerate(used) if number in telling}


def scan_strings(package: Package, part: str, limits: Limits) -> None:
    """Check the shared strings: how many there are, what they claim to be, and how long each one is.

    Raises:
        Refusal: too many, too long, or damaged.
    """
    parser = new_parser()
    count, begun = 0, 0
    longest = limits.text * 12  # a character may be written as an entity or in four bytes, and carry its style

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, begun
        if name == "si" or name.endswith(":si"):
            count += 1
            here = parser.CurrentByteIndex
            if count > limits.strings or here - begun > longest:
                raise Refusal("strings", detail=limits.strings if count > limits.strings else limits.text)
            begun = here
        elif name == "sst" or name.endswith(":sst"):
            claimed = attributes.get("uniqueCount", "0")
            if _whole(claimed) > limits.strings:
                raise Refusal("strings", detail=limits.strings)

    parser.StartElementHandler = start
    package.feed(parser.Parse, part)
    if count and parser.CurrentByteIndex - begun > longest:
        raise Refusal("strings", detail=limits.text)


def _whole(text: str | None) -> int:
    """Return the number, cut after 12 digits; -1 when there is none."""
    return int(text[:12]) if text is not None and text.isascii() and text.isdigit() else -1
