"""Which leads stay in their stage longer than its limit: counted and listed among a million without reading each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from crm.database import Session
from crm.domain.quantities import CHINA_TIME
from crm.domain.stages.pipeline import ACTIVE, STAGES
from crm.models import ChangeLine, ChangeSet, Lead, table_of

LEADS, SETS, LINES = table_of(Lead), table_of(ChangeSet), table_of(ChangeLine)


def staying_leads(
    session: Session, stage: str, limit: int, on: date, *, owner: str | None = None, most: int
) -> list[int]:
    """Return active leads that stay in a stage longer than its limit, the longest untouched first.

    Not the history of every lead is read: those are left out that were made, or moved, since the day that would be
    early enough. The sets of changes since then are few beside the leads.

    Args:
        session: to read with.
        stage: its code; a lead without a stage is at the first one.
        limit: days it may take.
        on: the day it is asked for.
        owner: only leads of this officer.
        most: how many ids.
    """
    query = _over(stage, limit, on, owner).order_by(LEADS.c.updated_at, LEADS.c.id).limit(most)
    return list(session.connection().execute(query).scalars())


def count_staying(session: Session, stage: str, limit: int, on: date, *, owner: str | None = None) -> int:
    """Return how many active leads stay in a stage longer than its limit; as above."""
    counted = select(func.count()).select_from(_over(stage, limit, on, owner).subquery())
    return int(session.connection().execute(counted).scalar_one())


def _over(stage: str, limit: int, on: date, owner: str | None) -> Select[Any]:
    first = datetime.combine(on - timedelta(days=limit), time(), CHINA_TIME)  # who came on this day is at the limit
    moved = (
        select(LINES.c.record_id)
        .join(SETS, LINES.c.change_set_id == SETS.c.id)
        .where(SETS.c.at >= first, LINES.c.record_kind == "leads", LINES.c.field == "stage")
    )
    active = func.coalesce(LEADS.c.status, ACTIVE) == ACTIVE
    here = LEADS.c.stage == stage
    if stage == STAGES[0].code:
        here |= LEADS.c.stage.is_(None)
    query = select(LEADS.c.id).where(here, active, LEADS.c.created_at < first, LEADS.c.id.not_in(moved))
    return query if owner is None else query.where(LEADS.c.owner == owner)
