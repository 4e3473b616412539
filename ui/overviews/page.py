"""Every table of ``xiangtu overview`` on one page: a list of them, the one chosen, and its way into a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QScrollArea, QSplitter, QVBoxLayout, QWidget

from crm.i18n import _
from ui.icons import Glyph
from ui.tables.figure_table import FigureTable
from ui.widgets.dialogs import open_dialog
from ui.widgets.labels import Card, button, clear, label, row
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.domain.statistics.tables import Table
    from ui.desk import Desk

MOST_ROWS = 200
"""Rows on the page; the workbook holds all."""

LIST_WIDTH, TABLE_WIDTH = 220, 900


class OverviewsPage(QWidget):
    """A list of tables and the chosen one; it is asked for off the window's thread, and again after each change."""

    def __init__(self, desk: Desk, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._today = desk, today
        self._number, self._shown, self._stale = 0, 0, False
        self._table: Table | None = None
        self.list = QListWidget()
        self.list.setObjectName("entries")
        self.list.setAccessibleName(_("Tables"))
        self.list.setMinimumWidth(desk.tokens.px(LIST_WIDTH))
        self.name, self.note = label("", "record"), label("", "meta", wrap=True)
        self.save = button(_("Export"), self._save, glyph=Glyph.SAVE, tokens=desk.tokens)
        self.save.setEnabled(False)
        self._place = QVBoxLayout()
        inside = QWidget()
        inside.setObjectName("page")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(12, 0, 12, 12)
        lines.addLayout(row(self.name, None, self.save))
        lines.addWidget(self.note)
        lines.addLayout(self._place)
        lines.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(_("The chosen table"))
        self.area.setWidget(inside)
        self.states = States(self.area, desk.tokens)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.list)
        split.addWidget(self.states)
        split.setSizes([desk.tokens.px(LIST_WIDTH), desk.tokens.px(TABLE_WIDTH)])
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.addWidget(split)
        self._fill_list()
        self.list.currentRowChanged.connect(lambda _place: self._ask())
        self.list.setCurrentRow(0)

    # -- what the frame calls

    def news(self, _news: Committed) -> None:
        """Look again after a change of the database: at once where the page is seen."""
        self._stale = True
        if self.isVisible():
            self._ask()

    def showEvent(self, event: Any) -> None:  # noqa: ANN401  (Qt's)
        """Look again when the page is come back to after a change."""
        super().showEvent(event)
        if self._stale:
            self._ask()

    def is_settled(self) -> bool:
        """Return whether the chosen table is shown."""
        return self._shown == self._number

    def show_table(self, word: str) -> None:
        """Choose a table by its word on the command line."""
        for place in range(self.list.count()):
            if self.list.item(place).data(Qt.ItemDataRole.UserRole) == word:
                self.list.setCurrentRow(place)

    # -- the page itself

    def _fill_list(self) -> None:
        from crm.queries.overview_tables import TABLES  # noqa: PLC0415  (made at its first visit)

        for word, overview in TABLES.items():
            item = QListWidgetItem(_(overview.name))
            item.setData(Qt.ItemDataRole.UserRole, word)
            self.list.addItem(item)

    def _ask(self) -> None:
        from crm.queries.overview_tables import TABLES, as_table  # noqa: PLC0415

        item = self.list.currentItem()
        if item is None:
            return
        self._number += 1
        self._stale = False
        number, overview, on = self._number, TABLES[item.data(Qt.ItemDataRole.UserRole)], self._today()

        def show(table: Table) -> None:
            if number == self._number:
                self._shown = number
                self._show(table)

        def failed(error: BaseException) -> None:
            if number == self._number:
                self.states.fail(error, self._ask)

        self._desk.ask(lambda session: as_table(overview, overview.make(session, on)), show, failed)

    def _show(self, table: Table) -> None:
        self._table = table
        self.name.setText(table.name)
        left = len(table.rows) - MOST_ROWS
        more = _("The first {shown} of {all} rows; the workbook holds all.")
        told = [table.note, *([more.format(shown=MOST_ROWS, all=len(table.rows))] if left > 0 else [])]
        self.note.setText("\n".join(told))
        self.save.setEnabled(bool(table.rows))
        clear(self._place)
        card = Card(table.name, Glyph.COLUMNS, self._desk.tokens)
        if table.rows:
            card.body.addWidget(FigureTable(replace(table, rows=table.rows[:MOST_ROWS]), self._desk.tokens))
        else:
            card.body.addWidget(label(_("Nothing is entered for this yet."), "second", wrap=True))
        self._place.addWidget(card)
        self.states.show_content()

    def _save(self) -> None:
        table = self._table
        if table is None:
            return
        dialog = QFileDialog(self, _("Export"), f"{table.name}.xlsx", "XLSX (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(lambda chosen: self.save_as(Path(chosen)))
        open_dialog(dialog)

    def save_as(self, path: Path) -> None:
        """Write the whole table that is shown into a workbook, and note it in the history."""
        from crm.jobs.figure_tables import save_tables  # noqa: PLC0415

        table, workspace = self._table, self._desk.workspace
        if table is None:
            return
        title = _("as of {day}").format(day=self._today().isoformat())
        made_at = datetime.now()  # noqa: DTZ005  (a workbook knows no time zone)
        self._desk.runner.change(
            lambda: save_tables(workspace.database, [table], title, path, by=workspace.user, made_at=made_at),
            lambda _none: self._desk.tell(_("Saved: {place}").format(place=path)),
            self._desk.fail,
        )
