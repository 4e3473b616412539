"""What of the list leaves as a workbook, in which shape, and whether contacts go with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from crm.i18n import _, ngettext
from ui.theme.tokens import Tokens
from ui.widgets.labels import button, label, name_box, row

AS_SHOWN, FULL, FORM = "shown", "full", "form"
"""The columns of the list, every field, and a form of the bureau's own; the others are forms that bureaus keep."""


class ExportDialog(QDialog):
    """Asks for the shape, for purpose and recipient of contacts, and whether it leaves the country (S52)."""

    asked = Signal(str, str, str, str, str)  # shape; purpose, recipient (both or neither); abroad, basis

    def __init__(self, count: int, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Export"))
        self.resize(tokens.px(460), tokens.px(420))
        self.shape = QComboBox()
        name_box(self.shape, _("Shape"))
        for text, shape in (
            (_("Ledger with the columns of the list"), AS_SHOWN),
            (_("Ledger with every field"), FULL),
            (_("Weekly sheet"), "weekly"),
            (_("Monthly ledger with sections and sums"), "monthly"),
            (_("Flat list of the project system"), "flat"),
            (_("A form of your own …"), FORM),
        ):
            self.shape.addItem(text, shape)
        self.purpose, self.recipient = QLineEdit(), QLineEdit()
        self.purpose.setAccessibleName(_("Purpose"))
        self.recipient.setAccessibleName(_("Recipient"))
        self.abroad, self.basis = QLineEdit(), QLineEdit()
        self.abroad.setAccessibleName(_("Goes abroad to"))
        self.abroad.setPlaceholderText(_("country, region or station; empty: stays in the country"))
        self.basis.setAccessibleName(_("Basis for leaving the country"))
        for line in (self.purpose, self.recipient, self.abroad, self.basis):
            line.textChanged.connect(lambda _text: self._check())
        self.note = label("", "meta", wrap=True)
        self.take = button(_("Choose a place …"), self._take, role="primary")
        self.take.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(label(ngettext("{count} lead", "{count} leads", count).format(count=f"{count:,}"), "card"))
        layout.addWidget(self.shape)
        for text, line in (
            (_("Purpose"), self.purpose),
            (_("Recipient"), self.recipient),
            (_("Goes abroad to"), self.abroad),
            (_("Basis for leaving the country"), self.basis),
        ):
            layout.addWidget(label(text, "second"))
            layout.addWidget(line)
        layout.addWidget(self.note)
        layout.addStretch(1)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), self.take))
        self.shape.currentIndexChanged.connect(lambda _place: self._check())
        self._check()

    def _given(self) -> tuple[str, str]:
        return self.purpose.text().strip(), self.recipient.text().strip()

    def _check(self) -> None:
        """Say what goes out: contacts only with both purpose and recipient."""
        purpose, recipient = self._given()
        if purpose and recipient:
            self.note.setText(_("Contacts and confidential names are given in full; the history notes for whom."))
        elif purpose or recipient:
            self.note.setText(_("Contacts are given in full only with both purpose and recipient."))
        else:
            self.note.setText(_("Without purpose and recipient contacts are masked, confidential names left out."))
        abroad, form = bool(self.abroad.text().strip()), self.shape.currentData() == FORM
        if abroad and form:
            self.note.setText(_("A form of your own is filled for use in the country; choose a ledger to send abroad."))
        elif abroad and purpose and not self.basis.text().strip():
            self.note.setText(_("Personal data without a basis is stopped at the border, and the history notes it."))
        self.take.setEnabled(bool(purpose) is bool(recipient) and not (abroad and form))

    def _take(self) -> None:
        purpose, recipient = self._given()
        abroad, basis = self.abroad.text().strip(), self.basis.text().strip()
        self.asked.emit(str(self.shape.currentData()), purpose, recipient, abroad, basis)
        self.accept()
