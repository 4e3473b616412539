"""Watches the window in a test: no turn of its event loop takes long, nothing runs on when it is closed."""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QEventLoop, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from ui.pictures import settle
from ui.theme.style import style_sheet
from ui.theme.tokens import LIGHT
from ui.widgets.labels import label

LONGEST_S, LOADED = 0.1, 1.5
"""What a turn may take of a quiet processor (a person notices a tenth of a second), and how much more of a busy one."""

TRACED = 2.0
"""How much more where coverage notes every line: that is no part of the window."""

REFERENCE_S = 0.009
"""What ``_reference`` takes on the machine of performance.md while nothing else runs there."""

PATIENCE_S = 5


class Turns:
    """The turns of the event loop, each with what the thread took of the processor: waiting for it counts for nothing.

    Between two loops runs the test itself, which is not counted; so loops are told when they begin and end.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self._since: float | None = None
        self._depth = 0

    def turn(self) -> None:
        """A turn of a loop begins, and with that the one before has ended."""
        now = time.thread_time()
        if self._since is not None:
            self.longest = max(self.longest, now - self._since)
        self._since = now if self._depth else None

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Count what happens inside: a loop, or an event the test sends."""
        self.turn()
        outer, self._since = self._since, time.thread_time()
        self._depth += 1
        try:
            yield
        finally:
            self.turn()
            self._depth -= 1
            self._since = outer if outer is None else time.thread_time()


@contextmanager
def watched_turns(monkeypatch: pytest.MonkeyPatch) -> Iterator[Turns]:
    """Watch all loops that a test enters, and the clicks and keys it sends."""
    turns = Turns()
    dispatcher = QAbstractEventDispatcher.instance()
    dispatcher.awake.connect(turns.turn)
    monkeypatch.setattr(QEventLoop, "exec", _counted(QEventLoop.exec, turns))
    for name in ("mouseClick", "keyClick"):
        monkeypatch.setattr(QtBot, name, staticmethod(_counted(getattr(QtBot, name), turns)))
    try:
        yield turns
    finally:
        dispatcher.awake.disconnect(turns.turn)


def _counted(call: Callable[..., Any], turns: Turns) -> Callable[..., Any]:
    @wraps(call)
    def counted(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  (a method of Qt)
        with turns.inside():
            return call(*arguments, **named)

    return counted


def slowness() -> float:
    """Return how much longer work on widgets takes now than on the quiet machine the limit is meant for.

    Other programs leave less of the caches; that lengthens the time of the processor too. They come and go, so
    ``LOADED`` is the least.
    """
    traced = TRACED if sys.gettrace() is not None else 1.0
    return traced * max(LOADED, statistics.median(_reference() for _time in range(7)) / REFERENCE_S)


def _reference() -> float:
    before = time.thread_time()
    widget = QWidget()
    widget.setStyleSheet(style_sheet(LIGHT))
    layout = QVBoxLayout(widget)
    for _line in range(30):
        layout.addWidget(label("项目线索" * 3, "meta"))
    widget.grab()
    widget.deleteLater()
    return time.thread_time() - before


# What runs on.


def active() -> set[object]:
    """Return the timers, threads and pools that are active."""
    qt = {each for each in getAllValidWrappers() if _runs(each)}
    return qt | {each for each in threading.enumerate() if not each.daemon}


def _runs(each: object) -> bool:
    if isinstance(each, QTimer):
        return each.isActive()
    if isinstance(each, QThreadPool):
        return each.activeThreadCount() > 0
    return isinstance(each, QThread) and each.isRunning()


def left_over(before: set[object]) -> list[object]:
    """Return what is active that was not before, once everything that was to be deleted is."""
    until = time.monotonic() + PATIENCE_S
    while True:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left = [*(active() - before), *(each for each in QApplication.topLevelWidgets() if each.isVisible())]
        if not left or time.monotonic() > until:
            return left
        settle(20)
