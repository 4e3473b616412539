"""The first rows of a sheet as they stand: a person marks those that are its heading."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QVBoxLayout, QWidget

from crm.domain.imports.grid import Sheet, column_letter
from crm.domain.imports.tables import HEADING_ROWS, SEARCHED_ROWS
from crm.i18n import _
from ui.tables.lazy_model import LazyModel
from ui.tables.lines import make_table
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog
from ui.widgets.labels import button, label, row

WIDTH, HEIGHT = 900, 560
ROW, CELL = 64, 120


class HeadingDialog(QDialog):
    """Shows the rows; tells which ones were marked."""

    named = Signal(str)  # rows as people count, 3-4; "" to have them looked up

    def __init__(self, sheet: Sheet, rows: Sequence[int], tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Heading rows of sheet {sheet}").format(sheet=sheet.name))
        fit_dialog(self, tokens.px(WIDTH), tokens.px(HEIGHT))
        letters = [column_letter(column) for column in range(sheet.width)]
        self.model = LazyModel((_("Row"), *letters), self)
        shown = min(sheet.height, SEARCHED_ROWS)
        self.model.set_lines(shown, lambda place: (str(place + 1), *map(_shown, sheet.rows[place])))
        self.table = make_table(self.model, _("The first rows of the sheet"), (ROW, *[CELL] * len(letters)), tokens)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.told = label("", "second", wrap=True)
        self.take = button(_("Take as heading"), self._take, role="primary")
        self.take.setDefault(True)
        self.auto = button(_("Find it again"), lambda: self._name(""))
        words = _("Mark the row or rows of the heading, the row of units among them; the records stand below.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label(words, "second", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.told)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), self.auto, self.take))
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._tell())
        self._mark(rows, shown)
        self._tell()
        self.table.setFocus()

    def _mark(self, rows: Sequence[int], shown: int) -> None:
        """Mark the rows that count as the heading now, else the first."""
        first, last = (min(each, shown - 1) for each in (rows[0], rows[-1])) if rows else (0, 0)
        model = self.table.selectionModel()
        model.setCurrentIndex(self.model.index(first, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        marked = QItemSelection(self.model.index(first, 0), self.model.index(last, self.model.columnCount() - 1))
        model.select(marked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.table.scrollTo(self.model.index(first, 0))

    def _marked(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def _tell(self) -> None:
        marked = self._marked()
        self.take.setEnabled(0 < len(marked) <= HEADING_ROWS)
        if not self.take.isEnabled():
            self.told.setText(_("A heading has one to {most} rows.").format(most=HEADING_ROWS))
            return
        self.told.setText(_("Heading: row {rows}").format(rows=_text(marked)))

    def _take(self) -> None:
        self._name(_text(self._marked()))

    def _name(self, rows: str) -> None:
        self.named.emit(rows)
        self.accept()


def _text(rows: list[int]) -> str:
    first, last = rows[0] + 1, rows[-1] + 1
    return str(first) if first == last else f"{first}-{last}"


def _shown(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
