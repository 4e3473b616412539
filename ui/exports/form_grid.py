"""A sheet of a form as it stands, with what was pointed at: a table whose cells are chosen, not changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from crm.domain.imports.grid import Sheet, column_letter
from crm.i18n import _
from ui.exports.pointing import Pointing
from ui.theme.tokens import Tokens

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()

MOST_ROWS, MOST_COLUMNS = 300, 60
SPARE_ROWS, SPARE_COLUMNS = 6, 2
"""Blank rows and columns behind what is filled: a value may belong there."""


class FormGrid(QAbstractTableModel):
    """The cells of one sheet."""

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._sheet = Sheet("", [])
        self._pointing = Pointing({})
        self._labels: dict[str, str] = {}

    def show_sheet(self, sheet: Sheet, pointing: Pointing, labels: dict[str, str]) -> None:
        """Show a sheet; ``labels``: mark without star and unit → what people call it."""
        self.beginResetModel()
        self._sheet, self._pointing, self._labels = sheet, pointing, labels
        self.endResetModel()

    def relook(self) -> None:
        """Show anew what was pointed at."""
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def mark_text(self, mark: str) -> str:
        """Return a mark in words: 达产年税收（亿元）."""
        name, _colon, unit = mark.partition(":")
        label = self._labels.get(name, name)
        return _("{text} ({note})").format(text=label, note=unit) if unit else label

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        bottom = max((merge.bottom + 1 for merge in self._sheet.merges), default=0)
        return 0 if parent.isValid() else min(max(self._sheet.height + SPARE_ROWS, bottom), MOST_ROWS)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        right = max((merge.right + 1 for merge in self._sheet.merges), default=0)
        return 0 if parent.isValid() else min(max(self._sheet.width + SPARE_COLUMNS, right), MOST_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  (Qt's)
        if not index.isValid():
            return None
        mark = self._pointing.at(self._sheet.name, index.row(), index.column())
        own = self._pointing.own_at(self._sheet.name, index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"〔{self.mark_text(mark)}〕" if mark else self._text(index.row(), index.column())
        if mark or own:
            if role == Qt.ItemDataRole.BackgroundRole:
                return QColor(self._tokens.primary.soft)
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(self._tokens.primary.strong)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_letter(section) if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def _text(self, row: int, column: int) -> str:
        if row >= self._sheet.height or column >= self._sheet.width:
            return ""
        value = self._sheet.rows[row][column]
        return "" if value is None else " ".join(str(value).split())
