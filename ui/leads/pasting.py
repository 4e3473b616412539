"""Blocks of cells of the list of leads: copied to Excel, pasted from it, emptied; each is one change, one undo away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from crm.i18n import _
from ui.leads.answers import shown_rows
from ui.leads.cells import is_closed
from ui.tables.blocks import put_lines
from ui.tables.view import MOST_COPIED
from ui.widgets.dialogs import open_dialog

if TYPE_CHECKING:
    from crm.domain.blocks.spread import Aim
    from ui.desk import Desk
    from ui.leads.list_pane import ListPane


class Pasting(QObject):
    """Hands the chosen block to the clipboard, and a block of the clipboard to its preview."""

    undo_asked = Signal()

    def __init__(self, desk: Desk, pane: ListPane) -> None:
        super().__init__(pane)
        self._desk, self._pane, self._view, self._model = desk, pane, pane.view, pane.model
        pane.view.block_copied.connect(self.copy)
        pane.view.paste_asked.connect(self.paste)
        pane.view.empty_asked.connect(self.empty)

    def copy(self, with_heads: bool) -> None:  # noqa: FBT001  (the word of the signal)
        """Put the chosen block on the clipboard: figures exact and in the unit of the head, as Excel reckons them."""
        from crm.queries.leads import load_lead_rows  # noqa: PLC0415
        from crm.queries.records import load  # noqa: PLC0415
        from ui.blocks.copying import cell_of  # noqa: PLC0415

        columns = [self._model.columns[place] for place in self._view.span.columns()]
        ids = self._pane.selected_ids()[:MOST_COPIED]

        def ask(session: Any) -> list[list[str]]:  # noqa: ANN401  (a session)
            records = {one.id: one.values for one in load(session, "leads", ids)}
            rows = shown_rows(load_lead_rows(session, ids))
            return [
                [cell_of("leads", one.field, records.get(each, {})) if one.field else one.text(row) for one in columns]
                for each, row in zip(ids, rows, strict=True)
            ]

        def put(lines: list[list[str]]) -> None:
            put_lines([[one.title for one in columns], *lines] if with_heads else lines)
            self._desk.tell(_("{rows} × {columns} cells copied").format(rows=len(lines), columns=len(columns)))

        self._desk.ask(ask, put)

    def paste(self) -> None:
        """Show what the block on the clipboard would change, from the cursor on or over what is chosen."""
        from crm.domain.blocks.lines import cut_block  # noqa: PLC0415
        from crm.domain.blocks.spread import body_of, is_longer, spread  # noqa: PLC0415
        from ui.blocks.paste_dialog import Ask  # noqa: PLC0415

        lines = cut_block(QGuiApplication.clipboard().text())
        if is_closed(self._desk) or not self._view.currentIndex().isValid():
            return
        if not lines:
            self._desk.tell(_("There are no cells on the clipboard: copy them in Excel or WPS first."))
            return
        aim = self._aim(len(lines))
        count = len(body_of("leads", lines, aim)[1])
        ask = (
            Ask(len(aim.chosen), count) if is_longer("leads", lines, aim) and len(aim.below) > len(aim.chosen) else None
        )
        self._preview(lambda below: spread("leads", lines, aim, below=below), ask, "")

    def empty(self) -> None:
        """Show which cells of the chosen block, or the one under the cursor, would be emptied."""
        from crm.domain.blocks.spread import Spread  # noqa: PLC0415

        if is_closed(self._desk):
            return
        columns = self._view.span.columns() if self._view.span.is_set else [self._view.currentIndex().column()]
        fields = [name for name in (self._model.columns[each].field for each in columns) if name]
        if fields:
            from crm.services.blocks import emptied  # noqa: PLC0415

            given = emptied("leads", fields, self._pane.selected_ids())
            self._preview(lambda _below: Spread(given), None, _("Empty"))

    def _preview(self, spread: Callable[[bool], Any], ask: Any, title: str) -> None:  # noqa: ANN401
        from ui.blocks.paste_dialog import PasteDialog  # noqa: PLC0415

        dialog = PasteDialog(self._desk, "leads", spread, self._view.window(), ask=ask, title=title)
        dialog.undo_asked.connect(self.undo_asked.emit)
        open_dialog(dialog)

    def _aim(self, lines: int) -> Aim:
        from crm.domain.blocks.spread import Aim  # noqa: PLC0415

        head, span = self._view.horizontalHeader(), self._view.span
        order = [head.logicalIndex(place) for place in range(head.count())]
        seen = [self._model.columns[place] for place in order if not self._view.isColumnHidden(place)]
        chosen_columns = span.columns() if span.is_set else [self._view.currentIndex().column()]
        first = [one.key for one in seen].index(self._model.columns[chosen_columns[0]].key)
        rows = self._view.selected_rows() or [self._view.currentIndex().row()]
        ids = self._model.ids
        return Aim(
            [one.title for one in seen],
            [one.field for one in seen],
            first,
            len(chosen_columns),
            [int(ids[row]) for row in rows],
            [int(each) for each in ids[rows[0] : rows[0] + lines]],
        )
