"""The three ledgers that bureaus keep: written by us, they are read by us as any bureau's, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.domain.quantities import Money
from crm.errors import ValueRefusedError
from crm.jobs import finish
from crm.jobs.exports import Order, export_records
from crm.jobs.imports import Request, import_file
from crm.jobs.shapes import FORMS, Report, _numeral, make_shape
from crm.queries.records import load
from crm.services.records import create
from crm.workbooks.shapes import Line
from crm.workspace import open_workspace

NOW = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)
ORDER = Order("leads", "李", NOW, purpose="会商", recipient="区商务局")

LEADS: list[dict[str, object]] = [
    {
        "name": "精密光电产业园（虚构）",
        "kind": "investment",
        "investor": "澄光光电（虚构）",
        "credit_code": "91320507MA9XC00178",
        "country": "中国",
        "industry": "光电",
        "gbt4754": "3976",
        "planned_investment": "5.2亿元",
        "fixed_investment": "40000",
        "land": "25亩",
        "annual_output": "12亿元",
        "annual_tax": "5000",
        "stage": "signed",
        "signed_on": "2026-03-15",
        "registered_on": "2026-05",
        "bureau": "招商一科",
        "owner": "刘某",
        "contact": "王某",
        "contact_phone": "013800001111",
        "first_reported_at": "2026-11-25T09:00:00+08:00",
        "notes": "=HYPERLINK(1)",
    },
    {
        "name": "新材料二期（虚构）",
        "kind": "investment",
        "investor": "澄新材料（虚构）",
        "planned_investment": "5-8亿元",
        "land": "37.5亩",
        "annual_tax": "3000",
        "stage": "signed",
    },
    {
        "name": "德资零部件（虚构）",
        "kind": "investment",
        "country": "德国",
        "planned_investment": "700万美元",
        "paid_in_foreign": "2000万美元",
        "annual_tax": "约600",
        "land": "0",
        "stage": "negotiation",
        "space": {"厂房": "2500㎡"},
    },
    {"name": "人才团队（虚构）", "kind": "talent", "status": "paused", "status_reason": "等待"},
    {"name": "尚无阶段（虚构）"},
]
_BOTH = "name investor planned_investment fixed_investment annual_tax land bureau"
KEPT = {
    "weekly": "name investor fixed_investment land contact contact_phone industry",
    "monthly": f"{_BOTH} country paid_in_foreign annual_output signed_on registered_on owner stage notes",
    "flat": f"{_BOTH} credit_code annual_revenue jobs space registered_capital contact contact_phone",
}
"""Fields that a form carries whole."""


@pytest.fixture
def book(sqlite_url: str) -> Iterator[Database]:
    """Return a database with five leads."""
    database = Database(sqlite_url)
    with database.write(by="李", why="登记") as session:
        for lead in LEADS:
            create(session, "leads", read_record("leads", lead))
    yield database
    database.close()


def written(book: Database, folder: Path, form: str) -> Path:
    finish(export_records(book, replace(ORDER, form=form), folder / f"{form}.xlsx"))
    return folder / f"{form}.xlsx"


def records(database: Database) -> dict[str, dict[str, Any]]:
    with database.read() as session:
        return {str(record.values["name"]): dict(record.values) for record in load(session, "leads")}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_read_as_any_ledger(book: Database, tmp_path: Path, form: str) -> None:
    path, before = written(book, tmp_path, form), records(book)
    other = open_workspace(tmp_path / "other.db", "王", settings_folder=tmp_path / "settings").database
    report = finish(import_file(other, Request("leads", path, "王")))
    assert (report["counts"]["new"], report["counts"]["faulty"], report["questions"]) == (5, 0, [])
    after = records(other)
    other.close()
    for name, values in before.items():
        for field in KEPT[form].split():
            left, right = values.get(field), after[name].get(field)
            assert bare(left) == bare(right), (name, field)


def bare(value: Any) -> Any:  # noqa: ANN401  (a value of a field)
    if isinstance(value, dict):
        return {key: bare(each) for key, each in value.items()}
    return replace(value, text="") if hasattr(value, "text") else value


def test_the_monthly_ledger_has_groups_sections_and_sums(book: Database, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(book, tmp_path, "monthly")).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [line[0] for line in lines] == [
        "2026年11月招商引资项目台账",
        "单位：亿元、万元、万美元、亩",
        "序号",
        None,
        "一、在谈项目（1个）",
        1,
        "小计",
        "二、签约项目（2个）",
        2,
        3,
        "小计",
        "三、搁置项目（1个）",
        4,
        "小计",
        "四、未填阶段项目（1个）",
        5,
        "小计",
        "合计",
        *[line[0] for line in lines[-2:]],
    ]
    assert lines[2][2:9] == ["投资方", None, "投资额", None, None, "用地（亩）", "预计效益"]
    assert lines[3][4] == "总投资（亿元）"
    assert lines[5][4] == "700万美元"  # another currency, with its own unit, in no sum
    assert lines[8][4:11] == [5.2, 4, None, 25, 12, 5000, 200]
    assert lines[9][9:11] == [3000, 80]
    assert lines[10][4:11] == ["10.2-13.2", 4, None, 62.5, 12, 8000, None]
    assert lines[17][4:11] == ["10.2-13.2", 4, 2000, 62.5, 12, 8600, None]
    assert str(lines[8][11]).startswith("2026-03-15")
    assert "2026年5月" in str(lines[8][12])
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A3:A4", "C3:D3", "E3:G3", "A18:D18", "H3:H4"} <= merged
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("C5", "$3:$4", "landscape")


def test_the_weekly_sheet_counts_what_it_says(book: Database, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(book, tmp_path, "weekly")).worksheets[0]
    said = "共上报项目5个（近7日新增1个），（其中产业项目3个，人才项目1个，5亿元以上项目2个）"
    assert (sheet["A2"].value, sheet["A3"].value) == (said, "填报人：李    填报时间：2026.11.28")
    assert sheet["J5"].value is None
    assert [sheet["I5"].value, sheet["I5"].number_format] == ["013800001111", "@"]


def test_the_flat_list_has_whole_square_metres_only(book: Database, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(book, tmp_path, "flat")).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    land = headings.index("用地需求（平方米）")
    assert [row[land].value for row in sheet.iter_rows(min_row=2)] == ["25亩", 25000, 0, None, None]
    assert [sheet.cell(2, headings.index(text) + 1).value for text in ("行业大类", "行业中类", "行业小类")] == [
        "39",
        "397",
        "3976",
    ]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("form", FORMS)
def test_contacts_are_masked_and_no_lead_is_a_ledger_too(form: str, book: Database, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    finish(export_records(book, Order("leads", "李", NOW, form=form), target))
    texts = [str(cell.value) for row in openpyxl.load_workbook(target).worksheets[0].iter_rows() for cell in row]
    assert "013800001111" not in texts
    finish(export_records(book, replace(ORDER, form=form, where="name = 没有这个项目"), target))
    assert openpyxl.load_workbook(target).worksheets[0].max_row >= 1


def test_what_is_no_form_is_told(book: Database, tmp_path: Path) -> None:
    for order, target in (
        (replace(ORDER, form="yearly"), "a.xlsx"),
        (replace(ORDER, form="weekly"), "a.csv"),
        (replace(ORDER, form="weekly", columns="name"), "a.xlsx"),
        (replace(ORDER, form="weekly", kind="funds"), "a.xlsx"),
    ):
        with pytest.raises(ValueRefusedError):
            finish(export_records(book, order, tmp_path / target))


def test_sections_are_numbered_as_people_count() -> None:
    assert [_numeral(number) for number in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]


def test_sums_never_mix_currencies_or_take_the_unknown_for_zero() -> None:
    leads: list[dict[str, Any]] = [{"planned_investment": Money(Decimal(7), Decimal(7), currency="USD")}, {}]
    shape = make_shape("monthly", leads, Report("李", NOW))
    total = shape.body[-1]
    assert isinstance(total, Line)
    assert total.cells[3:6] == [None, None, None]
