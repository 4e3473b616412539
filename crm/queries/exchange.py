"""Whose record an entry of a list is: by any text field; and whether anybody wrote since one looked."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from crm.database import Session
from crm.models import RECORD_MODELS, ChangeSet, table_of

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
