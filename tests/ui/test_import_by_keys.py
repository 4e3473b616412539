"""The import wizard from the file to taking it back, by keys alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from crm.queries.records import load_one
from tests.ui.wizards import ledger, wait
from ui.application import Xiangtu
from ui.imports.page import COLUMNS, RESULT, ROWS, ImportPage
from ui.leads.page import LeadsPage
from ui.pictures import wait_for


def test_the_whole_way_by_keys_alone(wizard: ImportPage, xiangtu: Xiangtu, tmp_path: Path, qtbot: QtBot) -> None:
    """Choose, look at the columns, answer, look at the rows, import, take back: no mouse, no call of a page's own."""
    heads = ("项目名称", "落户板块", "用地（亩）")
    path = ledger(
        tmp_path / "keys.xlsx", heads, ("量子测量（虚构）", "漕湖街道", 25), ("低温电子（虚构）", "高新区", 30)
    )
    window = xiangtu.window
    assert window is not None
    wait_for(lambda: _focus() is wizard.choose)
    _press(qtbot, Qt.Key.Key_Return)
    wait_for(lambda: bool(window.findChildren(QFileDialog)))
    dialog = window.findChildren(QFileDialog)[0]
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(line, QLineEdit)
    wait_for(lambda: _focus() is line)
    line.insert(str(path))
    _press(qtbot, Qt.Key.Key_Return)
    wait(wizard)
    window.activateWindow()  # a window manager does it when the dialog is gone; offscreen there is none
    wait_for(lambda: wizard.steps.currentIndex() == COLUMNS and _focus() is wizard.next)
    _press(qtbot, Qt.Key.Key_Return)
    choice = wizard.questions.choices["area:漕湖街道"]
    wait_for(lambda: _focus() is choice)
    while choice.currentData() != "开发区":
        before = choice.currentIndex()
        _press(qtbot, Qt.Key.Key_Down)
        assert choice.currentIndex() == before + 1
    assert wizard.state is not None
    assert wizard.state.answers == {"area:漕湖街道": "开发区"}
    _tab_to(qtbot, wizard.next)
    _press(qtbot, Qt.Key.Key_Return)
    wait(wizard)
    wait_for(lambda: wizard.steps.currentIndex() == ROWS and _focus() is wizard.apply)
    _press(qtbot, Qt.Key.Key_Return)
    wait_for(lambda: wizard.document is not None and wizard.document["dry_run"] is False)
    wait_for(lambda: wizard.steps.currentIndex() == RESULT and _focus() is wizard.result.first)
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        assert load_one(session, "leads", "量子测量（虚构）").values["area"] == "开发区"
    _tab_to(qtbot, wizard.result.undo)
    _press(qtbot, Qt.Key.Key_Return)
    leads = window.page("leads")
    assert isinstance(leads, LeadsPage)
    wait_for(lambda: leads.list.model.rowCount() == 3)


def _focus() -> QWidget | None:
    return QApplication.focusWidget()


def _press(qtbot: QtBot, key: Qt.Key) -> None:
    focus = _focus()
    assert focus is not None
    qtbot.keyClick(focus, key)


def _tab_to(qtbot: QtBot, wanted: QWidget) -> None:
    """Press Tab until something has the focus; it is not farther than a page has parts."""
    for _step in range(60):
        if _focus() is wanted:
            return
        _press(qtbot, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {wanted.accessibleName() or wanted}")
