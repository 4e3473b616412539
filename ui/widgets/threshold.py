"""What threshold cards are made of: a line of the rules held against a project, the remedies, round slider steps.

Numbers and sentences are the core's; what more than one page shows stands here once (ui_design §12).
"""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from crm.domain.thresholds.explain import figure_down, figure_up, reason_text
from crm.domain.thresholds.judgement import Judgement, LineResult
from crm.domain.thresholds.reasoning import REMEDY_CODES
from crm.i18n import N_, _
from ui.icons import Glyph, picture
from ui.theme.tokens import Tokens
from ui.widgets.bars import RequirementBar
from ui.widgets.labels import column, label, pill, row

MEASURES = {
    "project_tax": N_("Tax of the project (10k yuan a year)"),
    "tax_per_mu": N_("Tax per mu (10k yuan a year)"),
    "tax_by_land": N_("Tax against the land (10k yuan a year)"),
}
SLIDER_STEPS = 400
TWICE = Decimal(2)
_WHOLE = re.compile(r"(?<![\d.])\d{4,}")


def result_lines(test: LineResult, tokens: Tokens) -> QVBoxLayout:
    """Return one line of the rules: its name, what is brought and required, by how much, and a bar with a tick."""
    least, actual = test.least.low, test.actual.low if test.actual is not None else None
    name = _(MEASURES[test.measure])
    brought = thousands(figure_down(test.actual)) if test.actual is not None else _("not known")
    wanted = _("required ≥ {least}").format(least=thousands(figure_up(test.least)))
    lines = column(spacing=6)
    head = row(label(name, "second", wrap=True), spacing=6)
    head.setStretch(0, 1)
    if test.met is not None:
        head.addWidget(pill(thousands(gap_text(test)), "ok" if test.met else "bad"))
    lines.addLayout(head)
    lines.addLayout(row(label(brought, "card"), None, label(wanted, "second")))
    if actual is not None and least is not None:
        shade = {True: "ok", False: "bad", None: "warn"}[test.met]
        lines.addWidget(RequirementBar(actual, least, shade, tokens, f"{name}：{brought} / {wanted}"))
        lines.addSpacing(4)
    return lines


def remedy_lines(judgement: Judgement, tokens: Tokens) -> QVBoxLayout | None:
    """Return what would make it pass, any one of these; None: nothing is to be mended."""
    found = [one for one in judgement.reasons if one.code in REMEDY_CODES]
    if not found:
        return None
    lines = column(label(_("What would make it pass (any one of these)"), "second"), spacing=6)
    for one in found:
        mark = QLabel()
        glyph = Glyph.LESS if "land" in one.code else Glyph.MORE_TAX
        mark.setPixmap(picture(glyph, tokens.primary.strong, 16))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = row(mark, spacing=6)
        line.addWidget(label(reason_text(one), wrap=True), 1)
        lines.addLayout(line)
    return lines


def gap_text(test: LineResult) -> str:
    """Return whether a line is reached and by how much: what is over it rounded down, what lacks rounded up."""
    if test.gap is None or test.gap.low is None or test.gap.high is None:
        return _("✓ reached") if test.met else _("✗ not reached")
    if test.met:
        return _("✓ reached, {gap} over").format(gap=figure_down(test.gap))
    return _("✗ not reached, {gap} below").format(gap=figure_up(test.gap))


def thousands(figures: str) -> str:
    """Return figures with separators before every three digits of their whole parts."""
    return _WHOLE.sub(lambda found: f"{int(found[0]):,}", figures)


def slider_step(value: Decimal) -> Decimal:
    """Return a round step, so that the slider reaches about twice the value."""
    rough = (value * TWICE or Decimal(1)) / SLIDER_STEPS
    power = Decimal(1).scaleb(rough.adjusted())
    return next(step * power for step in (1, Decimal("2.5"), 5, 10) if step * power >= rough)
