"""Offers a password for a database that is about to be made (decisions 6); it is handed on and kept nowhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from crm.i18n import _
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import GrowingDialog, fit_dialog
from ui.widgets.labels import button, label, row


class NewDatabaseDialog(GrowingDialog):
    """The same password twice, hidden unless one wants to see it; or none."""

    given = Signal(str)  # the password, "" for none

    def __init__(self, place: Path, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New database"))
        fit_dialog(self, tokens.px(520), tokens.px(280))
        self.line, self.again = QLineEdit(), QLineEdit()
        self.seen = QCheckBox(_("Show the password"))
        self.seen.toggled.connect(self._see)
        self._told = label("", tone="bad", wrap=True)
        self._told.hide()
        self.take = button(_("Encrypt and begin"), self._give, role="primary")
        self.take.setDefault(True)
        self.take.setEnabled(False)
        self.without = button(_("Without a password"), lambda: self._end(""))
        self.line.textChanged.connect(lambda text: self.take.setEnabled(bool(text)))
        self._see(shown=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(label(_("Protect the database with a password?"), "card", wrap=True))
        layout.addWidget(label(_("A new file at {place}.").format(place=place), "meta", wrap=True))
        why = _("Recommended: database and backups are encrypted; who finds the file or the computer reads nothing.")
        layout.addWidget(label(why, "second", wrap=True))
        layout.addLayout(self._lines())
        layout.addWidget(self.seen)
        lost = _("Nobody can open it without the password, the makers of the program neither.")
        layout.addWidget(label(lost, "meta", wrap=True))
        layout.addWidget(self._told)
        layout.addStretch(1)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), self.without, self.take))

    def _lines(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, (line, name) in enumerate(((self.line, _("Password")), (self.again, _("Once more")))):
            line.setAccessibleName(name)
            grid.addWidget(label(name, "second"), place, 0)
            grid.addWidget(line, place, 1)
        return grid

    def _see(self, shown: bool) -> None:  # noqa: FBT001  (a toggled box's word)
        for line in (self.line, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _give(self) -> None:
        if self.line.text() == self.again.text():
            self._end(self.line.text())
        else:
            self._told.setText(_("The two passwords differ."))
            self._told.show()
            self.again.setFocus()
            self.again.selectAll()

    def _end(self, password: str) -> None:
        self.accept()
        self.given.emit(password)
