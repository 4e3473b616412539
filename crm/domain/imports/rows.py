"""The rows of a file as records: what was read of each, where it stands, and the remarks on its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crm.domain.imports.headers import Column
from crm.domain.imports.keyed import Edit
from crm.domain.imports.notes import Note


@dataclass(frozen=True, slots=True)
class CellNote:
    """A remark on a cell of a row; ``column`` is its letter, "" for the row as a whole."""

    column: str
    note: Note


@dataclass(slots=True)
class RowRecord:
    """One row that is a project.

    Attributes:
        row: as people count, from 1.
        values: field name → domain value, only what is known.
        raw: letter of the column → the cell's text, every filled cell of the row.
        notes: remarks on its cells.
        fault: why it cannot be a record; None when it can.
        edit: what was done to a row that the program exported; None for any other row.
    """

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    notes: list[CellNote] = field(default_factory=list)
    fault: Note | None = None
    edit: Edit | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a value was left empty because of a doubt."""
        return any(one.note.doubtful for one in self.notes)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A data row with where it stands.

    Attributes:
        sheet: its name; "" where the file has no sheets.
        record: as it was read.
        columns: of its table, by letter.
        entry: it is an object of a list (``.json``), no row of a table.
    """

    sheet: str
    record: RowRecord
    columns: Mapping[str, Column] = field(default_factory=dict)
    entry: bool = False
