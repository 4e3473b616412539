"""What holds in one area class: required, brought, by how much, what would mend it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm.domain.thresholds.explain import (
    area_text,
    conclusion,
    explain,
    field_text,
    figure_down,
    figure_up,
    verdict_text,
)
from crm.domain.thresholds.judgement import Judgement
from crm.i18n import _
from ui.icons import Glyph
from ui.theme.tokens import VERDICT_TONES, Tokens
from ui.widgets.labels import Card, boxed, button, label, pill, row, rule, set_tone
from ui.widgets.threshold import remedy_lines, result_lines, thousands


class AreaCard(Card):
    """The verdict on the figures, were the site in this area class."""

    save_asked = Signal(str)  # code of the area class
    copied = Signal(str)  # the conclusion in words

    def __init__(self, area: str, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(area_text(area), Glyph.THRESHOLD, tokens, parent)
        self._area = area
        self.verdict = pill("", "grey")
        self.head.addWidget(self.verdict)
        self._said = ""

    def show_judgement(self, judgement: Judgement) -> None:
        """Show the verdict with the lines it rests on."""
        self.clear_body()
        self._said = explain(judgement)
        self.verdict.setText(verdict_text(judgement.verdict))
        set_tone(self.verdict, VERDICT_TONES[judgement.verdict])
        self.setAccessibleDescription(conclusion(judgement))
        self._add_needed(judgement)
        for result in judgement.tests:
            self.body.addWidget(boxed(result_lines(result, self._tokens)))
        for code in judgement.missing:
            self.body.addWidget(label(_("Missing: {field}").format(field=field_text(code)), tone="warn", wrap=True))
        remedies = remedy_lines(judgement, self._tokens)
        if remedies is not None:
            self.body.addWidget(rule())
            self.body.addWidget(boxed(remedies))
        self._add_sources(judgement)
        self.body.addStretch(1)
        self._add_acts()

    def _add_needed(self, judgement: Judgement) -> None:
        """Say in a line what this land needs at least and how much land this tax carries."""
        told = []
        if judgement.required is not None:
            told.append(_("needs {tax} (10k yuan) a year").format(tax=thousands(figure_up(judgement.required))))
        if judgement.max_land is not None:
            told.append(_("this tax carries {land} mu").format(land=figure_down(judgement.max_land, 5)))
        if told:
            self.body.addWidget(label(_("; ").join(told), "second", wrap=True))

    def _add_sources(self, judgement: Judgement) -> None:
        self.body.addWidget(rule())
        for each in judgement.rules:
            self.body.addWidget(label(each.quote, "meta", wrap=True))
        source = _("based on {rules}").format(rules=judgement.rule_set_label)
        self.body.addWidget(label(f"{conclusion(judgement)}　{source}", "meta", wrap=True))

    def _add_acts(self) -> None:
        name = area_text(self._area)
        save, copy = _("Save as lead"), _("Copy conclusion")
        asked = partial(self.save_asked.emit, self._area)
        says = _("{what}: {name}")
        self.body.addLayout(
            row(
                button(save, asked, role="link", says=says.format(what=save, name=name)),
                button(copy, self._copy, role="link", says=says.format(what=copy, name=name)),
                None,
                spacing=4,
            )
        )

    def _copy(self) -> None:
        self.copied.emit(self._said)
