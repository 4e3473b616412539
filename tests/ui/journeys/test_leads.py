"""The working day by keyboard alone: find, look, make, edit, move, note, filter, keep, assign, take back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QInputDialog, QMenu, QTabBar, QWidget

from crm.queries.history import PRINTED, change_sets
from crm.queries.working import follow_ups, saved_views
from tests.ui.journeys.keyboard import Keyboard, focused, name_of
from tests.ui.journeys.sight import DRIVES, DRIVING, OPTICS, ask, names_shown, opened, shows, texts, values
from ui.application import Xiangtu
from ui.documents.preview import DocumentPreview
from ui.leads.bulk_dialog import BulkDialog
from ui.leads.form import LeadForm
from ui.leads.page import LeadsPage
from ui.leads.stage_dialog import StageDialog
from ui.main_window import MainWindow
from ui.pictures import settle, wait_for
from ui.widgets.palette import Palette


@pytest.mark.parametrize("typed", ["光电", "guangdian", "jmgd"])
def test_search_by_characters_pinyin_and_initials(page: LeadsPage, keyboard: Keyboard, typed: str) -> None:
    keyboard.press("Ctrl+K")
    keyboard.type(typed)
    keyboard.press("Return")  # at once: what was in sight before answered to other words
    wait_for(lambda: shows(page, OPTICS))
    assert names_shown(page)[page.list.view.currentIndex().row()] == OPTICS
    assert focused() is page.list.view


def test_search_answers_while_an_input_method_composes(page: LeadsPage, keyboard: Keyboard) -> None:
    keyboard.press("Ctrl+K")
    palette = opened(Palette)
    keyboard.compose("dian'qu'dong")
    wait_for(lambda: bool(palette._hits) and DRIVES in palette._hits[0].name)
    keyboard.press("Return")  # belongs to the input method
    assert palette.isVisible()
    keyboard.compose("")
    keyboard.type("电驱动")
    keyboard.press("Return")
    wait_for(lambda: shows(page, DRIVES))


def test_a_lead_is_opened_and_its_parts_walked_through(page: LeadsPage, keyboard: Keyboard) -> None:
    _go_to(page, keyboard, DRIVES)
    keyboard.press("Return")
    assert focused() is page.peek.tabs
    wait_for(lambda: "试算结论（待核口径）：不达标" in texts(page.peek))  # made when it is first seen
    seen = []
    for _part in range(page.peek.tabs.count()):
        settle(20)
        seen.append(texts(page.peek))
        keyboard.press("Right")
    overview, facts, threshold, match, follow_up, history = seen
    assert "试算结论（待核口径）：不达标" in overview
    assert "试算结论（待核口径）：不达标" in threshold
    assert "电驰动力（虚构）" in facts
    assert "试算结论" not in facts
    assert "研发社区" in match
    assert "暂无跟进记录。" in follow_up
    assert "新建，含12项信息" in history
    keyboard.press("Escape")
    assert focused() is page.list.view
    assert page.peek.isVisible()
    keyboard.press("Space")
    assert not page.peek.isVisible()
    keyboard.press("Space")
    assert page.peek.isVisible()


def test_the_reasons_of_a_match_open_and_close_where_the_focus_stays(page: LeadsPage, keyboard: Keyboard) -> None:
    _go_to(page, keyboard, DRIVING)
    keyboard.press("Return")
    why = "查看理由：云帆人工智能研发社区（虚构）"
    keyboard.tab_to(why)
    keyboard.press("Return")
    wait_for(lambda: "产业契合" in texts(page.peek.match))
    wait_for(lambda: name_of(_focus()) == "收起理由：云帆人工智能研发社区（虚构）", 5)
    wait_for(page.is_settled)  # a list that comes in meanwhile is no place to press
    keyboard.press("Space")
    wait_for(lambda: "产业契合" not in texts(page.peek.match))
    wait_for(lambda: name_of(_focus()) == why, 5)


def test_three_fields_are_written_down_at_once(page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard) -> None:
    keyboard.press("Ctrl+N")
    opened(LeadForm)
    assert name_of(_focus()) == "项目名称"
    for text in ("量子测量装备（虚构）", "测量公司（虚构）", "展会"):
        keyboard.type(text)
        keyboard.press("Tab")
    keyboard.press("Ctrl+Return")
    wait_for(lambda: shows(page, "量子测量装备（虚构）"))
    kept = values(xiangtu, "量子测量装备（虚构）")
    assert (kept["investor"], kept["source"], kept["stage"]) == ("测量公司（虚构）", "展会", "lead")
    assert "annual_tax" not in kept
    wait_for(lambda: len(names_shown(page)) == 4)


def test_amounts_are_read_while_they_are_typed(page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard) -> None:
    _go_to(page, keyboard, OPTICS)
    keyboard.press("Ctrl+E")
    form = opened(LeadForm)
    keyboard.tab_to("计划总投资")
    keyboard.type("12000")  # what stood there is chosen, as in every form
    assert "1.2亿元" in texts(form)
    keyboard.tab_to("用地需求")
    keyboard.type("很大")
    assert "“很大”不能识别为一个数值。" in texts(form)
    keyboard.press("Ctrl+Return")
    wait_for(lambda: "有1项无法识别，已标出。" in texts(form))
    assert form.isVisible()
    assert name_of(_focus()) == "用地需求"
    keyboard.press("Ctrl+A")
    keyboard.type("16667㎡")
    assert "25.0005亩" in texts(form)
    keyboard.press("Ctrl+Return")
    wait_for(lambda: values(xiangtu, OPTICS)["planned_investment"].low == Decimal(12000))
    assert values(xiangtu, OPTICS)["land"].low == Decimal("25.0005")
    wait_for(lambda: shows(page, OPTICS))
    opened(MainWindow)
    assert focused() is page.list.view


def test_a_stage_asks_for_what_it_needs(page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard) -> None:
    _go_to(page, keyboard, OPTICS)
    keyboard.press("Alt+Right")
    dialog = opened(StageDialog)
    _choose(keyboard, "所处阶段", "签约")
    keyboard.press("Return")
    assert dialog.isVisible(), "nothing is taken while something is missing"
    keyboard.tab_to("签约时间")
    keyboard.type("2026-11-20")
    keyboard.tab_to("原因")
    keyboard.type("直接签约")
    keyboard.press_button("变更阶段")
    wait_for(lambda: values(xiangtu, OPTICS)["stage"] == "signed")
    assert str(values(xiangtu, OPTICS)["signed_on"]) == "2026-11-20"
    wait_for(lambda: "签约（第" in texts(page.peek))


def test_a_follow_up_is_added(page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard) -> None:
    _go_to(page, keyboard, OPTICS)
    lead_id = page.list.current_id()
    keyboard.press("Ctrl+Shift+N")
    assert name_of(_focus()) == "沟通或商定的内容"
    keyboard.type("与企业确认用地")
    keyboard.press("Tab")
    keyboard.type("会商")
    keyboard.press("Tab")
    keyboard.type("2026-12-31")
    keyboard.press("Ctrl+Return")
    wait_for(lambda: "与企业确认用地" in texts(page.peek.follow_up))
    [row] = ask(xiangtu, lambda session: follow_ups(session, lead_id))
    assert (row.kind, row.note, row.next_step, row.next_date) == ("call", "与企业确认用地", "会商", date(2026, 12, 31))
    assert values(xiangtu, OPTICS)["next_step"] == "会商"
    assert name_of(_focus()) == "沟通或商定的内容"
    keyboard.press("Escape")
    assert focused() is page.list.view


def test_chips_filter_and_what_is_shown_is_kept_as_a_view(
    page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard
) -> None:
    keyboard.press("Ctrl+F")
    keyboard.tab_to("供地门槛")
    keyboard.press("Return")
    first = opened(QMenu)
    _down_to(keyboard, first, "不达标")
    keyboard.press("Space")
    wait_for(lambda: names_shown(page) == [DRIVES])
    assert first.isVisible(), "the menu stays for a second word"
    keyboard.press("Escape")
    assert name_of(_focus()) == "供地门槛：不达标"
    keyboard.press("Ctrl+S")
    opened(QInputDialog)
    keyboard.type("未达标项目")
    keyboard.press("Return")
    wait_for(lambda: bool(ask(xiangtu, lambda session: saved_views(session, "leads"))))
    assert [one.name for one in ask(xiangtu, lambda session: saved_views(session, "leads"))] == ["未达标项目"]
    tabs = page.views.tabs
    wait_for(lambda: "未达标项目" in [tabs.tabText(place) for place in range(tabs.count())])
    keyboard.tab_to("清除")
    keyboard.press("Return")
    wait_for(lambda: len(names_shown(page)) == 3)
    keyboard.tab_to("视图", back=True)
    assert tabs.tabText(tabs.currentIndex()) == "未达标项目 •", "something else is shown than was kept"
    keyboard.press("Left")
    _walk_tabs(keyboard, tabs, "未达标项目")
    wait_for(lambda: names_shown(page) == [DRIVES])


def test_many_are_assigned_after_a_preview_and_taken_back(
    page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard
) -> None:
    keyboard.press("Ctrl+A")
    keyboard.press_button("分配")
    dialog = opened(BulkDialog)
    assert name_of(_focus()) == "责任人"
    keyboard.type("周某")
    wait_for(dialog.take.isEnabled)  # the preview is of what stands in the line
    assert dialog.preview.text() == "共3条，将变更2条；1条已是该值。"
    keyboard.press("Return")
    wait_for(lambda: _owners(xiangtu) == ["周某", "周某", "周某"])
    keyboard.press("Ctrl+Z")
    wait_for(lambda: _owners(xiangtu) == ["刘某", "周某", None])
    assert xiangtu.window is not None
    wait_for(xiangtu.window.redo_action.isEnabled)
    keyboard.press("Ctrl+Y")
    wait_for(lambda: _owners(xiangtu) == ["周某", "周某", "周某"])
    wait_for(lambda: all(row is not None and row.owner == "周某" for row in map(page.list.model.row, range(3))))


def test_the_order_of_the_list_is_chosen(page: LeadsPage, keyboard: Keyboard) -> None:
    keyboard.press_button("排序")
    _down_to(keyboard, opened(QMenu), "投资额")
    keyboard.press("Return")
    wait_for(lambda: names_shown(page) == [DRIVES, OPTICS, DRIVING])
    assert name_of(_focus()) == "排序"


def test_a_brief_is_seen_and_saved(page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard, tmp_path: Path) -> None:
    _go_to(page, keyboard, OPTICS)
    keyboard.press("Ctrl+P")
    preview = opened(DocumentPreview)
    assert preview.document.pageCount() >= 1
    keyboard.press("Ctrl+S")
    words = texts(opened(QFileDialog))
    assert "文件夹：" in words
    assert "Look in" not in words
    target = tmp_path / "简报.pdf"
    keyboard.press("Ctrl+A")
    keyboard.type(str(target))
    keyboard.press("Return")
    wait_for(target.exists)
    assert target.read_bytes().startswith(b"%PDF-")
    wait_for(lambda: len(ask(xiangtu, lambda session: change_sets(session, kinds=[PRINTED]))) == 1)
    assert opened(DocumentPreview) is preview
    keyboard.press("Escape")
    opened(MainWindow)
    assert focused() is page.list.view


def test_rows_are_chosen_one_by_one_and_copied(page: LeadsPage, keyboard: Keyboard) -> None:
    keyboard.press("Home", "Ctrl+Down", "Ctrl+Down", "Ctrl+Space")
    assert len(page.list.selected_ids()) == 2
    keyboard.press("Ctrl+C")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines[1:]] == [names_shown(page)[0], names_shown(page)[2]]


def _owners(xiangtu: Xiangtu) -> list[str | None]:
    return [values(xiangtu, name).get("owner") for name in (OPTICS, DRIVES, DRIVING)]


def _go_to(page: LeadsPage, keyboard: Keyboard, name: str) -> None:
    """Walk down the list to a lead."""
    keyboard.press("Home")
    for _row in range(page.list.model.rowCount()):
        if names_shown(page)[page.list.view.currentIndex().row()] == name:
            break
        keyboard.press("Down")
    wait_for(lambda: shows(page, name))


def _down_to(keyboard: Keyboard, menu: QMenu, word: str) -> None:
    """Go down a menu to the entry that begins with a word."""

    def here() -> str:
        return menu.activeAction().text() if menu.activeAction() is not None else ""

    keyboard.walk("Down", lambda: here().startswith(word), here)


def _walk_tabs(keyboard: Keyboard, tabs: QTabBar, name: str) -> None:
    keyboard.walk("Right", lambda: tabs.tabText(tabs.currentIndex()) == name, lambda: tabs.tabText(tabs.currentIndex()))


def _choose(keyboard: Keyboard, name: str, word: str) -> None:
    """Choose a word of a box by the arrow keys."""
    box = keyboard.tab_to(name)
    assert isinstance(box, QComboBox)
    place = box.findText(word, Qt.MatchFlag.MatchStartsWith)
    key = "Down" if box.currentIndex() < place else "Up"
    keyboard.walk(key, lambda: box.currentIndex() == place, box.currentText)


def _focus() -> QWidget:
    found = focused()
    assert found is not None
    return found
