"""What happened: the changes of a record, the change sets, what came from where."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from crm.database import Session
from crm.database.history import CHANGED, DELETED, FIELDS
from crm.domain.fields.codec import CODECS
from crm.errors import NotFoundError
from crm.i18n import _
from crm.models import ChangeLine, ChangeSet, ImportBatch, Provenance, table_of
from crm.queries.records import BIGGEST_ID

PRINTED, EXPORTED = "print", "export"
PRINTED_WHOLE, EXPORTED_WHOLE = "print_whole", "export_whole"
WHOLE = (PRINTED_WHOLE, EXPORTED_WHOLE)
"""Of what left the house, what held contacts in full (decisions 36)."""

NOTES = (PRINTED, EXPORTED, *WHOLE)
"""Kinds of change sets that only note what left the house: nothing can be taken back, and no document's head moves."""

TAKING_BACK = ("undo", "redo")
"""Kinds of change sets that give a record what it had before."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history, as domain values.

    Attributes:
        change_set: the number ``xiangtu undo`` takes.
        action: created, changed or deleted.
        field: the field; "" for a new or deleted record.
        before: the value before, None for unknown; of a deleted record all its values (field -> value).
        after: the value after, None for unknown; of a new record all its values.
    """

    change_set: int
    at: datetime
    by: str
    why: str
    action: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ChangeSetRow:
    """One change set.

    Attributes:
        file: of an import, the name of the file; else None.
        records: how many records it touched.
        undoes: the change set it takes back.
        undone: whether it is taken back now (a redo makes it hold again).
    """

    id: int
    kind: str
    by: str
    why: str
    at: datetime
    file: str | None
    records: int
    undoes: int | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """The row of a file that made or changed a record.

    Attributes:
        raw: letter of the column -> the cell's text as it was.
        notes: what was doubtful in it.
    """

    batch: int
    file: str
    sheet: str
    row: int
    raw: Mapping[str, str]
    notes: Sequence[Any]


def changes_of(session: Session, kind: str, record_id: int) -> list[Change]:
    """Return the changes of a record, the oldest first; those of a deleted one too."""
    sets, lines = table_of(ChangeSet), table_of(ChangeLine)
    what = (lines.c.action, lines.c.field, lines.c.before, lines.c.after)
    query = (
        select(sets.c.id, sets.c.at, sets.c.by, sets.c.why, *what)
        .join(sets, lines.c.change_set_id == sets.c.id)
        .where(lines.c.record_kind == kind, lines.c.record_id == record_id)
        .order_by(lines.c.id)
    )
    found: list[Change] = []
    for row in session.connection().execute(query):
        before, after = (line_value(kind, row.action, row.field, text) for text in (row.before, row.after))
        found.append(Change(*row[:6], before, after))
    return found


def givers(session: Session, kind: str, record_id: int) -> dict[str, int]:
    """Return by field the change set that gave a record the value it has; an emptied field has one too.

    Taking back gives nothing: a value that came back is from the change set that gave it before.
    """
    sets, lines = table_of(ChangeSet), table_of(ChangeLine)
    query = (
        select(sets.c.id, sets.c.kind, lines.c.action, lines.c.field, lines.c.after)
        .join(sets, lines.c.change_set_id == sets.c.id)
        .where(lines.c.record_kind == kind, lines.c.record_id == record_id, lines.c.action != DELETED)
        .order_by(lines.c.id)
    )
    given: dict[str, int] = {}
    gave: dict[tuple[str, str], int] = {}
    for row in session.connection().execute(query):
        after = json.loads(row.after or "null")
        for name, document in {row.field: after}.items() if row.action == CHANGED else after.items():
            value = (name, json.dumps(document, sort_keys=True))
            if row.kind not in TAKING_BACK:
                gave[value] = row.id
            given[name] = gave.get(value, 0)
    return {name: number for name, number in given.items() if number}


def count_changes(session: Session, kind: str, record_id: int) -> int:
    """Return how many lines the history of a record has."""
    lines = table_of(ChangeLine)
    query = select(func.count()).where(lines.c.record_kind == kind, lines.c.record_id == record_id)
    return int(session.connection().execute(query).scalar_one())


def change_sets(
    session: Session,
    *,
    limit: int | None = None,
    kinds: Iterable[str] | None = None,
    but_not: Iterable[str] = (),
    numbers: Iterable[int] | None = None,
    text: str = "",
) -> list[ChangeSetRow]:
    """Return the change sets, the newest first; only those of some kinds (``import`` …) or numbers where given.

    Args:
        session: of a reading transaction.
        limit: how many at most.
        kinds: only these.
        but_not: none of these.
        numbers: only these.
        text: only those in whose officer, reason or file it stands; "" for all.
    """
    sets, batches = table_of(ChangeSet), table_of(ImportBatch)
    query = (
        select(sets.c.id, sets.c.kind, sets.c.by, sets.c.why, sets.c.at, sets.c.undoes, batches.c.file_name)
        .outerjoin(batches, batches.c.change_set_id == sets.c.id)
        .order_by(sets.c.id.desc())
        .limit(limit)
    )
    if kinds is not None:
        query = query.where(sets.c.kind.in_(list(kinds)))
    if but_not:
        query = query.where(sets.c.kind.not_in(list(but_not)))
    if numbers is not None:
        query = query.where(sets.c.id.in_(list(numbers)))
    if text:
        told = (sets.c.by, sets.c.why, batches.c.file_name)
        query = query.where(or_(*(column.icontains(text, autoescape=True) for column in told)))
    rows = session.connection().execute(query).all()
    counts = _records_of(session, [row.id for row in rows])
    undone = undone_sets(session)
    return [
        ChangeSetRow(
            id=row.id,
            kind=row.kind,
            by=row.by,
            why=row.why,
            at=row.at,
            file=row.file_name,
            records=counts.get(row.id, 0),
            undoes=row.undoes,
            undone=row.id in undone,
        )
        for row in rows
    ]


def change_set(session: Session, number: int) -> ChangeSetRow:
    """Return one change set.

    Raises:
        NotFoundError: there is none of this number.
    """
    found = change_sets(session, numbers=[number]) if abs(number) <= BIGGEST_ID else []
    if not found:
        raise NotFoundError(_("There is no change set {number}.").format(number=number), where=str(number))
    return found[0]


def shared_sets(session: Session, kind: str, record_id: int) -> frozenset[int]:
    """Return the change sets of a record that touched other records of its kind too."""
    lines, others = table_of(ChangeLine), table_of(ChangeLine).alias()
    elsewhere = (
        select(others.c.id)
        .where(others.c.change_set_id == lines.c.change_set_id)
        .where(others.c.record_kind == kind, others.c.record_id != record_id)
        .exists()
    )
    query = select(lines.c.change_set_id).where(lines.c.record_kind == kind, lines.c.record_id == record_id, elsewhere)
    return frozenset(session.connection().execute(query.distinct()).scalars())


def undone_sets(session: Session) -> frozenset[int]:
    """Return the change sets that are taken back now: something that holds undoes them."""
    sets = table_of(ChangeSet)
    query = select(sets.c.id, sets.c.undoes).where(sets.c.undoes.is_not(None)).order_by(sets.c.id.desc())
    undone: set[int] = set()
    for number, undoes in session.connection().execute(query):  # the newest first: whether it holds is known by then
        if number not in undone:
            undone.add(undoes)
    return frozenset(undone)


def origins_of(session: Session, kind: str, record_id: int) -> list[Origin]:
    """Return the rows of files that made or changed a record, the oldest first."""
    rows, batches = table_of(Provenance), table_of(ImportBatch)
    query = (
        select(batches.c.change_set_id, batches.c.file_name, rows.c.sheet, rows.c.row, rows.c.raw, rows.c.notes)
        .join(batches, rows.c.batch_id == batches.c.id)
        .where(rows.c.record_kind == kind, rows.c.record_id == record_id)
        .order_by(rows.c.id)
    )
    rows_found = session.connection().execute(query)
    return [Origin(*row[:4], json.loads(row.raw), json.loads(row.notes or "[]")) for row in rows_found]


def _records_of(session: Session, numbers: Sequence[int]) -> dict[int, int]:
    """Return how many records each change set touched; what an import remembers of its heading is none."""
    lines = table_of(ChangeLine)
    entry = (lines.c.record_kind == "entry").label("entry")
    each = (
        select(lines.c.change_set_id, entry, lines.c.record_kind, lines.c.record_id)
        .where(lines.c.change_set_id.in_(numbers))
        .distinct()
        .subquery()
    )
    query = select(each.c.change_set_id, each.c.entry, func.count()).group_by(each.c.change_set_id, each.c.entry)
    counts = {(number, bool(entries)): count for number, entries, count in session.connection().execute(query)}
    return {number: counts.get((number, False)) or counts[number, True] for number, _entries in counts}


def line_value(kind: str, action: str, field: str, text: str | None) -> Any:  # noqa: ANN401  (the class is the field's)
    """Return what a line of the history holds before or after: a value, or all values of a record by field."""
    if text is None:
        return None
    document = json.loads(text)
    if action == CHANGED:
        return CODECS[FIELDS[kind][field]].read(document)
    return {name: CODECS[FIELDS[kind][name]].read(each) for name, each in document.items()}
