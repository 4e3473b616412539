"""Where leads stand is kept up to date: what changed is worked out again, what is gone is forgotten."""

from __future__ import annotations

from datetime import date

from crm.database import Database, writing_of
from crm.domain.fields.reading import read_record
from crm.jobs import finish
from crm.jobs.standings import refresh_standings
from crm.models import Entry
from crm.queries.leads import facet, load_lead_rows
from crm.services.bulk import create_many
from crm.services.history import revert
from crm.services.records import update

DAY = date(2026, 11, 22)
LEAD = {"name": "甲（虚构）", "area": "高铁新城", "land": "25亩", "annual_tax": "5000万元"}


def test_only_what_changed_is_worked_out_again(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        ids = create_many(session, "leads", [read_record("leads", LEAD | {"name": name}) for name in "甲乙"])
    assert finish(refresh_standings(database, DAY)) == 2
    assert finish(refresh_standings(database, DAY)) == 0
    with database.write(by="李", why="改") as session:
        update(session, "leads", ids[0], {"annual_tax": "4000万元"})
    assert finish(refresh_standings(database, DAY)) == 1
    with database.read() as session:
        assert [row and row.verdict for row in load_lead_rows(session, ids)] == ["not_met", "met"]
        assert dict(facet(session, "verdicts")) == {"met": 1, "not_met": 1}


def test_a_new_day_alone_works_nothing_out_again(database: Database) -> None:
    fund = {"name": "基金（虚构）", "kind": "子基金", "fields": ["光电信息"], "invest_until": "2026-11-30"}
    with database.write(by="李", why="登记") as session:
        create_many(session, "leads", [read_record("leads", LEAD)])
        create_many(session, "funds", [read_record("funds", fund)])
    assert finish(refresh_standings(database, DAY)) == 1
    assert finish(refresh_standings(database, date(2026, 11, 30))) == 0  # the last day still counts
    assert finish(refresh_standings(database, date(2026, 12, 1))) == 1  # the fund invests no more
    assert finish(refresh_standings(database, date(2026, 12, 2))) == 0


def test_a_rate_of_the_day_turns_the_standings(database: Database) -> None:
    lead = LEAD | {"annual_tax": "700万美元"}
    with database.write(by="李", why="登记") as session:
        (lead_id,) = create_many(session, "leads", [read_record("leads", lead)])
        for since, rate in (("2026-11-01", "7.0"), ("2026-12-01", "7.2")):
            session.add(Entry(dictionary="rate", term="USD", meaning=rate, valid_from=since, source="测试"))
    verdicts = []
    for day in (DAY, date(2026, 11, 29), date(2026, 12, 1)):
        finish(refresh_standings(database, day))
        with database.read() as session:
            verdicts += [row and row.verdict for row in load_lead_rows(session, [lead_id])]
    assert verdicts == ["not_met", "not_met", "met"]


def test_a_lead_that_is_taken_back_is_counted_nowhere(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        create_many(session, "leads", [read_record("leads", LEAD)])
        number = writing_of(session).number(session)
    finish(refresh_standings(database, DAY))
    with database.write(by="李", why="撤销") as session:
        revert(session, number)
    assert finish(refresh_standings(database, DAY)) == 0
    with database.read() as session:
        assert facet(session, "verdicts") == []


def test_plots_in_several_areas_have_no_common_tax_per_mu(database: Database) -> None:
    """130 万元 over two areas would be read against the 200 of one, or the 80 of the other."""
    spread = [
        {"area": area, "land": land, "land_use": "工业"} for area, land in (("高铁新城", "10亩"), ("开发区", "30亩"))
    ]
    one = [{**plot, "area": "开发区"} for plot in spread]
    leads = [{"name": "跨区（虚构）", "annual_tax": "5200万元", "plots": plots} for plots in (spread, one)]
    with database.write(by="李", why="登记") as session:
        ids = create_many(session, "leads", [read_record("leads", lead) for lead in leads])
    finish(refresh_standings(database, DAY))
    with database.read() as session:
        assert [row and row.tax_per_mu for row in load_lead_rows(session, ids)] == [None, 130]
