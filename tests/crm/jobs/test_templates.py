"""The empty workbook: what is filled into it is understood without a question."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from crm.database import Database
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.imports.grid import column_letter
from crm.jobs import finish
from crm.jobs.imports import Request, import_file
from crm.jobs.templates import make_template
from crm.queries.records import load

NOW = datetime(2026, 11, 28, 9, 30)  # noqa: DTZ001  (a file's own clock)
FILLED: dict[str, dict[str, str | int]] = {
    "leads": {"项目名称": "甲项目（虚构）", "投资方": "某集团（虚构）", "用地需求（亩）": 25},
    "communities": {"研发社区名称": "某社区（虚构）", "供地门槛片区": "高铁新城", "研发面积（㎡）": 5000},
    "funds": {"基金名称": "某基金（虚构）", "管理人": "某资本（虚构）", "基金规模（万元）": 50000},
    "plots": {"编号": "P-91", "供地门槛片区": "高铁新城", "地块面积（亩）": 60},
}


@pytest.mark.parametrize("kind", list(FILLED))
def test_every_column_of_a_form_is_understood(database: Database, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "form.xlsx"
    count = make_template(kind, path, NOW)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    assert len(headings) == len(set(headings)) == count
    for heading, value in FILLED[kind].items():
        sheet.cell(3, headings.index(heading) + 1).value = value
    book.save(path)
    report = finish(import_file(database, Request(kind, path, "王")))
    first = report["sheets"][0]
    assert first["unmapped"] == []
    assert {column["field"].partition(".")[0] for column in first["columns"]} == set(RECORD_FIELDS[kind])
    assert (report["counts"]["new"], report["counts"]["faulty"]) == (1, 0)


def test_a_filled_form_is_read_as_it_was_meant(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    make_template("leads", path, NOW)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): int(cell.column or 0) for cell in sheet[2]}
    for heading, value in (
        ("项目名称", "甲项目（虚构）"),
        ("联系电话", "013800001111"),
        ("计划总投资（万元）", "约5亿元"),
        ("用地需求（亩）", 25),
        ("研发面积（㎡）", 1200),
        ("2028年税收（万元）", 800),
        ("所处阶段", "在谈"),
        ("需求时间", "2027年3月"),
    ):
        sheet.cell(3, columns[heading]).value = value
    letter = column_letter(columns["联系电话"] - 1)
    assert sheet.column_dimensions[letter].number_format == "@"
    book.save(path)
    report = finish(import_file(database, Request("leads", path, "王")))
    assert (report["counts"]["new"], report["counts"]["doubtful"]) == (1, 0)
    with database.read() as session:
        (lead,) = load(session, "leads")
    assert lead.values["contact_phone"] == "013800001111"
    assert lead.values["land"].exact == 25
    assert lead.values["planned_investment"].exact == 50000
    assert lead.values["space"]["研发"].exact == 1200
    assert lead.values["tax_by_year"][2028].exact == 800
    assert (lead.values["stage"], str(lead.values["needed_by"])) == ("negotiation", "2027-03")


def test_a_form_has_drop_downs_notes_and_instructions(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    make_template("leads", path, NOW)
    book = openpyxl.load_workbook(path)
    assert (book.sheetnames, book["选项"].sheet_state) == (["招商线索填报表", "填表说明", "选项"], "hidden")
    sheet = book["招商线索填报表"]
    place = [cell.value for cell in sheet[2]].index("供地门槛片区")
    letter = column_letter(place)
    (rule,) = [each for each in sheet.data_validations.dataValidation if f"{letter}3" in each.cells]
    assert rule.formula1 == f"'选项'!${letter}$1:${letter}$4"
    assert [book["选项"].cell(row, place + 1).value for row in range(1, 5)] == [
        "高铁新城",
        "高新区",
        "开发区",
        "其他区域",
    ]
    assert sheet.cell(2, place + 1).comment is not None
    explained = {row[0].value: str(row[1].value) for row in book["填表说明"].iter_rows()}
    assert explained["用地需求（亩）"].startswith("填写数字，单位为亩")


@pytest.mark.parametrize("kind", list(FILLED))
def test_a_form_filled_as_it_says_asks_nothing(sqlite_url: str, tmp_path: Path, kind: str) -> None:
    """Every column gets its own example or first choice, one after the other: nothing is open, nothing in doubt."""
    path, database = tmp_path / "form.xlsx", Database(sqlite_url)
    make_template(kind, path, NOW)
    book = openpyxl.load_workbook(path)
    sheet, told = book.worksheets[:2]
    columns = {str(cell.value): place for place, cell in enumerate(sheet[2], 1)}
    for heading, _how, example, choices in told.iter_rows(values_only=True):
        if str(heading) not in columns:
            continue
        entries = str(choices or "").split("、") if choices else str(example or "").split("；")
        for row, entry in enumerate(entries[:3], 3):
            sheet.cell(row, columns[str(heading)]).value = entry or None
    for row, name in enumerate(("甲（虚构）", "乙（虚构）", "丙（虚构）"), 3):
        for heading in ("项目名称", "研发社区名称", "基金名称", "编号"):
            if heading in columns:
                sheet.cell(row, columns[heading]).value = f"{name}{heading}"
    book.save(path)
    report = finish(import_file(database, Request(kind, path, "王")))
    database.close()
    notes = [note for row in report["rows"] if row["action"] in {"doubtful", "faulty"} for note in row["notes"]]
    assert (report["questions"], notes, report["counts"]["new"]) == ([], [], 3)
