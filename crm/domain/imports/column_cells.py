"""The cells of the rows of a table, column by column, merged ones filled down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from crm.domain.imports.grid import CellValue, Sheet, column_letter
from crm.domain.imports.tables import Table
from crm.domain.imports.texts import cell_text


class ColumnCells:
    """The cells of some rows of a table, merged ones filled down."""

    def __init__(self, sheet: Sheet, table: Table, places: Sequence[int]) -> None:
        self._places = places
        self._rows = [sheet.rows[place] for place in places]
        self._formats = sheet.formats
        self._left, self._right = table.left, table.right
        self._filled: dict[tuple[int, int], CellValue] = {}
        for merge in sheet.merges:
            if merge.bottom > merge.top >= table.first and merge.bottom <= table.last:
                for row in range(merge.top + 1, merge.bottom + 1):
                    self._filled[row, merge.left] = sheet.rows[merge.top][merge.left]

    def column(self, column: int) -> list[CellValue]:
        """Return the values of a column, that of its merge for a covered cell."""
        values = list(map(itemgetter(column), self._rows))
        if self._filled:
            values = [
                self._filled.get((place, column)) if value is None else value
                for place, value in zip(self._places, values, strict=True)
            ]
        return values

    def forms(self, column: int) -> list[str] | None:
        """Return the number formats of a column's cells; None where the sheet tells none."""
        formats = self._formats
        return [formats.get((place, column), "") for place in self._places] if formats else None

    def raw(self) -> Iterator[dict[str, str]]:
        """Give the texts of each row's filled cells by letter."""
        letters = [column_letter(column) for column in range(self._left, self._right + 1)]
        for row in self._rows:
            values = row[self._left : self._right + 1]
            yield {
                letter: value if value.__class__ is str else cell_text(value)
                for letter, value in zip(letters, values, strict=True)
                if value is not None
            }
