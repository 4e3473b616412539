"""A table over what is in memory already, of any length: a line is put into words when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

KEPT_LINES = 2000
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()

Line = Sequence[str]


class LazyModel(QAbstractTableModel):
    """Lines of texts under titles."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._count = 0
        self._make: Callable[[int], Line] = _nothing
        self._line: Callable[[int], Line] = _nothing

    def set_lines(self, count: int, line: Callable[[int], Line]) -> None:
        """Show so many lines; ``line`` puts one into words, as many texts as there are titles."""
        self.beginResetModel()
        self._count, self._make, self._line = count, line, lru_cache(KEPT_LINES)(line)
        self.endResetModel()

    def relook(self) -> None:
        """Put the lines into words anew: what they say has changed, their number has not."""
        self._line = lru_cache(KEPT_LINES)(self._make)
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._titles) - 1))

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        return self._line(row)[column]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  (Qt's)
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        return self.text(index.row(), index.column()) if index.isValid() and role in shown else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._titles):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None


def _nothing(_row: int) -> Line:
    return ()
