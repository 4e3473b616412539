"""Pictures of the window's pages where there is no screen: what ``make run`` shows on a server."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QWidget

from crm.jobs.demonstration import LEDGERS, samples
from ui.application import Xiangtu
from ui.pdf_pages import do_without_screen
from ui.places import Renderers
from ui.starting import make_application
from ui.theme.tokens import Theme

PATIENCE_S = 30
SIZES = ((1600, 1000), (1366, 768))


def paint_pages(database: str, folder: Path, renderers: Renderers) -> list[Path]:
    """Open the window on a database and paint its pages; return the pictures.

    Raises:
        TimeoutError: a page did not fill itself.
    """
    do_without_screen()
    application = make_application()
    settings = QSettings(str(folder / ".window.ini"), QSettings.Format.IniFormat)
    pictures: list[Path] = []
    for theme in (Theme.LIGHT, Theme.DARK):
        xiangtu = Xiangtu(application, settings, renderers)
        xiangtu.look = replace(xiangtu.look, theme=theme)
        pictures += _paint(xiangtu, database, folder)
    Path(settings.fileName()).unlink(missing_ok=True)
    return pictures


def _paint(xiangtu: Xiangtu, database: str, folder: Path) -> list[Path]:
    theme = xiangtu.look.theme
    window = xiangtu.show()
    xiangtu.start(database)
    wait_for(lambda: _filled(xiangtu))
    pictures = []
    for width, height in SIZES:
        window.resize(width, height)
        settle(400)
        pictures.append(_grab(window, folder / f"leads-{theme}-{width}x{height}.png"))
    window.go("imports")
    page: Any = window.page("imports")
    page.open_file(samples() / LEDGERS[1])  # tried only: nothing is written
    wait_for(lambda: page.document is not None)
    settle(300)
    pictures.append(_grab(window, folder / f"import-{theme}.png"))
    window.close()
    window.deleteLater()
    xiangtu.close()
    settle(50)
    return pictures


def wait_for(ready: Callable[[], bool], patience: float = PATIENCE_S) -> None:
    """Let the window work until something is so.

    Raises:
        TimeoutError: it did not come about.
    """
    until = time.monotonic() + patience
    while not ready():
        if time.monotonic() > until:
            raise TimeoutError("the page did not fill itself")
        settle(20)


def settle(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _filled(xiangtu: Xiangtu) -> bool:
    page = xiangtu.window.page("leads") if xiangtu.window is not None else None
    return page is not None and page.is_settled()  # type: ignore[attr-defined]  # a page of leads


def _grab(widget: QWidget, path: Path) -> Path:
    widget.grab().save(str(path))
    return path
