"""Entering a report of a lead: a further one, a completion, or a correction; the ledger only grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from crm.domain.fields.kinds.choices import REPORT_KINDS
from crm.i18n import _
from ui.errors import words
from ui.leads.first_report_card import entry_text
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import GrowingDialog, fit_dialog
from ui.widgets.labels import button, label, name_box, row

if TYPE_CHECKING:
    from crm.domain.companies.claims import Entry


class FirstReportDialog(GrowingDialog):
    """One entry; it asks and changes nothing."""

    agreed = Signal(object)  # field name -> text

    def __init__(
        self, name: str, entries: Sequence[Entry], officer: str, tokens: Tokens, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Enter a report"))
        fit_dialog(self, tokens.px(560), tokens.px(420))
        self.kind, self.corrects = QComboBox(), QComboBox()
        for choice in (REPORT_KINDS[1], REPORT_KINDS[0], REPORT_KINDS[2]):
            self.kind.addItem(_(choice.label), choice.code)
        for entry in entries:
            if entry.code:
                self.corrects.addItem(entry_text(entry), entry.code)
        self.lines = {field: QLineEdit() for field in ("reporter", "bureau", "reported_at", "referrer", "proof")}
        self.lines["received_at"], self.reason = QLineEdit(), QLineEdit()
        self.lines["reporter"].setText(officer)
        self.lines["reported_at"].setPlaceholderText("2026-11-03 09:12")
        titles = {
            "reporter": _("Reported by"),
            "bureau": _("Unit reported for"),
            "reported_at": _("Reported at"),
            "referrer": _("Referrer of the report"),
            "proof": _("Proof of the report"),
            "received_at": _("Received by the bureau's book at"),
        }
        self.form = QFormLayout()
        self._add(_("Kind of report"), self.kind)
        for field, line in self.lines.items():
            self._add(titles[field], line)
        self._add(_("Corrects the entry"), self.corrects)
        self._add(_("Reason"), self.reason)
        for box, title in ((self.kind, _("Kind of report")), (self.corrects, _("Corrects the entry"))):
            name_box(box, title)
        self.message = label("", tone="bad", wrap=True)
        self.message.hide()
        self.keep = button(_("Enter"), self._agree, role="primary")
        self.keep.setShortcut("Ctrl+Return")
        intro = _("{name}: the ledger of first reports is only added to; an entry is never changed.").format(name=name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label(intro, wrap=True))
        layout.addLayout(self.form, 1)
        layout.addWidget(self.message)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), self.keep))
        self.kind.currentIndexChanged.connect(lambda _place: self._show_correction())
        self._show_correction()

    def refuse(self, error: BaseException) -> None:
        """Say why it was not entered."""
        self.message.setText(words(error))
        self.message.show()
        self.keep.setEnabled(True)

    def _add(self, title: str, widget: QWidget) -> None:
        widget.setAccessibleName(title)
        self.form.addRow(label(title, "second"), widget)

    def _show_correction(self) -> None:
        correcting = self.kind.currentData() == "correction"
        for widget in (self.corrects, self.reason):
            self.form.setRowVisible(widget, correcting)

    def _agree(self) -> None:
        self.keep.setEnabled(False)
        values = {field: line.text().strip() for field, line in self.lines.items()}
        values["kind"] = str(self.kind.currentData())
        if values["kind"] == "correction":
            values |= {"corrects": str(self.corrects.currentData() or ""), "reason": self.reason.text().strip()}
        self.agreed.emit({field: text for field, text in values.items() if text})
