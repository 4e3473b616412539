"""One table of a report in the window: numbers to the right, a count that opens its leads."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem, QWidget

from crm.domain.quantities import grouped
from crm.domain.statistics.tables import Table, Unit, Value
from ui.theme.tokens import Tokens

ROW_HEIGHT = 30
PAD, LONG_HEAD, WIDEST = 28, 90, 240
"""Logical pixels: beside the words of a cell; a head longer than this takes two lines; the widest column."""

NUMBERS = (Unit.NUMBER, Unit.MONEY)


class FigureTable(QTableWidget):
    """A table of fixed height: all its rows are seen, the page scrolls.

    Attributes:
        asked: the width at which every heading and figure has its room.
    """

    row_asked = Signal(int, int)  # row and column of a count that opens its leads

    def __init__(
        self, table: Table, tokens: Tokens, links: Collection[int] = (), parent: QWidget | None = None
    ) -> None:
        """Show a table.

        Args:
            table: its figures.
            tokens: of the theme.
            links: columns whose counts open their leads.
            parent: of the widget.
        """
        super().__init__(len(table.rows), len(table.heads), parent)
        self._links = frozenset(links)
        self.setAccessibleName(table.name)
        self.setHorizontalHeaderLabels([head for head, _unit in table.heads])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.px(ROW_HEIGHT))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for number, row in enumerate(table.rows):
            for place, ((_head, unit), value) in enumerate(zip(table.heads, row, strict=True)):
                self.setItem(number, place, self._item(unit, value, linked=place in self._links, tokens=tokens))
        if table.summed:
            self._embolden(len(table.rows) - 1)
        self._set_widths(tokens)
        for place, (_head, unit) in enumerate(table.heads):
            side = Qt.AlignmentFlag.AlignRight if unit in NUMBERS else Qt.AlignmentFlag.AlignLeft
            shown = self.horizontalHeaderItem(place)
            if shown is not None:
                wrapped = int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
                shown.setData(Qt.ItemDataRole.TextAlignmentRole, wrapped)
        head = self.horizontalHeader().height()
        self.setFixedHeight(head + tokens.px(ROW_HEIGHT) * len(table.rows) + tokens.px(8))
        self.cellActivated.connect(self._ask)
        self.cellClicked.connect(self._ask)

    def _embolden(self, row: int) -> None:
        for place in range(self.columnCount()):
            item = self.item(row, place)
            if item is not None:
                font = item.font()
                font.setBold(True)
                item.setFont(font)

    def _set_widths(self, tokens: Tokens) -> None:
        """Make every column as wide as its figures, its head in two lines; the first takes what is left."""
        head, metrics, pad = self.horizontalHeader(), self.fontMetrics(), tokens.px(PAD)
        font = head.font()
        font.setBold(True)  # as the head measures its words
        bold = QFontMetrics(font)
        head.setHighlightSections(False)
        lines, taken = 1, 0
        for place in range(self.columnCount()):
            shown = self.horizontalHeaderItem(place)
            text = shown.text() if shown is not None else ""
            words = bold.horizontalAdvance(text)
            texts = [item.text() for row in range(self.rowCount()) if (item := self.item(row, place)) is not None]
            cells = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            if place == 0:
                least = min(max(cells, words), tokens.px(LONG_HEAD))
                lines = max(lines, 1 + (words > least))
                taken += least + pad
                continue
            asked = _in_two_lines(text, bold) if words > tokens.px(LONG_HEAD) else words
            width = min(max(cells, asked), tokens.px(WIDEST))
            lines = max(lines, 1 + (words > width))
            taken += width + pad
            head.resizeSection(place, width + pad)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setFixedHeight(metrics.lineSpacing() * lines + pad // 2)
        self.asked = taken

    def _item(self, unit: Unit, value: Value, *, linked: bool, tokens: Tokens) -> QTableWidgetItem:
        item = QTableWidgetItem(shown_value(value))
        side = Qt.AlignmentFlag.AlignRight if unit in NUMBERS else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(item.text())
        if linked and value:
            item.setForeground(QColor(tokens.primary.strong))
        return item

    def _ask(self, row: int, column: int) -> None:
        item = self.item(row, column)
        if column in self._links and item is not None and item.text() not in ("", "0"):
            self.row_asked.emit(row, column)


def _in_two_lines(text: str, metrics: QFontMetrics) -> int:
    """Return the least width at which a heading takes two lines: broken between words, or in Chinese anywhere."""
    words = text.split()
    if len(words) == 1:
        return metrics.horizontalAdvance(text) * 6 // 10
    halves = ((" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words)))
    return min(max(metrics.horizontalAdvance(half) for half in both) for both in halves)


def shown_value(value: Value) -> str:
    """Return a value as it is read: thousands set apart, unknown as a dash."""
    if value is None:
        return "—"
    return grouped(value) if isinstance(value, int | Decimal) else str(value)
