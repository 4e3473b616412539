"""One start of the window as its own process: prints the moment something is painted, and what the processor spent.

``python -m bench.window_child bare``: a QMainWindow of PySide6 and nothing else. ``… frame DATABASE`` and ``… leads
DATABASE``: the program by its command line, until its frame is painted, and until the first leads are. The moment is of
the clock that all processes of a machine share (``time.monotonic_ns``).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.main_window import MainWindow

SIZE = 1600, 1000


def main() -> int:
    """Start what the command line names."""
    what, *more = sys.argv[1:]
    return bare() if what == "bare" else program(what, *more)


def painted() -> None:
    """Tell the moment and end at once: what comes after the paint is not measured."""
    print(time.monotonic_ns(), time.process_time_ns(), flush=True)
    os._exit(0)


def bare() -> int:
    """Show the least that can be shown."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's own name)
            super().paintEvent(event)
            QTimer.singleShot(0, self, painted)

    application = QApplication(sys.argv[:1])
    window = Bare()
    window.resize(*SIZE)
    window.show()
    return application.exec()


def program(what: str, database: str) -> int:
    """Start the program by its command line; only its last door, which would stay open, is another."""
    from crm.commands.line import run
    from main import doors

    def open_window(place: str | None, by: str | None) -> int:
        import gc

        gc.disable()  # as the door of main.py does
        from ui.application import launch

        application, xiangtu = launch(doors().renderers)
        window = xiangtu.show()
        if what == "frame":
            window.painted.connect(painted)
        else:
            window.painted.connect(lambda: xiangtu.start(place, by))
            _at_leads(window, painted)
        return application.exec()

    return run(["--database", database], replace(doors(), open_window=open_window))


def _at_leads(window: MainWindow, tell: Callable[[], None]) -> None:
    """Tell when the list has been painted with leads in it."""

    def watch(_place: str) -> None:
        from PySide6.QtCore import QEvent, QObject, QTimer

        page: Any = window.page("leads")

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's own name)
                del watched
                if event.type() is QEvent.Type.Paint and page.list.model.rowCount():
                    QTimer.singleShot(0, tell)
                return False

        page.list.view.viewport().installEventFilter(Watch(page))

    window.gone_to.connect(watch)


if __name__ == "__main__":
    sys.exit(main())
