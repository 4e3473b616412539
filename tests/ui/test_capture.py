"""Paste to register in the window: the text is marked, corrected, compared with what is known, and saved once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bench.captures import ON
from crm.domain.capture.candidates import capture
from crm.queries.records import load
from crm.queries.working import draft, follow_ups
from crm.workspace import open_workspace
from ui.application import Xiangtu
from ui.capture.dialog import CaptureDialog
from ui.capture.text_pane import TextPane
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.theme.tokens import LIGHT

LEFT = Qt.MouseButton.LeftButton
TEXT = "苏州星瀚传感科技有限公司李总 13900000001，想拿地25亩，总投资约5亿元，年税收5000万，估值20亿"
TWO = "1、宁波赫利激光有限公司 投资1亿\n2、常州迈凯电驱有限公司 投资2.5亿"


def _opened(xiangtu: Xiangtu, text: str) -> CaptureDialog:
    assert xiangtu.window is not None
    QApplication.clipboard().setText(text)
    xiangtu.window.paste_asked.emit()
    wait_for(lambda: bool(xiangtu.window and xiangtu.window.findChildren(CaptureDialog)))
    dialog = xiangtu.window.findChildren(CaptureDialog)[-1]
    wait_for(dialog.is_settled)
    return dialog


def test_what_was_copied_is_marked_and_saved_with_its_text(
    page: LeadsPage, xiangtu: Xiangtu, database: Path, qtbot: QtBot
) -> None:
    dialog = _opened(xiangtu, TEXT)
    assert ("25亩", "land") in dialog.text.marked()
    assert ("20亿", "") in dialog.text.marked()
    assert dialog.fields.lines["name"].text() == "苏州星瀚传感科技有限公司"
    dialog.fields.lines["name"].put("星瀚传感器项目（虚构）")
    dialog.fields.lines["annual_tax"].put("")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: page.list.model.rowCount() == 4)
    workspace = open_workspace(str(database), "test", settings_folder=database.parent)
    with workspace.database.read() as session:
        made = next(one for one in load(session, "leads") if one.values["name"] == "星瀚传感器项目（虚构）")
        assert TEXT in follow_ups(session, made.id)[0].note
    workspace.database.close()
    assert "annual_tax" not in made.values
    assert (made.values["contact"], made.values["stage"]) == ("李总", "lead")


def test_a_figure_without_a_field_is_given_one_by_hand(page: LeadsPage, xiangtu: Xiangtu) -> None:
    del page
    dialog = _opened(xiangtu, TEXT)
    [choice] = dialog.fields.choices
    choice.setCurrentIndex(choice.findData("registered_capital"))
    choice.activated.emit(choice.currentIndex())
    assert dialog.fields.lines["registered_capital"].text() == "20亿元"
    dialog.reject()


def test_what_is_typed_stays_when_the_text_is_read_again(page: LeadsPage, xiangtu: Xiangtu) -> None:
    del page
    dialog = _opened(xiangtu, TEXT)
    dialog.fields.lines["land"].put("26亩")
    dialog.text.setPlainText(TEXT + "，联系人王海波")
    wait_for(lambda: "王海波" in dialog.fields.lines["contact"].text() if "contact" in dialog.fields.lines else False)
    assert dialog.fields.lines["land"].text() == "26亩"
    dialog.reject()


def test_two_projects_are_saved_one_after_the_other(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    dialog = _opened(xiangtu, TWO)
    assert dialog.tabs.count() == 2
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: dialog.tabs.currentIndex() == 1)
    assert dialog.isVisible()
    assert dialog.fields.lines["investor"].text() == "常州迈凯电驱有限公司"
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: page.list.model.rowCount() == 5)


def test_a_known_lead_is_shown_while_confirming(page: LeadsPage, xiangtu: Xiangtu) -> None:
    del page
    dialog = _opened(xiangtu, "电驰动力（虚构），投资6.8亿元，项目名称：新能源电驱动总成（虚构）")
    wait_for(lambda: any(each.text() == "打开" for each in dialog.findChildren(QPushButton)))
    dialog.reject()


def test_a_value_that_cannot_be_read_is_not_saved(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    dialog = _opened(xiangtu, TEXT)
    dialog.fields.lines["land"].put("很多")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle(50)
    assert dialog.isVisible()
    assert dialog.fields.lines["land"].editor.property("wrong") == "true"
    assert page.list.model.rowCount() == 3
    dialog.reject()


def test_a_text_without_a_lead_says_so(page: LeadsPage, xiangtu: Xiangtu) -> None:
    del page
    dialog = _opened(xiangtu, "没什么新进展")
    assert "没有识别到线索" in dialog.state.text()
    assert not dialog.keep.isEnabled()
    dialog.reject()


def test_marks_stand_right_behind_a_rare_character(qtbot: QtBot) -> None:
    pane = TextPane(LIGHT)
    qtbot.addWidget(pane)
    text = "𠮷田项目，用地25亩"
    pane.setPlainText(text)
    pane.show_marks(capture(text, ON).candidates[0].marks)
    assert [each.cursor.selectedText() for each in pane.extraSelections()] == ["25亩"]


def test_a_message_that_was_not_saved_is_there_again_with_what_was_typed(
    page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot
) -> None:
    dialog = _opened(xiangtu, TWO)
    dialog.tabs.setCurrentIndex(1)
    dialog.fields.lines["name"].put("迈凯电驱项目（虚构）")
    assert xiangtu.desk is not None
    database = xiangtu.desk.workspace.database

    def kept() -> dict[str, str]:
        with database.read() as session:
            found = draft(session, "capture")
        return {} if found is None else dict(found.content)

    wait_for(lambda: "1.name" in kept(), 5)  # two seconds at the most, on a quiet processor
    assert kept()["text"] == TWO
    dialog.reject()
    again = _opened(xiangtu, TEXT)  # what was copied meanwhile is offered beside it
    wait_for(lambda: again.tabs.count() == 2)
    assert again.text.toPlainText() == TWO
    again.tabs.setCurrentIndex(1)
    assert again.fields.lines["name"].text() == "迈凯电驱项目（虚构）"
    qtbot.mouseClick(next(one for one in again.findChildren(QPushButton) if one.text() == "放弃"), LEFT)
    wait_for(lambda: not kept())
    assert _opened(xiangtu, TEXT).text.toPlainText() == TEXT
    assert page.list.model.rowCount() == 3
