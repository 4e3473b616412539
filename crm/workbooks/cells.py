"""Rows as the reader gives them, made fit to be handed to the parent process: plain values, all else beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import repeat
from typing import Any

from crm.domain.imports.cell_names import cell_name
from crm.workbooks.limits import Refusal

Row = list[Any]
"""str, int, float, bool or None."""

Special = tuple[int, int, str, str]
"""Row, column, kind and text of a value that JSON has no form for.

Kinds: ``date``, ``datetime``, ``time`` (ISO texts), ``error``, ``formula``, ``not_a_date`` (flaws).
"""

CHUNK = 500
"""Rows handed over at a time."""

_PLAIN = frozenset({str, int, float, bool, type(None)})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FIRST_SURE_DAY = date(1900, 3, 1)
"""Before it the calendar of Excel has a day too many; a date there is a small number shown as a date."""


class SheetCells:
    """The rows of one sheet, with what the scan of its XML knows about single cells.

    Attributes:
        controls: how many texts had control characters, which are taken out.
    """

    def __init__(
        self,
        sheet: str,
        *,
        left: int = 0,
        formulas: dict[tuple[int, int], tuple[str, str]] | None = None,
        errors: dict[tuple[int, int], str] | None = None,
        text_limit: int,
        counts_from_1904: bool = False,
    ) -> None:
        self._sheet = sheet
        self._left = [None] * left
        self._text_limit = text_limit
        self._counts_from_1904 = counts_from_1904
        self._flaws = _flaws_by_row(formulas or {}, errors or {})
        self.controls = 0

    def chunks(self, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[list[Row], list[Special]]]:
        """Yield the rows by chunks, each with its special values."""
        ready: list[Row] = []
        special: list[Special] = []
        for number, row in enumerate(self._all(rows)):
            ready.append(self._row(number, row, special))
            if len(ready) == CHUNK:
                yield ready, special
                ready, special = [], []
        if ready:
            yield ready, special

    def _all(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Yield the rows, and blank ones as far down as there are flaws: the reader stops at the last value."""
        count = 0
        for row in rows:
            count += 1
            yield row
        yield from repeat((), max(self._flaws, default=-1) + 1 - count)

    def _row(self, number: int, row: Sequence[Any], special: list[Special]) -> Row:
        """Return a row; the few steps at its head are all that most rows need."""
        line: Row = [*self._left, *row]
        begun = len(special)
        texts = "".join([value for value in line if type(value) is str])
        if len(texts) > self._text_limit or not texts.isprintable():
            self._clean(number, line)
        if not _PLAIN.issuperset(map(type, line)):
            for column, value in enumerate(line):
                if type(value) not in _PLAIN:
                    line[column] = self._other(number, column, value, special)
        if "" in line:
            line = [None if value == "" else value for value in line]
        if number in self._flaws:
            self._mark(number, line, self._flaws[number], special, begun)
        return line

    def _clean(self, row: int, line: Row) -> None:
        """Take control characters out of the texts of a row.

        Raises:
            Refusal: a text is too long.
        """
        for column, text in enumerate(line):
            if type(text) is not str:
                continue
            if len(text) > self._text_limit:
                raise Refusal("text", sheet=self._sheet, cell=cell_name(row, column), detail=self._text_limit)
            if _CONTROL.search(text):
                self.controls += 1
                line[column] = _CONTROL.sub("", text)

    def _other(self, row: int, column: int, value: object, special: list[Special]) -> str | None:
        if isinstance(value, datetime | time):
            special.append((row, column, type(value).__name__, value.isoformat()))
        elif isinstance(value, date):
            sure = value >= _FIRST_SURE_DAY or self._counts_from_1904
            special.append((row, column, "date" if sure else "not_a_date", value.isoformat()))
        elif isinstance(value, timedelta):
            return _duration(value)
        elif value is not None:
            raise Refusal("damaged", sheet=self._sheet, detail=type(value).__name__)
        return None

    @staticmethod
    def _mark(row: int, line: Row, flaws: dict[int, tuple[str, str]], special: list[Special], begun: int) -> None:
        """Say which cells of a row show an error, or nothing because the result of their formula was not stored."""
        seen = {column for _row, column, _kind, _text in special[begun:]}
        for column, (kind, text) in flaws.items():
            if column >= len(line):
                line.extend([None] * (column + 1 - len(line)))
            if kind == "error" or (line[column] is None and column not in seen):
                line[column] = None
                special.append((row, column, kind, text))


def _flaws_by_row(
    formulas: dict[tuple[int, int], tuple[str, str]], errors: dict[tuple[int, int], str]
) -> dict[int, dict[int, tuple[str, str]]]:
    """Return by row and column what may be wrong; a formula that results in a text may rightly show nothing."""
    found: dict[int, dict[int, tuple[str, str]]] = {}
    for (row, column), (text, kind) in formulas.items():
        if kind != "str":
            found.setdefault(row, {})[column] = ("formula", f"={text}")
    for (row, column), text in errors.items():
        found.setdefault(row, {})[column] = ("error", text or "#")
    return found


def _duration(value: timedelta) -> str:
    """Return a duration as a sheet shows it: 36:30:00, with a sign when it is negative."""
    seconds = round(abs(value).total_seconds())
    sign = "-" if value < timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
