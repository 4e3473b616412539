"""Importing a file: read, understand, plan; then, unless it is only tried, a proved backup and one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread
from typing import Any, Literal, TypeAlias

from crm.database import Database, Session, writing_of
from crm.database.backup import make_automatic
from crm.database.bulk import Encoded
from crm.database.derived import derive, derive_many
from crm.database.rows import insert_rows
from crm.database.search import tokens_of
from crm.domain.fields.codec import canonical
from crm.domain.fields.reading import fields_of
from crm.domain.imports.explain import refused_text
from crm.domain.imports.headers import Said
from crm.domain.imports.memory import Memories, layout_of, to_remember
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.imports.planner import plan_rows
from crm.domain.imports.questions import Questions
from crm.domain.imports.rows import SourceRow
from crm.domain.imports.said import HeadingRows
from crm.domain.imports.to_json import (
    action_of,
    counts_of,
    in_file_order,
    passed_to_json,
    question_to_json,
    remembered_to_json,
    row_to_json,
    sheets_to_json,
    suspects_to_json,
)
from crm.domain.imports.understanding import Understood, understand_workbook
from crm.errors import NotFoundError, ValueRefusedError, WorkbookError
from crm.i18n import _
from crm.jobs import Job, Progress, uncollected
from crm.jobs.exchange import read_list
from crm.jobs.import_gates import hold_reservations, hold_steps
from crm.jobs.import_journal import note_begin, note_end
from crm.jobs.import_names import name_others
from crm.jobs.known_records import KnownRecords
from crm.jobs.names_ahead import NamesAhead, names_ahead, texts_of
from crm.jobs.round_trips import find_edits
from crm.models import ImportBatch, Provenance
from crm.models.types import new_uid, now
from crm.queries.exchange import last_change_set
from crm.queries.imports import codes_of, import_memories, written_by
from crm.services.bulk import create_encoded, update_many
from crm.services.import_memory import forget_memory, keep_memory
from crm.services.values import fitted, fitted_many
from crm.workbooks.reading import Book, read_pasted, read_workbook

Documents: TypeAlias = dict[str, Any]
"""Field name → JSON document, as it is stored."""

STEPS = 5

LOOKED_AT = ("doubtful", "faulty")
"""Actions of rows a person should look at."""


NOT_TAKEN = frozenset((Effect.HELD, Effect.LEFT, Effect.FAULTY))
"""What leaves a row without a record that came from it."""


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
        recall: what becomes of what was said of the same heading before: ``same``: what is about the form holds again;
            ``all``: as last time, also what is else only offered; ``none``: nothing, and it is forgotten.
        block: pasted from a spreadsheet, to be imported instead of a file; ``path`` then only names it.
        headings: rows of the headings, where a person named them.
        encoding: of a text file, one of ``crm.workbooks.texts.ENCODINGS``; "" to find it out.
    """

    kind: str
    path: Path
    by: str
    sheet: str | None = None
    said: Mapping[str, Said] | None = None
    answers: Mapping[str, str] | None = None
    backups: str = ""
    recall: Literal["same", "all", "none"] = "same"
    encoding: str = ""
    block: str = ""
    headings: HeadingRows | None = None

    @property
    def why(self) -> str:
        """What the history says."""
        return _("import of {file}").format(file=self.path.name)


@dataclass(slots=True)
class _Source:
    """A file, read and understood."""

    sha256: str
    understood: Understood
    rows: list[SourceRow]
    notes: list[str]
    names: NamesAhead
    by_name: bool
    documents: dict[int, Documents] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import understood, did and left open.

    Attributes:
        batch: the change set it made; None when nothing was written.
        dry_run: it was only tried.
        counts: of the contract; of a written import read back from the database.
        planned: every data row with what was done with it.
        codes: of the records, by the place of their row in ``planned``.
        notes: what to know about the file.
    """

    kind: str
    file: str
    sha256: str
    batch: int | None
    dry_run: bool
    understood: Understood
    planned: Sequence[PlannedRow]
    counts: Mapping[str, int]
    codes: Mapping[int, str]
    notes: Sequence[str] = ()

    def document(self, *, noted_only: bool = False) -> dict[str, Any]:
        """Return the document of the contract (``cli.md``, ``import``); ``noted_only``: just the rows to look at."""
        places: Sequence[int] = range(len(self.planned))
        if noted_only:
            places = [place for place in places if _to_look_at(self.planned[place])]
        passed = [] if noted_only else passed_to_json(self.understood)
        rows = [row_to_json(self.kind, self.planned[place], self.codes.get(place)) for place in places]
        return {
            "batch": self.batch,
            "dry_run": self.dry_run,
            "kind": self.kind,
            "file": self.file,
            "sha256": self.sha256,
            "sheets": sheets_to_json(self.understood),
            "counts": dict(self.counts),
            "rows": in_file_order(self.understood, rows + passed),
            "questions": [question_to_json(self.kind, one) for one in self.understood.questions.open],
            "notes": list(self.notes),
            "suspects": suspects_to_json(self.planned),
            "remembered": remembered_to_json(self.kind, self.understood),
        }


def import_file(database: Database, request: Request, *, dry_run: bool = False) -> Job[dict[str, Any]]:
    """Import a file; return the document of the contract (``cli.md``, ``import``), with every row.

    Raises:
        UserError: as ``run_import``.
    """
    return (yield from run_import(database, request, dry_run=dry_run)).document()


def run_import(database: Database, request: Request, *, dry_run: bool = False) -> Job[Imported]:
    """Import a file; return what was understood, done and left open.

    Everything is written in one transaction or nothing; before it a backup is made and proved (SQLite).

    Raises:
        FileRefusedError, WorkbookError: the file cannot be read, or no sheet of it can be imported; it says why.
        ValueRefusedError: an answer that fits no question.
        NotFoundError: there is no such kind of record, or no such sheet.
        DatabaseError: it could not be written; nothing was changed.
    """
    with names_ahead() as names:
        return (yield from _import(database, request, names, dry_run=dry_run))


def _import(database: Database, request: Request, names: NamesAhead, *, dry_run: bool) -> Job[Imported]:
    yield Progress(0, STEPS, _("reading {file}").format(file=request.path.name))
    if not dry_run:
        Thread(target=_warm_up, daemon=True).start()
    with uncollected():
        source = _read(database, request, names)
        names.ask((texts_of(row.record.values) for row in source.rows if row.record.fault is None), last=True)
    yield Progress(2, STEPS, _("comparing with what is known"))
    with uncollected(), database.read() as session:
        source.documents = _make_fit(request.kind, source.rows)
        name_others(session, request.kind, source.rows, source.documents)
        planned = _plan(session, request, source)
        stamp = last_change_set(session)
    if dry_run or not any(row.effect in (Effect.NEW, Effect.CHANGED) for row in planned):
        return _result(database, request, source, planned, dry_run=dry_run)
    uid = new_uid()
    note_begin(database, uid, file=request.path.name, by=request.by)
    try:
        if database.is_sqlite:
            yield Progress(3, STEPS, _("making a backup"))
            make_automatic(database, "import", request.backups)
        yield Progress(4, STEPS, _("writing"))
        with uncollected():
            planned, written = _write(database, request, source, planned, _Moment(stamp, uid))
        return _result(database, request, source, planned, written=written)
    finally:  # also when it is cancelled: only a crash leaves the note
        note_end(database, uid, by=request.by)


def _warm_up() -> None:
    """Load the tables of pinyin that writing needs, while the child process reads the file: half a second."""
    derive("leads", {"name": "相"})
    tokens_of(["相"])


# ------------------------------------------------------------------------------------------- the file


def _read(database: Database, request: Request, names: NamesAhead) -> _Source:
    if request.path.suffix.lower() == ".json" and not request.block:
        return _read_list(request, names)
    fields = fields_of(request.kind)
    book = book_of(request)
    if request.kind == "leads":
        names.start(sum(sheet.height for sheet in book.sheets))
    if request.sheet is not None and all(sheet.name != request.sheet for sheet in book.sheets):
        raise NotFoundError(
            _("There is no sheet “{sheet}” in {file}. Its sheets: {sheets}.").format(
                sheet=request.sheet, file=request.path.name, sheets=_(", ").join(sheet.name for sheet in book.sheets)
            ),
            where=request.path.name,
        )
    understood = understand_workbook(
        book.sheets,
        fields,
        only=request.sheet,
        said=request.said,
        answers=request.answers,
        edits=find_edits(database, request.kind, book.sheets),
        memories=_memories(database, request),
        headings=request.headings,
        foresight=names if request.kind == "leads" else None,
    )
    if not understood.tables:
        raise nothing_to_import(request.path, understood)
    notes = [note.text for note in book.notes]
    return _Source(book.sha256, understood, understood.rows, notes, names, by_name=request.kind != "leads")


def book_of(request: Request) -> Book:
    """Return what is to be imported: a file that is read, or a block that was pasted.

    Raises:
        FileRefusedError, WorkbookError: it cannot be read; it says why.
    """
    if request.block:
        return read_pasted(request.block, name=request.path.name)
    return read_workbook(request.path, encoding=request.encoding)


def _memories(database: Database, request: Request) -> Memories:
    with database.read() as session:
        known = import_memories(session, request.kind) if request.recall != "none" else []
    return Memories(request.kind, known, whole=request.recall == "all")


def _read_list(request: Request, names: NamesAhead) -> _Source:
    found = read_list(request.kind, request.path)
    understood = Understood(questions=Questions(request.answers))
    understood.questions.check()
    return _Source(found.sha256, understood, found.rows, [], names, by_name=True)


def nothing_to_import(path: Path, understood: Understood) -> WorkbookError:
    """Return the error that says of each sheet why nothing of it can be imported."""
    why = _("; ").join(
        _("sheet {sheet}: {why}").format(sheet=sheet, why=refused_text(note))
        for sheet, note in understood.refused.items()
    )
    return WorkbookError(
        _("Nothing can be imported from {file}: {why}.").format(file=path.name, why=why), where=path.name
    )


def _to_look_at(row: PlannedRow) -> bool:
    """Return whether a person should look at a row: doubtful, faulty, a suspect figure, or the program kept its own."""
    return action_of(row) in LOOKED_AT or bool(row.suspicions) or any(note.code == "kept" for note in row.notes)


def _make_fit(kind: str, rows: Sequence[SourceRow]) -> dict[int, Documents]:
    """Bring the values into the form they are stored in; a row with one that cannot be stored is faulty.

    Returns:
        The JSON documents of each row's values, by the row's place.
    """
    good = {place: row.record for place, row in enumerate(rows) if row.record.fault is None}
    fit: dict[int, Documents] = {}
    outcomes = fitted_many(kind, [record.values for record in good.values()])
    for (place, record), outcome in zip(good.items(), outcomes, strict=True):
        if isinstance(outcome, ValueRefusedError):
            record.fault = Note("refused", {"why": outcome.message})
        else:
            record.values, fit[place] = outcome
    return fit


def _plan(session: Session, request: Request, source: _Source) -> list[PlannedRow]:
    known = KnownRecords(session, request.kind, source.sha256, source.rows, by_name=source.by_name)
    questions = source.understood.questions
    planned = plan_rows(
        request.kind,
        source.rows,
        known,
        questions,
        by_name=source.by_name,
        why=request.why,
        party_of=source.names.party,
    )
    if request.kind == "leads":
        hold_steps(session, planned, request.why)
    if request.kind == "plots":
        hold_reservations(session, planned)
    return planned


# ------------------------------------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written: the change set, the record of each row by its place, the counts of the plan."""

    change_set_id: int
    records: Mapping[int, int]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Moment:
    """What an import is written against: the last change set when it was planned; and the uid its batch gets."""

    stamp: int
    uid: str


def _write(
    database: Database, request: Request, source: _Source, planned: list[PlannedRow], moment: _Moment
) -> tuple[list[PlannedRow], _Written]:
    with database.write(by=request.by, why=request.why, kind="import") as session:
        if last_change_set(session) != moment.stamp:  # somebody wrote since the plan was made
            planned = _plan(session, request, source)
        records = _write_rows(session, request.kind, planned, source)
        written = _Written(writing_of(session).number(session), records, counts_of(source.understood, planned))
        _write_batch(session, request, source, planned, written, uid=moment.uid)
        _remember(session, request, source.understood)
    return planned, written


def _remember(session: Session, request: Request, understood: Understood) -> None:
    """Keep what was said of each heading, for the next file with it; or forget it, when that was wished."""
    for table in understood.tables:
        settled = understood.questions.settled
        found = to_remember(request.kind, table.table, table.place, table.columns, settled, named=table.named)
        if found is not None:
            keep_memory(session, replace(found, file=request.path.name, by=request.by), now())
        elif request.recall == "none":
            forget_memory(session, request.kind, layout_of(table.table).fingerprint(request.kind))


def _write_rows(session: Session, kind: str, planned: Sequence[PlannedRow], source: _Source) -> dict[int, int]:
    """Make and change the records; return the record of each row by its place."""
    fresh = [place for place, row in enumerate(planned) if row.effect is Effect.NEW]
    encoded = _encoded(kind, {place: planned[place] for place in fresh}, source)
    tokens = source.names.tokens(planned[place].record.values for place in fresh)
    made = create_encoded(session, kind, encoded, tokens if kind == "leads" else None)
    records = dict(zip(fresh, made, strict=True))
    changes: dict[int, dict[str, Any]] = {}
    places = {(row.source.sheet, row.record.row): place for place, row in enumerate(planned)}
    for place, row in enumerate(planned):
        if row.effect in NOT_TAKEN:  # its record is only what it may be: it gave nothing, and waits or was left
            continue
        if row.twin is not None and row.target is None:
            records[place] = records[places[row.twin]]
        elif row.target is not None:
            records[place] = row.target
            if row.effect is Effect.CHANGED:
                changes.setdefault(row.target, {}).update({name: after for name, (_was, after) in row.changes.items()})
    update_many(session, kind, changes)
    return records


def _encoded(kind: str, fresh: Mapping[int, PlannedRow], source: _Source) -> list[Encoded]:
    """Return new records ready for the database; one that a row below has filled is made fit again."""
    found = []
    for place, row in fresh.items():
        values = row.record.values
        fit = values, source.documents[place]
        found.append(fit if len(fit[0]) == len(fit[1]) else fitted(kind, values))
    rows = [values for values, _documents in found]
    derived = derive_many(kind, rows, list(source.names.sort_names(rows)) if kind == "leads" else None)
    return [Encoded(own, columns) for (_values, own), columns in zip(found, derived, strict=True)]


def _write_batch(
    session: Session, request: Request, source: _Source, planned: Sequence[PlannedRow], written: _Written, *, uid: str
) -> None:
    """Write where each record came from: file, sheet, row, and every cell as it was."""
    records = written.records
    batch = ImportBatch(
        uid=uid,
        change_set_id=written.change_set_id,
        record_kind=request.kind,
        file_name=request.path.name,
        sha256=source.sha256,
        sheets=canonical(sheets_to_json(source.understood)),
        rows=canonical(written.counts),
        state="done",
    )
    session.add(batch)
    session.flush()
    insert_rows(
        session.connection(),
        Provenance,
        ("batch_id", "record_kind", "record_id", "sheet", "row", "raw", "notes"),
        (
            _origin(batch.id, request.kind, records[place], planned[place])
            for place in sorted(records)
            if planned[place].record.edit is None or planned[place].effect is Effect.CHANGED
        ),
    )


def _origin(batch: int, kind: str, record_id: int, row: PlannedRow) -> tuple[Any, ...]:
    doubts = [f"{note.column}:{note.note.code}" for note in row.record.notes if note.note.doubtful]
    doubts += [f":{note.code}" for note in row.notes if note.doubtful]
    raw = canonical(row.record.raw)
    return batch, kind, record_id, row.source.sheet, row.record.row, raw, canonical(doubts) if doubts else None


# ------------------------------------------------------------------------------------------- the answer


def _result(
    database: Database,
    request: Request,
    source: _Source,
    planned: Sequence[PlannedRow],
    *,
    dry_run: bool = False,
    written: _Written | None = None,
) -> Imported:
    counts = counts_of(source.understood, planned) if written is None else dict(written.counts)
    with database.read() as session:
        if written:
            made, changed = written_by(session, written.change_set_id, request.kind)
            counts |= {"new": made, "changed": changed}
        codes = _codes(session, request.kind, planned, written)
    return Imported(
        kind=request.kind,
        file=request.path.name,
        sha256=source.sha256,
        batch=written.change_set_id if written else None,
        dry_run=dry_run,
        understood=source.understood,
        planned=planned,
        counts=counts,
        codes=codes,
        notes=source.notes,
    )


def _codes(session: Session, kind: str, planned: Sequence[PlannedRow], written: _Written | None) -> dict[int, str]:
    """Return the code of the record of each row, by the row's place."""
    records = dict(written.records) if written else {}
    records |= {place: row.target for place, row in enumerate(planned) if row.target is not None}
    known = codes_of(session, kind, set(records.values()))
    return {place: known[record_id] for place, record_id in records.items() if record_id in known}
