"""The headings of a file in which no column was taken for the name of its records: a person says which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crm.domain.imports.grid import Sheet, Visibility, column_letter
from crm.domain.imports.headers import Column, Said, understand
from crm.domain.imports.kinds import import_fields
from crm.domain.imports.said import HeadingRows, rows_named
from crm.domain.imports.tables import find_tables
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.workbooks.reading import read_workbook

MOST_TABLES = 12
SAMPLED_ROWS, SAMPLES = 20, 3


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table, or a sheet in which none was found.

    Attributes:
        grid: the sheet it stands in.
        rows: of the heading, as people count; none where it was not found.
        columns: as they were understood.
        samples: letter of a column -> the first texts below its heading.
    """

    grid: Sheet
    rows: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def sheet(self) -> str:
        """The name of the sheet."""
        return self.grid.name


def read_headings(
    kind: str,
    path: Path,
    *,
    sheet: str = "",
    said: Mapping[str, Said] | None = None,
    encoding: str = "",
    headings: HeadingRows | None = None,
) -> Job[tuple[Heading, ...]]:
    """Return the headings of a file, of all visible sheets or of one, and the filled sheets in which none was found.

    Nothing is compared and nothing written. ``headings``: rows of the headings where a person named them.

    Raises:
        FileRefusedError, WorkbookError: the file cannot be read; it says why.
    """
    yield Progress(0, 1, _("reading {file}").format(file=path.name))
    fields = import_fields(kind)
    found: list[Heading] = []
    for one in read_workbook(path, encoding=encoding).sheets:
        if one.name != sheet if sheet else one.visibility is not Visibility.VISIBLE:
            continue
        if all(value is None for row in one.rows for value in row):
            continue
        named = rows_named(headings, one.name)
        tables = find_tables(one, named) if not named or named[-1] < one.height - 1 else ()
        for table in tables:
            rows = tuple(row + 1 for row in table.header_rows)
            columns = understand(one, table, fields, said)
            found.append(Heading(one, rows, columns, _samples(one, table.first, columns)))
        if not tables:
            found.append(Heading(one))
    return tuple(found[:MOST_TABLES])


def _samples(sheet: Sheet, first: int, columns: tuple[Column, ...]) -> dict[str, tuple[str, ...]]:
    rows = sheet.rows[first : first + SAMPLED_ROWS]
    return {
        column_letter(column.index): tuple(
            dict.fromkeys(str(row[column.index]) for row in rows if row[column.index] is not None)
        )[:SAMPLES]
        for column in columns
    }
