"""What an import must know of the database: what the file gave before, who has a code or name; and what it left."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from crm.database import Session
from crm.database.history import CHANGED, CREATED
from crm.models import RECORD_MODELS, ChangeLine, ChangeSet, ImportBatch, Provenance, table_of
from crm.queries.history import undone_sets

CHUNK = 5_000


def imported_entries(session: Session, kind: str, sha256: str) -> dict[int, int]:
    """Return the records that the entries of this very file made or changed, by entry; only what is still there.

    An import that was taken back does not count.
    """
    batches, rows, records = table_of(ImportBatch), table_of(Provenance), table_of(RECORD_MODELS[kind])
    query = (
        select(batches.c.change_set_id, rows.c.row, rows.c.record_id)
        .join(batches, batches.c.id == rows.c.batch_id)
        .join(records, records.c.id == rows.c.record_id)
        .where(batches.c.sha256 == sha256, rows.c.record_kind == kind)
        .order_by(rows.c.id)
    )
    found = session.connection().execute(query).all()
    undone = undone_sets(session) if found else frozenset()
    return {row.row: row.record_id for row in found if row.change_set_id not in undone}


def ids_by(session: Session, kind: str, name: str, values: Iterable[str]) -> dict[str, list[int]]:
    """Return by value the ids of the records whose text field ``name`` is exactly that, the oldest first."""
    table = table_of(RECORD_MODELS[kind])
    wanted = sorted(set(values))
    found: dict[str, list[int]] = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(table.c[name], table.c.id).where(table.c[name].in_(wanted[start : start + CHUNK]))
        for value, record_id in session.connection().execute(query.order_by(table.c.id)):
            found.setdefault(value, []).append(record_id)
    return found


def last_change_set(session: Session) -> int:
    """Return the number of the last change set, 0 when nothing was changed yet: what tells whether anybody wrote."""
    return int(session.connection().execute(select(func.coalesce(func.max(table_of(ChangeSet).c.id), 0))).scalar_one())


def written_by(session: Session, change_set_id: int, kind: str) -> tuple[int, int]:
    """Return how many records of a kind a change set made, and how many others it changed."""
    lines = table_of(ChangeLine)
    query = (
        select(lines.c.action, func.count(func.distinct(lines.c.record_id)))
        .where(lines.c.change_set_id == change_set_id, lines.c.record_kind == kind)
        .group_by(lines.c.action)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in session.connection().execute(query)}
    return counts.get(CREATED, 0), counts.get(CHANGED, 0)
