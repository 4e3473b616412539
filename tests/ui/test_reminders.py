"""What begins in half an hour is told of once; what is done, another's or later is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from crm.queries.agenda import AgendaRow
from crm.services.tasks import add_task, finish_task
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.reminders import Reminders, soon

TODAY = date(2026, 11, 26)
NINE = datetime(2026, 11, 26, 9, 0, tzinfo=timezone(timedelta(hours=8)))


def _row(at: str, task_id: int = 1, *, done: bool = False) -> AgendaRow:
    return AgendaRow("task", "visit", TODAY, "看厂房", "周敏", at=at, task_id=task_id, done=done)


def test_only_what_begins_within_half_an_hour_is_soon() -> None:
    rows = [_row("08:59"), _row("09:00"), _row("09:30"), _row("09:31"), _row(""), _row("09:10", done=True)]
    assert [row.at for row in soon(rows, NINE)] == ["09:00", "09:30"]


def test_an_entry_is_told_of_once(page: LeadsPage, xiangtu: Xiangtu) -> None:
    del page
    assert xiangtu.desk is not None
    assert xiangtu.window is not None
    with xiangtu.desk.workspace.database.write(by="周敏", why="test") as session:
        add_task(session, kind="visit", title="看厂房（虚构）", day=TODAY, by="周敏", at=time(9, 20))
        add_task(session, kind="visit", title="别人的", day=TODAY, by="李娜", at=time(9, 20))
        done = add_task(session, kind="visit", title="已办的", day=TODAY, by="周敏", at=time(9, 20))
        finish_task(session, done.id, TODAY, by="周敏")
    settle(300)
    told: list[str] = []
    desk = replace(xiangtu.desk, tell=lambda text, *_more: told.append(text))
    reminders = Reminders(desk, lambda: None, xiangtu.window)
    reminders.look(NINE)
    wait_for(lambda: bool(told))
    reminders.look(NINE)
    settle(200)
    assert told == ["即将开始：09:20 · 看厂房（虚构）"]
