"""Importing a file: read, understand, plan; then, unless it is only tried, a proved backup and one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.database import Database, Session, writing_of
from crm.database.backup import make_automatic
from crm.database.rows import insert_rows
from crm.domain.companies.duplicates import DuplicateIndex
from crm.domain.fields.reading import fields_of
from crm.domain.imports.explain import refused_text
from crm.domain.imports.headers import Said
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Effect, PlannedRow, SourceRow, plan_rows
from crm.domain.imports.to_json import counts_of, question_to_json, rows_to_json, sheets_to_json
from crm.domain.imports.understanding import Understood, understand_workbook
from crm.errors import NotFoundError, ValueRefusedError, WorkbookError
from crm.i18n import _
from crm.jobs import Job, Progress, exchange
from crm.models import ImportBatch, Provenance
from crm.models.codec import canonical
from crm.queries.duplicates import known_leads
from crm.queries.imports import ids_by_code, ids_by_name, imported_rows, written_by
from crm.queries.records import load
from crm.services.bulk import create_many, update_many
from crm.services.values import checked
from crm.workbooks.reading import read_workbook

STEPS = 5


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, and how.

    Attributes:
        kind: leads, communities, funds or plots.
        path: a workbook, csv, or ``.json`` list of records.
        by: the officer.
        sheet: the one sheet to take; all visible ones when None.
        said: what the user said of headings.
        answers: to the questions of the file.
        backups: folder of the automatic backups, "" for beside the database.
    """

    kind: str
    path: Path
    by: str
    sheet: str | None = None
    said: Mapping[str, Said] | None = None
    answers: Mapping[str, str] | None = None
    backups: str = ""


@dataclass(slots=True)
class _Source:
    """A file, read and understood."""

    sha256: str
    understood: Understood
    rows: list[SourceRow]
    notes: list[str]
    by_name: bool


def import_file(database: Database, request: Request, *, dry_run: bool = False) -> Job[dict[str, Any]]:
    """Import a file; return the document of the contract (``cli.md``, ``import``).

    Everything is written in one transaction or nothing; before it a backup is made and proved (SQLite).

    Raises:
        FileRefusedError, WorkbookError: the file cannot be read, or no sheet of it can be imported; it says why.
        ValueRefusedError: an answer that fits no question.
        NotFoundError: there is no such kind of record, or no such sheet.
        DatabaseError: it could not be written; nothing was changed.
    """
    if request.path.suffix.lower() == ".json":
        records = exchange.Request(request.kind, request.path, request.by, request.answers or {}, request.backups)
        return (yield from exchange.import_json(database, records, dry_run=dry_run))
    yield Progress(0, STEPS, _("reading {file}").format(file=request.path.name))
    source = _read(request)
    yield Progress(2, STEPS, _("comparing with what is known"))
    _make_fit(request.kind, source.rows)
    with database.read() as session:
        planned = _plan(session, request, source)
        stamp = _stamp(session)
    if dry_run or not any(row.effect in (Effect.NEW, Effect.CHANGED) for row in planned):
        return _document(database, request, source, planned, dry_run=dry_run)
    if database.is_sqlite and not database.read_only:
        yield Progress(3, STEPS, _("making a backup"))
        make_automatic(database, "import", request.backups)
    yield Progress(4, STEPS, _("writing"))
    planned, written = _write(database, request, source, planned, stamp)
    return _document(database, request, source, planned, written=written)


# ------------------------------------------------------------------------------------------- the file


def _read(request: Request) -> _Source:
    fields = fields_of(request.kind)
    book = read_workbook(request.path)
    if request.sheet is not None and all(sheet.name != request.sheet for sheet in book.sheets):
        raise NotFoundError(
            _("There is no sheet “{sheet}” in {file}. Its sheets: {sheets}.").format(
                sheet=request.sheet, file=request.path.name, sheets=_(", ").join(sheet.name for sheet in book.sheets)
            ),
            where=request.path.name,
        )
    understood = understand_workbook(
        book.sheets, fields, only=request.sheet, said=request.said, answers=request.answers
    )
    if not understood.tables:
        raise _nothing_to_import(request.path, understood)
    notes = [note.text for note in book.notes]
    return _Source(book.sha256, understood, understood.rows, notes, by_name=request.kind != "leads")


def _nothing_to_import(path: Path, understood: Understood) -> WorkbookError:
    why = _("; ").join(
        _("sheet {sheet}: {why}").format(sheet=sheet, why=refused_text(code))
        for sheet, code in understood.refused.items()
    )
    return WorkbookError(
        _("Nothing can be imported from {file}: {why}.").format(file=path.name, why=why), where=path.name
    )


def _make_fit(kind: str, rows: Sequence[SourceRow]) -> None:
    """Bring the values into the form they are stored in; a row with one that cannot be stored is faulty."""
    for row in rows:
        record = row.record
        if record.fault is None:
            try:
                record.values = checked(kind, record.values)
            except ValueRefusedError as error:
                record.fault = Note("refused", {"why": error.message})


# ------------------------------------------------------------------------------------------- what is known


class _Known:
    """The records there are, as a plan asks for them."""

    def __init__(self, session: Session, request: Request, source: _Source) -> None:
        self._session = session
        self._kind = request.kind
        records = [row.record.values for row in source.rows if row.record.fault is None]
        self._imported = imported_rows(session, request.kind, source.sha256)
        self._codes = ids_by_code(session, request.kind, (str(one["code"]) for one in records if one.get("code")))
        names = (str(one["name"]) for one in records if one.get("name")) if source.by_name else ()
        self._names = ids_by_name(session, request.kind, names)
        wanted = {*self._imported.values(), *self._codes.values()}
        self._values = {record.id: record.values for record in load(session, request.kind, sorted(wanted))}

    def imported(self, sheet: str, row: int) -> int | None:
        """Return the record that this very row of this very file made before, if it is still there."""
        return self._imported.get((sheet, row))

    def by_code(self, code: str) -> int | None:
        """Return the record with a code."""
        return self._codes.get(code)

    def by_name(self, name: str, credit_code: str | None) -> int | None:
        """Return the one record with a name, and with this credit code where one is given."""
        found = [
            record_id for record_id, code in self._names.get(name, ()) if credit_code in (None, code) or code is None
        ]
        return found[0] if len(found) == 1 else None

    def values(self, record_id: int) -> Mapping[str, Any]:
        """Return the fields of a record."""
        if record_id not in self._values:
            found = load(self._session, self._kind, [record_id])
            self._values[record_id] = found[0].values if found else {}
        return self._values[record_id]

    def index(self) -> DuplicateIndex:
        """Return the leads to compare with."""
        return known_leads(self._session)


def _plan(session: Session, request: Request, source: _Source) -> list[PlannedRow]:
    known = _Known(session, request, source)
    return plan_rows(source.rows, known, source.understood.questions, by_name=source.by_name)


def _stamp(session: Session) -> int:
    """Return what tells whether anything was written since: the number of the last change set."""
    from crm.queries.history import change_sets  # noqa: PLC0415

    latest = change_sets(session, limit=1)
    return latest[0].id if latest else 0


# ------------------------------------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written: the change set, and the record of each row by its place."""

    change_set_id: int
    records: Mapping[int, int]


def _write(
    database: Database, request: Request, source: _Source, planned: list[PlannedRow], stamp: int
) -> tuple[list[PlannedRow], _Written]:
    why = _("import of {file}").format(file=request.path.name)
    with database.write(by=request.by, why=why, kind="import") as session:
        if _stamp(session) != stamp:  # somebody wrote since the plan was made
            planned = _plan(session, request, source)
        records = _write_rows(session, request.kind, planned)
        number = writing_of(session).number(session)
        _write_batch(session, request, source, planned, number=number, records=records)
    return planned, _Written(number, records)


def _write_rows(session: Session, kind: str, planned: Sequence[PlannedRow]) -> dict[int, int]:
    """Make and change the records; return the record of each row by its place."""
    fresh = [place for place, row in enumerate(planned) if row.effect is Effect.NEW]
    made = create_many(session, kind, [planned[place].record.values for place in fresh])
    records = dict(zip(fresh, made, strict=True))
    changes: dict[int, dict[str, Any]] = {}
    places = {(row.source.sheet, row.record.row): place for place, row in enumerate(planned)}
    for place, row in enumerate(planned):
        if row.twin is not None and row.target is None:
            records[place] = records[places[row.twin]]
        elif row.target is not None:
            records[place] = row.target
            if row.effect is Effect.CHANGED:
                changes.setdefault(row.target, {}).update({name: after for name, (_was, after) in row.changes.items()})
    update_many(session, kind, changes)
    return records


def _write_batch(
    session: Session,
    request: Request,
    source: _Source,
    planned: Sequence[PlannedRow],
    *,
    number: int,
    records: Mapping[int, int],
) -> None:
    """Write where each record came from: file, sheet, row, and every cell as it was."""
    batch = ImportBatch(
        change_set_id=number,
        record_kind=request.kind,
        file_name=request.path.name,
        sha256=source.sha256,
        sheets=canonical(sheets_to_json(source.understood)),
        rows=canonical(counts_of(source.understood, planned)),
        state="done",
    )
    session.add(batch)
    session.flush()
    insert_rows(
        session.connection(),
        Provenance,
        ("batch_id", "record_kind", "record_id", "sheet", "row", "raw", "notes"),
        (_origin(batch.id, request.kind, records[place], planned[place]) for place in sorted(records)),
    )


def _origin(batch: int, kind: str, record_id: int, row: PlannedRow) -> tuple[Any, ...]:
    doubts = [f"{note.column}:{note.note.code}" for note in row.record.notes if note.note.doubtful]
    raw = canonical(row.record.raw)
    return batch, kind, record_id, row.source.sheet, row.record.row, raw, canonical(doubts) if doubts else None


# ------------------------------------------------------------------------------------------- the answer


def _document(
    database: Database,
    request: Request,
    source: _Source,
    planned: Sequence[PlannedRow],
    *,
    dry_run: bool = False,
    written: _Written | None = None,
) -> dict[str, Any]:
    counts = counts_of(source.understood, planned)
    with database.read() as session:
        if written:
            made, changed = written_by(session, written.change_set_id, request.kind)
            counts |= {"new": made, "changed": changed}
        codes = _codes(session, request.kind, planned, written)
    return {
        "batch": written.change_set_id if written else None,
        "dry_run": dry_run,
        "kind": request.kind,
        "file": request.path.name,
        "sha256": source.sha256,
        "sheets": sheets_to_json(source.understood),
        "counts": counts,
        "rows": rows_to_json(request.kind, source.understood, planned, codes),
        "questions": [question_to_json(request.kind, one) for one in source.understood.questions.open],
        "notes": source.notes,
    }


def _codes(session: Session, kind: str, planned: Sequence[PlannedRow], written: _Written | None) -> dict[int, str]:
    """Return the code of the record of each row, by the row's place."""
    records = dict(written.records) if written else {}
    records |= {place: row.target for place, row in enumerate(planned) if row.target is not None}
    known = {record.id: record.code for record in load(session, kind, sorted(set(records.values())))}
    return {place: known[record_id] for place, record_id in records.items() if record_id in known}
