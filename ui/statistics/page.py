"""The statistics of a period on one page: what moved, how things stand, what waits; frozen and printed from here.

The tables are those of the workbook that is exported, so screen and Excel have the same figures.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from crm.domain.statistics.explain import as_of_text, corrections_text
from crm.domain.statistics.periods import Period, period_around, period_text
from crm.domain.statistics.report import MILESTONES
from crm.i18n import N_, _
from ui.icons import Glyph
from ui.tables.figure_table import FigureTable
from ui.widgets.labels import Card, button, clear, icon_button, label, name_box, row
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.domain.statistics.paper import PeriodFacts
    from crm.domain.statistics.tables import Table
    from ui.desk import Desk

LENGTHS = (
    ("weekly", N_("Week")),
    ("monthly", N_("Month")),
    ("quarterly", N_("Quarter")),
    ("annual", N_("Year")),
)
COUNTED = {1: "here", 4: "year", 6: "ever"}
"""Columns of the first table whose counts open their leads, and what they count."""

HALF = 5
"""Columns of a table that half the page takes."""

KINDS = frozenset({"leads", "follow_up", "frozen_report"})


class StatisticsPage(QWidget):
    """The page of a period."""

    print_asked = Signal(object)  # PeriodFacts
    leads_asked = Signal(object)  # ids

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._today = desk, today
        self._period = period_around("monthly", today)
        self._facts: PeriodFacts | None = None
        self._number, self._stale = 0, True
        tokens = desk.tokens
        self.length = QComboBox()
        name_box(self.length, _("How long the period is"))
        for code, name in LENGTHS:
            self.length.addItem(_(name), code)
        self.length.setCurrentIndex(1)
        self.before = icon_button(Glyph.BACK, tokens, _("The period before"), partial(self._step, -1))
        self.after = icon_button(Glyph.NEXT, tokens, _("The period after"), partial(self._step, 1))
        self.name, self.state = label("", "record"), label("", "meta")
        self.freeze = button(_("Freeze"), self._freeze, glyph=Glyph.LOCK, tokens=tokens)
        self.freeze.setEnabled(False)  # until it is known whether the period may be
        self.print_ = button(_("Preview and print"), self._print, role="primary", glyph=Glyph.PRINT, tokens=tokens)
        self.corrected = label("", tone="warn", wrap=True)
        head = row(self.length, self.before, self.after, self.name, self.state, None, self.freeze, self.print_)
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.px(12))
        inside = QWidget()
        inside.setObjectName("page")
        inside.setLayout(self._grid)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(_("Statistics"))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 0)
        layout.addLayout(head)
        layout.addWidget(self.corrected)
        self.states = States(self.area, tokens)
        layout.addWidget(self.states, 1)
        self.corrected.hide()
        self.length.currentIndexChanged.connect(self._set_length)
        self.show_period(self._period)

    # -- what the frame calls

    def news(self, news: Committed) -> None:
        """Look again after a change of the database: at once where the page is seen."""
        if news.kinds & KINDS:
            self._stale = True
            if self.isVisible():
                self.show_period(self._period)

    def show_period(self, period: Period) -> None:
        """Show the figures of a period."""
        self._period, self._stale = period, False
        self._number += 1
        number = self._number
        self.name.setText(period_text(period))

        def work() -> tuple[PeriodFacts, list[Table]]:
            from crm.domain.statistics.tables import tables_of  # noqa: PLC0415  (made when one is asked for)
            from crm.jobs.period_reports import period_facts  # noqa: PLC0415
            from crm.queries.dossiers import Paper  # noqa: PLC0415

            settings = self._desk.workspace.settings
            paper = Paper(settings.unit, settings.header, settings.marking)
            facts = period_facts(self._desk.workspace.database, period, self._today, paper)
            return facts, list(tables_of(facts))

        def show(found: tuple[PeriodFacts, list[Table]]) -> None:
            if number == self._number:
                self._show(*found)

        def failed(error: BaseException) -> None:
            if number == self._number:
                self._facts = None
                self.print_.setEnabled(False)
                again = partial(self.show_period, period)
                self.states.fail(error, again, _("The statistics could not be read."))

        self.states.wait_beside()
        self._desk.runner.query(work, show, failed)

    def showEvent(self, event: Any) -> None:  # noqa: ANN401  (Qt's)
        """Look again when the page is come back to after a change."""
        super().showEvent(event)
        if self._stale:
            self.show_period(self._period)

    # -- the page itself

    def _show(self, facts: PeriodFacts, tables: Sequence[Table]) -> None:
        self._facts = facts
        self.states.show_content()
        self.print_.setEnabled(True)
        self.state.setText(as_of_text(facts))
        told = corrections_text(facts)
        self.corrected.setText(told)
        self.corrected.setVisible(bool(told))
        over = self._today >= facts.period.last
        self.freeze.setEnabled(over and facts.frozen_on is None)
        self.freeze.setToolTip("" if over else _("A report is frozen when its period is over."))
        clear(self._grid)
        line, beside = 0, False
        for place, table in enumerate(tables):
            wide = len(table.heads) > HALF
            line += beside and wide
            span = 2 if wide else 1
            card = self._card(table, COUNTED if place == 0 else ())
            self._grid.addWidget(card, line, int(beside and not wide), 1, span, Qt.AlignmentFlag.AlignTop)
            beside = not wide and not beside
            line += not beside
        self._grid.setRowStretch(line + 1, 1)

    def _card(self, table: Table, links: Collection[int]) -> Card:
        card = Card(table.name, Glyph.COLUMNS, self._desk.tokens)
        view = FigureTable(table, self._desk.tokens, links)
        view.row_asked.connect(self._open)
        card.body.addWidget(view)
        if table.note:
            card.body.addWidget(label(table.note, "meta", wrap=True))
        return card

    def _open(self, line: int, column: int) -> None:
        """Ask for the leads behind a count."""
        milestone, period, counted = list(MILESTONES)[line], self._period, COUNTED[column]

        def ids(session: Any) -> list[int]:  # noqa: ANN401  (a session)
            from crm.queries.statistics import leads_of_step  # noqa: PLC0415

            span = {"here": period, "year": period.year}.get(counted)
            return leads_of_step(session, milestone, span, period.last)

        self._desk.ask(ids, self.leads_asked.emit)

    def _set_length(self, _place: int) -> None:
        self.show_period(period_around(self.length.currentData(), min(self._period.last, self._today)))

    def _step(self, way: int) -> None:
        if way < 0:
            self.show_period(self._period.before)
        else:
            self.show_period(period_around(self.length.currentData(), self._period.after))

    def _freeze(self) -> None:
        from crm.jobs.period_reports import freeze_period  # noqa: PLC0415

        workspace, period = self._desk.workspace, self._period

        def told(_none: None) -> None:
            self._desk.tell(_("Frozen: {period}").format(period=period_text(period)))
            self.show_period(period)

        self._desk.runner.change(
            lambda: freeze_period(workspace.database, period, self._today, workspace.user), told, self._desk.fail
        )

    def _print(self) -> None:
        if self._facts is not None:
            self.print_asked.emit(self._facts)
