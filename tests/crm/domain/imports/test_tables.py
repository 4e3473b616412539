"""Tables are found by evidence, however they are laid out."""

from __future__ import annotations

import pytest

from crm.domain.imports.grid import Sheet
from crm.domain.imports.tables import Table, find_tables
from tests.crm.domain.imports.sheets import sheet


def headings(table: Table) -> list[str]:
    return ["/".join(path.parts) for path in table.paths]


def only(given: Sheet) -> Table:
    tables = find_tables(given)
    assert len(tables) == 1
    return tables[0]


def test_title_and_note_rows_stand_above_the_heading() -> None:
    table = only(
        sheet(
            """
2026年相城区驻点招商项目信息采集表
共上报在谈项目5个（新增2个）
所属片组：第一招商片组    填报人：李某    填报时间：2026.11.20
序号|项目名称|投资方|固定资产投资|需用土地|片区|进度、备注
1|高端光学元件项目|某某光电股份有限公司|约5亿|25亩左右|高铁新城|9月到访，洽谈中
2|生物医药中试基地|以色列某公司|200万美元|租赁厂房2500㎡|高新区|2024.3 首次接触
备注：1.本表由各招商组组长认真审核后统一上报；
""",
            "A1:G1 A2:G2 A3:G3 A7:G7",
        )
    )
    assert (table.header_rows, table.first, table.last) == ((3,), 4, 6)
    assert table.above[0][1].startswith("2026年")


def test_two_heading_rows_merged() -> None:
    table = only(
        sheet(
            """
2026年1-11月招商引资项目台账||||||
||||||单位：亿元、万美元、亩
序号|项目名称|投资方||投资额||用地(亩)
||企业名称|国别/地区|总投资（亿元）|其中：固定资产|
1|精密光电产业园|某某光电股份有限公司|中国|5.2|4|25
2|德资汽车零部件|某德国公司|德国|1.5|1.2|30
""",
            "A1:G1 A3:A4 B3:B4 C3:D3 E3:F3 G3:G4",
        )
    )
    assert table.header_rows == (2, 3)
    assert headings(table)[2:6] == [
        "投资方/企业名称",
        "投资方/国别/地区",
        "投资额/总投资（亿元）",
        "投资额/其中：固定资产",
    ]
    assert [unit.word for unit in table.corner] == ["亿元", "万美元", "亩"]


def test_three_heading_rows_of_a_csv_without_merges_the_last_of_units() -> None:
    table = only(
        sheet(
            """
序 号|项目|投资额|||录入时间|用地情况|
||计划总投资|固定资产投资|注册资本||片区|性质
||万元|亿元|万元|||
'1|数据技术智能工厂|'10000|'0.25|'1000|2023/6/20|望亭镇|工业
'2|汽车电子创新中心|'5000|'0.5|'2000||高新区|工业用地
"""
        )
    )
    assert table.header_rows == (0, 1, 2)
    assert headings(table)[2:4] == ["投资额/计划总投资", "投资额/固定资产投资"]
    assert [path.unit and path.unit.word for path in table.paths[2:5]] == ["万元", "亿元", "万元"]


def test_units_in_the_third_heading_row_beside_headings() -> None:
    table = only(
        sheet(
            """
序号|项目基本情况||投资情况||要素需求|
|名称|投资方|总投资|其中|用地|用电
|||（亿元）|固投|（亩）|（kVA）
1|甲项目|某公司|2.5|1.5|20|500
2|乙项目|某公司|1.2|0.8|30|200
""",
            "A1:A3 B1:C1 B2:B3 C2:C3 D1:E1 F1:G1",
        )
    )
    assert table.header_rows == (0, 1, 2)
    assert headings(table)[3:] == ["投资情况/总投资", "投资情况/其中/固投", "要素需求/用地", "要素需求/用电"]
    assert [path.unit and path.unit.word for path in table.paths[3:]] == ["亿元", None, "亩", "kVA"]


def test_numbers_marks_and_english_in_headings() -> None:
    table = only(
        sheet(
            """
*1.项目名称 Project Name|2.投资主体（Investor）|3.投资总额(人民币，亿元)|4.项目进展情况及存在问题
甲项目|某公司|1.5|洽谈中
乙项目|某公司|2|已签约
"""
        )
    )
    assert table.header_rows == (0,)


def test_the_same_heading_under_a_title_begins_another_table() -> None:
    tables = find_tables(
        sheet(
            """
一、签约项目||
项目名称|总投资（万元）|片区
甲项目|1000|高新区
乙项目|2000|开发区

二、在谈项目||
项目名称|总投资（万元）|片区
丙项目|1000|高新区
"""
        )
    )
    assert [(table.header_rows, table.above) for table in tables] == [
        ((1,), ((0, "一、签约项目"),)),
        ((6,), ((5, "二、在谈项目"),)),
    ]


def test_a_section_row_under_the_heading_is_no_part_of_it() -> None:
    table = only(
        sheet(
            """
序号|项目|片区|融资额（万元）|投资方|
||||联系人|联系方式
（一）在谈项目(3个)|||||
1|汽车电子生产基地|经开区|4500|赵总|139-0000-7834
2|汽车电子二期扩产|高新区|6500|徐总|13900004052
"""
        )
    )
    assert table.header_rows == (0, 1)


def test_tables_under_each_other() -> None:
    tables = find_tables(
        sheet(
            """
项目名称|总投资（万元）|片区|备注
甲项目|1000|高新区|
乙项目|2000|开发区|
合计|3000||

附表：增资扩产项目
序号|招商项目名称|新公司名称|资金需求（万元）
1|丙项目|某某有限公司|500
2|丁项目|某某有限公司|600
"""
        )
    )
    assert [(table.header_rows, table.first, table.last) for table in tables] == [((0,), 1, 4), ((6,), 7, 8)]
    assert tables[1].above == ((5, "附表：增资扩产项目"),)


def test_tables_side_by_side() -> None:
    tables = find_tables(
        sheet(
            """
序号|项目名称|总投资（万元）||序号|项目名称|总投资（万元）
1|甲项目|1000||1|丙项目|500
2|乙项目|2000||2|丁项目|600
"""
        )
    )
    assert [(table.left, table.right) for table in tables] == [(0, 2), (4, 6)]


def test_a_row_that_counts_the_columns_is_no_project() -> None:
    table = only(
        sheet(
            """
项目名称|投资方|总投资（万元）|用地（亩）
1|2|3|4
甲项目|某公司|1000|20
乙项目|某公司|2000|30
"""
        )
    )
    assert (table.header_rows, table.first) == ((0,), 2)


def test_words_nobody_has_listed_still_make_a_heading() -> None:
    table = only(
        sheet(
            """
某县农业产业化情况
经营主体名称|带头人|栽培品种|亩产值
甲合作社|张某|水稻|1200
乙合作社|李某|小麦|900
"""
        )
    )
    assert table.header_rows == (1,)


@pytest.mark.parametrize(
    "text",
    [
        "填表说明\n1. 总投资：项目计划总投资，单位万元。\n2. 用地：需新增供地的填亩数。",
        "1|2|3\n4|5|6",
        "",
    ],
)
def test_a_sheet_without_a_heading_has_no_table(text: str) -> None:
    assert find_tables(sheet(text)) == ()


def test_the_rows_a_person_names_are_the_heading_whatever_they_look_like() -> None:
    given = sheet(
        """
填报口径见附件
甲|乙|1.5
（全称）|（多少）|（哪里）
||亩
量子测量|1.2|30
低温电子|2|40
"""
    )
    (table,) = find_tables(given, (1, 2, 3))
    assert (table.header_rows, table.first, table.last) == ((1, 2, 3), 4, 5)
    assert [path.parts for path in table.paths] == [("甲", "（全称）"), ("乙", "（多少）"), ("1.5", "（哪里）")]
    assert [path.unit.word if path.unit else "" for path in table.paths] == ["", "", "亩"]
    assert table.above == ((0, "填报口径见附件"),)


def test_a_heading_below_the_one_that_was_named_begins_another_table() -> None:
    given = sheet(
        """
甲|乙|丙
a|b|c
项目名称|投资方|责任人|联系人
量子测量|甲公司|王某|李某
"""
    )
    assert [table.header_rows for table in find_tables(given, (0,))] == [(0,), (2,)]


def test_names_of_companies_are_no_heading_whatever_words_are_in_them() -> None:
    lines = "简称|全称|来源\n甲乙|甲乙光电股份有限公司|名录\n某某软件|某某软件股份有限公司|名录\n某某|某某公司|名录"
    assert [table.header_rows for table in find_tables(sheet(lines))] == [(0,)]
