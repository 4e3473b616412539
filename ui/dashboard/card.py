"""A chart with its table beside it: a click or Enter opens the leads behind a figure; the chart leaves as a picture."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QVBoxLayout

from crm.domain.statistics.tables import Table
from crm.i18n import _
from ui.dashboard.charts import Chart
from ui.icons import Glyph
from ui.tables.figure_table import FigureTable
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import open_menu
from ui.widgets.elided import ElidedLabel
from ui.widgets.labels import Card, icon_button, label, row

SIDE_BY_SIDE = 640
"""Logical pixels from which on the table stands beside the chart, else under it."""

TALL = 320


class ChartCard(Card):
    """The chart is made once; figures come and go."""

    row_asked = Signal(int, int)  # row and column of the table
    picture_asked = Signal(object, str)  # the chart; png or svg

    def __init__(self, heading: str, chart: Chart, tokens: Tokens, *, share: tuple[int, int] = (3, 2)) -> None:
        super().__init__(heading, Glyph.STATISTICS, tokens)
        self.chart, self._share = chart, share
        self.table: FigureTable | None = None
        self.more = icon_button(Glyph.SAVE, tokens, _("Export the chart: {name}").format(name=heading), self._menu)
        self.head.addWidget(self.more)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(10)
        self._sides.addWidget(chart, share[0], Qt.AlignmentFlag.AlignTop)
        self._basis = label("", "meta", wrap=True)
        self.body.addLayout(self._sides)
        self.body.addWidget(self._basis)

    def show_table(self, table: Table, links: Collection[int], *, scrolls: bool = False) -> None:
        """Show the figures of the chart and what they count; ``scrolls``: more rows than the card is tall."""
        if self.table is not None:
            self._sides.removeWidget(self.table)
            self.table.deleteLater()
        view = self.table = FigureTable(table, self._tokens, links)
        view.row_asked.connect(self.row_asked.emit)
        view.setMinimumWidth(view.asked)  # the chart gives way
        if scrolls:
            view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            view.setFixedHeight(min(view.height(), self._tokens.px(TALL)))
        self._sides.addWidget(view, self._share[1], Qt.AlignmentFlag.AlignTop)
        self._basis.setText(table.note)
        self._basis.setAccessibleName(table.note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the table under the chart where there is no room beside it."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._tokens.px(SIDE_BY_SIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _menu(self) -> None:
        menu = QMenu(self)
        for text, kind in ((_("Picture (PNG)"), "png"), (_("Drawing (SVG)"), "svg")):
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, kind=kind: self.picture_asked.emit(self.chart, kind))
        open_menu(menu, self.more.mapToGlobal(QPoint(0, self.more.height())))


class FigureBox(QFrame):
    """One figure of the head of the page: what, how much, of what unit, what it counts."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title, self._value, self._unit = title, label("", "figure"), label("", "second")
        self._basis = ElidedLabel("", "meta")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(2)
        layout.addWidget(label(title, "second", wrap=True))
        layout.addLayout(row(self._value, self._unit, None, spacing=5))
        layout.addWidget(self._basis)

    def show_figure(self, value: str, unit: str, basis: str) -> None:
        """Show a figure with what it counts."""
        self._value.setText(value)
        self._unit.setText(unit)
        self._basis.setText(basis)
        self.setAccessibleName(f"{self._title}: {value} {unit}, {basis}")
