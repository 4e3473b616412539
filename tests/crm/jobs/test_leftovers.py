"""Faulty rows leave as a workbook in the layout they came in; mended, that workbook comes in by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from crm.database import Database
from crm.errors import ValueRefusedError
from crm.jobs import finish
from crm.jobs.imports import Imported, Request, run_import
from crm.jobs.leftovers import write_faulty
from crm.workbooks.reading import read_workbook

HEADER = (
    ("序号", "项目名称", "投资方", "投资额（亿元）", None, "用地（亩）", "进展时间", None),
    (None, None, None, "总投资", "其中：固定资产", None, "签约", "开工"),
)
ROWS: tuple[tuple[object, ...], ...] = (
    ("一、签约项目",),
    (1, "甲项目（虚构）", "甲公司", 1.2, 0.8, 25, "2024.3", date(2025, 3, 15)),
    (2, None, "乙公司", 3, 2, 30, "2024.5", date(2025, 4, 1)),
    ("小计", None, None, 4.2, 2.8, 55, None, None),
    ("二、在谈项目",),
    (3, "丙项目（虚构）", "丙公司", 5, 4, 37.5, None, None),
    (4, None, "丁公司", "约5亿", None, "50亩（一期20亩）", "2025年下半年", 45366),
)


@pytest.fixture
def book(sqlite_url: str) -> Any:  # noqa: ANN401  (a generator)
    opened = Database(sqlite_url)
    yield opened
    opened.close()


def ledger(path: Path) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "11月台账"
    sheet.append(["2024年招商项目台账"])
    for row in (*HEADER, *ROWS):
        sheet.append(list(row))
    for merge in ("A1:H1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "G2:H2", "A4:H4", "A8:H8"):
        sheet.merge_cells(merge)
    made.save(path)
    return path


def imported(book: Database, path: Path, **more: Any) -> Imported:  # noqa: ANN401
    return finish(run_import(book, Request("leads", path, "王", **more)))


def values(done: Imported) -> dict[str, Mapping[str, Any]]:
    return {str(row.record.values.get("investor")): row.record.values for row in done.planned}


def test_the_faulty_rows_alone_leave_and_come_back_mended(book: Database, tmp_path: Path) -> None:
    done = imported(book, ledger(tmp_path / "a.xlsx"))
    assert (done.counts["new"], done.counts["faulty"]) == (2, 2)
    target = tmp_path / "有误.xlsx"
    assert write_faulty(done, target) == 2
    [sheet] = read_workbook(target).sheets
    assert [row[0] for row in sheet.rows] == ["2024年招商项目台账", "序号", None, "一、签约项目", 2, "二、在谈项目", 4]
    assert sheet.rows[1][8] == "未导入原因"
    assert all("没有名称" in str(sheet.rows[row][8]) for row in (4, 6))
    assert (sheet.rows[4][7], sheet.rows[6][3], sheet.rows[6][7]) == (date(2025, 4, 1), "约5亿", 45366)

    mended = load_workbook(target)
    page = mended["11月台账"]
    page["B5"], page["B7"] = "乙项目（虚构）", "丁项目（虚构）"
    mended.save(target)
    again = imported(book, target)
    assert (again.counts["data"], again.counts["new"], again.counts["faulty"]) == (2, 2, 0)
    found = values(again)
    assert (found["乙公司"]["stage"], found["丁公司"]["stage"]) == ("signed", "negotiation")
    assert (found["乙公司"]["planned_investment"].low, found["丁公司"]["planned_investment"].low) == (30000, 50000)
    assert (str(found["乙公司"]["started_on"]), str(found["丁公司"]["started_on"])) == ("2025-04-01", "2024-03-15")
    assert [column.header for column in again.understood.tables[0].columns if "原因" in column.header] == []


def test_a_mended_workbook_still_knows_what_was_said_of_its_heading(book: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("项目名称,片区,用地（亩）\n甲项目（虚构）,漕湖,5\n,漕湖,6\n", encoding="utf-8")
    done = imported(book, path, answers={"area:漕湖": "开发区"})
    target = tmp_path / "有误.xlsx"
    assert write_faulty(done, target) == 1
    mended = load_workbook(target)
    mended.worksheets[0]["A2"] = "乙项目（虚构）"
    mended.save(target)
    again = imported(book, target)
    [table] = again.understood.tables
    assert table.recalled is not None
    assert table.recalled.same
    assert again.planned[0].record.values["area"] == "开发区"


def test_merged_cells_are_filled_down_and_damaged_numbers_stay_damaged(book: Database, tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (
        ("项目名称", "统一社会信用代码", "责任单位", "投资总额（万元）"),
        ("甲项目（虚构）", None, "区商务局", 300),
        (None, 913205071234567890, None, "=SUM(1,2)"),
    ):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    path = tmp_path / "a.xlsx"
    made.save(path)
    done = imported(book, path)
    target = tmp_path / "有误.xlsx"
    assert write_faulty(done, target) == 1
    [read] = read_workbook(target).sheets
    assert read.rows[1][2] == "区商务局"
    assert str(getattr(read.rows[1][1], "flaw", "")) == "damaged"
    assert read.formulas == frozenset()
    assert "长" in str(read.rows[1][4])


def test_nothing_is_written_where_nothing_is_faulty(book: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("项目名称,用地（亩）\n甲项目（虚构）,5\n", encoding="utf-8")
    done = imported(book, path)
    assert write_faulty(done, tmp_path / "有误.xlsx") == 0
    assert not (tmp_path / "有误.xlsx").exists()


def test_another_kind_of_file_and_a_list_are_refused(book: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("项目名称,用地（亩）,来源\n,5,展会\n", encoding="utf-8")
    with pytest.raises(ValueRefusedError, match=r"\.xlsx"):
        write_faulty(imported(book, path), tmp_path / "有误.csv")
    listed = tmp_path / "a.json"
    listed.write_text('[{"land": "5亩"}]', encoding="utf-8")
    with pytest.raises(ValueRefusedError, match=r"a\.json"):
        write_faulty(imported(book, listed), tmp_path / "有误.xlsx")
