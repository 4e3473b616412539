"""Merging, splitting, deciding on duplicates, the ledger of first reports, shared credit (N1, C28)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import text

from crm.database import Database, writing_of
from crm.domain.companies.claims import Guard
from crm.domain.companies.merging import Take
from crm.errors import ConflictError, NotFoundError, ValueRefusedError
from crm.models import DATA_MODELS, RECORD_MODELS, table_of
from crm.queries.credit import credit_table
from crm.queries.duplicates import duplicate_leads
from crm.queries.first_reports import lapsing, protection_of
from crm.queries.merging import merge_preview
from crm.queries.records import Record, load, load_one
from crm.queries.working import follow_ups
from crm.services.clock import today
from crm.services.decisions import decide
from crm.services.first_reports import report
from crm.services.follow_ups import add_follow_up
from crm.services.history import revert
from crm.services.leads import change_lead
from crm.services.merging import merge, split
from crm.services.records import delete, update
from tests.crm.services.making import lead, made

CODE = "91320507MA9XC00178"
FIRST = {
    "name": "苏州某某智能科技有限公司",
    "credit_code": CODE,
    "first_reported_at": "2026-11-03 09:12",
    "first_reporter": "高铁新城招商一科",
    "bureau": "高铁新城招商一科",
}
SECOND = {
    "name": "某某智能（苏州）项目",
    "credit_code": CODE,
    "first_reported_at": "2026-11-05 15:40",
    "first_reporter": "高新区招商局",
    "bureau": "高新区招商局",
}


def _merged(database: Database, kept: Record, gone: Record, **take: Take) -> int:
    with database.write(by="李", why="合并") as session:
        merge(session, merge_preview(session, kept.kind, kept.id, gone.id), "同一项目", take)
        return writing_of(session).number(session)


def _everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return what stands in the tables that a merge touches, without versions and moments of writing."""
    left_out = {"version", "created_at", "updated_at"}
    found: dict[str, list[tuple[Any, ...]]] = {}
    with database.read() as session:
        for word in ("leads", "enterprises", "financing-needs", "first-reports", "merges", "plots", "talents"):
            table = table_of(RECORD_MODELS[word])
            columns = [column for column in table.c if column.name not in left_out]
            found[word] = sorted(map(tuple, session.connection().execute(table.select().with_only_columns(*columns))))
        for kind in ("follow_up", "task"):
            table = table_of(DATA_MODELS[kind])
            found[kind] = sorted((row.id, row.lead_id) for row in session.connection().execute(table.select()))
    return {name: [tuple(map(repr, row)) for row in rows] for name, rows in found.items()}


def _two_leads(database: Database) -> tuple[Record, Record]:
    """Make two leads of one project; everything that can name a lead names the second."""
    first = lead(database, **SECOND, land="25亩", industries=["大数据"], notes="甲记")
    second = lead(database, **FIRST, contact="王某", industries=["人工智能", "大数据"], notes="乙记", land="30亩")
    made(database, "financing-needs", lead=second.code, kind="股权", amount="3000万元")
    made(database, "talents", name="钱某", leads=[first.code, second.code])
    made(database, "enterprises", name="某某智能", leads=[second.code])
    made(database, "first-reports", lead=second.code, reporter="街道", reported_at="2026-11-01 08:00", kind="预登记")
    made(database, "plots", code="P-1", status="locked", locked_by=second.code, locked_until="2030-01-01")
    with database.write(by="李", why="跟进") as session:
        add_follow_up(session, second.id, kind="call", at=date(2026, 11, 6), by="李", note="电话")
    return first, second


def test_a_merge_moves_all_that_names_the_other_and_is_taken_back_whole(database: Database) -> None:
    first, second = _two_leads(database)
    before = _everything(database)
    with database.read() as session:
        preview = merge_preview(session, "leads", first.id, second.id)
    moves = {(each.kind, each.field): len(each.ids) for each in preview.moves}
    assert moves == {
        ("financing-needs", "lead"): 1,
        ("talents", "leads"): 1,
        ("enterprises", "leads"): 1,
        ("first-reports", "lead"): 1,
        ("plots", "locked_by"): 1,
        ("follow_up", "lead_id"): 1,
    }
    number = _merged(database, first, second, land=Take.GONE)
    with database.read() as session:
        kept = load_one(session, "leads", second.code)  # its code leads to the one that stays
        assert kept.code == first.code
        assert (kept.values["contact"], kept.values["notes"], str(kept.values["land"].low)) == (
            "王某",
            "甲记\n乙记",
            "30",
        )
        assert kept.values["industries"] == ("大数据", "人工智能")
        assert kept.values["first_reporter"] == "高铁新城招商一科"  # the first report goes with the lead reported first
        assert load_one(session, "talents", "钱某").values["leads"] == (first.code,)
        assert len(follow_ups(session, first.id)) == 1
        (noted,) = load(session, "merges")
        assert (noted.values["gone_code"], noted.values["merged_by"]) == (second.code, "李")
        assert {each.kind for each in preview.moves} >= {"plots"}
    with database.write(by="李", why="撤销") as session:
        assert revert(session, number).kept == []
    assert _everything(database) == before


def test_it_is_split_later_and_what_was_changed_since_stays_and_is_told(database: Database) -> None:
    first, second = _two_leads(database)
    _merged(database, first, second)
    with database.write(by="王", why="补充") as session:
        change_lead(session, first.id, {"contact": "赵某"})
        add_follow_up(session, first.id, kind="call", at=date(2026, 11, 20), by="王", note="再谈")
    with database.write(by="李", why="拆分") as session:
        done = split(session, second.code)
    assert ([each.field for each in done.done.kept], done.since) == (["contact"], 1)
    with database.read() as session:
        assert load_one(session, "leads", second.code).id == second.id
        assert [each.note for each in follow_ups(session, second.id)] == ["电话"]
        assert load(session, "merges") == []


def test_of_chained_merges_the_later_is_split_first(database: Database) -> None:
    one, two, three = (lead(database, name=f"{name}项目（虚构）") for name in "甲乙丙")
    _merged(database, two, three)
    _merged(database, one, two)
    with database.read() as session:
        assert load_one(session, "leads", three.code).id == one.id
        later = load(session, "merges")[-1].code
    with pytest.raises(ConflictError, match=later), database.write(by="李", why="拆分") as session:
        split(session, three.code)
    for code in (two.code, three.code):
        with database.write(by="李", why="拆分") as session:
            split(session, code)
    with database.read() as session:
        assert [each.code for each in load(session, "leads")] == [one.code, two.code, three.code]


def test_a_table_or_column_nobody_told_of_stops_a_merge(database: Database) -> None:
    first, second = lead(database), lead(database, name="乙（虚构）")
    for statement, match in (
        ("CREATE TABLE extra (id BIGINT, lead_id BIGINT)", "extra"),
        ("ALTER TABLE task ADD COLUMN other_lead INTEGER", "task.other_lead"),
    ):
        with database.engine.begin() as connection:
            connection.execute(text(statement))
        with pytest.raises(ConflictError, match=match), database.read() as session:
            merge_preview(session, "leads", first.id, second.id)
        with database.engine.begin() as connection:
            connection.execute(text("DROP TABLE IF EXISTS extra"))


def test_a_merge_is_refused_without_reason_after_a_change_and_where_two_stewards_would_meet(database: Database) -> None:
    first, second = lead(database), lead(database, name="乙（虚构）")
    with database.read() as session:
        seen = merge_preview(session, "leads", first.id, second.id)
    with pytest.raises(ValueRefusedError), database.write(by="李", why="合并") as session:
        merge(session, seen, " ")
    with pytest.raises(ValueRefusedError), database.write(by="李", why="合并") as session:
        merge(session, seen, "同一项目", {"land": Take.GONE})
    for each in (first, second):
        made(database, "stewards", lead=each.code, steward="李", since="2026-01-01")
    with pytest.raises(ConflictError, match="重新"), database.write(by="李", why="合并") as session:
        merge(session, seen, "同一项目")
    with pytest.raises(ConflictError, match="管家"):
        _merged(database, first, second)
    with database.read() as session:
        assert len(load(session, "leads")) == 2


def test_enterprises_are_one_under_all_their_names(database: Database) -> None:
    one = made(database, "enterprises", name="苏州道生智能科技有限公司", credit_code=CODE, aliases=["道生智能"])
    two = made(database, "enterprises", name="道生科技", former_names=["苏州旧名科技有限公司"], roles=["投资方"])
    made(database, "performance", enterprise=two.code, year="2027", kind="实际", tax="800")
    led = lead(database, led_by="道生科技")
    _merged(database, one, two)
    with database.read() as session:
        kept = load_one(session, "enterprises", two.code)
        assert kept.values["aliases"] == ("道生智能", "道生科技")
        assert kept.values["former_names"] == ("苏州旧名科技有限公司",)
        assert load(session, "performance")[0].values["enterprise"] == one.code
        assert load_one(session, "leads", led.code).values["led_by"] == one.code


# ----------------------------------------------------------------------------- decisions


def test_c28_two_offices_report_one_investor_and_both_records_stay(database: Database) -> None:
    one, two = lead(database, **FIRST), lead(database, **SECOND)
    with database.read() as session:
        (pair,) = duplicate_leads(session)
    assert (pair.likelihood.value, pair.reasons[0].code) == ("certain", "same_credit_code")
    assert pair.first is not None
    assert pair.first.reporter == "高铁新城招商一科"
    values = {"conclusion": "协同跟进", "reason": "信用代码相同", "decided_by": "区招商领导小组"}
    with database.write(by="李", why="会商") as session:
        decide(session, "leads", (one.code, two.code), values)
    with database.read() as session:
        assert duplicate_leads(session) == []
        second = load_one(session, "leads", two.code)
        assert (second.values["status"], one.code in second.values["status_reason"]) == ("transferred", True)
        assert all("协同跟进" in follow_ups(session, each.id)[0].note for each in (one, two))  # both are told
        assert [(each.unit, each.credit) for each in credit_table(session)] == [("高铁新城招商一科", Fraction(1))]


def test_what_is_no_duplicate_is_remembered_until_a_key_field_changes(database: Database) -> None:
    one, two = lead(database, **FIRST), lead(database, **SECOND)
    with pytest.raises(ValueRefusedError), database.write(by="李", why="会商") as session:
        decide(session, "leads", (one.code, two.code), {"conclusion": "two_projects"})
    with database.write(by="李", why="会商") as session:
        decide(session, "leads", (one.code, two.code), {"conclusion": "two_projects", "reason": "两期项目"})
    with database.write(by="李", why="改") as session:
        update(session, "leads", one.id, {"jobs": "20"})
    with database.read() as session:
        assert duplicate_leads(session) == []
        assert [pair.is_open for pair in duplicate_leads(session, settled=True)] == [False]
    with database.write(by="李", why="改") as session:
        update(session, "leads", one.id, {"contact_phone": "13800001111"})
    with database.read() as session:
        (pair,) = duplicate_leads(session)
        assert pair.decided is not None
        assert pair.decided.reopened


def test_enterprises_are_compared_by_every_name_and_by_their_group(database: Database) -> None:
    one = made(database, "enterprises", name="苏州新名智能装备有限公司", former_names=["苏州旧名机械有限公司"])
    two = made(database, "enterprises", name="旧名机械")
    three = made(database, "enterprises", name="丙甲公司（虚构）", company_group="丁集团", industry="大数据")
    four = made(database, "enterprises", name="戊己公司（虚构）", company_group="丁集团", industry="大数据")
    with database.read() as session:
        found = {(pair.a.code, pair.b.code): pair.reasons[0].code for pair in duplicate_leads(session, "enterprises")}
    assert found == {(one.code, two.code): "former_name", (three.code, four.code): "same_group"}


# ----------------------------------------------------------------------------- first reports


def test_the_first_report_stays_and_only_its_ledger_moves_it(database: Database) -> None:
    project = lead(database, **FIRST)
    with pytest.raises(ValueRefusedError, match="首报"), database.write(by="王", why="改") as session:
        change_lead(session, project.id, {"first_reported_at": "2026-10-01"})
    with pytest.raises(ValueRefusedError, match="首报"), database.write(by="王", why="改") as session:
        update(session, "leads", project.id, {"first_reporter": "王"})
    earlier = {
        "reporter": "街道招商办",
        "reported_at": "2026-11-01 10:00",
        "kind": "正式首报",
        "proof": "收文〔2026〕1号",
    }
    with database.write(by="王", why="补报") as session:
        entry = report(session, project.code, earlier)
    with database.read() as session:
        found, _guard = protection_of(session, load_one(session, "leads", project.code), date(2026, 11, 10))
        assert found.first is not None
        assert (found.first.entry.unit, len(found.entries)) == ("街道招商办", 2)
        assert load_one(session, "leads", project.code).values["first_reporter"] == "街道招商办"
    with pytest.raises(ValueRefusedError, match="只增不改"), database.write(by="王", why="改") as session:
        update(session, "first-reports", entry.id, {"reported_at": "2026-10-01"})
    with pytest.raises(ConflictError), database.write(by="王", why="删") as session:
        delete(session, "first-reports", entry.id)


def test_a_first_report_can_be_told_more_precisely(database: Database) -> None:
    project = lead(database, first_reported_at="2026-11")
    with database.write(by="王", why="补") as session:
        change_lead(session, project.id, {"first_reported_at": "2026-11-03 09:12", "first_reporter": "王"})
    with database.read() as session:
        found, _guard = protection_of(session, load_one(session, "leads", project.code), date(2026, 11, 10))
    assert [str(entry.at) for entry in found.entries] == ["2026-11"]  # what was registered stays to be seen


def test_a_lapsing_protection_is_told_and_a_follow_up_renews_it(database: Database) -> None:
    on = today()
    whole = {
        "investor": "甲（虚构）",
        "industry": "大数据",
        "planned_investment": "1亿元",
        "contact": "王",
        "source": "自荐",
    }
    project = lead(database, stage="negotiation", first_reported_at=str(on - timedelta(days=56)), **whole)
    lead(database, stage="negotiation", first_reported_at=str(on - timedelta(days=20)), **whole)
    with database.read() as session:
        (near,) = lapsing(session, on)
    assert (near.code, near.protection.state) == (project.code, Guard.LAPSING)
    with database.write(by="李", why="跟进") as session:
        add_follow_up(session, project.id, kind="call", at=on, by="李", note="电话")
    with database.read() as session:
        assert lapsing(session, on) == []


# ----------------------------------------------------------------------------- shared credit


def test_shares_come_to_one_and_the_whole_counts_each_project_once(database: Database) -> None:
    one, _two = lead(database, bureau="甲局"), lead(database, name="乙（虚构）", bureau="乙局")
    shared = {"first_unit": "甲局", "first_share": "33.33", "landing_unit": "乙局", "agreed_on": "2026-11-05"}
    with pytest.raises(ValueRefusedError, match="100"):
        made(database, "transfers", lead=one.code, landing_share="66.66", state="已商定", **shared)
    made(database, "transfers", lead=one.code, landing_share="66.67", state="已商定", **shared)
    with database.read() as session:
        found = {each.unit: (each.projects, each.credit) for each in credit_table(session)}
    assert found == {"甲局": (1, Fraction(3333, 10000)), "乙局": (2, Fraction(16667, 10000))}
    assert sum(credit for _projects, credit in found.values()) == 2


def test_a_decision_a_merge_and_a_correction_say_what_they_are_about(database: Database) -> None:
    project = lead(database)
    decided = {"conclusion": "two_projects", "decided_by": "李", "decided_on": "2026-11-05"}
    for table, values in (
        ("duplicate-decisions", {"lead": project.code, **decided}),
        ("duplicate-decisions", {"lead": project.code, "other_lead": project.code, **decided}),
        ("merges", {"gone_code": "X", "merged_on": "2026-11-05", "merged_by": "李", "reason": "同"}),
        ("first-reports", {"lead": project.code, "reporter": "李", "reported_at": "2026-11-05", "kind": "更正"}),
    ):
        with pytest.raises(ValueRefusedError):
            made(database, table, **values)
    with pytest.raises(NotFoundError), database.write(by="李", why="拆分") as session:
        split(session, "HB-没有")
    with pytest.raises(ValueRefusedError), database.read() as session:
        merge_preview(session, "funds", 1, 2)
