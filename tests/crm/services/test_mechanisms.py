"""Mechanisms of the district that need records; each test runs the acceptance check of its row in systems.md."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crm.database import Database, writing_of
from crm.domain.quantities.calendar_days import exact
from crm.errors import ConflictError, NotFoundError, StepNotAllowedError, ValueRefusedError
from crm.jobs import finish
from crm.jobs.imports import Request, import_file
from crm.queries.links import ids_naming, links_to
from crm.queries.records import load, load_one
from crm.services.approvals import make_checklist
from crm.services.attraction import convert_sign_up
from crm.services.clock import today
from crm.services.history import revert
from crm.services.plots import release, reserve
from crm.services.records import update
from crm.services.stewards import hand_over
from tests.crm.services.making import lead, made, step

TOMORROW = today() + timedelta(days=1)
SIGNED = {"stage": "signed", "signed_on": "2026-11-01"}
STARTED = {"stage": "started", "started_on": "2026-11-10"}


# ----------------------------------------------------------------------------- S17, S57, S63, S64, N2


def test_s17_a_plan_that_does_not_allow_it_blocks_the_supply_of_land(database: Database) -> None:
    project = lead(database, stage="registered", land="25亩", signed_on="2026-01", registered_on="2026-02")
    made(database, "planning-checks", lead=project.code, result="不符合", reason="控规为绿地")
    supplied = {"stage": "land_supplied", "land_supplied_on": "2026-11-01"}
    with pytest.raises(StepNotAllowedError, match="控规为绿地"):
        step(database, project, "领导要求", **supplied)
    granted: dict[str, Any] = {
        "gate": "规划符合性",
        "reason": "控规调整已公示",
        "approver": "王",
        "approved_on": "2026-11-02",
    }
    made(database, "exceptions", lead=project.code, **granted)
    assert step(database, project, **supplied).values["stage"] == "land_supplied"


def test_s57_an_open_red_flag_blocks_signing_until_it_is_resolved_or_excepted(database: Database) -> None:
    project = lead(database, stage="review")
    check = made(database, "background-checks", lead=project.code, item="涉诉", result="红旗", finding="涉诉三件")
    with pytest.raises(StepNotAllowedError, match="涉诉三件"):
        step(database, project, "领导要求", **SIGNED)
    with database.write(by="李", why="化解") as session:
        update(session, "background-checks", check.id, {"resolved_on": "2026-11-02", "resolution": "已和解"})
    assert step(database, project, **SIGNED).values["stage"] == "signed"


def test_s57_an_exception_opens_the_gate_only_while_it_holds(database: Database) -> None:
    project = lead(database, stage="review")
    made(database, "background-checks", lead=project.code, item="失信", result="红旗", finding="失信一条")
    granted: dict[str, Any] = {
        "gate": "背景核查",
        "reason": "母公司担保",
        "approver": "王",
        "approved_on": "2025-01-02",
    }
    exception = made(database, "exceptions", lead=project.code, valid_until="2025-12", **granted)
    with pytest.raises(StepNotAllowedError, match="失信一条"):
        step(database, project, **SIGNED)
    with database.write(by="李", why="延期") as session:
        update(session, "exceptions", exception.id, {"valid_until": None})
    assert step(database, project, **SIGNED).values["stage"] == "signed"


def test_s63_a_forbidden_class_stops_at_assessment_with_the_item_quoted(database: Database) -> None:
    item: dict[str, Any] = {
        "name": "新建化学合成类项目（虚构条目）",
        "level": "禁止",
        "gbt4754": "C26",
        "list_version": "2026版",
    }
    made(database, "access-list", **item)
    project = lead(database, stage="lead", gbt4754="2614")
    project = step(database, project, stage="assessment")
    with pytest.raises(StepNotAllowedError, match="新建化学合成类项目（虚构条目）（2026版）"):
        step(database, project, stage="negotiation")
    with pytest.raises(StepNotAllowedError, match="新建化学合成类项目"):
        step(database, project, "直接签约", **SIGNED)
    with database.write(by="李", why="更正") as session:
        update(session, "leads", project.id, {"gbt4754": "3972"})
    assert step(database, project, stage="negotiation").values["stage"] == "negotiation"


def test_s64_who_filed_a_lead_cannot_sign_its_review(database: Database) -> None:
    project = lead(database, first_reporter="赵")
    review: dict[str, Any] = {"lead": project.code, "held_on": "2026-11-05", "decision": "通过"}
    for reviewer in ("李", "赵"):  # who entered it, and who reported it first
        with pytest.raises(ValueRefusedError, match="报送人"):
            made(database, "reviews", reviewer=reviewer, **review)
    assert made(database, "reviews", reviewer="王", **review).values["decision"] == "approved"


def test_n2_construction_starts_with_a_proof_or_a_reason(database: Database) -> None:
    project = lead(database, stage="land_supplied", land="25亩", land_supplied_on="2026-10-01")
    with pytest.raises(StepNotAllowedError, match="佐证") as refused:
        step(database, project, **STARTED)
    assert refused.value.wants_reason
    made(database, "proofs", lead=project.code, stage="开工", name="建筑工程施工许可证", document_number="（虚构）1号")
    assert step(database, project, **STARTED).values["stage"] == "started"


def test_n2_a_day_out_of_order_is_refused_without_a_reason_on_a_mere_change_of_fields_too(database: Database) -> None:
    project = lead(database, stage="signed", signed_on="2026-11-01")
    with pytest.raises(StepNotAllowedError, match="早于"):
        step(database, project, registered_on="2026-10-01")
    assert step(database, project, "先注册后补签", registered_on="2026-10-01").version > project.version


def test_stages_have_the_requirements_that_the_bureau_enters(database: Database) -> None:
    rule: dict[str, Any] = {
        "stage": "评审",
        "needs": "能耗",
        "basis": "（虚构）准入办法第五条",
        "condition": "nature = manufacturing",
    }
    with pytest.raises(ValueRefusedError):
        made(database, "requirements", **rule)
    made(database, "requirements", **(rule | {"needs": "energy"}))
    maker = lead(database, stage="negotiation", nature="manufacturing")
    with pytest.raises(StepNotAllowedError, match="energy"):
        step(database, maker, stage="review")
    assert step(database, maker, stage="review", energy="500").values["stage"] == "review"
    other = lead(database, name="乙（虚构）", stage="negotiation")
    assert step(database, other, stage="review").values["stage"] == "review"


# ----------------------------------------------------------------------------- S20


def test_s20_two_leads_cannot_hold_one_plot(database: Database) -> None:
    plot = made(database, "plots", code="P-1", land="10亩", status="available")
    first, second = lead(database), lead(database, name="乙项目（虚构）")
    with database.write(by="李", why="意向选址") as session:
        held = reserve(session, plot.code, first.code, TOMORROW)
    assert (held.values["locked_by"], held.values["locked_until"]) == (first.code, exact(TOMORROW))
    with pytest.raises(ConflictError, match=first.code), database.write(by="王", why="意向选址") as session:
        reserve(session, "P-1", second.code, TOMORROW)
    with pytest.raises(ConflictError, match=first.code), database.write(by="王", why="意向选址") as session:
        update(session, "plots", plot.id, {"locked_by": second.code})
    with database.write(by="李", why="续期") as session:
        reserve(session, "P-1", first.code, TOMORROW + timedelta(days=30))
    with database.write(by="李", why="解除") as session:
        assert release(session, "P-1").values["status"] == "available"
    with database.write(by="王", why="意向选址") as session:
        assert reserve(session, "P-1", second.code, TOMORROW).values["locked_by"] == second.code


def test_s20_a_reservation_that_is_over_holds_nobody_off(database: Database) -> None:
    first, second = lead(database), lead(database, name="乙项目（虚构）")
    made(database, "plots", code="P-1", status="locked", locked_by=first.code, locked_until="2025-01-01")
    with database.write(by="王", why="意向选址") as session:
        assert reserve(session, "P-1", second.code, TOMORROW).values["locked_by"] == second.code
    with pytest.raises(ValueRefusedError), database.write(by="王", why="意向选址") as session:
        reserve(session, "P-1", second.code, date(2025, 1, 1))


def test_s20_an_import_does_not_give_a_reserved_plot_to_another_lead(database: Database, tmp_path: Path) -> None:
    made(database, "plots", code="P-1", land="10亩", status="available")
    first, second = lead(database), lead(database, name="乙项目（虚构）")
    with database.write(by="李", why="意向选址") as session:
        reserve(session, "P-1", first.code, TOMORROW)
    path = tmp_path / "plots.json"
    row = {"code": "P-1", "status": "locked", "locked_by": second.code, "locked_until": "2099-01-01", "land": "12亩"}
    path.write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
    (told,) = finish(import_file(database, Request("plots", path, "王")))["rows"]
    assert (told["action"], first.code in " ".join(map(str, told["notes"]))) == ("doubtful", True)
    with database.read() as session:
        plot = load_one(session, "plots", "P-1").values
    assert (plot["locked_by"], plot["locked_until"], plot["land"].low) == (first.code, exact(TOMORROW), 12)


def test_s20_an_undo_does_not_give_a_reserved_plot_to_another_lead(database: Database) -> None:
    made(database, "plots", code="P-1", status="available")
    first, second = lead(database), lead(database, name="乙项目（虚构）")
    with database.write(by="李", why="意向选址") as session:
        reserve(session, "P-1", first.code, TOMORROW)
    with database.write(by="李", why="解除") as session:
        release(session, "P-1")
        number = writing_of(session).number(session)
    with database.write(by="王", why="意向选址") as session:
        reserve(session, "P-1", second.code, TOMORROW + timedelta(days=9))
    with database.write(by="李", why="撤销") as session:
        done = revert(session, number)
    assert not done.reversed
    with database.read() as session:
        assert load_one(session, "plots", "P-1").values["locked_by"] == second.code


# ----------------------------------------------------------------------------- S43, S46


def test_s43_a_campaign_of_ten_sign_ups_yields_leads_and_talents_that_name_it(database: Database) -> None:
    campaign = made(database, "campaigns", name="海外推介（虚构）", station="YZ-03", country="德国")
    for number in range(10):
        wants = "人才" if number >= 8 else "招商"
        given = {
            "name": f"来宾{number}",
            "organisation": f"单位{number}（虚构）",
            "wants": wants,
            "phone": "13800001111",
        }
        made(database, "sign-ups", campaign=campaign.code, **given)
    with database.write(by="李", why="转线索") as session:
        found = [convert_sign_up(session, each.id) for each in load(session, "sign-ups")]
    leads = [each.values for each in found if each.kind == "leads"]
    assert (len(leads), {each["source"] for each in leads}) == (8, {"海外推介（虚构）"})
    assert {(each["campaign"], each["station"]) for each in leads} == {(campaign.code, "YZ-03")}
    with database.read() as session:
        assert len(ids_naming(session, "talents", "campaign", campaign.code)) == 2
    with pytest.raises(ConflictError), database.write(by="李", why="转线索") as session:
        convert_sign_up(session, 1)


def test_s43_a_talent_linked_to_a_project_shows_in_both_files(database: Database) -> None:
    project = lead(database)
    talent = made(database, "talents", name="钱某", leads=[project.code], community="RC-03", station="YZ-01")
    with database.read() as session:
        assert [(each.kind, each.code) for each in links_to(session, "leads", project.code)] == [
            ("talents", talent.code)
        ]
        assert load_one(session, "talents", talent.code).values["leads"] == (project.code,)


# ----------------------------------------------------------------------------- S58, S60, S66, S67


def test_s58_a_handover_ends_the_term_before_it_and_keeps_both(database: Database) -> None:
    project = lead(database)
    with database.write(by="李", why="指定管家") as session:
        hand_over(session, project.code, "李", date(2026, 1, 5))
    with database.write(by="李", why="交接") as session:
        hand_over(session, project.code, "王", date(2026, 6, 1), "资料已移交")
    with pytest.raises(ConflictError, match="两名"):
        made(database, "stewards", lead=project.code, steward="赵", since="2026-03-01")
    with pytest.raises(ValueRefusedError), database.write(by="李", why="交接") as session:
        hand_over(session, project.code, "赵", date(2026, 6, 1))
    with database.read() as session:
        found = [(each.values["steward"], str(each.values.get("until"))) for each in load(session, "stewards")]
    assert found == [("李", "2026-06-01"), ("王", "None")]


def test_s60_a_list_of_668_items_is_668_and_one_without_a_code_is_refused_with_its_row(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "items.csv"
    rows = [f"SX-{number:04d},事项{number}（虚构）,区级" for number in range(1, 669)]
    path.write_text("\n".join(["事项编码,事项名称,行使层级", *rows, ",没有编码的事项（虚构）,区级"]), encoding="utf-8")
    done = finish(import_file(database, Request("approvals", path, "王")))
    assert (done["counts"]["new"], done["counts"]["faulty"]) == (668, 1)
    (faulty,) = [row for row in done["rows"] if row["action"] == "faulty"]
    assert faulty["row"] == 670
    with database.read() as session:
        assert len(load(session, "approvals")) == 668


def test_s60_a_project_gets_the_configured_chain_of_its_type(database: Database) -> None:
    project, items = lead(database), ("备案", "环评", "节能", "规划", "施工许可")
    for place, item in enumerate(items, start=1):
        made(database, "approvals", code=f"SX-{place}", name=item)
        made(database, "approval-chains", project_type="工业供地", approval=item, place=str(place))
    with database.write(by="李", why="生成清单") as session:
        found = make_checklist(session, project.code, "工业供地")
        again = make_checklist(session, project.code, "工业供地")
    assert [each.values["approval"] for each in found] == [f"SX-{place}" for place in range(1, 6)]
    assert again == []
    with pytest.raises(NotFoundError, match="工业供地"), database.write(by="李", why="生成清单") as session:
        make_checklist(session, project.code, "没有的类型")


def test_s67_a_red_line_stops_a_new_promise_on_every_way_in(database: Database, tmp_path: Path) -> None:
    firm = made(database, "enterprises", name="甲公司（虚构）")
    promise = {"name": "落户奖励（虚构）", "enterprise": firm.code, "text": "企业落户后给予税收返还"}
    with pytest.raises(ValueRefusedError, match="税收返还"):
        made(database, "incentives", **promise)
    path = tmp_path / "promises.json"
    rows = [
        promise,
        promise | {"name": "以往承诺（虚构）", "time": "存量承诺"},
        {"name": "认定奖励（虚构）", "enterprise": firm.code},
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    counts = finish(import_file(database, Request("incentives", path, "王")))["counts"]
    assert (counts["new"], counts["faulty"]) == (2, 1)
    with database.read() as session:
        lawful = next(each for each in load(session, "incentives") if each.values["name"] == "认定奖励（虚构）")
    with pytest.raises(ValueRefusedError, match="设定依据"), database.write(by="李", why="兑现") as session:
        update(session, "incentives", lawful.id, {"paid": "100", "paid_on": "2026-11-20"})
    basis = {"basis": "（虚构）某办法第三条", "review": "通过", "reviewer": "王"}
    with database.write(by="李", why="兑现") as session:
        update(session, "incentives", lawful.id, basis | {"paid": "100", "paid_on": "2026-11-20"})


def test_s57_an_import_does_not_walk_round_a_gate(database: Database, tmp_path: Path) -> None:
    project = lead(database, stage="review")
    made(database, "background-checks", lead=project.code, item="涉诉", result="红旗", finding="涉诉三件")
    path = tmp_path / "leads.json"
    row = {"code": project.code, "name": "甲项目（虚构）", **SIGNED, "owner": "王"}
    path.write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
    done = finish(import_file(database, Request("leads", path, "王")))
    assert "涉诉三件" in " ".join(str(note) for note in done["rows"][0]["notes"])
    with database.read() as session:
        values = load_one(session, "leads", project.code).values
    assert (values["stage"], values["owner"]) == ("review", "王")
