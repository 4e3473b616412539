"""The page of today: its parts, the lead behind a line, mine and everybody's, nothing to do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.domain.fields.reading import read_record
from crm.services.records import create, update
from tests.ui.journeys.sight import DRIVES, OPTICS, shows, texts
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.today.page import TodayPage
from ui.today.part import Part

TODAY = date.today()  # noqa: DTZ011  (the day on the desk)


@pytest.fixture
def today(page: LeadsPage, xiangtu: Xiangtu) -> TodayPage:
    """Return the page over the filled database, in which one lead is three days overdue and one due today."""
    del page
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="刘某", why="下一步") as session:
        late = (TODAY - timedelta(days=3)).isoformat()
        update(session, "leads", 1, read_record("leads", {"next_step": "报送用地方案", "next_date": late}))
        update(session, "leads", 2, read_record("leads", {"next_step": "会商", "next_date": TODAY.isoformat()}))
    assert xiangtu.window is not None
    shown = xiangtu.window.go("today")
    assert isinstance(shown, TodayPage)
    wait_for(shown.is_settled)
    wait_for(lambda: shown.due.count == 2)
    return shown


def said(part: Part) -> list[str]:
    return [line.title for line in part.list.lines.lines]


def row(part: Part, title: str) -> int:
    return said(part).index(title)


def test_what_is_due_stands_under_its_heading(today: TodayPage) -> None:
    assert said(today.due) == ["已逾期（1）", "报送用地方案", "今天（1）", "会商"]
    line = today.due.list.lines.lines[1]
    assert (line.right, line.tone, line.detail) == ("逾期3天", "bad", "下一步工作 · 精密光电产业园（虚构） · 刘某")


def test_a_line_opens_its_lead_by_click_and_by_keys(
    today: TodayPage, page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot
) -> None:
    listed = today.due.list
    place = listed.visualRect(listed.lines.index(row(today.due, "会商"), 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_for(lambda: shows(page, DRIVES))
    assert xiangtu.window is not None
    xiangtu.window.go("today")
    wait_for(lambda: today.is_settled() and said(today.recent) == [DRIVES])
    xiangtu.window.activateWindow()
    listed.setFocus()
    listed._go_to(0)
    assert listed.currentIndex().row() == 1  # a heading is no place to be
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    wait_for(lambda: shows(page, OPTICS))


def test_the_officers_own_alone(today: TodayPage, xiangtu: Xiangtu) -> None:
    assert xiangtu.desk is not None
    today.mine.click()
    wait_for(lambda: today.is_settled() and today.due.count == 0)
    assert "到期会在这里提醒" in today.due.message.text()
    with xiangtu.desk.workspace.database.write(by="刘某", why="分工") as session:
        update(session, "leads", 2, {"owner": "周敏"})
    wait_for(lambda: said(today.due) == ["今天（1）", "会商"])
    today.all.click()
    wait_for(lambda: today.due.count == 2)


def test_who_stays_too_long_and_who_is_the_same(today: TodayPage, page: LeadsPage, xiangtu: Xiangtu) -> None:
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="刘某", why="more") as session:
        for number in range(5):
            create(
                session, "leads", read_record("leads", {"name": f"在谈项目{number}（虚构）", "stage": "negotiation"})
            )
        create(session, "leads", read_record("leads", {"name": OPTICS, "investor": "澄光光电（虚构）"}))
    today._today = lambda: TODAY + timedelta(days=70)
    wait_for(lambda: "疑似重复" in [line.right for line in today.review.list.lines.lines])
    today.reload()
    wait_for(lambda: today.is_settled() and "在谈：6个超过60天" in said(today.staying))
    assert "70天" in [line.right for line in today.staying.list.lines.lines]
    today.staying.list.act(row(today.staying, "查看全部6条"))
    wait_for(lambda: len(page.list.model.ids) == 6)
    assert "选定的6条线索" in page.list.bar._asked["ids"].text()
    wait_for(page.is_settled)


def test_what_is_missing_opens_the_list_of_all(today: TodayPage, page: LeadsPage, xiangtu: Xiangtu) -> None:
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="刘某", why="more") as session:
        for number in range(8):
            create(session, "leads", read_record("leads", {"name": f"缺税收{number}（虚构）", "land": "9亩"}))
    wait_for(lambda: today.incomplete.count == 8)
    assert today.incomplete.list.lines.lines[0].detail.startswith("缺：")
    today.incomplete.more.click()
    wait_for(lambda: len(page.list.model.ids) == 8)
    assert page.list.where.verdicts == {"incomplete"}
    wait_for(page.is_settled)


def test_a_part_that_cannot_be_read_says_why_and_tries_again(today: TodayPage) -> None:
    today.due.fail(RuntimeError("disk"), today.reload)
    assert today.due.again.isVisibleTo(today)
    today.due.again.click()
    wait_for(lambda: today.is_settled() and today.due.list.isVisibleTo(today))
    settle(20)


def test_without_leads_it_says_what_to_do(xiangtu: Xiangtu, tmp_path: object) -> None:
    xiangtu.start(f"{tmp_path}/empty.db", "周敏")
    wait_for(lambda: xiangtu.window is not None and xiangtu.undo is not None)
    assert xiangtu.window is not None
    shown = xiangtu.window.go("today")
    assert isinstance(shown, TodayPage)
    wait_for(lambda: shown.is_settled() and "先导入手头的台账" in texts(shown))
