"""Preferences of the database: dated rules, weights and dictionaries; those of this machine open in their dialog."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from crm.i18n import _
from ui.icons import Glyph
from ui.preferences.limits_pane import LimitsPane
from ui.preferences.rules_pane import RulesPane
from ui.preferences.weights_pane import WeightsPane
from ui.preferences.words_pane import WordsPane
from ui.widgets.labels import button, row

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.domain.matching.weights import Weights
    from ui.desk import Desk

RULES, WEIGHTS, LIMITS, WORDS = range(4)


class PreferencesPage(QWidget):
    """Four panes of dated data."""

    machine_asked = Signal()
    matching_asked = Signal()

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the preferences"))
        self.tabs.setExpanding(False)
        self.rules, self.weights, self.words = RulesPane(desk, today), WeightsPane(desk, today), WordsPane(desk, today)
        self._parts = QStackedWidget()
        self.limits = LimitsPane(desk, today)
        panes: tuple[tuple[str, QWidget], ...] = (
            (_("Threshold rules"), self.rules),
            (_("Weights"), self.weights),
            (_("Limits of time"), self.limits),
            (_("Dictionaries"), self.words),
        )
        for title, pane in panes:
            self.tabs.addTab(title)
            self._parts.addWidget(pane)
        machine = button(
            _("Language, look, fonts, backup"), self.machine_asked.emit, glyph=Glyph.SETTINGS, tokens=desk.tokens
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        head = row(self.tabs, None, machine)
        layout.addLayout(head)
        layout.addWidget(self._parts, 1)
        self.tabs.currentChanged.connect(self._parts.setCurrentIndex)
        self.weights.matching_asked.connect(self.matching_asked.emit)

    def news(self, news: Committed) -> None:
        """Look again after a change of dated data."""
        if news.kinds & {"rule", "rule_set"}:
            self.rules.reload()
        if "entry" in news.kinds:
            self.weights.reload()
            self.words.reload()
            self.limits.reload()

    def keep_weights(self, weights: Weights) -> None:
        """Ask for what a version needs, to keep weights that were tried."""
        self.tabs.setCurrentIndex(WEIGHTS)
        self.weights.take(weights)
