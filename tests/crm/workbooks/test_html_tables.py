"""A web page under the name of a workbook, as many systems export it: its tables are read like sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.grid import Merge
from crm.domain.imports.understanding import understand_workbook
from crm.errors import WorkbookError
from crm.workbooks.html_tables import read_html
from crm.workbooks.limits import Limits, Refusal
from crm.workbooks.reading import read_workbook

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{charset}">
<style>td {{mso-number-format:"\\@"}}</style></head><body><table border="1">
<tr><th colspan="4">招商项目导出表（虚构）</th></tr>
<tr><td rowspan=2>项目名称</td><td colspan="2">投资额（万元）</td><td rowspan=2>用地&nbsp;（亩）</td></tr>
<tr><td>总投资</td><td>固定资产投资</td></tr>
<tr><td>甲项目<br>（虚构）</td><td x:num>52000</td><td>30000</td><td>25</td></tr>
<tr style="display:none"><td>乙 &amp; 丙</td><td>1.2亿元</td><td></td><td>/</td></tr>
</table><script>var a = "<td>x</td>";</script></body></html>"""


def save(folder: Path, content: bytes, name: str = "导出.xls") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("charset", "encoding", "told"),
    [
        ("utf-8", "utf-8", "UTF-8"),
        ("gb2312", "gbk", "GB18030"),
        ("gb2312", "utf-8", "UTF-8"),
        ("utf-8", "utf-8-sig", "UTF-8"),
    ],
)
def test_a_page_of_another_system_is_a_sheet(tmp_path: Path, charset: str, encoding: str, told: str) -> None:
    book = read_workbook(save(tmp_path, PAGE.format(charset=charset).encode(encoding)))
    [sheet] = book.sheets
    assert (book.kind, book.encoding, [note.code for note in book.notes]) == ("html", told, ["named_otherwise"])
    assert sheet.name == "导出"
    assert sheet.rows[1] == ["项目名称", "投资额（万元）", None, "用地 （亩）"]
    assert sheet.rows[3] == ["甲项目\n（虚构）", "52000", "30000", "25"]
    assert set(sheet.merges) == {Merge(0, 0, 0, 3), Merge(1, 0, 2, 0), Merge(1, 1, 1, 2), Merge(1, 3, 2, 3)}
    assert sheet.hidden_rows == frozenset({4})


def test_its_headings_and_units_are_understood(tmp_path: Path) -> None:
    book = read_workbook(save(tmp_path, PAGE.format(charset="utf-8").encode()))
    understood = understand_workbook(book.sheets, LEAD_FIELDS)
    [table] = understood.tables
    assert table.table.header_rows == (1, 2)
    values = [row.record.values for row in understood.rows]
    assert [str(each["planned_investment"].low) for each in values] == ["52000", "12000"]
    assert [each["name"] for each in values] == ["甲项目（虚构）", "乙 & 丙"]


def test_several_tables_are_several_sheets_and_one_inside_a_cell_is_its_text(tmp_path: Path) -> None:
    page = (
        b"<table><tr><td>1</td></tr></table>"
        b"<table><tr><td><table><tr><td>in</td></tr></table>out</td><td>2</td></tr></table>"
    )
    sheets = read_workbook(save(tmp_path, page)).sheets
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [("table 1", [["1"]]), ("table 2", [["inout", "2"]])]


def test_a_page_without_a_table_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="没有表格的网页"):
        read_workbook(save(tmp_path, b"<!DOCTYPE html><html><body>nothing</body></html>"))


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<table>" + "<tr><td>1" * 30, "rows"),
        ("<table><tr><td colspan=100>1", "columns"),
        ("<table>" + "<tr><td rowspan=1000 colspan=9>1" * 9, "cells"),
        ("<html>", "html"),
        ("<table><tr><td rowspan=999999999999 colspan=-1>1", ""),
    ],
)
def test_a_hostile_page_is_refused_or_read(page: str, code: str) -> None:
    limits = Limits(rows=20, columns=20, cells=5000)
    try:
        tables, _encoding = read_html(page.encode(), limits)
    except Refusal as refusal:
        assert refusal.code == code  # noqa: PT017  (refused or read: both are good ends)
    else:
        assert (code, tables[0].rows) == ("", [["1"]])
