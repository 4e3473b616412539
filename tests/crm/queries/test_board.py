"""The lanes of the board hold what the list holds, with its sums; who stays too long is told by the history."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.queries.board import NOTHING, lane_filter, lane_stages, lane_totals
from crm.queries.lead_list import UNKNOWN, LeadFilter, LeadOrder
from crm.queries.leads import find_lead_ids, totals
from crm.queries.staying import count_staying, staying_leads
from crm.services.bulk import create_many
from crm.services.leads import change_lead

LEADS = (
    {"name": "甲（虚构）", "stage": "negotiation", "planned_investment": "1.2亿元", "land": "25亩", "area": "高新区"},
    {"name": "乙（虚构）", "stage": "negotiation", "planned_investment": "200万美元", "land": "0.00005亩"},
    {"name": "丙（虚构）", "stage": "negotiation", "status": "paused", "area": "高新区"},
    {"name": "丁（虚构）", "stage": "signed", "planned_investment": "3000-5000万元", "signed_on": "2026-03"},
    {"name": "戊（虚构）", "area": "开发区"},
)
TODAY = date.today()  # noqa: DTZ011  (the history is written now)


@pytest.fixture
def leads(database: Database) -> Database:
    with database.write(by="test", why="test") as session:
        create_many(session, "leads", [read_record("leads", each) for each in LEADS])
    return database


@pytest.mark.parametrize(
    "where",
    [
        LeadFilter(),
        LeadFilter(areas=frozenset({"高新区"})),
        LeadFilter(stages=frozenset({"signed", UNKNOWN})),
        LeadFilter(verdicts=frozenset({UNKNOWN}), statuses=frozenset({UNKNOWN})),
    ],
)
def test_the_lanes_together_are_the_list(leads: Database, where: LeadFilter) -> None:
    with leads.read() as session:
        lanes, whole = lane_totals(session, where), totals(session, where)
        assert sum(lane.count for lane in lanes.values()) == whole.count
        assert sum(lane.investment for lane in lanes.values()) == whole.investment
        assert sum(lane.land for lane in lanes.values()) == whole.land
        for stage in lane_stages(where, lanes):
            found = find_lead_ids(session, lane_filter(where, stage), LeadOrder())
            assert len(found) == lanes.get(stage, NOTHING).count


def test_a_lane_says_what_its_sums_count(leads: Database) -> None:
    with leads.read() as session:
        lane = lane_totals(session, LeadFilter())["negotiation"]
    assert (lane.count, lane.investment, lane.investment_known, lane.investment_foreign) == (3, Decimal(12000), 1, 1)
    assert (lane.land, lane.land_known) == (Decimal("25.00005"), 2)


def test_leads_without_a_stage_have_a_lane_where_there_are_some() -> None:
    assert lane_stages(LeadFilter())[0] == "lead"
    assert lane_stages(LeadFilter(), {UNKNOWN: NOTHING})[0] == UNKNOWN
    assert lane_stages(LeadFilter(stages=frozenset({"signed"})), {UNKNOWN: NOTHING}) == ["signed"]


@pytest.mark.parametrize(("days", "late"), [(60, []), (61, [1, 2])])
def test_a_lead_is_late_the_day_after_its_limit(leads: Database, days: int, late: list[int]) -> None:
    on = TODAY + timedelta(days=days)
    with leads.read() as session:
        assert staying_leads(session, "negotiation", 60, on, most=9) == late  # the third rests
        assert count_staying(session, "negotiation", 60, on) == len(late)


def test_a_lead_that_moved_lately_is_not_late(leads: Database) -> None:
    with leads.write(by="test", why="moves") as session:
        change_lead(session, 1, {"stage": "review"})
        change_lead(session, 1, {"stage": "negotiation"}, reason="评审退回")
    on = TODAY + timedelta(days=61)
    with leads.read() as session:
        assert staying_leads(session, "negotiation", 60, on, most=9) == [2, 1]  # both moves are of the same day
        assert staying_leads(session, "negotiation", 61, on, most=9) == []
