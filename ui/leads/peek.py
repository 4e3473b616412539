"""What stands beside the list: one lead with its stages, threshold, matches, follow-ups and history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QTabBar, QVBoxLayout, QWidget

from crm.domain.stages.explain import stage_name, status_name
from crm.domain.stages.pipeline import PLACES, STAGES
from crm.i18n import _, pgettext
from ui.icons import Glyph
from ui.leads.facts_card import FactsCard, origin_texts, source_texts
from ui.leads.follow_up_card import FollowUpCard
from ui.leads.history_card import HistoryCard
from ui.leads.match_panel import MatchPanel
from ui.leads.threshold_card import ThresholdCard
from ui.theme.tokens import Tokens
from ui.widgets.bars import StageTrack
from ui.widgets.labels import button, icon_button, label, pill, row

if TYPE_CHECKING:
    from crm.queries.peek import PeekFacts

TRACK = ("lead", "assessment", "negotiation", "review", "signed", "land_supplied", "started", "production")
"""The stages the short track names; the others lie between them."""


class Peek(QFrame):
    """One lead; it shows and asks, and changes nothing itself."""

    edit_asked = Signal(str)
    stage_asked = Signal()
    brief_asked = Signal()
    dossier_asked = Signal()
    sheet_asked = Signal()
    follow_up_written = Signal(int, object)
    follow_up_typed = Signal(int, object)
    undo_asked = Signal(int, bool)  # change set; of this lead alone
    closed = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("peek")
        self.setMinimumWidth(320)
        self._tokens = tokens
        self._facts: PeekFacts | None = None
        self._name = label("", "record", wrap=True)
        self._meta = label("", "meta")
        self._status = pill("", "grey")
        self._track_place = QVBoxLayout()
        self._in_stage = label("", "meta")
        self.threshold, self.match = ThresholdCard(tokens), MatchPanel(tokens)
        self.facts, self.follow_up, self.history = FactsCard(tokens), FollowUpCard(tokens), HistoryCard(tokens)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the lead"))
        self._parts: dict[str, tuple[QWidget, ...]] = {
            _("Overview"): (self.threshold, self.match, self.follow_up),
            pgettext("tab", "Facts"): (self.facts,),
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
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._make_head())
        tabs = row(self.tabs, spacing=0)
        tabs.setContentsMargins(16, 0, 8, 0)
        layout.addLayout(tabs)
        layout.addWidget(self._scroll, 1)
        self.tabs.currentChanged.connect(self._show_part)
        self._wire()
        self._show_part(0)

    @property
    def facts_shown(self) -> PeekFacts | None:
        """What is shown, or None."""
        return self._facts

    def show_lead(self, facts: PeekFacts) -> None:
        """Show a lead."""
        other = self._facts is None or self._facts.id != facts.id
        self._facts = facts
        values = facts.values
        self._name.setText(str(values.get("name") or _("(no name)")))
        parts = (facts.code, values.get("investor"))
        self._meta.setText(" · ".join(str(part) for part in parts if part))
        stage, status = str(values.get("stage") or "lead"), str(values.get("status") or "active")
        self._status.setText(stage_name(stage, values) if status == "active" else status_name(status))
        self._show_track(stage, values, facts.in_stage_days)
        self.threshold.show_case(facts.case, facts.judgement, facts.rules, facts.on)
        self.match.show_match(facts.match, facts.weights)
        self.facts.show_values(values, source_texts(facts.changes, facts.givers), origin_texts(facts.origins))
        self.follow_up.show_lead(facts.id, facts.follow_ups, facts.typed)
        self.history.show_changes(facts.changes, facts.shared, facts.undone)
        if other:
            self._scroll.verticalScrollBar().setValue(0)
        self.setAccessibleName(self._name.text())

    def begin_follow_up(self) -> None:
        """Put the cursor where the next follow-up is written."""
        self.tabs.setCurrentIndex(list(self._parts).index(_("Follow-ups")))
        self.follow_up.entry.setFocus()

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

    def _make_head(self) -> QVBoxLayout:
        tokens = self._tokens
        close = icon_button(Glyph.CLOSE, tokens, _("Close"), self.closed.emit)
        top = row(self._name, spacing=6)
        top.setStretch(0, 1)
        top.addWidget(self._status)
        top.addWidget(close)
        acts = row(
            button(_("Edit"), lambda: self.edit_asked.emit(""), role="soft", glyph=Glyph.EDIT, tokens=tokens),
            button(_("Change stage"), self.stage_asked.emit, glyph=Glyph.FORWARD, tokens=tokens),
            button(_("Brief"), self.brief_asked.emit, glyph=Glyph.PRINT, tokens=tokens),
            button(_("Dossier"), self.dossier_asked.emit, glyph=Glyph.PDF, tokens=tokens),
            None,
            spacing=6,
        )
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(6)
        head.addLayout(top)
        head.addWidget(self._meta)
        head.addLayout(self._track_place)
        head.addWidget(self._in_stage)
        head.addLayout(acts)
        return head

    def _make_body(self) -> QScrollArea:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 8, 16, 16)
        layout.setSpacing(12)
        for card in (self.threshold, self.match, self.facts, self.follow_up, self.history):
            layout.addWidget(card)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setHorizontalScrollBarPolicy(scroll.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        return scroll

    def _show_part(self, place: int) -> None:
        wanted = self._parts[self.tabs.tabText(place)]
        for card in (self.threshold, self.match, self.facts, self.follow_up, self.history):
            card.setVisible(card in wanted)

    def _wire(self) -> None:
        for signal in (self.threshold.add_asked, self.match.add_asked, self.facts.edit_asked):
            signal.connect(self.edit_asked.emit)
        self.threshold.sheet_asked.connect(self.sheet_asked.emit)
        self.follow_up.written.connect(self.follow_up_written.emit)
        self.follow_up.draft_changed.connect(self.follow_up_typed.emit)
        self.history.undo_asked.connect(self.undo_asked.emit)
