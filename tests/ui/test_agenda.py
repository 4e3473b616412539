"""The week: what stands on which day, done and put off by key, planned by a form, calendar files, undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from crm.database import Session
from crm.domain.deadlines.working_days import add_working_days
from crm.queries.agenda import agenda
from crm.queries.working import follow_ups
from crm.services.records import create
from crm.services.tasks import add_task
from tests.crm.domain.calendars.test_ics import FOREIGN
from ui.agenda.files import take_from, write_to
from ui.agenda.minutes_dialog import MinutesDialog
from ui.agenda.page import AgendaPage
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.pictures import wait_for

TODAY = date.today()  # noqa: DTZ011  (the day on the desk)


def _change(xiangtu: Xiangtu, do: Callable[[Session], Any]) -> None:
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="周敏", why="test") as session:
        do(session)


def _asked(xiangtu: Xiangtu, ask: Callable[[Session], Any]) -> Any:  # noqa: ANN401  (whatever the question returns)
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        return ask(session)


@pytest.fixture
def week(page: LeadsPage, xiangtu: Xiangtu) -> AgendaPage:
    """Return the page of this week with a visit and a task of today."""
    lead = page.list.model.row(0)
    assert lead is not None
    assert xiangtu.window is not None

    def plan(session: Session) -> None:
        add_task(session, kind="visit", title="看厂房", day=TODAY, by="周敏", lead_id=lead.id, at=time(9, 30))
        add_task(session, kind="task", title="报送周报", day=TODAY, by="李娜")
        told = {"name": "柔性传感器（虚构）", "first_reported_at": str(TODAY - timedelta(days=30)), "stage": "lead"}
        create(session, "leads", told)

    _change(xiangtu, plan)
    shown = xiangtu.window.go("agenda")
    assert isinstance(shown, AgendaPage)
    wait_for(lambda: shown.is_settled() and _today(shown).count() == 2)
    return shown


def _today(week: AgendaPage) -> Any:  # noqa: ANN401  (the list of today)
    return week.days[TODAY.weekday()]


def _opened(week: AgendaPage, kind: type[QDialog]) -> Any:  # noqa: ANN401  (a dialog of the kind)
    wait_for(lambda: bool(week.findChildren(kind)))
    return week.findChildren(kind)[-1]


def test_the_week_shows_its_days_and_the_clocks_that_are_due(week: AgendaPage) -> None:
    texts = [_today(week).item(place).text() for place in range(2)]
    assert texts[0].startswith("09:30 走访")
    assert texts[1] == "任务\n报送周报"
    assert week.clocks.count() == 1
    assert "响应：应于" in week.clocks.item(0).text()
    assert "今天" in week.heads[TODAY.weekday()].text()
    week.mine.setChecked(True)
    wait_for(lambda: week.is_settled() and _today(week).count() == 1)


def test_a_task_is_done_by_key_and_undone(week: AgendaPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    _today(week).setFocus()
    _today(week).setCurrentRow(1)
    qtbot.keyClick(_today(week), Qt.Key.Key_D)
    wait_for(lambda: _today(week).count() == 2 and _today(week).item(1).text().startswith("✓"))
    assert xiangtu.undo is not None
    xiangtu.undo.undo()
    wait_for(lambda: _today(week).count() == 2 and not _today(week).item(1).text().startswith("✓"))


def test_a_visit_that_is_done_asks_for_its_minutes(week: AgendaPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    _today(week).setFocus()
    _today(week).setCurrentRow(0)
    row = _today(week).row_chosen()
    qtbot.keyClick(_today(week), Qt.Key.Key_D)
    dialog = _opened(week, MinutesDialog)
    dialog.note.setPlainText("层高不够（虚构）")
    dialog._keep()
    wait_for(lambda: bool(_asked(xiangtu, lambda session: follow_ups(session, row.lead_id))))
    note = _asked(xiangtu, lambda session: follow_ups(session, row.lead_id))[0]
    assert (note.kind, note.note) == ("visit", "层高不够（虚构）")


def test_an_entry_is_put_off_to_the_next_working_day(week: AgendaPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    later = add_working_days(TODAY, 1)
    _today(week).setFocus()
    _today(week).setCurrentRow(1)
    qtbot.keyClick(_today(week), Qt.Key.Key_P)
    wait_for(lambda: bool(_asked(xiangtu, lambda session: agenda(session, later, later))))
    assert [row.text for row in _asked(xiangtu, lambda session: agenda(session, later, later))] == ["报送周报"]


def test_something_is_planned_by_key_and_a_wrong_day_is_refused(week: AgendaPage, qtbot: QtBot) -> None:
    _today(week).setFocus()
    dialog = week.acts.new(TODAY)
    dialog.lines["title"].setText("接待考察（虚构）")
    dialog.lines["day"].setText("哪天")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert "哪天" in dialog.wrong.text()
    dialog.lines["day"].setText(TODAY.isoformat())
    dialog.lines["at"].setText("9:05")
    dialog.lines["lead"].setText("没有这条线索")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: "没有这条线索" in dialog.wrong.text())
    dialog.lines["lead"].setText("")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: _today(week).count() == 3)
    assert _today(week).item(0).text().startswith("09:05 走访")


def test_a_calendar_file_comes_in_and_goes_out(week: AgendaPage, xiangtu: Xiangtu, tmp_path: Path) -> None:
    assert xiangtu.desk is not None
    source, target = tmp_path / "in.ics", tmp_path / "out.ics"
    source.write_text(FOREIGN, encoding="utf-8")
    told: list[str] = []
    take_from(xiangtu.desk, source, told.append)
    wait_for(lambda: bool(told))
    assert told[0].startswith("来自文件：新增2项")
    write_to(xiangtu.desk, lambda _session: b"BEGIN:VCALENDAR\r\n", target)
    wait_for(target.exists)
    week.show_week(date(2026, 12, 2))
    wait_for(lambda: week.is_settled() and week.days[2].count() == 1)
    assert "与投资方会谈" in week.days[2].item(0).text()


def test_the_arrows_go_from_day_to_day_and_from_week_to_week(week: AgendaPage, qtbot: QtBot) -> None:
    week.days[6].setFocus()
    before = week.title.text()
    qtbot.keyClick(week.days[6], Qt.Key.Key_Right)
    wait_for(lambda: week.is_settled() and week.title.text() != before)
    assert week.days[0].hasFocus()
    qtbot.keyClick(week.days[0], Qt.Key.Key_Right)
    assert week.days[1].hasFocus()


def test_a_year_whose_days_off_are_not_known_is_said(week: AgendaPage) -> None:
    week.show_week(date(2090, 10, 3))
    wait_for(week.is_settled)
    assert "2090年的放假调休安排尚未收入" in week.open_years.text()
    assert "国庆节" in week.heads[0].text() + week.heads[6].text()


def test_the_lead_of_a_task_is_found_by_initials_while_one_types(
    week: AgendaPage, xiangtu: Xiangtu, qtbot: QtBot
) -> None:
    dialog = week.acts.new(TODAY)
    dialog.lead.line.setFocus()
    wait_for(dialog.lead.line.hasFocus)
    qtbot.keyClicks(dialog.lead.line, "jmgd")
    wait_for(lambda: dialog.lead.answers.count() == 1)
    assert "精密光电产业园（虚构）" in dialog.lead.answers.item(0).text()
    qtbot.keyClick(dialog.lead.line, Qt.Key.Key_Return)  # takes the lead, saves nothing
    code = dialog.lead.lead()
    assert dialog.lead.line.text() == f"{code} 精密光电产业园（虚构）"
    assert dialog.isVisible()
    dialog.lines["title"].setText("补测层高（虚构）")
    dialog.lines["day"].setText(TODAY.isoformat())
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    wait_for(lambda: any(row.text == "补测层高（虚构）" for row in _asked(xiangtu, lambda s: agenda(s, TODAY, TODAY))))
    [row] = [row for row in _asked(xiangtu, lambda s: agenda(s, TODAY, TODAY)) if row.text == "补测层高（虚构）"]
    assert (row.code, row.name) == (code, "精密光电产业园（虚构）")
