"""The line that opens over a cell: the field of the form, with what was understood or what is wrong under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from crm.domain.fields.registry import Field
from ui.widgets.field_line import FieldLine

LEAST_WIDTH = 220
"""Logical pixels: a figure and what was understood of it have their room in a narrow column too."""

MOVES = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
"""Where the cursor goes when a cell is left: rows down, columns to the right."""


class CellEditor(QFrame):
    """Reads as the form reads. It hands on what was typed and stays until it is told to go."""

    kept = Signal(int, int)  # rows down and columns to the right where the cursor goes then
    dropped = Signal()

    def __init__(self, field: Field, place: Callable[[], QRect], viewport: QWidget) -> None:
        """Open over a place.

        Args:
            field: of the record.
            place: where its cell is in the viewport now.
            viewport: of the list.
        """
        super().__init__(viewport)
        self.setObjectName("cellEditor")
        self._place, self._viewport, self._typed = place, viewport, False
        self.line = FieldLine(field, "")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(3, 3, 3, 3)
        self._box.addWidget(self.line)
        self.editor = self.line.editor
        self.editor.installEventFilter(self)
        self.line.edited.connect(self._edited)
        if isinstance(self.editor, QComboBox):
            self.editor.activated.connect(lambda _place: self.kept.emit(0, 0))
        self.setFocusProxy(self.editor)

    def fill(self, text: str) -> None:
        """Show what stands in the cell, all of it chosen; what was typed meanwhile stays."""
        if not self._typed:
            self.line.blockSignals(True)
            self.line.put(text)
            self.line.blockSignals(False)
            if isinstance(self.editor, QLineEdit):
                self.editor.selectAll()
        self._fit()

    def begin_with(self, text: str) -> None:
        """Let what was typed on the cell be the beginning."""
        self._typed = True
        if isinstance(self.editor, QComboBox):
            QApplication.sendEvent(
                self.editor, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text)
            )
        else:
            self.line.put(text)

    def compose(self, event: QInputMethodEvent) -> None:
        """Let an input method go on that began on the cell."""
        self._typed = True
        QApplication.sendEvent(self.editor, event)

    def refuse(self, message: str) -> None:
        """Show why it was not taken; what was typed stays."""
        self.line.refuse(message)
        self.setEnabled(True)
        self.editor.setFocus()
        self._fit()

    def open(self) -> None:
        """Show over the cell and take the keys."""
        self.follow()
        self.show()
        self.raise_()
        self.editor.setFocus()

    def follow(self) -> None:
        """Stand over the cell, inside the list, wherever it has been scrolled to."""
        cell, parent = self._place(), self._viewport
        size = QSize(max(cell.width(), LEAST_WIDTH), max(cell.height(), self.sizeHint().height()))
        left = max(0, min(cell.left(), parent.width() - size.width()))
        top = cell.top() if cell.top() + size.height() <= parent.height() else cell.bottom() + 1 - size.height()
        self.setGeometry(QRect(left, top, size.width(), size.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the cell by Enter, Tab or Escape, or by going elsewhere; an input method has its keys first."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_Escape:
                self.dropped.emit()
                return True
            if key in MOVES:
                down, right = MOVES[key]
                back = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shifted(event)
                self.kept.emit(-1 if back else down, right)
                return True
        elif event.type() == QEvent.Type.FocusOut and self.isEnabled() and self._left():
            self.kept.emit(0, 0)
        return super().eventFilter(watched, event)

    def _shifted(self, event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def _left(self) -> bool:
        """Return whether the keys go elsewhere in the window, not to the choices of this box nor to another program."""
        now = QApplication.focusWidget()
        return now is not None and not self.isAncestorOf(now) and QApplication.activePopupWidget() is None

    def _edited(self) -> None:
        self._typed = True
        self._fit()

    def _fit(self) -> None:
        self._box.activate()
        self.follow()
