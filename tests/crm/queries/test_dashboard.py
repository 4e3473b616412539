"""The figures of the dashboard are those of the list: each mark's filter lists as many leads as the mark counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.domain.thresholds import SEED
from crm.jobs import finish
from crm.jobs.standings import refresh_standings
from crm.queries.dashboard import MOST_MARKS, Dashboard, field_of, frontier, load_dashboard
from crm.queries.lead_list import UNKNOWN, LeadFilter, LeadOrder
from crm.queries.leads import find_lead_ids, totals
from crm.services.bulk import create_many

ON = date(2026, 11, 28)
LEADS = (
    {
        "name": "甲（虚构）",
        "stage": "negotiation",
        "area": "高铁新城",
        "land": "25亩",
        "annual_tax": "5000万元",
        "industry": "新材料",
    },
    {
        "name": "乙（虚构）",
        "stage": "signed",
        "area": "高铁新城",
        "land": "30亩",
        "annual_tax": "5400万元",
        "industry": "新材料",
    },
    {"name": "丙（虚构）", "stage": "signed", "area": "高铁新城", "land": "20-25亩", "annual_tax": "9000万元"},
    {"name": "丁（虚构）", "area": "高新区", "land": "0亩", "industry": "人工智能"},
    {"name": "戊（虚构）", "stage": "lead", "status": "paused", "planned_investment": "200万美元"},
    {"name": "己（虚构）", "stage": "production", "area": "高铁新城"},
)


@pytest.fixture
def leads(database: Database) -> Database:
    with database.write(by="test", why="test") as session:
        create_many(session, "leads", [read_record("leads", each) for each in LEADS])
    finish(refresh_standings(database))
    return database


def shown(database: Database, where: LeadFilter) -> Dashboard:
    with database.read() as session:
        return load_dashboard(session, where, ON)


@pytest.mark.parametrize(
    "where",
    [
        LeadFilter(),
        LeadFilter(statuses=frozenset({"active", UNKNOWN})),
        LeadFilter(areas=frozenset({"高铁新城"})),
        LeadFilter(stages=frozenset({"signed", "production"})),
        LeadFilter(owners=frozenset({"没有此人"})),
    ],
)
def test_every_mark_counts_what_its_filter_lists(leads: Database, where: LeadFilter) -> None:
    facts = shown(leads, where)
    marks = [*facts.verdicts, *facts.areas, *facts.industries]
    with leads.read() as session:
        assert facts.totals == totals(session, where)
        for mark in marks:
            assert len(find_lead_ids(session, mark.where, LeadOrder())) == mark.count
        for step in facts.funnel:
            if step.where.stages:
                assert len(find_lead_ids(session, step.where, LeadOrder())) == step.reached
            else:
                assert step.reached == 0
    for facet in (facts.verdicts, facts.areas, facts.industries):
        assert sum(mark.count for mark in facet) == facts.totals.count


def test_the_funnel_counts_who_is_at_a_stage_or_beyond(leads: Database) -> None:
    facts = shown(leads, LeadFilter())
    steps = {step.stage: (step.reached, step.here) for step in facts.funnel}
    assert steps["lead"] == (5, 1)
    assert steps["signed"] == (3, 2)
    assert steps["production"] == (1, 1)
    assert steps["full_production"] == (0, 0)
    assert facts.without_stage == 1


def test_the_share_of_reached_thresholds_counts_verdicts_alone(leads: Database) -> None:
    facts = shown(leads, LeadFilter())
    assert (facts.met, facts.judged) == (2, 3)


def test_the_plane_holds_leads_with_one_figure_each(leads: Database) -> None:
    with leads.read() as session:
        field = field_of(session, LeadFilter(), "高铁新城", ON)
        assert field_of(session, LeadFilter(), "高新区", ON).count == 0  # it asks for no land
    assert [(point.name, point.land, point.tax, point.verdict) for point in field.points] == [
        ("乙（虚构）", Decimal(30), Decimal(5400), "not_met"),
        ("甲（虚构）", Decimal(25), Decimal(5000), "met"),
    ]
    assert (field.drawable, field.count) == (2, 4)
    assert field.rule is not None
    assert field.rule.least_per_mu == 200


def test_of_many_leads_those_with_the_most_tax_are_drawn(database: Database) -> None:
    rows = [
        {"name": f"第{n}（虚构）", "area": "开发区", "land": "9亩", "annual_tax": f"{n}万元"} for n in range(1, 311)
    ]
    with database.write(by="test", why="test") as session:
        create_many(session, "leads", [read_record("leads", each) for each in rows])
    with database.read() as session:
        field = field_of(session, LeadFilter(), "开发区", ON)
    assert (len(field.points), field.drawable, field.points[-1].tax) == (MOST_MARKS, 310, Decimal(11))


@pytest.mark.parametrize(
    ("area", "widest", "corners"),
    [
        ("高铁新城", 50, [(0, 5000), (25, 5000), (50, 10000)]),
        ("高铁新城", 20, [(0, 5000), (20, 5000)]),
        ("开发区", 50, [(0, 2000), (25, 2000), (50, 4000)]),
        ("其他区域", 10, [(0, 0), (10, 500)]),
    ],
)
def test_the_frontier_is_the_higher_of_both_lines(area: str, widest: int, corners: list[tuple[int, int]]) -> None:
    rule = SEED.rule_for(area, ON)
    assert rule is not None
    assert frontier(rule, Decimal(widest)) == [(Decimal(x), Decimal(y)) for x, y in corners]
