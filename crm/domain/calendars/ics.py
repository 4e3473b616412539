"""Visits, meetings, calls and tasks as iCalendar (RFC 5545), and the entries of such a file as what is planned.

Times are those of China. They go out in UTC, which every calendar understands without a table of time zones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crm.domain.quantities import CHINA_TIME
from crm.domain.reasons import Reason
from crm.domain.tasks import KINDS, TASK, Planned
from crm.i18n import _

PRODUCT = "-//Xiangtu//相土//ZH"
REMIND_BEFORE = timedelta(minutes=30)
MOST_ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a calendar file says.

    Attributes:
        entries: what can be planned from it.
        notes: what was left out or cannot be told, with the title of the entry: ``cancelled``, ``repeats`` (taken
            once), ``no_day``, ``too_many``.
    """

    entries: tuple[Planned, ...]
    notes: tuple[Reason, ...] = ()


def to_ics(entries: Sequence[tuple[Planned, str]], now: datetime) -> bytes:
    """Return a calendar file of what is planned.

    Args:
        entries: each with the name of its lead ("" without one).
        now: when the file is made, aware.
    """
    from icalendar import Calendar  # noqa: PLC0415  (only who writes a calendar file pays for it)

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry, lead in entries:
        calendar.add_component(_event(entry, lead, now))
    return bytes(calendar.to_ical())


def from_ics(content: bytes) -> Incoming:
    """Return what the entries of a calendar file plan.

    Raises:
        ValueError: it is no calendar file, or one without entries.
    """
    from icalendar import Calendar  # noqa: PLC0415  (as above)

    entries: list[Planned] = []
    notes: list[Reason] = []
    found = [event for calendar in Calendar.from_ical(content, multiple=True) for event in calendar.walk("VEVENT")]
    if not found:
        raise ValueError("the file has no entries")
    for event in found:
        title = _text(event, "SUMMARY") or _("(no title)")
        if len(entries) >= MOST_ENTRIES:
            notes.append(Reason("too_many", {"most": MOST_ENTRIES}))
            break
        planned = _planned(event, title)
        if _text(event, "STATUS").upper() == "CANCELLED":
            notes.append(Reason("cancelled", {"title": title}))
        elif planned is None:
            notes.append(Reason("no_day", {"title": title}))
        else:
            entries.append(planned)
            if event.get("RRULE") is not None:
                notes.append(Reason("repeats", {"title": title}))
    return Incoming(tuple(entries), tuple(notes))


def title_of(entry: Planned, lead: str) -> str:
    """Return what a calendar shows: kind, lead, what."""
    kind = next(_(each.label) for each in KINDS if each.code == entry.kind)
    return " · ".join(part for part in (kind, lead, entry.title) if part)


def _event(entry: Planned, lead: str, now: datetime) -> Any:  # noqa: ANN401  (icalendar's component)
    from icalendar import Alarm, Event  # noqa: PLC0415  (as above)

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", title_of(entry, lead))
    if entry.at is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
    else:
        start = datetime.combine(entry.day, entry.at, CHINA_TIME)
        event.add("dtstart", start.astimezone(UTC))
        end = (
            start + timedelta(hours=1) if entry.until is None else datetime.combine(entry.day, entry.until, CHINA_TIME)
        )
        event.add("dtend", end.astimezone(UTC))
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title_of(entry, lead))
        alarm.add("trigger", -REMIND_BEFORE)
        event.add_component(alarm)
    if entry.place:
        event.add("location", entry.place)
    if told := described(entry):
        event.add("description", told)
    event.add("categories", [entry.kind])
    return event


def described(entry: Planned) -> str:
    """Return who comes along and what is to be settled."""
    people = _("With: {people}").format(people=entry.people) if entry.people else ""
    return "\n".join(part for part in (people, entry.outline) if part)


def _planned(event: Any, title: str) -> Planned | None:  # noqa: ANN401  (icalendar's component)
    start = _moment(event, "DTSTART")
    if start is None:
        return None
    end = _moment(event, "DTEND")
    day, at = start
    until = end[1] if end is not None and end[0] == day else None
    kinds = {each.code for each in KINDS}
    kind = next((word for word in _categories(event) if word in kinds), TASK)
    return Planned(
        kind=kind,
        title=title,
        day=day,
        uid=_text(event, "UID"),
        at=at,
        until=until if at is not None and until is not None and until > at else None,
        place=_text(event, "LOCATION"),
        outline=_text(event, "DESCRIPTION"),
    )


def _moment(event: Any, name: str) -> tuple[date, time | None] | None:  # noqa: ANN401  (icalendar's component)
    """Return a day and, where it is said, the time of day in China; a time without a zone is meant so."""
    found = getattr(event.get(name), "dt", None)
    if isinstance(found, datetime):
        local = found.astimezone(CHINA_TIME) if found.tzinfo is not None else found
        return local.date(), local.time().replace(second=0, microsecond=0, tzinfo=None)
    return (found, None) if isinstance(found, date) else None


def _categories(event: Any) -> list[str]:  # noqa: ANN401  (icalendar's component)
    found = event.get("CATEGORIES")
    return [str(each) for each in getattr(found, "cats", ())]


def _text(event: Any, name: str) -> str:  # noqa: ANN401  (icalendar's component)
    return str(event.get(name, "")).strip()
