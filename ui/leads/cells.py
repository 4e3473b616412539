"""A cell of the list of leads changed in place: read as the form reads, changed as the form changes, one undo away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QObject, Signal
from PySide6.QtGui import QInputMethodEvent

from crm.errors import ConflictError, UserError
from crm.i18n import _
from ui.leads.answers import shown_rows
from ui.widgets.dialogs import open_dialog

if TYPE_CHECKING:
    from crm.queries.records import Record
    from ui.blocks.cell_editor import CellEditor
    from ui.desk import Desk
    from ui.leads.list_pane import ListPane

BEHIND: Mapping[str, str] = {"tax_per_mu": "annual_tax", "verdict": "annual_tax", "match": "industry"}
"""By a column that is worked out: the field of the form it depends on most."""


class Cells(QObject):
    """Reads as the form reads and changes as the form changes; the list is not asked anew while a cell is open."""

    form_asked = Signal(int, str)  # id of the lead, field
    step_asked = Signal(int, str)  # id of the lead, stage
    undo_asked = Signal()

    def __init__(self, desk: Desk, pane: ListPane) -> None:
        super().__init__(pane)
        self._desk, self._pane, self._view, self._model = desk, pane, pane.view, pane.model
        self.editor: CellEditor | None = None
        self._record: Record | None = None
        self._waiting: tuple[int, int] | None = None
        view = self._view
        view.edit_asked.connect(self.begin)
        view.composed.connect(self._compose)
        for moved in (view.verticalScrollBar().valueChanged, view.horizontalScrollBar().valueChanged):
            moved.connect(lambda _place: self._follow())
        view.resized.connect(self._follow)
        self._model.modelAboutToBeReset.connect(self._drop)

    # -- one cell

    def begin_here(self, otherwise: Callable[[], object]) -> None:
        """Change the cell under the cursor; where the keys are not in the list there is none."""
        index = self._view.currentIndex()
        if self._view.hasFocus() and index.isValid():
            self.begin(index.row(), index.column(), None)
        else:
            otherwise()

    def begin(self, row: int, column: int, text: str | None) -> None:
        """Open the line over a cell; with ``text`` it begins so, else with what stands there."""
        key, name = self._model.columns[column].key, self._model.columns[column].field
        lead_id = int(self._model.ids[row])
        if is_closed(self._desk):
            return
        if not name:
            told = _("“{column}” is worked out; change what it depends on in the form.")
            title = self._model.columns[column].title
            act = partial(self.form_asked.emit, lead_id, BEHIND.get(key, ""))
            self._desk.tell(told.format(column=title), _("Open the form"), act)
            return
        self._open(row, column, name)
        if text is not None and self.editor is not None:
            self.editor.begin_with(text)

    def _compose(self, row: int, column: int, event: QInputMethodEvent) -> None:
        self.begin(row, column, "")
        if self.editor is not None:
            self.editor.compose(event)

    def _open(self, row: int, column: int, name: str) -> None:
        from crm.domain.fields.registry import LEAD_FIELDS  # noqa: PLC0415  (not before the first paint)
        from crm.queries.records import load  # noqa: PLC0415
        from ui.blocks.cell_editor import CellEditor  # noqa: PLC0415

        self._drop()
        index, lead_id = self._model.index(row, column), int(self._model.ids[row])
        self._view.selectionModel().setCurrentIndex(index, _CHOOSE)
        self._view.scrollTo(index)
        editor = self.editor = CellEditor(
            LEAD_FIELDS[name], lambda: self._view.visualRect(index), self._view.viewport()
        )
        self._pane.hold(on=True)
        editor.kept.connect(self._keep)
        editor.dropped.connect(self._leave)
        editor.open()

        def loaded(found: Sequence[Record]) -> None:
            if self.editor is editor:
                self._loaded(found)

        self._desk.ask(lambda session: load(session, "leads", [lead_id]), loaded)

    def _loaded(self, found: Sequence[Record]) -> None:
        from ui.widgets.field_line import typed  # noqa: PLC0415  (the list is painted first)

        if self.editor is None:
            return
        if not found:
            self._leave()
            self._desk.tell(_("This lead is no longer there."))
            return
        self._record = found[0]
        field = self.editor.line.field
        self.editor.fill(typed(field, found[0].values.get(field.name)))
        if self._waiting is not None:
            self._keep(*self._waiting)

    def _keep(self, down: int, right: int) -> None:
        from crm.domain.fields.changes import same_value  # noqa: PLC0415

        editor, record = self.editor, self._record
        if editor is None:
            return
        if record is None:  # typed faster than the lead was read
            self._waiting = (down, right)
            return
        name = editor.line.field.name
        if not editor.line.check():
            return
        value = editor.line.value()
        if name in ("name", "stage") and value is None:
            editor.refuse(_("This cell cannot be empty."))
        elif same_value(value, record.values.get(name)):
            self._leave(down, right)
        elif name == "stage":
            self._leave(down, right)
            self.step_asked.emit(record.id, str(value))
        else:
            editor.setEnabled(False)
            self._change(record, value, (down, right))

    def _change(self, record: Record, value: object, move: tuple[int, int]) -> None:
        from crm.services.leads import change_lead  # noqa: PLC0415

        editor = self.editor
        if editor is None:
            return
        field = editor.line.field
        called = record.values.get("name") or record.code

        def done(made: Record) -> None:
            if self.editor is editor:
                self._leave(*move)
            self._show_anew(made.id)
            text = _("{field} of {name} changed.").format(field=_(field.label), name=called)
            self._desk.tell(text, _("Undo"), self.undo_asked.emit)

        def failed(error: BaseException) -> None:
            if self.editor is not editor or not isinstance(error, UserError):
                self._leave()
                self._desk.fail(error)
            elif isinstance(error, ConflictError):
                self._settle(record, value, move)
            else:
                editor.refuse(error.message)

        changes = {field.name: value}
        self._desk.change(
            lambda session: change_lead(session, record.id, changes, base_version=record.version),
            _("{field}: {name}").format(field=_(field.label), name=called),
            done,
            failed,
        )

    def _settle(self, record: Record, value: object, move: tuple[int, int]) -> None:
        """Show the three-way choice: what it was, what the other wrote, what is typed here."""
        from crm.queries.records import load  # noqa: PLC0415
        from ui.widgets.conflict_dialog import ConflictDialog  # noqa: PLC0415

        editor = self.editor
        if editor is None:
            return
        name = editor.line.field.name

        def settled(now: Record, mine: Mapping[str, Any]) -> None:
            self._record = now
            if mine:
                self._change(now, value, move)
            else:
                self._leave(*move)

        def choose(found: Sequence[Record]) -> None:
            if self.editor is not editor:
                return
            if not found:
                self._leave()
                self._desk.tell(_("This lead is no longer there."))
                return
            dialog = ConflictDialog(record.values, found[0].values, {name: value}, self._desk.tokens, self._view)
            dialog.settled.connect(partial(settled, found[0]))
            dialog.rejected.connect(lambda: editor.refuse(_("Nothing was saved.")))
            open_dialog(dialog)

        self._desk.ask(lambda session: load(session, "leads", [record.id]), choose)

    def _show_anew(self, lead_id: int) -> None:
        """Show what a lead is now at once; its verdict and match follow with the list."""
        from crm.queries.leads import load_lead_rows  # noqa: PLC0415

        def show(rows: Sequence[Any]) -> None:
            if lead_id in self._model.ids:
                self._model.set_row(self._model.ids.index(lead_id), rows[0])

        self._desk.ask(lambda session: shown_rows(load_lead_rows(session, [lead_id])), show)

    def _leave(self, down: int = 0, right: int = 0) -> None:
        """Close the line and put the cursor where the key has sent it."""
        if self.editor is None:
            return
        self._drop()
        self._view.setFocus()
        index = self._view.currentIndex()
        row = index.row() + down
        column = self._beside(index.column(), right)
        if (down or right) and 0 <= row < self._model.rowCount():
            self._view.selectionModel().setCurrentIndex(self._model.index(row, column), _CHOOSE)
        self._view.scrollTo(self._view.currentIndex())

    def _beside(self, column: int, way: int) -> int:
        """Return the next column to a side that is changed in place; the same where there is none."""
        head = self._view.horizontalHeader()
        place = head.visualIndex(column) + way
        while way and 0 <= place < head.count():
            found = head.logicalIndex(place)
            if not self._view.isColumnHidden(found) and self._view.is_editable(found):
                return found
            place += way
        return column

    def _drop(self) -> None:
        editor, self.editor = self.editor, None
        self._record, self._waiting = None, None
        if editor is not None:
            editor.blockSignals(True)
            editor.hide()
            editor.deleteLater()
            self._pane.hold(on=False)

    def _follow(self) -> None:
        if self.editor is not None:
            self.editor.follow()


_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


def is_closed(desk: Desk) -> bool:
    """Say it where nothing may be written; return whether it is so."""
    if not desk.opening.is_open:
        return True
    if desk.workspace.database.read_only:
        desk.tell(_("The database is open for reading only: nothing is changed here."))
        return True
    return False
