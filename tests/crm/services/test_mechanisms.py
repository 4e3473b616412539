"""Mechanisms of the district that need records; each test runs the acceptance check of its row in systems.md."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from crm.database import Database
from crm.domain.evaluation import Scheme
from crm.domain.quantities.calendar_days import exact
from crm.errors import ConflictError, NotFoundError, StepNotAllowedError, ValueRefusedError
from crm.jobs import finish
from crm.jobs.exports import Order, export_records
from crm.jobs.imports import Request, import_file
from crm.queries.history import changes_of
from crm.queries.links import ids_naming, links_to
from crm.queries.overviews import increment_parts
from crm.queries.record_search import search_records
from crm.queries.records import Record, load, load_one
from crm.services.approvals import make_checklist
from crm.services.attraction import convert_sign_up
from crm.services.clock import today
from crm.services.evaluations import evaluate
from crm.services.leads import change_lead
from crm.services.plots import release, reserve
from crm.services.records import create, update
from crm.services.stewards import hand_over

TOMORROW = today() + timedelta(days=1)


def made(database: Database, table: str, /, by: str = "李", **values: Any) -> Record:  # noqa: ANN401  (any field)
    with database.write(by=by, why="录入") as session:
        return create(session, table, values)


def lead(database: Database, **values: Any) -> Record:  # noqa: ANN401  (any field)
    return made(database, "leads", **({"name": "甲项目（虚构）", "nature": "research"} | values))


def step(database: Database, record: Record, reason: str = "", **changes: Any) -> Record:  # noqa: ANN401
    with database.write(by="李", why="推进") as session:
        return change_lead(session, record.id, changes, reason=reason)


SIGNED = {"stage": "signed", "signed_on": "2026-11-01"}
STARTED = {"stage": "started", "started_on": "2026-11-10"}


# ----------------------------------------------------------------------------- S04, S33


def test_s04_one_project_with_two_companies_is_one_project_and_two_enterprises(database: Database) -> None:
    project = lead(database)
    for name in ("甲制造公司（虚构）", "甲研发公司（虚构）"):
        made(database, "enterprises", name=name, leads=[project.code], roles=["landed"])
    with database.read() as session:
        assert len(load(session, "leads")) == 1
        assert len(ids_naming(session, "enterprises", "leads", project.code)) == 2


def test_s33_one_organisation_has_several_roles_and_a_leading_firm_brings_others(database: Database) -> None:
    first = made(database, "enterprises", name="某引擎（虚构）", roles=["investor", "provider"], leading=True)
    made(database, "enterprises", name="某配套（虚构）", led_by="某引擎（虚构）")
    with database.read() as session:
        assert [each.name for each in links_to(session, "enterprises", first.code)] == ["某配套（虚构）"]
        assert load_one(session, "enterprises", first.code).values["roles"] == ("investor", "provider")


# ----------------------------------------------------------------------------- S07, S14, S38, S42, S45


def test_s07_s14_s42_s45_slots_are_empty_and_nothing_is_named_that_the_document_does_not_name(
    database: Database,
) -> None:
    with database.read() as session:
        carriers = [each.values for each in load(session, "carriers")]
        areas = [each.values for each in load(session, "functional-areas")]
        services = [each.values for each in load(session, "services")]
        plans = [each.values for each in load(session, "plans")]
        stations = [each.values for each in load(session, "stations")]
        groups = [each.values["name"] for each in load(session, "groups")]
    assert sum(each["listed_as"] == "rd_carrier" and "name" not in each for each in carriers) == 24
    assert [each["name"] for each in carriers if each["listed_as"] == "culture_park"] == [
        "阳澄湖数字文创园",
        "相城影视产业园",
    ]
    assert (len(areas), {each["status"] for each in areas}, [each for each in areas if "name" in each]) == (
        5,
        {"to_confirm"},
        [],
    )
    assert (len(services), [each for each in services if "name" in each]) == (10, [])
    assert (len(plans), sum("kind" in each for each in plans)) == (26, 6)
    assert [each["country"] for each in stations] == ["美国", "澳大利亚", "德国", "日本"]
    assert groups == ["城投集团", "交投集团", "水务集团", "金控集团", "文商旅集团", "生态建设公司"]
    assert all("文稿" in str(each["source"]) for each in (*carriers, *areas, *services, *plans, *stations))


def test_s14_renaming_an_area_keeps_its_history(database: Database) -> None:
    with database.write(by="李", why="确认片区名称") as session:
        update(session, "functional-areas", 1, {"name": "某片区（虚构）", "status": "confirmed"})
    with database.write(by="李", why="更名") as session:
        update(session, "functional-areas", 1, {"name": "新名片区（虚构）"})
    with database.read() as session:
        names = [each.after for each in changes_of(session, "functional-areas", 1) if each.field == "name"]
    assert names == ["某片区（虚构）", "新名片区（虚构）"]


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


# ----------------------------------------------------------------------------- S10, S18, S19, S24


def test_s19_a_plot_keeps_the_link_to_the_clearing_it_came_from(database: Database) -> None:
    plot = made(database, "plots", code="P-1", land="10亩", status="available")
    firm: dict[str, Any] = {
        "name": "某作坊（虚构）",
        "credit_code": "91320507MA9XC00178",
        "land": "10亩",
        "plots": ["P-1"],
    }
    clearing = made(database, "clearings", **firm)
    with database.read() as session:
        assert [each.code for each in links_to(session, "plots", plot.code)] == [clearing.code]


def test_s24_a_cluster_shows_its_figure_as_a_target(database: Database) -> None:
    with database.read() as session:
        clusters = [each.values for each in load(session, "clusters")]
    assert [each["name"] for each in clusters] == ["新一代电子信息", "智能制造", "新材料"]
    assert {(each["target"].low, each["target"].high, each["target"].text) for each in clusters} == {
        (clusters[0]["target"].low, None, "500亿级以上")
    }


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


# ----------------------------------------------------------------------------- S26, S41, S47, S54, S55


def test_s26_the_export_of_enrolled_firms_is_what_the_screen_counts(database: Database, tmp_path: Path) -> None:
    for name in ("甲公司（虚构）", "乙公司（虚构）"):
        made(database, "enterprises", name=name)
        made(database, "enrolments", enterprise=name, programme="“企业上云”行动计划", state="已参与")
    made(database, "enrolments", enterprise="甲公司（虚构）", programme="“互联网+先进制造业”专项行动")
    order = Order("enrolments", "李", datetime.now(UTC), 'programme = "“企业上云”行动计划"')
    target = tmp_path / "out.json"
    assert finish(export_records(database, order, target)).rows == 2
    assert len(json.loads(target.read_text(encoding="utf-8"))) == 2


def test_s47_a_need_lists_the_providers_of_that_service_and_a_referral_keeps_its_result(database: Database) -> None:
    provider = made(database, "providers", name="某物联网服务商（虚构）", services=["物联网应用"])
    firm = made(database, "enterprises", name="甲公司（虚构）")
    given = {"provider": provider.code, "enterprise": firm.code, "service": "物联网", "referred_on": "2026-11-02"}
    made(database, "referrals", **given, result="已签约", result_on="2026-11-20")
    with database.read() as session:
        offering = [each for each in load(session, "providers") if "iot" in each.values.get("services", ())]
        assert [each.code for each in offering] == [provider.code]
        (referral,) = load(session, "referrals")
    assert (str(referral.values["referred_on"]), referral.values["result"]) == ("2026-11-02", "已签约")


def test_s55_a_lead_with_two_needs_has_two_referral_states(database: Database) -> None:
    project = lead(database)
    made(database, "financing-needs", lead=project.code, kind="股权", amount="5000万元", fund="F-001", state="已推荐")
    made(database, "financing-needs", lead=project.code, kind="信贷", institution="某银行（虚构）", state="洽谈中")
    with database.read() as session:
        found = load(session, "financing-needs")
    assert {(each.values["kind"], each.values["state"]) for each in found} == {
        ("equity", "referred"),
        ("credit", "talking"),
    }


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


# ----------------------------------------------------------------------------- S22, S23, S25, S70


SCHEME = Scheme(
    {"tax_per_mu": Decimal(45), "sales_per_mu": Decimal(35), "green": Decimal(20)},
    {"tax_per_mu": Decimal(30), "sales_per_mu": Decimal(600), "green": Decimal("1.5")},
    (Decimal(20), Decimal(60), Decimal(95)),
)


def test_s22_firms_are_scored_from_their_own_figures_and_a_second_run_replaces_the_first(database: Database) -> None:
    for name, tax, since in (("甲", "2000", "2020"), ("乙", "1000", "2020"), ("丙", "3000", "2025-06")):
        made(database, "enterprises", name=f"{name}公司（虚构）", production_on=since)
        figures = {"tax": tax, "revenue": "50000", "land": "100", "energy": "1000", "tax_basis": "全口径"}
        told: dict[str, Any] = {"enterprise": f"{name}公司（虚构）", "year": 2026, "kind": "实际", **figures}
        made(database, "performance", **told)
    for _time in range(2):
        with database.write(by="李", why="评价") as session:
            done = evaluate(session, 2026, SCHEME)
    # by hand for 甲: 30 points for tax, 29 1/6 for sales, 26 2/3 for tax by unit of energy
    assert [(each.grade, each.worksheet.score) for each in done] == [
        ("A", Fraction(515, 6)),
        ("B", Fraction(15) + Fraction(175, 6) + Fraction(40, 3)),
        ("T", Fraction(45) + Fraction(175, 6) + Fraction(40)),
    ]
    with database.read() as session:
        kept = [each.values for each in load(session, "evaluations")]
    assert [(each["grade"], str(each["score"].low)) for each in kept] == [
        ("A", "85.8333"),
        ("B", "57.5000"),
        ("T", "114.1667"),
    ]


def test_s70_new_and_existing_and_not_told_add_up_to_all(database: Database) -> None:
    for increment, investment in (("增量", "1亿元"), ("增量", None), ("存量", "5000万元"), (None, "300万元")):
        lead(database, increment=increment, planned_investment=investment, land="10亩")
    with database.read() as session:
        parts = increment_parts(session)
    assert [(each.increment, each.leads, each.investment_wan) for each in parts] == [
        ("new", 2, Decimal(10000)),
        ("existing", 1, Decimal(5000)),
        (None, 1, Decimal(300)),
    ]
    assert (sum(each.leads for each in parts), sum(each.land_mu for each in parts)) == (4, 40)
    assert sum(each.with_investment for each in parts) == 3


# ----------------------------------------------------------------------------- S01, S10, S18, S27, S34, S50, S65, S69


def test_s10_reference_figures_tell_their_year_and_are_never_edited(database: Database) -> None:
    with database.read() as session:
        figures = {each.values["name"]: each for each in load(session, "texts") if each.values["kind"] == "figure"}
    assert "108.5亿元" in figures["一般公共预算收入"].values["text"]
    assert str(figures["一般公共预算收入"].values["as_of"]) == "2018"
    assert "推算" in figures["2017年一般公共预算收入（推算）"].values["notes"]
    assert all("文稿" in each.values["source"] for each in figures.values())
    record = figures["新增市场主体"]
    with pytest.raises(ValueRefusedError, match="不得修改"), database.write(by="李", why="改") as session:
        update(session, "texts", record.id, {"text": "新增市场主体20000个"})


def test_s01_the_profile_is_editable_and_says_the_right_name(database: Database) -> None:
    with database.read() as session:
        profile = [each for each in load(session, "texts") if each.values["kind"] == "profile"]
    block = next(each for each in profile if each.values["name"] == "三圈一带")
    assert "京津冀" in block.values["text"]
    assert "京津翼" not in block.values["text"]
    with database.write(by="李", why="更新区情") as session:
        assert update(session, "texts", block.id, {"text": "新文本（虚构）"}).values["text"] == "新文本（虚构）"


def test_s18_s27_s34_s50_s65_s69_heads_are_found_and_no_amount_is_invented(database: Database) -> None:
    with database.read() as session:
        texts = [each.values for each in load(session, "texts")]
        found = search_records(session, "texts", "企业上市").rows
    counts = Counter((each["kind"], each.get("head")) for each in texts)
    assert {each.name for each in found} == {"新经济企业上市", "企业上市"}
    assert counts["policy", "规划配套政策"] == counts["support", "传统制造业智能化改造"] == 4
    assert (counts["policy", "激励政策"], counts["support", "企业自主创新"], counts["list", None]) == (6, 4, 4)
    assert (counts["regulation", None], counts["lesson", None], counts["flagship", None]) == (1, 10, 7)
    assert not [each for each in texts if each["kind"] in ("policy", "support", "list") and "text" in each]
