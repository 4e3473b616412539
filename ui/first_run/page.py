"""The page of the first start: the ways in, each with what it does in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QVBoxLayout, QWidget

from crm.i18n import _
from ui.icons import Glyph, picture
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import open_dialog
from ui.widgets.labels import Button, column, label, row

FILTER = "*.db"


class Way(Button):
    """One way in: what it is called and, under it, what it does; the whole of it can be pressed."""

    def __init__(self, glyph: Glyph, title: str, words: str, tokens: Tokens, do: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "way")
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked=False: do())
        mark, more = QLabel(), QLabel()
        mark.setPixmap(picture(glyph, tokens.primary.strong, 24))
        more.setPixmap(picture(Glyph.NEXT, tokens.text3, 16))
        texts = column(label(title, "card"), label(words, "meta", wrap=True), spacing=2)
        line = row(mark, spacing=16)
        line.setContentsMargins(18, 12, 16, 12)
        line.addLayout(texts, 1)
        line.addWidget(more)
        self.setLayout(line)
        for each in self.findChildren(QLabel):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As tall as the words need at the width there is."""
        line = self.layout()
        width = self.width() if line is not None else 0
        return QSize(240, max(64, line.heightForWidth(width) if line is not None else 0))


class FirstRunPage(QWidget):
    """Nothing is open yet."""

    database_chosen = Signal(str)
    new_asked = Signal()  # make the usual database
    import_asked = Signal()  # the same, and go to the import
    demonstration_asked = Signal()
    check_asked = Signal(object)  # Path: the health of a ledger, without a database

    def __init__(self, tokens: Tokens, usual: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._usual = usual
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(tokens.px(620))
        inner = QVBoxLayout(card)
        inner.setContentsMargins(36, 30, 36, 32)
        inner.setSpacing(10)
        inner.addWidget(label(_("Welcome to Xiangtu"), "page"))
        intro = _("Everything stays in one file on this computer. Nothing is sent anywhere.")
        inner.addWidget(label(intro, "second", wrap=True))
        inner.addSpacing(6)
        ledger = _("Start with the Excel ledger you have; it is checked before anything is written.")
        fictional = _("Fictional projects in a database of their own; nothing mixes with yours.")
        there = _("A file of this program that is already there.")
        new = _("A new file at {place}.").format(place=usual)
        self.make = Way(Glyph.DATABASE, _("Start with an empty database"), new, tokens, self.new_asked.emit)
        self.importing = Way(Glyph.IMPORT, _("Import a ledger"), ledger, tokens, self.import_asked.emit)
        self.demo = Way(Glyph.PLAY, _("See the demonstration"), fictional, tokens, self.demonstration_asked.emit)
        self.open = Way(Glyph.FOLDER, _("Open a database"), there, tokens, self._open)
        look = _("Duplicates, slips of units, verdicts, missing facts: drop a workbook here. No database is needed.")
        self.check = Way(Glyph.THRESHOLD, _("Check the health of a ledger"), look, tokens, self._check)
        for way in (self.importing, self.make, self.demo, self.check, self.open):
            inner.addWidget(way)
        self._state = label("", "second")
        self._state.hide()
        inner.addWidget(self._state)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(row(None, card, None))
        outer.addStretch(2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the first way in."""
        self.importing.setFocus(event.reason())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.check_asked.emit(Path(paths[0]))

    def tell(self, text: str) -> None:
        """Say what is being done."""
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def _check(self) -> None:
        dialog = QFileDialog(self, _("Check the health of a ledger"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.check_asked.emit(Path(path)))
        open_dialog(dialog)

    def _choose(self, place: str) -> None:
        self.wait()
        self.database_chosen.emit(place)

    def wait(self) -> None:
        """Say that the choice is taken: a database is opened off the window's thread, and a second one is not."""
        self.tell(_("Opening the database …"))
        for way in self.findChildren(Way):
            way.setEnabled(False)

    def _open(self) -> None:
        dialog = QFileDialog(
            self, _("Open a database"), str(self._usual.parent), _("Databases ({pattern})").format(pattern=FILTER)
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._choose)
        open_dialog(dialog)
