"""Ctrl+K: finds records and commands by any part of their names, by pinyin or initials, also while an IME composes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from crm.i18n import _
from ui.theme.tokens import META
from ui.widgets.labels import label

WIDTH, ROWS, ROW = 600, 9, 44


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: its name, a line about it, and what opening it does.

    Attributes:
        id: of a lead; 0 for anything else.
        act: what is done when it is chosen; None: the lead is told.
    """

    id: int
    name: str
    note: str
    act: Callable[[], object] | None = None


class SearchLine(QLineEdit):
    """A line that also tells what is being composed: people see answers before they have chosen the characters."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = ""
        self.textChanged.connect(lambda _text: self.typed.emit(self.wanted()))

    def wanted(self) -> str:
        """Return the text with what is being composed; an input method writes pinyin with ' between syllables."""
        at = self.cursorPosition()
        return self.text()[:at] + self.composing.replace("'", "").replace(" ", "") + self.text()[at:]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take note of the composition, then let the line do its work."""
        self.composing = event.preeditString()
        super().inputMethodEvent(event)
        self.typed.emit(self.wanted())


class HitDelegate(QStyledItemDelegate):
    """Paints an answer in two lines; the one Enter opens has a ground of its own and a mark at its edge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(WIDTH - 40, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        name, _line, note = str(index.data()).partition("\n")
        rect, colours = option.rect, option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.highlight())
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
            painter.fillRect(QRect(rect.left() + 2, rect.top() + 10, 3, rect.height() - 20), colours.link())
        room = rect.adjusted(14, 0, -12, 0)
        strong, quiet = QFont(option.font), QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        quiet.setPixelSize(max(META, option.font.pixelSize() - 1))
        half = rect.height() // 2
        for font, text, colour, top in (
            (strong, name, colours.text(), 3 if note else half // 2),
            (quiet, note, colours.placeholderText(), half - 2),
        ):
            painter.setFont(font)
            painter.setPen(colour.color())
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            place = QRect(room.left(), rect.top() + top, room.width(), half)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, cut)
        painter.restore()


class Palette(QDialog):
    """Asks while one types, one question at a time; an answer overtaken by more typing is not shown."""

    chosen = Signal(int)

    def __init__(
        self, ask: Callable[[str, Callable[[Sequence[Hit]], None]], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ask, self._asked = ask, ""
        self._hits: Sequence[Hit] = ()
        self._waiting = self._entered = False
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(_("Search"))
        self.line = SearchLine()
        self.line.setPlaceholderText(_("Project, resource or command: characters, pinyin, initials; > for commands"))
        self.line.setAccessibleName(_("Search"))
        self.answers = QListWidget()
        self.answers.setAccessibleName(_("Answers"))
        self.answers.setItemDelegate(HitDelegate(self.answers))
        self.answers.setUniformItemSizes(True)
        self.answers.setFrameShape(QListWidget.Shape.NoFrame)
        self.answers.setObjectName("answers")
        self.answers.setFixedHeight(ROWS * ROW + 4)
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._state = label("", "meta")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 10)
        for widget in (self.line, self.answers, self._state):
            layout.addWidget(widget)
        self.line.typed.connect(lambda _text: self._type())
        self.line.installEventFilter(self)
        self.answers.itemActivated.connect(self._choose)
        self.answers.itemClicked.connect(self._choose)

    def open_over(self, window: QWidget) -> None:
        """Show in the top third of a window, with an empty line."""
        self.line.clear()
        self._show(())
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - WIDTH) // 2, corner.y() + window.height() // 6)
        self.show()
        self.line.setFocus()
        self._search()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the answers and choose from the line; Enter while composing belongs to the input method."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.answers.setCurrentRow(max(0, min(self.answers.count() - 1, self.answers.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.line.composing:
                self._enter()
                return True
        return super().eventFilter(watched, event)

    def _type(self) -> None:
        self._entered = False
        self._search()

    def _search(self) -> None:
        """Ask at once; while a question is out, what is typed waits for its answer: a search takes a millisecond."""
        if not self._waiting:
            self._waiting, self._asked = True, self.line.wanted().strip()
            self._ask(self._asked, self._answered)

    def _answered(self, hits: Sequence[Hit]) -> None:
        self._waiting = False
        if not isValid(self):  # it was closed meanwhile
            return
        if self._asked == self.line.wanted().strip():
            self._show(hits)
            if self._entered:
                self._enter()
        else:
            self._search()

    def _enter(self) -> None:
        """Choose; while answers are on their way, when they are there: those in sight are to other words."""
        self._entered = self._waiting
        if not self._waiting:
            self._choose(self.answers.currentItem())

    def _show(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self.answers.clear()
        for hit in hits:
            self.answers.addItem(QListWidgetItem(f"{hit.name}\n{hit.note}" if hit.note else hit.name))
        self.answers.setCurrentRow(0)
        self.answers.setFixedHeight(max(1, len(hits)) * ROW + 4)
        self.answers.setVisible(bool(hits))
        self.adjustSize()
        empty = self.line.wanted().strip() and not hits
        self._state.setText(
            _("No project, resource or command is called so.") if empty else _("↑ ↓ choose, Enter open, Esc close")
        )

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        hit = self._hits[self.answers.row(item)]
        self.close()
        if hit.act is not None:
            hit.act()
        else:
            self.chosen.emit(hit.id)
