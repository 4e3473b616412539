"""What is written is read back as it was, no data becomes a formula, and the page can be printed."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from crm.domain.imports.grid import CellValue
from crm.errors import FileRefusedError
from crm.workbooks.ledgers import Column, Explanation, LedgerSheet, LedgerValue, Look, Tone, Toned
from crm.workbooks.reading import read_workbook
from crm.workbooks.row_xml import LONGEST_TEXT, RowWriter, style_names
from crm.workbooks.writing import MOST_ROWS, fill_csv, write_ledger

NOW = datetime(2026, 11, 28, 9, 30)  # noqa: DTZ001  (a file's own clock)
DANGEROUS = [
    "=SUM(A1:A9)",
    "@x",
    "+1",
    "-1",
    "＝1+1",
    "\t=1",
    "http://example.com",
    "0012",
    "013800001111",
    "91320507MA1X12345K",
    "1.5",
    "2024-03-15",
    "TRUE",
    "#N/A",
    "苏州 & <b>",
    "_x0041_",
    "多行\n文字",
    " 前后 ",
    "a\r\nb",
    "'=x",
    "''",
    '"',
    "𠮷",
    "\u3000",
]
COLUMNS = [
    Column("项目名称"),
    Column("联系电话", Look.CODE),
    Column("投资额（万元）", Look.MONEY),
    Column("用地（亩）", Look.NUMBER),
]


def ledger(rows: Sequence[Sequence[LedgerValue]], columns: Sequence[Column] = COLUMNS) -> LedgerSheet:
    return LedgerSheet("台账", "招商项目台账", columns, rows, note="单位：万元、亩")


def back(path: Path, sheet: LedgerSheet) -> list[list[CellValue]]:
    """Write a ledger and return its rows as they are read."""
    write_ledger(path, [sheet], made_at=NOW)
    return [list(row) for row in read_workbook(path).sheets[0].rows[3:]]


def test_dangerous_texts_come_back_to_the_letter_and_are_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [[text, text, None, None] for text in DANGEROUS]
    assert back(path, ledger(rows)) == rows
    sheet = openpyxl.load_workbook(path)["台账"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "inlineStr"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert sheet["B4"].number_format == "@"


def test_figures_come_back_exactly_and_show_their_decimals(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    figures: list[LedgerValue] = [
        Decimal("1234567.5"),
        5000,
        Decimal("25.0005"),
        Decimal("0.00001"),
        -3,
        Decimal("-0.5"),
        Decimal("1E+3"),
    ]
    shown = ["#,##0.00", "#,##0.00", "#,##0.0000", "#,##0.00000", "#,##0.00", "#,##0.00", "#,##0.00"]
    rows: list[list[LedgerValue]] = [["甲", None, figure, figure] for figure in figures]
    assert back(path, ledger(rows)) == rows
    sheet = openpyxl.load_workbook(path)["台账"]
    assert [sheet.cell(row, 3).number_format for row in range(4, 11)] == shown
    assert [sheet.cell(row, 4).number_format for row in (4, 5, 6)] == ["0.0", "0", "0.0000"]


def test_a_figure_longer_than_a_number_cell_is_written_as_text(tmp_path: Path) -> None:
    long: list[LedgerValue] = [
        123456789012345678,
        Decimal("1234567890.1234567"),
        Decimal("0.00000000001"),
        Decimal("NaN"),
    ]
    sheet = ledger([["甲", None, figure, figure] for figure in long])
    rows = back(tmp_path / "a.xlsx", sheet)
    assert [row[2] for row in rows] == ["123456789012345678", "1234567890.1234567", "0.00000000001", "NaN"]


def test_dates_moments_truths_and_verdicts(tmp_path: Path) -> None:
    columns = [Column("一", Look.DATE), Column("二"), Column("三"), Column("四"), Column("五")]
    moment = datetime(2024, 3, 15, 18, 30, 15)  # noqa: DTZ001  (a sheet knows no time zone)
    rows: list[list[LedgerValue]] = [
        [date(2024, 3, 15), moment, time(8, 5), True, Toned("不达标", Tone.BAD)],
        [date(1899, 1, 1), moment.replace(year=1899), None, False, Toned("达标", Tone.GOOD)],
        [date(9999, 12, 31), None, None, None, Toned("=待核实", Tone.DOUBTFUL)],
    ]
    assert back(tmp_path / "a.xlsx", ledger(rows, columns)) == [
        [date(2024, 3, 15), moment, time(8, 5), True, "不达标"],
        ["1899-01-01", "1899-03-15 18:30:15", None, False, "达标"],
        [date(9999, 12, 31), None, None, None, "=待核实"],
    ]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["台账"]
    grounds = {sheet.cell(row, 5).fill.fgColor.rgb for row in (4, 5, 6)}
    assert len(grounds) == 3
    assert [(sheet.cell(row, 5).font.b, sheet.cell(row, 5).font.i) for row in (4, 5, 6)] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    with pytest.raises(ValueError, match="time zone"):
        back(tmp_path / "b.xlsx", ledger([[None, datetime.now(UTC), None, None, None]], columns))


CELLS = some.one_of(
    some.none(),
    some.text(
        some.characters(exclude_categories=["Cs", "Cc", "Cn"]) | some.sampled_from("\n\t_x0041_<&>=@"), max_size=12
    ),
    some.integers(-(10**14), 10**14),
    some.decimals(min_value=-(10**8), max_value=10**8, places=4),
    some.dates(date(1900, 3, 1)),
    some.booleans(),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=some.lists(some.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=20))
def test_whatever_is_written_is_read_back(tmp_path: Path, rows: list[list[LedgerValue]]) -> None:
    expected = [[None if value == "" else value for value in row] for row in rows]
    while expected and not any(value is not None for value in expected[-1]):
        expected.pop()
    assert back(tmp_path / "a.xlsx", ledger(rows)) == expected


@given(some.lists(some.lists(CELLS, min_size=4, max_size=4), max_size=5))
def test_rows_by_pattern_are_the_rows_cell_by_cell(rows: list[list[LedgerValue]]) -> None:
    styles = {name: number for number, name in enumerate(style_names())}
    writer = RowWriter(COLUMNS, styles, first=3, sheet="a")
    cell_by_cell = "".join(writer._by_cells(str(number), row) for number, row in enumerate(rows, 4))
    assert b"".join(writer.chunks(rows, size=2)).decode() == cell_by_cell


def test_the_page_has_title_headings_filter_and_print_setup(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    explanation = Explanation("说明", [("统计口径", "项目数"), ("生成时间", "2026-11-28 09:30"), ("筛选", "=全部")])
    sheets = [
        ledger([["苏州示例科技有限公司" * 3, "1", Decimal(1), None]] * 3),
        LedgerSheet("空", "空表", COLUMNS[:1], []),
    ]
    assert write_ledger(path, sheets, explanation=explanation, made_at=NOW) == 3
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["台账", "空", "说明"]
    sheet = book["台账"]
    assert [sheet["A1"].value, sheet["A2"].value, sheet["C3"].value] == [
        "招商项目台账",
        "单位：万元、亩",
        "投资额（万元）",
    ]
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {"A1:D1", "A2:D2"}
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("B4", "A3:D6", "$1:$3")
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter is not None
    assert "第 &P 页" in str(sheet.oddFooter.center)
    assert sheet.column_dimensions["A"].width > 40
    assert sheet["A3"].font.b
    assert book["说明"]["B3"].value == "=全部"
    assert book["说明"]["B3"].data_type == "s"
    assert book["空"].auto_filter.ref == "A3:A4"
    assert book.properties.created == NOW


def test_what_does_not_fit_is_refused_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(FileRefusedError, match=f"单元格 A4：文字有 {LONGEST_TEXT + 1} 个字符") as caught:
        write_ledger(path, [ledger([["长" * (LONGEST_TEXT + 1), None, None, None]])], made_at=NOW)
    assert caught.value.where == "台账/A4"
    with pytest.raises(FileRefusedError, match="最多"):
        write_ledger(path, [ledger([[None] * 4] * (MOST_ROWS + 1))], made_at=NOW)
    (tmp_path / "~$a.xlsx").touch()
    with pytest.raises(FileRefusedError, match="正被其他程序打开"):
        write_ledger(path, [ledger([])], made_at=NOW)
    assert path.read_bytes() == b"old"
    assert stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116  (the file itself, not what a link leads to)


def test_a_csv_opens_in_excel_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows: list[list[LedgerValue]] = [[text, "1", Decimal("-1.50"), None] for text in DANGEROUS]
    rows.append([Toned("=1", Tone.GOOD), True, date(2024, 3, 15), NOW])
    assert fill_csv(path, COLUMNS, rows) == len(rows)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    raw = path.read_text("utf-8-sig")
    assert "'=SUM(A1:A9)" in raw
    assert "'＝1+1" in raw
    book = read_workbook(path)
    assert [row[0] for row in book.sheets[0].rows[1:-1]] == DANGEROUS
    assert book.sheets[0].rows[1][2] == "-1.50"
    assert book.sheets[0].rows[-1] == ["=1", "True", "2024-03-15", "2026-11-28 09:30:00"]
    assert (book.encoding, book.notes) == ("UTF-8", ())
