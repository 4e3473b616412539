"""The button that looks like the line it opens: a glass, what can be looked for, the keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from ui.icons import Glyph, picture
from ui.theme.tokens import Tokens

GLASS, INSET, KEY_PADDING = 16, 12, 8


class SearchField(QPushButton):
    """Opens the search; the words give way to the width, the keys stay."""

    def __init__(self, words: str, keys: str, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._words, self._keys, self._tokens = words, keys, tokens
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(430, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        room = self.rect().adjusted(INSET, 0, -6, 0)
        painter.drawPixmap(
            room.left(), room.center().y() - GLASS // 2 + 1, picture(Glyph.SEARCH, self._tokens.text3, GLASS)
        )
        painter.setPen(QColor(self._tokens.text3))
        key = self._draw_keys(painter, room)
        words = QRect(room.left() + GLASS + 8, room.top(), key.left() - room.left() - GLASS - 16, room.height())
        text = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, words.width())
        self.setToolTip(self._words if text != self._words else "")
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _draw_keys(self, painter: QPainter, room: QRect) -> QRect:
        """Draw the keys in a frame of their own at the right; return where."""
        width = self.fontMetrics().horizontalAdvance(self._keys) + 2 * KEY_PADDING
        key = QRect(room.right() - width, room.center().y() - 10, width, 22)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._tokens.surface))
        painter.setPen(QColor(self._tokens.line))
        painter.drawRoundedRect(key.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(self._tokens.text3))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, self._keys)
        painter.restore()
        return key
