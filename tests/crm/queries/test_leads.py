"""The list of leads: every order by an index, the unknown last, a filter the same whichever way it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from crm.database import Database, Session
from crm.database.upsert import upsert
from crm.domain.fields.reading import read_record
from crm.models import Standing
from crm.queries.first_page import NO_END, NONE, _collected, _halves, _narrowest, _scanned, _sets, _walk, first_lead_ids
from crm.queries.lead_filter import ORDERS, ordered
from crm.queries.lead_list import LeadFilter, LeadOrder
from crm.queries.leads import _sieved, find_lead_ids, load_lead_rows, totals
from crm.services.bulk import create_many

FILTERS = (
    LeadFilter(),
    LeadFilter(stages=frozenset({"lead", "review"})),
    LeadFilter(owners=frozenset({"王伟", ""}), areas=frozenset({"高新区"})),
    LeadFilter(verdicts=frozenset({"met", ""})),
    LeadFilter(missing=frozenset({"annual_tax", "land"}), with_land=False),
    LeadFilter(due_until=20261215, with_land=True),
    LeadFilter(conditions="(annual_tax >= 1000万元 or land is empty) and stage in (线索, 评审)"),
    LeadFilter(conditions="planned_investment >= 1亿元 and annual_tax <= 900 and name contains 项目"),
    LeadFilter(areas=frozenset({"高新区"}), conditions="tax_per_mu >= 100 or match >= 90 or verdict is empty"),
    LeadFilter(conditions="(owner = 王伟 or owner = 李娜) and industry is not empty and verdict = met"),
    WITHOUT := LeadFilter(missing=frozenset({"contact", "land_use"})),
)
ALL_ORDERS = [LeadOrder(key, descending) for key, descending in product(ORDERS, (False, True))]


@pytest.fixture
def leads(database: Database) -> Database:
    """Return a database with 120 leads of every kind; one in four has no standing yet."""
    chance = Random(3)  # noqa: S311  (the same leads each time)
    documents = [_document(chance, number) for number in range(120)]
    with database.write(by="test", why="test") as session:
        ids = create_many(session, "leads", [read_record("leads", each) for each in documents])
    with database.write(by="", why="standings", kind="derived") as session:
        upsert(session.connection(), Standing, [_standing(chance, each) for each in ids if each % 4], key=["lead_id"])
    return database


def _document(chance: Random, number: int) -> dict[str, Any]:
    document = {
        "name": f"项目{chance.randrange(40)}（虚构）",
        "stage": chance.choice(("lead", "assessment", "review", None)),
        "industry": chance.choice(("人工智能", "新材料", None)),
        "area": chance.choice(("高新区", "开发区", None)),
        "owner": chance.choice(("王伟", "李娜", None)),
        "planned_investment": chance.choice(("5000万元", "1.2亿元", "200万美元", None)),
        "land": chance.choice(("25亩", "0亩", "12.5亩", None)),
        "annual_tax": chance.choice(("800万元", "5000万元", None)),
        "next_date": chance.choice(("2026-12-01", "2026-12", None)),
        "contact": chance.choice(("钱某（虚构）", None)),
        "land_use": chance.choice(("工业", None)),
        "notes": str(number),
    }
    return {name: value for name, value in document.items() if value is not None}


def _standing(chance: Random, lead_id: int) -> dict[str, Any]:
    return {
        "lead_id": lead_id,
        "lead_version": 1,
        "basis": "test",
        "verdict": chance.choice(("met", "not_met", "incomplete")),
        "critical": 0,
        "tax_per_mu": chance.choice((800_000, 2_000_000, None)),
        "match": chance.choice((9_500, 6_050, None)),
    }


def _walked(session: Session, where: LeadFilter, order: LeadOrder) -> list[int]:
    """Return the ids as they come where the filter keeps many leads: tested along the order's index."""
    return [each for query in ordered(where, order) for each in session.connection().execute(query).scalars()]


def _key(session: Session, lead_id: int, order: LeadOrder) -> Any:  # noqa: ANN401  (a column's value)
    column = ORDERS[order.key]
    owner = column.table.c.get("lead_id") if column.table.name == "standing" else column.table.c.id
    return (
        session.connection().execute(column.table.select().with_only_columns(column).where(owner == lead_id)).scalar()
    )


@pytest.mark.parametrize("order", ALL_ORDERS, ids=lambda one: f"{one.key}-{one.descending}")
def test_every_lead_stands_once_in_order_and_the_unknown_last(leads: Database, order: LeadOrder) -> None:
    with leads.read() as session:
        ids = list(find_lead_ids(session, LeadFilter(), order))
        keys = [_key(session, each, order) for each in ids]
    assert sorted(ids) == list(range(min(ids), min(ids) + 120))
    known = [key for key in keys if key is not None]
    assert keys == [*known, *[None] * (120 - len(known))]
    assert all(a >= b if order.descending else a <= b for a, b in pairwise(known))


@pytest.mark.parametrize("where", FILTERS, ids=range(len(FILTERS)))
def test_a_filter_gives_the_same_whether_collected_or_walked(leads: Database, where: LeadFilter) -> None:
    with leads.read() as session:
        counted = totals(session, where).count
        for order in ALL_ORDERS:
            collected = list(find_lead_ids(session, where, order))
            assert collected == _walked(session, where, order)
            assert list(_sieved(session, where, order)) == collected
            assert first_lead_ids(session, where, order, 7) == collected[:7]
            assert len(collected) == counted


@pytest.mark.parametrize("where", FILTERS[1:], ids=range(1, len(FILTERS)))
def test_the_first_page_is_the_same_whichever_way_it_is_found(leads: Database, where: LeadFilter) -> None:
    with leads.read() as session:
        for order in ALL_ORDERS:
            wanted = list(find_lead_ids(session, where, order))[:7]
            narrowest = _narrowest(session, where, ORDERS[order.key])
            assert first_lead_ids(session, where, order, 7) == wanted
            assert _walk(session, _halves(where, NONE, order), 7, NO_END) == wanted
            assert _walk(session, _halves(where, narrowest, order), 7, NO_END) == wanted
            assert _walk(session, _halves(where, narrowest, order), 7, 11) in (wanted, None)
            for few in filter(lambda each: each.ids is not None, (narrowest, _scanned(where))):
                collected = _collected(where, few, order)
                assert [each for query in collected for each in session.connection().execute(query).scalars()][
                    :7
                ] == wanted


def test_a_walk_gives_way_when_it_has_gone_far(leads: Database) -> None:
    newest_first, where = LeadOrder("updated"), LeadFilter(stages=frozenset({"lead"}))
    with leads.read() as session:
        assert _walk(session, _halves(where, NONE, newest_first), 60, 50) is None
        assert _walk(session, _halves(where, NONE, newest_first), 60, 120) is not None


def test_rows_come_in_the_order_asked_for_and_say_who_is_gone(leads: Database) -> None:
    with leads.read() as session:
        ids = list(find_lead_ids(session, LeadFilter(), LeadOrder("match")))
        rows = load_lead_rows(session, [ids[5], 10**6, ids[0]])
    assert [row.id if row else None for row in rows] == [ids[5], None, ids[0]]
    best = rows[2]
    assert best is not None
    assert best.match is not None
    assert str(best.match) == "95"


def _plan(session: Session, query: Select[Any]) -> Sequence[str]:
    text = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    return [step[3] for step in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]


@pytest.mark.parametrize("order", ALL_ORDERS, ids=lambda one: f"{one.key}-{one.descending}")
def test_no_order_sorts_what_it_shows(sqlite_url: str, order: LeadOrder) -> None:
    """A million leads are never sorted for a page: the known values walk an index, with any filter that keeps many."""
    database = Database(Path(sqlite_url))
    with database.read() as session:
        for where in (each for each in FILTERS if not each.missing or each is WITHOUT):
            for half in ordered(replace(where, ids=None), order):
                plan = _plan(session, half.limit(200))
                assert not [step for step in plan if "TEMP B-TREE FOR ORDER" in step], plan
    database.close()


def test_the_leads_without_a_contact_are_found_without_reading_the_others(sqlite_url: str) -> None:
    database = Database(Path(sqlite_url))
    with database.read() as session:
        for missing in ({"contact"}, {"land_use"}, {"contact", "land_use"}):
            (ids,) = _sets(LeadFilter(missing=frozenset(missing))).values()
            plan = _plan(session, ids)
            assert not [step for step in plan if step.startswith("SCAN")], plan
            assert {f"ix_leads_without_{name}" for name in missing} <= set(" ".join(plan).split()), plan
    database.close()
