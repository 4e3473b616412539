"""The clocks of leads: of one, of many, and of all that need somebody's attention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select

from crm.database import Session
from crm.domain.deadlines.clocks import (
    AT_WORK,
    SPOKEN_TO,
    Clock,
    ClockState,
    LeadTimes,
    Rest,
    clocks,
    rests,
)
from crm.domain.deadlines.limits import Limits, with_entries
from crm.domain.deadlines.working_days import last_start
from crm.domain.quantities import CHINA_TIME
from crm.domain.stages.pipeline import ACTIVE, PLACES, STAGES
from crm.models import ChangeLine, ChangeSet, FollowUp, Lead, table_of
from crm.queries.dictionaries import words

MOST = 200
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class LeadClocks:
    """A lead with its clocks and rests on a day."""

    lead_id: int
    code: str
    name: str
    owner: str | None
    stage: str
    clocks: tuple[Clock, ...]
    rests: tuple[Rest, ...]


def load_limits(session: Session, on: date) -> Limits:
    """Return the limits that hold on a day; of several entries for one key the one that began last."""
    held = sorted(words(session, "deadline", on), key=lambda word: word.valid_from or date.min)
    return with_entries({word.term: int(word.meaning) for word in held})


def lead_times(session: Session, ids: Sequence[int]) -> dict[int, LeadTimes]:
    """Return what the clocks of these leads go by; those that are gone are left out."""
    leads, notes = table_of(Lead), table_of(FollowUp)
    since = stage_since(session, ids)
    found: dict[int, LeadTimes] = {}
    for chunk in _chunks(ids):
        spoken = _spoken(session, notes, chunk)
        query = select(leads.c.id, leads.c.stage, leads.c.status, leads.c.owner, *_reported(leads)).where(
            leads.c.id.in_(chunk)
        )
        for row in session.connection().execute(query):
            first, last = spoken.get(row.id, (None, None))
            found[row.id] = LeadTimes(
                row.stage, row.status, bool(row.owner), _day(row[4], row[5]), since.get(row.id), first, last
            )
    return found


def stage_since(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """Return since when each lead is in its stage: the day it last changed, else the day the lead was made."""
    lines, sets = table_of(ChangeLine), table_of(ChangeSet)
    found: dict[int, date] = {}
    for chunk in _chunks(ids):
        query = (
            select(lines.c.record_id, func.max(sets.c.at))
            .join(sets, lines.c.change_set_id == sets.c.id)
            .where(lines.c.record_kind == "leads", lines.c.record_id.in_(chunk))
            .where(or_(lines.c.field == "stage", lines.c.action == "created"))
            .group_by(lines.c.record_id)
        )
        for lead_id, at in session.connection().execute(query):
            found[lead_id] = at.astimezone(CHINA_TIME).date()
    return found


def clocks_due(session: Session, on: date, *, owner: str | None = None, most: int = MOST) -> list[LeadClocks]:
    """Return leads of which a response clock is due or overdue on a day, the longest overdue first.

    Args:
        session: to read from.
        on: the day.
        owner: only leads of this officer; "" for those of nobody.
        most: leads looked at for each clock, the newest first.
    """
    limits = load_limits(session, on)
    leads = table_of(Lead)
    low, high = _reported(leads)
    ids: dict[int, None] = {}
    for condition in _late(leads, limits, on):
        query = select(leads.c.id).where(_active(leads), low == high, condition, *_owned(leads, owner))
        for lead_id in session.connection().execute(query.order_by(leads.c.id.desc()).limit(most)).scalars():
            ids[lead_id] = None
    found = _with_clocks(session, list(ids), limits, on)
    wanted = [one for one in found if any(_wants(clock) for clock in one.clocks)]
    return sorted(wanted, key=lambda one: min(clock.due for clock in one.clocks if _wants(clock)))


def quiet_leads(session: Session, on: date, *, owner: str | None = None, most: int = MOST) -> list[LeadClocks]:
    """Return active leads without a follow-up for longer than their stage's limit, the longest first; as above."""
    limits = load_limits(session, on)
    leads = table_of(Lead)
    stages = [_quiet(leads, stage, on - timedelta(days=days)) for stage, days in limits.quiet.items()]
    query = select(leads.c.id).where(_active(leads), or_(*stages), *_owned(leads, owner))
    ids = list(session.connection().execute(query.order_by(leads.c.id.desc()).limit(most)).scalars())
    found = _with_clocks(session, ids, limits, on)
    wanted = [one for one in found if any(rest.code == "quiet" and rest.is_over for rest in one.rests)]
    return sorted(wanted, key=lambda one: -max(rest.days for rest in one.rests if rest.code == "quiet"))


def clocks_of(session: Session, ids: Sequence[int], on: date) -> list[LeadClocks]:
    """Return the clocks and rests of these leads on a day, in their order."""
    return _with_clocks(session, ids, load_limits(session, on), on)


def _with_clocks(session: Session, ids: Sequence[int], limits: Limits, on: date) -> list[LeadClocks]:
    leads = table_of(Lead)
    times = lead_times(session, ids)
    names: dict[int, Any] = {}
    for chunk in _chunks(ids):
        query = select(leads.c.id, leads.c.code, leads.c.name, leads.c.owner).where(leads.c.id.in_(chunk))
        names |= {row.id: row for row in session.connection().execute(query)}
    return [
        LeadClocks(
            each,
            names[each].code,
            names[each].name or "",
            names[each].owner,
            times[each].stage or STAGES[0].code,
            clocks(times[each], limits, on),
            rests(times[each], limits, on),
        )
        for each in ids
        if each in names and each in times
    ]


def _late(leads: Any, limits: Limits, on: date) -> Iterable[Any]:  # noqa: ANN401  (a table; conditions on it)
    """Return for each clock which leads may have it due or overdue."""
    notes = table_of(FollowUp)
    spoken = exists().where(notes.c.lead_id == leads.c.id)
    stage = func.coalesce(leads.c.stage, STAGES[0].code)
    low = leads.c.first_reported_at_low

    def before(code: str) -> date:
        return last_start(on, limits.clocks[code])

    early = [each.code for each in STAGES[: PLACES[SPOKEN_TO]]]
    ownerless = or_(leads.c.owner.is_(None), leads.c.owner == "")
    yield and_(stage.in_(early), ownerless, ~spoken, low <= _number(before("respond")))
    yield and_(stage == STAGES[0].code, low <= _number(before("assess")))
    yield and_(stage.in_(early), ~spoken, low <= _number(before("feedback")))
    cut = before("report")
    lately = exists().where(notes.c.lead_id == leads.c.id, notes.c.at > cut.isoformat())
    working = [each.code for each in STAGES[: PLACES[AT_WORK]]]
    yield and_(stage.in_(working), low <= _number(cut), ~lately)


def _quiet(leads: Any, stage: str, cut: date) -> Any:  # noqa: ANN401  (a table; a condition on it)
    """Return which leads of a stage were last spoken of, or first reported, before a day."""
    notes = table_of(FollowUp)
    of_it = notes.c.lead_id == leads.c.id
    reported = and_(
        leads.c.first_reported_at_low == leads.c.first_reported_at_high, leads.c.first_reported_at_high < _number(cut)
    )
    in_stage = func.coalesce(leads.c.stage, STAGES[0].code) == stage
    lately = exists().where(of_it, notes.c.at >= cut.isoformat())
    return and_(in_stage, ~lately, or_(reported, exists().where(of_it)))


def _wants(clock: Clock) -> bool:
    return clock.state in (ClockState.DUE, ClockState.OVERDUE)


def _active(leads: Any) -> Any:  # noqa: ANN401  (a table; a condition on it)
    return func.coalesce(leads.c.status, ACTIVE) == ACTIVE


def _owned(leads: Any, owner: str | None) -> list[Any]:  # noqa: ANN401  (a table; conditions on it)
    return [] if owner is None else [func.coalesce(leads.c.owner, "") == owner]


def _reported(leads: Any) -> tuple[Any, Any]:  # noqa: ANN401  (a table; its columns)
    return leads.c.first_reported_at_low, leads.c.first_reported_at_high


def _spoken(session: Session, notes: Any, ids: Sequence[int]) -> dict[int, tuple[date, date]]:  # noqa: ANN401
    query = (
        select(notes.c.lead_id, func.min(notes.c.at), func.max(notes.c.at))
        .where(notes.c.lead_id.in_(ids))
        .group_by(notes.c.lead_id)
    )
    found = session.connection().execute(query)
    return {lead_id: (date.fromisoformat(first), date.fromisoformat(last)) for lead_id, first, last in found}


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _day(low: int | None, high: int | None) -> date | None:
    """Return the day that bounds stand for; None where it is not one day."""
    if low is None or low != high:
        return None
    return date(low // 10000, low // 100 % 100, low % 100)
