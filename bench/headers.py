"""The heading cells of annotated real tables (``../shared/data/tables``), as the importer finds them.

Tables whose headings stand on top are scored: ``vertical`` (one heading row) and ``hierarchical`` (several). A cell of
the heading is one the annotation calls a column's attribute.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.domain.imports.grid import CellValue, Merge, Sheet
from crm.domain.imports.tables import find_tables

KINDS = ("vertical", "hierarchical")


@dataclass(slots=True)
class Score:
    """Heading cells: found and right, found, and there in truth."""

    right: int = 0
    found: int = 0
    there: int = 0

    def add(self, found: set[int], truth: set[int]) -> None:
        """Take in a table."""
        self.right += len(found & truth)
        self.found += len(found)
        self.there += len(truth)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0

    def __str__(self) -> str:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.there, 1)
        return f"F1 {self.f1:.3f} (precision {precision:.3f}, recall {recall:.3f}, {self.there:,} cells)"


def header_scores(path: Path) -> dict[str, Score]:
    """Return the score of each kind of table."""
    scores = {kind: Score() for kind in KINDS}
    for table in json.loads(path.read_text(encoding="utf-8")):
        if table["table_type"] in scores:
            scores[table["table_type"]].add(found_cells(table), set(table["column_attribute"]))
    return scores


def found_cells(table: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the cells that the importer takes for headings."""
    matrix = table["cell_ID_matrix"]
    cells: set[int] = set()
    for found in find_tables(sheet_of(table)):
        left, right = found.left, found.right
        cells.update(matrix[row][column] for row in found.header_rows for column in range(left, right + 1))
    return {cell for cell in cells if table["chinese_cell_value_list"][cell].strip()}


def sheet_of(table: Mapping[str, Any]) -> Sheet:
    """Return a table as a sheet: a merged cell has its value at its first place only."""
    matrix, texts = table["cell_ID_matrix"], table["chinese_cell_value_list"]
    merges = tuple(_merges(matrix))
    first = {(merge.top, merge.left) for merge in merges}
    covered = {
        (row, column)
        for merge in merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
    } - first
    rows: list[list[CellValue]] = [
        [None if (row, column) in covered else (texts[cell].strip() or None) for column, cell in enumerate(line)]
        for row, line in enumerate(matrix)
    ]
    return Sheet("表", rows, merges=merges)


def _merges(matrix: Sequence[Sequence[int]]) -> Iterator[Merge]:
    places: dict[int, list[tuple[int, int]]] = {}
    for row, line in enumerate(matrix):
        for column, cell in enumerate(line):
            places.setdefault(cell, []).append((row, column))
    for spots in places.values():
        if len(spots) > 1:
            rows, columns = [row for row, _ in spots], [column for _, column in spots]
            yield Merge(min(rows), min(columns), max(rows), max(columns))
