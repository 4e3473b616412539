"""The filter put together by hand: groups, amounts as people write them, chips, views and their undo."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from tests.ui.by_hand import NAME
from tests.ui.by_hand import rows as _rows
from ui.application import Xiangtu
from ui.leads.asked import asked_of
from ui.leads.condition_line import ConditionLine
from ui.leads.conditions_dialog import ConditionsDialog
from ui.leads.page import LeadsPage
from ui.leads.views_bar import content_of, state_of
from ui.pictures import wait_for

ASKED = "(annual_tax >= 0.54亿 or (land >= 0.5公顷 and land <= 20亩)) and stage in (lead, assessment)"


def _dialog(page: LeadsPage) -> ConditionsDialog:
    page.list.bar.conditions.click()
    wait_for(lambda: any(one.isVisible() for one in page.list.findChildren(ConditionsDialog)))
    return next(one for one in page.list.findChildren(ConditionsDialog) if one.isVisible())


def _ask(line: ConditionLine, field: str, relation: str, value: str = "") -> None:
    line.field.setCurrentIndex(line.field.findData(field))
    line.relation.setCurrentIndex(line.relation.findData(relation))
    line.low.setText(value)


def test_groups_amounts_chips_a_view_and_its_undo(page: LeadsPage) -> None:
    dialog = _dialog(page)
    (box,) = dialog.boxes
    _ask(box.lines[0], "annual_tax", "at_least", "0.54亿")
    _ask(box.add_line(), "land", "between", "-3")
    second = box.lines[1]
    dialog.take.click()
    assert "缺少取值" in second._below.text()
    assert dialog.isVisible()
    second.low.setText("很多")
    second.high.setText("20亩")
    assert "很多" in second._below.text()
    second.low.setText("0.5公顷")
    box.link.setCurrentIndex(1)
    _ask(dialog.add_group().lines[0], "stage", "is")
    stage = dialog.boxes[1].lines[0]
    stage._tick("assessment", on=True)
    stage._tick("lead", on=True)
    assert dialog.words.text().replace(" ", "") == (
        "（达产年税收≥0.54亿元或用地需求0.5公顷至20亩）且所处阶段：线索、研判"
    ).replace("0.54亿元", "5,400万元").replace("0.5公顷", "7.5亩")
    wait_for(lambda: dialog.count.text() == "共1个项目")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == ASKED
    dialog.take.click()
    wait_for(lambda: list(_rows(page)) == ["新能源电驱动总成（虚构）"])
    chips = page.list.bar._asked
    assert [chip.asked.text for chip in chips.values()][1] == "所处阶段：线索、研判"
    assert len(chips) == 2


def test_a_view_keeps_conditions_and_saving_them_anew_is_undone(
    page: LeadsPage, qtbot: QtBot, xiangtu: Xiangtu
) -> None:
    page.list.take_filter(replace(page.list.where, conditions=ASKED))
    wait_for(lambda: list(_rows(page)) == ["新能源电驱动总成（虚构）"])
    chips = page.list.bar._asked
    page.views.keep_as.click()
    asked = page.views.findChildren(QInputDialog)[-1]
    asked.setTextValue("有税收或小地块")
    asked.accept()
    wait_for(lambda: page.views.tabs.tabText(page.views.tabs.currentIndex()) == "有税收或小地块")
    next(iter(chips.values())).setFocus()
    qtbot.keyClick(next(iter(chips.values())), Qt.Key.Key_Delete)  # the first group is taken off
    wait_for(lambda: page.list.model.rowCount() == 2)
    page.views.keep.click()
    wait_for(lambda: not page.views.keep.isVisible())
    assert xiangtu.window is not None
    xiangtu.window.undo_action.trigger()  # the view is as it was saved first
    wait_for(page.views.keep.isVisible)
    page.list.bar.clear()
    wait_for(lambda: page.list.model.rowCount() == 3)
    assert not page.list.bar._asked
    page.views.tabs.setCurrentIndex(0)
    page.views.tabs.setCurrentIndex(page.views.tabs.count() - 1)
    wait_for(lambda: list(_rows(page)) == ["新能源电驱动总成（虚构）"])

    again = _dialog(page)  # a condition is opened as it was put together
    assert [len(one.lines) for one in again.boxes] == [2, 1]
    assert again.boxes[0].lines[1].high.text() == "20亩"
    again.reject()
    page.shapes.show_shape("board")
    wait_for(lambda: page.shapes.board is not None and page.shapes.board.is_settled())
    assert page.shapes.board is not None
    assert {stage for stage, lane in page.shapes.board.lanes.items() if lane.model.ids} == {"assessment"}
    page.shapes.show_shape("table")


def test_a_typed_field_is_found_and_what_is_none_is_put_back(page: LeadsPage, qtbot: QtBot) -> None:
    dialog = _dialog(page)
    line = dialog.boxes[0].lines[0]
    line.field.setFocus()
    line.field.setEditText("亩均税收（万元）")
    assert line.field.currentData() == "tax_per_mu"
    dialog.activateWindow()
    line.field.setFocus()
    wait_for(line.field.hasFocus)
    qtbot.keyClicks(line.field, "zz")
    line.take_off.setFocus()
    assert line.field.currentText() == "亩均税收（万元）"
    line.low.setText("200")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    wait_for(lambda: list(_rows(page)) == [NAME])
    (chip,) = page.list.bar._asked.values()
    assert "200万元" in chip.toolTip()
    where, _order, _hidden = state_of(content_of(page.list.where, page.list.order))
    assert where == page.list.where
    assert asked_of(where)[0].without.conditions == ""
