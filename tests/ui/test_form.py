"""The form: quick capture, values read live, refusals in their place, drafts, conflicts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from crm.domain.fields.registry import LEAD_FIELDS, Kind
from crm.queries.records import load_one
from crm.queries.working import draft
from crm.services.records import update
from crm.workspace import open_workspace
from ui.application import Xiangtu
from ui.leads.form import DRAFT_AFTER_MS, LeadForm
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.theme.tokens import LIGHT
from ui.widgets.conflict_dialog import ConflictDialog
from ui.widgets.dialogs import FittedScroll

NAME = "精密光电产业园（虚构）"


def _opened(page: LeadsPage) -> LeadForm:
    wait_for(lambda: page.editing.form is not None)
    assert page.editing.form is not None
    return page.editing.form


def _lead_id(page: LeadsPage, name: str) -> int:
    rows = [page.list.model.row(place) for place in range(page.list.model.rowCount())]
    return next(int(row.id) for row in rows if row is not None and row.name == name)


def test_three_fields_are_enough(page: LeadsPage, qtbot: QtBot) -> None:
    page.new_lead()
    form = _opened(page)
    form.lines["name"].put("量子测量装备（虚构）")
    form.lines["investor"].put("测量公司（虚构）")
    qtbot.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: page.list.model.rowCount() == 4)
    wait_for(
        lambda: page.peek.facts_shown is not None and page.peek.facts_shown.values["name"] == "量子测量装备（虚构）"
    )
    assert page.peek.facts_shown is not None
    assert page.peek.facts_shown.values["stage"] == "lead"
    assert "annual_tax" not in page.peek.facts_shown.values


def test_what_is_typed_is_shown_as_it_was_read(qtbot: QtBot) -> None:
    form = LeadForm({}, LIGHT)
    qtbot.addWidget(form)
    form.lines["planned_investment"].put("12000")
    assert "1.2亿元" in form.lines["planned_investment"].below.text()
    form.lines["land"].put("16667㎡")
    assert "25.0005亩" in form.lines["land"].below.text()
    form.lines["credit_code"].put("91320507MA9XC00254")
    assert "3" in form.lines["credit_code"].below.text()
    assert form.lines["credit_code"].below.property("tone") == "bad"


def test_a_value_that_cannot_be_read_stays_and_is_marked(page: LeadsPage, qtbot: QtBot) -> None:
    page.new_lead()
    form = _opened(page)
    form.lines["name"].put("某项目（虚构）")
    form.lines["annual_tax"].put("很多钱")
    qtbot.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    assert form.isVisible()
    assert form.lines["annual_tax"].text() == "很多钱"
    assert form.lines["annual_tax"].editor.property("wrong") == "true"
    assert page.list.model.rowCount() == 3


def test_a_lead_without_a_name_is_refused(page: LeadsPage, qtbot: QtBot) -> None:
    page.new_lead()
    form = _opened(page)
    form.lines["investor"].put("某公司（虚构）")
    qtbot.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    assert "请填写项目名称。" in [label.text() for label in form.findChildren(QLabel)]


def test_known_leads_show_while_typing(page: LeadsPage) -> None:
    page.new_lead()
    form = _opened(page)
    form.lines["investor"].put("澄光光电（虚构）")
    form.lines["name"].put("光电产业园二期（虚构）")
    wait_for(lambda: any(NAME in label.text() for label in form.findChildren(QLabel)))


def test_a_draft_survives_a_crash(page: LeadsPage, xiangtu: Xiangtu, database: Path) -> None:
    page.new_lead()
    form = _opened(page)
    form.lines["name"].put("未保存的项目（虚构）")

    def kept() -> bool:
        assert xiangtu.desk is not None
        with xiangtu.desk.workspace.database.read() as session:
            return draft(session, "lead:new") is not None

    wait_for(kept, 3)
    form._draft_timer.stop()
    page.editing.form = None
    form.deleteLater()  # the crash: nobody saved
    settle(20)
    page.new_lead()
    again = _opened(page)
    assert again.lines["name"].text() == "未保存的项目（虚构）"
    again._throw_away()
    wait_for(lambda: not kept())
    del database


def test_an_edit_of_another_officer_leads_to_a_choice(page: LeadsPage, qtbot: QtBot, database: Path) -> None:
    lead_id = _lead_id(page, NAME)
    page.editing.edit(lead_id, "owner")
    form = _opened(page)
    other = open_workspace(str(database), "陈一鸣")
    with other.database.write(by="陈一鸣", why="改派") as session:
        update(session, "leads", lead_id, {"owner": "陈一鸣"})
    form.lines["owner"].put("王晓东")
    form.lines["bureau"].put("招商二科")
    qtbot.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: bool(form.findChildren(ConflictDialog)))
    dialog = form.findChildren(ConflictDialog)[0]
    assert set(dialog.choices) == {"owner"}
    dialog._settle()  # keep theirs
    with other.database.read() as session:
        wait_for(lambda: page.editing.form is None)
    with other.database.read() as session:
        values = load_one(session, "leads", lead_id).values
    other.database.close()
    assert values["owner"] == "陈一鸣"
    assert values["bureau"] == "招商二科"


def test_what_is_saved_at_once_leaves_no_draft(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    page.new_lead()
    form = _opened(page)
    form.lines["name"].put("一口气录入的项目（虚构）")
    qtbot.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: page.list.model.rowCount() == 4)
    settle(DRAFT_AFTER_MS + 300)
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        assert draft(session, "lead:new") is None


def test_a_conflict_of_many_fields_fits_the_screen_and_is_scrolled(qapp: QApplication, qtbot: QtBot) -> None:
    names = [name for name, field in LEAD_FIELDS.items() if field.kind is Kind.TEXT][:20]
    before, theirs, mine = ({name: f"{name} {word}" for name in names} for word in ("原来", "别人", "我的"))
    dialog = ConflictDialog(before, theirs, mine, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(50)
    room = dialog.screen().availableGeometry()
    assert dialog.height() <= room.height()
    last, area = dialog.choices[names[-1]], dialog.findChildren(FittedScroll)[0]
    assert area.verticalScrollBar().maximum() > 0
    area.ensureWidgetVisible(last)
    place = last.mapTo(area.viewport(), last.rect().center())
    assert area.viewport().rect().contains(place)
    del qapp


def test_sectors_are_proposed_with_their_words_and_filled_in_only_when_asked(page: LeadsPage, qtbot: QtBot) -> None:
    page.new_lead()
    form = _opened(page)
    form.lines["name"].put("自动驾驶激光雷达量产线（虚构）")
    form.lines["notes"].put("从事激光雷达芯片、传感器的研发与生产")
    qtbot.mouseClick(form.sectors.ask, Qt.MouseButton.LeftButton)
    said = [label.text() for label in form.sectors.findChildren(QLabel)]
    assert any("C39" in text and "“传感器”" in text for text in said)
    assert form.lines["gbt4754"].text() == ""
    take = next(button for button in form.sectors.findChildren(QPushButton) if button.accessibleName() == "填入C39")
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert form.lines["gbt4754"].text() == "C39"


def test_words_that_tell_no_sector_bring_no_proposal(page: LeadsPage, qtbot: QtBot) -> None:
    page.new_lead()
    form = _opened(page)
    form.lines["name"].put("待定（虚构）")
    qtbot.mouseClick(form.sectors.ask, Qt.MouseButton.LeftButton)
    assert [label.text() for label in form.sectors.findChildren(QLabel)] == ["无法推荐：文字中没有能说明行业的词语"]
