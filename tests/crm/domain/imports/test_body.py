"""Rows under a heading: projects, sections, sums and notes are told apart."""

from __future__ import annotations

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.body import BodyRow, classify, section_stage
from crm.domain.imports.grid import Sheet
from crm.domain.imports.headers import understand
from crm.domain.imports.tables import find_tables
from crm.domain.imports.texts import plain
from tests.crm.domain.imports.sheets import sheet


def rows_of(given: Sheet) -> list[BodyRow]:
    table = find_tables(given)[0]
    return list(classify(given, table, understand(given, table, LEAD_FIELDS)))


def kinds(given: Sheet) -> str:
    return " ".join(row.kind[:3] for row in rows_of(given))


def test_sections_sums_blanks_and_notes() -> None:
    given = sheet(
        """
序号|项目名称|总投资（亿元）|用地(亩)|责任人
一、签约项目（3个）
1|精密光电产业园|5.2|25|刘某
2|德资汽车零部件|1.5|30|孙某

小计||6.7|55|
二、在谈项目（1个）
3|AI研发中心|0.8|0|刘某
合 计||7.5|55|
备注：1.本表由各招商组组长认真审核后统一上报；
        2.有新增项目时都需要填写本报表；
填表人：周总            审核人：孙工
""",
        "A2:E2 A7:E7 A10:E10",
    )
    assert kinds(given) == "sec dat dat bla sub sec dat sub not not not"
    assert [row.section for row in rows_of(given) if row.kind == "data"] == [
        "一、签约项目(3个)",
        "一、签约项目(3个)",
        "二、在谈项目(1个)",
    ]


def test_sections_without_merges_or_numbers_and_sums_in_the_name_column() -> None:
    given = sheet(
        """
序号|项目名称|总投资（亿元）|用地(亩)
已签约项目：
'1|精密光电产业园|'5.2|'25
|小计|'5.2|'25
意向项目：
'2|AI研发中心|'0.8|'0
|总计|'6.0|'25
"""
    )
    assert kinds(given) == "sec dat sub sec dat sub"


def test_a_sum_above_the_rows_and_sections_with_sums_of_their_own() -> None:
    given = sheet(
        """
序号|项目名称|投资方|计划总投资（万元）|拟用地（亩）
|合计（3个）||12000|65
一|签约类（2个）||8000|45
1|甲项目|某有限公司|5000|25
2|乙项目|某集团|3000|20
二|在谈类（1个）||4000|20
3|丙项目|某公司|4000|20
填表人：|周总||审核人：|孙工
"""
    )
    assert kinds(given) == "sub sec dat dat sec dat not"
    assert section_stage(rows_of(given)[1].text) == ("stage", "signed")


def test_a_project_of_which_only_the_name_is_known_is_a_project() -> None:
    assert (
        kinds(sheet("项目名称|总投资（亿元）|片区|备注\n甲项目|1|高新区|\n乙项目|||\n丙项目|2|开发区|"))
        == "dat dat dat"
    )


def test_a_heading_that_comes_again_on_the_next_page_is_no_project() -> None:
    assert kinds(sheet("序号|项目名称|片区\n1|甲项目|高新区\n序号|项目名称|片区\n2|乙项目|开发区")) == "dat hea dat"


def test_a_row_without_a_name_is_not_lost() -> None:
    assert kinds(sheet("序号|项目名称|总投资（亿元）|片区\n1|甲项目|1|高新区\n2||2|开发区")) == "dat dat"


def test_cells_merged_downwards_count_for_each_row() -> None:
    given = sheet("项目名称|投资方|总投资（亿元）\n甲项目|某公司|1\n||2\n乙项目|某公司|3", "A2:A3 B2:B3")
    assert kinds(given) == "dat dat dat"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("一、已签约项目（8个）", ("stage", "signed")),
        ("（三）在建项目:", ("stage", "started")),
        ("第一类：重点在谈项目", ("stage", "negotiation")),
        ("三、终止项目", ("status", "ended")),
        ("四、新能源产业", None),
    ],
)
def test_a_section_names_a_stage_or_none(text: str, stage: tuple[str, str] | None) -> None:
    assert section_stage(plain(text)) == stage
