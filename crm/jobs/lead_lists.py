"""Importing what belongs to leads: follow-ups with their own author and day, and the people to talk to.

A row names its lead; no lead is made. Everything is one transaction, noted before it begins, taken back like any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from crm.database import Database, Session, writing_of
from crm.database.backup import make_automatic
from crm.database.bulk import Encoded, insert_records
from crm.database.rows import insert_rows
from crm.domain.fields.codec import canonical
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.contacts import GIVEN, plan_contacts
from crm.domain.imports.follow_ups import entry_of, plan_follow_ups
from crm.domain.imports.kinds import CONTACTS, FOLLOW_UPS, import_fields
from crm.domain.imports.memory import Memories, to_remember
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.imports.rows import RowRecord
from crm.domain.imports.to_json import counts_of, sheets_to_json
from crm.domain.imports.understanding import Understood, understand_workbook
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.jobs.import_journal import note_begin, note_end
from crm.jobs.imports import Imported, Request, book_of, nothing_to_import
from crm.models import ImportBatch, Provenance
from crm.models.types import new_uid, now
from crm.queries.exchange import ids_by
from crm.queries.imports import codes_of, follow_ups_of, ids_by_code, import_memories, leads_called, written_by
from crm.queries.records import load
from crm.services.bulk import update_many
from crm.services.import_memory import keep_memory
from crm.services.values import fitting
from crm.workbooks.reading import Book

STEPS = 4
WRITTEN = (Effect.NEW, Effect.CHANGED)

AS_IN_A_LEAD = {"note": "notes", "by": "owner", "next_step": "next_step", **{name: name for name in GIVEN}}
"""Texts of a row, and the field of a lead whose rules they follow."""


class Written(NamedTuple):
    """A record that was written, and the row that gave it."""

    kind: str
    id: int
    row: PlannedRow


class LeadList(Protocol):
    """One kind of list: what it plans and how it is written."""

    record_kind: str

    def plan(self, session: Session, request: Request, understood: Understood) -> list[PlannedRow]:
        """Return what is done with each row."""

    def write(self, session: Session, planned: Sequence[PlannedRow]) -> list[Written]:
        """Write what is new or changed."""


def import_lead_list(database: Database, request: Request, *, dry_run: bool = False) -> Job[Imported]:
    """Import a list of follow-ups or contacts; return what was understood, done and left open.

    Raises:
        FileRefusedError, WorkbookError: the file cannot be read, or no sheet of it can be imported; it says why.
        ValueRefusedError: an answer that fits no question.
        DatabaseError: it could not be written; nothing was changed.
    """
    work = LISTS[request.kind]
    yield Progress(0, STEPS, _("reading {file}").format(file=request.path.name))
    book = book_of(request)
    understood = _understood(database, request, book)
    yield Progress(1, STEPS, _("comparing with what is known"))
    with database.read() as session:
        planned = work.plan(session, request, understood)
    done = _Done(request, understood, planned, book)
    if dry_run or not any(row.effect in WRITTEN for row in planned):
        return _result(database, done, work, dry_run=dry_run)
    uid = new_uid()
    note_begin(database, uid, file=request.path.name, by=request.by)
    try:
        if database.is_sqlite:
            yield Progress(2, STEPS, _("making a backup"))
            make_automatic(database, "import", request.backups)
        yield Progress(3, STEPS, _("writing"))
        with database.write(by=request.by, why=request.why, kind="import") as session:
            number = _write(session, done, work, uid)
        return _result(database, done, work, batch=number)
    finally:
        note_end(database, uid, by=request.by)


@dataclass(frozen=True, slots=True)
class _Done:
    """An import on its way."""

    request: Request
    understood: Understood
    planned: Sequence[PlannedRow]
    book: Book


def _understood(database: Database, request: Request, book: Book) -> Understood:
    with database.read() as session:
        known = import_memories(session, request.kind) if request.recall != "none" else []
    understood = understand_workbook(
        book.sheets,
        import_fields(request.kind),
        only=request.sheet,
        said=request.said,
        answers=request.answers,
        memories=Memories(request.kind, known, whole=request.recall == "all"),
        headings=request.headings,
    )
    if not understood.tables:
        raise nothing_to_import(request.path, understood)
    for row in understood.rows:
        _make_fit(row.record)
    return understood


def _make_fit(record: RowRecord) -> None:
    """Bring texts into the form they are stored in; a row with one that cannot be stored is faulty."""
    try:
        for name, like in AS_IN_A_LEAD.items():
            if isinstance(record.values.get(name), str):
                record.values[name] = fitting(LEAD_FIELDS[like], record.values[name])[0]
    except ValueRefusedError as error:
        record.fault = Note("refused", {"why": error.message})


class Leads:
    """The leads that the rows of a file name."""

    def __init__(self, session: Session, understood: Understood) -> None:
        values = [row.record.values for row in understood.rows]

        def said(*names: str) -> list[str]:
            return [str(each[name]) for each in values for name in names if each.get(name)]

        self._codes = ids_by_code(session, "leads", said("code"))
        self._credit = ids_by(session, "leads", "credit_code", said("credit_code"))
        self._named = leads_called(session, said("name", "investor"))
        groups = (*self._credit.values(), *self._named.values())
        self.ids = {*self._codes.values(), *(each for found in groups for each in found)}
        self._values = {record.id: record.values for record in load(session, "leads", sorted(self.ids))}

    def of(self, values: Mapping[str, Any]) -> Sequence[int]:
        """Return the leads that a row names: by code, else by credit code, else by a name."""
        code = values.get("code")
        if code:
            owner = self._codes.get(code)
            return [] if owner is None else [owner]
        found: Sequence[int] = self._credit.get(str(values.get("credit_code")), ())
        for name in (values.get("name"), values.get("investor")):
            found = found or self._named.get(str(name), ())
        return found

    def values(self, lead_id: int) -> Mapping[str, Any]:
        """Return the fields of a lead."""
        return self._values[lead_id]


class FollowUps:
    """Follow-ups."""

    record_kind = "follow_up"

    def plan(self, session: Session, request: Request, understood: Understood) -> list[PlannedRow]:
        """Return what is done with each row."""
        leads = Leads(session, understood)
        return plan_follow_ups(understood.rows, leads, follow_ups_of(session, leads.ids), request.by)

    def write(self, session: Session, planned: Sequence[PlannedRow]) -> list[Written]:
        """Write the new follow-ups."""
        fresh = [row for row in planned if row.effect is Effect.NEW]
        ids = insert_records(session, self.record_kind, [Encoded(_documents(row), {}) for row in fresh])
        return [Written(self.record_kind, key, row) for key, row in zip(ids, fresh, strict=True)]


class Contacts:
    """The people to talk to: fields of their leads."""

    record_kind = "leads"

    def plan(self, session: Session, _request: Request, understood: Understood) -> list[PlannedRow]:
        """Return what is done with each row."""
        return plan_contacts(understood.rows, Leads(session, understood), understood.questions)

    def write(self, session: Session, planned: Sequence[PlannedRow]) -> list[Written]:
        """Change the leads."""
        changed = [row for row in planned if row.effect is Effect.CHANGED]
        changes: dict[int, dict[str, Any]] = {}
        for row in changed:
            after = {name: value for name, (_before, value) in row.changes.items()}
            changes.setdefault(row.target or 0, {}).update(after)
        update_many(session, "leads", changes)
        return [Written("leads", row.target or 0, row) for row in changed]


LISTS: Mapping[str, LeadList] = {FOLLOW_UPS: FollowUps(), CONTACTS: Contacts()}
"""What belongs to leads, by the word of the command line."""


def _write(session: Session, done: _Done, work: LeadList, uid: str) -> int:
    """Write the rows and where they came from; return the change set."""
    written = work.write(session, done.planned)
    number = writing_of(session).number(session)
    batch = ImportBatch(
        uid=uid,
        change_set_id=number,
        record_kind=done.request.kind,
        file_name=done.request.path.name,
        sha256=done.book.sha256,
        sheets=canonical(sheets_to_json(done.understood)),
        rows=canonical(counts_of(done.understood, done.planned)),
        state="done",
    )
    session.add(batch)
    session.flush()
    columns = ("batch_id", "record_kind", "record_id", "sheet", "row", "raw", "notes")
    origins = (
        (batch.id, each.kind, each.id, each.row.source.sheet, each.row.record.row, canonical(each.row.record.raw), None)
        for each in written
    )
    insert_rows(session.connection(), Provenance, columns, origins)
    for table in done.understood.tables:
        settled = done.understood.questions.settled
        kind, named = done.request.kind, table.named
        found = to_remember(kind, table.table, table.place, table.columns, settled, named=named)
        if found is not None:
            keep_memory(session, found.of(done.request.path.name, done.request.by), now())
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


def _result(
    database: Database, done: _Done, work: LeadList, *, dry_run: bool = False, batch: int | None = None
) -> Imported:
    counts: Mapping[str, int] = counts_of(done.understood, done.planned)
    places = {place: row.target for place, row in enumerate(done.planned) if row.target is not None}
    with database.read() as session:
        if batch is not None:  # what the database says, not what was meant
            made, changed = written_by(session, batch, work.record_kind)
            counts = {**counts, "new": made, "changed": changed}
        codes = codes_of(session, "leads", set(places.values())) if places else {}
    return Imported(
        kind=done.request.kind,
        file=done.request.path.name,
        sha256=done.book.sha256,
        batch=batch,
        dry_run=dry_run,
        understood=done.understood,
        planned=done.planned,
        counts=counts,
        codes={place: codes[lead] for place, lead in places.items()},
        notes=[note.text for note in done.book.notes],
    )
