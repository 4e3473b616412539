"""Out of the window: the list as it is seen, a form of one's own; contacts only with purpose and recipient."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ui.application import Xiangtu
from ui.exports.dialog import FORM, ExportDialog
from ui.exports.opening import FIELDS, fill_form_for, ledger_columns
from ui.leads.columns import lead_columns
from ui.leads.page import LeadsPage
from ui.pictures import wait_for


def test_every_column_of_the_list_has_its_fields() -> None:
    assert {column.key for column in lead_columns()} - {"name"} == set(FIELDS)
    assert ledger_columns(["name", "land", "verdict"]) == "code, name, investor, industry, land, verdict"


def test_the_list_leaves_as_it_is_seen(xiangtu: Xiangtu, page: LeadsPage, qtbot: QtBot, tmp_path: Path) -> None:
    window, target = xiangtu.window, tmp_path / "台账.xlsx"
    assert window is not None
    page.list.view.choose_columns(page.list.view.hidden_by_choice | {"owner"})
    shown = [row.name for number in range(3) if (row := page.list.model.row(number)) is not None]
    page.export()
    wait_for(lambda: bool(window.findChildren(ExportDialog)))
    dialog = window.findChildren(ExportDialog)[0]
    dialog.purpose.setText("会商")
    assert not dialog.take.isEnabled()  # contacts need both
    dialog.purpose.clear()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    wait_for(lambda: bool(window.findChildren(QFileDialog)))
    places = window.findChildren(QFileDialog)[0]
    places.fileSelected.emit(str(target))
    places.reject()
    wait_for(target.exists)
    sheet = openpyxl.load_workbook(target).worksheets[0]
    lines = [[cell.value for cell in row if cell.column != 2] for row in sheet.iter_rows(min_row=4)]
    assert lines[0][:4] == ["编号", "项目名称", "投资方", "所属产业"]
    assert "责任人" not in lines[0]
    assert "门槛结论" in lines[0]
    assert [line[1] for line in lines[1:]] == shown


def test_a_form_of_ones_own_is_filled_for_the_chosen(xiangtu: Xiangtu, page: LeadsPage, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "{{name}}"
    book.save(tmp_path / "f.xlsx")
    dialog = ExportDialog(1, page._desk.tokens)
    assert dialog.shape.findData(FORM) >= 0
    ids = [page.list.model.ids[0]]
    fill_form_for(page._desk, ids, tmp_path / "f.xlsx", tmp_path / "out")
    wait_for(lambda: len(list((tmp_path / "out").glob("*.xlsx"))) == 1)
    row = page.list.model.row(0)
    assert row is not None
    filled = next(iter((tmp_path / "out").glob("*.xlsx")))
    assert openpyxl.load_workbook(filled).worksheets[0]["A1"].value == row.name
    assert xiangtu.window is not None
