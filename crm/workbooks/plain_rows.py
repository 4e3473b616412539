"""Plain rows taken out of the XML of a sheet before its parser sees them: nearly all rows of nearly all ledgers.

A row is plain when the scan of the sheet would learn nothing from it but that it is there: written as spreadsheets
write it, not hidden, every cell in a column that is known, blank or with a number, a truth, or a text; no formula, no
error, no telling format, no entity. One regular expression looks a row over in a tenth of the time the parser takes.

Rows are only taken where the parser has just said that a row ended, so what is taken stands beside rows, never in a
comment or a text; and a row is well formed by itself, so what is left is as well formed as the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple
from xml.parsers import expat

from crm.domain.imports.cell_names import column_number

_END = b"</row>"
_KEPT = 1 << 20
"""Bytes of one row from which on it is left to the parser."""

_MADE = 8
"""Times the expression is made anew for columns not seen before: no file makes this take long."""

_LONGEST = 20_000
"""Columns times telling styles from which on no expression is made."""

_ROW_HEAD = (
    rb'<row r="([1-9]\d{0,6})"(?: spans="[\d:]{1,20}")?(?: s="\d{1,5}")?(?: customFormat="[01]")?'
    rb'(?: ht="[1-9][\d.]{0,20}")?(?: customHeight="[01]")?(?: x14ac:dyDescent="[\d.]{1,20}")?>'
)
_CELL = (
    rb'(?:<c r="%b\1"(?! s="(?:%b)")(?: s="\d{1,5}")?(?:/>|(?: t="[bns]")?><v>[-+\d.Ee]{1,40}</v></c>'
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?>[^<&\x00-\x08\x0b\x0c\x0e-\x1f]*</t></is></c>))?'
)
_NOT_IN_TEXT = re.compile(rb"]]>|\xef\xbf[\xbe\xbf]")
"""What no XML may hold in a text."""

_FILLED = b"</c>"
_NAMED = b'<c r="'


class Taken(NamedTuple):
    """Plain rows that were taken.

    Attributes:
        cells: how many cells they have, blank ones too.
        filled: the largest number of a row with a filled cell, as people count; 0 where there is none.
        row: the number of the last row.
        last: the name of its last cell, "" where it has none.
    """

    cells: int
    filled: int
    row: int
    last: str


class PlainRows:
    """Stands before the parser of a sheet.

    Args:
        parser: gets all but the plain rows.
        columns: the letters of the columns known so far; it grows.
        telling: the numbers of the styles that tell more than the value.
        most: the largest number of a row that is taken.
        take: is told of rows that were taken.
    """

    def __init__(
        self,
        parser: expat.XMLParserType,
        columns: AbstractSet[str],
        telling: Collection[str],
        *,
        most: int,
        take: Callable[[Taken], None],
    ) -> None:
        self._parser = parser
        self._columns = columns
        self._telling = telling
        self._most = most
        self._take = take
        self._known = self._made = 0
        self._row: re.Pattern[bytes] | None = None
        self._left = b""
        self._beside_rows = False
        self._ended = False

    def parse(self, chunk: bytes, final: bool) -> None:  # noqa: FBT001  (as the parser's own ``Parse``)
        """Parse some bytes; raises what the parser raises."""
        content = self._left + chunk if self._left else chunk
        place = 0
        while not final:
            if self._beside_rows:
                place = self._take_rows(content, place)
            end = content.find(_END, place)
            if end < 0:
                break
            self._to_the_end_of_a_row(content[place : end + len(_END)])
            place = end + len(_END)
        left = content[place:]
        if self._beside_rows and not final and len(left) < _KEPT:
            self._left = left
            return
        self._left, self._beside_rows = b"", False
        self._parser.Parse(left, final)

    def _to_the_end_of_a_row(self, content: bytes) -> None:
        """Parse up to what looks like the end of a row, and see whether it was one."""
        self._parser.Parse(content[: -len(_END)], False)
        self._ended = False
        self._parser.EndElementHandler = self._note_end
        self._parser.Parse(_END, False)
        self._parser.EndElementHandler = None
        self._beside_rows = self._ended

    def _note_end(self, name: str) -> None:
        self._ended = name == "row"

    def _take_rows(self, content: bytes, place: int) -> int:
        """Take the plain rows from a place on; return where they end."""
        pattern = self._pattern()
        if pattern is None:
            return place
        begun, cells, filled, last = place, 0, 0, None
        while (row := pattern.match(content, place)) and (number := int(row[1])) <= self._most:
            last, place = row, row.end()
            cells += content.count(b"<c ", row.start(), place)
            if number > filled and content.find(_FILLED, row.start(), place) >= 0:
                filled = number
        if last is None or not _is_text(content[begun:place]):
            return begun
        cell = content.rfind(_NAMED, last.start(), place) + len(_NAMED)
        name = content[cell : content.index(b'"', cell)].decode() if cell > last.start() else ""
        self._take(Taken(cells, filled, int(last[1]), name))
        return place

    def _pattern(self) -> re.Pattern[bytes] | None:
        """Return what matches a plain row of the columns known so far."""
        if len(self._columns) > self._known and self._made < _MADE:
            self._known, self._made = len(self._columns), self._made + 1
            self._row = _pattern(sorted(self._columns, key=column_number), self._telling)
        return self._row


def _pattern(columns: Sequence[str], telling: Collection[str]) -> re.Pattern[bytes] | None:
    """Return what matches a plain row; None where there are too many columns and styles."""
    if len(columns) * len(telling) > _LONGEST:
        return None
    styles = "|".join(telling).encode() or b"-"
    return re.compile(_ROW_HEAD + b"".join(_CELL % (letters.encode(), styles) for letters in columns) + _END)


def _is_text(content: bytes) -> bool:
    """Return whether a parser would take the bytes for text: UTF-8, and nothing that no XML may hold."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return _NOT_IN_TEXT.search(content) is None
