"""Importing follow-ups: each with its own author and day, to the lead it names, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm.database import Database, Session, writing_of
from crm.database.backup import make_automatic
from crm.database.bulk import Encoded, insert_records
from crm.database.rows import insert_rows
from crm.domain.fields.codec import canonical
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.follow_ups import Entry, entry_of, plan_follow_ups
from crm.domain.imports.kinds import FOLLOW_UP_FIELDS, FOLLOW_UPS
from crm.domain.imports.memory import Memories, to_remember
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.imports.to_json import counts_of, sheets_to_json
from crm.domain.imports.understanding import Understood, understand_workbook
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.jobs.imports import Imported, Request, nothing_to_import
from crm.models import ImportBatch, Provenance
from crm.models.types import new_uid, now
from crm.queries.imports import codes_of, follow_ups_of, ids_by_code, import_memories, leads_called, written_by
from crm.services.import_journal import note_begin, note_end
from crm.services.import_memory import keep_memory
from crm.services.text_gate import clean_text
from crm.workbooks.reading import read_workbook

RECORD_KIND = "follow_up"
"""What follow-ups are called in the history."""

STEPS = 4


def import_follow_ups(database: Database, request: Request, *, dry_run: bool = False) -> Job[Imported]:
    """Import a list of follow-ups; return what was understood, done and left open.

    Raises:
        FileRefusedError, WorkbookError: the file cannot be read, or no sheet of it can be imported; it says why.
        ValueRefusedError: an answer that fits no question.
        DatabaseError: it could not be written; nothing was changed.
    """
    yield Progress(0, STEPS, _("reading {file}").format(file=request.path.name))
    book = read_workbook(request.path)
    understood = _understood(database, request, book.sheets)
    yield Progress(1, STEPS, _("comparing with what is known"))
    with database.read() as session:
        planned = _plan(session, request, understood)
    notes = [note.text for note in book.notes]
    done = _Done(request, understood, planned, book.sha256, notes)
    if dry_run or not any(row.effect is Effect.NEW for row in planned):
        return _result(database, done, dry_run=dry_run)
    uid = new_uid()
    note_begin(database, uid, file=request.path.name, by=request.by)
    try:
        if database.is_sqlite:
            yield Progress(2, STEPS, _("making a backup"))
            make_automatic(database, "import", request.backups)
        yield Progress(3, STEPS, _("writing"))
        with database.write(by=request.by, why=request.why, kind="import") as session:
            number = _write(session, done, uid)
        return _result(database, done, batch=number)
    finally:
        note_end(database, uid, by=request.by)


@dataclass(frozen=True, slots=True)
class _Done:
    """An import on its way."""

    request: Request
    understood: Understood
    planned: Sequence[PlannedRow]
    sha256: str
    notes: Sequence[str]


def _understood(database: Database, request: Request, sheets: Any) -> Understood:  # noqa: ANN401  (of the reader)
    with database.read() as session:
        known = import_memories(session, FOLLOW_UPS) if request.recall != "none" else []
    understood = understand_workbook(
        sheets,
        FOLLOW_UP_FIELDS,
        only=request.sheet,
        said=request.said,
        answers=request.answers,
        memories=Memories(FOLLOW_UPS, known, whole=request.recall == "all"),
    )
    if not understood.tables:
        raise nothing_to_import(request.path, understood)
    for row in understood.rows:
        _make_fit(row.record.values, row.record)
    return understood


def _make_fit(values: dict[str, Any], record: Any) -> None:  # noqa: ANN401  (RowRecord)
    """Bring texts into the form they are stored in; a row with one that cannot be stored is faulty."""
    try:
        for name, like in (("note", "notes"), ("by", "owner"), ("next_step", "next_step")):
            if isinstance(values.get(name), str):
                values[name] = clean_text(LEAD_FIELDS[like], values[name])
    except ValueRefusedError as error:
        record.fault = Note("refused", {"why": error.message})


class _Leads:
    """The leads that the rows of a file name."""

    def __init__(self, session: Session, understood: Understood) -> None:
        values = [row.record.values for row in understood.rows]
        self._codes = ids_by_code(session, "leads", (str(each["code"]) for each in values if each.get("code")))
        names = (str(each[name]) for each in values for name in ("name", "investor") if each.get(name))
        self._named = leads_called(session, names)
        self.ids = {*self._codes.values(), *(each for found in self._named.values() for each in found)}
        self._known = codes_of(session, "leads", self.ids) if self.ids else {}

    def by_code(self, code: str) -> int | None:
        """Return the lead with a code."""
        return self._codes.get(code)

    def called(self, name: str) -> Sequence[int]:
        """Return the leads whose name, or else whose investor, is exactly this."""
        return self._named.get(name, ())

    def code(self, lead_id: int) -> str:
        """Return the code of a lead."""
        return self._known[lead_id]


def _plan(session: Session, request: Request, understood: Understood) -> list[PlannedRow]:
    leads = _Leads(session, understood)
    written: set[Entry] = follow_ups_of(session, leads.ids)
    return plan_follow_ups(understood.rows, leads, written, request.by)


def _write(session: Session, done: _Done, uid: str) -> int:
    """Write the new follow-ups and where they came from; return the change set."""
    fresh = [row for row in done.planned if row.effect is Effect.NEW]
    ids = insert_records(session, RECORD_KIND, [Encoded(_documents(row), {}) for row in fresh])
    number = writing_of(session).number(session)
    batch = ImportBatch(
        uid=uid,
        change_set_id=number,
        record_kind=FOLLOW_UPS,
        file_name=done.request.path.name,
        sha256=done.sha256,
        sheets=canonical(sheets_to_json(done.understood)),
        rows=canonical(counts_of(done.understood, done.planned)),
        state="done",
    )
    session.add(batch)
    session.flush()
    columns = ("batch_id", "record_kind", "record_id", "sheet", "row", "raw", "notes")
    origins = (
        (batch.id, RECORD_KIND, key, row.source.sheet, row.record.row, canonical(row.record.raw), None)
        for key, row in zip(ids, fresh, strict=True)
    )
    insert_rows(session.connection(), Provenance, columns, origins)
    _remember(session, done)
    return number


def _documents(row: PlannedRow) -> dict[str, Any]:
    entry, values = entry_of(row), row.record.values
    next_date = values.get("next_date")
    return {
        "lead_id": entry.lead_id,
        "kind": values["kind"],
        "at": entry.at,
        "by": entry.by,
        "note": entry.note,
        "next_step": values.get("next_step"),
        "next_date": str(next_date) if next_date is not None and next_date.day else None,
    }


def _remember(session: Session, done: _Done) -> None:
    for table in done.understood.tables:
        found = to_remember(FOLLOW_UPS, table.table, table.place, table.columns, done.understood.questions.settled)
        if found is not None:
            keep_memory(session, found.of(done.request.path.name, done.request.by), now())


def _result(database: Database, done: _Done, *, dry_run: bool = False, batch: int | None = None) -> Imported:
    counts: Mapping[str, int] = counts_of(done.understood, done.planned)
    places = {place: row.target for place, row in enumerate(done.planned) if row.target is not None}
    with database.read() as session:
        if batch is not None:  # what the database says, not what was meant
            counts = {**counts, "new": written_by(session, batch, RECORD_KIND)[0]}
        codes = codes_of(session, "leads", set(places.values())) if places else {}
    return Imported(
        kind=FOLLOW_UPS,
        file=done.request.path.name,
        sha256=done.sha256,
        batch=batch,
        dry_run=dry_run,
        understood=done.understood,
        planned=done.planned,
        counts=counts,
        codes={place: codes[lead] for place, lead in places.items()},
        notes=done.notes,
    )
