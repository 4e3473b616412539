"""The pasted text with its marks in colour; the mark one works at stands out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from crm.domain.capture.marks import Mark
from crm.i18n import _
from ui.capture.tones import tone_of
from ui.theme.tokens import Tokens, tone


class TextPane(QPlainTextEdit):
    """A text to paste into. It marks what it is told to; the places are those of the text as Python counts them."""

    mark_entered = Signal(object)  # Mark: the cursor was put into it

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._marks: tuple[Mark, ...] = ()
        self._chosen: Mark | None = None
        self.setPlaceholderText(
            _("Paste a WeChat message, a mail or a paragraph here. Nothing leaves this computer, nothing is saved yet.")
        )
        self.setAccessibleName(_("The message"))
        self.setTabChangesFocus(True)
        self.cursorPositionChanged.connect(self._enter)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Mark these finds, each in the colour of its field."""
        self._marks, self._chosen = tuple(marks), None
        self._paint()

    def choose(self, mark: Mark | None) -> None:
        """Let one mark stand out."""
        if mark is not self._chosen:
            self._chosen = mark
            self._paint()

    def marked(self) -> list[tuple[str, str]]:
        """Return the marked words with the field of each, in the order they are marked."""
        text = self.toPlainText()
        return [(text[mark.start : mark.end], mark.field) for mark in self._marks]

    def _paint(self) -> None:
        text = self.toPlainText()
        self.setExtraSelections([self._selection(mark, text) for mark in self._marks if mark.end <= len(text)])

    def _selection(self, mark: Mark, text: str) -> QTextEdit.ExtraSelection:
        colours = tone(self._tokens, tone_of(mark.field))
        look = QTextCharFormat()
        chosen = mark is self._chosen
        look.setBackground(QColor(colours.strong if chosen else colours.soft))
        look.setForeground(QColor(self._tokens.surface if chosen else colours.strong))
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text[: mark.start]))
        cursor.setPosition(_units(text[: mark.end]), QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, look
        return selection

    def _enter(self) -> None:
        if not self.hasFocus():
            return
        place = self.textCursor().position()
        text = self.toPlainText()
        for mark in self._marks:
            if _units(text[: mark.start]) <= place < _units(text[: mark.end]):
                self.mark_entered.emit(mark)
                return


def _units(text: str) -> int:
    """Return the length of a text as Qt counts: a character beyond the first 65,536 takes two places."""
    return len(text) + sum(sign > "\uffff" for sign in text)
