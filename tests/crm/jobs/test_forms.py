"""A bureau's own form: only its marks change; text boxes, pictures, merged cells, formulas and print set-up stay."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.errors import FileRefusedError, UserError, ValueRefusedError
from crm.jobs import finish
from crm.jobs.forms import Filled, Request, fill_form, marks_of
from crm.queries.history import change_sets
from crm.queries.records import load
from crm.services.records import create
from crm.workbooks.reading import read_workbook
from tests.crm.workbooks.making import compound

NOW = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)
LEADS: list[dict[str, object]] = [
    {
        "code": "A-1",
        "name": "甲 & <乙>光电（虚构）",
        "investor": "=cmd|' /C calc'!A0",
        "credit_code": "91320507MA9XC00178",
        "planned_investment": "52000万元",
        "land": "25亩",
        "annual_tax": "5000",
        "signed_on": "2026-03-15",
        "needed_by": "2027-Q2",
        "contact": "张伟",
        "contact_phone": "013800001111",
        "space": {"研发": "1200㎡"},
        "tax_by_year": {"2028": "800"},
        "notes": "第一行\n第二行",
    },
    {"code": "A-2", "name": "丙（虚构）", "planned_investment": "约5亿元", "annual_tax": "3000"},
    {"code": "A-3", "name": "丁（虚构）", "annual_tax": "720万美元", "confidential": True},
    {"code": "A-4", "name": "戊（虚构）", "annual_tax": "1"},
]


@pytest.fixture
def book(sqlite_url: str) -> Iterator[Database]:
    """Return a database with four leads."""
    database = Database(sqlite_url)
    with database.write(by="李", why="登记") as session:
        for lead in LEADS:
            create(session, "leads", read_record("leads", lead))
    yield database
    database.close()


def fill(
    book: Database, form: Path, folder: Path, *codes: str, whole: bool = True, mapping: Mapping[str, str] | None = None
) -> Filled:
    with book.read() as session:
        ids = {record.code: record.id for record in load(session, "leads")}
    purpose = "会商" if whole else ""
    wanted = [ids[code] for code in codes]
    request = Request(form, wanted, "李", NOW, mapping=mapping or {}, purpose=purpose, recipient=purpose)
    return finish(fill_form(book, request, folder))


def picture() -> BytesIO:
    content = BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "PNG")
    content.seek(0)
    return content


def card(path: Path, marks: Mapping[str, str] | None = None) -> Path:
    """Make a form of one lead, with everything that openpyxl would lose."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("登记表")
    big = workbook.add_format({"bold": True, "font_size": 20, "border": 1, "align": "center"})
    day = workbook.add_format({"num_format": 'yyyy"年"m"月"d"日"', "border": 1})
    text = workbook.add_format({"num_format": "@", "border": 1})
    money = workbook.add_format({"num_format": "#,##0.00", "border": 1, "bg_color": "#FFFFCC"})
    red = workbook.add_format({"font_color": "red"})
    sheet.merge_range("A1:D1", "{{项目名称}}项目登记表", big)
    for row, (label, mark, form) in enumerate(
        (
            ("投资方", "{{investor}}", None),
            ("信用代码", "{{统一社会信用代码}}", text),
            ("总投资（亿元）", "{{planned_investment:亿元}}", money),
            ("年税收（万元）", "{{达产年税收}}", money),
            ("用地", "{{land:平方米}}", money),
            ("签约", "{{signed_on}}", day),
            ("签约（文字）", "签约时间：{{signed_on}}，需求 {{needed_by}}", None),
            ("电话", "{{contact_phone}}", text),
            ("研发面积", "{{space.研发}}", money),
            ("结论", "{{verdict}}", None),
            ("备注", "{{notes}}", None),
            ("产值", "{{annual_output}}", money),
            ("填表", "{{by}} {{today}}", None),
        ),
        1,
    ):
        sheet.write_string(row, 0, label, big)
        sheet.write_string(row, 1, mark, form)
    for cell, mark in (marks or {}).items():
        sheet.write_string(cell, mark)
    sheet.write_rich_string("A16", "负责人", red, "（红字）", "：{{owner}}，联系 {{contact}}")
    sheet.write_formula("C5", "=B5*2", money, 0)
    sheet.insert_textbox("D3", "内部资料 {{编号}}", {"width": 120, "height": 60})
    sheet.insert_image("D8", "red.png", {"image_data": picture()})
    sheet.data_validation("C2", {"validate": "list", "source": ["是", "否"]})
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_header("&L单位内部")
    sheet.print_area("A1:D16")
    sheet.set_column("A:A", 23.5)
    sheet.set_row(0, 40)
    workbook.add_worksheet("说明").write_string("A1", "填表说明")
    workbook.close()
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def first(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def test_a_form_of_one_lead_is_filled_with_typed_values(book: Database, tmp_path: Path) -> None:
    filled = fill(book, card(tmp_path / "登记表.xlsx"), tmp_path / "out", "A-1")
    assert [file.name for file in filled.files] == ["登记表-A-1.xlsx"]
    sheet = first(filled.files[0])
    assert sheet["A1"].value == "甲 & <乙>光电（虚构）项目登记表"
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("91320507MA9XC00178", "s")
    assert (sheet["B4"].value, sheet["B4"].data_type) == (5.2, "n")
    assert sheet["B5"].value == 5000
    assert sheet["B6"].value == "25亩"  # 25亩 is no whole number of m²: never rounded
    assert sheet["B7"].value == datetime(2026, 3, 15)  # noqa: DTZ001  (a sheet knows no time zone)
    assert sheet["B8"].value == "签约时间：2026-03-15，需求 2027年第二季度"
    assert sheet["B9"].value == "013800001111"
    assert sheet["B10"].value == 1200
    assert str(sheet["B11"].value).startswith("试算结论（待核口径）")
    assert sheet["B12"].value == "第一行\n第二行"
    assert sheet["B13"].value is None  # nobody knows: empty, never 0
    assert sheet["B14"].value == "李 2026-11-28"
    assert sheet["A16"].value == "负责人（红字）：，联系 张伟"
    assert set(filled.unknown) == {("A-1", "annual_output"), ("A-1", "owner")}
    read = {
        (row, column): value
        for row, line in enumerate(read_workbook(filled.files[0]).sheets[0].rows)
        for column, value in enumerate(line)
    }
    assert (read[1, 1], read[6, 1]) == ("=cmd|' /C calc'!A0", date(2026, 3, 15))


def test_everything_else_of_the_form_stays(book: Database, tmp_path: Path) -> None:
    form = card(tmp_path / "登记表.xlsx")
    filled = fill(book, form, tmp_path / "out", "A-1")
    before, after = parts(form), parts(filled.files[0])
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml"}
    assert "内部资料 A-1".encode() in after["xl/drawings/drawing1.xml"]
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    was, now = first(form), first(filled.files[0])
    for row in was.iter_rows():
        for cell in row:
            assert now[cell.coordinate].style_id == cell.style_id
    assert now.merged_cells.ranges == was.merged_cells.ranges
    assert (now.page_setup.paperSize, now.page_setup.orientation) == (was.page_setup.paperSize, "landscape")
    assert (now.column_dimensions["A"].width, now.row_dimensions[1].height) == (was.column_dimensions["A"].width, 39.75)
    assert now.print_area == was.print_area
    assert "&amp;L单位内部".encode() in after["xl/worksheets/sheet1.xml"]
    assert now["C5"].value == "=B5*2"
    assert b"FF0000" in after["xl/worksheets/sheet1.xml"]  # the red run of the rich text
    assert [str(one.sqref) for one in now.data_validations.dataValidation] == ["C2"]


def test_one_workbook_for_each_lead_masked_without_a_purpose(book: Database, tmp_path: Path) -> None:
    filled = fill(book, card(tmp_path / "f.xlsx"), tmp_path / "out", "A-1", "A-3", whole=False)
    assert [file.name for file in filled.files] == ["f-A-1.xlsx", "f-A-3.xlsx"]
    assert first(filled.files[0])["B9"].value == "0138****1111"
    assert first(filled.files[1])["A1"].value == "（保密项目）项目登记表"
    assert first(filled.files[1])["B5"].value == "720万美元"
    assert filled.withheld == 2
    with book.read() as session:
        assert len(change_sets(session, kinds=["export"])) == 2
    with pytest.raises(FileRefusedError, match="已存在"):
        fill(book, tmp_path / "f.xlsx", tmp_path / "out", "A-4", "A-1")
    assert not (tmp_path / "out" / "f-A-4.xlsx").exists()


def table(path: Path, *, prepared: int, below: bool = True) -> Path:
    """Make a form with a row that repeats: prepared blank rows, a sum, notes, a text box below."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("汇总表")
    cell = workbook.add_format({"border": 1})
    money = workbook.add_format({"num_format": "#,##0.00", "border": 1})
    sheet.merge_range("A1:D1", "汇总（{{count}}个项目）", workbook.add_format({"bold": True}))
    for column, text in enumerate(("序号", "名称", "税收（万元）", "单位")):
        sheet.write_string(1, column, text, cell)
    sheet.write_string("A3", "{{*number}}", cell)
    sheet.write_string("B3", "{{*name}}", cell)
    sheet.write_string("C3", "{{*annual_tax}}", money)
    sheet.write_string("D3", "万元", cell)
    for row in range(3, 3 + prepared):
        for column in range(4):
            sheet.write_blank(row, column, None, money if column == 2 else cell)
    if below:
        end = 3 + prepared
        sheet.write_string(end, 1, "合计", cell)
        sheet.write_formula(end, 2, f"=SUM(C3:C{end})", money, 0)
        sheet.write_formula(end, 3, f'=IF(C{end + 1}>0,"有A1","无")', cell, "")
        sheet.merge_range(end + 1, 0, end + 1, 3, "注：{{by}}", cell)
        sheet.insert_textbox(end + 3, 1, "签字")
        sheet.print_area(0, 0, end + 1, 3)
        sheet.repeat_rows(0, 1)
        sheet.data_validation(2, 3, end - 1, 3, {"validate": "list", "source": ["万元"]})
    workbook.close()
    return path


@pytest.mark.parametrize("prepared", [0, 1, 3, 5])
def test_a_row_repeats_for_every_lead_and_pushes_down_what_stands_below(
    book: Database, tmp_path: Path, prepared: int
) -> None:
    form = table(tmp_path / "t.xlsx", prepared=prepared)
    filled = fill(book, form, tmp_path / "out", "A-1", "A-2", "A-4", "A-3")
    assert [file.name for file in filled.files] == ["t-4个项目.xlsx"]
    sheet = first(filled.files[0])
    names = [sheet.cell(row, 2).value for row in range(3, 7)]
    assert names == ["甲 & <乙>光电（虚构）", "丙（虚构）", "戊（虚构）", "丁（虚构）"]
    assert [sheet.cell(row, 1).value for row in range(3, 7)] == [1, 2, 3, 4]
    assert [sheet.cell(row, 3).value for row in range(3, 7)] == [5000, 3000, 1, "720万美元"]
    assert {sheet.cell(row, 4).value for row in range(3, 7)} == {"万元"}
    assert {sheet.cell(row, 3).number_format for row in range(3, 7)} == {"#,##0.00"}
    end = 4 + max(prepared, 3)
    assert sheet["A1"].value == "汇总（4个项目）"
    assert [sheet.cell(end, column).value for column in (2, 3, 4)] == [
        "合计",
        f"=SUM(C3:C{end - 1})",
        f'=IF(C{end}>0,"有A1","无")',
    ]
    assert sheet.cell(end + 1, 1).value == "注：李"
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:D1", f"A{end + 1}:D{end + 1}"}
    assert (sheet.print_area, sheet.print_title_rows) == (f"'汇总表'!$A$1:$D${end + 1}", "$1:$2")
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == [f"D3:D{end - 1}"]
    drawing = parts(filled.files[0])["xl/drawings/drawing1.xml"].decode()
    was = parts(form)["xl/drawings/drawing1.xml"].decode()
    pushed = max(0, 3 - prepared)
    assert int(drawing.split("<xdr:row>")[1].split("<")[0]) == int(was.split("<xdr:row>")[1].split("<")[0]) + pushed
    assert len(read_workbook(filled.files[0]).sheets[0].rows) == end + 1


def test_a_row_with_merges_across_repeats_them(book: Database, tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(str(tmp_path / "m.xlsx"))
    sheet = workbook.add_worksheet("表")
    sheet.merge_range("A2:C2", "{{*name}}", workbook.add_format({"border": 1}))
    sheet.write_string("A3", "完")
    workbook.close()
    filled = fill(book, tmp_path / "m.xlsx", tmp_path / "out", "A-2", "A-4")
    sheet = first(filled.files[0])
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A2:C2", "A3:C3"}
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["丙（虚构）", "戊（虚构）", "完"]


def test_cells_can_be_pointed_at_instead(book: Database, tmp_path: Path) -> None:
    form = card(tmp_path / "f.xlsx")
    filled = fill(book, form, tmp_path / "out", "A-1", mapping={"C9": "annual_tax:亿元", "登记表!H30": "name"})
    sheet = first(filled.files[0])
    assert (sheet["C9"].value, sheet["H30"].value) == (0.5, "甲 & <乙>光电（虚构）")
    for wrong in ({"没有!B2": "name"}, {"B": "name"}, {"B2": "nom"}):
        with pytest.raises(UserError):
            fill(book, form, tmp_path / "no", "A-1", mapping=wrong)
    assert not (tmp_path / "no").exists()


def test_wrong_marks_are_told_with_their_place_and_the_nearest(book: Database, tmp_path: Path) -> None:
    wrong = {"F2": "{{项目名}}", "F3": "{{anual_tax}}", "F4": "{{land:万元}}", "F5": "{{space}}", "F6": "{{qwxyz}}"}
    form = card(tmp_path / "f.xlsx", wrong)
    with pytest.raises(ValueRefusedError) as caught:
        fill(book, form, tmp_path / "out", "A-1")
    for said in (
        "登记表!F2：{{项目名}}不是字段。是否指：项目名称（name）",
        "登记表!F3：{{anual_tax}}不是字段。是否指：达产年税收（annual_tax）",
        "登记表!F4：{{land:万元}}：用地需求不能以“万元”为单位",
        "登记表!F5：{{space}}：请写明哪一项",
        "登记表!F6：{{qwxyz}}不是字段。",
    ):
        assert said in caught.value.message
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_filled_is_refused_and_leaves_nothing(book: Database, tmp_path: Path) -> None:
    workbook = xlsxwriter.Workbook(str(tmp_path / "plain.xlsx"))
    workbook.add_worksheet("表").write_string("A1", "没有标记")
    workbook.close()
    mixed = table(tmp_path / "mixed.xlsx", prepared=0)
    with_table = xlsxwriter.Workbook(str(tmp_path / "table.xlsx"))
    sheet = with_table.add_worksheet("表")
    sheet.write_string("A1", "{{*name}}")
    sheet.add_table("A5:B7")
    with_table.close()
    (tmp_path / "locked.xlsx").write_bytes(compound("EncryptedPackage", b""))
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "cut.xlsx").write_bytes(mixed.read_bytes()[:200])
    for form, words in (
        ("plain.xlsx", "没有标记"),
        ("table.xlsx", "超级表"),
        ("old.xls", "另存为 xlsx"),
        ("locked.xlsx", "密码"),
        ("cut.xlsx", "不完整"),
        ("none.xlsx", "none.xlsx"),
    ):
        with pytest.raises(UserError, match=words):
            fill(book, tmp_path / form, tmp_path / "out", "A-1", "A-2")
    with pytest.raises(ValueRefusedError, match="只能填一个项目"):
        fill(book, mixed, tmp_path / "out", "A-1", "A-2", mapping={"E1": "name"})
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_the_marks_of_a_form_are_listed(tmp_path: Path) -> None:
    assert ("登记表!B5", "{{达产年税收}}") in marks_of(card(tmp_path / "f.xlsx"))


def test_a_form_saved_by_openpyxl_is_filled_too(book: Database, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    sheet["A1"], sheet["B1"] = "名称", "{{name}}"
    sheet["B3"] = "{{annual_tax}}万元"
    workbook.save(tmp_path / "o.xlsx")
    filled = fill(book, tmp_path / "o.xlsx", tmp_path / "out", "A-1")
    sheet = first(filled.files[0])
    assert (sheet["B1"].value, sheet["B3"].value) == ("甲 & <乙>光电（虚构）", "5000万元")


def test_a_form_whose_elements_have_a_prefix_is_filled_too(book: Database, tmp_path: Path) -> None:
    """Some programs write ``<x:row>``; what is not touched of such a form stays to the byte."""
    spread = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    plain = parts(card(tmp_path / "f.xlsx"))
    with zipfile.ZipFile(tmp_path / "p.xlsx", "w") as package:
        for name, content in plain.items():
            text = content.decode() if name.endswith(".xml") and spread.encode() in content else ""
            if text:
                text = text.replace(f'xmlns="{spread}"', f'xmlns:x="{spread}"')
                text = re.sub(r"<(/?)(?![?!/]|\w+:)", r"<\1x:", text)
            package.writestr(name, text or content)
    filled = fill(book, tmp_path / "p.xlsx", tmp_path / "out", "A-1")
    assert first(filled.files[0])["B5"].value == 5000
    before, after = parts(tmp_path / "p.xlsx"), parts(filled.files[0])
    assert {name for name in before if before[name] != after[name]} == {
        "xl/worksheets/sheet1.xml",
        "xl/drawings/drawing1.xml",
    }
