"""The page of leads on a database, without the program around it: no backup, no standings worked out meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from bench.window_child import SIZE
from crm.workspace import open_workspace
from ui.desk import Desk, Opening
from ui.jobs import JobRunner
from ui.leads.page import LeadsPage
from ui.starting import make_application
from ui.theme.style import palette, style_sheet
from ui.theme.tokens import Density, Theme, tokens

PATIENCE_MS = 60_000


class Stage:
    """One window with the page of leads in it; the style sheet is the window's, so that a floor stands beside it bare.

    Attributes:
        page: the page, filled.
        desk: what it works with.
    """

    def __init__(self, database: Path, folder: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        self.application: QApplication = make_application()
        look = tokens(Theme.LIGHT)
        opening, self._runner = Opening(), JobRunner()
        self.workspace = open_workspace(database, by="bench", settings_folder=folder)
        opening.opened(self.workspace)
        kept = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.desk = Desk(opening, self._runner, look, kept, Density.COMFORTABLE, _nothing, _fail)
        self.page = LeadsPage(self.desk)
        self.window = QMainWindow()
        self.window.setPalette(palette(look))
        self.window.setStyleSheet(style_sheet(look))
        self.window.setCentralWidget(self.page)
        self.window.resize(*SIZE)
        self.window.show()
        counted: list[object] = []
        self.page.list.counted.connect(counted.append)
        self.page.opened()
        self.until(lambda: bool(counted) and self.page.is_settled())  # all ids are there: nothing else runs

    def until(self, ready: Callable[[], bool]) -> float:
        """Let the window work until something is so; return the milliseconds."""
        before = perf_counter()
        alarm = QTimer()  # wakes the loop where nothing else does
        alarm.start(PATIENCE_MS)
        while not ready():
            if perf_counter() - before > PATIENCE_MS / 1000:
                raise TimeoutError("the window did not come to an end")
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return (perf_counter() - before) * 1000

    def settle(self) -> None:
        """Let the window do what it has to do at once."""
        self.application.processEvents()

    def close(self) -> None:
        """Let everything go."""
        self.window.close()
        self._runner.close()
        self.window.deleteLater()
        self.application.processEvents()
        self.workspace.database.close()


class Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's own name)
        """Count, and let the event go on."""
        del watched
        self.times += event.type() is QEvent.Type.Paint
        return False


def _nothing(*_words: object) -> None:
    """Tell nobody."""


def _fail(error: BaseException) -> None:
    raise error
