"""The rows an import did not take, in the layout they came in: mended there, they come in by themselves.

What stood above the heading, the heading and the section lines go along, so that units, areas and stages are
understood again; a column of reasons stands at the right and is no column of the table when the sheet comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crm.domain.imports.body import RowKind
from crm.domain.imports.grid import CellValue, Merge, Sheet
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.imports.tables import Table
from crm.domain.imports.understanding import TableRead, Understood


@dataclass(frozen=True, slots=True)
class Leftover:
    """A sheet to be written.

    Attributes:
        name: of the tab.
        rows: the values, column by column, as they stood; merged cells of the body are filled down.
        formats: number formats that told more than the value, by row and column of this sheet.
        merges: of the lines above the body.
        reasons: row of this sheet → why it was not taken.
        heading: first and last row of the heading.
        column: of the reasons.
        hidden_rows, hidden_columns: as they were.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    formats: Mapping[tuple[int, int], str]
    merges: Sequence[Merge]
    reasons: Mapping[int, str]
    heading: tuple[int, int]
    column: int
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)


def leftovers(
    understood: Understood, planned: Sequence[PlannedRow], reasons: Mapping[tuple[str, int], str]
) -> list[Leftover]:
    """Return the sheets of the rows that were not taken; none when all were.

    Args:
        understood: the file.
        planned: every data row.
        reasons: why a row was not taken, by sheet and row number (from 1).
    """
    faulty = {(row.source.sheet, row.record.row) for row in planned if row.effect is Effect.FAULTY}
    ends: dict[str, int] = {}
    found = []
    for number, table in enumerate(understood.tables):
        start = ends.get(table.sheet, 0)
        beside = number + 1 < len(understood.tables) and _beside(table, understood.tables[number + 1])
        if not beside:
            ends[table.sheet] = table.table.last + 1
        sheet = _leftover(table, start, faulty, reasons)
        if sheet is not None:
            found.append(sheet)
    return found


def _beside(table: TableRead, following: TableRead) -> bool:
    """Whether the next table stands in the same rows."""
    return table.sheet == following.sheet and table.table.first == following.table.first


def _leftover(
    table: TableRead, start: int, faulty: set[tuple[str, int]], reasons: Mapping[tuple[str, int], str]
) -> Leftover | None:
    wanted = {record.row - 1 for record in table.records if (table.sheet, record.row) in faulty}
    if not wanted or table.grid is None:
        return None
    grid, heading = table.grid, table.table.header_rows
    above = range(start, heading[-1] + 1)
    lines = [*above, *_body(table, wanted)]
    places = {row: place for place, row in enumerate(lines)}
    filled = _filled_down(grid, table.table)
    rows = [
        [filled.get((row, column), value) if row in wanted else value for column, value in enumerate(grid.rows[row])]
        for row in lines
    ]
    shown = _merges(grid, places, above[-1] if above else -1)
    return Leftover(
        name=table.place.replace("#", "_") or grid.name,
        rows=rows,
        formats={(places[row], column): form for (row, column), form in grid.formats.items() if row in places},
        merges=shown,
        reasons={places[row]: reasons.get((table.sheet, row + 1), "") for row in sorted(wanted)},
        heading=(places[heading[0]], places[heading[-1]]),
        column=grid.width,
        hidden_rows=frozenset(places[row] for row in grid.hidden_rows or () if row in places and row not in wanted),
        hidden_columns=grid.hidden_columns or frozenset(),
    )


def _body(table: TableRead, wanted: set[int]) -> Iterator[int]:
    """Give the rows that were not taken, each section line before the first of its own."""
    section: int | None = None
    for row in table.rows:
        if row.kind is RowKind.SECTION:
            section = row.index
        if row.index in wanted:
            if section is not None:
                yield section
                section = None
            yield row.index


def _filled_down(grid: Sheet, table: Table) -> dict[tuple[int, int], CellValue]:
    """Return the values of the cells that a merge of the body covers below its first row."""
    return {
        (row, merge.left): grid.rows[merge.top][merge.left]
        for merge in grid.merges
        if merge.bottom > merge.top >= table.first
        for row in range(merge.top + 1, merge.bottom + 1)
    }


def _merges(grid: Sheet, places: Mapping[int, int], last: int) -> list[Merge]:
    """Return the merges above the body, and those of the section lines, where they stand now."""
    found = []
    for merge in grid.merges:
        inside = merge.bottom <= last or merge.top == merge.bottom
        if inside and merge.top in places and merge.bottom in places:
            found.append(Merge(places[merge.top], merge.left, places[merge.bottom], merge.right))
    return found
