"""Entries of a calendar file into the agenda: known by their name, so the same file again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from crm.database import Session
from crm.domain.calendars.ics import Incoming
from crm.domain.tasks import Planned
from crm.models import Task
from crm.services.tasks import add_task, change_task

OWN = "@xiangtu"


@dataclass(frozen=True, slots=True)
class Taken:
    """How many entries are new, were changed, are the same."""

    new: int
    changed: int
    same: int


def take_calendar(session: Session, incoming: Incoming, *, by: str) -> Taken:
    """Plan what a calendar file says; an entry that went out from here, or came in before, is found again.

    Of a known entry only what a calendar can move is taken: day, times, place. Its words stay those of the agenda.
    """
    counts = {"new": 0, "changed": 0, "same": 0}
    for entry in incoming.entries:
        counts[_take(session, entry, by)] += 1
    return Taken(**counts)


def _take(session: Session, entry: Planned, by: str) -> str:
    known = _known(session, entry.uid)
    if known is None:
        add_task(
            session,
            kind=entry.kind,
            title=entry.title,
            day=entry.day,
            by=by,
            at=entry.at,
            until=entry.until,
            place=entry.place,
            outline=entry.outline,
            calendar_uid=entry.uid or None,
        )
        return "new"
    before = (known.day, known.at, known.until, known.place or "")
    at = None if entry.at is None else entry.at.strftime("%H:%M")
    until = None if entry.until is None else entry.until.strftime("%H:%M")
    if known.until is None:  # an end that went out because calendars want one is none of ours
        until = None
    if before == (entry.day.isoformat(), at, until, entry.place):
        return "same"
    kept_end = entry.until if until is not None else None
    change_task(session, known.id, {"day": entry.day, "at": entry.at, "until": kept_end, "place": entry.place})
    return "changed"


def _known(session: Session, uid: str) -> Task | None:
    if not uid:
        return None
    own = uid.removesuffix(OWN) if uid.endswith(OWN) else ""
    query = select(Task).where((col(Task.calendar_uid) == uid) | (col(Task.uid) == own))
    return session.exec(query).first()
