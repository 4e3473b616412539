"""Who reported a lead first and why, until when that is protected, and every entry of its ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crm.domain.companies.claims import Guard, missing_of_report
from crm.domain.companies.claims_explain import (
    explain_first,
    missing_text,
    moment_text,
    protection_text,
    report_kind_word,
)
from crm.domain.deadlines.explain import unarranged_text
from crm.domain.fields.registry import LEAD_FIELDS
from crm.i18n import _, pgettext
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, label, rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from crm.domain.companies.claims import Entry, Ledger, Protection

TONES = {Guard.LAPSING: "warn", Guard.LAPSED: "bad", Guard.HELD: "ok"}


class FirstReportCard(Card):
    """The ledger of one lead; it asks for an entry and makes none."""

    report_asked = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("First report"), Glyph.LOCK, tokens, parent)
        self.report = button(_("Enter a report"), self.report_asked.emit, role="link")
        self.head.addWidget(self.report, 0, Qt.AlignmentFlag.AlignTop)

    def show_ledger(self, ledger: Ledger, guarded: Protection, values: Mapping[str, Any]) -> None:
        """Show whose the lead is, why, and until when; then the entries."""
        self.clear_body()
        first = ledger.first
        unit = first.entry.unit if first is not None else _("not known")
        self.body.addWidget(label(_("First: {unit}").format(unit=unit), "card", wrap=True))
        for words in explain_first(ledger.reasons):
            self.body.addWidget(label(words, wrap=True))
        self.body.addWidget(label(protection_text(guarded), tone=TONES.get(guarded.state, ""), wrap=True))
        if guarded.unarranged:
            self.body.addWidget(label(unarranged_text(guarded.unarranged), "meta", wrap=True))
        missing = missing_of_report(values)
        if missing:
            told = _("Still a preliminary report; missing: {fields}").format(
                fields=missing_text(missing, lambda name: _(LEAD_FIELDS[name].label))
            )
            self.body.addWidget(label(told, "second", wrap=True))
        self.body.addWidget(rule())
        for entry in ledger.entries:
            self.body.addWidget(label(entry_text(entry), "second", wrap=True))


def entry_text(entry: Entry) -> str:
    """Return an entry in one line: when, what kind, who, for whom, by whom referred, with what proof."""
    parts = [moment_text(entry.at), report_kind_word(entry.kind), entry.bureau]
    if entry.reporter != entry.bureau:
        parts.append(entry.reporter)
    if entry.referrer:
        parts.append(_("referred by {name}").format(name=entry.referrer))
    if entry.proof:
        parts.append(_("proof: {text}").format(text=entry.proof))
    if entry.received_at is not None:
        parts.append(_("received {at}").format(at=moment_text(entry.received_at)))
    if not entry.code:
        parts.append(_("registration of the lead"))
    return pgettext("between the parts of a line", " · ").join(part for part in parts if part)
