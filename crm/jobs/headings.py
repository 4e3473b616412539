"""The headings of a file in which no column was taken for the name of its records: a person says which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crm.domain.imports.grid import Sheet, Visibility, column_letter
from crm.domain.imports.headers import Column, Said, understand
from crm.domain.imports.kinds import import_fields
from crm.domain.imports.tables import find_tables
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.workbooks.reading import read_workbook

MOST_TABLES = 12
SAMPLED_ROWS, SAMPLES = 20, 3


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table.

    Attributes:
        sheet: its name.
        rows: of the heading, as people count.
        columns: as they were understood.
        samples: letter of a column -> the first texts below its heading.
    """

    sheet: str
    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    samples: Mapping[str, tuple[str, ...]]


def read_headings(
    kind: str, path: Path, sheet: str = "", said: Mapping[str, Said] | None = None, encoding: str = ""
) -> Job[tuple[Heading, ...]]:
    """Return the headings of a file, of all visible sheets or of one; nothing is compared and nothing written.

    Raises:
        FileRefusedError, WorkbookError: the file cannot be read; it says why.
    """
    yield Progress(0, 1, _("reading {file}").format(file=path.name))
    fields = import_fields(kind)
    found: list[Heading] = []
    for one in read_workbook(path, encoding=encoding).sheets:
        if one.name != sheet if sheet else one.visibility is not Visibility.VISIBLE:
            continue
        for table in find_tables(one):
            rows = tuple(row + 1 for row in table.header_rows)
            columns = understand(one, table, fields, said)
            found.append(Heading(one.name, rows, columns, _samples(one, table.first, columns)))
    return tuple(found[:MOST_TABLES])


def _samples(sheet: Sheet, first: int, columns: tuple[Column, ...]) -> dict[str, tuple[str, ...]]:
    rows = sheet.rows[first : first + SAMPLED_ROWS]
    return {
        column_letter(column.index): tuple(
            dict.fromkeys(str(row[column.index]) for row in rows if row[column.index] is not None)
        )[:SAMPLES]
        for column in columns
    }
