"""The rows an import did not take, as a workbook to be mended and brought in by itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from crm.domain.imports.explain import cell_note_text, note_text
from crm.domain.imports.leftovers import leftovers
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.quantities import CHINA_TIME
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.jobs.imports import Imported
from crm.workbooks.leftovers import write_leftovers


def write_faulty(imported: Imported, path: Path) -> int:
    """Write the faulty rows of an import in the layout of their file, with a column of reasons; return how many.

    Nothing is written when no row is faulty.

    Raises:
        FileRefusedError: the workbook cannot be written there.
        ValueRefusedError: the file was a ``.json``, which has no layout, or the workbook is no ``.xlsx``.
    """
    faulty = [row for row in imported.planned if row.effect is Effect.FAULTY]
    if not faulty:
        return 0
    if path.suffix.lower() != ".xlsx":
        raise ValueRefusedError(
            _("Faulty rows are written as .xlsx, not {name}.").format(name=path.name), where="faulty"
        )
    if not imported.understood.tables:
        raise ValueRefusedError(
            _("The entries of a .json leave no workbook: mend them in {file}.").format(file=imported.file)
        )
    reasons = {(row.source.sheet, row.record.row): reason_of(row) for row in faulty}
    sheets = leftovers(imported.understood, imported.planned, reasons)
    return write_leftovers(path, sheets, made_at=datetime.now(CHINA_TIME).replace(tzinfo=None))


def reason_of(row: PlannedRow) -> str:
    """Return why a row was not taken, and what else is doubtful in it."""
    cells = [
        cell_note_text(note, row.source.columns, row.record.row) for note in row.record.notes if note.note.doubtful
    ]
    return "\n".join([*(note_text(note) for note in row.notes), *cells])
