"""The threshold card: what is required, what the project brings, what would make it pass, and what if.

Numbers and sentences are the core's; the card only places them (ui_design §12, decisions 22–29, 46).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QSlider, QVBoxLayout, QWidget

from crm.domain.quantities import Land, Money
from crm.domain.quantities.display import show_mu, show_wan
from crm.domain.thresholds.alternatives import Alternative, alternatives
from crm.domain.thresholds.case import Case
from crm.domain.thresholds.explain import (
    area_text,
    conclusion,
    explain,
    field_text,
    figure_down,
    figure_up,
    verdict_text,
)
from crm.domain.thresholds.judgement import Judgement, Verdict
from crm.domain.thresholds.judging import judge
from crm.domain.thresholds.rules import RuleSet
from crm.i18n import _
from ui.icons import Glyph
from ui.theme.tokens import VERDICT_TONES, Tokens
from ui.widgets.elided import ElidedLabel
from ui.widgets.labels import Card, boxed, button, column, label, pill, row, rule, set_tone
from ui.widgets.threshold import SLIDER_STEPS, remedy_lines, result_lines, slider_step, thousands


class ThresholdCard(Card):
    """The verdict of one lead."""

    add_asked = Signal(str)  # code of a missing field
    sheet_asked = Signal()
    whole_asked = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Land threshold"), Glyph.THRESHOLD, tokens, parent)
        self._pill = pill("", "grey")
        self.head.addWidget(self._pill)
        self._case: Case | None = None
        self._rules: RuleSet | None = None
        self._on = date.min
        self._what_if: _WhatIf | None = None
        self._make_whole: Callable[[], None] | None = None  # makes the whole conclusion and the sliders
        self._compact = False
        self._whole: list[QWidget] = []  # what is shown only where there is room for all of it
        self._short: list[QWidget] = []  # what stands in its place elsewhere

    def set_compact(self, *, compact: bool) -> None:
        """Show the verdict and what would change it, or also the whole conclusion and the sliders."""
        self._compact = compact
        if not compact and self._make_whole is not None:
            make, self._make_whole = self._make_whole, None
            make()
        for widget in self._whole:
            widget.setVisible(not compact)
        for widget in self._short:
            widget.setVisible(compact)

    def show_case(self, case: Case, judgement: Judgement, rules: RuleSet, on: date) -> None:
        """Show what the core says about a lead."""
        self._case, self._rules, self._on = case, rules, on
        self.clear_body()
        self._whole, self._short = [], []
        self._pill.setText(verdict_text(judgement.verdict))
        set_tone(self._pill, VERDICT_TONES[judgement.verdict])
        self.note.setText(area_text(judgement.area) if judgement.area else "")
        self.setAccessibleDescription(conclusion(judgement))
        for test in judgement.tests:
            self.body.addWidget(boxed(result_lines(test, self._tokens)))
        self._add_missing(judgement)
        remedies = remedy_lines(judgement, self._tokens)
        if remedies is not None:
            self.body.addWidget(rule())
            self.body.addWidget(boxed(remedies))
        self._add_alternatives(alternatives(case, judgement, rules, on))
        self._add_conclusion(judgement)
        place = column(spacing=self.body.spacing())
        self.body.addLayout(place)
        self._what_if, self._make_whole = None, partial(self._fill_whole, place, case, judgement)
        copy = button(
            _("Copy conclusion"), lambda: QGuiApplication.clipboard().setText(explain(judgement)), role="link"
        )
        sheet = button(_("Calculation sheet"), self.sheet_asked.emit, role="link")
        whole = button(_("Details and what if"), self.whole_asked.emit, role="link")
        self._short.append(whole)
        self._whole.append(copy)
        self.body.addLayout(row(whole, copy, sheet, None, spacing=4))
        self.set_compact(compact=self._compact)

    def _add_missing(self, judgement: Judgement) -> None:
        if not judgement.missing:
            return
        self.body.addWidget(label(_("What is missing"), "card"))
        for code in judgement.missing:
            line = row(label(field_text(code), tone="warn"), None)
            says = _("Add: {field}").format(field=field_text(code))
            line.addWidget(button(_("Add"), partial(self.add_asked.emit, code), role="link", says=says))
            self.body.addLayout(line)

    def _add_alternatives(self, others: tuple[Alternative, ...]) -> None:
        if not others:
            return
        self.body.addWidget(rule())
        self.body.addWidget(label(_("In another area (a real plot must be there)"), "second"))
        for one in others:
            line = row(ElidedLabel(area_text(one.area)))
            line.setStretch(0, 1)
            if one.required is not None:
                least = thousands(figure_up(one.required))
                line.addWidget(label(_("required ≥ {least}").format(least=least), "meta"))
            if one.verdict is Verdict.NOT_MET and one.gap_tax is not None:
                gap = thousands(figure_up(one.gap_tax))
                line.addWidget(label(_("{gap} below").format(gap=gap), "meta", tone="bad"))
            line.addWidget(pill(verdict_text(one.verdict), VERDICT_TONES[one.verdict]))
            self.body.addLayout(line)

    def _add_conclusion(self, judgement: Judgement) -> None:
        """Add what the rules say, in a line with their name."""
        source = _("based on {rules}").format(rules=judgement.rule_set_label)
        self.body.addWidget(rule())
        short = label(f"{conclusion(judgement)}　{source}", "meta", wrap=True)
        self.body.addWidget(short)
        self._short.append(short)

    def _fill_whole(self, place: QVBoxLayout, case: Case, judgement: Judgement) -> None:
        """Add what the rules say as the whole paragraph a sheet prints, and the sliders."""
        quote = QFrame()
        quote.setObjectName("quote")
        inner = QVBoxLayout(quote)
        inner.setContentsMargins(10, 8, 10, 8)
        inner.addWidget(label(explain(judgement), "second", wrap=True))
        place.addWidget(quote)
        self._whole.append(quote)
        self._add_what_if(place, case, judgement)
        self.emptied.emit()

    def _add_what_if(self, place: QVBoxLayout, case: Case, judgement: Judgement) -> None:
        single = not case.plots and not case.phases and not case.tax_by_year and case.area is not None
        foreign = case.annual_tax is not None and case.annual_tax.currency != "CNY"
        if not single or foreign or judgement.verdict is Verdict.NOT_APPLICABLE or self._rules is None:
            return
        self._what_if = _WhatIf(case, self._ask, self._tokens)
        line = rule()
        place.addWidget(line)
        place.addWidget(self._what_if)
        self._whole += [line, self._what_if]

    def _ask(self, case: Case) -> Judgement:
        if self._rules is None:
            raise RuntimeError("no case is shown")
        return judge(case, self._rules, self._on)

    @property
    def what_if(self) -> _WhatIf | None:
        """The sliders, or None where they make no sense."""
        return self._what_if


class _WhatIf(QWidget):
    """Two sliders, land and tax; the verdict follows live and nothing is stored."""

    def __init__(self, case: Case, ask: Callable[[Case], Judgement], tokens: Tokens) -> None:
        super().__init__()
        self._case, self._ask = case, ask
        land = case.land.low if case.land is not None and case.land.low is not None else Decimal(25)
        tax = case.annual_tax.low if case.annual_tax is not None and case.annual_tax.low is not None else Decimal(5000)
        self._land_step = slider_step(land)
        self._tax_step = slider_step(tax)
        self.land = self._slider(land, self._land_step, _("Land, what if"))
        self.tax = self._slider(tax, self._tax_step, _("Tax, what if"))
        self._rest = self.land.value(), self.tax.value()
        self._land_text, self._tax_text = label(""), label("")
        self.answer = pill("", "grey")
        self.words = label("", "meta", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(label(_("What if (not saved)"), "second"), None, self.answer))
        for name, slider, text in ((_("Land"), self.land, self._land_text), (_("Tax"), self.tax, self._tax_text)):
            text.setMinimumWidth(tokens.px(110))
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            layout.addLayout(row(label(name, "second"), slider, text))
        layout.addWidget(self.words)
        self._show()

    def _slider(self, value: Decimal, step: Decimal, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(1, SLIDER_STEPS)
        slider.setValue(max(1, min(SLIDER_STEPS, int(value / step))))
        slider.setAccessibleName(name)
        slider.valueChanged.connect(lambda _value: self._show())
        return slider

    def _figures(self) -> tuple[Land | None, Money | None]:
        """Return land and tax; of a slider that was not moved the lead's own figure, to the last digit, or None."""
        land, tax = self.land.value() * self._land_step, self.tax.value() * self._tax_step
        return (
            self._case.land if self.land.value() == self._rest[0] else Land(land, land),
            self._case.annual_tax if self.tax.value() == self._rest[1] else Money(tax, tax),
        )

    def _show(self) -> None:
        if not hasattr(self, "words"):
            return
        land, tax = self._figures()
        self._land_text.setText(_ends(land, show_mu, _("{land} mu"), "land"))
        self._tax_text.setText(_ends(tax, show_wan, _("{tax} (10k yuan)"), "tax"))
        case = replace(self._case, land=land, annual_tax=tax)
        answer = self._ask(case)
        self.answer.setText(verdict_text(answer.verdict))
        set_tone(self.answer, VERDICT_TONES[answer.verdict])
        required = thousands(figure_up(answer.required)) if answer.required is not None else _("not known")
        self.words.setText(
            _("Required {required}, at most {land} mu for this tax").format(
                required=required, land=figure_down(answer.max_land, 5) if answer.max_land is not None else "—"
            )
        )


def _ends(figure: Land | Money | None, show: Callable[[Decimal], str], form: str, name: str) -> str:
    """Return a figure in words, a range by its two ends, what is unknown as such."""
    if figure is None:
        return _("not known")
    ends = dict.fromkeys(show(end) for end in (figure.low, figure.high) if end is not None)
    return form.format(**{name: "–".join(ends)})
