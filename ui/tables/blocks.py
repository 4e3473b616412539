"""A block of cells in a list: which columns of the chosen rows it takes, and how it goes on the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent

from crm.domain.formulas import prefixed

if TYPE_CHECKING:
    from ui.tables.view import ListView

OF_THE_LIST = frozenset("jkJK /")
"""Signs that do something in a list: they begin no text in a cell (F2 does)."""

LONG_NUMBER = 12
"""Digits from which on a spreadsheet shows a number by powers of ten, and from 16 on loses its end."""

_WITHOUT_TEXT = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)


class Span:
    """The columns of a block, from one place of the head to another; without it rows are chosen whole."""

    def __init__(self, view: ListView) -> None:
        self._view = view
        self._ends: tuple[int, int] | None = None
        self._pressed = -1

    @property
    def is_set(self) -> bool:
        """Whether a block is chosen."""
        return self._ends is not None

    def columns(self) -> list[int]:
        """Return the columns of the block, left to right as they are seen; of whole rows all that are seen."""
        head, (first, last) = self._view.horizontalHeader(), self._range()
        places = (head.logicalIndex(place) for place in range(first, last + 1))
        return [column for column in places if not self._view.isColumnHidden(column)]

    def edges(self) -> tuple[int, int]:
        """Return the left and the right edge of the block in the viewport."""
        view, seen = self._view, self.columns()
        last = seen[-1]
        return view.columnViewportPosition(seen[0]), view.columnViewportPosition(last) + view.columnWidth(last)

    def clear(self) -> None:
        """Choose rows whole again."""
        if self._ends is not None:
            self._ends = None
            self._view.viewport().update()

    def choose(self, first: int, last: int) -> None:
        """Choose a block from one column to another."""
        head = self._view.horizontalHeader()
        self._ends = head.visualIndex(first), head.visualIndex(last)
        self._view.viewport().update()

    def begin(self, event: QMouseEvent) -> None:
        """Take note of the column the mouse was pressed in; with Shift the block reaches to it."""
        column = self._view.columnAt(int(event.position().x()))
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._view.currentIndex().isValid():
            anchor = self._anchor()
            if column >= 0 and column != anchor:
                self.choose(anchor, column)
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._ends = column, None

    def draw(self, event: QMouseEvent) -> None:
        """Draw the block on to where the mouse is."""
        column = self._view.columnAt(int(event.position().x()))
        if not event.buttons() & Qt.MouseButton.LeftButton or self._pressed < 0 or column < 0:
            return
        moved = self._view.selected_count() > 1 or column != self._pressed
        if self._ends is not None or moved:
            self.choose(self._pressed, column)

    def press(self, event: QKeyEvent) -> bool:
        """Make the block wider or narrower (Shift and ← →), or let it go; return whether the key did."""
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if sideways is not None and shift and self._view.currentIndex().isValid():
            self._widen(sideways)
            return True
        if event.key() == Qt.Key.Key_Escape and self.is_set:
            self.clear()
            return True
        if not shift and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.clear()
        return False

    def _anchor(self) -> int:
        head = self._view.horizontalHeader()
        return self._view.currentIndex().column() if self._ends is None else head.logicalIndex(self._ends[0])

    def _widen(self, way: int) -> None:
        head = self._view.horizontalHeader()
        here = head.visualIndex(self._view.currentIndex().column())
        anchor, end = self._ends or (here, here)
        place = end + way
        while 0 <= place < head.count() and self._view.isColumnHidden(head.logicalIndex(place)):
            place += way
        self._ends = anchor, place if 0 <= place < head.count() else end
        self._view.viewport().update()

    def _range(self) -> tuple[int, int]:
        if self._ends is None:
            return 0, self._view.horizontalHeader().count() - 1
        return min(self._ends), max(self._ends)


def key_text(event: QKeyEvent) -> str:
    """Return the text a key begins in a cell; "" for a key that does something else."""
    text = event.text()
    plain = not event.modifiers() & _WITHOUT_TEXT
    return text if plain and text.isprintable() and text not in OF_THE_LIST else ""


def put_lines(lines: Sequence[Sequence[str]]) -> None:
    """Put lines on the clipboard as text and as a table, as Excel and WPS take them."""
    from crm.domain.blocks.lines import join_block  # noqa: PLC0415  (not before the first paint)

    data = QMimeData()
    data.setText(join_block(lines))
    data.setHtml(_table(lines))
    QGuiApplication.clipboard().setMimeData(data)


def _table(lines: Sequence[Sequence[str]]) -> str:
    """Return lines as a table; what a spreadsheet would reckon with or cut off is marked as a text."""
    return f"<table>{''.join('<tr>' + ''.join(map(_table_cell, line)) + '</tr>' for line in lines)}</table>"


def _table_cell(text: str) -> str:
    long = text.isdigit() and len(text) >= LONG_NUMBER
    kind = " style=\"mso-number-format:'\\@'\"" if long or prefixed(text) != text else ""
    return f"<td{kind}>{escape(text)}</td>"
