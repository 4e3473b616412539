"""What people decided of two records that may be one: conclusion, who leads, why, by whom; both records stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crm.domain.fields.kinds.choices import CONCLUSIONS
from crm.i18n import _
from ui.duplicates.words import name
from ui.errors import words
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import GrowingDialog, fit_dialog
from ui.widgets.labels import button, label, name_box, row

if TYPE_CHECKING:
    from crm.queries.duplicates import LeadPair


class DecisionDialog(GrowingDialog):
    """One decision; it asks and changes nothing."""

    agreed = Signal(object, object)  # codes, the one that leads first; values of the decision

    def __init__(self, kind: str, pair: LeadPair, officer: str, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Decide on two records"))
        fit_dialog(self, tokens.px(560), tokens.px(440))
        self.conclusion, self.leads = QComboBox(), QComboBox()
        for choice in CONCLUSIONS:
            if kind == "leads" or choice.code in ("two_projects", "to_clarify"):
                self.conclusion.addItem(_(choice.label), choice.code)
        first = pair.b if pair.first is not None and pair.first.id == pair.b.id else pair.a
        for record in (first, pair.a if first is pair.b else pair.b):
            self.leads.addItem(name(record), record.code)
        self.decided_by, self.unit, self.joining = QLineEdit(officer), QLineEdit(first.reporter or ""), QLineEdit()
        self.document, self.reason = QLineEdit(), QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.message = label("", tone="bad", wrap=True)
        self.message.hide()
        self.keep = button(_("Keep the decision"), self._agree, role="primary")
        self.keep.setShortcut("Ctrl+Return")
        form = QFormLayout()
        lines: list[tuple[str, QWidget]] = [(_("Conclusion"), self.conclusion)]
        if kind == "leads":
            lines += [(_("Who leads"), self.leads), (_("Leading unit"), self.unit), (_("Joining unit"), self.joining)]
        lines += [(_("Decided by"), self.decided_by), (_("Document number"), self.document), (_("Reason"), self.reason)]
        for title, widget in lines:
            widget.setAccessibleName(title)
            form.addRow(label(title, "second"), widget)
        for box, title in ((self.conclusion, _("Conclusion")), (self.leads, _("Who leads"))):
            name_box(box, title)
        intro = _("Both records stay. What you decide is kept with who, when and why, and is told to both.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label(intro, wrap=True))
        layout.addLayout(form, 1)
        layout.addWidget(self.message)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), self.keep))

    def refuse(self, error: BaseException) -> None:
        """Say why it was not kept."""
        self.message.setText(words(error))
        self.message.show()
        self.keep.setEnabled(True)

    def _agree(self) -> None:
        self.keep.setEnabled(False)
        lead = self.leads.currentIndex()
        refs = tuple(str(self.leads.itemData(place)) for place in (lead, 1 - lead))
        values = {
            "conclusion": self.conclusion.currentData(),
            "decided_by": self.decided_by.text().strip(),
            "leading_unit": self.unit.text().strip(),
            "joining_unit": self.joining.text().strip(),
            "document_number": self.document.text().strip(),
            "reason": self.reason.toPlainText().strip(),
        }
        self.agreed.emit(refs, values)
