"""A table of any length that holds every row's id but only the pages looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

PAGE = 200
KEPT_PAGES = 50
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The whole row behind an index, or None while it is on its way."""

NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    Attributes:
        key: stable name; the allow-listed name of a sort order where ``sortable``.
        title: what the head says, in the language in use when the model is made.
        text: what a row shows in it; also what is copied and read aloud.
        numeric: aligned right.
        width: logical pixels at 100 %.
        field: of the record, which is changed in place; "": it is worked out.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    numeric: bool = False
    width: int = 100
    sortable: bool = True
    field: str = ""


class PagedTableModel(QAbstractTableModel):
    """Rows by page: it asks with ``page_needed`` and is answered by ``set_page``; it knows no database, no thread."""

    page_needed = Signal(int, object)  # number of the page, ids of its rows

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, left to right."""
        return self._columns

    @property
    def ids(self) -> Sequence[int]:
        """The ids of all rows, in order."""
        return self._ids

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show the rows of these ids, in this order."""
        self.beginResetModel()
        self._ids = ids
        self._pages = OrderedDict()  # an empty page is one that has been asked for
        self.endResetModel()

    def extend_ids(self, ids: Sequence[int]) -> None:
        """Show more rows below those shown: ``ids`` begins with the present ones (the first page comes first)."""
        before = len(self._ids)
        if len(ids) <= before:
            self._ids = ids
            return
        self.beginInsertRows(NO_PARENT, before, len(ids) - 1)
        self._ids = ids
        self.endInsertRows()
        if before % PAGE:  # the last page has grown: its rows stay until all of it is there
            self.page_needed.emit(before // PAGE, self._page_ids(before // PAGE))

    def set_page(self, page: int, ids: Sequence[int], rows: Sequence[Any]) -> None:
        """Take the rows of a page; an answer that ``set_ids`` has overtaken is dropped."""
        if list(ids) != list(self._page_ids(page)):
            return
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        first, last = page * PAGE, page * PAGE + len(rows) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def set_row(self, number: int, row: object) -> None:
        """Show a row anew that has just been changed; what is not here yet is not touched."""
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page, ())
        if place < len(rows):
            self._pages[page] = [*rows[:place], row, *rows[place + 1 :]]
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._columns) - 1))

    def row(self, number: int) -> Any | None:  # noqa: ANN401  (rows are of the feature's own type)
        """Return a row, or None while its page is on its way."""
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._pages[page] = ()
            self.page_needed.emit(page, self._page_ids(page))
            return None
        return rows[place] if place < len(rows) else None

    def peek_row(self, number: int) -> Any | None:  # noqa: ANN401  (rows are of the feature's own type)
        """Return a row if it is here; nothing is asked for."""
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page, ())
        return rows[place] if place < len(rows) else None

    def forget_page(self, page: int) -> None:
        """Forget that a page was asked for: the question failed, and looking at it asks again."""
        if not self._pages.get(page):
            self._pages.pop(page, None)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        if role == ROW_ROLE:
            return self.row(index.row())
        column = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            row = self.row(index.row())
            return "…" if row is None else column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.numeric:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _page_ids(self, page: int) -> Sequence[int]:
        return self._ids[page * PAGE : (page + 1) * PAGE]
