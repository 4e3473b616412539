"""A form of the bureau's own: somebody points at a cell and says which field goes there; then it is filled.

What was pointed at is kept for the same form, and can be saved as a copy of it with the marks written in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QDialog, QTableView, QVBoxLayout, QWidget

from crm.domain.exchange.form_marks import mark_choices
from crm.domain.imports.grid import Sheet, cell_name
from crm.i18n import _, ngettext
from ui.exports.form_grid import FormGrid
from ui.exports.pointing import Pointing
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog
from ui.widgets.labels import button, label, name_box, row

if TYPE_CHECKING:
    from crm.jobs.form_looks import FormLook

WIDTH, HEIGHT = 1000, 680
CELL, LINE, NUMBERS = 110, 28, 44


class FormDialog(QDialog):
    """Shows a form; tells what was pointed at."""

    taken = Signal(object)  # place -> mark: fill it like this
    kept = Signal(object)  # place -> mark, after each change
    copy_asked = Signal(object)  # place -> mark: save a copy with the marks

    def __init__(
        self,
        look: FormLook,
        said: Mapping[str, str],
        leads: int,
        tokens: Tokens,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("A form of your own: {file}").format(file=look.path.name))
        fit_dialog(self, tokens.px(WIDTH), tokens.px(HEIGHT))
        self._look, self._leads, self._tokens = look, leads, tokens
        self.pointing = Pointing(look.marks, said)
        self._choices = mark_choices(date.today().year)  # noqa: DTZ011  (the year on the desk)
        self._labels = {one.mark: one.label for one in self._choices}
        self.grid = FormGrid(tokens, self)
        self.table = self._make_table()
        self.sheets, self.field, self.unit = QComboBox(), QComboBox(), QComboBox()
        self.place = label("", "card")
        self.repeats = QCheckBox(_("A row for every lead"))
        self.told = label("", "second", wrap=True)
        self.take = button(_("Choose the folder …"), self._take, role="primary")
        self.copy = button(_("Save as a form with marks …"), lambda: self.copy_asked.emit(self.pointing.mapping))
        self._lay_out()
        self._wire()
        self._fill(look.sheets)

    # -- making

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.grid)
        table.setObjectName("form")
        table.setAccessibleName(_("The form; point at a cell"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.horizontalHeader().setDefaultSectionSize(self._tokens.px(CELL))
        table.verticalHeader().setDefaultSectionSize(self._tokens.px(LINE))
        table.verticalHeader().setMinimumWidth(self._tokens.px(NUMBERS))
        table.installEventFilter(self)
        return table

    def _lay_out(self) -> None:
        for box, name in ((self.sheets, _("Sheet")), (self.field, _("Field")), (self.unit, _("Unit"))):
            name_box(box, name)
        self.field.addItem(_("(nothing: stays as it is)"), "")
        for one in self._choices:
            self.field.addItem(one.label, one.mark)
        self.field.setMaxVisibleItems(20)
        words = _("Point at a cell with the mouse or the arrow keys; Enter goes to the field, Delete takes it away.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addLayout(row(label(_("Sheet"), "second"), self.sheets, None))
        layout.addWidget(label(words, "second", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self.place, self.field, self.unit, self.repeats, None, spacing=10))
        layout.addWidget(self.told)
        layout.addLayout(row(self.copy, None, button(_("Cancel"), self.reject), self.take))

    def _wire(self) -> None:
        self.sheets.activated.connect(lambda place: self._show_sheet(self._look.sheets[place]))
        self.table.selectionModel().currentChanged.connect(lambda _index, _before: self._show_cell())
        self.field.activated.connect(lambda _place: self._point())
        self.unit.activated.connect(lambda _place: self._point())
        self.repeats.clicked.connect(self._repeat)

    def _fill(self, sheets: Sequence[Sheet]) -> None:
        for sheet in sheets:
            self.sheets.addItem(sheet.name)
        self._show_sheet(sheets[0] if sheets else Sheet("", []))
        self.table.setFocus()

    # -- showing

    def _show_sheet(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.table.clearSpans()
        self.grid.show_sheet(sheet, self.pointing, self._labels)
        rows, columns = self.grid.rowCount(), self.grid.columnCount()
        for merge in sheet.merges:
            height, width = min(merge.bottom, rows - 1) - merge.top + 1, min(merge.right, columns - 1) - merge.left + 1
            if merge.top < rows and merge.left < columns and (height > 1 or width > 1):
                self.table.setSpan(merge.top, merge.left, height, width)
        self.table.setCurrentIndex(self.grid.index(0, 0))
        self._show_cell()

    def _cell(self) -> tuple[int, int]:
        """Return the cell that is pointed at: of merged ones the first."""
        index = self.table.currentIndex()
        at = max(0, index.row()), max(0, index.column())
        return next(((one.top, one.left) for one in self._sheet.merges if at in one), at)

    def _show_cell(self) -> None:
        at = self._cell()
        self.place.setText(cell_name(*at))
        mark = self.pointing.at(self._sheet.name, *at)
        name, _colon, unit = mark.partition(":")
        self.field.setCurrentIndex(max(0, self.field.findData(name)))
        self._offer_units(name, unit)
        self.repeats.setEnabled(bool(mark))
        self.repeats.setChecked(self.pointing.row_repeats(self._sheet.name, at[0]))
        self._tell()

    def _offer_units(self, name: str, unit: str) -> None:
        self.unit.clear()
        units = next((one.units for one in self._choices if one.mark == name), ())
        for place, word in enumerate(units):
            self.unit.addItem(word, word if place else "")
        self.unit.setCurrentIndex(max(0, self.unit.findData(unit)))
        self.unit.setVisible(bool(units))

    def _tell(self) -> None:
        own = self.pointing.own_at(self._sheet.name, *self._cell())
        words = [_("This cell has marks of its own: {text}").format(text=own)] if own else []
        count = len(self.pointing.mapping)
        text = ngettext("{count} cell pointed at.", "{count} cells pointed at.", count)
        words.append(text.format(count=count))
        if self.pointing.empty:
            words.append(_("Point at least at one cell."))
        elif self.pointing.repeats:
            text = ngettext("One workbook with {count} row.", "One workbook with {count} rows.", self._leads)
            words.append(text.format(count=f"{self._leads:,}"))
        else:
            text = ngettext(
                "{count} workbook, one for each lead.", "{count} workbooks, one for each lead.", self._leads
            )
            words.append(text.format(count=f"{self._leads:,}"))
        self.told.setText(" ".join(words))
        self.take.setEnabled(not self.pointing.empty)
        self.copy.setEnabled(bool(self.pointing.mapping))

    # -- pointing

    def _point(self) -> None:
        """Put the chosen field, in the chosen unit, where is pointed at."""
        name = str(self.field.currentData() or "")
        before = self.pointing.at(self._sheet.name, *self._cell()).partition(":")[0]
        unit = str(self.unit.currentData() or "") if name == before else ""
        self._put(f"{name}:{unit}" if name and unit else name)

    def _put(self, mark: str) -> None:
        self.pointing.put(self._sheet.name, *self._cell(), mark)
        self._changed()

    def _repeat(self, on: bool) -> None:  # noqa: FBT001  (of a signal)
        self.pointing.repeat(self._sheet.name, self._cell()[0], on=on)
        self._changed()

    def _changed(self) -> None:
        self.grid.relook()
        self._show_cell()
        self.kept.emit(self.pointing.mapping)

    def _take(self) -> None:
        self.taken.emit(self.pointing.mapping)
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter go to the field, and Delete take away what was pointed at."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
                self.field.setFocus()
                self.field.showPopup()
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._put("")
                return True
        return super().eventFilter(watched, event)
