"""A cell of the list is changed in place as the form changes it; a block comes from Excel through a preview."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from crm.domain.blocks.plan import Fate
from crm.queries.records import load_one
from crm.services.leads import change_lead
from tests.ui.by_hand import NAME, click, rows, texts
from ui.application import Xiangtu
from ui.blocks.cell_editor import CellEditor
from ui.blocks.paste_dialog import PasteDialog
from ui.leads.page import LeadsPage
from ui.leads.stage_dialog import StageDialog
from ui.pictures import wait_for
from ui.widgets.conflict_dialog import ConflictDialog

OTHER, THIRD = "新能源电驱动总成（虚构）", "自动驾驶算法研发中心（虚构）"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
D = TypeVar("D", bound=QDialog)


def put_cursor(page: LeadsPage, name: str, key: str) -> None:
    """Put the cursor of the list on a cell."""
    view = page.list.view
    view.setFocus()
    view.go_to(list(rows(page)).index(name))
    place = [column.key for column in page.list.model.columns].index(key)
    view.setCurrentIndex(page.list.model.index(view.currentIndex().row(), place))


def value(xiangtu: Xiangtu, name: str, field: str) -> Any:  # noqa: ANN401  (a value of any field)
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        return load_one(session, "leads", name).values.get(field)


def opened(page: LeadsPage) -> CellEditor:
    wait_for(lambda: page.cells.editor is not None and page.cells._record is not None)
    assert page.cells.editor is not None
    return page.cells.editor


def dialog(kind: type[D]) -> D:
    def found() -> list[D]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    wait_for(lambda: bool(found()))
    return found()[0]


def write(editor: CellEditor, text: str) -> None:
    assert isinstance(editor.editor, QLineEdit)
    editor.editor.setText(text)


def test_a_cell_is_read_live_and_changed_with_one_undo_in_words(
    page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot
) -> None:
    put_cursor(page, NAME, "investment")
    qtbot.keyClick(page.list.view, Qt.Key.Key_F2)
    editor = opened(page)
    assert editor.line.text() == "5.2亿元"
    write(editor, "68000")
    assert "6.8亿元" in texts(editor)
    write(editor, "很多")
    assert "“很多”不能识别为一个数值。" in texts(editor)
    qtbot.keyClick(editor.editor, Qt.Key.Key_Return)
    assert page.cells.editor is editor  # what cannot be read stays, with the reason
    write(editor, "6.9亿")
    qtbot.keyClick(editor.editor, Qt.Key.Key_Return)
    wait_for(lambda: rows(page)[NAME].investment == "69,000")
    assert page.list.view.hasFocus()
    assert xiangtu.window is not None
    undo = xiangtu.window.undo_action
    wait_for(lambda: undo.text() == f"撤销：计划总投资：{NAME}")
    undo.trigger()
    wait_for(lambda: value(xiangtu, NAME, "planned_investment").low == Decimal(52000))
    wait_for(lambda: rows(page)[NAME].investment == "52,000")


def test_typing_begins_tab_goes_on_and_escape_changes_nothing(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    view = page.list.view
    put_cursor(page, OTHER, "land")
    qtbot.keyClick(view, Qt.Key.Key_3)
    editor = opened(page)
    assert editor.line.text() == "3"
    qtbot.keyClick(editor.editor, Qt.Key.Key_2)
    qtbot.keyClick(editor.editor, Qt.Key.Key_Tab)
    wait_for(lambda: page.cells.editor is None)
    wait_for(lambda: value(xiangtu, OTHER, "land").low == Decimal(32))
    wait_for(lambda: rows(page)[OTHER].land == "32")
    assert page.list.model.columns[view.currentIndex().column()].key == "next"  # the next one that is not worked out
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = opened(page)
    write(editor, "2027-01-08")
    qtbot.keyClick(editor.editor, Qt.Key.Key_Escape)
    assert page.cells.editor is None
    assert value(xiangtu, OTHER, "next_date") is None
    put_cursor(page, NAME, "verdict")
    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert xiangtu.window is not None
    assert "由程序测算得出" in texts(xiangtu.window.toast)
    put_cursor(page, NAME, "owner")
    before = view.currentIndex().row()
    qtbot.keyClick(view, Qt.Key.Key_J if before == 0 else Qt.Key.Key_K)  # a key of the list begins no text
    assert page.cells.editor is None
    assert view.currentIndex().row() != before


def test_an_input_method_begins_on_the_cell(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    put_cursor(page, NAME, "owner")
    assert page.list.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(page.list.view, QInputMethodEvent("zhou", []))
    editor = opened(page)
    done = QInputMethodEvent()
    done.setCommitString("周敏")
    QApplication.sendEvent(editor.editor, done)
    assert editor.line.text() == "周敏"
    qtbot.keyClick(editor.editor, Qt.Key.Key_Return)
    wait_for(lambda: value(xiangtu, NAME, "owner") == "周敏")


def test_a_stage_goes_through_the_gate_of_the_form(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    put_cursor(page, NAME, "stage")
    qtbot.keyClick(page.list.view, Qt.Key.Key_F2)
    editor = opened(page)
    editor.line.put("signed")  # passes over the review
    qtbot.keyClick(editor.editor, Qt.Key.Key_Return)
    asked = dialog(StageDialog)
    assert asked.stage.currentData() == "signed"
    assert not asked.take.isEnabled()
    asked.reject()
    assert value(xiangtu, NAME, "stage") == "negotiation"
    wait_for(page.list.view.hasFocus)  # before the cursor is put anywhere: that would give it the keys
    put_cursor(page, NAME, "stage")
    qtbot.keyClick(page.list.view, Qt.Key.Key_F2)
    editor = opened(page)
    editor.line.put("review")
    qtbot.keyClick(editor.editor, Qt.Key.Key_Return)
    wait_for(lambda: value(xiangtu, NAME, "stage") == "review")
    wait_for(page.is_settled)
    put_cursor(page, NAME, "stage")
    qtbot.keyClick(page.list.view, Qt.Key.Key_F2)
    editor = opened(page)
    editor.line.put("negotiation")  # a step back needs a reason
    qtbot.keyClick(editor.editor, Qt.Key.Key_Return)
    asked = dialog(StageDialog)
    asked.reason.setPlainText("条件有变，重新商谈")
    click(qtbot, asked, "变更阶段")
    wait_for(page.list.view.hasFocus)
    wait_for(lambda: value(xiangtu, NAME, "stage") == "negotiation")


def test_a_cell_that_another_changed_meanwhile_is_a_choice(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    put_cursor(page, NAME, "owner")
    qtbot.keyClick(page.list.view, Qt.Key.Key_F2)
    editor = opened(page)
    record = page.cells._record
    assert record is not None
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="王某", why="别处修改") as session:
        change_lead(session, record.id, {"owner": "王某"})
    write(editor, "赵某")
    qtbot.keyClick(editor.editor, Qt.Key.Key_Return)
    choice = dialog(ConflictDialog)
    assert {"刘某", "王某", "赵某"} <= set(texts(choice).split("\n"))
    choice.choices["owner"].setChecked(True)
    click(qtbot, choice, "保存")
    wait_for(lambda: value(xiangtu, NAME, "owner") == "赵某")
    wait_for(lambda: page.cells.editor is None)


def test_a_block_is_pasted_after_a_preview_and_taken_back_at_once(
    page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot
) -> None:
    names = list(rows(page))
    put_cursor(page, names[0], "investment")
    qtbot.keyClick(page.list.view, Qt.Key.Key_Right, SHIFT)
    before = [(value(xiangtu, name, "planned_investment"), value(xiangtu, name, "land")) for name in names]
    QGuiApplication.clipboard().setText("1.2亿\t30\r\n五个多亿吧\t16667㎡\r\n9000\t无\r\n1\t2\r\n")
    qtbot.keyClick(page.list.view, Qt.Key.Key_V, CTRL)
    preview = dialog(PasteDialog)
    wait_for(lambda: preview.plan is not None)
    assert "剪贴板有4行，已选1行" in texts(preview)
    assert preview.all_lines.isChecked()  # as a spreadsheet pastes from one cell on
    preview.chosen_only.setChecked(True)
    wait_for(lambda: preview.plan is not None and len(preview.plan.lines) == 1)
    preview.all_lines.setChecked(True)
    wait_for(lambda: preview.plan is not None and len(preview.plan.lines) == 3)
    assert preview.plan is not None
    assert (preview.plan.count(Fate.CHANGED), preview.plan.count(Fate.DOUBTFUL)) == (4, 2)
    assert "剪贴板中有1行不写入。" in texts(preview)
    shown = [preview.model.text(row, 3) for row in range(preview.model.rowCount())]
    assert shown == ["1.2亿元", "30亩", "五个多亿吧", "25.0005亩", "9,000万元", "无"]
    assert "请写0亩" in preview.model.text(5, 5)
    assert preview.take.text() == "写入4格"
    preview.take.click()
    wait_for(lambda: rows(page)[names[0]].investment == "12,000")
    assert value(xiangtu, names[1], "planned_investment") == before[1][0]
    assert xiangtu.undo is not None
    assert xiangtu.window is not None
    undo = xiangtu.window.undo_action
    assert undo.text() == "撤销：粘贴：4格（计划总投资、用地需求）"
    undo.trigger()
    wait_for(
        lambda: [(value(xiangtu, name, "planned_investment"), value(xiangtu, name, "land")) for name in names] == before
    )


def test_what_was_copied_comes_back_as_it_is_and_delete_empties(
    page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot
) -> None:
    view = page.list.view
    view.setFocus()
    view.selectAll()
    view.span.choose(0, 3)
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    wait_for(lambda: NAME in QGuiApplication.clipboard().text())
    lines = QGuiApplication.clipboard().text().split("\n")
    assert f"{NAME}\t在谈\t52000\t25" in lines
    assert f"{THIRD}\t线索\t200万美元\t0" in lines
    qtbot.keyClick(view, Qt.Key.Key_V, CTRL)
    preview = dialog(PasteDialog)
    wait_for(lambda: preview.plan is not None)
    assert preview.plan is not None
    assert preview.plan.count(Fate.SAME) == 12
    assert not preview.take.isEnabled()
    preview.reject()
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL | SHIFT)
    wait_for(lambda: QGuiApplication.clipboard().text().startswith("项目／企业\t阶段"))
    put_cursor(page, NAME, "owner")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    preview = dialog(PasteDialog)
    wait_for(lambda: preview.plan is not None)
    preview.take.click()
    wait_for(lambda: value(xiangtu, NAME, "owner") is None)
    assert xiangtu.window is not None
    undo = xiangtu.window.undo_action
    wait_for(lambda: undo.text() == "撤销：清空：1格（责任人）")


def test_the_form_tells_what_was_changed_meanwhile(page: LeadsPage, xiangtu: Xiangtu) -> None:
    page.editing.edit(next(row.id for row in rows(page).values() if row.name == NAME), "owner")
    wait_for(lambda: page.editing.form is not None)
    form = page.editing.form
    assert form is not None
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="王某", why="别处修改") as session:
        change_lead(session, load_one(session, "leads", NAME).id, {"owner": "王某", "bureau": "投促局"})
    wait_for(lambda: "责任人：王某" in form._refusal.text())
    assert "责任单位：投促局" in form._refusal.text()
    assert form.keep.isEnabled()
    form.reject()


def test_what_may_only_be_read_is_not_changed_in_place_nor_in_the_form(
    xiangtu: Xiangtu, database: Path, qtbot: QtBot
) -> None:
    database.chmod(0o444)
    xiangtu.start(str(database), "周敏")
    window = xiangtu.window
    assert window is not None
    wait_for(lambda: isinstance(window.page("leads"), LeadsPage) and window.page("leads").is_settled())  # type: ignore[union-attr]
    page = window.page("leads")
    assert isinstance(page, LeadsPage)
    put_cursor(page, NAME, "owner")
    qtbot.keyClick(page.list.view, Qt.Key.Key_F2)
    assert page.cells.editor is None
    assert "以只读方式打开" in texts(window.toast)
    page.new_lead()
    assert page.editing.form is None
    page.editing.edit(page.list.current_id(), "owner")
    wait_for(lambda: page.editing.form is not None)
    form = page.editing.form
    assert form is not None
    assert not form.keep.isVisible()
    assert "以只读方式打开" in form._refusal.text()
    form.lines["owner"].put("赵某")
    form.reject()
