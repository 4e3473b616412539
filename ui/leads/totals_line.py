"""The line under the list: the sums and averages of the filter, or of the chosen leads, each with what it counts."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer

from crm.i18n import _
from crm.queries.lead_list import LeadFilter, LeadTotals
from ui.desk import Desk
from ui.leads.list_pane import ListPane
from ui.leads.totals import totals_text
from ui.widgets.labels import Words

SUMMED_FROM, MOST_SUMMED = 2, 20_000
"""How many chosen leads have sums of their own."""

REST_MS = 120


class TotalsLine(Words):
    """Shows what the filter holds; while several leads are chosen, what they hold."""

    def __init__(self, desk: Desk, pane: ListPane) -> None:
        super().__init__("")
        self._desk, self._pane = desk, pane
        self._of_filter = ""
        self.setProperty("textFormat", "PlainText")
        self.setProperty("role", "meta")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._sum_chosen)
        pane.counted.connect(self._counted)
        pane.selection_changed.connect(self._selected)

    def _counted(self, totals: LeadTotals) -> None:
        self._of_filter = totals_text(totals)
        if self._pane.view.selected_count() < SUMMED_FROM:
            self.setText(self._of_filter)

    def _selected(self, count: int) -> None:
        if SUMMED_FROM <= count <= MOST_SUMMED:
            self._rest.start()
        else:
            self._rest.stop()
            self.setText(self._of_filter)

    def _sum_chosen(self) -> None:
        """Show the sums of the chosen leads in place of those of the filter."""
        from crm.queries.leads import totals  # noqa: PLC0415  (not before the first paint)

        chosen = tuple(self._pane.selected_ids())

        def show(sums: LeadTotals) -> None:
            if len(chosen) == self._pane.view.selected_count():
                self.setText(_("Chosen: {sums}").format(sums=totals_text(sums)))

        self._desk.ask(lambda session: totals(session, LeadFilter(ids=chosen)), show)
