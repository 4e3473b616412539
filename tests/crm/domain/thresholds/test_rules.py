"""The rules as dated data: which holds on a day, and what may not be a rule at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from crm.domain.thresholds import SEED, Case, Rule, Verdict, judge, rule_set_on
from crm.domain.thresholds.rules import AreaMapping, Setting
from tests.crm.domain.thresholds.building import DAY, mu, told, wan

HSR = SEED.rules[0]
CASE = Case(area="高铁新城", land=mu(25), annual_tax=wan(5000))


def test_the_four_sentences_of_the_founding_document() -> None:
    lines = {rule.area: (rule.least_tax, rule.least_per_mu) for rule in SEED.rules}
    assert lines == {
        "高铁新城": (Decimal(5000), Decimal(200)),
        "高新区": (Decimal(3000), Decimal(100)),
        "开发区": (Decimal(2000), Decimal(80)),
        "其他区域": (None, Decimal(50)),
    }
    assert [rule.land_uses for rule in SEED.rules] == [frozenset()] * 3 + [frozenset({"industrial"})]
    assert (SEED.name, SEED.status, SEED.document_number, SEED.valid_from) == ("2019-seed", "trial", "", None)


@pytest.mark.shared
def test_the_sentences_are_those_of_the_paper(shared: Path) -> None:
    facts = json.loads((shared / "domain" / "seed_facts.json").read_text(encoding="utf-8"))
    rules = {rule["rule_id"]: rule for rule in facts["threshold_rules"]}
    for rule in SEED.rules:
        paper = rules[rule.code]
        assert (rule.area, rule.quote) == (paper["area_zh"], paper["quote"])
        least = paper["min_project_tax_wan_per_year"]
        assert (rule.least_tax, rule.least_per_mu) == (least and Decimal(least), Decimal(paper["min_tax_per_mu_wan"]))


@pytest.mark.parametrize("line", ["0", "-1", "NaN", "Infinity"])
def test_a_line_is_more_than_nothing(line: str) -> None:
    with pytest.raises(ValueError, match="T-1"):
        Rule("T-1", "高铁新城", None, Decimal(line))


def test_of_several_rules_the_last_that_started_holds() -> None:
    newer = replace(HSR, code="T-2", least_tax=Decimal(6000), valid_from=date(2026, 7, 1))
    ended = replace(HSR, code="T-3", least_tax=Decimal(9000), valid_from=date(2026, 8, 1), valid_to=date(2026, 8, 31))
    rules = replace(SEED, rules=(ended, newer, *SEED.rules))
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 31), date(2026, 9, 1)]
    assert [judge(CASE, rules, day).rules[0].code for day in days] == ["TH-HSR", "T-2", "T-3", "T-2"]


def test_an_area_without_a_rule_is_a_matter_of_consultation() -> None:
    got = judge(CASE, replace(SEED, rules=SEED.rules[1:]), DAY)
    assert (got.verdict, got.refer, told(got)) == (Verdict.NOT_APPLICABLE, "consult", {"no_rule"})


def test_rules_in_force_stand_before_rules_on_trial() -> None:
    official = replace(SEED, name="a", document_number="1", approved_by="b", valid_from=date(2026, 1, 1))
    assert rule_set_on((SEED, official), date(2025, 12, 31)) is SEED
    assert rule_set_on((SEED, official), date(2026, 1, 1)) is official
    assert rule_set_on((official,), date(2025, 12, 31)) is None
    ended = replace(official, valid_to=date(2026, 6, 30))
    assert rule_set_on((SEED, ended), date(2026, 7, 1)) is SEED


def test_a_setting_that_is_not_there_is_a_fault_of_the_data() -> None:
    with pytest.raises(KeyError, match="critical_band"):
        judge(CASE, replace(SEED, settings=()), DAY)


def test_the_bands_are_dated_settings() -> None:
    wider = Setting("critical_band", Decimal("0.05"), "虚构", date(2026, 7, 1))
    rules = replace(SEED, settings=(*SEED.settings, wider))
    case = Case(area="高铁新城", land=mu(20), annual_tax=wan(5200))
    assert [judge(case, rules, day).critical for day in (date(2026, 6, 30), date(2026, 7, 1))] == [False, True]


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("苏州市相城区漕湖街道1号", "开发区"),
        ("苏州市相城区漕湖街道高铁路8号", "高铁新城"),
        ("苏州市相城区黄桥镇", None),
        ("甲路乙路", None),
        ("丙路1号", None),
    ],
)
def test_only_a_confirmed_mapping_in_force_tells_an_area(address: str, area: str | None) -> None:
    mappings = (
        AreaMapping("漕湖", "开发区"),
        AreaMapping("漕湖街道高铁路", "高铁新城"),  # the longest text found decides
        AreaMapping("甲路", "高新区"),
        AreaMapping("乙路", "开发区"),  # as long, and another area: asked
        AreaMapping("丙路", "高新区", valid_to=date(2026, 1, 1)),
        AreaMapping("", "其他区域"),
    )
    got = judge(replace(CASE, area=None, address=address), replace(SEED, area_mappings=mappings), DAY)
    assert (got.area, got.missing) == (area, () if area else ("area",))
    assert ("address_mapped" if area else "address_unmapped") in told(got)


def test_a_stated_area_stands_before_the_address() -> None:
    rules = replace(SEED, area_mappings=(AreaMapping("漕湖", "开发区"),))
    assert judge(replace(CASE, address="漕湖"), rules, DAY).area == "高铁新城"
