"""Looking at a ledger without a database: read, understand, judge; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.explain import refused_text
from crm.domain.imports.headers import Said
from crm.domain.imports.keyed import Edits, find_keyed
from crm.domain.imports.said import HeadingRows
from crm.domain.imports.understanding import understand_workbook
from crm.domain.inspection.health import Inspected, inspect_ledger
from crm.domain.thresholds.ground import Ground
from crm.errors import WorkbookError
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.workbooks.reading import read_workbook

STEPS = 3


def inspect_file(
    path: Path,
    on: date,
    *,
    sheet: str | None = None,
    answers: Mapping[str, str] | None = None,
    said: Mapping[str, Said] | None = None,
    headings: HeadingRows | None = None,
) -> Job[Inspected]:
    """Look at a ledger of leads, by the rules that come with the program.

    Args:
        path: a workbook or text file.
        on: the day of the rules.
        sheet: the one sheet to look at; all visible ones when None.
        answers: to the questions of the file, as an import takes them.
        said: what the user said of headings.
        headings: rows of the headings, where a person named them.

    Raises:
        ValueRefusedError: an answer that fits no question.
        FileRefusedError, WorkbookError: the file cannot be read, or holds no table of leads; it says why.
    """
    yield Progress(0, STEPS, _("reading {file}").format(file=path.name))
    book = read_workbook(path)
    yield Progress(1, STEPS, _("understanding {file}").format(file=path.name))
    exported = {one.name: Edits(keyed) for one in book.sheets if (keyed := find_keyed(one)) is not None}
    understood = understand_workbook(
        book.sheets, LEAD_FIELDS, only=sheet, said=said, answers=answers, edits=exported, headings=headings
    )
    if not understood.tables:
        why = _("; ").join(
            _("sheet {sheet}: {why}").format(sheet=name, why=refused_text(code))
            for name, code in understood.refused.items()
        )
        message = _("No ledger of leads was found in {file}: {why}.")
        raise WorkbookError(message.format(file=path.name, why=why or _("there is no such sheet")), where=path.name)
    yield Progress(2, STEPS, _("judging"))
    health = inspect_ledger(understood, Ground(on))
    return Inspected(path.name, book.sha256, on, health, tuple(note.text for note in book.notes))
