"""Whole sheets: records, sections, questions and answers, sums; and what is left out, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from crm.domain.fields.registry import LEAD_FIELDS, RECORD_FIELDS
from crm.domain.imports.explain import note_text, question_text, refused_text
from crm.domain.imports.grid import CellValue, Sheet, Visibility
from crm.domain.imports.said import read_said
from crm.domain.imports.understanding import Understood, understand_workbook
from crm.domain.quantities import PartialDate
from crm.errors import ValueRefusedError
from crm.i18n import use_language
from tests.crm.domain.imports.sheets import sheet

LEDGER = """
2026年1-11月招商引资项目台账||||||||
||||||||单位：亿元、亩
序号|项目名称|投资额||用地|税收（万元）|签约|责任单位|备注
||总投资|固定资产（万元）|||||
一、签约项目（3个）||||||||
1|精密光电产业园|5.2|'40,000|25|5000|2024.3|高铁新城|
2|德资汽车零部件|1.5|12000|30|3000|2024.1|高新区|汇率按7.10
3|新材料二期|5-8||37.5|3000|三季度|经开区|
小计||11.7-14.7|52000|92.5|11000|||
二、在谈项目（1个）||||||||
4|AI研发中心|0.8||0|600||区科技局|租赁办公1200平方米
合计||12.5-15.5|52000|92.5|11601|||
"""
MERGES = "A1:I1 A3:A4 B3:B4 C3:D3 E3:E4 F3:F4 G3:G4 H3:H4 I3:I4 A5:I5 A10:I10"


def understand(*sheets: Sheet, answers: Mapping[str, str] | None = None, only: str | None = None) -> Understood:
    return understand_workbook(sheets, LEAD_FIELDS, answers=answers, only=only)


def keys(understood: Understood) -> list[str]:
    return [question.key for question in understood.questions.open]


def test_a_ledger_is_read_with_its_sections_and_units() -> None:
    table = understand(sheet(LEDGER, MERGES)).tables[0]
    first = table.records[0].values
    assert first["stage"] == "signed"
    assert table.records[3].values["stage"] == "negotiation"
    assert (first["planned_investment"].low, first["fixed_investment"].low) == (Decimal(52000), Decimal(40000))
    assert first["signed_on"] == PartialDate(2024, 3)
    assert table.records[0].raw["D"] == "40,000"
    assert [row.index + 1 for row in table.passed] == [1, 2, 5, 9, 10, 12]


def test_sums_are_checked_and_never_imported() -> None:
    table = understand(sheet(LEDGER, MERGES)).tables[0]
    wrong = [(check.row, check.field, check.stated) for check in table.sums if not check.holds]
    assert wrong == [(12, "annual_tax", "11601")]


def test_a_sum_above_the_rows_is_checked_against_all_of_them() -> None:
    given = sheet("序号|项目名称|总投资（万元）\n|合计（2个）|8000\n1|甲项目|5000\n2|乙项目|3000")
    assert [(check.row, check.holds) for check in understand(given).tables[0].sums] == [(2, True)]


def test_a_hidden_row_counts_and_is_said() -> None:
    given = replace(sheet("项目名称|片区\n甲项目|高新区\n乙项目|开发区"), hidden_rows=frozenset((2,)))
    codes = [[one.note.code for one in record.notes] for record in understand(given).tables[0].records]
    assert codes == [[], ["hidden_row"]]


def test_what_is_open_is_asked_once_with_its_proof() -> None:
    found = understand(sheet(LEDGER, MERGES))
    assert keys(found) == ["month:台账/G", "year:台账/G", "area:高铁新城", "area:高新区", "area:经开区"]
    month = found.questions.open[0]
    with use_language("en"):
        assert question_text(month, LEAD_FIELDS).endswith("(row 7: 2024.1)")
    assert (month.choices, month.column) == (("1", "10"), "G")
    assert found.questions.open[1].choices == ("2026", "2025", "2027")


def test_answers_fill_what_was_left_empty_and_hold_again() -> None:
    answers = {
        "month:台账/G": "10",
        "year:台账/G": "2026",
        "area:高铁新城": "高铁新城",
        "area:高新区": "高新区",
        "area:经开区": "开发区",
    }
    for _again in range(2):
        found = understand(sheet(LEDGER, MERGES), answers=answers)
        records = found.tables[0].records
        assert keys(found) == []
        assert [one.values.get("area") for one in records] == ["高铁新城", "高新区", "开发区", None]
        assert [str(one.values.get("signed_on")) for one in records[1:3]] == ["2024-10", "2026-Q3"]
        assert not any(one.doubtful for one in records)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (("month:台账/H", "10"), "month:台账/G"),
        (("month:台账/G", "13"), "1，10"),
        (("area:高新区", "高兴区"), "其他区域"),
    ],
)
def test_an_answer_to_nothing_lists_the_possible_ones(answer: tuple[str, str], says: str) -> None:
    with pytest.raises(ValueRefusedError, match=says):
        understand(sheet(LEDGER, MERGES), answers=dict([answer]))


def test_a_column_without_a_unit_is_asked_once() -> None:
    given = sheet("项目名称|融资需求\n甲项目|9750\n乙项目|3000万元\n丙项目|/")
    found = understand(given)
    assert keys(found) == ["unit:台账/B"]
    assert ["financing_need" in one.values for one in found.tables[0].records] == [False, True, False]
    answered = understand(given, answers={"unit:台账/B": "万元"})
    assert answered.tables[0].records[0].values["financing_need"].low == Decimal(9750)
    assert answered.tables[0].columns[1].unit_from == "answer"


def test_a_bare_wu_about_land_is_asked_for_the_column() -> None:
    given = sheet("项目名称|用地（亩）\n甲项目|无\n乙项目|20")
    assert keys(understand(given)) == ["no_land:台账/B"]
    none = understand(given, answers={"no_land:台账/B": "none"}).tables[0].records[0]
    assert (none.values["land"].low, none.doubtful) == (Decimal(0), False)


def test_an_area_elsewhere_and_a_town_are_asked() -> None:
    given = sheet(
        "项目名称|片区|项目地址\n甲项目|高新区|苏州市虎丘区科技城锦峰路18号\n乙项目|渭塘镇|\n丙项目|高新区|云栖路66号"
    )
    found = understand(given)
    assert keys(found) == ["area:渭塘镇", "area:高新区@苏州市虎丘区科技城锦峰路18号"]
    assert [one.values.get("area") for one in found.tables[0].records] == [None, None, "高新区"]


def test_a_heading_that_is_only_like_money_is_asked_before_it_counts() -> None:
    given = sheet("项目名称|总投资颔（万元）\n甲项目|5000\n乙项目|600")
    assert "planned_investment" not in understand(given).tables[0].records[0].values
    answered = understand(given, answers={"column:台账/B": "planned_investment"})
    assert answered.tables[0].records[0].values["planned_investment"].low == Decimal(5000)


def test_of_equal_headings_the_first_counts_until_it_is_answered() -> None:
    given = sheet("项目名称|联系人|联系人\n甲项目|张某|李某")
    assert understand(given).tables[0].records[0].values["contact"] == "张某"
    second = understand(given, answers={"same_heading:台账/C": "second"})
    assert second.tables[0].records[0].values["contact"] == "李某"


def test_merged_cells_count_for_each_row_and_the_raw_text_stays() -> None:
    given = sheet("项目名称|投资方|片区\n甲项目|某公司|高新区\n乙项目||开发区", "B2:B3")
    first, second = understand(given).tables[0].records
    assert second.values["investor"] == "某公司"
    assert "B" not in second.raw
    assert first.raw["B"] == "某公司"


def test_telling_columns_go_into_the_notes_under_their_headings() -> None:
    given = sheet("项目名称|投资方简介|备注|进展情况\n甲项目|上市公司|需协调环评|洽谈中")
    notes = understand(given).tables[0].records[0].values["notes"]
    assert notes == "需协调环评\n投资方简介：上市公司\n进展情况：洽谈中"


def test_a_row_without_a_name_is_faulty_and_not_lost() -> None:
    record = understand(sheet("序号|项目名称|片区\n1|甲项目|高新区\n2||开发区")).tables[0].records[1]
    assert record.fault is not None
    with use_language("en"):
        assert note_text(record.fault) == "There is no name; the row is not written."


def test_the_name_of_the_sheet_gives_the_stage_when_it_is_nothing_else() -> None:
    found = understand(
        sheet("项目名称|片区\n甲项目|高新区", name="在谈项目"), sheet("项目名称|片区\n乙项目|", name="11月")
    )
    assert [record.values.get("stage") for table in found.tables for record in table.records] == ["negotiation", None]


def test_a_sheet_with_a_heading_only_says_where_it_is() -> None:
    found = understand(sheet("2026年台账\n项目名称|片区|总投资（亿元）", name="台账"))
    assert refused_text(found.refused["台账"]) == "的表头在第2行，但表头下没有数据行"


def test_what_is_said_of_a_heading_that_is_not_there_is_refused() -> None:
    given = sheet("项目名称|投资体量\n甲项目|5", name="台账")
    said = read_said({"投资额": "planned_investment"}, LEAD_FIELDS)
    with pytest.raises(ValueRefusedError) as caught:
        understand_workbook([given], LEAD_FIELDS, said=said)
    assert caught.value.message == "--map：表中没有表头“投资额”。现有表头：项目名称、投资体量。"
    said = read_said({"投资体量": {"field": "planned_investment", "unit": "亿元"}}, LEAD_FIELDS)
    assert understand_workbook([given], LEAD_FIELDS, said=said).tables


def test_sheets_that_are_no_list_of_projects_are_left_out_with_the_reason() -> None:
    projects = sheet("项目名称|片区\n甲项目|高新区", name="项目")
    summary = sheet("板块|项目个数|总投资（亿元）\n高新区|8|20.6", name="汇总")
    words = sheet("填表说明\n1. 总投资：项目计划总投资，单位万元。", name="说明")
    hidden = replace(projects, name="旧表", visibility=Visibility.HIDDEN)
    found = understand(summary, projects, words, Sheet("空表", []), hidden)
    codes = {name: why.code for name, why in found.refused.items()}
    assert codes == {"汇总": "no_name", "说明": "no_heading", "空表": "empty", "旧表": "hidden"}
    assert [table.sheet for table in found.tables] == ["项目"]
    assert [table.sheet for table in understand(projects, hidden, only="旧表").tables] == ["旧表"]


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        (
            "funds",
            "基金名称|管理人|投资领域|单笔上限（万元）\n甲基金|某公司|人工智能、大数据|3000",
            {"manager": "某公司"},
        ),
        ("communities", "研发社区|主导产业|运营单位\n甲社区|生物医药|某公司", {"operator": "某公司"}),
        ("plots", "地块编号|面积（亩）|用途\nXC-01|25|工业", {"land_use": "industrial"}),
    ],
)
def test_other_kinds_of_record(kind: str, text: str, values: dict[str, str]) -> None:
    found = understand_workbook([sheet(text)], RECORD_FIELDS[kind])
    record = found.tables[0].records[0]
    assert record.fault is None
    assert values.items() <= record.values.items()


SITES = """
项目名称|意向选址|用地（亩）
甲项目|高铁新城地块3|25
乙项目|拟落户相城高新区|30
丙项目|高铁新城商务区|20
丁项目|黄桥镇经济开发区|20
戊项目|苏州高新区|20
己项目|待定|20
"""


def test_sites_that_name_an_area_are_asked_once_for_each_area_and_never_decide() -> None:
    found = understand(sheet(SITES))
    assert keys(found) == ["site_area:高铁新城", "site_area:高新区"]
    first = found.questions.open[0]
    assert [proof.row for proof in first.proofs] == [2, 4]
    assert question_text(first, LEAD_FIELDS).startswith(
        "选址（地址）中写有“高铁新城”的，归入哪个门槛片区？（建议：高铁新城）"
    )
    assert all("area" not in one.values for one in found.tables[0].records)
    doubtful = [one.row for one in found.tables[0].records if any(note.note.doubtful for note in one.notes)]
    assert doubtful == [2, 3, 4]


def test_what_is_answered_about_sites_fills_their_area() -> None:
    answers = {"site_area:高铁新城": "高铁新城", "site_area:高新区": "none"}
    records = understand(sheet(SITES), answers=answers).tables[0].records
    assert [one.values.get("area") for one in records] == ["高铁新城", None, "高铁新城", None, None, None]


def test_a_ledger_with_a_column_of_areas_asks_nothing_about_sites() -> None:
    given = sheet("项目名称|意向选址|片区\n甲项目|高铁新城地块3|高新区\n乙项目|高铁新城|")
    assert keys(understand(given)) == []


def test_the_unit_of_a_line_that_names_the_bureau_too_counts() -> None:
    given = sheet("2026年招商项目表\n填报单位：相城区某某局  单位：万元\n项目名称|总投资|责任人\n甲项目|5000|王某")
    found = understand(given)
    assert keys(found) == []
    assert found.tables[0].records[0].values["planned_investment"].low == Decimal(5000)


def test_the_area_a_bureau_proposes_is_asked_about_where_land_is_sought() -> None:
    sought = sheet("项目名称 | 责任单位 | 用地（亩）\n甲项目 | 高新区招商局 | 20\n乙项目 | 经开区招商局 |")
    assert keys(understand(sought)) == ["area:高新区招商局"]
    assert keys(understand(sheet("项目名称 | 责任单位\n甲项目 | 高新区招商局\n乙项目 | 经开区招商局"))) == []


def test_a_ledger_in_traditional_characters_is_understood_and_its_names_stay() -> None:
    heads = "項目名稱 | 投資方 | 計劃總投資（億元） | 用地（畝） | 階段"
    ledger = sheet(f"{heads}\n臺灣電子項目（虛構） | 臺灣電子公司 | 約1.2 | 25 | 已簽約")
    [table] = understand(ledger).tables
    [record] = table.records
    assert (record.values["name"], record.values["investor"]) == ("臺灣電子項目（虛構）", "臺灣電子公司")
    assert (record.values["planned_investment"].low, record.values["planned_investment"].approximate) == (12000, True)
    assert (record.values["land"].low, record.values["stage"]) == (25, "signed")


@pytest.mark.parametrize("letter", ["9", "９", "一", "138", "1 ", "2024-"])
def test_a_cell_as_long_as_a_spreadsheet_allows_is_read_like_any(letter: str) -> None:
    long = (letter * 32_767)[:32_767]
    heads = ("项目名称", "投资方", "总投资（亿元）", "签约时间", "联系电话", "备注")
    rows: list[list[CellValue]] = [[*heads], ["甲项目", *[long] * 5], ["乙项目", "乙公司", 1, "2024年3月", None, None]]
    [table] = understand(Sheet("台账", rows)).tables
    assert [record.values["name"] for record in table.records] == ["甲项目", "乙项目"]
