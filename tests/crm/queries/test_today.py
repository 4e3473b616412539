"""What waits today: what is due, who stays too long, what is missing, what an import left to a person."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.jobs import finish
from crm.jobs.imports import Request, import_file
from crm.jobs.standings import refresh_standings
from crm.queries.today import (
    doubts_of_imports,
    due_on,
    held_rows,
    incomplete_leads,
    may_be_compared,
    opened_leads,
    staying_on,
)
from crm.services.bulk import create_many
from crm.services.history import revert
from crm.services.leads import change_lead
from crm.services.tasks import add_task

ON = date(2026, 11, 25)  # a Wednesday
LEADS = (
    {"name": "甲（虚构）", "stage": "negotiation", "owner": "周某", "next_step": "会商", "next_date": "2026-11-20"},
    {
        "name": "乙（虚构）",
        "stage": "signed",
        "owner": "李某",
        "next_date": "2026-11-25",
        "land": "20亩",
        "area": "高新区",
    },
    {"name": "丙（虚构）", "status": "paused", "next_date": "2026-11-01", "land": "20亩"},
    {"name": "丁（虚构）", "next_date": "2026-11-29", "land": "0亩"},
)


@pytest.fixture
def leads(database: Database) -> Database:
    with database.write(by="test", why="test") as session:
        create_many(session, "leads", [read_record("leads", each) for each in LEADS])
        add_task(session, kind="visit", title="走访", day=date(2026, 11, 25), by="周某", lead_id=1)
    finish(refresh_standings(database))
    return database


def test_what_is_due_stands_in_its_group(leads: Database) -> None:
    with leads.read() as session:
        due, mine = due_on(session, ON), due_on(session, ON, "周某")
    assert [(row.text, row.lead_id) for row in due.overdue] == [("会商", 1)]  # the third rests
    assert due.late == 1
    assert sorted((row.source, row.lead_id) for row in due.today) == [("next_step", 2), ("task", 1)]
    assert [row.lead_id for row in due.week] == [4]  # Sunday
    assert ([row.lead_id for row in mine.overdue], [row.lead_id for row in mine.today], mine.week) == ([1], [1], [])


def test_who_stays_too_long_is_told_by_stage(leads: Database) -> None:
    later = date.today() + timedelta(days=61)  # noqa: DTZ011  (the history is written now)
    with leads.read() as session:
        found = staying_on(session, later)
        assert [(group.stage, group.count, [lead.lead_id for lead in group.leads]) for group in found] == [
            ("lead", 1, [4]),
            ("negotiation", 1, [1]),
            ("signed", 1, [2]),
        ]
        rest = found[1].rest(found[1].leads[0])
        assert rest is not None
        assert (rest.days, rest.limit, rest.is_over) == (61, 60, True)
        assert staying_on(session, later - timedelta(days=60)) == []
        assert [group.stage for group in staying_on(session, later, "李某")] == ["signed"]


def test_what_a_verdict_wants_is_counted_for_active_leads(leads: Database) -> None:
    with leads.read() as session:
        count, found = incomplete_leads(session)
        assert incomplete_leads(session, "李某")[0] == 1
    assert count == len(found) == 2
    assert {each.lead_id: list(each.missing) for each in found}[2] == ["annual_tax"]


def test_what_was_opened_lately_keeps_its_order(leads: Database) -> None:
    with leads.read() as session:
        assert [each.name for each in opened_leads(session, [4, 99, 1])] == ["丁（虚构）", "甲（虚构）"]
        assert may_be_compared(session)


def test_a_doubt_of_an_import_waits_until_its_field_is_filled(database: Database, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_text("项目名称,达产年税收（万元）\n甲项目（虚构）,很多\n乙项目（虚构）,800\n", encoding="utf-8")
    finish(import_file(database, Request("leads", ledger, "周某")))
    today = date.today()  # noqa: DTZ011
    with database.read() as session:
        (doubt,) = doubts_of_imports(session, today)
        assert (doubt.name, doubt.row, list(doubt.fields)) == ("甲项目（虚构）", 2, ["annual_tax"])
        assert doubts_of_imports(session, today + timedelta(days=91)) == []
    with database.write(by="周某", why="来函") as session:
        change_lead(session, doubt.lead_id, read_record("leads", {"annual_tax": "900万元"}))
    with database.read() as session:
        assert doubts_of_imports(session, today) == []


def test_an_import_taken_back_leaves_no_doubt(database: Database, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_text("项目名称,达产年税收（万元）\n甲项目（虚构）,很多\n", encoding="utf-8")
    done = finish(import_file(database, Request("leads", ledger, "周某")))
    with database.write(by="周某", why="undo", kind="undo") as session:
        revert(session, done["batch"])
    with database.read() as session:
        assert doubts_of_imports(session, date.today()) == []  # noqa: DTZ011


def test_rows_held_back_wait_until_the_file_comes_again(database: Database, tmp_path: Path) -> None:
    with database.write(by="test", why="test") as session:
        create_many(session, "leads", [read_record("leads", {"name": "精密光电产业园（虚构）"})])
    ledger = tmp_path / "台账.csv"
    ledger.write_text("项目名称,用地（亩）\n精密光电产业园（虚构）,25\n乙项目（虚构）,10\n", encoding="utf-8")
    today = date.today()  # noqa: DTZ011
    finish(import_file(database, Request("leads", ledger, "周某")))
    with database.read() as session:
        (held,) = held_rows(session, today)
        assert (held.file, held.held, held.faulty) == ("台账.csv", 1, 0)
    finish(import_file(database, Request("leads", ledger, "周某", answers={"duplicates": "fill"})))
    with database.read() as session:
        assert held_rows(session, today) == []
