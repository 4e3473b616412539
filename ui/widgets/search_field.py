"""The button that looks like the line it opens: a glass, what can be looked for, the keys.

It is put together of labels: painting it by hand would import Qt's styles, 20 ms before the frame is painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.icons import Glyph, picture
from ui.theme.tokens import Tokens
from ui.widgets.labels import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

GLASS, INSET, BETWEEN = 16, 12, 8


class SearchField(Button):
    """Opens the search; the words give way to the width, the keys stay."""

    def __init__(self, words: str, keys: str, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("search")
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self._words = words
        glass, self._text, self._keys = QLabel(), QLabel(words), QLabel(keys)
        glass.setPixmap(picture(Glyph.SEARCH, tokens.text3, GLASS))
        self._keys.setObjectName("keys")
        self._keys.setFixedHeight(22)
        self._keys.setIndent(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(INSET, 0, 6, 0)
        layout.setSpacing(BETWEEN)
        layout.addWidget(glass)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._keys)
        self._text.setMinimumWidth(1)

    def sizeHint(self) -> QSize:
        return QSize(430, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words where they do not fit; the tooltip then has them whole."""
        super().resizeEvent(event)
        taken = INSET + GLASS + 2 * BETWEEN + self._keys.sizeHint().width() + 6
        room = event.size().width() - taken
        text = self._words
        if self.fontMetrics().horizontalAdvance(text) > room:
            from PySide6.QtCore import Qt  # noqa: PLC0415  (in a narrow window only)

            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._text.setText(text)
        self.setToolTip(self._words if text != self._words else "")
