"""The table view of every list: fixed rows, columns that keep their places, copying as Excel reads it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QRect,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.tables.blocks import Span, key_text, put_lines
from ui.tables.paged_model import NO_PARENT, Index, PagedTableModel
from ui.theme.tokens import Tokens

MOST_COPIED = 50_000
"""Rows a copy takes at the most; more leave by the export."""


PaintRow: TypeAlias = Callable[[QPainter, Any, int, int, Sequence[tuple[int, int, int]]], None]
"""Paints a row (None: on its way) at a top edge in a height, in these columns: number, left edge, width."""


class ListView(QTableView):
    """A list: rows are chosen whole, the head sorts, Space peeks, Enter opens.

    Inside the rows the cursor is on a cell, which is changed in place; drawn over cells, or with Shift and an arrow to
    the side, a block of cells is chosen, which is copied, pasted over and emptied.
    """

    opened = Signal(int)  # row
    peeked = Signal()
    menu_asked = Signal(object)  # global position
    copied = Signal(int)  # rows
    resized = Signal()
    columns_chosen = Signal(object)  # keys of those left out
    rows_wanted = Signal(object)  # numbers of chosen rows, some of which are not here yet: ``put_on_clipboard`` them
    edit_asked = Signal(int, int, object)  # row, column; what was typed, None: what stands there
    composed = Signal(int, int, object)  # the same for an input method: row, column, its event
    block_copied = Signal(bool)  # with the heads
    paste_asked = Signal()
    empty_asked = Signal()

    def __init__(self, model: PagedTableModel, settings: QSettings, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paged, self._settings, self._name = model, settings, name
        self.paint_row: PaintRow | None = None  # paints the cells of a row; where there is none the delegate does
        # One made here is known to Python. To ask for one that Qt has made, PySide gets to know every widget there is:
        # 10 ms before the first paint.
        self.setViewport(QWidget())
        self._line = self._edge = self._selection = self._ground = QColor()
        self.hidden_by_choice: set[str] = set()
        """Keys of the columns the user does not want; a narrow window may hide more for a while."""
        self._zoom = 100
        self.span = Span(self)
        self.setModel(model)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        # Under a style sheet a scrolled viewport is painted whole unless it says that it covers what is behind.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(24)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(48)
        head.setFixedHeight(36)
        self.doubleClicked.connect(self._double)

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of what is painted behind the cells."""
        self._line, self._edge = QColor(tokens.line), QColor(tokens.primary.strong)
        self._zoom = tokens.zoom
        self._selection, self._ground = QColor(tokens.selection), QColor(tokens.surface)

    def set_row_height(self, height: int) -> None:
        """Give every row the same height in logical pixels."""
        self.verticalHeader().setDefaultSectionSize(height)

    def restore_columns(self, hidden: Sequence[str]) -> None:
        """Give the columns the widths and places they had; at first those of the columns, ``hidden`` left out."""
        head = self.horizontalHeader()
        kept = self._settings.value(f"{self._name}/columns")
        if kept is None or not head.restoreState(kept) or head.count() != len(self._paged.columns):
            for place, column in enumerate(self._paged.columns):
                needed = head.sectionSizeHint(place)
                self.setColumnWidth(place, max(round(column.width * self._zoom / 100), needed))
        chosen = self._settings.value(f"{self._name}/hidden")
        self.hidden_by_choice = set(hidden if chosen is None else str(chosen).split(",")) - {""}
        for place, column in enumerate(self._paged.columns):
            self.setColumnHidden(place, column.key in self.hidden_by_choice)

    def keep_columns(self) -> None:
        """Remember widths and order."""
        self._settings.setValue(f"{self._name}/columns", self.horizontalHeader().saveState())

    def choose_columns(self, hidden: Collection[str]) -> None:
        """Show all columns but these, and remember it."""
        self.hidden_by_choice = set(hidden)
        self._settings.setValue(f"{self._name}/hidden", ",".join(sorted(hidden)))
        for place, column in enumerate(self._paged.columns):
            self.setColumnHidden(place, column.key in self.hidden_by_choice)
        self.resized.emit()
        self.columns_chosen.emit(self.hidden_by_choice)

    def selected_rows(self) -> list[int]:
        """Return the numbers of the chosen rows, in order."""
        return sorted({row for one in self._ranges() for row in range(one.top(), one.bottom() + 1)})

    def selected_count(self) -> int:
        """Return how many rows are chosen, without listing them."""
        return sum(one.height() for one in self._ranges())

    def _ranges(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.count())]

    def shown_rows(self) -> tuple[int, int]:
        """Return the first and the last row in sight."""
        last = self.rowAt(self.viewport().height() - 1)
        return max(0, self.rowAt(0)), last if last >= 0 else max(0, self._paged.rowCount() - 1)

    def choose_rows(self, rows: Sequence[int], current: int | None) -> None:
        """Choose rows and put the cursor on one, without moving what is in sight."""
        model, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        last = len(self._paged.columns) - 1
        choice = QItemSelection()
        for row in rows:
            choice.select(self._paged.index(row, 0), self._paged.index(row, last))
        model.select(choice, flag.ClearAndSelect)
        if current is not None:
            model.setCurrentIndex(self._paged.index(current, 0), flag.NoUpdate)

    def copy(self) -> None:
        """Copy the chosen rows with their heads, as Excel and WPS take them; rows not here yet are asked for first."""
        numbers = self.selected_rows()[:MOST_COPIED]
        rows = [self._paged.peek_row(number) for number in numbers]
        if None in rows:
            self.rows_wanted.emit(numbers)
        elif rows:
            self.put_on_clipboard(rows)

    def put_on_clipboard(self, rows: Sequence[Any]) -> None:
        """Put rows on the clipboard as text and as a table, in the columns shown."""
        head = self.horizontalHeader()
        order = [head.logicalIndex(place) for place in range(head.count())]
        columns = [self._paged.columns[place] for place in order if not self.isColumnHidden(place)]
        lines = [[column.title for column in columns]]
        lines += [[column.text(row) for column in columns] for row in rows]
        put_lines(lines)
        self.copied.emit(len(rows))

    def is_editable(self, column: int) -> bool:
        """Return whether cells of a column are changed in place."""
        return bool(self._paged.columns[column].field)

    def _double(self, index: Index) -> None:
        """Change a cell, or open the row where the cell is worked out."""
        if self.is_editable(index.column()):
            self.edit_asked.emit(index.row(), index.column(), None)
        else:
            self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._press_in_block(event) or self._press_in_list(event)):
            super().keyPressEvent(event)

    def _press_in_block(self, event: QKeyEvent) -> bool:
        """Act on a block or a cell; return whether the key did."""
        keys, index = QKeySequence.StandardKey, self.currentIndex()
        with_heads = event.modifiers() == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        text = key_text(event)
        if event.matches(keys.Paste):
            self.paste_asked.emit()
        elif event.matches(keys.Copy) and self.span.is_set:
            self.block_copied.emit(False)
        elif event.key() == Qt.Key.Key_C and with_heads:
            self.block_copied.emit(True)
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.empty_asked.emit()
        elif text and index.isValid() and self.is_editable(index.column()):
            self.edit_asked.emit(index.row(), index.column(), text)
        else:
            return self.span.press(event)
        return True

    def _press_in_list(self, event: QKeyEvent) -> bool:
        """Act on rows; return whether the key did."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():  # with Ctrl it chooses one row more
            self.peeked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_J, Qt.Key.Key_K) and not event.modifiers():
            step = 1 if event.key() == Qt.Key.Key_J else -1
            self.go_to(self.currentIndex().row() + step)
        else:
            return False
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Let an input method begin in the cell under the cursor."""
        index = self.currentIndex()
        if index.isValid() and self.is_editable(index.column()) and (event.preeditString() or event.commitString()):
            self.composed.emit(index.row(), index.column(), event)
        else:
            super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.span.begin(event)
        super().mousePressEvent(event)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.span.draw(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what lies behind the cells once a row: a hairline, the ground of the chosen; then the cells.

        Qt would ask for each cell its sizes, its state and its delegate: a third of a repaint.
        """
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._ground)
        area, height = event.rect(), self.verticalHeader().defaultSectionSize()
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        rows = range(first, (last if last >= 0 else self._paged.rowCount() - 1) + 1) if first >= 0 else range(0)
        width, selection, cells = self.viewport().width(), self.selectionModel(), self._cells(area)
        block = self.span.edges() if self.span.is_set else None
        top = self.rowViewportPosition(first) - height
        for row in rows:
            top += height
            if selection.isRowSelected(row, NO_PARENT):
                left, right = (0, width) if block is None else block
                painter.fillRect(left, top, right - left, height, self._selection)
                painter.fillRect(0, top, 3, height - 1, self._edge)
                if block is not None:
                    painter.fillRect(left, top, 1, height, self._edge)
                    painter.fillRect(right - 1, top, 1, height, self._edge)
            painter.fillRect(0, top + height - 1, width, 1, self._line)
        if self.hasFocus() and self.currentIndex().isValid():  # where the keys go, also when it is not chosen
            top = self.rowViewportPosition(self.currentIndex().row())
            painter.setPen(self._edge)
            painter.drawRect(0, top, width - 1, height - 2)
            self._frame_cell(painter, top, height)
        if self.paint_row is not None:
            for row in rows:
                self.paint_row(painter, self._paged.row(row), self.rowViewportPosition(row), height, cells)
        painter.end()
        if self.paint_row is None:
            super().paintEvent(event)

    def _frame_cell(self, painter: QPainter, top: int, height: int) -> None:
        """Paint a second line around the cell that is changed by typing."""
        column = self.currentIndex().column()
        if self.is_editable(column):
            left, width = self.columnViewportPosition(column), self.columnWidth(column)
            painter.drawRect(left, top, width - 1, height - 2)
            painter.drawRect(left + 1, top + 1, width - 3, height - 4)

    def _cells(self, area: QRect) -> list[tuple[int, int, int]]:
        """Return the columns that lie in an area: number, left edge, width."""
        found = []
        for column in range(len(self._paged.columns)):
            if not self.isColumnHidden(column):
                left, width = self.columnViewportPosition(column), self.columnWidth(column)
                if left + width > area.left() and left <= area.right():
                    found.append((column, left, width))
        return found

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Paint both rows: the frame around the one with the cursor reaches over all cells."""
        super().currentChanged(current, previous)
        self.setAttribute(
            Qt.WidgetAttribute.WA_InputMethodEnabled, current.isValid() and self.is_editable(current.column())
        )
        height = self.verticalHeader().defaultSectionSize()
        for one in (current, previous):
            if one.isValid():
                self.viewport().update(0, self.rowViewportPosition(one.row()), self.viewport().width(), height)

    def go_to(self, row: int) -> None:
        """Choose a row and show it."""
        if 0 <= row < self._paged.rowCount():
            self.span.clear()
            self.selectRow(row)
            self.scrollTo(self._paged.index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())
