"""Lists of communities, funds and plots as bureaus keep them: headings, ranges, several kinds of rooms in a cell."""

from __future__ import annotations

from typing import Any

import pytest

from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.domain.imports.resource_headings import resource_heading
from crm.domain.imports.rows import RowRecord
from crm.domain.imports.understanding import understand_workbook
from crm.domain.imports.words import stages_between
from tests.crm.domain.imports.sheets import sheet

FUNDS = """
序号|基金全称|管理人|基金规模（亿元）|主要投资领域|投资轮次|单笔投资额度|返投要求
1|甲基金|某资本|10|新材料/高端装备|A轮-C轮|500-3000万元|1.5倍
2|乙基金|某创投|2亿|人工智能|种子、天使|不超过500万|/
3|丙基金|某国资|50|生物医药|Pre-IPO|5000万以上|1.2
"""

COMMUNITIES = """
园区名称|所在板块|产业定位|可租面积（㎡）|楼面承重|环评|预计交付时间
甲社区|高铁新城|无人驾驶|研发6,000、中试2000|500kg/㎡|中试|2027年一季度
乙社区|高新区|生物医药|5000|0.8吨/㎡|P2、动物实验|已交付
"""

PLOTS = """
宗地号|所在板块|净地面积（亩）|规划用地性质|容积率要求|拟供项目
A-01|开发区|32.5|工业|2.0|某项目
"""


def read(kind: str, text: str) -> list[RowRecord]:
    return list(understand_workbook([sheet(text)], RECORD_FIELDS[kind]).tables[0].records)


def told(kind: str, record: RowRecord) -> dict[str, Any]:
    fields = RECORD_FIELDS[kind]
    return {name: value_to_text(fields[name], value) for name, value in record.values.items()}


def test_a_list_of_funds() -> None:
    first, second, third = read("funds", FUNDS)
    assert told("funds", first) == {
        "name": "甲基金",
        "manager": "某资本",
        "size": "10亿元",
        "fields": "新材料、高端装备",
        "stages": "A、B、C",
        "ticket_low": "500万元",
        "ticket_high": "3,000万元",
        "return_ratio": "1.5",
    }
    assert {"ticket_low", "ticket_high"} & second.values.keys() == {"ticket_high"}
    assert {"ticket_low", "ticket_high"} & third.values.keys() == {"ticket_low"}
    assert second.values["stages"] == ("种子", "天使")


def test_a_list_of_communities() -> None:
    first, second = read("communities", COMMUNITIES)
    assert told("communities", first) == {
        "name": "甲社区",
        "area": "高铁新城",
        "fields": "无人驾驶",
        "space": "研发 6,000㎡、中试 2,000㎡",
        "floor_load": "500 kg/㎡",
        "environment": "中试",
        "ready": "2027年第一季度",
    }
    assert "space" not in second.values, "which kind of room it is was not said"
    assert "ready" not in second.values
    assert second.doubtful


def test_a_list_of_plots() -> None:
    (plot,) = read("plots", PLOTS)
    assert told("plots", plot) == {
        "code": "A-01",
        "area": "开发区",
        "land": "32.5亩",
        "land_use": "工业",
        "plot_ratio": "2",
        "locked_by": "某项目",
    }


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("A轮-C轮", ("A", "B", "C")),
        ("种子期至A轮", ("种子", "天使", "Pre-A", "A")),
        ("Pre-A~B", ("Pre-A", "A", "B")),
        ("Pre-A", ()),
        ("成长期", ()),
        ("C-A", ()),
    ],
)
def test_rounds_from_one_to_another(text: str, stages: tuple[str, ...]) -> None:
    assert stages_between(text) == stages


@pytest.mark.parametrize(
    ("kind", "heading", "target"),
    [
        ("funds", "子基金名称", ("name", "")),
        ("funds", "认缴规模", ("size", "")),
        ("funds", "单笔投资上限", ("ticket_high", "")),
        ("communities", "可用中试面积", ("space", "中试")),
        ("communities", "标准厂房层高", None),
        ("plots", "基金名称", None),
        ("leads", "名称", None),
    ],
)
def test_a_heading_means_something_in_its_own_list_alone(
    kind: str, heading: str, target: tuple[str, str] | None
) -> None:
    found = resource_heading(kind, heading)
    assert (None if found is None else (found.field, found.part)) == target
