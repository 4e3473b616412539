"""Painted marks: a bar against its requirement, a ring with a score, the track of the stages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from zlib import crc32

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.tokens import BODY, META, PAGE, Tokens, tone

AVATAR_TONES = ("primary", "ok", "warn", "violet", "info", "bad")
SCALE = Decimal("1.25")
"""A bar reaches from 0 to this many times the larger of actual and required."""


class RequirementBar(QWidget):
    """A figure as a bar with a tick where the requirement stands; the words beside it say the numbers."""

    def __init__(self, actual: Decimal, required: Decimal, shade: str, tokens: Tokens, name: str) -> None:
        super().__init__()
        self._tokens, self._shade = tokens, shade
        whole = max(actual, required) * SCALE or Decimal(1)
        self._filled, self._tick = float(actual / whole), float(required / whole)  # pixels, not figures
        self.setFixedHeight(12)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        field = QRectF(0, 4, self.width(), 5)
        painter.setBrush(QColor(self._tokens.line))
        painter.drawRoundedRect(field, 2.5, 2.5)
        painter.setBrush(QColor(tone(self._tokens, self._shade).strong))
        painter.drawRoundedRect(QRectF(0, 4, self.width() * self._filled, 5), 2.5, 2.5)
        painter.fillRect(QRectF(self.width() * self._tick - 1, 1, 2, 11), QColor(self._tokens.text))
        painter.end()


class PartBar(QWidget):
    """Points of a part against its weight."""

    def __init__(self, share: float, tokens: Tokens, name: str) -> None:
        super().__init__()
        self._share, self._tokens = share, tokens
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._tokens.line))
        painter.drawRoundedRect(QRectF(0, 2, self.width(), 4), 2, 2)
        painter.setBrush(QColor(self._tokens.primary.strong))
        painter.drawRoundedRect(QRectF(0, 2, self.width() * self._share, 4), 2, 2)
        painter.end()


class ScoreRing(QWidget):
    """A score from 0 to 100 as a ring; without a score the ring is grey and holds a dash."""

    def __init__(self, score: int | None, shade: str, tokens: Tokens, name: str) -> None:
        super().__init__()
        self._score, self._shade, self._tokens = score, shade, tokens
        self.setFixedSize(44, 44)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(4, 4, 36, 36)
        painter.setPen(QPen(QColor(self._tokens.line), 4))
        painter.drawEllipse(ring)
        if self._score is not None:
            pen = QPen(QColor(tone(self._tokens, self._shade).strong), 4)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * self._score / 100))
        font = QFont(self.font())
        font.setPixelSize(self._tokens.px(BODY))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._tokens.text))
        painter.drawText(
            QRectF(0, 0, 44, 44), Qt.AlignmentFlag.AlignCenter, "–" if self._score is None else str(self._score)
        )
        painter.end()


class StageTrack(QWidget):
    """The stages as a line of dots: passed, present, to come."""

    def __init__(self, names: Sequence[str], current: int, tokens: Tokens) -> None:
        super().__init__()
        self._names, self._current, self._tokens = tuple(names), current, tokens
        self.setFixedHeight(44)
        self.setMinimumWidth(260)
        self.setAccessibleName(" → ".join(names))
        self.setToolTip(" → ".join(names))
        if 0 <= current < len(names):
            self.setAccessibleDescription(names[current])

    def sizeHint(self) -> QSize:
        return QSize(380, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / max(len(self._names), 1)
        self._draw_dots(painter, step)
        self._draw_names(painter, step)
        painter.end()

    def _draw_dots(self, painter: QPainter, step: float) -> None:
        """Draw the line with its dots: ticked where it has passed, a ring where it is, empty ahead."""
        present, ahead, ground = (
            QColor(one) for one in (self._tokens.primary.strong, self._tokens.field, self._tokens.surface)
        )
        for place in range(len(self._names)):
            middle = QPointF(step * (place + 0.5), 12)
            if place:
                painter.setPen(QPen(present if place <= self._current else ahead, 2))
                painter.drawLine(QPointF(middle.x() - step + 8, 12), QPointF(middle.x() - 8, 12))
            painter.setPen(QPen(present if place <= self._current else ahead, 2))
            painter.setBrush(present if place < self._current else Qt.GlobalColor.transparent)
            painter.drawEllipse(middle, 6, 6)
            if place == self._current:
                painter.setBrush(present)
                painter.drawEllipse(middle, 2, 2)
            elif place < self._current:
                painter.setPen(QPen(ground, 1.5))
                x, y = middle.x(), middle.y()
                painter.drawPolyline((QPointF(x - 2.8, y), QPointF(x - 0.8, y + 2), QPointF(x + 2.8, y - 2)))

    def _draw_names(self, painter: QPainter, step: float) -> None:
        """Draw the names; where they do not all fit, the present one first, then the ends, then what finds room."""
        font = QFont(self.font())
        font.setPixelSize(self._tokens.px(META))
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        taken: list[QRectF] = []
        order = sorted(range(len(self._names)), key=self._rank)
        for place in order:
            own = strong if place == self._current else font
            width = QFontMetrics(own).horizontalAdvance(self._names[place]) + 1
            left = min(max(0.0, step * (place + 0.5) - width / 2), self.width() - width)
            room = QRectF(left, 24, width, 18)
            if any(room.adjusted(-6, 0, 6, 0).intersects(other) for other in taken):
                continue
            taken.append(room)
            painter.setFont(own)
            shade = self._tokens.primary.strong if place == self._current else self._tokens.text3
            painter.setPen(QColor(shade))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._names[place])

    def _rank(self, place: int) -> int:
        if place == self._current:
            return -3
        return {0: -2, len(self._names) - 1: -1}.get(place, place)


class Avatar(QWidget):
    """The first character of a name in a colour that is always the same for it."""

    def __init__(self, tokens: Tokens, size: int = 40) -> None:
        super().__init__()
        self._tokens, self._initial, self._shade = tokens, "", "grey"
        self.setFixedSize(size, size)

    def show_name(self, name: str) -> None:
        """Show the mark of a name."""
        self._initial, self._shade = initial(name), avatar_tone(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        of = tone(self._tokens, self._shade)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(of.soft))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        font = QFont(self.font())
        font.setPixelSize(self._tokens.px(PAGE))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(of.strong))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._initial)
        painter.end()


def avatar_tone(name: str) -> str:
    """Return the name of the tone of a name's mark."""
    return AVATAR_TONES[crc32(name.encode()) % len(AVATAR_TONES)]


def initial(name: str) -> str:
    """Return what a name's mark shows: its first letter, character or digit."""
    return next((sign for sign in name if sign.isalnum()), "?").upper()
