"""Tasks, visits, meetings and calls that are planned: made, done, postponed; the next step of a lead is one too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from crm.database import Session
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.quantities import PartialDate
from crm.domain.tasks import HELD, KINDS, TASK
from crm.errors import NotFoundError, ValueRefusedError
from crm.i18n import _
from crm.models import FollowUp, Lead, Task
from crm.services.follow_ups import add_follow_up
from crm.services.records import update
from crm.services.text_gate import clean_text

TEXTS = ("place", "people", "outline")


def add_task(
    session: Session,
    *,
    kind: str,
    title: str,
    day: date,
    by: str,
    lead_id: int | None = None,
    at: time | None = None,
    until: time | None = None,
    place: str = "",
    people: str = "",
    outline: str = "",
    follow_up_id: int | None = None,
    calendar_uid: str | None = None,
) -> Task:
    """Plan something for a day.

    Raises:
        NotFoundError: the lead is gone, or the meeting it was decided at.
        ValueRefusedError: no title, a kind there is not, or an end before the beginning.
    """
    if lead_id is not None and session.get(Lead, lead_id) is None:
        raise NotFoundError(_("This lead is no longer there."), where=str(lead_id))
    if follow_up_id is not None and session.get(FollowUp, follow_up_id) is None:
        raise NotFoundError(_("This follow-up is no longer there."), where=str(follow_up_id))
    if kind not in {each.code for each in KINDS}:
        raise ValueRefusedError(_("There is no kind of task {kind}.").format(kind=kind), where="kind")
    clock = _clock(at, until)
    made = Task(
        lead_id=lead_id,
        kind=kind,
        title=_title(title),
        day=day.isoformat(),
        by=by,
        follow_up_id=follow_up_id,
        calendar_uid=calendar_uid,
        at=clock[0],
        until=clock[1],
        place=_words(place),
        people=_words(people),
        outline=_words(outline),
    )
    session.add(made)
    session.flush()
    return made


def change_task(session: Session, task_id: int, changes: Mapping[str, str | date | time | None]) -> Task:
    """Change what is planned: ``title``, ``day``, ``at``, ``until``, ``place``, ``people``, ``outline``.

    Raises:
        NotFoundError: it is gone.
        ValueRefusedError: no title, or an end before the beginning.
    """
    task = _task(session, task_id)
    for name, value in changes.items():
        if name in TEXTS:
            setattr(task, name, _words(str(value or "")))
    if "title" in changes:
        task.title = _title(str(changes["title"] or ""))
    if isinstance(day := changes.get("day"), date):
        task.day = day.isoformat()
    if "at" in changes or "until" in changes:
        at, until = (changes.get(name, _time(getattr(task, name))) for name in ("at", "until"))
        task.at, task.until = _clock(*(each if isinstance(each, time) else None for each in (at, until)))
    session.flush()
    return task


def finish_task(session: Session, task_id: int, on: date, *, by: str, note: str = "") -> FollowUp | None:
    """Note that something was done; of a visit, meeting or call with a lead what was said becomes a follow-up.

    Raises:
        NotFoundError: it is gone, or its lead is.
    """
    task = _task(session, task_id)
    task.done_on = on.isoformat()
    session.flush()
    words = note.strip()
    if task.lead_id is None or not words:
        return None
    kind = task.kind if task.kind in HELD else "note"
    held = min(on, date.fromisoformat(task.day)) if task.kind in HELD else on
    return add_follow_up(session, task.lead_id, kind=kind, at=held, by=by, note=words)


def reopen_task(session: Session, task_id: int) -> None:
    """Note that something is still to be done.

    Raises:
        NotFoundError: it is gone.
    """
    _task(session, task_id).done_on = None
    session.flush()


def delete_task(session: Session, task_id: int) -> None:
    """Delete what was planned; its history stays.

    Raises:
        NotFoundError: it is gone already.
    """
    session.delete(_task(session, task_id))
    session.flush()


def finish_next_step(session: Session, lead_id: int, on: date, *, by: str, note: str = "") -> None:
    """Note that the next step of a lead was done: it is a follow-up now, and no next step.

    Raises:
        NotFoundError: the lead is gone, or has no next step any more.
    """
    lead = session.get(Lead, lead_id, with_for_update=True, populate_existing=True)
    if lead is None:
        raise NotFoundError(_("This lead is no longer there."), where=str(lead_id))
    if lead.next_step is None and lead.next_date is None:
        raise NotFoundError(_("This lead has no next step any more."), where=lead.code)
    words = note.strip() or _("Done: {step}").format(step=lead.next_step or str(lead.next_date))
    add_follow_up(session, lead_id, kind="note", at=on, by=by, note=words)
    update(session, "leads", lead_id, {"next_step": None, "next_date": None})


def move_next_step(session: Session, lead_id: int, day: date) -> None:
    """Put the next step of a lead off to another day.

    Raises:
        NotFoundError: the lead is gone.
    """
    update(session, "leads", lead_id, {"next_date": PartialDate(day.year, day.month, day.day)})


def decide_tasks(session: Session, follow_up_id: int, decisions: list[tuple[str, str, date]]) -> list[Task]:
    """Make a task of each decision of a meeting: what, who, until when.

    Raises:
        NotFoundError: the meeting is gone.
        ValueRefusedError: a decision without words.
    """
    meeting = session.get(FollowUp, follow_up_id)
    if meeting is None:
        raise NotFoundError(_("This follow-up is no longer there."), where=str(follow_up_id))
    return [
        add_task(session, kind=TASK, title=what, day=day, by=who, lead_id=meeting.lead_id, follow_up_id=follow_up_id)
        for what, who, day in decisions
    ]


def _task(session: Session, task_id: int) -> Task:
    task = session.get(Task, task_id, with_for_update=True, populate_existing=True)
    if task is None:
        raise NotFoundError(_("This task is no longer there."), where=str(task_id))
    return task


def _title(text: str) -> str:
    words = clean_text(LEAD_FIELDS["next_step"], text).strip()
    if not words:
        raise ValueRefusedError(_("Say what is to be done."), where="title")
    return words


def _words(text: str) -> str | None:
    return clean_text(LEAD_FIELDS["notes"], text).strip() or None


def _clock(at: time | None, until: time | None) -> tuple[str | None, str | None]:
    """Return the times as they are stored.

    Raises:
        ValueRefusedError: an end without a beginning, or not after it.
    """
    if until is not None and (at is None or until <= at):
        raise ValueRefusedError(_("The end must be later than the beginning."), where="until")
    return None if at is None else at.strftime("%H:%M"), None if until is None else until.strftime("%H:%M")


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)
