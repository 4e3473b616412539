"""The last page of the wizard: what was written, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm.i18n import _
from ui.icons import Glyph
from ui.imports.preview import Preview
from ui.imports.rows_step import ACTIONS
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, clear, label, pill, row

OF_LEADS = ("leads", "follow-ups", "contacts")
TONES = {"new": "ok", "changed": "info", "same": "grey", "doubtful": "warn", "faulty": "bad", "skipped": "grey"}


class ResultStep(QWidget):
    """Tells what an import did."""

    leads_asked = Signal()
    undo_asked = Signal(int)
    rows_asked = Signal()
    faulty_asked = Signal()
    another_asked = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self.undo = self.first = button("")
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(12)

    def show_preview(self, preview: Preview) -> None:
        """Show what was written."""
        clear(self._body)
        imported = preview.imported
        card = Card(imported.file, Glyph.CHECK, self._tokens)
        nothing = imported.batch is None
        told = _("Imported as number {number}: {new} new, {changed} changed, {same} the same.")
        if nothing:
            told = _("Nothing had to be written: all of it is known.")
        card.body.addWidget(label(told.format(number=imported.batch, **imported.counts), wrap=True))
        card.body.addLayout(count_pills(preview))
        if imported.counts.get("held"):
            held = _("{number} rows look like known leads; they wait for an answer.")
            card.body.addWidget(label(held.format(number=imported.counts["held"]), tone="warn", wrap=True))
        acts = row(None, spacing=8)
        acts.takeAt(0)
        if preview.kind in OF_LEADS:
            self.first = button(_("Show the leads"), self.leads_asked.emit, role="primary")
            acts.addWidget(self.first)
        rows = button(_("Look at the rows"), self.rows_asked.emit)
        acts.addWidget(rows)
        if preview.kind != "leads":
            self.first = rows
        if not nothing:
            number = int(imported.batch or 0)
            self.undo = button(_("Undo this import"), lambda: self._take_back(number))
            acts.addWidget(self.undo)
        if preview.by_action.get("faulty"):
            acts.addWidget(button(_("Save the faulty rows as a workbook"), self.faulty_asked.emit))
        acts.addWidget(button(_("Import another file"), self.another_asked.emit, role="link"))
        acts.addStretch(1)
        card.body.addLayout(acts)
        self._body.addWidget(card)
        self._body.addStretch(1)

    def _take_back(self, number: int) -> None:
        self.undo.setEnabled(False)  # twice would make it again
        self.undo_asked.emit(number)


def count_pills(preview: Preview) -> QHBoxLayout:
    """Return the counts of an import as marks side by side, with the rows that are no records."""
    marks = row(spacing=8)
    counts = {code: len(preview.by_action.get(code, ())) for code, _name in ACTIONS}
    for code, name in ACTIONS:
        if counts[code]:
            marks.addWidget(pill(f"{_(name)} {counts[code]:,}", TONES[code]))
    passed = preview.imported.counts.get("skipped", 0)
    if passed:
        marks.addWidget(pill(_("no records {count}").format(count=f"{passed:,}"), "grey"))
    marks.addStretch(1)
    return marks
