"""What stands beside the list: one lead with its stages, threshold, matches, follow-ups and history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScrollBar, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from crm.domain.companies.claims import Guard
from crm.domain.companies.claims_explain import protection_text
from crm.domain.deadlines.clocks import ClockState
from crm.domain.deadlines.explain import clock_text, rest_text, unarranged_text
from crm.domain.hints_explain import hint_text
from crm.domain.stages.explain import stage_name, status_name
from crm.domain.stages.pipeline import PLACES, STAGES
from crm.i18n import _, pgettext
from ui.icons import Glyph
from ui.leads.facts_card import FactsCard, origin_texts, source_texts
from ui.leads.first_report_card import FirstReportCard
from ui.leads.follow_up_card import FollowUpCard
from ui.leads.threshold_card import ThresholdCard
from ui.theme.tokens import STAGE_TONES, Tokens
from ui.widgets.bars import Avatar, StageTrack
from ui.widgets.dialogs import order_by_tab
from ui.widgets.elided import ElidedLabel
from ui.widgets.history_card import HistoryCard
from ui.widgets.labels import button, column, icon_button, label, pill, restyle, row, set_tone
from ui.widgets.match_panel import MatchPanel

if TYPE_CHECKING:
    from crm.queries.peek import PeekFacts

TRACK = ("lead", "assessment", "negotiation", "review", "signed", "land_supplied", "started", "production")
"""The stages the short track names; the others lie between them."""

MARGIN, SCROLL_BAR = 16, 10


LATER_MS = 150
"""Cards out of sight are filled when one stays with a lead, and one in a turn."""


class Peek(QFrame):
    """One lead; it shows and asks, and changes nothing itself."""

    edit_asked = Signal(str)
    stage_asked = Signal()
    brief_asked = Signal()
    dossier_asked = Signal()
    sheet_asked = Signal()
    report_asked = Signal()
    follow_up_written = Signal(int, object)
    follow_up_typed = Signal(int, object)
    undo_asked = Signal(int, bool)  # change set; of this lead alone
    closed = Signal()
    left = Signal()  # Escape: the keys go back to the list

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("peek")
        self.setMinimumWidth(320)
        self._tokens = tokens
        self._facts: PeekFacts | None = None
        self._fills: dict[QWidget, Callable[[], None]] = {}  # the cards that do not show the lead yet
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fill_next)
        self._name = label("", "record", wrap=True)
        self._meta = ElidedLabel("", "meta")
        self._avatar = Avatar(tokens)
        self._status = pill("", "grey")
        self._track_place = QVBoxLayout()
        self._in_stage, self._waits = label("", "meta"), label("", tone="warn", wrap=True)
        self._hints = label("", "meta", wrap=True)
        self.threshold, self.match = ThresholdCard(tokens), MatchPanel(tokens)
        self.facts, self.follow_up, self.history = FactsCard(tokens), FollowUpCard(tokens), HistoryCard(tokens)
        self.first_report = FirstReportCard(tokens)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the lead"))
        self._parts: dict[str, tuple[QWidget, ...]] = {
            _("Overview"): (self.threshold, self.match, self.first_report, self.follow_up),
            pgettext("tab", "Facts"): (self.facts, self.first_report),
            pgettext("tab", "Threshold"): (self.threshold,),
            pgettext("tab", "Match"): (self.match,),
            _("Follow-ups"): (self.follow_up,),
            pgettext("tab", "History"): (self.history,),
        }
        for name in self._parts:
            self.tabs.addTab(name)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(self.tabs.elideMode().ElideNone)
        self._scroll = self._make_body()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_head())
        layout.addWidget(self._scroll, 1)
        self.tabs.currentChanged.connect(self._show_part)
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.setInterval(0)
        self._turns.timeout.connect(lambda: order_by_tab(self.tabs, self._scroll))
        self._wire()
        self._show_part(0)

    @property
    def facts_shown(self) -> PeekFacts | None:
        """What is shown, or None."""
        return self._facts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the lead with Escape; it stays in sight."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_lead(self, facts: PeekFacts) -> None:
        """Show a lead."""
        other = self._facts is None or self._facts.id != facts.id
        self._facts = facts
        values = facts.values
        self._name.setText(str(values.get("name") or _("(no name)")))
        parts = (facts.code, values.get("investor"))
        self._meta.setText(" · ".join(str(part) for part in parts if part))
        stage, status = str(values.get("stage") or "lead"), str(values.get("status") or "active")
        self._avatar.show_name(self._name.text())
        active = status == "active"
        self._status.setText(stage_name(stage, values) if active else status_name(status))
        set_tone(self._status, STAGE_TONES.get(stage, "grey") if active else "grey")
        self._show_track(stage, values, facts.in_stage_days)
        self._show_waits(facts)
        self._hints.setText("\n".join(_("Hint: {hint}").format(hint=hint_text(each)) for each in facts.hints))
        self._hints.setVisible(bool(facts.hints))
        self._fills = {
            self.threshold: lambda: self.threshold.show_case(facts.case, facts.judgement, facts.rules, facts.on),
            self.match: lambda: self.match.show_match(facts.match, facts.weights),
            self.facts: lambda: self._show_facts(facts),
            self.first_report: lambda: self.first_report.show_ledger(facts.ledger, facts.guarded, facts.values),
            self.follow_up: lambda: self.follow_up.show_lead(facts.id, facts.follow_ups, facts.typed),
            self.history: lambda: self.history.show_changes(facts.changes, facts.shared, facts.undone),
        }
        self._fill_in_sight()
        self._later.start(LATER_MS)
        if other:
            self._scroll.verticalScrollBar().setValue(0)
        self.setAccessibleName(self._name.text())

    def _show_facts(self, facts: PeekFacts) -> None:
        sources = source_texts(facts.changes, facts.givers)
        self.facts.show_values(facts.values, sources, origin_texts(facts.origins))

    def is_filled(self) -> bool:
        """Return whether every card shows the lead, also those out of sight."""
        return not self._fills

    def _fill_in_sight(self) -> None:
        """Fill the cards of the part shown; the others wait, so that a lead is there at once."""
        for card in self._parts[self.tabs.tabText(self.tabs.currentIndex())]:
            self._fill(card)

    def _fill_next(self) -> None:
        """Fill one of the cards out of sight, and the next one in the next turn."""
        if self._fills:
            self._fill(next(iter(self._fills)))
            self._later.start(0)

    def _fill(self, card: QWidget) -> None:
        fill = self._fills.pop(card, None)
        if fill is not None:
            fill()

    def put_walking(self, walking: QWidget) -> None:
        """Put the way to the leads before and behind where it is always in sight."""
        self._walk_place.addWidget(walking)

    def begin_follow_up(self) -> None:
        """Put the cursor where the next follow-up is written."""
        self.tabs.setCurrentIndex(list(self._parts).index(_("Follow-ups")))
        self.follow_up.entry.setFocus()

    def _place_of(self, card: QWidget) -> int:
        return list(self._parts.values()).index((card,))

    def _show_track(self, stage: str, values: Mapping[str, Any], days: int | None) -> None:
        while (item := self._track_place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        reached = [code for code in TRACK if PLACES[code] <= PLACES[stage]]
        names = [stage_name(code, values) for code in TRACK]
        self._track_place.addWidget(StageTrack(names, len(reached) - 1, self._tokens))
        text = _("Stage {stage}, step {place} of {all}").format(
            stage=stage_name(stage, values), place=PLACES[stage] + 1, all=len(STAGES)
        )
        if days is not None:
            text += _("; in it for {days} days").format(days=days)
        self._in_stage.setText(text)

    def _show_waits(self, facts: PeekFacts) -> None:
        """Show the response clocks that are not done, and a stage or a silence that is longer than its limit."""
        told = [clock_text(clock, facts.on) for clock in facts.clocks if clock.state is not ClockState.DONE]
        told += [rest_text(rest) for rest in facts.rests if rest.is_over]
        told += [protection_text(facts.guarded)] if facts.guarded.state in (Guard.LAPSING, Guard.LAPSED) else []
        late = any(clock.state is ClockState.OVERDUE for clock in facts.clocks)
        years = {year: None for clock in facts.clocks for year in clock.unarranged}
        told += [unarranged_text(tuple(years))] if years else []
        self._waits.setText("\n".join(told))
        self._waits.setVisible(bool(told))
        restyle(self._waits, "tone", "bad" if late else "warn")

    def _make_head(self) -> QFrame:
        close = icon_button(Glyph.CLOSE, self._tokens, _("Close"), self.closed.emit)
        self._name.setMinimumWidth(80)
        names = column(self._name, self._meta, spacing=0)
        top = row(spacing=10)
        top.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        for widget in (self._status, close):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        head = QFrame()
        head.setObjectName("peekHead")
        layout = QVBoxLayout(head)
        layout.setContentsMargins(MARGIN, 12, MARGIN, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(self._track_place)
        self._in_stage.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it gives way
        self._in_stage.setWordWrap(True)
        self._walk_place = row(self._in_stage, spacing=6)
        self._walk_place.setStretch(0, 1)
        layout.addLayout(self._walk_place)
        layout.addWidget(self._waits)
        layout.addWidget(self._hints)
        layout.addSpacing(2)
        layout.addLayout(self._make_acts())
        layout.addWidget(self.tabs)
        return head

    def _make_acts(self) -> QHBoxLayout:
        """Make the buttons; where there is no room for the words of the documents, their marks alone are shown."""
        tokens = self._tokens
        self._documents = (
            (button(_("Brief"), self.brief_asked.emit, glyph=Glyph.PRINT, tokens=tokens), _("Brief")),
            (button(_("Dossier"), self.dossier_asked.emit, glyph=Glyph.PDF, tokens=tokens), _("Dossier")),
        )
        acts = row(
            button(_("Edit"), lambda: self.edit_asked.emit(""), role="soft", glyph=Glyph.EDIT, tokens=tokens),
            button(_("Change stage"), self.stage_asked.emit, glyph=Glyph.FORWARD, tokens=tokens),
            *(made for made, _words in self._documents),
            None,
            spacing=6,
        )
        self._acts = acts
        return acts

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the documents away where they do not fit."""
        super().resizeEvent(event)
        self._fit_acts()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure again: the style is known only now, and texts may have changed while it was out of sight."""
        super().showEvent(event)
        self._name.updateGeometry()
        self._fit_acts()

    def _fit_acts(self) -> None:
        """Leave the words of the documents away where the buttons with them would be cut."""
        for made, words in self._documents:
            made.setText(words)
        shown = [item.widget() for item in map(self._acts.itemAt, range(self._acts.count())) if item is not None]
        widths = [each.sizeHint().width() + self._acts.spacing() for each in shown if each is not None]
        if sum(widths) > self.width() - 2 * MARGIN:
            for made, words in self._documents:
                made.setText("")
                made.setToolTip(words)

    def _make_body(self) -> QScrollArea:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(MARGIN, 12, MARGIN - SCROLL_BAR, MARGIN)
        layout.setSpacing(12)
        for card in (self.threshold, self.match, self.facts, self.follow_up, self.history):
            layout.addWidget(card)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(_("The part of the lead that is shown"))
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setHorizontalScrollBarPolicy(scroll.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(scroll.verticalScrollBarPolicy().ScrollBarAlwaysOn)
        bar = scroll.verticalScrollBar()  # its room is always kept, so that the cards have one width
        bar.rangeChanged.connect(lambda _least, most: _show_handle(bar, shown=most > 0))
        return scroll

    def _show_part(self, place: int) -> None:
        wanted = self._parts[self.tabs.tabText(place)]
        self.threshold.set_compact(compact=len(wanted) > 1)
        for card in (self.threshold, self.match, self.facts, self.follow_up, self.history):
            card.setVisible(card in wanted)
        self._fill_in_sight()

    def _wire(self) -> None:
        for signal in (self.threshold.add_asked, self.match.add_asked, self.facts.edit_asked):
            signal.connect(self.edit_asked.emit)
        self.threshold.sheet_asked.connect(self.sheet_asked.emit)
        self.threshold.whole_asked.connect(lambda: self.tabs.setCurrentIndex(self._place_of(self.threshold)))
        self.follow_up.written.connect(self.follow_up_written.emit)
        self.follow_up.draft_changed.connect(self.follow_up_typed.emit)
        self.history.undo_asked.connect(self.undo_asked.emit)
        self.first_report.report_asked.connect(self.report_asked.emit)
        for card in (self.threshold, self.match, self.facts, self.first_report, self.follow_up, self.history):
            card.emptied.connect(self._turns.start)


def _show_handle(bar: QScrollBar, *, shown: bool) -> None:
    """Show the handle of a scroll bar where there is something to scroll."""
    bar.setProperty("idle", "false" if shown else "true")
    bar.style().unpolish(bar)
    bar.style().polish(bar)
