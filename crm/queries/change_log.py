"""What one change set did, record by record; what one import brought in, with what was doubtful in its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.database.history import MODELS
from crm.models import ChangeLine, ChangeSet, ImportBatch, Provenance, table_of
from crm.queries.history import Change, ChangeSetRow, change_set, line_value, undone_sets

FEW = 200
"""Lines of a change set and rows of a file that are shown; an import has a hundred thousand."""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What a change set did to one record.

    Attributes:
        kind: of the record, or of the data (rule, entry …).
        code: as it is now or, of a deleted one, as it was; "" where there is none.
        name: likewise.
    """

    kind: str
    record_id: int
    code: str
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ChangeSetFacts:
    """One change set with its lines, at most ``FEW``.

    Attributes:
        lines: how many there are in all.
        taken_back_by: the change set that takes it back now; None: it holds.
    """

    row: ChangeSetRow
    records: tuple[RecordChange, ...]
    lines: int
    taken_back_by: int | None


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row of a file in which something was doubtful; its record was written without it (decisions 35)."""

    sheet: str
    row: int
    notes: Sequence[Any]
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import.

    Attributes:
        kind: of record.
        counts: rows of the file by what became of them: data, new, changed, same, doubtful, faulty, skipped.
    """

    change_set: ChangeSetRow
    batch_id: int
    kind: str
    file: str
    sha256: str
    counts: Mapping[str, int]


def facts_of_set(session: Session, number: int) -> ChangeSetFacts:
    """Return a change set with what it did.

    Raises:
        NotFoundError: there is none of this number.
    """
    row = change_set(session, number)
    lines = table_of(ChangeLine)
    query = select(lines).where(lines.c.change_set_id == number).order_by(lines.c.id).limit(FEW)
    found: dict[tuple[str, int], list[Change]] = {}
    for line in session.connection().execute(query):
        before, after = (
            line_value(line.record_kind, line.action, line.field, each) for each in (line.before, line.after)
        )
        change = Change(number, row.at, row.by, row.why, line.action, line.field, before, after)
        found.setdefault((line.record_kind, line.record_id), []).append(change)
    sets = table_of(ChangeSet)
    total = session.connection().execute(select(sets.c.lines).where(sets.c.id == number)).scalar_one()
    called = _called(session, found)
    records = tuple(RecordChange(*key, *called[key], tuple(changes)) for key, changes in found.items())
    return ChangeSetFacts(row, records, int(total or 0), _taken_back_by(session, number))


def import_batches(session: Session, rows: Sequence[ChangeSetRow]) -> list[BatchRow]:
    """Return the imports among these change sets, in their order."""
    table = table_of(ImportBatch)
    numbers = {row.id: row for row in rows}
    query = select(table).where(table.c.change_set_id.in_(list(numbers)))
    found = {
        each.change_set_id: BatchRow(
            numbers[each.change_set_id], each.id, each.record_kind, each.file_name, each.sha256, json.loads(each.rows)
        )
        for each in session.connection().execute(query)
    }
    return [found[row.id] for row in rows if row.id in found]


def doubtful_rows(session: Session, batch_id: int) -> list[DoubtfulRow]:
    """Return the rows of an import in which something was doubtful, at most ``FEW``, in the order of the file."""
    table = table_of(Provenance)
    query = select(table.c.sheet, table.c.row, table.c.notes, table.c.raw).where(
        table.c.batch_id == batch_id, table.c.notes.is_not(None), table.c.notes != "[]"
    )
    rows = session.connection().execute(query.order_by(table.c.id).limit(FEW))
    return [DoubtfulRow(row.sheet, row.row, json.loads(row.notes), json.loads(row.raw)) for row in rows]


def _taken_back_by(session: Session, number: int) -> int | None:
    sets = table_of(ChangeSet)
    undone = undone_sets(session)
    query = select(sets.c.id).where(sets.c.undoes == number).order_by(sets.c.id.desc())
    return next((each for each in session.connection().execute(query).scalars() if each not in undone), None)


def _called(
    session: Session, found: Mapping[tuple[str, int], Sequence[Change]]
) -> dict[tuple[str, int], tuple[str, str]]:
    """Return code and name of the records, as they are now or as they were."""
    called = {key: _words(_known(changes)) for key, changes in found.items()}
    kinds: dict[str, list[int]] = {}
    for kind, record_id in found:
        kinds.setdefault(kind, []).append(record_id)
    for kind, ids in kinds.items():
        table = table_of(MODELS[kind])
        columns = [table.c[name] for name in ("code", "term", "name") if name in table.c]
        if columns:
            for row in session.connection().execute(select(table.c.id, *columns).where(table.c.id.in_(ids))).mappings():
                called[kind, row["id"]] = _words(row)
    return called


def _known(changes: Sequence[Change]) -> Mapping[str, Any]:
    """Return all values of a record that a line of its making or its end tells."""
    whole = next((each.after or each.before for each in changes if not each.field), None)
    return whole or {}


def _words(values: Mapping[Any, Any]) -> tuple[str, str]:
    return str(values.get("code") or values.get("term") or ""), str(values.get("name") or "")
