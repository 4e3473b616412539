"""One day, or what is overdue, as a list of entries; what is done with an entry is a key away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from crm.domain.calendars.explain import kind_text
from crm.queries.agenda import AgendaRow
from ui.theme.tokens import Tokens

ROW = Qt.ItemDataRole.UserRole

KEYS: Mapping[int, str] = {
    Qt.Key.Key_D: "done",
    Qt.Key.Key_P: "put_off",
    Qt.Key.Key_N: "new",
    Qt.Key.Key_F2: "edit",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
}
"""What each key does with the entry that is chosen."""

BESIDE: Mapping[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class DayList(QListWidget):
    """The entries of one day."""

    chosen = Signal(object)  # AgendaRow, or None
    act_asked = Signal(str)  # a value of ``KEYS``
    beside_asked = Signal(int)  # -1: the day before, 1: the day behind

    def __init__(self, name: str, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self.setObjectName("entries")
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.row_chosen()))
        self.itemDoubleClicked.connect(lambda _item: self.act_asked.emit("open"))

    def show_rows(self, rows: Sequence[AgendaRow], today: object, *, dated: bool = False) -> None:
        """Show entries; done ones are grey, overdue ones red, each also by a sign or a word."""
        self.clear()
        for row in rows:
            item = QListWidgetItem(entry_text(row, dated=dated))
            item.setData(ROW, row)
            item.setToolTip(_whole(row))
            colour = self._tokens.text3 if row.done else self._tokens.text
            if not row.done and row.is_overdue(today):  # type: ignore[arg-type]  # a day
                colour = self._tokens.bad.strong
            item.setForeground(QBrush(QColor(colour)))
            self.addItem(item)

    def row_chosen(self) -> AgendaRow | None:
        """Return the entry that is chosen."""
        item = self.currentItem()
        found = None if item is None else item.data(ROW)
        return found if isinstance(found, AgendaRow) else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first entry where none is, so that the keys have something to work on."""
        super().focusInEvent(event)
        if self.currentItem() is None and self.count():
            self.setCurrentRow(0)
        self.chosen.emit(self.row_chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in KEYS:
            self.act_asked.emit(KEYS[event.key()])
        elif plain and event.key() in BESIDE:
            self.beside_asked.emit(BESIDE[event.key()])
        else:
            super().keyPressEvent(event)


def entry_text(row: AgendaRow, *, dated: bool = False) -> str:
    """Return an entry in a few short lines: when and what kind, whose, what."""
    when = row.day.strftime("%m-%d") if dated else "-".join(part for part in (row.at, row.until) if part)
    head = " ".join(part for part in ("✓" if row.done else "", when, kind_text(row.kind)) if part)
    text = row.text.split("\n")[0]
    return "\n".join(part for part in (head, row.name, text) if part)


def _whole(row: AgendaRow) -> str:
    parts = (row.text, row.place, row.people, row.outline, row.by)
    return "\n".join(part for part in parts if part)
