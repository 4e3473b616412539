"""``xiangtu check`` by its words: the worked cases, bad input, a lead of a database, and what a start may import."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from crm.commands.line import DONE, MENDABLE, run
from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.i18n import use_language
from crm.models import Entry, Rule, RuleSet
from crm.services.records import create

ROOT = Path(__file__).resolve().parents[3]
VERDICTS = {
    "达标": "met",
    "不达标": "not_met",
    "不适用": "not_applicable",
    "待补充": "incomplete",
    "待核实(区间跨线)": "uncertain",
    "需会商": "consult",
}
WORDS: dict[str, tuple[str, ...]] = {
    "C01": ("--area", "高铁新城", "--land", "25亩", "--use", "工业", "--tax", "5000"),
    "C02": ("--area", "高铁新城", "--land", "20亩", "--tax", "4000"),
    "C03": ("--area", "高铁新城", "--land", "30亩", "--tax", "5400"),
    "C04": ("--area", "开发区", "--land", "2.5公顷", "--tax", "3000"),
    "C05": ("--area", "其他区域", "--land", "8亩", "--use", "工业", "--tax", "400"),
    "C06": ("--area", "其他区域", "--land", "100亩", "--use", "工业", "--tax", "4900"),
    "C07": ("--area", "其他区域", "--land", "12亩", "--use", "商服", "--tax", "240"),
    "C08": ("--area", "高铁新城", "--land", "0亩", "--floor", "租赁研发办公1200 m2", "--tax", "600"),
    "C11": (
        *("--area", "高铁新城", "--land", "25亩", "--full-year", "2030"),
        *("--tax-year", "2027=0", "--tax-year", "2028=800", "--tax-year", "2029=2600"),
        *("--tax-year", "2030=5200", "--tax-year", "2031=5200"),
    ),
    "C12": ("--plot", "高铁新城:10亩", "--plot", "开发区:30亩", "--tax", "5200"),
    "C14": ("--area", "高铁新城", "--land", "25亩", "--tax", "720万美元", "--rate", "USD=7.10"),
    "C16": ("--area", "高铁新城", "--land", "16667 m2", "--tax", "5000"),
    "C17": ("--area", "高铁新城", "--land", "约25亩", "--tax", "4500-5500万元"),
    "C18": ("--area", "高新区", "--land", "30亩"),
    "C20": ("--area", "高铁新城", "--phase", "20亩:4200:committed", "--phase", "20亩:4200:intended"),
}
"""How the worked cases are asked for on the command line."""

KEYS = {
    "land_mu": "land_mu",
    "required_by_land": "required_by_land_wan",
    "required_tax": "required_tax_wan",
    "tax": "tax_wan",
    "per_mu": "tax_per_mu_wan",
    "gap_tax": "gap_tax_wan",
    "max_land_mu": "max_land_mu",
    "margin": "margin",
}
"""The figures of cases.json and where the document has them."""


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    with use_language("zh_CN"):
        yield


def said(*words: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    return run(["check", *words], out=out, err=err), out.getvalue(), err.getvalue()


def answer(*words: str) -> dict[str, Any]:
    code, out, _err = said(*words, "--json")
    assert code == DONE
    document = json.loads(out)
    assert isinstance(document, dict)
    return document


def close(given: Any, expected: float) -> bool:  # noqa: ANN401  (a value of JSON)
    """Return whether an exact figure is the one that cases.json prints as a float."""
    return (
        isinstance(given, str) and abs(Decimal(given) - Decimal(str(expected))) <= abs(Decimal(str(expected))) / 10**12
    )


@pytest.mark.shared
@pytest.mark.parametrize("case_id", sorted(WORDS))
def test_the_worked_cases(case_id: str, shared: Path) -> None:
    cases = json.loads((shared / "domain" / "cases.json").read_text(encoding="utf-8"))["cases"]
    expected = next(case["expected"] for case in cases if case["id"] == case_id)
    got = answer(*WORDS[case_id])
    assert got["verdict"] == VERDICTS[expected["verdict"]]
    for name, key in KEYS.items():
        if expected.get(name) is not None:
            assert close(got[key], expected[name]), (name, got[key])
    assert got["critical"] is expected.get("critical", got["critical"])
    met = {line["measure"]: line["met"] for line in got["tests"]}
    if expected.get("ok_total") is not None:
        assert met["project_tax"] is expected["ok_total"]
    if "required_total" in expected and expected["required_total"] is None:
        assert "project_tax" not in met
    if "ok_per_mu" in expected:
        assert met["tax_per_mu"] is expected["ok_per_mu"]
    assert expected["rule_set"] in got["explanation"]
    assert got["verdict_text"] in got["explanation"]
    assert "试算结论（待核口径）：" in got["explanation"]


@pytest.mark.shared
def test_every_threshold_case_is_tried(shared: Path) -> None:
    cases = json.loads((shared / "domain" / "cases.json").read_text(encoding="utf-8"))["cases"]
    assert {case["id"] for case in cases if case["expected"].get("verdict")} == set(WORDS)


@pytest.mark.parametrize(
    ("case_id", "phrases"),
    [
        ("C01", ["达标（临界），余量0.00万元，建议在监管协议中留出余量", "口径未注明，按全口径试算", "25亩"]),
        ("C02", ["年税收4000.00万元，低于5000万元", "亩均税收200.00≥200万元，符合", "还差1000.00万元/年"]),
        ("C03", ["税收提高到6000.00万元（还差600.00万元/年），或用地压缩至27亩以内"]),
        ("C04", ["供地37.5亩", "亩均税收80.00≥80万元"]),
        ("C06", ["亩均税收49.00万元，低于50万元", "（还差100.00万元/年），或用地压缩至98亩以内"]),
        ("C07", ["其他区域门槛仅限工业供地；非工业用地无量化门槛，提交会商", "不适用"]),
        ("C08", ["无供地，土地产出门槛不适用", "未填容积率"]),
        ("C11", ["达产年（2030年）税收5200.00万元", "按达产年（2030年）判定，其余年份只跟踪"]),
        (
            "C12",
            [
                "未分地块拆分税收；存在可行拆分",
                "高铁新城不低于2000.00万元、开发区不低于2400.00万元",
                "合计不低于5000.00万元",
            ],
        ),
        ("C14", ["1美元＝7.10元", "临界汇率：美元不低于6.9445元", "汇率变动3%，结论即变为“不达标”"]),
        (
            "C16",
            [
                "供地25.0005亩",
                "亩均税收199.99万元，低于200万元",
                "税收提高到5000.10万元（还差0.10万元/年）",
                "（临界）",
            ],
        ),
        (
            "C17",
            [
                "税收为区间，两端结论不同",
                "不达标（亩均180.00万元）",
                "达标（亩均220.00万元）",
                "承诺值应不低于5000.00万元",
            ],
        ),
        ("C18", ["缺少达产年税收", "按现有用地30亩，达产年税收应不低于3000.00万元"]),
        ("C20", ["还差800.00万元/年", "全部分期签约后：达标（亩均税收210.00万元）——附条件"]),
    ],
)
def test_the_explanation_says_it(case_id: str, phrases: list[str]) -> None:
    explanation = answer(*WORDS[case_id])["explanation"]
    assert [phrase for phrase in phrases if phrase not in explanation] == []
    assert "用地压缩" not in answer(*WORDS["C02"])["explanation"]  # the total line is missed: no land would do


def test_what_else_the_cases_expect() -> None:
    by_year = {row["year"]: row["tax_per_mu_wan"] for row in answer(*WORDS["C11"])["by_year"]}
    assert by_year == {2027: "0", 2028: "32", 2029: "104", 2030: "208", 2031: "208"}
    apart = answer(*WORDS["C12"])
    assert (apart["feasible_split"], apart["refer"]) == (True, "consult")
    assert apart["min_commitments"] == {"高铁新城": "2000", "开发区": "2400"}
    [rate] = answer(*WORDS["C14"])["rates"]
    assert rate == {
        "currency": "USD",
        "rate": "7.10",
        "on": None,
        "break_even": "6.9444444444444444445",
        "at_minus_3_percent": "not_met",
        "at_plus_3_percent": "met",
    }
    assert answer(*WORDS["C14"])["flags"] == ["basis_assumed", "rate_sensitive"]
    assert answer(*WORDS["C07"])["refer"] == "consult"
    assert answer(*WORDS["C17"])["at_ends"] == {"worst": "not_met", "best": "met"}
    assert answer(*WORDS["C17"])["tax_per_mu_wan"] == {"low": "180", "high": "220"}
    assert answer(*WORDS["C20"])["if_all_phases"]["verdict"] == "met"
    assert answer(*WORDS["C20"])["if_all_phases"]["tax_per_mu_wan"] == "210"


def test_the_document_of_the_contract() -> None:
    got = answer(*WORDS["C01"])
    assert {key: got[key] for key in ("rule_set", "rule_set_status", "area", "verdict_text")} == {
        "rule_set": "2019-seed",
        "rule_set_status": "trial",
        "area": "高铁新城",
        "verdict_text": "达标",
    }
    assert got["tests"] == [
        {"measure": "project_tax", "area": None, "least": "5000", "actual": "5000", "met": True},
        {"measure": "tax_per_mu", "area": "高铁新城", "least": "200", "actual": "200", "met": True},
    ]
    assert got["plots"] == [
        {
            "area": "高铁新城",
            "land_mu": "25",
            "land_use": "industrial",
            "tax_wan": "5000",
            "tax_per_mu_wan": "200",
            "least_per_mu_wan": "200",
            "met": True,
            "gap_tax_wan": "0",
            "max_land_mu": "25",
            "covered": True,
        }
    ]
    assert (got["missing"], got["flags"], got["reference"], got["feasible_split"]) == (
        [],
        ["basis_assumed"],
        None,
        None,
    )


def test_the_document_names_the_day_and_the_sentences_of_the_rules() -> None:
    got = answer(*WORDS["C12"], "--on", "2026-11-22")
    assert got["on"] == "2026-11-22"
    assert [rule["code"] for rule in got["rules"]] == ["TH-HSR", "TH-DZ"]
    assert got["rules"][1]["quote"] == "开发区单个项目年税收不低于2000万元，亩均税收不低于80万元"


def test_leased_space_is_for_reference_only() -> None:
    got = answer("--land", "无供地", "--tax", "600", "--floor", "10000㎡@2.0")
    assert got["verdict"] == "not_applicable"
    assert got["reference"] == {"equivalent_land_m2": "5000", "equivalent_land_mu": "7.5", "tax_per_mu_wan": "80"}
    assert got["flags"] == ["reference_only"]
    assert answer("--floor", "10000㎡@2.0", "--tax", "600")["missing"] == ["land", "area"]
    thirds = answer("--land", "0", "--tax", "600", "--floor", "1000㎡@3", "--floor", "2000㎡@1.5")["reference"]
    assert thirds["equivalent_land_m2"] == "1666.6666666666666666"
    assert thirds["equivalent_land_mu"] == "2.5"


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("--area", "高铁"), "--area"),
        (("--land", "25人"), "--land"),
        (("--land=-5亩",), "--land"),
        (("--land", "-5亩"), "--land"),
        (("--tax", "-5000万元"), "--tax"),
        (("--land", "租赁厂房2500㎡"), "--land"),
        (("--tax", "五千千克"), "--tax"),
        (("--use", "农业"), "--use"),
        (("--basis", "含税"), "--basis"),
        (("--rate", "USD"), "--rate"),
        (("--rate", "XYZ=3"), "--rate"),
        (("--plot", "高铁新城:10亩:工业:5000:多"), "--plot"),
        (("--plot", "新城:10亩"), "--plot"),
        (("--phase", "20亩:4200:也许"), "--phase"),
        (("--floor", "10亩@2"), "--floor"),
        (("--tax-year", "今年=5"), "--tax-year"),
        (("--tax-year", "2028"), "--tax-year"),
        (("--tax-year", "2030=5", "--tax-year", "2030=6"), "--tax-year"),
        (("--full-year", "明年"), "--full-year"),
        (("--on", "2026-02-30"), "--on"),
    ],
)
def test_bad_input_is_one_sentence_that_names_the_option(words: tuple[str, ...], option: str) -> None:
    code, out, err = said(*words, "--json")
    assert code == MENDABLE
    assert len(err.splitlines()) == 1
    assert err.startswith(f"{option}：")
    assert json.loads(out)["error"]["where"] == option


def test_an_area_that_does_not_exist_lists_those_that_do() -> None:
    _code, _out, err = said("--area", "相城")
    assert all(area in err for area in ("高铁新城", "高新区", "开发区", "其他区域"))


def test_not_met_is_no_error_and_the_text_says_what_to_do() -> None:
    code, out, err = said(*WORDS["C03"])
    assert (code, err) == (DONE, "")
    first, second, *_rest = out.splitlines()
    assert first == "试算结论（待核口径）：不达标"
    assert second.startswith("高铁新城｜供地30亩｜达产年税收5400.00万元")
    assert "  ✓ 年税收5400.00≥5000万元，符合\n  ✗ 亩均税收180.00万元，低于200万元" in out
    assert "若改选其他片区（须有实际地块）" in out
    assert out.endswith("依据：文稿口径(约2019)\n  · 高铁新城单个项目年税收不低于5000万元，亩均税收不低于200万元\n")


def test_codes_stay_and_texts_change_with_the_language() -> None:
    chinese, english = answer(*WORDS["C03"]), answer(*WORDS["C03"], "--lang", "en")
    texts = {"verdict_text", "reasons", "explanation"}
    assert {key: value for key, value in chinese.items() if key not in texts} == {
        key: value for key, value in english.items() if key not in texts
    }
    assert english["verdict_text"] == "Not reached"
    assert "raise the tax to 6000.00 (10k yuan; 600.00 a year more)" in english["explanation"]


def lead(database: Database, **document: Any) -> None:  # noqa: ANN401  (a record of JSON)
    with database.write(by="李", why="登记") as session:
        create(session, "leads", read_record("leads", document))


def test_a_lead_is_judged_by_the_rules_of_its_database(database: Database, database_url: str) -> None:
    lead(database, code="XT-1", name="光学项目（虚构）", area="高铁新城", land="16667㎡", annual_tax="5000万元")
    for reference in ("XT-1", "光学项目（虚构）"):
        got = answer(reference, "--database", database_url)
        assert (got["verdict"], got["gap_tax_wan"], got["rule_set"]) == ("not_met", "0.1", "2019-seed")
    same = answer("--area", "高铁新城", "--land", "16667㎡", "--tax", "5000")
    assert got == same


def test_rules_that_come_into_force_hold_from_their_day(database: Database, database_url: str) -> None:
    lead(database, code="XT-1", name="甲（虚构）", area="高铁新城", land="25亩", annual_tax="5000")
    with database.write(by="李", why="新口径（虚构）") as session:
        new = RuleSet(
            code="2027-test",
            name="虚构口径(2027)",
            source="虚构",
            document_number="虚构〔2027〕1号",
            approved_by="虚构",
            valid_from="2027-01-01",
        )
        session.add(new)
        session.flush()
        session.add(
            Rule(
                rule_set_id=new.id,
                code="T-1",
                area="高铁新城",
                least_tax_yuan=60_000_000,
                least_tax_per_mu_yuan=2_000_000,
                quote="虚构",
                source="虚构",
            )
        )
    before = answer("XT-1", "--on", "2026-12-31", "--database", database_url)
    after = answer("XT-1", "--on", "2027-01-01", "--database", database_url)
    assert (before["verdict"], before["rule_set"], before["rule_set_status"]) == ("met", "2019-seed", "trial")
    assert (after["verdict"], after["rule_set"], after["rule_set_status"]) == ("not_met", "2027-test", "in_force")
    assert "依据：虚构口径(2027)" in after["explanation"]
    assert "试算" not in after["explanation"].replace("按全口径试算", "")


def test_rates_and_mappings_of_the_database_are_used(database: Database, database_url: str) -> None:
    lead(database, code="XT-1", name="甲（虚构）", address="虚构路1号", land="25亩", annual_tax="720万美元")
    words = ("XT-1", "--on", "2026-11-22", "--database", database_url)
    assert answer(*words)["missing"] == ["area", "rate:USD"]
    with database.write(by="李", why="汇率和对应（虚构）") as session:
        for day, value in (("2026-11-01", "6.90"), ("2026-11-20", "7.10"), ("2026-12-01", "6.00")):
            session.add(Entry(dictionary="rate", term="USD", meaning=value, valid_from=day, source="虚构"))
        session.add(Entry(dictionary="area_mapping", term="虚构路", meaning="高铁新城", source="虚构"))
        session.add(Entry(dictionary="threshold_setting", term="critical_band", meaning="0.05", source="虚构"))
    got = answer(*words)
    assert (got["verdict"], got["tax_wan"], got["rates"][0]["on"]) == ("met", "5112", "2026-11-20")
    assert got["critical"] is True  # 2.24 % above the line: within the 5 % set here
    assert answer(*words, "--rate", "USD=6.90")["verdict"] == "not_met"
    with database.write(by="李", why="区间（虚构）") as session:
        session.add(Entry(dictionary="rate_range", term="USD", meaning='["1", "2"]', source="虚构"))
    assert answer(*words)["missing"] == ["rate:USD"]


def test_a_lead_that_is_not_there(sqlite_url: str) -> None:
    code, _out, err = said("XT-404", "--database", sqlite_url)
    assert code == MENDABLE
    assert "XT-404" in err


def test_a_lead_and_figures_are_refused_together(sqlite_url: str) -> None:
    code, _out, err = said("XT-1", "--land", "25亩", "--database", sqlite_url)
    assert code == MENDABLE
    assert "--land" in err


def test_a_check_of_figures_imports_no_database() -> None:
    script = (
        "import sys; from crm.commands.line import run; run(sys.argv[1:]); "
        "heavy = {'sqlmodel', 'sqlalchemy', 'pydantic', 'alembic', 'openpyxl', 'reportlab', 'PySide6', 'pypinyin'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    words = [sys.executable, "-c", script, "check", *WORDS["C01"]]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("试算结论（待核口径）：达标")
    assert done.stderr.strip() == "[]"
