"""Ledgers of other layouts and words than the labelled ones: what each column becomes, and what is left open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.understanding import Understood, understand_workbook
from tests.crm.domain.imports.sheets import sheet

FOLLOWED = """
2026年第三季度重点在谈项目跟踪推进情况表
填报单位：某某街道（虚构） | | | | | | | | | 金额单位：万元
序号 | 项目（公司）名称 | 所属行业 | 投资主体 | 拟投资总额 | 其中设备投资 | 拟用地(亩) | 选址 | 下一步计划 | 具体负责人
1 | 甲智能装备项目（虚构） | 智能制造 | 甲公司 | 52000 | 30000 | 25 | 高铁新城东侧 | 11月底前实地考察 | 孙某
2 | 乙医疗器械项目（虚构） | 生物医药 | 乙公司 | 1.2亿元 | / | / | 高新区 | 签约 | 王某
"""
FOREIGN = """
外资项目进度表
编号 | 外方投资者 | 项目名称 | 国别（地区） | 总投资 | 合同利用外资 | 实际到账外资 | 签约日期 | 落户板块 | 经办人
 | | | | 万美元 | 万美元 | 万美元 | | |
W-1 | 某株式会社 | 丙精密项目（虚构） | 日本 | 3000 | 1500 | 0 | 2025-03-18 | 经开区 | 周某
W-2 | 某GmbH | 丁汽车零部件（虚构） | 德国 | 1200 | 600 | 300 | 2025-06-01 | 高铁新城 | 周某
"""
ROOMS = """
企业全称|社会信用代码|意向用地面积（㎡）|厂房面积（㎡）|层高（米）|楼面荷载（t/㎡）|用电负荷（KVA）|拟入驻时间|用工（人）
戊新材料有限公司（虚构） | 91320507MA9XC00178 | | 3200 | 6 | 1.5 | 800 | 2027年一季度 | 120
己科技有限公司（虚构） | | 16667 | | | | 2000 | 2027-06 | 300
"""
STEPS = """
签约项目调度表（截至2026年10月底）
序号 | 项目基本情况 | | 投资情况（亿元） | | 用地情况 | | 时间节点 | | | 牵头部门
 | 项目名称 | 投资商 | 计划总投资 | 其中固投 | 面积（亩） | 性质 | 签约 | 拿地 | 开工 |
1 | 庚半导体项目（虚构） | 庚集团 | 10.5 | 8 | 45 | 工业 | 2025.11 | 2026年3月 | 2026.12 | 区商务局
2 | 辛机器人项目（虚构） | 辛公司 | 6 | 4.2 | 30 | M1 | 2026.1 | — | — | 区商务局
合计 | | | 16.5 | 12.2 | 75 | | | | |
"""
THREE_ROWS = """
相城区2026年拟供地项目汇总表
 | | | | | | | | 单位：亩、万元
序号 | 板块 | 项目名称 | 用地需求 | | | 经济指标 | |
 | | | 总面积 | 其中 | | 投资 | | 年纳税额
 | | | | 一期 | 二期 | 总投资额 | 固定资产投资 |
1 | 高铁新城 | A项目（虚构） | 50 | 20 | 30 | 80000 | 60000 | 9000
2 | 高新区 | B项目（虚构） | 33.5 | 33.5 | / | 40000 | 30000 | 待定
小计 | | | 83.5 | 53.5 | 30 | 120000 | 90000 | 9000
"""
ENGLISH = """
No. | Project 项目 | Investor 投资方 | Country 国别 | Land 用地(mu) | Status 状态 | Contact 联系人
1 | 壬项目（虚构） | Company A | 美国 | 20 | 在谈 | John
2 | 癸项目（虚构） | Company B | 新加坡 | 10 | 签约 | Mary
"""
REPORTED = """
报送时间 | 报送人 | 信息来源 | 项目名称 | 投资意向方 | 投资规模 | 用地/载体需求 | 意向落地区域
2026年10月8日 | 孙某 | 驻深办 | 子项目（虚构） | 子公司 | 约3亿元 | 用地20亩左右 | 高新区
2026年10月15日 | 周某 | 展会 | 丑项目（虚构） | 丑公司 | 5000万-8000万 | 租赁研发楼2000平方米 | 高铁新城
"""
TAXES = """
企业名称|所在片区|用地面积（㎡）|2027年税收（万元）|2029年税收（万元）|达产年份|亩均税收（万元/亩）|税收口径
甲公司（虚构）|开发区|20000|500|3000|2029|100|全口径
乙公司（虚构）|高铁新城|16667|800|5000|2029年|200|地方留成
"""
BESIDE = """
在谈项目 | | | 签约项目 | |
项目名称 | 投资方 | 总投资（亿元） | 项目名称 | 投资方 | 总投资（亿元）
A（虚构） | 甲 | 3 | D（虚构） | 丁 | 8
B（虚构） | 乙 | 1.5 | E（虚构） | 戊 | 2
"""


def read(text: str) -> Understood:
    return understand_workbook([sheet(text, name="表一")], LEAD_FIELDS)


def fields(understood: Understood) -> list[str]:
    return [column.target for column in understood.tables[0].columns if column.field]


def figures(understood: Understood, name: str) -> list[Decimal | None]:
    values = (row.record.values.get(name) for row in understood.rows)
    return [None if value is None else value.low for value in values]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FOLLOWED, "name industry investor planned_investment land site next_step owner"),
        (FOREIGN, "code investor name country planned_investment paid_in_foreign signed_on area owner"),
        (ROOMS, "name credit_code land space.厂房 ceiling_height floor_load power needed_by jobs"),
        (
            STEPS.replace("牵头部门", "主办"),
            "name investor planned_investment fixed_investment land land_use signed_on land_supplied_on started_on",
        ),
        (THREE_ROWS, "area name land planned_investment fixed_investment annual_tax"),
        (ENGLISH, "name investor country land stage contact"),
        (REPORTED, "first_reported_at first_reporter source name investor planned_investment land area"),
        (TAXES, "name area land tax_by_year.2027 tax_by_year.2029 full_year tax_basis"),
    ],
)
def test_each_column_becomes_its_field_or_none(text: str, expected: str) -> None:
    assert fields(read(text)) == expected.split()


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (FOLLOWED, "planned_investment", ["52000", "12000"]),
        (FOREIGN, "planned_investment", ["3000", "1200"]),
        (ROOMS, "land", [None, "25.0005"]),
        (ROOMS, "floor_load", ["1500", None]),
        (STEPS, "fixed_investment", ["80000", "42000"]),
        (THREE_ROWS, "annual_tax", ["9000", None]),
        (REPORTED, "planned_investment", ["30000", "5000"]),
        (REPORTED, "land", ["20", "0"]),
        (TAXES, "land", ["30", "25.0005"]),
    ],
)
def test_figures_are_in_the_unit_that_is_said_somewhere(text: str, name: str, expected: list[str | None]) -> None:
    assert figures(read(text), name) == [None if one is None else Decimal(one) for one in expected]


def test_foreign_capital_keeps_its_currency() -> None:
    values = read(FOREIGN).rows[0].record.values
    assert (values["planned_investment"].currency, values["paid_in_foreign"].currency) == ("USD", "USD")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (FOLLOWED, ["site_area:高铁新城", "site_area:高新区"]),
        (STEPS, ["month:表一/H"]),
        (ROOMS, []),
        (TAXES, []),
        (THREE_ROWS, []),
    ],
)
def test_only_what_nobody_says_is_asked(text: str, keys: list[str]) -> None:
    assert [question.key for question in read(text).questions.open] == keys


def test_sums_hold_and_are_no_projects() -> None:
    for text, number in ((STEPS, 3), (THREE_ROWS, 4)):
        understood = read(text)
        sums: list[Any] = list(understood.tables[0].sums)
        assert (len(understood.rows), len(sums), all(check.holds for check in sums)) == (2, number, True)


def test_the_heading_over_a_table_beside_another_gives_its_stage() -> None:
    rows = read(BESIDE).rows
    assert [(row.record.values["name"], row.record.values["stage"]) for row in rows] == [
        ("A（虚构）", "negotiation"),
        ("B（虚构）", "negotiation"),
        ("D（虚构）", "signed"),
        ("E（虚构）", "signed"),
    ]
