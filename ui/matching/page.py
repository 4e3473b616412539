"""Leads and resources brought together: a lead with the resources that fit, or a resource with the leads that fit it.

The weights may be moved to see what they would do; nothing of that is stored (decisions 30–34).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from crm.domain.fields.registry import KIND_LABELS
from crm.i18n import _
from ui.icons import Glyph
from ui.jobs import RunningJob
from ui.matching.weights_card import WeightsCard
from ui.widgets.fits_card import FitsCard
from ui.widgets.labels import boxed, column, label
from ui.widgets.match_panel import MatchPanel
from ui.widgets.palette import HitDelegate
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.domain.matching.weights import Weights
    from crm.queries.matching import LeadMatch
    from ui.desk import Desk

BY_LEAD, BY_RESOURCE = range(2)
TYPED_MS, MOST = 200, 60
LEFT_WIDTH, BAR = 370, 12
"""Logical pixels: of the column at the left, and what its scroll bar takes of it."""
BEARING = frozenset(
    {"leads", "communities", "carriers", "funds", "plots", "plans", "plan-uses", "rule", "rule_set", "entry"}
)


class Choice(NamedTuple):
    """What can be chosen at the left."""

    kind: str
    id: int
    name: str
    note: str


class MatchingPage(QWidget):
    """Chooses at the left, answers at the right."""

    lead_asked = Signal(int)
    edit_asked = Signal(int, str)  # lead, field
    weights_asked = Signal(object)  # Weights to be kept

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._today, self._asked, self._stale = desk, today, 0, True
        self._choices: Sequence[Choice] = ()
        self._chosen: Choice | None = None
        self._job: RunningJob | None = None
        tokens = desk.tokens
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Direction"))
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("Resources for a lead"))
        self.tabs.addTab(_("Leads for a resource"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter: name, pinyin or initials"))
        self.filter.setAccessibleName(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("What is to be matched"))
        self.list.setObjectName("answers")
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.weights = WeightsCard(tokens)
        self.panel, self.fits = MatchPanel(tokens), FitsCard(tokens)
        self.name, self.told = label("", "record", wrap=True), label("", "second", wrap=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPED_MS)
        self._lay_out()
        self._timer.timeout.connect(self._list)
        self.tabs.currentChanged.connect(lambda _place: self._turn())
        self.filter.textChanged.connect(lambda _text: self._timer.start())
        self.list.currentRowChanged.connect(self._choose)
        self.weights.changed.connect(self._match)
        self.weights.keep_asked.connect(self.weights_asked.emit)
        self.panel.add_asked.connect(self._add)
        self.fits.lead_asked.connect(self.lead_asked.emit)
        self.fits.cancel_asked.connect(self._cancel)

    def news(self, news: Committed) -> None:
        """Look again after a change of what a match rests on."""
        if news.kinds & BEARING:
            self._stale = True
            if self.isVisible():
                self._begin()

    def showEvent(self, event: Any) -> None:  # noqa: ANN401  (Qt's)
        """Look again when the page is come back to after a change."""
        super().showEvent(event)
        if self._stale:
            self._begin()

    def _lay_out(self) -> None:
        tokens = self._desk.tokens
        self._left = left = QScrollArea()
        right = QScrollArea()
        self.list.setMinimumHeight(tokens.px(220))
        side = column(self.filter, self.list, self.weights, spacing=10)
        side.setStretch(1, 1)
        left.setWidget(boxed(side))
        side.setContentsMargins(0, 0, BAR, 0)
        left.setFixedWidth(tokens.px(LEFT_WIDTH))
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.parts = QStackedWidget()
        for card in (self.panel, self.fits):
            self.parts.addWidget(boxed(column(card, None)))
        right.setWidget(boxed(column(self.name, self.told, self.parts)))
        self.states = States(right, tokens)
        for area, name in ((left, _("What is to be matched")), (right, _("What fits"))):
            area.setWidgetResizable(True)
            area.setAccessibleName(name)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(left)
        beside.addWidget(self.states, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.addWidget(self.tabs)
        layout.addLayout(beside, 1)

    # -- what can be chosen

    def _begin(self) -> None:
        from crm.queries.matching import weights_in_force  # noqa: PLC0415  (not before the first paint)

        self._stale = False

        def show(weights: Weights) -> None:
            self.weights.show_weights(weights)
            asked = self.weights.minimumSizeHint().width() + 2 * BAR
            self._left.setFixedWidth(max(self._desk.tokens.px(LEFT_WIDTH), asked))
            self._list()

        self.states.wait_beside()
        self._desk.ask(lambda session: weights_in_force(session, self._today), show, self._failed)

    def _failed(self, error: BaseException) -> None:
        self.states.fail(error, self._begin, _("What fits could not be read."))

    def _turn(self) -> None:
        self._chosen = None
        self.parts.setCurrentIndex(self.tabs.currentIndex())
        self._list()

    def _list(self) -> None:
        self._asked += 1
        number, text, way = self._asked, self.filter.text().strip(), self.tabs.currentIndex()
        find = _leads if way == BY_LEAD else _targets

        def show(found: Sequence[Choice]) -> None:
            if number == self._asked:
                self._show_choices(found)

        self._desk.ask(lambda session: find(session, text), show, self._failed)

    def _show_choices(self, found: Sequence[Choice]) -> None:
        keys = [(one.kind, one.id) for one in found]
        kept = (self._chosen.kind, self._chosen.id) if self._chosen is not None else None
        self._choices = found
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            self.list.addItem(QListWidgetItem(f"{one.name}\n{one.note}"))
        self.list.setCurrentRow(keys.index(kept) if kept in keys else 0)
        self.list.blockSignals(False)
        if found:
            self._choose(self.list.currentRow())
        else:
            self._chosen = None
            self._say_empty()

    def _say_empty(self) -> None:
        if self.filter.text():
            self.states.say(Glyph.FILTER, _("Nothing fits this filter."), "", (_("Clear"), self.filter.clear))
        elif self.tabs.currentIndex() == BY_LEAD:
            more = _("Leads that are entered or imported are matched with communities and funds here.")
            self.states.say(Glyph.MATCH, _("There is no lead to be matched yet."), more)
        else:
            more = _("Research communities and funds are entered or imported on the page of resources.")
            self.states.say(Glyph.MATCH, _("There is no resource to be matched yet."), more)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._choices):
            self._chosen = self._choices[place]
            self.states.show_content()
            self._match()

    # -- what fits

    def _match(self) -> None:
        one = self._chosen
        if one is None:
            return
        self.name.setText(one.name)
        self.told.setText(one.note)
        if one.kind == "leads":
            self._match_lead(one)
        else:
            self._match_target(one)

    def _match_lead(self, one: Choice) -> None:
        from crm.queries.matching import match_of  # noqa: PLC0415

        other = self.weights.wanted()

        def show(found: LeadMatch | None) -> None:
            if self._chosen == one and found is not None:
                self.panel.show_match(found.document, found.weights)
                self.told.setText("\n".join(filter(None, (one.note, moved_text(found)))))

        self._desk.ask(lambda session: match_of(session, one.id, self._today, other), show, self._failed)

    def _match_target(self, one: Choice) -> None:
        from crm.jobs.fits import leads_that_fit  # noqa: PLC0415

        self._stop()
        database, other = self._desk.workspace.database, self.weights.wanted()
        job = RunningJob(leads_that_fit(database, one.kind, one.id, self._today, other))
        self._job = job
        self.fits.show_progress(None)
        job.progressed.connect(lambda step: self.fits.show_progress(step) if self._job is job else None)
        job.finished.connect(lambda fits: self.fits.show_fits(fits, one.kind) if self._job is job else None)
        job.failed.connect(self._failed)
        self._desk.runner.start(job, quiet=True)

    def _cancel(self) -> None:
        self._stop()
        self.fits.tell(_("Not compared; choose it again to begin anew."))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _add(self, field: str) -> None:
        if self._chosen is not None:
            self.edit_asked.emit(self._chosen.id, field)


def moved_text(found: LeadMatch) -> str:
    """Return what other weights do to the order; "" where those in force are shown."""
    if found.before is None:
        return ""
    told = []
    for key, name in (("communities", _("Research communities")), ("funds", _("Funds"))):
        before, after = _order(found.before, key), _order(found.document, key)
        if not before and not after:
            continue
        if before == after:
            told.append(_("{side}: the order stays").format(side=name))
        else:
            names = {each["code"]: each["name"] or each["code"] for each in found.document[key]["recommended"]}
            now = " > ".join(names[code] for code in after[:3])
            told.append(_("{side}: the order becomes {order}").format(side=name, order=now))
    return _("; ").join(told)


def _order(document: Mapping[str, Any], key: str) -> list[str]:
    return [each["code"] for each in document.get(key, {}).get("recommended", ())]


def _leads(session: Any, text: str) -> list[Choice]:  # noqa: ANN401
    from crm.queries.first_page import first_lead_ids  # noqa: PLC0415
    from crm.queries.lead_list import LeadFilter, LeadOrder  # noqa: PLC0415
    from crm.queries.leads import load_lead_rows  # noqa: PLC0415
    from crm.queries.search import first_found  # noqa: PLC0415

    ids = first_found(session, text, MOST) if text else first_lead_ids(session, LeadFilter(), LeadOrder(), MOST)
    return [
        Choice("leads", row.id, row.name or row.code, " · ".join(filter(None, (row.code, row.industry, row.area))))
        for row in load_lead_rows(session, ids)
        if row is not None
    ]


def _targets(session: Any, text: str) -> list[Choice]:  # noqa: ANN401
    from crm.queries.resources import load_resources  # noqa: PLC0415

    return [
        Choice(
            kind,
            one.record.id,
            str(one.record.values.get("name") or one.record.code),
            " · ".join((one.record.code, _(KIND_LABELS[kind]))),
        )
        for kind in ("communities", "funds")
        for one in load_resources(session, kind, text).rows
        if not one.slot
    ]
