"""The leads that need attention are those whose own clocks say so: the search in the database leaves none out."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from crm.database import Database
from crm.domain.deadlines.clocks import ClockState
from crm.domain.fields.reading import read_record
from crm.queries.deadlines import clocks_due, clocks_of, load_limits, quiet_leads, stage_since
from crm.queries.peek import load_peek
from crm.services.bulk import create_many
from crm.services.deadlines import set_limit
from crm.services.follow_ups import add_follow_up

ON = date(2026, 11, 26)
LATE = {ClockState.DUE, ClockState.OVERDUE}


def _filled(database: Database) -> list[int]:
    chance = Random(7)  # noqa: S311  (the same leads each time)
    documents = [
        {
            "name": f"项目{number}（虚构）",
            "stage": chance.choice(("lead", "assessment", "negotiation", "review", "production", None)),
            "status": chance.choice(("active", "active", "paused", None)),
            "status_reason": "等批复",
            "owner": chance.choice(("王伟", None)),
            "first_reported_at": chance.choice(
                (str(ON - timedelta(days=chance.randrange(60))), "2026-10", None, str(ON - timedelta(days=3)))
            ),
        }
        for number in range(150)
    ]
    with database.write(by="test", why="test") as session:
        ids = create_many(session, "leads", [read_record("leads", each) for each in documents])
        for lead_id in ids[::3]:
            at = ON - timedelta(days=chance.randrange(50))
            add_follow_up(session, lead_id, kind="call", at=at, by="王伟", note="电话")
    return ids


def test_every_late_clock_is_found_and_no_other(database: Database) -> None:
    ids = _filled(database)
    with database.read() as session:
        found = {one.lead_id for one in clocks_due(session, ON)}
        every = clocks_of(session, ids, ON)
        quiet = {one.lead_id for one in quiet_leads(session, ON)}
    assert found == {one.lead_id for one in every if any(clock.state in LATE for clock in one.clocks)}
    assert quiet == {one.lead_id for one in every if any(rest.code == "quiet" and rest.is_over for rest in one.rests)}
    assert 0 < len(quiet) < len(ids)
    assert 0 < len(found) < len(ids)


def test_only_the_leads_of_one_officer_are_asked_for(database: Database) -> None:
    _filled(database)
    with database.read() as session:
        mine = clocks_due(session, ON, owner="王伟")
        nobodys = clocks_due(session, ON, owner="")
        assert {one.owner for one in mine} == {"王伟"}
        assert {one.owner for one in nobodys} == {None}
        assert len(clocks_due(session, ON)) == len(mine) + len(nobodys)


def test_the_longest_overdue_comes_first_and_the_peek_shows_the_same(database: Database) -> None:
    _filled(database)
    with database.read() as session:
        first = clocks_due(session, ON)[0]
        peek = load_peek(session, first.lead_id, ON)
    assert peek is not None
    assert peek.clocks == first.clocks
    assert peek.rests == first.rests
    assert any(clock.state is ClockState.OVERDUE for clock in first.clocks)


def test_limits_of_the_bureau_hold_from_their_day_on(database: Database) -> None:
    with database.write(by="科长", why="limits") as session:
        set_limit(session, "clock.respond", 2, source="局办公会纪要（虚构）", since=ON)
    with database.read() as session:
        assert load_limits(session, ON).clocks["respond"] == 2
        assert load_limits(session, ON - timedelta(days=1)).clocks["respond"] == 1


def test_a_stage_is_counted_from_its_last_change(database: Database) -> None:
    ids = _filled(database)
    with database.read() as session:
        since = stage_since(session, ids)
    assert since.keys() == set(ids)
