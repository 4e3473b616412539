"""What the page of leads keeps and tells: drafts after a crash, the status line, a list that cannot be asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFrame, QLabel
from pytestqt.qtbot import QtBot

from crm.jobs import finish
from crm.jobs.imports import Request, import_file
from crm.queries.lead_list import LeadTotals
from crm.queries.peek import load_peek
from crm.queries.working import draft
from tests.ui.by_hand import NAME
from tests.ui.by_hand import click as _click
from tests.ui.by_hand import rows as _rows
from tests.ui.by_hand import select as _select
from tests.ui.by_hand import texts as _texts
from ui.application import Xiangtu
from ui.leads.beside import LEAST, USUAL, Beside
from ui.leads.follow_up_card import FollowUpCard
from ui.leads.page import LeadsPage
from ui.pictures import wait_for


def test_a_follow_up_being_typed_survives_a_crash(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    _select(page, NAME)
    lead_id = _rows(page)[NAME].id
    card = page.peek.follow_up
    card.entry.insertPlainText("与企业确认用地")
    assert xiangtu.desk is not None
    database = xiangtu.desk.workspace.database

    def kept() -> str | None:
        with database.read() as session:
            found = draft(session, f"follow_up:{lead_id}")
        return None if found is None else found.content["note"]

    wait_for(lambda: kept() == "与企业确认用地", 3)
    again = FollowUpCard(page._desk.tokens)  # the next start
    qtbot.addWidget(again)
    with database.read() as session:
        facts = load_peek(session, lead_id, date(2026, 11, 28))
    assert facts is not None
    again.show_lead(lead_id, facts.follow_ups, facts.typed)
    assert again.entry.toPlainText() == "与企业确认用地"
    qtbot.mouseClick(card.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: kept() is None)


def test_a_form_not_saved_is_told_of_at_the_next_start(page: LeadsPage, xiangtu: Xiangtu, database: Path) -> None:
    page.editing.keep_typed("lead:new", {"name": "未保存的项目（虚构）"})
    assert xiangtu.window is not None
    assert xiangtu.desk is not None
    window, kept = xiangtu.window, xiangtu.desk.workspace.database

    def is_kept() -> bool:
        with kept.read() as session:
            return draft(session, "lead:new") is not None

    wait_for(is_kept)
    page.opened()  # as at the next start
    wait_for(lambda: window.toast.text() == "未保存：未保存的项目（虚构）")
    window.toast._do()
    wait_for(lambda: page.editing.form is not None)
    assert page.editing.form is not None
    assert page.editing.form.lines["name"].text() == "未保存的项目（虚构）"
    page.editing.form.reject()
    del database


def test_the_status_line_says_saved_where_how_many_and_who(page: LeadsPage, xiangtu: Xiangtu, database: Path) -> None:
    window = xiangtu.window
    assert window is not None
    wait_for(lambda: "共3个项目" in window._status_right.text())
    assert "周敏" in window._status_right.text()
    wait_for(lambda: "备份" in window._status_right.text())
    assert database.name in window._status.text()
    assert window._status.tip == str(database)
    seen: list[str] = []
    xiangtu.runner.writing.connect(lambda _on: seen.append(window._status.text()))
    page.editing.change_one(_rows(page)[NAME].id, {"owner": "陈一鸣"}, "", 1)
    assert window._status.text() == "正在保存……"
    wait_for(lambda: _rows(page)[NAME].owner == "陈一鸣")
    assert database.name in window._status.text()
    assert window._status.tip == str(database)
    assert len(seen) == 2


def test_a_list_that_cannot_be_asked_says_why_and_tries_again(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    assert xiangtu.desk is not None
    database = xiangtu.desk.workspace.database
    with database.write(by="测试", why="测试") as session:
        session.connection().exec_driver_sql("ALTER TABLE standing RENAME TO standing_gone")
    page.list.reload()
    failed = page.list._failed
    wait_for(lambda: page.list._states.currentWidget() is failed)
    assert "xiangtu.log" in _texts(failed)
    with database.write(by="测试", why="测试") as session:
        session.connection().exec_driver_sql("ALTER TABLE standing_gone RENAME TO standing")
    _click(qtbot, failed, "重试")
    wait_for(lambda: page.list._states.currentWidget() is page.list.view)


def test_each_fact_says_where_it_comes_from(page: LeadsPage, xiangtu: Xiangtu, tmp_path: Path) -> None:
    assert xiangtu.desk is not None
    ledger = tmp_path / "台账.csv"
    ledger.write_text("项目名称,投资方,责任人\n台账里的项目（虚构）,甲公司（虚构）,王某\n", encoding="utf-8")
    finish(import_file(xiangtu.desk.workspace.database, Request("leads", ledger, "周敏")))
    wait_for(lambda: "台账里的项目（虚构）" in _rows(page))
    _select(page, "台账里的项目（虚构）")
    assert "台账.csv，工作表“台账”，第2行" in _texts(page.peek.facts)
    owner = next(one for one in page.peek.facts.findChildren(QLabel) if one.text() == "王某")
    assert "台账.csv" in owner.toolTip()
    assert "周敏" in owner.toolTip()


def test_all_ids_may_come_before_the_first_rows(page: LeadsPage) -> None:
    pane = page.list
    ids = list(pane.model.ids)
    rows = [pane.model.row(place) for place in range(len(ids))]
    counted: list[int] = []
    pane.counted.connect(lambda totals: counted.append(totals.count))
    totals = LeadTotals(len(ids), Decimal(0), 0, 0, Decimal(0), 0, Decimal(0), 0)
    pane._asked += 1
    pane._show_all(pane._asked, ids, totals)
    pane._show_first(pane._asked, ids[:1], rows[:1])
    assert list(pane.model.ids) == ids
    assert counted == [len(ids)]


def test_what_a_match_lacks_is_added_from_its_panel(page: LeadsPage, qtbot: QtBot) -> None:
    _select(page, "自动驾驶算法研发中心（虚构）")
    facts = page.peek.facts_shown
    assert facts is not None
    page.editing.change_one(facts.id, {"industry": None}, "", facts.version)
    wait_for(lambda: "还缺的信息" in _texts(page.peek.match))
    page.peek.tabs.setCurrentIndex(3)
    _click(qtbot, page.peek.match, "去补充")
    wait_for(lambda: page.editing.form is not None)
    form = page.editing.form
    assert form is not None
    wait_for(lambda: any(line.editor.hasFocus() for name, line in form.lines.items() if name.startswith("industr")))
    form.reject()


def test_the_place_beside_the_list_is_as_it_was_left(page: LeadsPage, settings: QSettings, qtbot: QtBot) -> None:
    split = page._split
    assert split.right.width() == USUAL
    split.moveSplitter(page.width() - 500, 1)  # as drawn by hand
    drawn = split.right.width()
    assert drawn > USUAL
    page._toggle_peek()
    again = Beside(QFrame(), settings)
    qtbot.addWidget(again)
    assert not again.wanted
    page._toggle_peek()
    again = Beside(QFrame(), settings)
    qtbot.addWidget(again)
    assert again.wanted
    for width, least, most in ((1500, drawn, drawn), (700, LEAST, 350)):
        again.resize(width, 800)
        again.fit(width)
        assert least <= again.sizes()[1] <= most
