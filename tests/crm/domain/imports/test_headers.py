"""Columns are understood by words, context, units and values; what would falsify stays unmapped, with the reason."""

from __future__ import annotations

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.grid import Sheet
from crm.domain.imports.headers import Column, Said, understand
from crm.domain.imports.tables import find_tables
from crm.domain.imports.units import unit_of
from tests.crm.domain.imports.sheets import sheet


def columns_of(given: Sheet, said: dict[str, Said] | None = None) -> dict[str, Column]:
    return {column.header: column for column in understand(given, find_tables(given)[0], LEAD_FIELDS, said)}


def field_of(heading: str, values: str = "") -> str | None:
    column = columns_of(sheet(f"序号|项目名称|{heading}\n1|甲项目|{values}\n2|乙项目|"))
    return next(one.target or None for one in column.values() if one.index == 2)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("拟用地面积需求（亩）", "land"),
        ("达产后年税收贡献（万元）", "annual_tax"),
        ("项目计划投资总额", "planned_investment"),
        ("截至11月底到位资金", "paid_in_investment"),
        ("①项目负责人*", "owner"),
        ("投资国家（地区）", "country"),
        ("拟租厂房面积（平方米）", "space.厂房"),
        ("初次对接时间", "first_reported_at"),
        ("2027年预计税收（万元）", "tax_by_year.2027"),
        ("项目最新进展", "notes"),
        ("annual_tax", "annual_tax"),
        ("Annual output", "annual_output"),
    ],
)
def test_headings_nobody_has_listed_are_understood(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "亩均税收（万元/亩）",
            "投资强度（万元/亩）",
            "设备投资（万元）",
            "实缴资本（万元）",
            "合同外资（万美元）",
            "容积率",
            "利税总额",
        ),
        *(
            "纳统计划总投资（万元）",
            "当月实际到位额（万元）",
            "折算用地（亩）",
            "上年度税收（万元）",
            "研发投入占比",
            "新公司名称",
        ),
        *(
            "计划开工时间",
            "预期税收（第一年）（万元）",
            "2024年完成投资（万元）",
            "是否上市公司",
            "招商专员电话",
            "税收（万元/亩）",
            "产值（万件）",
        ),
    ],
)
def test_what_only_looks_like_ours_stays_unmapped(heading: str) -> None:
    assert field_of(heading) is None


def test_a_slip_of_the_pen_maps_a_name_but_only_proposes_money() -> None:
    found = columns_of(sheet("项目名秤|投资主休|总投资颔（万元）\n甲|乙公司|5000\n丙|丁公司|600"))
    assert (found["项目名秤"].field, found["项目名秤"].how) == ("name", "fuzzy")
    assert found["投资主休"].field == "investor"
    money = found["总投资颔（万元）"]
    assert (money.field, money.proposed, money.reason) == (None, "planned_investment", "asked")


def test_groups_give_short_headings_their_meaning() -> None:
    found = columns_of(
        sheet(
            """
项目名称|投资方|||责任分工||用地情况||时间节点|
|名称|国别|联系电话|单位|联系电话|面积（亩）|性质|供地|开工
甲项目|某公司|德国|13900004052|区商务局|0512-00001111|20|工业|2024年5月|2025/3/15
乙项目|某公司|中国|13900004053|区工信局|0512-00001112|30|科研|2024年6月|2025/4/15
""",
            "B1:D1 E1:F1 G1:H1 I1:J1 A1:A2",
        )
    )
    fields = [column.field for column in found.values()]
    assert fields == [
        *("name", "investor", "country", "contact_phone", "bureau", None, "land", "land_use"),
        *("land_supplied_on", "started_on"),
    ]


def test_values_that_belong_to_something_else_leave_a_column_unmapped() -> None:
    assert field_of("签约", "是") is None
    assert field_of("行业分类", "50") is None
    assert field_of("进度", "9月到访，洽谈中，拟下月再次拜访") == "notes"


def test_a_column_without_a_heading_is_known_by_credit_codes() -> None:
    codes = ("91320507MA9XC00178", "91320507MA9XC00253", "91320507MA9XC0033X")
    rows = "\n".join(f"甲{number}项目|高新区|{code}" for number, code in enumerate(codes))
    found = list(columns_of(sheet(f"项目名称|片区|\n{rows}")).values())
    assert (found[2].field, found[2].how) == ("credit_code", "values")


def test_the_first_of_equal_headings_counts() -> None:
    given = sheet("项目名称|联系人|联系人\n甲|张某|李某")
    _, first, second = understand(given, find_tables(given)[0], LEAD_FIELDS)
    assert (first.field, second.field, second.reason, second.rival) == ("contact", None, "same_heading", 1)


def test_the_name_of_the_firm_is_the_name_where_there_is_no_other() -> None:
    found = columns_of(sheet("企业名称|统一社会信用代码\n甲有限公司|91320507MA9XC00178\n乙有限公司|"))
    assert (found["企业名称"].field, found["企业名称"].how) == ("name", "only_name")


def test_units_come_from_the_heading_before_the_group_before_the_corner() -> None:
    found = columns_of(
        sheet(
            """
||||单位：亩、万元
项目名称|投资额（亿元）||税收|用地
|总投资|固定资产（万元）||
甲项目|1.2|5000|300|20
乙项目|1.5|6000|200|30
""",
            "B2:C2 A2:A3 D2:D3 E2:E3",
        )
    )
    units = {column.field: (column.unit and column.unit.word, column.unit_from) for column in found.values()}
    assert units["planned_investment"] == ("亿元", "group")
    assert units["fixed_investment"] == ("万元", "header")
    assert units["annual_tax"] == ("万元", "corner")
    assert units["land"] == ("亩", "corner")


def test_what_the_user_says_of_a_heading_holds() -> None:
    given = sheet("项目名称|体量|备注\n甲项目|5|\n乙项目|6|")
    said = {"体量": Said("planned_investment", unit=unit_of("亿元")), "备注": Said(None)}
    found = columns_of(given, said)
    assert (found["体量"].field, found["体量"].how, found["体量"].unit_from) == ("planned_investment", "map", "map")
    assert found["备注"].field is None


def test_of_two_firms_the_company_is_the_name_and_who_invests_the_investor() -> None:
    columns = columns_of(sheet("公司名称|轮次|投资方\n某某智能|A轮|某某资本\n某某光电|B轮|某某创投"))
    assert (columns["公司名称"].field, columns["投资方"].field) == ("name", "investor")
