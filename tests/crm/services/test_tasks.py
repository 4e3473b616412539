"""Tasks are planned, done, put off, taken back; what was said at a visit becomes a follow-up of its lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from crm.database import Database
from crm.domain.calendars.ics import from_ics, to_ics
from crm.errors import NotFoundError, ValueRefusedError
from crm.queries.agenda import agenda, overdue, planned
from crm.queries.records import load_one
from crm.queries.working import follow_ups
from crm.services.calendars import Taken, take_calendar
from crm.services.follow_ups import add_follow_up
from crm.services.history import revert
from crm.services.records import create
from crm.services.tasks import (
    add_task,
    change_task,
    decide_tasks,
    delete_task,
    finish_next_step,
    finish_task,
    move_next_step,
    reopen_task,
)

MONDAY, FRIDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 29)


def _lead(database: Database, **more: object) -> int:
    with database.write(by="王伟", why="new lead") as session:
        return create(session, "leads", {"name": "星瀚传感器（虚构）", "owner": "王伟", **more}).id


def _visit(database: Database, lead_id: int | None) -> int:
    with database.write(by="王伟", why="visit") as session:
        made = add_task(
            session,
            kind="visit",
            title="看厂房",
            day=FRIDAY,
            by="王伟",
            lead_id=lead_id,
            at=time(9, 30),
            until=time(11),
            place="苏州（虚构）",
        )
        return made.id


def test_a_week_shows_what_is_planned_what_was_held_and_the_next_steps(database: Database) -> None:
    lead = _lead(database, next_step="送测算单", next_date="2026-11-25")
    _visit(database, lead)
    with database.write(by="李娜", why="call") as session:
        add_follow_up(session, lead, kind="call", at=MONDAY, by="李娜", note="约定周五看厂房")
    with database.read() as session:
        rows = agenda(session, MONDAY, SUNDAY)
        mine = agenda(session, MONDAY, SUNDAY, owner="李娜")
        late = overdue(session, date(2026, 11, 28))
    assert [(row.source, row.kind, row.day.day) for row in rows] == [
        ("held", "call", 23),
        ("next_step", "next_step", 25),
        ("task", "visit", 27),
    ]
    assert rows[2].at == "09:30"
    assert rows[2].name == "星瀚传感器（虚构）"
    assert [row.source for row in mine] == ["held"]
    assert [row.day.day for row in late.rows] == [25, 27]
    assert late.count == 2


def test_a_next_step_of_a_month_is_overdue_when_the_month_is_over(database: Database) -> None:
    _lead(database, next_step="等图纸", next_date="2026-11")
    with database.read() as session:
        assert overdue(session, date(2026, 11, 30)).count == 0
        assert overdue(session, date(2026, 12, 1)).count == 1
        assert [row.whole for row in agenda(session, date(2026, 11, 30), date(2026, 12, 6))] == [False]


def test_a_visit_that_was_held_becomes_a_follow_up(database: Database) -> None:
    lead = _lead(database)
    task = _visit(database, lead)
    with database.write(by="王伟", why="done") as session:
        finish_task(session, task, date(2026, 11, 28), by="王伟", note="层高不够")
    with database.read() as session:
        note = follow_ups(session, lead)[0]
        assert (note.kind, note.at, note.note) == ("visit", FRIDAY, "层高不够")
        assert overdue(session, date(2026, 12, 5)).count == 0
    with database.write(by="王伟", why="open again") as session:
        reopen_task(session, task)
    with database.read() as session:
        assert overdue(session, date(2026, 12, 5)).count == 1


def test_a_task_is_put_off_and_the_undo_brings_the_day_back(database: Database) -> None:
    task = _visit(database, None)
    with database.write(by="王伟", why="put off") as session:
        change_task(session, task, {"day": date(2026, 11, 30), "until": time(12)})
        number = session.info["xiangtu_writing"].number(session)
    with database.read() as session:
        moved, lead = planned(session, task)
    assert (moved.day, moved.until, lead) == (date(2026, 11, 30), time(12), "")
    with database.write(by="王伟", why="undo") as session:
        revert(session, number)
    with database.read() as session:
        assert planned(session, task)[0].day == FRIDAY


def test_the_next_step_of_a_lead_is_done_or_put_off(database: Database) -> None:
    lead = _lead(database, next_step="送测算单", next_date="2026-11-25")
    with database.write(by="王伟", why="put off") as session:
        move_next_step(session, lead, FRIDAY)
    with database.read() as session:
        assert str(load_one(session, "leads", lead).values["next_date"]) == "2026-11-27"
    with database.write(by="王伟", why="done") as session:
        finish_next_step(session, lead, FRIDAY, by="王伟")
    with database.read() as session:
        assert "next_step" not in load_one(session, "leads", lead).values
        assert follow_ups(session, lead)[0].note == "已办：送测算单"
    with pytest.raises(NotFoundError), database.write(by="王伟", why="done") as session:
        finish_next_step(session, lead, FRIDAY, by="王伟")


def test_the_decisions_of_a_meeting_become_tasks_that_name_it(database: Database) -> None:
    lead = _lead(database)
    with database.write(by="王伟", why="meeting") as session:
        meeting = add_follow_up(session, lead, kind="meeting", at=MONDAY, by="王伟", note="研究用地").id
        decide_tasks(session, meeting, [("核实容积率", "李娜", FRIDAY), ("补充商业计划书", "王伟", FRIDAY)])
    with database.read() as session:
        rows = [row for row in agenda(session, FRIDAY, FRIDAY) if row.source == "task"]
    assert [(row.text, row.by, row.follow_up_id, row.lead_id) for row in rows] == [
        ("核实容积率", "李娜", meeting, lead),
        ("补充商业计划书", "王伟", meeting, lead),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "  "},
        {"kind": "party"},
        {"until": time(9)},
        {"at": time(9), "until": time(9)},
    ],
)
def test_what_cannot_be_planned_is_refused(database: Database, wrong: dict[str, object]) -> None:
    given: dict[str, object] = {"kind": "visit", "title": "看厂房", "day": FRIDAY, "by": "王伟", **wrong}
    with pytest.raises(ValueRefusedError), database.write(by="王伟", why="visit") as session:
        add_task(session, **given)  # type: ignore[arg-type]  # of a table of cases


def test_a_deleted_task_is_gone_and_said_so(database: Database) -> None:
    task = _visit(database, None)
    with database.write(by="王伟", why="delete") as session:
        delete_task(session, task)
    with pytest.raises(NotFoundError), database.write(by="王伟", why="delete") as session:
        delete_task(session, task)


def test_a_calendar_file_is_taken_once_and_moves_what_it_moved(database: Database) -> None:
    lead = _lead(database)
    task = _visit(database, lead)
    now = datetime(2026, 11, 26, tzinfo=UTC)
    with database.read() as session:
        entry, name = planned(session, task)
    with database.write(by="王伟", why="calendar") as session:
        assert take_calendar(session, from_ics(to_ics([(entry, name)], now)), by="王伟") == Taken(0, 0, 1)
    later = replace(entry, day=date(2026, 11, 30), at=time(14), until=time(15))
    other = replace(entry, uid="abc@corp", title="例会")
    with database.write(by="王伟", why="calendar") as session:
        incoming = from_ics(to_ics([(later, name), (other, "")], now))
        assert take_calendar(session, incoming, by="王伟") == Taken(1, 1, 0)
        assert take_calendar(session, incoming, by="王伟") == Taken(0, 0, 2)
    with database.read() as session:
        moved = planned(session, task)[0]
    assert (moved.day, moved.at, moved.title) == (date(2026, 11, 30), time(14), "看厂房")
