"""A line to name a lead: what is typed is looked for at once, by any part of its name, pinyin, initials or code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm.i18n import _
from ui.widgets.labels import label
from ui.widgets.palette import SearchLine

MOST, ROW = 5, 30
CODE = Qt.ItemDataRole.UserRole


class Named(NamedTuple):
    """A lead as it is proposed."""

    code: str
    name: str
    note: str


Find = Callable[[str, Callable[[Sequence[Named]], None]], None]
"""Looks for leads that are called so and hands on the best, on the window's thread."""


class LeadLine(QWidget):
    """Proposes while one types, also while an input method composes; ↑ ↓ and Enter take one."""

    chosen = Signal(str)  # code

    def __init__(self, find: Find, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find, self._asked, self._waiting = find, "", False
        self._code, self._shown = "", ""
        self.line = SearchLine()
        self.line.setPlaceholderText(_("Part of its name, pinyin, initials or code"))
        self.answers = QListWidget()
        self.answers.setObjectName("answers")
        self.answers.setAccessibleName(_("Leads that are called so"))
        self.answers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.answers.hide()
        self.none = label(_("No lead is called so."), "meta", tone="warn")
        self.none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for widget in (self.line, self.answers, self.none):
            layout.addWidget(widget)
        self.setFocusProxy(self.line)
        self.line.typed.connect(lambda _text: self._search())
        self.line.installEventFilter(self)
        self.answers.itemClicked.connect(self._take)

    def show_lead(self, code: str, name: str = "") -> None:
        """Show a lead that is chosen already; "" for none."""
        self._code = code
        self._shown = " ".join(part for part in (code, name) if part)
        self.line.setText(self._shown)
        self._close()

    def lead(self) -> str:
        """Return the code of the lead that was chosen, else what was typed: a code or an exact name; "" for none."""
        text = self.line.text().strip()
        return self._code if text == self._shown.strip() else text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the answers and take one; Enter while composing belongs to the input method, Escape closes them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.answers.isVisible():
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.answers.setCurrentRow(max(0, min(self.answers.count() - 1, self.answers.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.line.composing:
                self._take(self.answers.currentItem())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self._close()
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        """Ask at once; while a question is out, what is typed waits for its answer."""
        wanted = self.line.wanted().strip()
        if not wanted or wanted == self._shown.strip():
            self._close()
        elif not self._waiting:
            self._waiting, self._asked = True, wanted
            self._find(wanted, self._answered)

    def _answered(self, found: Sequence[Named]) -> None:
        self._waiting = False
        if not isValid(self):  # the dialog was closed meanwhile
            return
        if self._asked != self.line.wanted().strip():
            self._search()
            return
        self.answers.clear()
        for one in found[:MOST]:
            item = QListWidgetItem(" · ".join(part for part in (one.name, one.code, one.note) if part))
            item.setData(CODE, one)
            self.answers.addItem(item)
        self.answers.setCurrentRow(0)
        self.answers.setFixedHeight(self.answers.count() * ROW + 4)
        self.answers.setVisible(bool(found) and self.line.hasFocus())
        self.none.setVisible(not found)

    def _take(self, item: QListWidgetItem | None) -> None:
        one = None if item is None else item.data(CODE)
        if one is not None:
            self.show_lead(one.code, one.name)
            self.chosen.emit(one.code)

    def _close(self) -> None:
        self.answers.hide()
        self.none.hide()
