"""Dialogs and menus that are let go of when they are left: one that stayed would hold its lead in memory for good."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QScrollArea, QWidget

from crm.i18n import _

FRAME = QSize(32, 72)
"""What a dialog leaves free of its screen: title bar, borders, a little of the window behind."""

TAB = Qt.FocusPolicy.TabFocus.value
LEAST_SCROLLED = 80


def open_dialog(dialog: QDialog) -> None:
    """Open a dialog over its window, without waiting for it."""
    if isinstance(dialog, QFileDialog):  # words that Qt's own Chinese catalogue lacks
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder:"))
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Kind of file:"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    QDialog.open(dialog)


def open_menu(menu: QMenu, at: QPoint) -> None:
    """Open a menu at a place of the screen, without waiting for it; the keys begin at its first entry."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)
    if menu.actions():
        menu.setActiveAction(menu.actions()[0])


def order_by_tab(*parts: QWidget) -> None:
    """Let Tab go through parts in this order, each with all that is inside it: what was put in later comes in turn."""
    turns: list[QWidget] = []
    for part in parts:
        turns += [one for one in (part, *part.findChildren(QWidget)) if _has_turn(one, part)]
    for before, after in pairwise(turns):
        QWidget.setTabOrder(before, after)


def _has_turn(one: QWidget, part: QWidget) -> bool:
    takes_tab = one.focusPolicy().value & TAB
    return bool(takes_tab) and one.focusProxy() is None and one.window() is part.window()


def fit_dialog(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog a size in logical pixels, or as much of it as its screen has room for beside its frame."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width() - FRAME.width()), min(height, room.height() - FRAME.height()))


class GrowingDialog(QDialog):
    """A dialog that becomes taller where its texts need more lines, as far as its screen goes."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            layout = self.layout()
            needed = layout.totalHeightForWidth(self.width()) if layout is not None else 0
            most = self.screen().availableGeometry().height() - FRAME.height()
            if needed > self.height() and self.height() < most:
                self.resize(self.width(), min(needed, most))
        return done


class FittedScroll(QScrollArea):
    """Asks for all the room its content needs, and can be scrolled where the screen has less.

    Its content has a layout and fits any width.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the choices inside take the keys, and bring themselves in sight
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._content = content
        self.setWidget(content)

    def heightForWidth(self, width: int) -> int:
        content = self._content
        return content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(self._content.minimumSizeHint().width(), LEAST_SCROLLED)
