"""What watches the other tests of the window sees what it is there for."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QThreadPool, QTimer
from pytestqt.qtbot import QtBot

from tests.ui.watching import LOADED, SAMPLED_FROM_S, Turns, active, left_over, slowness
from ui.pictures import settle

BUSY_S = 0.03


def _busy() -> None:
    until = time.thread_time() + BUSY_S
    while time.thread_time() < until:
        pass


def test_work_in_a_loop_is_counted_and_waiting_is_not(turns: Turns) -> None:
    settle(60)
    assert turns.longest < BUSY_S
    QTimer.singleShot(0, _busy)
    settle(20)
    assert turns.longest >= BUSY_S


def test_a_long_turn_tells_where_the_thread_was(turns: Turns) -> None:
    for _time in range(3):
        QTimer.singleShot(0, _busy)  # all three in one turn
    settle(20)
    assert turns.longest > SAMPLED_FROM_S
    assert "in _busy" in turns.told()


def test_work_of_the_test_itself_is_not_counted(turns: Turns) -> None:
    settle(10)
    before = turns.longest
    _busy()
    settle(10)
    assert turns.longest < max(before, BUSY_S)


def test_a_timer_and_a_thread_that_go_on_are_found(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    del qtbot
    monkeypatch.setattr("tests.ui.watching.PATIENCE_S", 0)
    before = active()
    timer, pool = QTimer(), QThreadPool()
    timer.start(60_000)
    pool.start(lambda: time.sleep(0.3))
    assert {timer, pool} <= set(left_over(before))
    timer.stop()
    pool.waitForDone()
    assert not left_over(before)


def test_a_loaded_machine_lengthens_the_limit_and_never_shortens_it() -> None:
    assert slowness() >= LOADED
