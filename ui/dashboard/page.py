"""The dashboard: how many leads stand where, by charts; a mark opens its leads in the list.

pyqtgraph and numpy are imported by a thread when the page is first seen, and the charts are made one in a turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QMenu, QScrollArea, QTabBar, QVBoxLayout, QWidget

from crm.domain.fields.codes import AREAS
from crm.i18n import _, ngettext, pgettext
from crm.queries.lead_list import UNKNOWN, LeadFilter
from ui.icons import Glyph
from ui.widgets.dialogs import open_dialog, open_menu
from ui.widgets.labels import button, label, name_box, row
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.database import Committed, Session
    from crm.domain.statistics.tables import Table
    from crm.queries.dashboard import Dashboard, Field
    from ui.dashboard.card import ChartCard, FigureBox
    from ui.dashboard.charts import BarChart, Chart
    from ui.dashboard.words import Figure
    from ui.desk import Desk

KINDS = frozenset({"leads", "rule", "rule_set", "entry"})
RELOAD_AFTER_MS = 200
STEP_MS = 10
"""Between two parts of the page that are made or drawn: keys and mouse come in between."""

MARGIN = Decimal("1.1")
"""How much more of the plane is seen than the leads take."""

ACTIVE = frozenset({"active", UNKNOWN})
ALL = 1
"""The place of all leads among the choices of what is counted."""
BARS = {"funnel": 0, "verdicts": 1, "areas": 0, "industries": 1}
"""The charts of bars, each with the column it stands in."""


class DashboardPage(QWidget):
    """Figures, five charts with their tables, export."""

    filter_asked = Signal(object)  # LeadFilter
    lead_asked = Signal(int)
    import_asked = Signal()

    def __init__(self, desk: Desk, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._today = desk, today
        self._number, self._stale = 0, True
        self.facts: Dashboard | None = None
        self.field: Field | None = None
        self.cards: dict[str, ChartCard] = {}
        self.figures: dict[str, Sequence[Figure]] = {}
        self._drawn: dict[str, object] = {}
        self._boxes: dict[str, FigureBox] = {}
        self._building: Iterator[None] | None = None
        self._built = False
        self.scope, self.area = QComboBox(), QComboBox()
        name_box(self.scope, _("Which leads are counted"))
        for text, statuses in ((_("Active leads"), ACTIVE), (_("All leads"), frozenset[str]())):
            self.scope.addItem(text, statuses)
        name_box(self.area, _("Threshold area"))
        self.area.addItem(_("Every area"), "")
        for choice in AREAS:
            self.area.addItem(_(choice.label), choice.code)
        self.state = label("", "meta")
        self.export = button(_("Export charts and tables"), self._export_menu, glyph=Glyph.SAVE, tokens=desk.tokens)
        self.export.setEnabled(False)
        self.area_tabs = QTabBar()
        self.area_tabs.setAccessibleName(_("Area of the chart"))
        self.area_tabs.setExpanding(False)
        for choice in AREAS:
            self.area_tabs.addTab(_(choice.label))
        self._scroll = self._make_body()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 0)
        layout.setSpacing(10)
        layout.addLayout(row(self.scope, self.area, self.state, None, self.export))
        self.states = States(self._scroll, desk.tokens)
        self.states.wait()
        layout.addWidget(self.states, 1)
        self._reload = QTimer(self)
        self._reload.setSingleShot(True)
        self._reload.setInterval(RELOAD_AFTER_MS)
        self._reload.timeout.connect(self.reload)
        for box in (self.scope, self.area):
            box.currentIndexChanged.connect(lambda _place: self.reload())
        self.area_tabs.currentChanged.connect(lambda _place: self._ask_field(self._number))

    # -- what the frame calls

    def news(self, news: Committed) -> None:
        """Count again after a change: soon where the page is seen, else when it is come back to."""
        if news.kinds & KINDS:
            self.standings_changed()

    def standings_changed(self) -> None:
        """Count again: verdicts were worked out meanwhile."""
        self._stale = True
        if self.isVisible():
            self._reload.start()

    def is_settled(self) -> bool:
        """Return whether the figures asked for last are drawn."""
        return self._built and not self._stale and not self._reload.isActive() and self.field is not None

    def showEvent(self, event: QShowEvent) -> None:
        """Count when the page is seen, the first time or after a change."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the first choice."""
        self.scope.setFocus(event.reason())

    @property
    def where(self) -> LeadFilter:
        """Which leads are counted."""
        areas = frozenset({self.area.currentData()} - {""})
        return LeadFilter(statuses=self.scope.currentData(), areas=areas)

    # -- asking

    def reload(self) -> None:
        """Count anew."""
        self._number, self._stale = self._number + 1, False
        self.field = None
        number, where, on = self._number, self.where, self._today()

        def question(session: Session) -> Dashboard:
            import ui.dashboard.card  # noqa: F401, PLC0415  (numpy and pyqtgraph take half a second: here, off the window)
            from crm.queries.dashboard import load_dashboard  # noqa: PLC0415

            return load_dashboard(session, where, on)

        def show(facts: Dashboard) -> None:
            if number == self._number:
                self.facts = facts
                self._show(number, facts)

        self._desk.ask(question, show, lambda error: self._fail(number, error))

    def _ask_field(self, number: int) -> None:
        """Ask for the leads of the area the scatter shows."""
        from crm.queries.dashboard import field_of  # noqa: PLC0415

        if not self._built:
            return
        area, where, on = AREAS[self.area_tabs.currentIndex()].code, self.where, self._today()

        def show(field: Field) -> None:
            if number == self._number and field.area == AREAS[self.area_tabs.currentIndex()].code:
                self._show_field(field)

        self._desk.ask(
            lambda session: field_of(session, where, area, on), show, lambda error: self._fail(number, error)
        )

    def _fail(self, number: int, error: BaseException) -> None:
        if number == self._number:
            self.export.setEnabled(False)
            self.states.fail(error, self.reload, _("The figures could not be read."))

    # -- showing

    def _show_charts(self) -> None:
        if self.states.currentWidget() is not self._scroll:
            for card in self.cards.values():  # each is shown in a turn of its own, when it is drawn
                card.hide()
        self.states.show_content()
        self.export.setEnabled(True)

    def _say_empty(self) -> None:
        self.export.setEnabled(False)
        every = () if self.scope.currentIndex() == ALL else ((_("Count all leads"), self._count_all),)
        if self.area.currentIndex():
            act = (_("Count all leads"), self._count_all)
            self.states.say(Glyph.FILTER, _("No lead is counted under this choice."), "", act)
            return
        text = _("There are no active leads yet.") if every else _("There are no leads to be counted yet.")
        more = _("Each chart opens the leads behind it, as soon as there are some.")
        self.states.say(Glyph.DASHBOARD, text, more, (_("Import a ledger"), self.import_asked.emit), *every)

    def _count_all(self) -> None:
        for box, place in ((self.area, 0), (self.scope, ALL)):
            box.setCurrentIndex(place)

    def _show(self, number: int, facts: Dashboard) -> None:
        if not self._built and self._building is None:
            self._building = self._build()
        if not self._built:
            QTimer.singleShot(STEP_MS, self, partial(self._build_on, number))
            return
        if not facts.totals.count:
            self._say_empty()
            self.state.setText("")
            self._ask_field(number)
            return
        self.state.setText(_("as of {moment}").format(moment=f"{datetime.now().astimezone():%m-%d %H:%M}"))
        self._show_charts()
        self._show_boxes(facts)
        self._ask_field(number)
        self._steps = [partial(self._show_bars, name) for name in BARS]
        self._step(number)

    def _step(self, number: int) -> None:
        """Draw one chart, and the next in the next turn."""
        if number == self._number and self._steps:
            self._steps.pop(0)()
            QTimer.singleShot(STEP_MS, self, partial(self._step, number))

    def _show_boxes(self, facts: Dashboard) -> None:
        from crm.domain.quantities import grouped  # noqa: PLC0415
        from ui.dashboard.words import share  # noqa: PLC0415

        sums, boxes = facts.totals, self._boxes
        boxes["count"].show_figure(f"{sums.count:,}", _("leads"), self.scope.currentText())
        foreign = sums.investment_foreign
        basis = _counted(sums.investment_known)
        if foreign:
            basis += _("; {number} in foreign currency not summed").format(number=f"{foreign:,}")
        boxes["investment"].show_figure(grouped(int(sums.investment)), pgettext("unit", "10k yuan"), basis)
        boxes["land"].show_figure(grouped(_cut(sums.land)), _("mu"), _counted(sums.land_known))
        boxes["tax"].show_figure(grouped(int(sums.tax)), _("10k yuan a year"), _counted(sums.tax_known))
        boxes["met"].show_figure(
            share(facts.met, facts.judged),
            "",
            _("{met} of {judged} that are reached or not").format(met=f"{facts.met:,}", judged=f"{facts.judged:,}"),
        )

    def _show_bars(self, name: str) -> None:
        from ui.dashboard.charts import Bar  # noqa: PLC0415

        if self.facts is None:
            return
        self.cards[name].show()
        table, figures = _table(name, self.facts), _figures(name, self.facts)
        if self._drawn.get(name) == (table, figures):
            return  # what is drawn says the same
        self._drawn[name] = table, figures
        self.figures[name] = figures
        card, chart = self.cards[name], self._bars(name)
        chart.show_bars([Bar(one.name, one.count, one.text, one.tone, _tip(one)) for one in figures])
        card.show_table(table, (1,))

    def _show_field(self, field: Field) -> None:
        from crm.queries.dashboard import frontier  # noqa: PLC0415
        from ui.dashboard import words  # noqa: PLC0415
        from ui.dashboard.charts import FieldChart, Spot  # noqa: PLC0415
        from ui.theme.tokens import VERDICT_TONES  # noqa: PLC0415

        self.field = field
        card = self.cards["field"]
        card.show()
        chart = card.chart
        if not isinstance(chart, FieldChart):
            raise TypeError("the card of the scatter holds another chart")
        rule = field.rule
        wide = max((point.land for point in field.points), default=Decimal(50))
        if rule is not None and rule.least_tax is not None:
            wide = max(wide, rule.least_tax / rule.least_per_mu * 2)  # the corner is always to be seen
        line = frontier(rule, wide * MARGIN) if rule is not None else []
        tall = max([point.tax for point in field.points] + [y for _x, y in line], default=Decimal(1000))
        spots = [
            Spot(
                point.lead_id,
                point.land,
                point.tax,
                words.SHAPES.get(point.verdict, "o"),
                VERDICT_TONES.get(point.verdict, "grey"),
                words.point_text(point),
            )
            for point in field.points
        ]
        chart.show_field(spots, line, words.line_text(field), (wide * MARGIN, tall * MARGIN))
        card.show_table(words.field_table(field), (0,), scrolls=True)

    # -- acting

    def _open_bar(self, name: str, place: int) -> None:
        figures = self.figures.get(name, ())
        if place < len(figures) and figures[place].count:
            self.filter_asked.emit(figures[place].where)

    def _open_point(self, place: int, _column: int) -> None:
        if self.field is not None and place < len(self.field.points):
            self.lead_asked.emit(self.field.points[place].lead_id)

    def _export_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("All tables (Excel)"), self._ask_workbook)
        open_menu(menu, self.export.mapToGlobal(QPoint(0, self.export.height())))

    def tables(self) -> list[Table]:
        """Return the tables of what is shown, in the order of the page."""
        from ui.dashboard.words import field_table  # noqa: PLC0415

        if self.facts is None:
            return []
        shown = [_table(name, self.facts) for name in BARS]
        return [*shown, field_table(self.field)] if self.field is not None else shown

    def _ask_workbook(self) -> None:
        self._ask_file(_("Dashboard"), "xlsx", self.save_workbook)

    def save_workbook(self, target: Path) -> None:
        """Write the tables as a workbook."""
        from crm.jobs.figure_tables import save_tables  # noqa: PLC0415

        workspace, tables, made_at = self._desk.workspace, self.tables(), datetime.now().astimezone()
        title = f"{self.scope.currentText()} {self.area.currentText()} {made_at:%Y-%m-%d %H:%M}"

        def work() -> None:
            save_tables(
                workspace.database, tables, title, target, by=workspace.user, made_at=made_at.replace(tzinfo=None)
            )

        self._desk.runner.change(work, lambda _none: self._saved(target), self._desk.fail)

    def save_picture(self, chart: Chart, target: Path) -> None:
        """Write a chart as a picture."""
        from crm.files import refused  # noqa: PLC0415

        try:
            chart.save(target)
        except OSError as error:
            self._desk.fail(refused(error, target))
        else:
            self._saved(target)

    def _ask_picture(self, chart: Chart, kind: str) -> None:
        self._ask_file(chart.accessibleName(), kind, partial(self.save_picture, chart))

    def _ask_file(self, name: str, kind: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, _("Export"), f"{name}.{kind}", f"{kind.upper()} (*.{kind})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        open_dialog(dialog)

    def _saved(self, target: Path) -> None:
        self._desk.tell(_("Saved: {place}").format(place=target))

    # -- making

    def _make_body(self) -> QScrollArea:
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 4, 14)
        self._grid.setSpacing(self._desk.tokens.px(12))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("Dashboard"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    def _build_on(self, number: int) -> None:
        """Make one more part of the page, and show the figures when all are there."""
        if self._building is not None and next(self._building, self) is self:
            self._building, self._built = None, True
        if self.facts is not None and (self._built or number == self._number):
            self._show(self._number, self.facts)

    def _build(self) -> Iterator[None]:
        """Make the figures at the head and the cards, one in a turn."""
        from ui.dashboard.card import ChartCard, FigureBox  # noqa: PLC0415
        from ui.dashboard.charts import BarChart, FieldChart  # noqa: PLC0415

        tokens, titles = self._desk.tokens, _titles()
        for name, title in (
            ("count", _("Leads counted")),
            ("investment", _("Planned investment")),
            ("land", _("Land needed")),
            ("tax", _("Tax at full production")),
            ("met", _("Thresholds reached")),
        ):
            self._boxes[name] = FigureBox(title)
        boxes = row(*self._boxes.values(), spacing=tokens.px(12))
        for place in range(boxes.count()):
            boxes.setStretch(place, 1)
        self._grid.addLayout(boxes, 0, 0, 1, 2)
        columns = [QVBoxLayout(), QVBoxLayout()]
        for side, column in enumerate(columns):
            column.setSpacing(tokens.px(12))
            column.addStretch(1)
            self._grid.addLayout(column, 1, side)
            self._grid.setColumnStretch(side, 1)
        for name, place in BARS.items():
            yield
            chart = BarChart(tokens, titles[name])
            chart.bar_asked.connect(partial(self._open_bar, name))
            card = self.cards[name] = ChartCard(titles[name], chart, tokens)
            card.row_asked.connect(lambda line, _column, name=name: self._open_bar(name, line))
            card.picture_asked.connect(self._ask_picture)
            columns[place].insertWidget(columns[place].count() - 1, card)
        yield
        across, up = _("Land needed (mu)"), _("Tax at full production (10k yuan a year)")
        field = FieldChart(tokens, titles["field"], across, up)
        field.spot_asked.connect(self.lead_asked.emit)
        card = self.cards["field"] = ChartCard(titles["field"], field, tokens)
        card.body.insertWidget(0, self.area_tabs)
        card.row_asked.connect(self._open_point)
        card.picture_asked.connect(self._ask_picture)
        self._grid.addWidget(card, 2, 0, 1, 2)
        self._grid.setRowStretch(3, 1)

    def _bars(self, name: str) -> BarChart:
        from ui.dashboard.charts import BarChart  # noqa: PLC0415

        chart = self.cards[name].chart
        if not isinstance(chart, BarChart):
            raise TypeError(name)
        return chart


def _titles() -> dict[str, str]:
    return {
        "funnel": _("Funnel of stages"),
        "verdicts": _("Verdicts on the land threshold"),
        "areas": _("By threshold area"),
        "industries": _("By industry"),
        "field": _("Tax and land against the threshold"),
    }


def _table(name: str, facts: Dashboard) -> Table:
    from ui.dashboard.words import funnel_table, mark_table  # noqa: PLC0415

    if name == "funnel":
        return funnel_table(facts)
    return mark_table(_titles()[name], getattr(facts, name), name, facts.totals.count)


def _figures(name: str, facts: Dashboard) -> Sequence[Figure]:
    from ui.dashboard.words import funnel_figures, mark_figures  # noqa: PLC0415

    return funnel_figures(facts) if name == "funnel" else mark_figures(getattr(facts, name), name)


def _tip(figure: Figure) -> str:
    from ui.dashboard.words import count_text  # noqa: PLC0415

    return _("{name}: {leads}. A click opens them in the list.").format(
        name=figure.name, leads=count_text(figure.count)
    )


def _counted(count: int) -> str:
    return ngettext("of {count} lead", "of {count} leads", count).format(count=f"{count:,}")


def _cut(land: Decimal) -> Decimal:
    """Return land cut at two decimals: never more than it is."""
    return Decimal(int(land * 100)) / 100
