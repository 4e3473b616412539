"""Watches the window in a test: no turn of its event loop takes long, nothing runs on when it is closed."""

from __future__ import annotations

import faulthandler
import gc
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
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

REFERENCE_S = 0.009
"""What ``_reference`` takes on the machine of performance.md while nothing else runs there."""

PATIENCE_S = 5

SAMPLE_S, SAMPLED_FROM_S = 0.01, 0.03
"""How often it is looked where the thread is, in a turn that has taken so long already."""

SHOWN, DEEP = 5, 6
"""Places that are told, each by its innermost calls."""

ROOT = Path(__file__).parents[2]


class Turns:
    """The turns of the event loop, each with what the thread took of the processor: waiting for it counts for nothing.

    Between two loops runs the test itself, which is not counted; so loops are told when they begin and end.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self.begun: float | None = None
        self.seen: list[str] = []
        self._held: list[str] = []
        self._depth = 0
        self._thread, self._collecting = threading.get_ident(), 0.0

    def turn(self) -> None:
        """A turn of a loop begins, and with that the one before has ended."""
        now = time.thread_time()
        if self.begun is not None and now - self.begun > self.longest:
            self.longest, self._held = now - self.begun, self.seen
        self.begun, self.seen = now if self._depth else None, []

    def told(self) -> str:
        """Return how long the longest turn was and where the thread was seen in it, the commonest place first."""
        places = "\n\n".join(f"{times} ×\n{place}" for place, times in Counter(self._held).most_common(SHOWN))
        return f"a turn of {self.longest:.3f} s\n\n{places}"

    def collected(self, phase: str, _about: dict[str, int]) -> None:
        """Note how long Python looked for garbage in a turn: nobody can look where the thread is meanwhile."""
        if threading.get_ident() != self._thread or self.begun is None:
            return
        now = time.thread_time()
        if phase == "start":
            self._collecting = now
        elif now - self._collecting > SAMPLE_S:
            self.seen += ["Python looked for garbage\n"] * int((now - self._collecting) / SAMPLE_S)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Count what happens inside: a loop, or an event the test sends."""
        self.turn()
        outer, self.begun = self.begun, time.thread_time()
        self._depth += 1
        try:
            yield
        finally:
            self.turn()
            self._depth -= 1
            self.begun = outer if outer is None else time.thread_time()


class _Sampler(threading.Thread):
    """Looks again and again where the thread of the window is in a turn that takes long."""

    def __init__(self, turns: Turns) -> None:
        super().__init__(daemon=True)
        self._turns, self._watched = turns, threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._watched)
        self._ended = threading.Event()
        self._written = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  (open as long as the thread looks)

    def run(self) -> None:
        """Note a place every few milliseconds."""
        while not self._ended.wait(SAMPLE_S):
            begun, seen = self._turns.begun, self._turns.seen
            if begun is not None and time.clock_gettime(self._clock) - begun > SAMPLED_FROM_S:
                seen.append("\n".join(reversed(self._places()[:DEEP])) + "\n")

    def _places(self) -> list[str]:
        """Return the lines where the thread is, the innermost first.

        All in one call, while Python stands still: going through the frames of a thread that runs on crashes
        Python 3.11 now and then.
        """
        self._written.seek(0)
        self._written.truncate()
        faulthandler.dump_traceback(self._written)
        self._written.seek(0)
        threads = self._written.read().decode(errors="replace").split("\n\n")
        mark = f"0x{self._watched:016x} "
        return [line for thread in threads if mark in thread for line in thread.splitlines()[1:] if _told(line)]

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self.join()
        self._written.close()


def _told(line: str) -> bool:
    """Return whether a place is told: of the program or the test, not of what carries it."""
    return f'"{ROOT}' in line and f'"{__file__}"' not in line


@contextmanager
def watched_turns(monkeypatch: pytest.MonkeyPatch) -> Iterator[Turns]:
    """Watch all loops that a test enters, and the clicks and keys it sends."""
    turns = Turns()
    dispatcher = QAbstractEventDispatcher.instance()
    dispatcher.awake.connect(turns.turn)
    monkeypatch.setattr(QEventLoop, "exec", _counted(QEventLoop.exec, turns))
    for name in ("mouseClick", "keyClick"):
        monkeypatch.setattr(QtBot, name, staticmethod(_counted(getattr(QtBot, name), turns)))
    sampler = _Sampler(turns)
    sampler.start()
    gc.callbacks.append(turns.collected)
    try:
        yield turns
    finally:
        gc.callbacks.remove(turns.collected)
        sampler.end()
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
    return max(LOADED, statistics.median(_reference() for _time in range(7)) / REFERENCE_S)


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
