"""What an import must know of the database: rows the file gave before, codes, names; and what it left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select

from crm.database import Session
from crm.database.history import CHANGED, CREATED
from crm.domain.imports.follow_ups import Entry as FollowUpEntry
from crm.domain.imports.memory import Memory, read_memory
from crm.models import RECORD_MODELS, ChangeLine, ChangeSet, Entry, FollowUp, ImportBatch, Provenance, table_of
from crm.queries.exchange import ids_by
from crm.queries.history import TAKING_BACK, undone_sets

T = TypeVar("T")

CHUNK = 5_000

MEMORY = "import_memory"
"""The dictionary of what was said of headings: kind of record and fingerprint → JSON."""


def imported_rows(session: Session, kind: str, sha256: str) -> dict[tuple[str, int], int]:
    """Return the records that the rows of this very file made or changed, by sheet and row; only those still there.

    An import that was taken back does not count.
    """
    batches, rows, records = table_of(ImportBatch), table_of(Provenance), table_of(RECORD_MODELS[kind])
    query = (
        select(batches.c.change_set_id, rows.c.sheet, rows.c.row, rows.c.record_id)
        .join(batches, batches.c.id == rows.c.batch_id)
        .join(records, records.c.id == rows.c.record_id)
        .where(batches.c.sha256 == sha256, rows.c.record_kind == kind)
        .order_by(rows.c.id)
    )
    found = session.connection().execute(query).all()
    undone = undone_sets(session) if found else frozenset()
    return {(each.sheet, each.row): each.record_id for each in found if each.change_set_id not in undone}


def settled_fields(session: Session, kind: str, sha256: str) -> dict[int, frozenset[str]]:
    """Return by record the fields that somebody changed after this very file gave the record; imports do not count.

    Nor do changes that were taken back.
    """
    batches, rows = table_of(ImportBatch), table_of(Provenance)
    sets, lines = table_of(ChangeSet), table_of(ChangeLine)
    first = (
        select(rows.c.record_id, func.min(batches.c.change_set_id).label("since"))
        .join(batches, batches.c.id == rows.c.batch_id)
        .where(batches.c.sha256 == sha256, rows.c.record_kind == kind)
        .group_by(rows.c.record_id)
        .subquery()
    )
    query = (
        select(lines.c.change_set_id, lines.c.record_id, lines.c.field)
        .join(first, first.c.record_id == lines.c.record_id)
        .join(sets, sets.c.id == lines.c.change_set_id)
        .where(lines.c.record_kind == kind, lines.c.action == CHANGED, lines.c.change_set_id > first.c.since)
        .where(sets.c.kind.not_in(("import", *TAKING_BACK)))
    )
    found = session.connection().execute(query).all()
    undone = undone_sets(session) if found else frozenset()
    settled: dict[int, set[str]] = {}
    for each in found:
        if each.change_set_id not in undone:
            settled.setdefault(each.record_id, set()).add(each.field)
    return {record_id: frozenset(fields) for record_id, fields in settled.items()}


def ids_by_code(session: Session, kind: str, codes: Iterable[str]) -> dict[str, int]:
    """Return the ids of the records with these codes."""
    table = table_of(RECORD_MODELS[kind])
    found: dict[str, int] = {}
    for chunk in _chunks(sorted(set(codes))):
        query = select(table.c.code, table.c.id).where(table.c.code.in_(chunk))
        found.update((code, record_id) for code, record_id in session.connection().execute(query))
    return found


def codes_of(session: Session, kind: str, ids: Iterable[int]) -> dict[int, str]:
    """Return the codes of the records with these ids."""
    table = table_of(RECORD_MODELS[kind])
    found: dict[int, str] = {}
    for chunk in _chunks(sorted(set(ids))):
        close = chunk[-1] - chunk[0] < 2 * len(chunk)  # made together: a range is read faster than a list of them
        wanted = table.c.id.between(chunk[0], chunk[-1]) if close else table.c.id.in_(chunk)
        rows = session.connection().execute(select(table.c.id, table.c.code).where(wanted))
        of = frozenset(chunk)
        found.update((record_id, code) for record_id, code in rows if record_id in of)
    return found


def import_memories(session: Session, kind: str = "") -> list[Memory]:
    """Return what was said of headings when files came in, the newest first; of one kind of record, or of all."""
    table = table_of(Entry)
    query = select(table).where(table.c.dictionary == MEMORY, table.c.term.like(f"{kind}%"))
    found = []
    for row in session.connection().execute(query.order_by(table.c.id.desc())):
        day = date.fromisoformat(row.valid_from) if row.valid_from else None
        found.append(read_memory(row.term.partition(":")[0], json.loads(row.meaning), day))
    return [memory for memory in found if kind in ("", memory.kind)]


def leads_called(session: Session, names: Iterable[str]) -> dict[str, list[int]]:
    """Return by text the leads whose name is exactly that, else those whose investor is, the oldest first."""
    wanted = sorted(set(names))
    found = ids_by(session, "leads", "investor", wanted)
    return found | ids_by(session, "leads", "name", wanted)


def follow_ups_of(session: Session, lead_ids: Iterable[int]) -> set[FollowUpEntry]:
    """Return the follow-ups of these leads, by what makes each one itself."""
    table = table_of(FollowUp)
    found: set[FollowUpEntry] = set()
    for chunk in _chunks(sorted(set(lead_ids))):
        query = select(table.c.lead_id, table.c.at, table.c.by, table.c.note).where(table.c.lead_id.in_(chunk))
        found.update(FollowUpEntry(*row) for row in session.connection().execute(query))
    return found


def written_by(session: Session, change_set_id: int, kind: str) -> tuple[int, int]:
    """Return how many records a change set made, and how many others it changed."""
    lines = table_of(ChangeLine)
    counted = func.count(func.distinct(lines.c.record_id))
    query = select(lines.c.action, counted).where(lines.c.change_set_id == change_set_id, lines.c.record_kind == kind)
    counts = session.connection().execute(query.group_by(lines.c.action)).all()
    found: dict[str, int] = {row.action: row[1] for row in counts}
    return found.get(CREATED, 0), found.get(CHANGED, 0)


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
