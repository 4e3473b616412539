"""What is planned and what was held: by day, and what is overdue. Tasks, visits, meetings, calls; leads' next steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import func, or_, select

from crm.database import Session
from crm.domain.stages.pipeline import ACTIVE
from crm.domain.tasks import Planned
from crm.errors import NotFoundError
from crm.i18n import _
from crm.models import FollowUp, Lead, Task, table_of

NEXT_STEP, HELD = "next_step", "held"
"""Entries that are no task: what a lead's record says comes next, and a follow-up that was."""

MOST = 500
COUNTED = 1000
"""Overdue entries are counted up to here: more is said as 1000+."""


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One entry.

    Attributes:
        source: ``task``, ``next_step`` or ``held``.
        kind: visit, meeting, call, task; of a next step ``next_step``; of what was held also ``note``.
        day: the day it is due or was; of a next step that only names a month, the last day of it.
        text: what is to be done, or what was said.
        by: the officer.
        task_id: of a task.
        follow_up_id: of what was held; of a task, the meeting it was decided at.
        whole: the day itself is meant; False where only the month is known.
    """

    source: str
    kind: str
    day: date
    text: str
    by: str
    lead_id: int | None = None
    code: str = ""
    name: str = ""
    at: str = ""
    until: str = ""
    place: str = ""
    people: str = ""
    outline: str = ""
    task_id: int | None = None
    follow_up_id: int | None = None
    done: bool = False
    whole: bool = True

    def is_overdue(self, on: date) -> bool:
        """Whether it should have been done before a day."""
        return self.source != HELD and not self.done and self.day < on


@dataclass(frozen=True, slots=True)
class Overdue:
    """What should have been done; ``count`` is at most ``COUNTED``, ``rows`` the longest overdue of it."""

    rows: tuple[AgendaRow, ...]
    count: int


def agenda(session: Session, first: date, last: date, *, owner: str | None = None, most: int = MOST) -> list[AgendaRow]:
    """Return the entries of the days from ``first`` to ``last``, by day and time.

    Args:
        session: to read from.
        first: the first day.
        last: the last day.
        owner: only this officer's.
        most: of each source.
    """
    found = [
        *_tasks(session, _between(table_of(Task).c.day, first, last), owner, most),
        *_steps(session, first, last, owner, most),
        *_held(session, first, last, owner, most),
    ]
    return sorted(found, key=_order)


def overdue(session: Session, on: date, *, owner: str | None = None, most: int = 100) -> Overdue:
    """Return what should have been done before a day, the longest overdue first."""
    tasks, leads = table_of(Task), table_of(Lead)
    late = (tasks.c.day < on.isoformat()) & tasks.c.done_on.is_(None)
    steps = _late_steps(leads, on, owner)
    rows = [*_tasks(session, late, owner, most), *_step_rows(session, steps, most)]
    count = _counted(session, select(tasks.c.id).where(late, *_of(tasks.c.by, owner)))
    count += _counted(session, select(leads.c.id).where(*steps))
    return Overdue(tuple(sorted(rows, key=_order)[:most]), min(count, COUNTED))


def planned(session: Session, task_id: int) -> tuple[Planned, str]:
    """Return a task as it goes to a calendar, with the name of its lead ("" without one).

    Raises:
        NotFoundError: it is gone.
    """
    task = session.get(Task, task_id)
    if task is None:
        raise NotFoundError(_("This task is no longer there."), where=str(task_id))
    lead = None if task.lead_id is None else session.get(Lead, task.lead_id)
    entry = Planned(
        task.kind,
        task.title,
        date.fromisoformat(task.day),
        task.calendar_uid or f"{task.uid}@xiangtu",
        _time(task.at),
        _time(task.until),
        task.place or "",
        task.people or "",
        task.outline or "",
        task.done_on is not None,
    )
    return entry, "" if lead is None else lead.name or lead.code


def _tasks(session: Session, where: Any, owner: str | None, most: int) -> Iterator[AgendaRow]:  # noqa: ANN401
    tasks, leads = table_of(Task), table_of(Lead)
    query = (
        select(tasks, leads.c.code, leads.c.name)
        .outerjoin(leads, leads.c.id == tasks.c.lead_id)
        .where(where, *_of(tasks.c.by, owner))
        .order_by(tasks.c.day, tasks.c.id)
        .limit(most)
    )
    for row in session.connection().execute(query):
        yield AgendaRow(
            source="task",
            kind=row.kind,
            day=date.fromisoformat(row.day),
            text=row.title,
            by=row.by,
            lead_id=row.lead_id,
            code=row.code or "",
            name=row.name or "",
            at=row.at or "",
            until=row.until or "",
            place=row.place or "",
            people=row.people or "",
            outline=row.outline or "",
            task_id=row.id,
            follow_up_id=row.follow_up_id,
            done=row.done_on is not None,
        )


def _steps(session: Session, first: date, last: date, owner: str | None, most: int) -> Iterator[AgendaRow]:
    """Return the next steps whose day, or the last day of whose month, lies between; ended leads have none."""
    leads = table_of(Lead)
    within = (
        leads.c.next_date_high >= _number(first),
        leads.c.next_date_high <= _number(last),
        leads.c.next_date_low <= _number(last),
    )
    yield from _step_rows(session, [*within, _active(leads), *_of(leads.c.owner, owner)], most)


def _late_steps(leads: Any, on: date, owner: str | None) -> list[Any]:  # noqa: ANN401  (a table; conditions on it)
    number = _number(on)
    return [
        leads.c.next_date_low < number,
        leads.c.next_date_high < number,
        _active(leads),
        *_of(leads.c.owner, owner),
    ]


def _step_rows(session: Session, where: list[Any], most: int) -> Iterator[AgendaRow]:
    leads = table_of(Lead)
    columns = (leads.c.id, leads.c.code, leads.c.name, leads.c.owner, leads.c.next_step)
    query = (
        select(*columns, leads.c.next_date_low, leads.c.next_date_high)
        .where(*where)
        .order_by(leads.c.next_date_low, leads.c.id)
        .limit(most)
    )
    for lead_id, code, name, owner, step, low, high in session.connection().execute(query):
        day = date(high // 10000, high // 100 % 100, high % 100)
        text = step or _("Next step (not said what)")
        told = (NEXT_STEP, NEXT_STEP, day, text, owner or "", lead_id, code, name or "")
        yield AgendaRow(*told, whole=low == high)


def _held(session: Session, first: date, last: date, owner: str | None, most: int) -> Iterator[AgendaRow]:
    notes, leads = table_of(FollowUp), table_of(Lead)
    query = (
        select(notes, leads.c.code, leads.c.name)
        .outerjoin(leads, leads.c.id == notes.c.lead_id)
        .where(_between(notes.c.at, first, last), *_of(notes.c.by, owner))
        .order_by(notes.c.at, notes.c.id)
        .limit(most)
    )
    for row in session.connection().execute(query):
        told = (HELD, row.kind, date.fromisoformat(row.at), row.note, row.by, row.lead_id, row.code or "")
        yield AgendaRow(*told, row.name or "", follow_up_id=row.id, done=True)


def _between(column: Any, first: date, last: date) -> Any:  # noqa: ANN401  (a column; a condition on it)
    return (column >= first.isoformat()) & (column <= last.isoformat())


def _active(leads: Any) -> Any:  # noqa: ANN401  (a table; a condition on it)
    return or_(leads.c.status.is_(None), leads.c.status == ACTIVE)


def _of(column: Any, owner: str | None) -> list[Any]:  # noqa: ANN401  (a column; conditions on it)
    return [] if owner is None else [column == owner]


def _counted(session: Session, query: Any) -> int:  # noqa: ANN401  (a query)
    few = query.limit(COUNTED).subquery()
    return int(session.connection().execute(select(func.count()).select_from(few)).scalar_one())


def _order(row: AgendaRow) -> tuple[date, str, str, int]:
    return row.day, row.at or "24:00", row.source, row.task_id or row.follow_up_id or row.lead_id or 0


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)
