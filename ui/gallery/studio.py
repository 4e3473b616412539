"""The window on a database made for pictures, in one look; scenes put it into a state, the studio takes the picture."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from ui.application import Xiangtu
from ui.gallery.frames import Wear
from ui.icons import Glyph, picture
from ui.main_window import MainWindow
from ui.pictures import settle, wait_for
from ui.places import Renderers
from ui.theme.tokens import Tokens

TITLE_BAR = 32
"""A dialog's title bar: offscreen nobody draws one."""

OFFICER = "周某（虚构）"


class Studio:
    """One window; ``leads`` is its page of leads, filled."""

    def __init__(self, application: QApplication, renderers: Renderers, folder: Path, wear: Wear) -> None:
        self.folder, self.wear, self.renderers = folder, wear, renderers
        self.settings = QSettings(str(folder / f".{wear.file('window')}.ini"), QSettings.Format.IniFormat)
        self.settings.clear()
        self.application = application
        self._closed = False
        self.errors: list[BaseException] = []
        self.xiangtu = Xiangtu(application, self.settings, renderers, lambda _parent, error: self.errors.append(error))
        self.xiangtu.look = replace(
            self.xiangtu.look, theme=wear.theme, language=wear.language, density=wear.density, officer=OFFICER
        )

    # -- the window

    def open(self, database: Path | None) -> None:
        """Show the window, with a database when there is one, and wait until it is filled."""
        self.xiangtu.show().resize(*self.wear.frame.logical)
        sys.excepthook = sys.__excepthook__  # a mistake of a scene is told where it is, not in a box
        if database is not None:
            self.xiangtu.start(str(database), OFFICER)
            self.settled()

    def close(self) -> None:
        """Close the window and its database, once."""
        if self._closed:
            return
        self._closed = True
        window = self.window
        window.close()
        window.deleteLater()
        self.xiangtu.close()
        # All pages go at once: nobody waits for that, so it is no turn of the loop.
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
        settle(30)
        Path(self.settings.fileName()).unlink(missing_ok=True)

    @property
    def window(self) -> MainWindow:
        """The window shown."""
        if self.xiangtu.window is None:
            raise RuntimeError("the studio has no window yet")
        return self.xiangtu.window

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self.xiangtu._tokens()

    @property
    def desk(self) -> Any:  # noqa: ANN401  (a Desk, there once a database is open)
        """What the pages work with."""
        return self.xiangtu.desk

    @property
    def leads(self) -> Any:  # noqa: ANN401  (a page of leads)
        """The page of the leads."""
        return self.window.page("leads")

    def settled(self) -> None:
        """Wait until list and peek have what they asked for."""
        wait_for(lambda: self.leads is not None and (self.leads.is_settled() or self._is_empty()))
        settle(150)

    def _is_empty(self) -> bool:
        pane = self.leads.list
        return pane._states.currentWidget() is pane._nothing  # the first start tells nobody

    def back(self) -> None:
        """Close what stands over the window and show the first lead again."""
        for each in QApplication.topLevelWidgets():
            if each is not self.window and each.isVisible():
                each.close()
        settle(20)
        page = self.window.go("leads")
        page.shapes.show_shape("table")  # type: ignore[attr-defined]  # a page of leads
        page.list.bar.clear()  # type: ignore[attr-defined]
        self.settled()
        self.peek_at(None, 0)

    def peek_at(self, name: str | None, tab: int) -> None:
        """Show a lead by a part of its name (None: the first) and a part of it."""
        page = self.leads
        rows = [page.list.model.row(place) for place in range(page.list.model.rowCount())]
        wanted = next((place for place, row in enumerate(rows) if row and (name is None or name in row.name)), 0)
        page.list.view.go_to(wanted)
        self.settled()
        page.peek.tabs.setCurrentIndex(tab)
        settle(60)

    # -- the picture

    def take(self, scene: str) -> Path:
        """Paint the window, and over it what stands over it; return the file."""
        settle(60)
        paper = self.window.grab()
        painter = QPainter(paper)
        for each in self._over():
            corner = each.mapToGlobal(QPoint(0, 0)) - self.window.mapToGlobal(QPoint(0, 0))
            if isinstance(each, QDialog) and each.windowType() != Qt.WindowType.Popup:
                self._dialog(painter, each)
            else:
                painter.drawPixmap(corner, each.grab())
        painter.end()
        file = self.folder / self.wear.file(scene)
        paper.toImage().save(str(file))
        return file

    def _over(self) -> list[QWidget]:
        kinds = (QDialog, QMenu)
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and isinstance(each, kinds)]
        return sorted(shown, key=lambda each: len(_parents(each)))

    def _dialog(self, painter: QPainter, dialog: QDialog) -> None:
        room, paper = self.window.rect(), dialog.grab()
        of = self.tokens
        width, height = dialog.width(), dialog.height() + TITLE_BAR
        left, top = (room.width() - width) // 2, max(0, (room.height() - height) // 2)
        painter.fillRect(room, QColor(0, 0, 0, 70))
        head = QRect(left, top, width, TITLE_BAR)
        painter.fillRect(head, QColor(of.side))
        painter.setPen(QColor(of.text2))
        painter.setFont(self.application.font())
        painter.drawText(head.adjusted(12, 0, -40, 0), Qt.AlignmentFlag.AlignVCenter, dialog.windowTitle())
        painter.drawPixmap(head.right() - 28, head.top() + 8, picture(Glyph.CLOSE, of.text2, 16))
        painter.drawPixmap(left, top + TITLE_BAR, paper)
        painter.setPen(QPen(QColor(of.field), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRect(left, top, width - 1, height - 1))


def _parents(widget: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    parent = widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found
