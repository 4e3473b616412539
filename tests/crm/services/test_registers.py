"""Registers of the district and what is counted of them; each test runs the acceptance check of its row."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from crm.database import Database
from crm.domain.evaluation import Scheme
from crm.domain.hints_explain import hint_text
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.jobs import finish
from crm.jobs.exports import Order, export_records
from crm.queries.dossiers import Paper, load_facts, load_reading
from crm.queries.hints import hints_on
from crm.queries.history import change_sets, changes_of
from crm.queries.links import ids_naming, links_to
from crm.queries.overview_tables import TABLES
from crm.queries.overviews import increment_parts
from crm.queries.record_search import search_records
from crm.queries.records import load, load_one
from crm.services.bulk import create_many
from crm.services.evaluations import evaluate
from crm.services.records import create, update
from reports.brief import brief_document
from reports.dossier import dossier_document
from tests.crm.services.making import lead, made

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


# ----------------------------------------------------------------------------- S46, S52


def test_s46_s52_personal_data_leaves_the_country_with_a_basis_or_not_at_all(
    database: Database, tmp_path: Path
) -> None:
    made(database, "talents", name="钱某", station="YZ-01", phone="13800001111")
    target = tmp_path / "out.json"
    order = Order("talents", "李", datetime.now(UTC), purpose="对接", recipient="驻外站点（虚构）", abroad="德国")
    with pytest.raises(ValueRefusedError, match="出境"):
        finish(export_records(database, order, target))
    assert not target.exists()
    with database.read() as session:
        assert "出境" in change_sets(session)[0].why
    assert finish(export_records(database, replace(order, basis="（虚构）单独同意书1号"), target)).rows == 1
    assert "13800001111" in target.read_text(encoding="utf-8")
    assert finish(export_records(database, replace(order, purpose="", recipient=""), target)).rows == 1
    assert "13800001111" not in target.read_text(encoding="utf-8")


# ----------------------------------------------------------------------------- S09, S12, S23, S24, S31, S33, agreements


def _rows(database: Database, word: str) -> list[tuple[Any, ...]]:
    with database.read() as session:
        return TABLES[word].make(session, date(2026, 11, 28))[1]


def test_s09_the_ten_most_frequent_places_of_origin_are_those_of_a_count_by_hand(database: Database) -> None:
    named = ["上海市"] * 3 + ["江苏省南京市"] * 2 + [f"地{n:02d}" for n in range(10)]
    for place in named:
        lead(database, origin_place=place)
    lead(database, country="日本")
    lead(database)
    counted = Counter([*named, "日本"])
    rows = _rows(database, "origins")
    assert rows[:10] == sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:10]
    assert rows[10:] == [("其他地区", 3), (_("not filled in"), 1), (_("All leads"), 17)]
    assert sum(count for _place, count in rows[:-1]) == rows[-1][1]


def test_s31_the_report_on_culture_sums_the_five_lines(database: Database) -> None:
    for line in ("数字文化", "影视娱乐", "影视娱乐", None):
        lead(database, future_industry="大文化", culture_line=line)
    lead(database, future_industry="大健康")
    lead(database)
    rows = {(industry, line): count for industry, line, count in _rows(database, "future")}
    of_culture = [count for (industry, line), count in rows.items() if industry is None and line]
    assert (rows["大文化", None], sum(of_culture), rows[None, "影视娱乐"]) == (4, 4, 2)
    assert (rows["大健康", None], rows[_("not filled in"), None], rows[_("All leads"), None]) == (1, 1, 6)


def test_s23_a_firm_of_a_class_shows_the_text_of_the_class_and_no_number_without_one(database: Database) -> None:
    made(database, "enterprises", name="丁公司（虚构）")
    made(database, "evaluations", enterprise="丁公司（虚构）", year=2026, grade="D")
    assert _rows(database, "classes") == [("丁公司（虚构）", "2026", "D类（落后整治）", None)]
    made(
        database, "texts", kind="评价后果", name="D类后果（虚构）", head="D", text="限期整改，不予新增用地（虚构文本）"
    )
    assert _rows(database, "classes")[0][3] == "限期整改，不予新增用地（虚构文本）"


def test_s24_leads_are_marked_for_a_cluster_and_for_its_gaps(database: Database, tmp_path: Path) -> None:
    with database.write(by="李", why="录入缺链") as session:
        update(session, "clusters", 3, {"gaps": ["高端靶材"]})
    first = lead(database, cluster="新材料", chain_position="补链：高端靶材")
    second = lead(database, cluster="新材料", chain_position="强链")
    lead(database, cluster="智能制造", chain_position="补链：高端靶材")
    rows = {(cluster, gap): leads for cluster, gap, leads in _rows(database, "chains")}
    assert rows["新材料", "集群全部"] == [first.code, second.code]
    assert rows["新材料", "高端靶材"] == [first.code]
    order = Order("leads", "李", datetime.now(UTC), "cluster = 新材料 and chain_position contains 补链")
    target = tmp_path / "out.json"
    assert finish(export_records(database, order, target)).rows == 1
    assert [each["code"] for each in json.loads(target.read_text(encoding="utf-8"))] == [first.code]


def test_s33_a_lead_names_the_leading_firm_that_brought_it(database: Database) -> None:
    firm = made(database, "enterprises", name="某龙头（虚构）", leading=True)
    brought = lead(database, led_by="某龙头（虚构）")
    by_code = lead(database, led_by=firm.code)
    lead(database)
    (row,) = [each for each in _rows(database, "leading") if each[0] == "某龙头（虚构）"]
    assert row[1] == [brought.code, by_code.code]


def test_agreements_and_what_is_owed_under_them(database: Database) -> None:
    project, other = lead(database), lead(database, name="乙项目（虚构）")
    invest = made(
        database, "agreements", lead=project.code, kind="投资协议", signed_on="2026-01-05", investment="5亿元"
    )
    made(database, "agreements", lead=project.code, kind="土地出让合同", linked=[invest.code])
    owed: dict[str, Any] = {"name": "首期投资", "obliged": "企业", "measure": "投资额", "agreement": invest.code}
    made(database, "obligations", lead=project.code, due="2026-06", amount="2亿元", **owed)
    made(
        database, "obligations", lead=project.code, year=2026, amount="300万美元", performed_amount="300万美元", **owed
    )
    with pytest.raises(ValueRefusedError, match=project.code):
        made(database, "obligations", lead=other.code, **owed)
    assert [(each[5], each[6], each[7]) for each in _rows(database, "obligations")] == [
        ("2026-06-30", "已逾期", None),
        ("2026-12-31", "已履约", None),
    ]
    assert [row[:5] for row in _rows(database, "commitments")] == [
        ("2026", "完成投资", "CNY", "20000", "0"),
        ("2026", "完成投资", "USD", "300", "300"),
    ]


def test_the_realised_share_of_a_stage_is_told_from_twenty_cases_on(database: Database) -> None:
    with database.write(by="李", why="录入") as session:
        create_many(
            session,
            "leads",
            [{"name": f"甲{n}（虚构）", "stage": "negotiation" if n % 4 else "registered"} for n in range(20)],
        )
        ids = [each.id for each in load(session, "leads")]
    with database.write(by="李", why="终止") as session:
        for lead_id in ids:
            update(session, "leads", lead_id, {"status": "ended"})
    rows = {row[0]: row[1:] for row in _rows(database, "probabilities")}
    assert rows["在谈"] == ("0.2", 15, 0, "不足20例")
    with database.write(by="李", why="录入") as session:
        create_many(session, "leads", [{"name": f"乙{n}（虚构）", "stage": "negotiation"} for n in range(5)])
    with database.write(by="李", why="推进") as session:
        for each in load(session, "leads")[20:]:
            update(session, "leads", each.id, {"stage": "registered"})
    assert {row[0]: row[1:] for row in _rows(database, "probabilities")}["在谈"] == ("0.2", 20, 5, "0.25")


def test_the_factor_of_promises_is_a_hint_from_twenty_cases_on_and_changes_no_verdict(database: Database) -> None:
    with database.write(by="李", why="录入") as session:
        for number in range(20):
            made_lead = create(
                session, "leads", {"name": f"甲{number}（虚构）", "annual_tax": "1000", "full_year": 2024}
            )
            firm = create(session, "enterprises", {"name": f"甲{number}公司（虚构）", "leads": [made_lead.code]})
            if number:
                told = {"enterprise": firm.code, "year": 2024, "kind": "实际", "tax": str(600 + 10 * number)}
                create(session, "performance", told)
        asked = create(
            session, "leads", {"name": "新（虚构）", "annual_tax": "5000", "land": "25亩", "area": "高铁新城"}
        )
    with database.read() as session:
        assert hints_on(session, asked.values, date(2026, 11, 28)) == []
    with database.write(by="李", why="录入") as session:
        create(session, "performance", {"enterprise": "甲0公司（虚构）", "year": 2025, "kind": "实际", "tax": "600"})
    with database.read() as session:
        (hint,) = hints_on(session, asked.values, date(2026, 11, 28))
    assert (hint.code, hint.parameters["cases"], hint.parameters["median"]) == ("calibration", 20, Fraction(695, 1000))
    assert "0.69倍" in hint_text(hint)
    assert "不改变测算结论" in hint_text(hint)


# ----------------------------------------------------------------------------- S08, S11, S13, S39, S45, in print


def test_s08_a_filter_by_tag_returns_the_leads_that_have_it(database: Database, tmp_path: Path) -> None:
    tagged = lead(database, tags=["新基建", "智慧城市"])
    lead(database, name="乙（虚构）", tags=["新基建二期"])
    lead(database, name="丙（虚构）")
    target = tmp_path / "out.json"
    finish(export_records(database, Order("leads", "李", datetime.now(UTC), "tags = 新基建"), target))
    assert [each["code"] for each in json.loads(target.read_text(encoding="utf-8"))] == [tagged.code]


def test_s11_s13_the_dossier_prints_the_goals_a_project_serves_and_no_line_without_one(database: Database) -> None:
    served, without = lead(database, goals=["科技创新中心"]), lead(database, name="乙（虚构）")
    told = {}
    with database.read() as session:
        reading = load_reading(session, date(2026, 11, 28), Paper())
        for project in (served, without):
            told[project.code] = repr(dossier_document(load_facts(session, project, reading)))
    assert "对应目标" in told[served.code]
    assert "科技创新中心" in told[served.code]
    assert "对应目标" not in told[without.code]


def test_s45_the_dossier_prints_the_services_that_were_delivered_and_no_empty_slot(database: Database) -> None:
    project = lead(database)
    with database.write(by="李", why="录入") as session:
        update(session, "services", 1, {"name": "某项服务（虚构）", "status": "entered"})
    made(database, "service-records", service="SY-01", lead=project.code, delivered_on="2026-11-02")
    with database.read() as session:
        reading = load_reading(session, date(2026, 11, 28), Paper())
        told = repr(dossier_document(load_facts(session, project, reading)))
    assert "某项服务（虚构）（SY-01）" in told
    assert "SY-02" not in told


def test_s39_a_community_says_in_which_larger_area_it_lies_and_its_figures_keep_their_basis(database: Database) -> None:
    with database.write(by="李", why="补录") as session:
        found = update(session, "communities", 1, {"parent_area": "长三角国际研发社区"})
    assert found.values["parent_area"] == "长三角国际研发社区"
    with database.read() as session:
        figures = [each.values for each in load(session, "texts") if each.values["kind"] == "figure"]
        counted = [row for word in TABLES for row in TABLES[word].make(session, date(2026, 11, 28))[1]]
    own = [each for each in figures if "研发社区" in str(each["name"])]
    assert len(own) == 4
    assert all("文稿" in str(each["source"]) and each.get("notes") for each in own)
    assert not [row for row in counted if any(str(cell) in ("399", "500", "899") for cell in row)]


def test_s06_the_brief_of_a_plot_shows_its_transport_and_no_heading_without_one(database: Database) -> None:
    made(database, "plots", code="P-1", transport="距高铁苏州北站10分钟车程（虚构）")
    made(database, "plots", code="P-2")
    there, without = lead(database, site="P-1"), lead(database, name="乙（虚构）", site="P-2")
    with database.read() as session:
        reading = load_reading(session, date(2026, 11, 28), Paper())
        told = [repr(brief_document(load_facts(session, each, reading))) for each in (there, without)]
    assert "10分钟车程" in told[0]
    assert ["交通条件" in each for each in told] == [True, False]


def test_s01_a_brief_prints_the_profile_as_it_is_now_and_an_old_one_stays(database: Database) -> None:
    project = lead(database)

    def printed(paper: Paper) -> str:
        with database.read() as session:
            return repr(brief_document(load_facts(session, project, load_reading(session, date(2026, 11, 28), paper))))

    before = printed(Paper(profile=True))
    assert "京津冀" in before
    assert "京津翼" not in before
    with database.write(by="李", why="更新区情") as session:
        block = next(each for each in load(session, "texts") if each.values.get("name") == "三圈一带")
        update(session, "texts", block.id, {"text": "新文本（虚构）"})
    assert "新文本（虚构）" in printed(Paper(profile=True))
    assert "新文本（虚构）" not in before
    assert "区情简介" not in printed(Paper())
