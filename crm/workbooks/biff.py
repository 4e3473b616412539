"""What an .xls says beside its values (MS-XLS, BIFF8): errors, formulas, number formats, hidden rows and columns.

The reader of values gives none of it. This pass may fail on odd files: then these things are not known, and nothing
else is lost.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from crm.workbooks.compound import Compound
from crm.workbooks.formats import BUILT_IN, tells
from crm.workbooks.limits import Limits

_BOF, _EOF, _TAB, _FORMAT, _STYLE = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_BIFF8 = 0x0600
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ERROR_RESULT = 2
_NO_NUMBER = 0xFFFF
"""The last two bytes of a result that is no number."""


@dataclass(slots=True)
class SheetRecords:
    """What the records of one sheet say, by position from 0.

    Attributes:
        formats: number formats that tell more than the value.
    """

    name: str
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)


def sheet_records(content: bytes, limits: Limits) -> list[SheetRecords]:
    """Return what the sheets of an .xls say, in the order of the tabs; [] where it cannot be known."""
    try:
        return _Workbook(Compound(content).stream("Workbook", "Book"), limits).sheets()
    except (ValueError, IndexError, KeyError, struct.error, UnicodeDecodeError):
        return []


class _Workbook:
    """The records of a workbook stream."""

    def __init__(self, stream: bytes, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        if len(stream) < 8 or struct.unpack_from("<HHH", stream)[::2] != (_BOF, _BIFF8):  # noqa: PLR2004  (a record and its version)
            raise ValueError("no BIFF8")
        self._tabs: list[tuple[int, str]] = []
        self._codes = dict(BUILT_IN)
        self._formats: list[int] = []

    def sheets(self) -> list[SheetRecords]:
        """Return what the sheets say."""
        for kind, body in self._records(0):
            if kind == _TAB:
                self._tabs.append((struct.unpack_from("<I", body)[0], _text(body[6:], count=1)))
            elif kind == _FORMAT:
                self._codes[struct.unpack_from("<H", body)[0]] = _text(body[2:], count=2)
            elif kind == _STYLE:
                self._formats.append(struct.unpack_from("<H", body, 2)[0])
        telling = {number: code for number, code in self._codes.items() if tells(code)}
        styles = {style: telling[number] for style, number in enumerate(self._formats) if number in telling}
        return [self._sheet(place, name, styles) for place, name in self._tabs]

    def _sheet(self, place: int, name: str, styles: dict[int, str]) -> SheetRecords:
        sheet = _Sheet(SheetRecords(name), styles)
        for kind, body in self._records(place):
            take = sheet.takes.get(kind)
            if take is not None:
                take(body)
        return sheet.found

    def _records(self, place: int) -> Iterator[tuple[int, bytes]]:
        """Yield kind and body of the records of one part of the stream, those of charts inside it left out."""
        depth = 0
        for _record in range(self._limits.cells):
            kind, length = struct.unpack_from("<HH", self._stream, place)
            if kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    return
            elif depth == 1:
                yield kind, self._stream[place + 4 : place + 4 + length]
            place += 4 + length
        raise ValueError("records without end")


class _Sheet:
    """Takes the records of one sheet."""

    def __init__(self, found: SheetRecords, styles: dict[int, str]) -> None:
        self.found = found
        self._styles = styles
        self.takes: dict[int, Callable[[bytes], None]] = {
            0x0208: self._row,
            0x007D: self._columns,
            0x0203: self._number,
            0x027E: self._number,  # RK: a number in four bytes
            0x00BD: self._numbers,
            0x0006: self._formula,
            0x0205: self._truth_or_error,
        }

    def _row(self, body: bytes) -> None:
        height, options = struct.unpack_from("<H", body, 6)[0], struct.unpack_from("<I", body, 12)[0]
        if options & 0x20 or height == 0:  # fDyZero
            self.found.hidden_rows.append(struct.unpack_from("<H", body)[0])

    def _columns(self, body: bytes) -> None:
        first, last, width, _style, options = struct.unpack_from("<5H", body)
        if options & 1 or width == 0:
            self.found.hidden_columns.append((first, last))

    def _number(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", body)
        self._format(row, column, style)

    def _numbers(self, body: bytes) -> None:
        row, first = struct.unpack_from("<2H", body)
        for place in range(4, len(body) - 2, 6):
            self._format(row, first + (place - 4) // 6, struct.unpack_from("<H", body, place)[0])

    def _formula(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", body)
        self.found.formulas.append((row, column))
        if struct.unpack_from("<H", body, 12)[0] != _NO_NUMBER:
            self._format(row, column, style)
        elif body[6] == _ERROR_RESULT:
            self.found.errors[row, column] = _ERRORS.get(body[8], "#")

    def _truth_or_error(self, body: bytes) -> None:
        row, column = struct.unpack_from("<2H", body)
        if body[7]:
            self.found.errors[row, column] = _ERRORS.get(body[6], "#")

    def _format(self, row: int, column: int, style: int) -> None:
        if style in self._styles:
            self.found.formats[row, column] = self._styles[style]


def _text(part: bytes, *, count: int) -> str:
    """Return a string: its length in ``count`` bytes, a byte of options, then one or two bytes a character."""
    length, options = int.from_bytes(part[:count], "little"), part[count]
    characters = part[count + 1 :]
    return characters[: 2 * length].decode("utf-16-le") if options & 1 else characters[:length].decode("latin-1")
