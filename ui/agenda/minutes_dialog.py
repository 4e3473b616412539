"""After a visit, a meeting or a call: what was said, which becomes a follow-up of the lead."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from crm.i18n import _
from crm.queries.agenda import AgendaRow
from ui.agenda.day_list import entry_text
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import GrowingDialog
from ui.widgets.labels import button, label, row


class MinutesDialog(GrowingDialog):
    """Asks for the minutes; left empty, the entry is done without any."""

    kept = Signal(str)

    def __init__(self, entry: AgendaRow, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What was said or agreed"))
        self.resize(tokens.px(460), tokens.px(280))
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(_("What was said or agreed"))
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(_("It becomes a follow-up of the lead; left empty, none is written."))
        keep = button(_("Done"), self._keep, role="primary")
        keep.setShortcut("Ctrl+Return")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label(entry_text(entry, dated=True), "second", wrap=True))
        layout.addWidget(self.note, 1)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), keep))

    def _keep(self) -> None:
        self.accept()
        self.kept.emit(self.note.toPlainText().strip())
