"""Export, edit in a spreadsheet, import: exactly the edited cells are changes, whatever else was done to the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from crm.database import Database
from crm.domain.fields.reading import read_record, read_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.errors import ValueRefusedError
from crm.jobs import finish
from crm.jobs.exports import Order, export_records
from crm.jobs.imports import Request, import_file
from crm.queries.records import load_one
from crm.services.records import create, delete, update

NOW = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)
HEAD = 4
"""The row of the headings, as people count; the hidden row of keys stands above it."""

LEADS: list[dict[str, object]] = [
    {
        "code": "A-1",
        "name": "甲光电（虚构）",
        "investor": "甲公司（虚构）",
        "planned_investment": "12000万元",
        "land": "25亩",
        "annual_tax": "5000",
        "area": "高铁新城",
        "stage": "negotiation",
        "contact": "张伟",
        "contact_phone": "013800001111",
        "space": {"研发": "1200㎡", "办公": "300㎡"},
        "tax_by_year": {"2028": "800"},
        "industries": ["机器人", "新材料"],
        "next_step": "=拜访",
        "notes": "第一行\n第二行",
    },
    {
        "code": "A-2",
        "name": "乙生物（虚构）",
        "investor": "乙公司（虚构）",
        "address": "黄桥镇经济开发区1号",
        "area": "高铁新城",
        "bureau": "高新区招商局",
        "planned_investment": "约5亿元",
        "land": "50亩（一期20亩）",
        "signed_on": "2026-H1",
        "first_reported_at": "2026-11-03T09:12:00+08:00",
        "stage": "signed",
        "status": "paused",
        "status_reason": "等待环评",
    },
    {"code": "A-3", "name": "丙（虚构）", "investor": "丙公司（虚构）", "confidential": True, "contact": "王五"},
]


@pytest.fixture
def book(sqlite_url: str) -> Iterator[Database]:
    """Return a database with three leads."""
    database = Database(sqlite_url)
    fill(database)
    yield database
    database.close()


def fill(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        for lead in LEADS:
            create(session, "leads", read_record("leads", lead))


def exported(database: Database, target: Path, *, whole: bool = True, kind: str = "leads") -> Path:
    purpose, recipient = ("招商会商", "区发改委") if whole else ("", "")
    finish(export_records(database, Order(kind, "李", NOW, purpose=purpose, recipient=recipient), target))
    return target


def edited(path: Path, edit: Callable[[Worksheet, Mapping[str, int]], None]) -> Path:
    """Change an export as a person would: by headings, which give the columns."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    edit(sheet, {str(cell.value): place for place, cell in enumerate(sheet[HEAD], 1)})
    workbook.save(path)
    return path


def brought_back(database: Database, path: Path, kind: str = "leads", **answers: str) -> dict[str, Any]:
    given = {key.replace("__", ":"): value for key, value in answers.items()}
    return finish(import_file(database, Request(kind, path, "王", answers=given)))


def changes(report: Mapping[str, Any]) -> dict[tuple[str, str], tuple[object, object]]:
    """Return (lead, field) → (before, after) of all rows, figures by their lower end."""
    return {
        (row["lead"], change["field"]): (plainly(change["before"]), plainly(change["after"]))
        for row in report["rows"]
        for change in row.get("changes", [])
    }


def plainly(value: object) -> object:
    return value["low"] if isinstance(value, dict) and "low" in value else value


def values(database: Database, code: str) -> Mapping[str, Any]:
    with database.read() as session:
        return load_one(session, "leads", code).values


@pytest.mark.parametrize("whole", [True, False])
def test_an_untouched_export_changes_and_asks_nothing(book: Database, tmp_path: Path, whole: bool) -> None:  # noqa: FBT001  (a case of the table)
    report = brought_back(book, exported(book, tmp_path / "a.xlsx", whole=whole))
    assert (report["counts"]["same"], report["counts"]["data"], report["batch"]) == (3, 3, None)
    assert report["questions"] == []
    assert [row["notes"] for row in report["rows"] if row["action"] == "same"] == [[], [], []]


def test_saved_again_by_another_program_it_is_still_untouched(book: Database, tmp_path: Path) -> None:
    path = edited(exported(book, tmp_path / "a.xlsx"), lambda _sheet, _columns: None)
    assert brought_back(book, path)["counts"]["same"] == 3


def test_exactly_the_edited_cells_are_changes(book: Database, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        row = HEAD + 1
        sheet.cell(row, columns["计划总投资（万元）"]).value = "1.20亿"  # the same sum, retyped
        sheet.cell(row, columns["达产年税收（万元）"]).value = 6000
        sheet.cell(row, columns["投资方"]).value = None
        sheet.cell(row, columns["研发面积（㎡）"]).value = 1500
        sheet.cell(row, columns["办公面积（㎡）"]).value = None
        sheet.cell(row, columns["2028年税收（万元）"]).value = 900
        sheet.cell(row, columns["门槛结论"]).value = "达标"  # worked out: not read back
        sheet.cell(row + 1, columns["用地需求（亩）"]).value = "60亩"

    report = brought_back(book, edited(exported(book, tmp_path / "a.xlsx"), edit))
    found = changes(report)
    assert set(found) == {
        ("A-1", "annual_tax"),
        ("A-1", "investor"),
        ("A-1", "space"),
        ("A-1", "tax_by_year"),
        ("A-2", "land"),
    }
    assert found["A-1", "annual_tax"] == ("5000", "6000")
    assert found["A-1", "investor"] == ("甲公司（虚构）", None)
    assert (report["counts"]["changed"], report["counts"]["same"], report["questions"]) == (2, 1, [])
    lead = values(book, "A-1")
    assert "investor" not in lead
    assert {kind: space.low for kind, space in lead["space"].items()} == {"研发": 1500}
    assert (lead["notes"], lead["contact_phone"], lead["next_step"]) == ("第一行\n第二行", "013800001111", "=拜访")
    assert brought_back(book, tmp_path / "a.xlsx")["counts"]["same"] == 3  # and once more: nothing


def test_sorted_moved_renamed_hidden_filtered_and_cut(book: Database, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        sheet.cell(HEAD, columns["达产年税收（万元）"]).value = "预计贡献"
        sheet.cell(HEAD, columns["投资方"]).value = "老板"
        sheet.cell(HEAD + 1, columns["达产年税收（万元）"]).value = 6000
        sheet.column_dimensions["C"].hidden = True
        sheet.row_dimensions[HEAD + 2].hidden = True
        sheet.auto_filter.add_filter_column(0, ["A-1"])
        move(sheet, list(range(sheet.max_column, 0, -1)), [HEAD + 3, HEAD + 1, HEAD + 2])
        sheet.delete_rows(HEAD + 1)  # the row of A-3: nothing happens to the record
        sheet.delete_cols([cell.value for cell in sheet[HEAD]].index("供地门槛片区") + 1)
        sheet.insert_rows(1)

    report = brought_back(book, edited(exported(book, tmp_path / "a.xlsx"), edit))
    assert changes(report) == {("A-1", "annual_tax"): ("5000", "6000")}
    assert (report["counts"]["data"], report["questions"]) == (2, [])
    assert values(book, "A-3")["name"] == "丙（虚构）"
    assert values(book, "A-1")["area"] == "高铁新城"


def move(sheet: Worksheet, columns: list[int], rows: list[int]) -> None:
    """Put the columns and the rows below the heading in another order, with what belongs to them."""
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    top = {row: row for row in (HEAD - 1, HEAD)}
    places = [*top, *rows]
    texts = [[copy(sheet.cell(row, column).value) for column in columns] for row in places]
    for row, line in zip([*top, *range(HEAD + 1, HEAD + 1 + len(rows))], texts, strict=True):
        for column, value in enumerate(line, 1):
            sheet.cell(row, column).value = value


def test_a_renamed_unit_holds_for_the_column(book: Database, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        tax = columns["达产年税收（万元）"]
        sheet.cell(HEAD, tax).value = "税收（亿元）"
        sheet.cell(HEAD + 1, tax).value = 0.5

    assert changes(brought_back(book, edited(exported(book, tmp_path / "a.xlsx"), edit))) == {}


def test_a_heading_without_its_unit_keeps_the_unit_of_the_export(book: Database, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        sheet.cell(HEAD, columns["研发面积（㎡）"]).value = "实验室"
        sheet.cell(HEAD, columns["用地需求（亩）"]).value = "要多少地"
        sheet.cell(HEAD + 1, columns["研发面积（㎡）"]).value = 1500
        sheet.cell(HEAD + 1, columns["用地需求（亩）"]).value = 26

    report = brought_back(book, edited(exported(book, tmp_path / "a.xlsx"), edit))
    assert (set(changes(report)), report["questions"]) == ({("A-1", "space"), ("A-1", "land")}, [])


def test_added_and_copied_rows_are_new_records(book: Database, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        sheet.cell(HEAD + 4, columns["项目名称"]).value = "丁新材料（虚构）"
        sheet.cell(HEAD + 4, columns["达产年税收（万元）"]).value = 300
        for column in columns.values():  # a copy of A-1, made another project of another company
            sheet.cell(HEAD + 5, column).value = sheet.cell(HEAD + 1, column).value
            sheet.cell(HEAD + 5, column).data_type = sheet.cell(HEAD + 1, column).data_type
        other = {"项目名称": "戊医药（虚构）", "投资方": "戊药业（虚构）", "联系人": "赵六", "联系电话": None}
        for heading, value in other.items():
            sheet.cell(HEAD + 5, columns[heading]).value = value

    report = brought_back(book, edited(exported(book, tmp_path / "a.xlsx"), edit))
    assert (report["counts"]["new"], report["counts"]["same"], report["counts"]["changed"]) == (2, 3, 0)
    made = [row for row in report["rows"] if row["action"] == "new"]
    assert [row["fields"]["name"] for row in made] == ["丁新材料（虚构）", "戊医药（虚构）"]
    assert made[1]["lead"] not in {"A-1", None}
    assert any("第 5 行" in note for note in made[1]["notes"])


def change(database: Database, code: str, **to: object) -> None:
    """Change a lead in the program."""
    with database.write(by="赵", why="核实") as session:
        given = {name: read_value(LEAD_FIELDS[name], value) for name, value in to.items()}
        update(session, "leads", load_one(session, "leads", code).id, given)


def test_edits_on_both_sides_are_a_choice_by_cell(book: Database, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        for heading, value in (("达产年税收（万元）", 6000), ("用地需求（亩）", 30), ("研发面积（㎡）", 1500)):
            sheet.cell(HEAD + 1, columns[heading]).value = value

    path = edited(exported(book, tmp_path / "a.xlsx"), edit)
    change(book, "A-1", annual_tax="7000", land="30亩", owner="孙某", space={"研发": "1200㎡", "办公": "400㎡"})
    report = brought_back(book, path)
    [question] = report["questions"]
    assert (question["key"], question["choices"]) == ("conflict:A-1/annual_tax", ["program", "file"])
    for shown in ("甲光电", "达产年税收", "5,000", "7,000", "6,000"):
        assert shown in question["text"]
    assert set(changes(report)) == {("A-1", "space")}  # the land agrees, the owner is the program's, a part is merged
    [row] = [row for row in report["rows"] if row["lead"] == "A-1"]
    assert row["action"] == "doubtful"
    conflict = {name: row["conflicts"][0][name] for name in ("field", "base", "program", "file")}
    assert conflict == {"field": "annual_tax", "base": "5,000万元", "program": "7,000万元", "file": "6,000万元"}
    lead = values(book, "A-1")
    assert (lead["annual_tax"].low, lead["owner"]) == (7000, "孙某")
    assert {kind: space.low for kind, space in lead["space"].items()} == {"研发": 1500, "办公": 400}
    kept = brought_back(book, path, conflicts="program")
    assert (kept["questions"], changes(kept)) == ([], {})
    taken = brought_back(book, path, **{"conflict__A-1/annual_tax": "file"})
    assert changes(taken) == {("A-1", "annual_tax"): ("7000", "6000")}
    assert values(book, "A-1")["annual_tax"].low == 6000


def test_an_answer_about_one_cell_goes_before_that_about_all(book: Database, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        for heading, value in (("达产年税收（万元）", 6000), ("用地需求（亩）", 30)):
            sheet.cell(HEAD + 1, columns[heading]).value = value

    path = edited(exported(book, tmp_path / "a.xlsx"), edit)
    change(book, "A-1", annual_tax="7000", land="40亩")
    taken = brought_back(book, path, conflicts="program", **{"conflict__A-1/land": "file"})
    assert changes(taken) == {("A-1", "land"): ("40", "30")}


def test_on_every_database_it_is_the_same(database: Database, tmp_path: Path) -> None:
    fill(database)
    path = edited(
        exported(database, tmp_path / "a.xlsx"),
        lambda sheet, columns: setattr(sheet.cell(HEAD + 1, columns["达产年税收（万元）"]), "value", 6000),
    )
    change(database, "A-1", owner="孙某")
    assert changes(brought_back(database, path)) == {("A-1", "annual_tax"): ("5000", "6000")}


def test_a_wrong_answer_about_a_cell_is_refused(book: Database, tmp_path: Path) -> None:
    path = exported(book, tmp_path / "a.xlsx")
    for key, value in (("conflicts", "mine"), ("conflict:A-1/land", "both"), ("nothing", "file")):
        with pytest.raises(ValueRefusedError):
            finish(import_file(book, Request("leads", path, "王", answers={key: value})))


def test_what_was_emptied_in_the_program_meanwhile_is_asked_too(book: Database, tmp_path: Path) -> None:
    path = edited(
        exported(book, tmp_path / "a.xlsx"),
        lambda sheet, columns: setattr(sheet.cell(HEAD + 1, columns["投资方"]), "value", "新公司（虚构）"),
    )
    change(book, "A-1", investor=None)
    [question] = brought_back(book, path)["questions"]
    assert "系统中现为“空”" in question["text"]


def test_a_masked_export_edited_changes_only_what_was_typed(book: Database, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        assert sheet.cell(HEAD + 1, columns["联系人"]).value == "张*"
        assert sheet.cell(HEAD + 3, columns["投资方"]).value is None
        sheet.cell(HEAD + 2, columns["投资方"]).value = "乙集团（虚构）"

    report = brought_back(book, edited(exported(book, tmp_path / "a.xlsx", whole=False), edit))
    assert changes(report) == {("A-2", "investor"): ("乙公司（虚构）", "乙集团（虚构）")}
    assert (values(book, "A-3")["investor"], values(book, "A-1")["contact"]) == ("丙公司（虚构）", "张伟")


def test_codes_and_names_stay_and_what_is_given_up_is_emptied(book: Database, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        sheet.cell(HEAD + 1, columns["编号"]).value = "A-9"
        sheet.cell(HEAD + 2, columns["项目名称"]).value = None
        sheet.cell(HEAD + 1, columns["用地需求（亩）"]).value = "待定"
        sheet.cell(HEAD + 1, columns["达产年税收（万元）"]).value = "见附件"  # no figure: nothing was said

    report = brought_back(book, edited(exported(book, tmp_path / "a.xlsx"), edit))
    assert changes(report) == {("A-1", "land"): ("25", None)}
    assert values(book, "A-1")["code"] == "A-1"
    assert values(book, "A-2")["name"] == "乙生物（虚构）"
    assert [row["action"] for row in report["rows"] if row["lead"] in {"A-1", "A-2"}] == ["doubtful", "doubtful"]


def test_a_record_deleted_meanwhile_is_not_made_again_unasked(book: Database, tmp_path: Path) -> None:
    path = exported(book, tmp_path / "a.xlsx")
    with book.write(by="赵", why="重复") as session:
        delete(session, "leads", load_one(session, "leads", "A-3").id)
    report = brought_back(book, path)
    assert (report["counts"]["held"], report["counts"]["new"]) == (1, 0)
    assert brought_back(book, path, duplicates="new")["counts"]["new"] == 1


def test_the_history_of_another_database_is_no_base(book: Database, tmp_path: Path) -> None:
    """A mark whose seal is not that of our history says nothing sure: what differs is asked, nothing overwritten."""

    def edit(sheet: Worksheet, columns: Mapping[str, int]) -> None:
        for row in range(HEAD + 1, HEAD + 4):
            cell = sheet.cell(row, columns["记录标识（勿改）"])
            cell.value = str(cell.value).split(".")[0] + ".0123456789ab"
        sheet.cell(HEAD + 1, columns["达产年税收（万元）"]).value = 6000

    report = brought_back(book, edited(exported(book, tmp_path / "a.xlsx"), edit))
    assert [question["key"] for question in report["questions"]] == ["conflict:A-1/annual_tax"]
    assert report["counts"]["changed"] == 0


def test_another_kind_is_refused_by_name(book: Database, tmp_path: Path) -> None:
    path = exported(book, tmp_path / "a.xlsx", kind="funds")
    with pytest.raises(ValueRefusedError, match="funds"):
        brought_back(book, path)


def test_the_marks_are_hidden_and_sorted_with_the_rest(book: Database, tmp_path: Path) -> None:
    path = exported(book, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.row_dimensions[HEAD - 1].hidden
    assert [letter for letter, column in sheet.column_dimensions.items() if column.hidden] == ["B"]
    assert str(sheet.auto_filter.ref).startswith(f"A{HEAD}:")
    assert sheet.freeze_panes == f"B{HEAD + 1}"
    assert sheet.print_area is not None
