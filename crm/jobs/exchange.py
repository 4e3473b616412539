"""Importing a list of objects (``.json``) with the field names of the contract: read, plan, backup, one transaction."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from crm.database import Database, Session, writing_of
from crm.database.backup import make_automatic
from crm.database.rows import insert_rows
from crm.domain.companies.duplicates import DuplicateIndex
from crm.domain.exchange.explain import entry_text, question_text
from crm.domain.exchange.plan import ANSWERS, Effect, Entry, Known, Planned, plan_entries
from crm.domain.fields.codec import canonical
from crm.domain.fields.reading import field_named, fields_of
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.fields.words import list_mark
from crm.domain.fields.writing import record_to_json, value_to_json
from crm.errors import FileRefusedError, UserError, ValueRefusedError
from crm.files import unreadable
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.models import ImportBatch, Provenance
from crm.queries.duplicates import known_leads
from crm.queries.exchange import ids_by, last_change_set
from crm.queries.imports import imported_rows, written_by
from crm.queries.records import load
from crm.services.bulk import create_many, update_many
from crm.services.values import fitting

DUPLICATES = "duplicates"
"""The key of the one question such a file can leave open."""

WRITTEN = (Effect.NEW, Effect.CHANGED)
STEPS = 4
LARGEST = 200 * 1024 * 1024
"""Bytes of the largest file that is read; 100,000 leads take half of it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, and how.

    Attributes:
        kind: leads, communities, funds or plots.
        path: the ``.json`` file.
        by: the officer in whose name.
        answers: to the question ``duplicates``: new, fill or skip.
        backups: folder of the automatic backups; "" for beside the database.
    """

    kind: str
    path: Path
    by: str
    answers: Mapping[str, str]
    backups: str = ""

    @property
    def why(self) -> str:
        """What the history says."""
        return _("import of {file}").format(file=self.path.name)


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written: the change set, and the record of each entry by its number."""

    change_set_id: int
    records: Mapping[int, int]


def import_json(database: Database, request: Request, *, dry_run: bool = False) -> Job[dict[str, Any]]:
    """Import a list of records; return the document of the contract (``cli.md``, ``import``).

    What can be written is written in one transaction or not at all; before it a backup is made and proved (SQLite).
    Faulty entries and those that wait for an answer are not written, and the document names them.

    Raises:
        FileRefusedError: the file cannot be read, or is no list of objects.
        NotFoundError: there is no such kind of record.
        ValueRefusedError: an answer that fits no question.
        DatabaseError: it could not be written; nothing was changed.
    """
    fields_of(request.kind)
    answer = _answer(request.answers)
    yield Progress(0, STEPS, _("reading {file}").format(file=request.path.name))
    content = _content(request.path)
    sha256 = hashlib.sha256(content).hexdigest()
    entries = _entries(request, content)
    yield Progress(1, STEPS, _("comparing with what is known"))
    with database.read() as session:
        planned = _planned(session, request, sha256, entries, answer)
        stamp = last_change_set(session)
    if dry_run or not any(each.effect in WRITTEN for each in planned):
        return _document(database, request, sha256, planned, dry_run=dry_run)
    if database.is_sqlite and not database.read_only:
        yield Progress(2, STEPS, _("making a backup"))
        make_automatic(database, "import", request.backups)
    yield Progress(3, STEPS, _("writing"))
    with database.write(by=request.by, why=request.why, kind="import") as session:
        if last_change_set(session) != stamp:  # somebody wrote since: what is known may have changed
            planned = _planned(session, request, sha256, _entries(request, content), answer)
        something = any(each.effect in WRITTEN for each in planned)
        written = _write(session, request, sha256, planned) if something else None
    return _document(database, request, sha256, planned, written=written)


# What the file says.


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_dir() and not path.is_file():
            raise FileRefusedError(_("{path} is no file.").format(path=path), where=str(path))
        if path.is_file() and path.stat().st_size > LARGEST:
            message = _("{path} is larger than {most} MB. Split it.")
            raise FileRefusedError(message.format(path=path, most=LARGEST // 1024 // 1024), where=str(path))
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error


def _entries(request: Request, content: bytes) -> list[Entry]:
    documents = _documents(request.path.name, content)
    return [_entry(request.kind, number, document) for number, document in enumerate(documents, start=1)]


def _documents(file: str, content: bytes) -> list[object]:
    """Return what the list holds; figures stay exact."""
    try:
        found = json.loads(
            content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object
        )
    except UnicodeDecodeError as error:
        raise FileRefusedError(_("{file} is not in UTF-8. Save it as UTF-8.").format(file=file), where=file) from error
    except json.JSONDecodeError as error:
        message = _("{file} is no JSON document: line {line}, column {column} cannot be read.")
        raise FileRefusedError(
            message.format(file=file, line=error.lineno, column=error.colno), where=f"{file}:{error.lineno}"
        ) from error
    except (ValueError, RecursionError) as error:
        message = _("{file} is no list of records: {why}.").format(file=file, why=error)
        raise FileRefusedError(message, where=file) from error
    if not isinstance(found, list):
        raise FileRefusedError(_("{file} must be a list of objects, one a record.").format(file=file), where=file)
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object; one that says a thing twice is refused, for nobody knows which counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _value in pairs).items() if times > 1)
        raise ValueError(_("“{key}” stands twice in one object").format(key=twice))
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(_("{word} is no number").format(word=word))


def _entry(kind: str, number: int, document: object) -> Entry:
    """Return an entry, each value in the form it is stored in; a value that cannot be is a fault with its field."""
    if not isinstance(document, dict):
        return Entry(number, {}, {}, {"": _("it is no object")})
    raw = {name: given if isinstance(given, str) else _text(given) for name, given in document.items()}
    entry = Entry(number, raw, {})
    for name, given in document.items():
        try:
            value = fitting(field_named(kind, name), given)[0]
        except UserError as error:
            entry.faults[name] = error.message
        else:
            if value is not None:
                entry.values[name] = value
    return entry


def _text(given: object) -> str:
    return json.dumps(given, ensure_ascii=False, default=str)


def _answer(answers: Mapping[str, str]) -> str | None:
    """Return what was answered.

    Raises:
        ValueRefusedError: another question, or an answer it does not allow.
    """
    for key, value in answers.items():
        if key != DUPLICATES:
            message = _("The file asks no question “{key}”. Its questions: {keys}.").format(key=key, keys=DUPLICATES)
            raise ValueRefusedError(message, where=key)
        if value not in ANSWERS:
            message = _("“{value}” is no answer to “{key}”. Possible are: {choices}.")
            choices = list_mark().join(ANSWERS)
            raise ValueRefusedError(message.format(value=value, key=key, choices=choices), where=key)
    return answers.get(DUPLICATES)


# What is known, and the plan.


class _Records(Known):
    """The records there are, as a plan asks for them."""

    def __init__(self, session: Session, kind: str, sha256: str, entries: Sequence[Entry]) -> None:
        self._session = session
        self._kind = kind
        self._imported = {row: record_id for (_sheet, row), record_id in imported_rows(session, kind, sha256).items()}
        given = {
            name: [str(entry.values[name]) for entry in entries if entry.values.get(name)]
            for name in ("code", "credit_code", "name")
            if name in RECORD_FIELDS[kind]
        }
        self._ids = {name: ids_by(session, kind, name, values) for name, values in given.items()}
        wanted = {
            *self._imported.values(),
            *(each for found in self._ids.values() for ids in found.values() for each in ids),
        }
        self._values = {record.id: record.values for record in load(session, kind, sorted(wanted))}

    def imported(self, number: int) -> int | None:
        """Return the record this very entry of this very file made or changed before, if it is still there."""
        return self._imported.get(number)

    def by_code(self, code: str) -> int | None:
        """Return the record with a code."""
        return next(iter(self._ids["code"].get(code, ())), None)

    def by_credit_code(self, credit_code: str) -> Sequence[int]:
        """Return the records with a credit code."""
        return self._ids["credit_code"].get(credit_code, ())

    def by_name(self, name: str) -> Sequence[int]:
        """Return the records called exactly so."""
        return self._ids["name"].get(name, ())

    def values(self, record_id: int) -> Mapping[str, Any]:
        """Return the fields of a record."""
        if record_id not in self._values:
            found = load(self._session, self._kind, [record_id])
            self._values[record_id] = found[0].values if found else {}
        return self._values[record_id]

    def index(self) -> DuplicateIndex:
        """Return the leads to compare with; the keys are their ids."""
        return known_leads(self._session)


def _planned(
    session: Session, request: Request, sha256: str, entries: Sequence[Entry], answer: str | None
) -> list[Planned]:
    known = _Records(session, request.kind, sha256, entries)
    return plan_entries(request.kind, entries, known, answer, request.why)


# Writing.


def _write(session: Session, request: Request, sha256: str, planned: Sequence[Planned]) -> _Written:
    """Make and change the records, and note for each where it came from."""
    fresh = [each for each in planned if each.effect is Effect.NEW]
    made = create_many(session, request.kind, [each.entry.values for each in fresh])
    records = {each.entry.number: record_id for each, record_id in zip(fresh, made, strict=True)}
    changed = [each for each in planned if each.effect is Effect.CHANGED]
    changes: dict[int, dict[str, Any]] = {}
    for each in changed:
        after = {name: value for name, (_was, value) in each.changes.items()}
        changes.setdefault(each.target or 0, {}).update(after)
    update_many(session, request.kind, changes)
    records |= {each.entry.number: each.target or 0 for each in changed}
    records |= {each.entry.number: records[each.twin] for each in planned if each.effect is Effect.SAME and each.twin}
    number = writing_of(session).number(session)
    batch = ImportBatch(
        change_set_id=number,
        record_kind=request.kind,
        file_name=request.path.name,
        sha256=sha256,
        sheets="[]",
        rows=canonical(_counts(planned)),
        state="done",
    )
    session.add(batch)
    session.flush()
    columns = ("batch_id", "record_kind", "record_id", "sheet", "row", "raw", "notes")
    origins = (
        (batch.id, request.kind, records[each.entry.number], "", each.entry.number, canonical(each.entry.raw), None)
        for each in planned
        if each.entry.number in records
    )
    insert_rows(session.connection(), Provenance, columns, origins)
    return _Written(number, records)


# The answer.


def _document(
    database: Database,
    request: Request,
    sha256: str,
    planned: Sequence[Planned],
    *,
    dry_run: bool = False,
    written: _Written | None = None,
) -> dict[str, Any]:
    counts = _counts(planned)
    records = dict(written.records) if written else {}
    records |= {each.entry.number: each.target for each in planned if each.target is not None}
    with database.read() as session:
        if written:  # what the database says, not what was meant
            made, changed = written_by(session, written.change_set_id, request.kind)
            counts |= {"new": made, "changed": changed}
        codes = {each.id: each.code for each in load(session, request.kind, sorted(set(records.values())))}
    held = [each.entry.number for each in planned if each.effect is Effect.HELD]
    question = {"key": DUPLICATES, "text": question_text(len(held)), "choices": list(ANSWERS), "rows": held}
    return {
        "batch": written.change_set_id if written else None,
        "dry_run": dry_run,
        "kind": request.kind,
        "file": request.path.name,
        "sha256": sha256,
        "sheets": [],
        "counts": counts,
        "rows": [_row(request, each, codes.get(records.get(each.entry.number, 0))) for each in planned],
        "questions": [question] if held else [],
        "notes": [],
    }


def _counts(planned: Sequence[Planned]) -> dict[str, int]:
    effects = Counter(each.effect for each in planned)
    return {
        "data": len(planned),
        **{effect.value: effects[effect] for effect in (Effect.NEW, Effect.CHANGED, Effect.SAME)},
        "doubtful": effects[Effect.HELD],
        "faulty": effects[Effect.FAULTY],
        "skipped": effects[Effect.LEFT],
        "held": effects[Effect.HELD],
        "left": effects[Effect.LEFT],
    }


_ACTIONS = {Effect.HELD: "doubtful", Effect.LEFT: "skipped"}


def _row(request: Request, planned: Planned, code: str | None) -> dict[str, Any]:
    entry, fields = planned.entry, RECORD_FIELDS[request.kind]
    document = {
        "sheet": "",
        "row": entry.number,
        "action": _ACTIONS.get(planned.effect, planned.effect.value),
        "effect": planned.effect.value,
        "lead": code or entry.values.get("code") or entry.values.get("name"),
        "fields": record_to_json(request.kind, entry.values, unknown=False),
        "raw": dict(entry.raw),
        "notes": entry_text(request.kind, planned, request.path.name),
    }
    if entry.faults:
        document["faults"] = [{"field": name or None, "message": message} for name, message in entry.faults.items()]
    if planned.changes:
        document["changes"] = [
            {"field": name, "before": value_to_json(fields[name], before), "after": value_to_json(fields[name], after)}
            for name, (before, after) in planned.changes.items()
        ]
    return document
