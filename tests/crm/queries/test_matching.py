"""What matches rest on, read from a real database: targets, and the words and weights that the bureau entered."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm.database import Database, writing_of
from crm.domain.fields.reading import read_record
from crm.domain.matching.candidates import Candidate, LeftOut
from crm.domain.matching.ground import MatchGround, judge_lead, match_lead
from crm.domain.matching.weights import WEIGHTS
from crm.domain.quantities import Rate
from crm.errors import NotFoundError
from crm.models import Entry
from crm.queries.dictionaries import weights_text
from crm.queries.imports import MEMORY
from crm.queries.matching import KeptGround, load_candidates, load_match_ground
from crm.services.bulk import create_many
from crm.services.history import revert
from crm.services.records import create, update

DAY = date(2026, 11, 22)
LEAD = {"industry": "AI", "land": "0", "space": {"研发": "100㎡"}, "gbt4754": "C2710"}
COMMUNITY = {"code": "RC-90", "fields": ["人工智能"], "status": "open", "space": {"研发": "900㎡"}, "environment": []}


def _enter(database: Database, *entries: Entry) -> None:
    with database.write(by="李", why="词典") as session:
        create(session, "communities", read_record("communities", COMMUNITY))
        session.add_all(entries)


def _entry(dictionary: str, term: str, meaning: str, valid_from: str | None = None) -> Entry:
    return Entry(dictionary=dictionary, term=term, meaning=meaning, valid_from=valid_from, source="测试（虚构）")


def test_all_slots_of_a_new_database_are_there_and_not_ready(database: Database) -> None:
    with database.read() as session:
        ground = load_match_ground(session, DAY)
    lead = read_record("leads", LEAD)
    result = match_lead(lead, ground, judge_lead(lead, ground))
    assert result.communities is not None
    assert result.funds is not None
    assert (len(result.communities.not_ready), len(result.funds.not_ready)) == (12, 119)
    assert not result.communities.ranked


def test_words_and_weights_entered_by_the_bureau_hold(database: Database) -> None:
    own = replace(
        WEIGHTS[0], community={**WEIGHTS[0].community, "industry": {"full": Decimal(50), "same": Decimal(50)}}
    )
    _enter(
        database,
        _entry("industry_alias", "AI", "人工智能"),
        _entry("negative_list", "C26", "某类"),
        _entry("weights", "局定2026", weights_text(own), "2026-06-01"),
    )
    with database.read() as session:
        before, after = (load_match_ground(session, day) for day in (date(2026, 5, 31), DAY))
    lead = read_record("leads", LEAD)
    scores = []
    for ground in (before, after):
        result = match_lead(lead, ground, judge_lead(lead, ground))
        assert result.communities is not None
        (one,) = result.communities.ranked
        assert {each.name: each.result for each in one.criteria}["negative_list"] == "met"
        scores.append((result.weights.version, one.parts["industry"]))
    assert scores == [("2026-11", Decimal(40)), ("局定2026", Decimal(50))]


def test_what_is_on_the_negative_list_is_refused(database: Database) -> None:
    _enter(database, _entry("industry_alias", "AI", "人工智能"), _entry("negative_list", "C27", "某类"))
    with database.read() as session:
        ground = load_match_ground(session, DAY)
    lead = read_record("leads", LEAD)
    result = match_lead(lead, ground, judge_lead(lead, ground))
    assert result.communities is not None
    refused = {one.code: [reason.code for reason in one.refusals] for one in result.communities.refused}
    assert refused["RC-90"] == ["negative_list.not_met"]


LAND = {"area": "高铁新城", "land": "25亩", "land_use": "工业", "annual_tax": "5200万元", "tax_basis": "全口径"}
CANDIDATES = (
    ({"code": "L-1", **LAND, "stage": "签约"}, "4160"),
    ({"code": "L-2", **LAND, "stage": "线索"}, "780"),  # 15 % by the bureau, 5 % by the program
    ({"code": "L-3", **LAND, "stage": "线索", "probability": "60%"}, "3120"),
    ({"code": "L-4", **LAND, "annual_tax": "5200-6000万元", "stage": "在谈"}, "1040"),
    ({"code": "L-5", "land": "无供地", "annual_tax": "100万元", "stage": "评审"}, "50"),
    ({"code": "L-6", **LAND, "annual_tax": "4000万元", "stage": "在谈"}, ["allocation.threshold"]),
    ({"code": "L-7", "stage": "在谈"}, ["allocation.threshold"]),
    ({"code": "L-8", **LAND}, ["allocation.no_stage"]),
    ({"code": "L-9", **LAND, "stage": "在谈", "financing_need": "数千万元"}, ["allocation.fund_unknown"]),
    ({"code": "L-10", "land": "0", "stage": "在谈"}, ["allocation.tax_unknown"]),
    ({"code": "L-11", **LAND, "area": "其他区域", "land_use": "商服", "stage": "在谈"}, ["allocation.consult"]),
)
NOT_LIVE = (
    {"code": "L-20", **LAND, "stage": "供地"},
    {"code": "L-21", **LAND, "stage": "在谈", "status": "搁置"},
)


@pytest.fixture
def leads(database: Database) -> Database:
    with database.write(by="李", why="登记") as session:
        for lead in (*(row for row, _expected in CANDIDATES), *NOT_LIVE):
            create(session, "leads", read_record("leads", {"name": f"项目{lead['code']}（虚构）", **lead}))
        session.add(_entry("stage_probability", "lead", "0.15"))
    return database


def test_live_leads_are_candidates_or_say_why_not(leads: Database) -> None:
    with leads.read() as session:
        rows = {row.code: row for row in load_candidates(session, DAY)}
    assert set(rows) == {row["code"] for row, _expected in CANDIDATES}
    for lead, expected in CANDIDATES:
        row = rows[str(lead["code"])]
        if isinstance(expected, str):
            assert isinstance(row, Candidate), row
            assert row.value == Decimal(expected)
        else:
            assert isinstance(row, LeftOut), row
            assert [reason.code for reason in row.reasons] == expected


def test_leads_named_are_candidates_whatever_their_status(leads: Database) -> None:
    with leads.read() as session:
        (paused, supplied) = load_candidates(session, DAY, ["L-21", "项目L-20（虚构）"])
        assert isinstance(paused, Candidate)
        assert isinstance(supplied, LeftOut)
        assert [reason.code for reason in supplied.reasons] == ["allocation.stage_past"]
        with pytest.raises(NotFoundError):
            load_candidates(session, DAY, ["没有"])


@pytest.mark.parametrize(("rate", "known"), [("0.046", {"JPY": Decimal("0.046")}), ("4.6", {})])
def test_a_rate_nobody_believes_prices_no_financing_need(
    database: Database, rate: str, known: dict[str, Decimal]
) -> None:
    _enter(database, _entry("rate", "JPY", rate, "2026-11-01"))
    with database.read() as session:
        ground = load_match_ground(session, DAY)
    lead = read_record("leads", {**LEAD, "financing_need": "1亿日元"})
    need = match_lead(lead, ground, judge_lead(lead, ground)).need
    assert ground.ground.believed_rates() == known
    assert (need.financing and need.financing.exact, need.financing_currency) == (
        (Decimal(460), None) if known else (None, "JPY")
    )
    given = [Rate("JPY", Decimal("0.05"))]
    assert ground.ground.believed_rates(given) == {"JPY": Decimal("0.05")}


FUND = {"name": "光电基金（虚构）", "kind": "子基金", "fields": ["光电信息"]}


def test_a_ground_is_kept_while_nothing_of_it_changes(database: Database, database_url: str) -> None:
    kept = KeptGround()
    with database.write(by="李", why="登记") as session:
        (fund,) = create_many(session, "funds", [read_record("funds", FUND)])
    first = _loaded(database, kept)
    with database.write(by="李", why="线索") as session:
        create(session, "leads", read_record("leads", LEAD))
        session.add(_entry(MEMORY, "leads:0", "{}"))
    assert _loaded(database, kept) is first
    with closing(Database(database_url)) as other, other.write(by="周", why="改") as session:  # as another program
        update(session, "funds", fund, {"fields": ["新材料"]})
    again = _loaded(database, kept)
    assert [one.fields for one in again.targets.funds if one.name == FUND["name"]] == [{"新材料"}]
    with database.read() as session:
        assert again == load_match_ground(session, DAY)
        assert kept.load(session, DAY + timedelta(days=1)).ground.on == DAY + timedelta(days=1)


def test_a_fund_in_the_place_of_one_taken_back_is_seen(database: Database) -> None:
    """It may have its number and its version; both are of the last of the table."""
    kept = KeptGround()
    with database.write(by="李", why="登记") as session:
        create_many(session, "funds", [read_record("funds", FUND)])
        number = writing_of(session).number(session)
    first = _loaded(database, kept)
    with database.write(by="李", why="撤销") as session:
        revert(session, number)
    with database.write(by="李", why="另一只") as session:
        create_many(session, "funds", [read_record("funds", FUND | {"name": "材料基金（虚构）"})])
    second = _loaded(database, kept)
    assert {one.name for one in second.targets.funds} - {one.name for one in first.targets.funds} == {
        "材料基金（虚构）"
    }


def _loaded(database: Database, kept: KeptGround) -> MatchGround:
    with database.read() as session:
        return kept.load(session, DAY)
