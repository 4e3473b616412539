"""Whose record an entry of a list is, what it was like when it left, and whether anybody wrote since one looked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select

from crm.database import Session
from crm.database.history import CHANGED, FIELDS
from crm.domain.fields.codec import CODECS
from crm.models import RECORD_MODELS, ChangeLine, ChangeSet, table_of
from crm.queries.records import load

CHUNK = 5_000


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


def values_at(session: Session, kind: str, versions: Mapping[int, int]) -> dict[int, dict[str, Any]]:
    """Return the values that records had at a version, by id; a record that was made after it is left out.

    Args:
        session: of a reading transaction.
        kind: of the records.
        versions: record id → its version then.
    """
    now = {record.id: record for record in load(session, kind, sorted(versions))}
    found = {each: dict(record.values) for each, record in now.items()}
    later = [each for each, record in now.items() if record.version > versions[each]]
    lines = table_of(ChangeLine)
    for start in range(0, len(later), CHUNK):
        query = (
            select(lines.c.record_id, lines.c.record_version, lines.c.action, lines.c.field, lines.c.before)
            .where(lines.c.record_kind == kind, lines.c.record_id.in_(later[start : start + CHUNK]))
            .order_by(lines.c.id.desc())
        )
        for row in session.connection().execute(query):
            if row.record_version <= versions[row.record_id] or row.record_id not in found:
                continue
            if row.action == CHANGED:
                _put_back(found[row.record_id], kind, row.field, row.before)
            else:
                del found[row.record_id]
    return found


def _put_back(values: dict[str, Any], kind: str, name: str, before: str | None) -> None:
    if before is None:
        values.pop(name, None)
    else:
        values[name] = CODECS[FIELDS[kind][name]].read(json.loads(before))


def seals_at(session: Session, places: Iterable[int]) -> dict[int, str]:
    """Return the seals of the change sets at these places of the chain; a history not so long has none."""
    sets = table_of(ChangeSet)
    wanted = sorted(set(places))
    query = select(sets.c.place, sets.c.seal).where(sets.c.place.in_(wanted))
    return {0: ""} | {row.place: row.seal or "" for row in session.connection().execute(query)}
