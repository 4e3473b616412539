"""The ledger of first reports of a lead: what its history registered, and every entry made since (practice.md §2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import and_, exists, func, or_, select

from crm.database import Session
from crm.domain.companies.claims import (
    COMPLETE,
    PRELIMINARY,
    SETTLED,
    Entry,
    Guard,
    Ledger,
    Protection,
    Work,
    ledger_of,
    missing_of_report,
    protection,
)
from crm.domain.companies.first_reports import span
from crm.domain.deadlines.limits import Limits
from crm.domain.deadlines.working_days import add_working_days, last_start
from crm.domain.quantities import CHINA_TIME, PartialDate
from crm.domain.stages.pipeline import ACTIVE, PLACES, STAGES
from crm.models import ChangeLine, FollowUp, Lead, table_of
from crm.queries.deadlines import lead_times, load_limits
from crm.queries.history import Change, changes_of
from crm.queries.links import ids_naming
from crm.queries.merging import merge_set, merged_into
from crm.queries.records import Record, load

MOST = 2_000
"""Leads whose protection is looked at for one list."""

SHOWN_AFTER = 7
"""Days for which a protection that ended is still told of."""

READ = (
    "first_reported_at",
    "first_reporter",
    "bureau",
    "referrer",
    "investor",
    "industry",
    "nature",
    "notes",
    "planned_investment",
    "contact",
    "source",
)
"""Fields of a lead that its registration is read from."""


Followed: TypeAlias = frozenset[tuple[datetime | PartialDate | None, str]]


@dataclass(frozen=True, slots=True)
class Guarded:
    """A lead with whose it is and until when that is protected."""

    lead_id: int
    code: str
    name: str
    owner: str
    unit: str
    protection: Protection


def ledger(session: Session, lead: Record, limits: Limits) -> Ledger:
    """Return the ledger of a lead: its own registration, those of leads merged into it, and every entry."""
    ids = ids_naming(session, "first-reports", "lead", lead.code)
    entered = [_entry(session, record) for record in load(session, "first-reports", ids)]
    followed = frozenset((entry.at, entry.reporter) for entry in entered)
    own = (*_registrations(session, lead.id, limits, followed), *_merged(session, lead, limits, followed))
    return ledger_of((*own, *entered), limits.protection["preliminary"])


def protection_of(session: Session, lead: Record, on: date) -> tuple[Ledger, Protection]:
    """Return the ledger of a lead and until when its first report is protected."""
    times = lead_times(session, [lead.id])[lead.id]
    work = Work(times.stage, times.status, times.last_follow_up)
    return first_report(session, lead, work, load_limits(session, on), on)


def first_report(session: Session, lead: Record, work: Work, limits: Limits, on: date) -> tuple[Ledger, Protection]:
    """Return what ``protection_of`` does, of a lead on which the work is known already."""
    found = ledger(session, lead, limits)
    return found, protection(found, work, limits.protection, on)


def lapsing(session: Session, on: date, *, owner: str | None = None, most: int = MOST) -> list[Guarded]:
    """Return active leads whose first report is about to lose its protection or lost it lately, the nearest first.

    Args:
        session: to read from.
        on: the day.
        owner: only leads of this officer.
        most: leads looked at.
    """
    limits = load_limits(session, on)
    leads = table_of(Lead)
    query = select(leads.c.id).where(_may_lapse(leads, limits, on)).order_by(leads.c.id.desc()).limit(most)
    if owner is not None:
        query = query.where(func.coalesce(leads.c.owner, "") == owner)
    found = [_guarded(session, each, on) for each in load(session, "leads", _ids(session, query))]
    near = [each for each in found if each.protection.state in (Guard.LAPSING, Guard.LAPSED)]
    kept = [each for each in near if (on - (each.protection.until or on)).days <= SHOWN_AFTER]
    return sorted(kept, key=lambda each: (each.protection.until or on, each.lead_id))


def _guarded(session: Session, lead: Record, on: date) -> Guarded:
    found, state = protection_of(session, lead, on)
    unit = found.first.entry.unit if found.first else ""
    values = lead.values
    return Guarded(lead.id, lead.code, str(values.get("name") or ""), str(values.get("owner") or ""), unit, state)


def _may_lapse(leads: Any, limits: Limits, on: date) -> Any:  # noqa: ANN401  (a table; a condition on it)
    """Return which leads are worth looking at: reported or last spoken of about so long ago as the limits say."""
    notes = table_of(FollowUp)
    early = [stage.code for stage in STAGES[: PLACES[SETTLED]]]
    whole, warn = limits.protection["complete"], limits.protection["warn"]
    slack = timedelta(days=SHOWN_AFTER + 10)  # a last day that is moved past holidays
    first, last = on - timedelta(days=whole) - slack, on - timedelta(days=whole - warn)
    fresh = last_start(on - timedelta(days=SHOWN_AFTER), limits.protection["preliminary"])
    spoken = exists().where(notes.c.lead_id == leads.c.id, notes.c.at >= first.isoformat())
    lately = exists().where(notes.c.lead_id == leads.c.id, notes.c.at > last.isoformat())
    low = leads.c.first_reported_at_low
    return and_(
        func.coalesce(leads.c.status, ACTIVE) == ACTIVE,
        func.coalesce(leads.c.stage, STAGES[0].code).in_(early),
        low == leads.c.first_reported_at_high,
        or_(low >= _number(fresh), and_(~lately, or_(spoken, and_(low >= _number(first), low <= _number(last))))),
    )


def _registrations(session: Session, lead_id: int, limits: Limits, followed: Followed) -> Iterator[Entry]:
    """Give what the history registered of a lead: its first known time and reporter, and when it was complete.

    A later change of these fields gives no entry: the first registration stays. What the lead took from the ledger
    (``followed``: times and reporters of its entries) is no registration of its own.
    """
    changes = changes_of(session, "leads", lead_id)
    if not changes:
        return
    values: dict[str, Any] = {}
    reported: tuple[Entry, date] | None = None
    for change, told in _by_set(changes):
        values |= {name: value for name, value in told.items() if name in READ}
        at = values.get("first_reported_at")
        if reported is None and at is not None and (at, values.get("first_reporter")) not in followed:
            reported = _registered(values, at, change, changes[0].by), _china(change.at)
        if reported is not None and not missing_of_report(values):
            yield from _completed(reported, change, limits)
            return
    if reported is None:  # 首报以系统登记时间为准 (C28)
        first = dict(values) if values.get("first_reported_at") is None else {"bureau": values.get("bureau")}
        reported = _registered(first, changes[0].at, changes[0], changes[0].by), _china(changes[0].at)
    yield replace(reported[0], kind=PRELIMINARY if missing_of_report(values) else COMPLETE)


def _by_set(changes: Sequence[Change]) -> Iterator[tuple[Change, Mapping[str, Any]]]:
    """Give the fields that each change set gave a lead, with its last line."""
    for _number, lines in groupby(changes, key=lambda change: change.change_set):
        some = list(lines)
        yield some[-1], {name: value for line in some for name, value in _told(line).items()}


def _completed(reported: tuple[Entry, date], change: Change, limits: Limits) -> Iterator[Entry]:
    """Give a registration that became complete: as one where that was in time, else both of its times."""
    entry, entered = reported
    day = _china(span(entry.at)[1]) if entry.at is not None else entered
    last = add_working_days(max(day, entered), limits.protection["preliminary"])
    if _china(change.at) <= last:
        yield replace(entry, kind=COMPLETE)
        return
    yield replace(entry, kind=PRELIMINARY)
    yield replace(entry, at=change.at, kind=COMPLETE, noted_by=change.by, noted_at=change.at)


def _registered(values: Mapping[str, Any], at: Any, change: Change, maker: str) -> Entry:  # noqa: ANN401  (a moment)
    reporter = str(values.get("first_reporter") or values.get("bureau") or maker)
    return Entry(
        "",
        reporter,
        str(values.get("bureau") or ""),
        at,
        COMPLETE,
        str(values.get("referrer") or ""),
        noted_by=change.by,
        noted_at=change.at,
    )


def _merged(session: Session, lead: Record, limits: Limits, followed: Followed) -> Iterator[Entry]:
    """Give the registrations of the leads that were merged into one."""
    lines = table_of(ChangeLine)
    for merge in merged_into(session, "leads", lead.code):
        number = merge_set(session, merge.id)
        query = select(lines.c.record_id).where(
            lines.c.change_set_id == number, lines.c.record_kind == "leads", lines.c.action == "deleted"
        )
        for gone in session.connection().execute(query).scalars():
            yield from _registrations(session, gone, limits, followed)


def _entry(session: Session, record: Record) -> Entry:
    values = record.values
    made = changes_of(session, "first-reports", record.id)
    texts = {name: str(values.get(name) or "") for name in ("bureau", "referrer", "proof", "corrects", "reason")}
    return Entry(
        record.code,
        str(values["reporter"]),
        texts["bureau"],
        values["reported_at"],
        str(values["kind"]),
        texts["referrer"],
        texts["proof"],
        values.get("received_at"),
        texts["corrects"],
        texts["reason"],
        made[0].by if made else "",
        made[0].at if made else None,
    )


def _told(change: Change) -> Mapping[str, Any]:
    if change.action == "changed":
        return {change.field: change.after}
    return change.after or {}


def _china(at: datetime) -> date:
    return at.astimezone(CHINA_TIME).date()


def _ids(session: Session, query: Any) -> Sequence[int]:  # noqa: ANN401  (a query of ids)
    return list(session.connection().execute(query).scalars())


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
