"""Asks for the password of an encrypted database; it is handed on and kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from crm.i18n import _
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import GrowingDialog, fit_dialog
from ui.widgets.labels import button, label, row


class PasswordDialog(GrowingDialog):
    """One line, hidden unless one wants to see it."""

    typed = Signal(str)

    def __init__(self, name: str, tokens: Tokens, parent: QWidget | None = None, *, wrong: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Password"))
        fit_dialog(self, tokens.px(440), tokens.px(200))
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(_("Password"))
        self.seen = QCheckBox(_("Show the password"))
        self.seen.toggled.connect(self._see)
        self.take = button(_("Open"), self._give, role="primary")
        self.take.setDefault(True)
        self.take.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.take.setEnabled(bool(text)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(label(_("The database {name} is encrypted.").format(name=name), "card", wrap=True))
        if wrong:
            told = _("This password does not open it. Nothing was changed.")
            layout.addWidget(label(told, tone="bad", wrap=True))
        layout.addWidget(self.line)
        layout.addWidget(self.seen)
        lost = _("Nobody can open it without the password, the makers of the program neither.")
        layout.addWidget(label(lost, "meta", wrap=True))
        layout.addStretch(1)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), self.take))

    def _see(self, shown: bool) -> None:  # noqa: FBT001  (a toggled box's word)
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _give(self) -> None:
        text = self.line.text()
        if text:
            self.accept()
            self.typed.emit(text)
