"""The page of the first start: three ways in, each with what it does in a sentence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QVBoxLayout, QWidget

from crm.i18n import _
from ui.icons import Glyph, picture
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import open_dialog
from ui.widgets.labels import button, label, row

FILTER = "*.db"


class FirstRunPage(QWidget):
    """Nothing is open yet."""

    database_chosen = Signal(str)
    demonstration_asked = Signal()
    import_asked = Signal()  # make the usual database and go to the import

    def __init__(self, tokens: Tokens, usual: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._tokens, self._usual = tokens, usual
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(tokens.px(620))
        inner = QVBoxLayout(card)
        inner.setContentsMargins(36, 32, 36, 32)
        inner.setSpacing(14)
        inner.addWidget(label(_("Welcome to Xiangtu"), "page"))
        intro = _("Everything stays in one file on this computer. Nothing is sent anywhere.")
        inner.addWidget(label(intro, "second", wrap=True))
        self.make = button(_("Start with an empty database"), self._make, role="primary")
        self.importing = button(_("Import a ledger"), self.import_asked.emit)
        self.demo = button(_("See the demonstration"), self.demonstration_asked.emit)
        self.open = button(_("Open a database"), self._open)
        for glyph, act, words in (
            (Glyph.DATABASE, self.make, _("A new file at {place}.").format(place=usual)),
            (
                Glyph.IMPORT,
                self.importing,
                _("Start with the Excel ledger you have; it is checked before anything is written."),
            ),
            (Glyph.PLAY, self.demo, _("Fictional projects in a database of their own; nothing mixes with yours.")),
            (Glyph.FOLDER, self.open, _("A file of this program that is already there.")),
        ):
            inner.addLayout(self._way(glyph, act, words))
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(row(None, card, None))
        outer.addStretch(2)

    def _way(self, glyph: Glyph, act: QWidget, words: str) -> QVBoxLayout:
        mark = QLabel()
        mark.setPixmap(picture(glyph, self._tokens.primary.strong, 24))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        act.setMinimumWidth(self._tokens.px(220))
        line = row(mark, act, None, spacing=14)
        way = QVBoxLayout()
        way.setSpacing(4)
        way.addLayout(line)
        note = label(words, "meta", wrap=True)
        note.setContentsMargins(38, 0, 0, 0)
        way.addWidget(note)
        return way

    def _make(self) -> None:
        self.database_chosen.emit(str(self._usual))

    def _open(self) -> None:
        dialog = QFileDialog(
            self, _("Open a database"), str(self._usual.parent), _("Databases ({pattern})").format(pattern=FILTER)
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.database_chosen.emit)
        open_dialog(dialog)
