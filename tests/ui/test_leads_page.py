"""The list and the peek as an officer uses them: by hand, on a real database."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.queries.records import load_one
from crm.workspace import open_workspace
from ui.application import Xiangtu
from ui.leads.columns import LeadRow
from ui.leads.page import LeadsPage
from ui.leads.stage_dialog import StageDialog
from ui.pictures import wait_for

NAME = "精密光电产业园（虚构）"


def _texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def _click(qtbot: QtBot, widget: QWidget, text: str) -> None:
    found = [one for one in widget.findChildren(QPushButton) if one.text() == text]
    assert found, f"no button {text}"
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def _rows(page: LeadsPage) -> dict[str, LeadRow]:
    rows = [page.list.model.row(place) for place in range(page.list.model.rowCount())]
    return {row.name: row for row in rows if row is not None}


def _select(page: LeadsPage, name: str) -> None:
    page.list.view.go_to(list(_rows(page)).index(name))
    wait_for(page.is_settled)


def test_the_list_shows_every_lead_with_verdict_and_match(page: LeadsPage) -> None:
    shown = _rows(page)
    assert len(shown) == 3
    assert shown[NAME].verdict == "met"
    assert shown["新能源电驱动总成（虚构）"].verdict == "not_met"
    assert shown["自动驾驶算法研发中心（虚构）"].verdict == "not_applicable"
    assert shown["自动驾驶算法研发中心（虚构）"].match == 95
    assert shown["新能源电驱动总成（虚构）"].tax_per_mu == "180"


def test_the_peek_says_what_check_says(page: LeadsPage) -> None:
    _select(page, "新能源电驱动总成（虚构）")
    text = _texts(page.peek.threshold)
    assert "试算结论（待核口径）：不达标" in text
    assert "6000.00" in text.replace(",", "")
    assert "27亩" in text


def test_what_if_moves_the_verdict_and_stores_nothing(page: LeadsPage, database: Path) -> None:
    _select(page, "新能源电驱动总成（虚构）")
    what_if = page.peek.threshold.what_if
    assert what_if is not None
    what_if.tax.setValue(what_if.tax.maximum())
    assert what_if.answer.text() == "达标"
    workspace = open_workspace(str(database), "x")
    with workspace.database.read() as session:
        kept = load_one(session, "leads", "新能源电驱动总成（虚构）").values["annual_tax"]
    workspace.database.close()
    assert kept == read_value(LEAD_FIELDS["annual_tax"], "5400万元")


def test_every_proposal_says_why(page: LeadsPage, qtbot: QtBot) -> None:
    _select(page, "自动驾驶算法研发中心（虚构）")
    panel = page.peek.match
    proposed = [one["code"] for key in ("communities", "funds") for one in panel._document[key]["recommended"]]
    assert any(code.startswith("YS-F") for code in proposed)
    while any(one.text() == "查看理由" for one in panel.findChildren(QPushButton)):
        _click(qtbot, panel, "查看理由")
    shown = _texts(panel)
    assert "赛道" in shown
    assert "落地贡献" not in shown  # told nobody (decisions 32)


def test_a_filter_by_verdict_and_back(page: LeadsPage, qtbot: QtBot) -> None:
    menu = page.list.bar.show_menu("verdicts", [("met", 1), ("not_met", 1)])
    menu.actions()[0].trigger()
    menu.close()
    wait_for(lambda: page.list.model.rowCount() == 1)
    assert "达标" in page.list.bar._chips["verdicts"].text()
    _click(qtbot, page.list.bar, "清除")
    wait_for(lambda: page.list.model.rowCount() == 3)


def test_a_filter_that_nothing_fits_says_so(page: LeadsPage, qtbot: QtBot) -> None:
    menu = page.list.bar.show_menu("stages", [("full_production", 0)])
    menu.actions()[0].trigger()
    menu.close()
    wait_for(lambda: page.list._states.currentWidget() is page.list._no_fit)
    _click(qtbot, page.list._no_fit, "清除条件")
    wait_for(lambda: page.list.model.rowCount() == 3)


def test_sorting_by_the_head_puts_the_unknown_last(page: LeadsPage) -> None:
    places = {column.key: place for place, column in enumerate(page.list.model.columns)}
    head = page.list.view.horizontalHeader()
    in_dollars = "自动驾驶算法研发中心（虚构）"  # no place in an order of yuan
    head.sectionClicked.emit(places["investment"])
    wait_for(lambda: list(_rows(page)) == ["新能源电驱动总成（虚构）", NAME, in_dollars])
    head.sectionClicked.emit(places["investment"])
    wait_for(lambda: list(_rows(page)) == [NAME, "新能源电驱动总成（虚构）", in_dollars])


def test_copying_gives_a_table_with_heads(page: LeadsPage, qtbot: QtBot) -> None:
    page.list.view.selectAll()
    qtbot.keyClick(page.list.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 4
    assert lines[0].startswith("项目／企业\t阶段")
    assert any(line.startswith(NAME) for line in lines)


def test_contacts_are_masked_until_asked_for(page: LeadsPage, qtbot: QtBot) -> None:
    _select(page, "自动驾驶算法研发中心（虚构）")
    assert "138****1111" in _texts(page.peek.facts)
    assert "13800001111" not in _texts(page.peek.facts)
    _click(qtbot, page.peek.facts, "显示联系方式")
    assert "13800001111" in _texts(page.peek.facts)


def test_a_follow_up_is_written_down_and_becomes_the_next_step(page: LeadsPage, qtbot: QtBot) -> None:
    _select(page, NAME)
    card = page.peek.follow_up
    for part in (card.kind, card.entry, card.step, card.due, card.keep):
        assert part.isVisible()
    card.entry.insertPlainText("与企业确认用地")
    card.step.insert("会商")
    qtbot.keyClicks(card.due, "2026-12-31")
    qtbot.mouseClick(card.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: "与企业确认用地" in _texts(card))
    wait_for(lambda: str(page.peek.facts_shown and page.peek.facts_shown.values.get("next_step")) == "会商")


def test_a_follow_up_with_a_wrong_date_is_refused_and_nothing_is_lost(page: LeadsPage, qtbot: QtBot) -> None:
    _select(page, NAME)
    card = page.peek.follow_up
    card.entry.insertPlainText("电话")
    card.due.insert("明年")
    qtbot.mouseClick(card.keep, Qt.MouseButton.LeftButton)
    assert not card.wrong.isHidden()
    assert card.entry.toPlainText() == "电话"


def test_what_is_typed_belongs_to_its_lead_and_stays_until_it_is_written_down(page: LeadsPage, qtbot: QtBot) -> None:
    _select(page, NAME)
    card = page.peek.follow_up
    card.entry.insertPlainText("与企业确认用地")
    _select(page, "新能源电驱动总成（虚构）")
    assert card.entry.toPlainText() == ""
    _select(page, NAME)
    assert card.entry.toPlainText() == "与企业确认用地"
    page._desk.workspace.database.read_only = True  # as when the file is closed to writing meanwhile
    qtbot.mouseClick(card.keep, Qt.MouseButton.LeftButton)
    wait_for(card.keep.isEnabled)
    assert "只能读取" in card.wrong.text()
    assert card.entry.toPlainText() == "与企业确认用地"
    page._desk.workspace.database.read_only = False
    qtbot.mouseClick(card.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: "与企业确认用地" in _texts(card))
    wait_for(lambda: card.entry.toPlainText() == "")


def test_the_stage_dialog_asks_for_what_the_stage_needs(page: LeadsPage) -> None:
    _select(page, NAME)
    facts = page.peek.facts_shown
    assert facts is not None
    dialog = StageDialog(facts.values, page._desk.tokens, page)
    dialog.stage.setCurrentIndex(dialog.stage.findData("signed"))
    assert "signed_on" in dialog._lines
    assert not dialog.take.isEnabled()
    dialog._lines["signed_on"].put("2026-11-20")
    dialog.reason.setPlainText("直接签约")
    assert dialog.take.isEnabled()
    dialog.chosen.connect(lambda changes, reason: page.editing.change_one(facts.id, changes, reason, facts.version))
    dialog._take()
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.values["stage"] == "signed")


def test_undo_and_redo_with_words(page: LeadsPage, xiangtu: Xiangtu) -> None:
    _select(page, NAME)
    facts = page.peek.facts_shown
    assert facts is not None
    assert xiangtu.window is not None
    page.editing.change_one(facts.id, {"owner": "陈一鸣"}, "", facts.version)
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.values.get("owner") == "陈一鸣")
    assert xiangtu.window.undo_action.text().startswith("撤销：")
    xiangtu.window.undo_action.trigger()
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.values.get("owner") == "刘某")
    wait_for(lambda: xiangtu.window is not None and xiangtu.window.redo_action.isEnabled())
    xiangtu.window.redo_action.trigger()
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.values.get("owner") == "陈一鸣")
