"""Units are found wherever a heading says them, and never where it does not."""

from __future__ import annotations

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.units import corner_unit, corner_units, split_unit, suits, unit_of


@pytest.mark.parametrize(
    ("heading", "rest", "unit"),
    [
        ("总投资（亿元）", "总投资", "亿元"),
        ("投资总额（万元)", "投资总额", "万元"),
        ("达产税收（单位：万元）", "达产税收", "万元"),
        ("土地需求（单位：m2）", "土地需求", "平方米"),
        ("厂房\n（㎡）", "厂房", "平方米"),
        ("总投资(人民币、亿元)", "总投资", "亿元"),
        ("注册资本（万）", "注册资本", "万元"),
        ("到账外资（万美元）", "到账外资", "万美元"),
        ("总投资/亿元", "总投资", "亿元"),
        ("协议总投资 万元", "协议总投资", "万元"),
        ("用地亩", "用地", "亩"),
        ("变压器容量（ＫＶＡ）", "变压器容量", "kVA"),
        ("预期亩均税收（万元/亩）", "预期亩均税收", "万元/亩"),
        ("项目（企业）名称", "项目(企业)名称", None),
        ("国别/地区", "国别/地区", None),
        ("供地亩数", "供地亩数", None),
        ("预期税收（第一年）", "预期税收(第一年)", None),
    ],
)
def test_a_heading_is_parted_from_its_unit(heading: str, rest: str, unit: str | None) -> None:
    text, found = split_unit(heading)
    assert (text, found.word if found else None) == (rest, unit)


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("单位：亿元、万美元、亩", ["亿元", "万美元", "亩"]),
        ("（单位:万元，亩）", ["万元", "亩"]),
        ("金额单位：万元  面积单位：亩", ["万元", "亩"]),
        ("填报单位：外资招商中心    填报人：刘某", []),
        ("单位：某某街道", []),
        ("填报单位：相城区某某局  单位：万元", ["万元"]),
        ("填报单位：相城区某某局　填报日期：2026年11月　单位：万元、亩", ["万元", "亩"]),
        ("单位：万元  填报日期：2026年11月", ["万元"]),
        ("填报单位：相城区某某局单位：亿元", ["亿元"]),
        ("填报单位：亿元投资公司", []),
    ],
)
def test_a_corner_names_units_and_no_bureau(line: str, units: list[str]) -> None:
    assert [unit.word for unit in corner_units(line)] == units


def test_a_corner_counts_only_where_it_leaves_no_choice() -> None:
    corner = corner_units("单位：亿元、万美元、亩")
    picked = {
        name: corner_unit(LEAD_FIELDS[name], corner) for name in ("annual_tax", "paid_in_foreign", "land", "jobs")
    }
    assert {name: unit and unit.word for name, unit in picked.items()} == {
        "annual_tax": "亿元",
        "paid_in_foreign": "万美元",
        "land": "亩",
        "jobs": None,
    }
    assert corner_unit(LEAD_FIELDS["annual_tax"], corner_units("单位：亿元、万元")) is None


def test_a_quotient_is_no_unit_of_money_and_kilowatts_are_none_of_kva() -> None:
    for word, field in (("万元/亩", "annual_tax"), ("千瓦", "power"), ("万件", "annual_output"), ("万元", "land")):
        unit = unit_of(word)
        assert unit is not None
        assert not suits(unit, LEAD_FIELDS[field])
