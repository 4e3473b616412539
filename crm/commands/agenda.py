"""``xiangtu agenda``: a week with its working days, what is overdue, response clocks that are due; .ics out and in."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.database import Session
    from crm.queries.agenda import AgendaRow
    from crm.queries.deadlines import LeadClocks

HELP = N_("show a week: visits, tasks, next steps, what is overdue, response clocks; calendar files out and in")

DAYS = 7


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--week", metavar="DATE", help=_("a day of the week, YYYY-MM-DD; default: today"))
    parser.add_argument("--mine", action="store_true", help=_("only what is mine (see --by)"))
    parser.add_argument(
        "--ics", metavar="F.ics", type=Path, help=_("write the planned entries of the week as a calendar file")
    )
    parser.add_argument("--take", metavar="F.ics", type=Path, help=_("plan what a calendar file says"))


def run(context: Context) -> int:
    """Take a file when asked, then print the week and write it when asked."""
    from crm.commands.opening import opened
    from crm.commands.options import day_given

    arguments = context.arguments
    day = day_given(arguments.week)
    monday = day - timedelta(days=day.weekday())
    with opened(context) as workspace:
        taken = _take(workspace.database, arguments.take, workspace.user) if arguments.take else {}
        owner = workspace.user if arguments.mine else None
        with workspace.database.read() as session:
            document, lines = _week(session, monday, day_given(None), owner)
            if arguments.ics:
                document["ics"] = _write(session, arguments.ics, monday, owner)
    document |= taken
    context.answer(document, lambda: "\n".join([*lines, *_told(document)]))
    return DONE


def _take(database: Any, path: Path, by: str) -> dict[str, Any]:  # noqa: ANN401  (a Database)
    """Plan what a calendar file says.

    Raises:
        FileRefusedError: it is no calendar file, or cannot be read.
    """
    from crm.domain.calendars.explain import note_text
    from crm.domain.calendars.ics import from_ics
    from crm.errors import FileRefusedError
    from crm.services.calendars import take_calendar

    try:
        incoming = from_ics(path.read_bytes())
    except (OSError, ValueError) as error:
        message = _("{file} is not a calendar file that can be read.").format(file=path.name)
        raise FileRefusedError(message, where=str(path)) from error
    with database.write(by=by, why=_("calendar file")) as session:
        taken = take_calendar(session, incoming, by=by)
    counts = {"new": taken.new, "changed": taken.changed, "same": taken.same}
    return {"taken": counts, "notes": [note_text(note) for note in incoming.notes]}


def _write(session: Session, path: Path, monday: date, owner: str | None) -> str:
    from crm.domain.calendars.ics import to_ics
    from crm.files import check_over, save_bytes
    from crm.queries.agenda import agenda, planned

    check_over(path, ".ics")
    rows = agenda(session, monday, monday + timedelta(days=DAYS - 1), owner=owner)
    entries = [planned(session, row.task_id) for row in rows if row.task_id is not None]
    save_bytes(path, to_ics(entries, datetime.now(tz=UTC)))
    return str(path)


def _week(session: Session, monday: date, on: date, owner: str | None) -> tuple[dict[str, Any], list[str]]:
    """Return the document of the week and its lines."""
    from crm.domain.deadlines.explain import unarranged_text
    from crm.domain.deadlines.working_days import day_kind, unarranged_years
    from crm.queries.agenda import agenda, overdue
    from crm.queries.deadlines import clocks_due

    days = [monday + timedelta(days=number) for number in range(DAYS)]
    rows = agenda(session, monday, days[-1], owner=owner)
    late, clocks = overdue(session, on, owner=owner), clocks_due(session, on, owner=owner)
    document = {
        "week": monday.isoformat(),
        "days": [{"day": day.isoformat(), "kind": day_kind(day).value} for day in days],
        "unarranged_years": list(unarranged_years(days)),
        "entries": [_entry(row) for row in rows],
        "overdue": {"count": late.count, "entries": [_entry(row) for row in late.rows]},
        "clocks": [entry for lead in clocks for entry in _clocks(lead)],
    }
    lines = [line for day in days for line in _day(day, rows)]
    lines += _section(_("Overdue: {count}").format(count=late.count), [_line(row, dated=True) for row in late.rows])
    lines += _section(_("Response clocks"), [line for lead in clocks for line in _clock_lines(lead, on)])
    lines += [text] if (text := unarranged_text(unarranged_years(days))) else []
    return document, lines


def _day(day: date, rows: list[AgendaRow]) -> list[str]:
    from crm.domain.deadlines.explain import day_note, weekday_name

    note = day_note(day)
    head = f"{day.isoformat()} {weekday_name(day)}" + (f" ({note})" if note else "")
    return [head, *(f"  {_line(row)}" for row in rows if row.day == day)]


def _section(head: str, lines: list[str]) -> list[str]:
    return ["", head, *(f"  {line}" for line in lines)] if lines else []


def _line(row: AgendaRow, *, dated: bool = False) -> str:
    from crm.domain.calendars.explain import kind_text

    mark = "✓" if row.done else "·"
    when = row.day.isoformat() if dated else row.at
    return " ".join(
        part for part in (mark, when, kind_text(row.kind), row.name, row.text.split("\n")[0], row.by) if part
    )


def _clock_lines(lead: LeadClocks, on: date) -> list[str]:
    from crm.domain.deadlines.clocks import ClockState
    from crm.domain.deadlines.explain import clock_text

    waiting = [clock for clock in lead.clocks if clock.state in (ClockState.DUE, ClockState.OVERDUE)]
    return [f"{lead.code} {lead.name} {clock_text(clock, on)}" for clock in waiting]


def _clocks(lead: LeadClocks) -> list[dict[str, Any]]:
    return [
        {
            "lead": lead.code,
            "clock": clock.code,
            "days": clock.days,
            "due": clock.due.isoformat(),
            "state": clock.state.value,
        }
        for clock in lead.clocks
    ]


def _entry(row: AgendaRow) -> dict[str, Any]:
    return {
        "source": row.source,
        "kind": row.kind,
        "day": row.day.isoformat(),
        "at": row.at or None,
        "until": row.until or None,
        "text": row.text,
        "lead": row.code or None,
        "by": row.by or None,
        "place": row.place or None,
        "done": row.done,
        "task": row.task_id,
    }


def _told(document: dict[str, Any]) -> list[str]:
    lines = []
    if taken := document.get("taken"):
        lines += ["", _("From the file: {new} new, {changed} changed, {same} the same.").format(**taken)]
        lines += document["notes"]
    if document.get("ics"):
        lines += ["", _("Calendar file: {file}").format(file=document["ics"])]
    return lines
