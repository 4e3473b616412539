"""What stands in a workbook comes out of it: values, flaws, and how they stood there."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import numbers

from crm.domain.imports.grid import Flaw, Flawed, Merge, Sheet, Visibility
from crm.errors import FileRefusedError, WorkbookError
from crm.workbooks.limits import Limits
from crm.workbooks.reading import read_workbook
from tests.crm.workbooks.making import parts, save, sheet_xml, strings_xml

FORMATS = ["yyyy-mm-dd", 'yyyy"年"m"月"', "[h]:mm", "h:mm", '0.00"亿元"', "@", "0%"]
DATE, MONTH, ELAPSED, CLOCK, WORDS, AS_TEXT, PERCENT = range(1, 8)


def read_cells(folder: Path, *cells: str, from_1904: bool = False, strings: str = "") -> Sheet:
    """Return the sheet with these cells in its first row."""
    xml = sheet_xml(f'<row r="1">{"".join(cells)}</row>')
    return read_workbook(save(folder, parts(xml, formats=FORMATS, from_1904=from_1904, strings=strings))).sheets[0]


def test_numbers_texts_and_truths_keep_their_kind(tmp_path: Path) -> None:
    sheet = read_cells(
        tmp_path,
        '<c r="A1"><v>2024.3</v></c><c r="B1"><v>5000</v></c><c r="C1" t="b"><v>1</v></c>',
        '<c r="D1" t="inlineStr"><is><t>0012</t></is></c><c r="E1" t="s"><v>0</v></c><c r="G1"><v>-0.5</v></c>',
        strings=strings_xml("<si><t xml:space='preserve'> 苏州 </t></si>", 1),
    )
    assert sheet.rows == [[Decimal("2024.3"), 5000, True, "0012", " 苏州 ", None, Decimal("-0.5")]]
    assert [type(value) for value in sheet.rows[0][:3]] == [Decimal, int, bool]


def test_rich_text_is_whole_and_its_reading_aid_left_out(tmp_path: Path) -> None:
    item = "<si><r><t>东</t></r><r><rPr><b/></rPr><t>京</t></r><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
    inline = '<c r="B1" t="inlineStr"><is><r><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r></is></c>'
    sheet = read_cells(tmp_path, '<c r="A1" t="s"><v>0</v></c>', inline, strings=strings_xml(item, 1))
    assert sheet.rows == [["东京", "甲 乙"]]


def test_control_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    xml = sheet_xml(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x0000_b_x000D__x000A_c_x005F_x0041_</t></is></c></row>'
    )
    book = read_workbook(save(tmp_path, parts(xml)))
    assert book.sheets[0].rows == [["ab\r\nc_x0041_"]]
    assert [(note.code, note.sheet, note.detail) for note in book.notes] == [("controls", "表1", "1")]
    assert book.notes[0].text == "工作表“表1”：已从 1 个单元格中去掉控制字符。"


def test_dates_are_dates_and_their_short_forms_are_told(tmp_path: Path) -> None:
    sheet = read_cells(
        tmp_path,
        f'<c r="A1" s="{DATE}"><v>45366</v></c><c r="B1" s="{MONTH}"><v>45366</v></c>',
        f'<c r="C1" s="{DATE}"><v>45366.75</v></c><c r="D1" s="{CLOCK}"><v>0.5</v></c>',
        f'<c r="E1" s="{ELAPSED}"><v>1.5</v></c><c r="F1" s="{ELAPSED}"><v>-0.25</v></c>',
        '<c r="G1" t="d"><v>2024-03</v></c>',
    )
    day = date(2024, 3, 15)
    assert sheet.rows == [[day, day, datetime(2024, 3, 15, 18), time(12), "36:00:00", "-6:00:00", "2024-03"]]  # noqa: DTZ001  (a sheet knows no time zone)
    assert sheet.formats == {(0, 1): FORMATS[MONTH - 1], (0, 3): "h:mm", (0, 4): "[h]:mm", (0, 5): "[h]:mm"}


def test_a_small_number_shown_as_a_date_is_flawed(tmp_path: Path) -> None:
    sheet = read_cells(
        tmp_path, *(f'<c r="{c}1" s="{DATE}"><v>{n}</v></c>' for c, n in (("A", 25), ("B", 60), ("C", 61)))
    )
    assert sheet.rows == [
        [Flawed(Flaw.NOT_A_DATE, "1900-01-25"), Flawed(Flaw.NOT_A_DATE, "1900-02-28"), date(1900, 3, 1)]
    ]


def test_days_counted_from_1904(tmp_path: Path) -> None:
    sheet = read_cells(tmp_path, f'<c r="A1" s="{DATE}"><v>43904</v></c>', from_1904=True)
    assert sheet.rows == [[date(2024, 3, 15)]]


def test_formats_with_words_percent_or_text_are_told_for_numbers_only(tmp_path: Path) -> None:
    sheet = read_cells(
        tmp_path,
        f'<c r="A1" s="{WORDS}"><v>1.5</v></c><c r="B1" s="{PERCENT}"><v>0.6</v></c>',
        f'<c r="C1" s="{AS_TEXT}"><v>7</v></c>',
        f'<c r="D1" s="{AS_TEXT}" t="inlineStr"><is><t>7</t></is></c><c r="E1" s="{PERCENT}"/>',
        '<c r="F1"><v>1</v></c>',
    )
    assert sheet.formats == {(0, 0): '0.00"亿元"', (0, 1): "0%", (0, 2): "@"}


def test_flaws_are_never_lost(tmp_path: Path) -> None:
    sheet = read_cells(
        tmp_path,
        '<c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>SUM(D1:E1)</f></c><c r="C1"><f>1+1</f><v></v></c>',
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="F1"><f>1+1</f><v>2</v></c>',
        '<c r="G1"><v>320507199001011234</v></c><c r="H1"><v>NaN</v></c><c r="K1"><f>A9&amp;"x"</f></c>',
    )
    assert sheet.rows == [
        [
            Flawed(Flaw.ERROR, "#N/A"),
            Flawed(Flaw.FORMULA, "=SUM(D1:E1)"),
            Flawed(Flaw.FORMULA, "=1+1"),
            None,
            Flawed(Flaw.ERROR, "#DIV/0!"),
            2,
            Flawed(Flaw.DAMAGED, "320507199001011264"),
            Flawed(Flaw.ERROR, "nan"),
            None,
            None,
            Flawed(Flaw.FORMULA, '=A9&"x"'),
        ]
    ]
    assert sheet.formulas == frozenset((0, column) for column in (1, 2, 3, 4, 5, 10))


def test_formulas_below_the_last_value_are_flawed_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲", 1])
    sheet["C4"] = "=B1*2"  # openpyxl stores no results
    book.save(path)
    assert read_workbook(path).sheets[0].rows == [
        ["甲", 1, None],
        [None] * 3,
        [None] * 3,
        [None, None, Flawed(Flaw.FORMULA, "=B1*2")],
    ]


def test_a_table_that_begins_at_c3_stays_there(tmp_path: Path) -> None:
    xml = sheet_xml('<row r="3"><c r="C3"><v>1</v></c></row><row><c><v>2</v></c><c r="D4"/><c><v>3</v></c></row>')
    rows = read_workbook(save(tmp_path, parts(xml))).sheets[0].rows
    assert rows == [[None] * 5, [None] * 5, [None, None, 1, None, None], [2, None, None, None, 3]]


def test_merges_hidden_rows_columns_and_sheets_are_told(tmp_path: Path) -> None:
    xml = sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>1</v></c></row><row r="2" hidden="1"/>'
        '<row r="3" ht="0"><c r="A3"><v>3</v></c></row><row r="4" hidden="true"/>',
        before='<cols><col min="2" max="3" hidden="1"/><col min="4" max="4" width="0"/>'
        '<col min="9" max="9" hidden="1"/></cols>',
        after='<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="D1:D1048576"/></mergeCells>',
    )
    states = ("", ' state="hidden"', ' state="veryHidden"')
    book = read_workbook(save(tmp_path, parts(xml, sheet_xml(""), sheet_xml(""), states=states)))
    first = book.sheets[0]
    assert list(first.merges) == [Merge(0, 0, 1, 1), Merge(0, 3, 2, 3)]
    assert (first.hidden_rows, first.hidden_columns) == (frozenset({1, 2}), frozenset({1, 2, 3}))
    assert [sheet.visibility for sheet in book.sheets] == list(Visibility)
    assert [sheet.name for sheet in book.sheets] == ["表1", "表2", "表3"]
    assert book.sheets[1].rows == []


def test_names_with_a_prefix_are_read_the_same(tmp_path: Path) -> None:
    content = parts("")
    content["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="1" hidden="1"><x:c r="A1" t="e"><x:v>#REF!</x:v></x:c><x:c r="B1"><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    sheet = read_workbook(save(tmp_path, content)).sheets[0]
    assert sheet.rows == [[Flawed(Flaw.ERROR, "#REF!"), 1]]
    assert sheet.hidden_rows == frozenset({0})


def test_a_book_says_what_it_is_and_what_to_beware_of(tmp_path: Path) -> None:
    content = parts(sheet_xml('<row r="1"><c r="A1"><f>cmd|\'/c calc\'!A0</f><v>1</v></c></row>'))
    content["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    content["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    path = save(tmp_path, content, "台账.xls")
    book = read_workbook(path)
    assert (book.kind, book.sha256) == ("xlsx", sha256(path.read_bytes()).hexdigest())
    assert {note.code for note in book.notes} == {"macros", "external_links", "dde", "named_otherwise"}
    assert book.sheets[0].rows == [[1]]


def test_a_workbook_of_openpyxl(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "在谈项目"
    sheet.append(["项目", "日期", "金额"])
    sheet.append(["甲", date(2024, 3, 15), Decimal("12.34")])
    sheet["B2"].number_format = numbers.FORMAT_DATE_YYYYMMDD2
    sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("A3:C3")
    book.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx").sheets[0]
    assert (read.name, read.hidden_columns) == ("在谈项目", frozenset({2}))
    assert list(read.rows) == [["项目", "日期", "金额"], ["甲", date(2024, 3, 15), Decimal("12.34")]]


def test_files_that_cannot_be_opened_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="找不到文件") as caught:
        read_workbook(tmp_path / "none.xlsx")
    assert caught.value.where == str(tmp_path / "none.xlsx")
    with pytest.raises(FileRefusedError, match="是文件夹"):
        read_workbook(tmp_path)
    with pytest.raises(WorkbookError, match="不是表格文件"):
        read_workbook(Path("/dev/zero"))


def test_a_workbook_without_a_value_is_empty(tmp_path: Path) -> None:
    xml = sheet_xml('<row r="9"><c r="A9" s="0"/><c r="B9" t="inlineStr"><is><t></t></is></c></row>')
    with pytest.raises(WorkbookError, match="没有可读取的内容"):
        read_workbook(save(tmp_path, parts(xml)))


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = save(tmp_path, parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')))
    with pytest.raises(WorkbookError, match="0 秒内未能读完"):
        read_workbook(path, limits=Limits(seconds=0))
