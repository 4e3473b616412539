"""An empty entry (待补录) that is filled in is one no longer (decisions 14).

The communities and carriers of the founding document stand in every database as slots, and a slot takes no part in
matching. Whoever enters its space without a word about the status leaves that open: to be checked, not still a slot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.models import RECORD_MODELS, table_of

SLOT = "slot"
SLOTTED = ("communities", "carriers")
"""Kinds whose slots are filled in by entering their space."""

CHUNK = 5_000


def fills_a_slot(kind: str, changes: Mapping[str, Any]) -> bool:
    """Return whether changes would fill in a slot, were the record one: its space is entered, its status is not."""
    return kind in SLOTTED and bool(changes.get("space")) and "status" not in changes


def with_status(kind: str, changes: Mapping[str, Any], status: str | None) -> dict[str, Any]:
    """Return the changes of a record with this status; those that fill in a slot empty the status as well."""
    return {**changes, "status": None} if status == SLOT and fills_a_slot(kind, changes) else dict(changes)


def slots_among(session: Session, kind: str, ids: Iterable[int]) -> set[int]:
    """Return which of these records are slots."""
    if kind not in SLOTTED:
        return set()
    table = table_of(RECORD_MODELS[kind])
    wanted = list(ids)
    found: set[int] = set()
    for start in range(0, len(wanted), CHUNK):
        query = select(table.c.id).where(table.c.status == SLOT, table.c.id.in_(wanted[start : start + CHUNK]))
        found.update(session.connection().execute(query).scalars())
    return found
