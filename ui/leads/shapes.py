"""The list as a table or as a board: one filter, one order, and one way to move a lead to another stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm.i18n import _
from ui.icons import Glyph
from ui.widgets.dialogs import open_dialog
from ui.widgets.labels import button, restyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.desk import Desk
    from ui.leads.board import Board
    from ui.leads.list_pane import ListPane

SHAPE_KEY = "leads/shape"
TABLE, BOARD = "table", "board"


class Shapes(QWidget):
    """The switch between the two, and the board once it is asked for."""

    chosen = Signal(int)
    opened = Signal(int)
    peeked = Signal()
    menu_asked = Signal(object)
    step_taken = Signal(int, object, str, int)  # id, changes, reason, version the person saw
    changed = Signal(bool)  # the board is shown

    def __init__(self, desk: Desk, pane: ListPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._pane = desk, pane
        self._board: Board | None = None
        self.table = button(
            _("Table"), lambda: self.show_shape(TABLE), role="chip", glyph=Glyph.TABLE, tokens=desk.tokens
        )
        self.board_ = button(
            _("Board"), lambda: self.show_shape(BOARD), role="chip", glyph=Glyph.BOARD, tokens=desk.tokens
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for one in (self.table, self.board_):
            one.setCheckable(True)
            layout.addWidget(one)
        pane.reloaded.connect(self._reload)
        pane.refreshed.connect(self._refresh)
        self._mark()

    @property
    def board(self) -> Board | None:
        """The board where it is what is shown, else None."""
        return self._board if self._board is not None and self._pane.body is self._board else None

    def restore(self) -> None:
        """Show the shape that was shown last; called when the database is open."""
        if self._desk.settings.value(SHAPE_KEY) == BOARD:
            self.show_shape(BOARD)

    def toggle(self) -> None:
        """Show the other of the two."""
        self.show_shape(TABLE if self.board is not None else BOARD)

    def show_shape(self, shape: str) -> None:
        """Show the leads as a table or as a board, and remember which; the board is made in a turn of its own."""
        if shape == BOARD and self._board is None:
            self._make()
            QTimer.singleShot(0, self, lambda: self.show_shape(BOARD))
            return
        current = self.board.current()[0] if self.board is not None else self._pane.current_id()
        self._pane.show_body(self._board if shape == BOARD and self._board is not None else self._pane.view)
        self._desk.settings.setValue(SHAPE_KEY, shape)
        if self.board is not None:
            self._reload()
            self.board.select_id(current)
            self.board.enter()
        else:
            self._pane.select_id(current)
            self._pane.view.setFocus()
        self._mark()
        self.changed.emit(self.board is not None)

    def _make(self) -> None:
        from ui.leads.board import Board  # noqa: PLC0415  (made when it is first asked for)

        board = self._board = Board(self._desk, self._pane.where, self._pane.order)
        board.chosen.connect(self.chosen.emit)
        board.opened.connect(self.opened.emit)
        board.peeked.connect(self.peeked.emit)
        board.menu_asked.connect(self.menu_asked.emit)
        board.move_asked.connect(self.move_lead)
        board.failed.connect(self._pane.show_failure)

    def _mark(self) -> None:
        for one, on in ((self.table, self.board is None), (self.board_, self.board is not None)):
            one.setChecked(on)
            restyle(one, "on", "true" if on else "false")

    def _reload(self) -> None:
        if self.board is not None:
            self.board.show_leads(self._pane.where, self._pane.order)

    def _refresh(self) -> None:
        if self.board is not None:
            self.board.refresh()

    # -- moving a lead

    def move_lead(self, lead_id: int, stage: str) -> None:
        """Move a lead to a stage: at once where nothing is missing, else by the dialog that asks for it."""
        from crm.queries.records import load  # noqa: PLC0415  (not before the first paint)

        self._desk.ask(
            lambda session: load(session, "leads", [lead_id]),
            lambda found: (
                self._judge(found[0], stage) if found else self._desk.tell(_("This lead is no longer there."))
            ),
        )

    def _judge(self, record: Any, stage: str) -> None:  # noqa: ANN401  (a record of the core)
        from crm.domain.stages.pipeline import refusals  # noqa: PLC0415

        values: Mapping[str, Any] = record.values
        if values.get("stage") == stage:
            return
        if refusals(values, {**values, "stage": stage}, ""):
            self._ask(record, stage)
        else:
            self.step_taken.emit(record.id, {"stage": stage}, "", record.version)

    def _ask(self, record: Any, stage: str) -> None:  # noqa: ANN401
        from ui.leads.stage_dialog import StageDialog  # noqa: PLC0415

        dialog = StageDialog(record.values, self._desk.tokens, self, to=stage)
        dialog.chosen.connect(lambda changes, reason: self.step_taken.emit(record.id, changes, reason, record.version))
        dialog.finished.connect(lambda _result: self._take_keys_back())
        open_dialog(dialog)

    def _take_keys_back(self) -> None:
        """Let the keys go on where they went before the dialog: to the table; on the board to the card they were on."""
        self.window().activateWindow()  # not every screen gives them to the window behind
        if self.board is None:
            self._pane.view.setFocus()
