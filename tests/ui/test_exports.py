"""Out of the window: the list as it is seen, a form of one's own; contacts only with purpose and recipient."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from crm.queries.history import change_sets
from ui.application import Xiangtu
from ui.exports.dialog import FORM, ExportDialog
from ui.exports.form_dialog import FormDialog
from ui.exports.opening import FIELDS, fill_form_for, ledger_columns, write_list
from ui.exports.pointing import Pointing
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


def _choose(box: QComboBox, code: str) -> None:
    """Choose as a person does: the box tells it."""
    place = box.findData(code)
    assert place >= 0
    box.setCurrentIndex(place)
    box.activated.emit(place)


def _form(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "登记表"
    sheet["A1"], sheet["A2"], sheet["A3"] = "项目登记表", "名称", "总投资（亿元）"
    sheet.merge_cells("B2:C2")
    book.save(path)
    return path


def _pointed(page: LeadsPage, path: Path) -> FormDialog:
    """Go from the list to the dialog in which one points at the cells of a form."""
    window = page.window()
    page.export()
    wait_for(lambda: bool(window.findChildren(ExportDialog)))
    dialog = window.findChildren(ExportDialog)[0]
    dialog.shape.setCurrentIndex(dialog.shape.findData(FORM))
    dialog.take.click()
    wait_for(lambda: bool(window.findChildren(QFileDialog)))
    places = window.findChildren(QFileDialog)[0]
    places.fileSelected.emit(str(path))
    places.reject()
    wait_for(lambda: bool(window.findChildren(FormDialog)))
    return window.findChildren(FormDialog)[0]


def test_the_cells_of_a_form_are_pointed_at_by_keys_and_remembered(
    page: LeadsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    form = _form(tmp_path / "f.xlsx")
    dialog = _pointed(page, form)
    assert not dialog.take.isEnabled()
    table = dialog.table
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert dialog.place.text() == "B2"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    dialog.field.hidePopup()
    _choose(dialog.field, "name")
    assert dialog.grid.index(1, 1).data() == "〔项目名称〕"
    qtbot.keyClick(table, Qt.Key.Key_Down)
    _choose(dialog.field, "planned_investment")
    _choose(dialog.unit, "亿元")
    assert dialog.pointing.mapping == {"登记表!B2": "name", "登记表!B3": "planned_investment:亿元"}
    assert "已指定2个单元格" in dialog.told.text()
    assert "将生成3份表" in dialog.told.text()
    dialog.take.click()
    window = page.window()
    wait_for(lambda: any(one.fileMode() is QFileDialog.FileMode.Directory for one in window.findChildren(QFileDialog)))
    folder = next(one for one in window.findChildren(QFileDialog) if one.fileMode() is QFileDialog.FileMode.Directory)
    folder.fileSelected.emit(str(tmp_path / "out"))
    folder.reject()
    wait_for(lambda: len(list((tmp_path / "out").glob("*.xlsx"))) == 3)
    sheets = [openpyxl.load_workbook(path).worksheets[0] for path in (tmp_path / "out").glob("*.xlsx")]
    assert {(sheet["B2"].value, sheet["B3"].value) for sheet in sheets} >= {("精密光电产业园（虚构）", 5.2)}
    wait_for(lambda: not window.findChildren(FormDialog))
    again = _pointed(page, form)
    assert again.pointing.mapping["登记表!B3"] == "planned_investment:亿元"
    qtbot.keyClick(again.table, Qt.Key.Key_Down)
    qtbot.keyClick(again.table, Qt.Key.Key_Right)
    assert again.place.text() == "B2"
    qtbot.keyClick(again.table, Qt.Key.Key_Delete)
    assert list(again.pointing.mapping) == ["登记表!B3"]
    again.reject()


def test_a_row_of_a_form_repeats_for_every_lead_and_the_marks_are_saved(
    page: LeadsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = _pointed(page, _form(tmp_path / "f.xlsx"))
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    _choose(dialog.field, "number")
    assert dialog.repeats.isEnabled()
    qtbot.mouseClick(dialog.repeats, Qt.MouseButton.LeftButton, pos=dialog.repeats.rect().center())
    if not dialog.repeats.isChecked():  # the mark of the box is at its left
        dialog.repeats.click()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    _choose(dialog.field, "name")
    assert dialog.pointing.mapping == {"登记表!A3": "*number", "登记表!B3": "*name"}
    assert "将生成1份表，3行" in dialog.told.text()
    dialog.copy.click()
    window = page.window()
    wait_for(
        lambda: any(one.acceptMode() is QFileDialog.AcceptMode.AcceptSave for one in window.findChildren(QFileDialog))
    )
    save = next(
        one for one in window.findChildren(QFileDialog) if one.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    )
    save.fileSelected.emit(str(tmp_path / "marked.xlsx"))
    save.reject()
    wait_for((tmp_path / "marked.xlsx").exists)
    assert openpyxl.load_workbook(tmp_path / "marked.xlsx").worksheets[0]["B3"].value == "{{*name}}"
    dialog.reject()


def test_only_one_row_of_a_sheet_repeats() -> None:
    pointing = Pointing({})
    pointing.put("表", 2, 0, "name")
    pointing.put("表", 5, 0, "land")
    pointing.put("乙", 2, 0, "land")
    pointing.repeat("表", 2, on=True)
    pointing.put("表", 2, 1, "area")
    assert pointing.mapping == {"表!A3": "*name", "表!A6": "land", "乙!A3": "land", "表!B3": "*area"}
    pointing.repeat("表", 5, on=True)
    assert pointing.mapping == {"表!A3": "name", "表!A6": "*land", "乙!A3": "land", "表!B3": "area"}
    pointing.repeat("表", 5, on=False)
    assert not pointing.repeats
    assert Pointing({"表!A1": "{{ * name }}"}).repeats


def test_s52_the_dialog_asks_whether_it_leaves_the_country_and_stops_what_has_no_basis(
    xiangtu: Xiangtu, page: LeadsPage, tmp_path: Path
) -> None:
    window, target = xiangtu.window, tmp_path / "站点.xlsx"
    assert window is not None
    assert xiangtu.desk is not None
    database = xiangtu.desk.workspace.database
    page.export()
    wait_for(lambda: bool(window.findChildren(ExportDialog)))
    dialog = window.findChildren(ExportDialog)[0]
    for line, text in ((dialog.purpose, "对接"), (dialog.recipient, "德国站（虚构）"), (dialog.abroad, "德国")):
        line.setText(text)
    assert "阻止" in dialog.note.text()
    dialog.take.click()
    wait_for(lambda: bool(window.findChildren(QFileDialog)))
    places = window.findChildren(QFileDialog)[0]
    places.fileSelected.emit(str(target))
    places.reject()

    def stopped() -> bool:
        with database.read() as session:
            return "出境" in change_sets(session)[0].why

    wait_for(stopped)
    assert not target.exists()
    order = {"purpose": "对接", "recipient": "德国站（虚构）", "abroad": "德国", "basis": "（虚构）单独同意书1号"}
    write_list(page._desk, page.list.model.ids, target, **order)
    wait_for(target.exists)
