"""Two records side by side: why they may be one, who was first, what people decided, what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from crm.domain.companies.claims_explain import moment_text
from crm.domain.companies.explain import explain_duplicate, likelihood_word
from crm.domain.documents import document_word
from crm.domain.fields.masking import masked
from crm.domain.fields.registry import RECORD_FIELDS, Field
from crm.domain.fields.writing import value_to_text
from crm.i18n import _
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, boxed, button, label, pill, row, rule, set_tone

if TYPE_CHECKING:
    from crm.queries.duplicates import LeadPair

TOP = Qt.AlignmentFlag.AlignTop
TONES = {"certain": "bad", "likely": "warn", "possible": "grey"}

SHOWN: Mapping[str, tuple[str, ...]] = {
    "leads": (
        "name",
        "investor",
        "credit_code",
        "first_reported_at",
        "first_reporter",
        "bureau",
        "owner",
        "stage",
        "status",
        "planned_investment",
        "land",
        "contact",
        "contact_phone",
        "address",
    ),
    "enterprises": (
        "name",
        "former_names",
        "aliases",
        "credit_code",
        "company_group",
        "industry",
        "leads",
        "address",
        "owner",
        "bureau",
    ),
}
"""Fields that are compared, in their order; those that neither knows are left out."""


class PairCard(Card):
    """It shows and asks; the page does."""

    merge_asked = Signal()
    decide_asked = Signal()
    print_asked = Signal()
    record_asked = Signal(int)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Compared"), Glyph.COPY, tokens, parent)
        self._mark = pill("", "grey")
        self.head.addWidget(self._mark)
        self.merge = button(_("Merge …"), self.merge_asked.emit, role="primary")
        self.decide = button(_("Decide …"), self.decide_asked.emit)
        self.sheet = button(
            document_word("coordination_sheet"), self.print_asked.emit, glyph=Glyph.PRINT, tokens=tokens
        )
        self.merge.setShortcut("Alt+M")
        self.decide.setShortcut("Alt+D")
        self.outer.addLayout(row(self.merge, self.decide, self.sheet, None))

    def show_pair(
        self, kind: str, pair: LeadPair, one: Mapping[str, Any], other: Mapping[str, Any], *, may_change: bool
    ) -> None:
        """Show a pair; contacts are masked."""
        self.clear_body()
        self._mark.setText(likelihood_word(pair.likelihood))
        set_tone(self._mark, TONES[pair.likelihood.value])
        for words in explain_duplicate(pair.reasons):
            self.body.addWidget(label(words, wrap=True))
        self.body.addWidget(label(_first(kind, pair), "second", wrap=True))
        if pair.decided is not None:
            from crm.queries.decisions import decided_text  # noqa: PLC0415  (not before the first paint)

            tone = "warn" if pair.decided.reopened else ""
            self.body.addWidget(label(decided_text(pair.decided), tone=tone, wrap=True))
        self.body.addWidget(rule())
        self.body.addWidget(boxed(self._grid(kind, pair, one, other)))
        self.merge.setEnabled(may_change)
        self.decide.setEnabled(may_change)
        self.sheet.setVisible(kind == "leads")

    def _grid(self, kind: str, pair: LeadPair, one: Mapping[str, Any], other: Mapping[str, Any]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, self._tokens.px(84))
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
        for place, record in ((1, pair.a), (2, pair.b)):
            says = _("Open {code}").format(code=record.code)
            grid.addWidget(
                button(record.code, partial(self.record_asked.emit, record.id), role="link", says=says), 0, place
            )
        names = [name for name in SHOWN[kind] if one.get(name) is not None or other.get(name) is not None]
        for line, name in enumerate(names, 1):
            field = RECORD_FIELDS[kind][name]
            differ = None not in (one.get(name), other.get(name)) and one[name] != other[name]
            grid.addWidget(label(_(field.label), "second", wrap=True), line, 0, TOP)
            for place, values in ((1, one), (2, other)):
                grid.addWidget(_value(field, values.get(name), differ=differ), line, place, TOP)
        return grid


def _value(field: Field, value: Any, *, differ: bool) -> QLabel:  # noqa: ANN401  (a value of any field)
    text = "—" if value is None else masked(field, value_to_text(field, value))
    made = label(text, "second" if value is None else "", wrap=True)
    if differ:
        font = made.font()
        font.setWeight(QFont.Weight.DemiBold)
        made.setFont(font)
    return made


def _first(kind: str, pair: LeadPair) -> str:
    """Return who was first and by what, or that the times do not tell."""
    if kind != "leads":
        return _("One enterprise stays under all its names; its projects come together.")
    if pair.first is None:
        return _("The times of first report do not tell who was first.")
    other = pair.b if pair.first.id == pair.a.id else pair.a
    return _("Reported first: {reporter} ({code}), {at}; the other {other_at}.").format(
        reporter=pair.first.reporter or _("not filled in"),
        code=pair.first.code,
        at=moment_text(pair.first.reported_at),
        other_at=moment_text(other.reported_at),
    )
