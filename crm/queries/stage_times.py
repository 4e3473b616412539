"""Since when leads are in their stages, by the history; and which stay longer than the limit of their stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from crm.database import Session
from crm.database.history import CREATED
from crm.domain.stages.limits import STAGE_LIMITS
from crm.domain.stages.pipeline import ACTIVE
from crm.models import ChangeLine, ChangeSet, Lead, table_of
from crm.queries.dictionaries import words

LEADS, SETS, LINES = table_of(Lead), table_of(ChangeSet), table_of(ChangeLine)

_SINCE = (
    select(LINES.c.record_id, func.max(SETS.c.at))
    .join(SETS, LINES.c.change_set_id == SETS.c.id)
    .where(
        LINES.c.record_kind == "leads",
        LINES.c.record_id.in_(bindparam("ids", expanding=True)),
        or_(LINES.c.field == "stage", LINES.c.action == CREATED),
    )
    .group_by(LINES.c.record_id)
)


def stage_limits(session: Session, on: date) -> Mapping[str, int]:
    """Return by stage the days after which a lead has stayed long: those of the bureau, else of the program."""
    return {**STAGE_LIMITS, **{word.term: int(word.meaning) for word in words(session, "stage_limit", on)}}


def stage_since(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """Return for leads the day their stage was set last; one made with its stage counts from the day it was made.

    A lead without a history is left out: when it came is not known.
    """
    if not ids:
        return {}
    found = session.connection().execute(_SINCE, {"ids": list(ids)})
    return {lead_id: at.astimezone().date() for lead_id, at in found}


def over_limit(session: Session, stage: str, limit: int, on: date, at_most: int) -> list[int]:
    """Return active leads that stay in a stage longer than its limit, the longest untouched first.

    Not the history of every lead is read: those are left out that were made, or moved, since the day that would be
    early enough. The sets of changes since then are few beside the leads.

    Args:
        session: to read with.
        stage: its code.
        limit: days it may take.
        on: the day it is asked for.
        at_most: how many ids.
    """
    query = _over(stage, limit, on).order_by(LEADS.c.updated_at, LEADS.c.id).limit(at_most)
    return list(session.connection().execute(query).scalars())


def count_over_limit(session: Session, stage: str, limit: int, on: date) -> int:
    """Return how many active leads stay in a stage longer than its limit."""
    counted = select(func.count()).select_from(_over(stage, limit, on).subquery())
    return int(session.connection().execute(counted).scalar_one())


def _over(stage: str, limit: int, on: date) -> Select[Any]:
    first = datetime.combine(on - timedelta(days=limit), time()).astimezone()  # who came on this day is at the limit
    moved = (
        select(LINES.c.record_id)
        .join(SETS, LINES.c.change_set_id == SETS.c.id)
        .where(SETS.c.at >= first, LINES.c.record_kind == "leads", LINES.c.field == "stage")
    )
    active = func.coalesce(LEADS.c.status, ACTIVE) == ACTIVE
    return select(LEADS.c.id).where(
        LEADS.c.stage == stage, active, LEADS.c.created_at < first, LEADS.c.id.not_in(moved)
    )
