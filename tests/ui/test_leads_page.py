"""The list and the peek as an officer uses them: by hand, on a real database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from crm.database import Database
from crm.database.upsert import remove
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.models import Standing, table_of
from crm.queries.lead_list import LeadFilter
from crm.queries.records import load_one
from crm.workspace import open_workspace
from tests.ui.by_hand import NAME
from tests.ui.by_hand import click as _click
from tests.ui.by_hand import rows as _rows
from tests.ui.by_hand import select as _select
from tests.ui.by_hand import texts as _texts
from ui.application import Xiangtu
from ui.leads.bulk_dialog import BulkDialog
from ui.leads.facts_card import GROUPS as FACT_GROUPS
from ui.leads.form import ELSEWHERE, QUICK
from ui.leads.form import GROUPS as FORM_GROUPS
from ui.leads.list_menus import column_menu
from ui.leads.page import LeadsPage
from ui.leads.stage_dialog import StageDialog
from ui.leads.views_bar import content_of, state_of
from ui.pictures import wait_for
from ui.tables.view import ListView


@pytest.fixture
def unjudged(database: Path) -> None:
    """Take the standings out of the database before the window opens it."""
    opened = Database(database)
    with opened.write(by="", why="standings", kind="derived") as session:
        remove(session.connection(), Standing, "lead_id", (1, 2, 3))
        assert session.connection().execute(select(func.count()).select_from(table_of(Standing))).scalar() == 0
    opened.close()


@pytest.mark.usefixtures("unjudged")
def test_the_window_judges_every_lead_that_has_no_verdict_yet(page: LeadsPage) -> None:
    wait_for(lambda: all(row.verdict for row in _rows(page).values()))
    assert _rows(page)[NAME].verdict == "met"


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
    assert "✓ 符合，高400.00" in text
    assert "✗ 不符合，差20.00" in text


def test_what_if_moves_the_verdict_and_stores_nothing(page: LeadsPage, database: Path) -> None:
    _select(page, "新能源电驱动总成（虚构）")
    page.peek.threshold.whole_asked.emit()
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


def test_who_moves_on_while_the_list_is_asked_again_is_not_moved_back(page: LeadsPage) -> None:
    _select(page, "自动驾驶算法研发中心（虚构）")
    page.list.refresh()
    page.list.view.go_to(list(_rows(page)).index(NAME))  # before the answer
    wanted = page.list.current_id()
    answered: list[object] = []
    page.list.counted.connect(answered.append)
    wait_for(lambda: bool(answered))
    assert page.list.current_id() == wanted
    assert page.list.selected_ids() == [wanted]
    wait_for(page.is_settled)
    assert page.peek.facts_shown is not None
    assert page.peek.facts_shown.values["name"] == NAME


def test_undo_and_redo_with_words(page: LeadsPage, xiangtu: Xiangtu) -> None:
    _select(page, NAME)
    facts = page.peek.facts_shown
    assert facts is not None
    assert xiangtu.window is not None
    page.editing.change_one(facts.id, {"owner": "陈一鸣"}, "", facts.version)
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.values.get("owner") == "陈一鸣")
    assert xiangtu.window.undo_action.text().startswith("撤销：")
    assert xiangtu.window._undo_button.toolTip() == xiangtu.window.undo_action.text()
    assert not xiangtu.window._redo_button.isEnabled()
    xiangtu.window.undo_action.trigger()
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.values.get("owner") == "刘某")
    wait_for(lambda: xiangtu.window is not None and xiangtu.window.redo_action.isEnabled())
    xiangtu.window.redo_action.trigger()
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.values.get("owner") == "陈一鸣")


def test_what_if_at_rest_is_the_lead_itself(page: LeadsPage, xiangtu: Xiangtu) -> None:
    _select(page, "新能源电驱动总成（虚构）")
    facts = page.peek.facts_shown
    assert facts is not None
    page.editing.change_one(
        facts.id,
        {"land": read_value(LEAD_FIELDS["land"], "27.001亩"), "annual_tax": None},
        "",
        facts.version,
    )
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.version > facts.version)
    page.peek.threshold.whole_asked.emit()
    what_if = page.peek.threshold.what_if
    assert what_if is not None
    texts = _texts(what_if)
    assert "27.001亩" in texts
    assert "未知" in texts
    assert what_if.answer.text() == "待补充"
    what_if.tax.setValue(what_if.tax.value() + 1)
    assert what_if.answer.text() != "待补充"
    del xiangtu


def test_a_follow_up_of_another_day_and_every_kind(page: LeadsPage, qtbot: QtBot) -> None:
    _select(page, NAME)
    card = page.peek.follow_up
    for place in range(card.kind.count()):
        card.kind.setCurrentIndex(place)
        words = f"第{place}次（虚构）"
        card.entry.insertPlainText(words)
        qtbot.keyClicks(card.at, "2026-11-02")
        qtbot.mouseClick(card.keep, Qt.MouseButton.LeftButton)
        wait_for(lambda words=words: words in _texts(card))  # type: ignore[misc]  # bound at once
    lines = _texts(card).split("\n")
    assert lines.count("2026-11-02") == 4
    assert {"电话", "走访", "会议", "记录"} <= set(lines)


def test_rows_that_no_page_holds_are_copied_too(page: LeadsPage) -> None:
    page.list.model._pages.clear()
    page.list.view.selectAll()
    page.list.model._pages.clear()  # as after scrolling far away
    page.list.view.copy()
    wait_for(lambda: len(QGuiApplication.clipboard().text().split("\n")) == 4)
    assert NAME in QGuiApplication.clipboard().text()


def test_a_text_that_looks_like_a_formula_is_copied_as_a_text(page: LeadsPage) -> None:
    row = _rows(page)[NAME]
    page.list.view.put_on_clipboard([replace(row, name="=HYPERLINK(1)")])
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().split("\n")[1].startswith("'=HYPERLINK(1)\t")
    assert "mso-number-format:'\\@'\">=HYPERLINK(1)</td>" in data.html()


def test_a_column_that_is_not_wanted_stays_away(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    view = page.list.view
    places = {column.key: place for place, column in enumerate(page.list.model.columns)}
    assert xiangtu.window is not None
    xiangtu.window.resize(1600, 1000)
    menu = column_menu(view, page.list.model, page)
    for key in ("owner", "area"):
        menu.actions()[places[key] - 1].trigger()
    menu.deleteLater()
    xiangtu.window.resize(1100, 800)
    qtbot.wait(20)
    xiangtu.window.resize(1700, 1000)
    qtbot.wait(20)
    assert view.isColumnHidden(places["owner"])
    assert not view.isColumnHidden(places["area"])
    again = ListView(page.list.model, page._desk.settings, "leads")
    again.restore_columns(())
    assert again.isColumnHidden(places["owner"])
    assert not again.isColumnHidden(places["area"])


def test_the_menu_of_a_row_narrows_to_the_word_of_its_cell(page: LeadsPage) -> None:
    view, places = page.list.view, {column.key: place for place, column in enumerate(page.list.model.columns)}
    _select(page, NAME)
    view.setCurrentIndex(page.list.model.index(view.currentIndex().row(), places["stage"]))
    page._menu(QPoint(10, 10))
    menus = page.findChildren(QMenu)  # with those inside it
    menu, act = next((each, one) for each in menus for one in each.actions() if one.text() == "只看“在谈”")
    act.trigger()
    menu.close()
    wait_for(lambda: list(_rows(page)) == [NAME])
    assert page.list.where.stages == {"negotiation"}


def test_the_sums_of_the_filter_and_of_the_chosen_say_what_they_count(page: LeadsPage) -> None:
    assert "年税收" in page._totals.text()
    assert "达产年税收10,400万元，平均5,200.0（按2个项目）" in page._totals.text()  # of three leads two tell it in yuan
    page.list.view.choose_rows([0, 1], None)
    wait_for(lambda: page._totals.text().startswith("已选："))
    page.list.view.choose_rows([0], 0)
    wait_for(lambda: not page._totals.text().startswith("已选："))


def test_many_leads_get_another_officer_after_a_preview(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    page.list.view.selectAll()
    page._bulk_owner()
    dialog = page.findChildren(BulkDialog)[0]
    dialog.owner.setText("刘某")
    wait_for(lambda: "3" in dialog.preview.text() and dialog.take.isEnabled())
    assert "2" in dialog.preview.text()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    wait_for(lambda: {row.owner for row in _rows(page).values()} == {"刘某"})
    assert xiangtu.window is not None
    xiangtu.window.undo_action.trigger()
    wait_for(lambda: {row.owner for row in _rows(page).values()} == {"刘某", "周某", "—"})


def test_a_stage_that_some_leads_may_not_enter_is_refused_before_anything_is_done(page: LeadsPage) -> None:
    page.list.view.selectAll()
    page._bulk_stage()
    dialog = page.findChildren(BulkDialog)[0]
    dialog.stage.setCurrentIndex(dialog.stage.findData("signed"))
    wait_for(lambda: NAME in dialog.details.text())
    assert not dialog.take.isEnabled()
    dialog.reject()


def test_one_leads_part_of_a_bulk_change_is_taken_back_alone(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    ids = [row.id for row in _rows(page).values()]
    page.editing.change_many(ids, {"owner": "陈一鸣"}, "统一改派")
    wait_for(lambda: {row.owner for row in _rows(page).values()} == {"陈一鸣"})
    _select(page, NAME)
    wait_for(lambda: "统一改派" in _texts(page.peek.history))
    page.peek.tabs.setCurrentIndex(page.peek.tabs.count() - 1)
    _click(qtbot, page.peek.history, "仅撤销本条")
    wait_for(lambda: _rows(page)[NAME].owner == "刘某")
    assert _rows(page)["新能源电驱动总成（虚构）"].owner == "陈一鸣"
    assert xiangtu.window is not None
    wait_for(lambda: xiangtu.window is not None and xiangtu.window.undo_action.isEnabled())


def test_a_change_taken_back_from_the_history_can_be_made_again(
    page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot
) -> None:
    _select(page, NAME)
    facts = page.peek.facts_shown
    assert facts is not None
    page.editing.change_one(facts.id, {"owner": "陈一鸣"}, "改派", facts.version)
    wait_for(lambda: "改派" in _texts(page.peek.history))
    page.peek.tabs.setCurrentIndex(page.peek.tabs.count() - 1)
    _click(qtbot, page.peek.history, "撤销")
    wait_for(lambda: _rows(page)[NAME].owner == "刘某")
    wait_for(lambda: "已撤销" in _texts(page.peek.history))
    assert xiangtu.window is not None
    xiangtu.window.redo_action.trigger()
    wait_for(lambda: _rows(page)[NAME].owner == "陈一鸣")


def test_a_view_is_saved_as_saved_deleted_and_all_of_it_undone(page: LeadsPage, xiangtu: Xiangtu) -> None:
    window, views = xiangtu.window, page.views
    assert window is not None
    page.list.take_filter(LeadFilter(owners=frozenset({"刘某"})))
    page.list.view.choose_columns({"match"})
    views._keep_as("刘某的项目")
    wait_for(lambda: views.tabs.tabText(views.tabs.currentIndex()) == "刘某的项目")
    views.tabs.setCurrentIndex(0)
    page.list.view.choose_columns(())
    views.tabs.setCurrentIndex(views.tabs.count() - 1)
    assert page.list.view.hidden_by_choice == {"match"}
    assert not views.keep.isVisible()
    page.list.take_filter(LeadFilter(owners=frozenset({"周某"})))
    assert views.keep.isVisible()
    views._save()
    wait_for(lambda: state_of(views._views[-1][2])[0].owners == {"周某"})
    assert window.undo_action.text() == "撤销：保存视图“刘某的项目”"
    window.undo_action.trigger()
    wait_for(lambda: state_of(views._views[-1][2])[0].owners == {"刘某"})
    window.undo_action.trigger()
    wait_for(lambda: views.tabs.tabText(views.tabs.count() - 1) != "刘某的项目")


def test_the_programs_own_views_know_the_officer_and_the_week(page: LeadsPage) -> None:
    views = page.views
    names = [name for _id, name, _content in views._views]
    mine = state_of(views._views[names.index("我负责的")][2])[0]
    assert mine.owners == {"周敏"}
    week = views._views[names.index("本周要跟进")][2]
    where, order, hidden = state_of(week)
    assert where.due_until is not None
    assert hidden is None
    assert content_of(where, order) == week


def test_every_field_of_a_lead_can_be_seen_and_edited() -> None:
    form = {name for group in (QUICK, *(names for _title, names in FORM_GROUPS)) for name in group}
    assert form | ELSEWHERE == set(LEAD_FIELDS)
    facts = {name for _title, names in FACT_GROUPS for name in names}
    assert facts | {"name", "code", "stage", "status"} == set(LEAD_FIELDS)  # those four stand in the head
