"""Paints the rows of the lead list: two lines, pills, the verdict with its mark, the match bar.

Fonts, pens and pictures are made once a theme, never a paint; every cell fills its own background.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.icons import Glyph, picture
from ui.leads.columns import UNKNOWN, LeadRow
from ui.tables.paged_model import ROW_ROLE
from ui.theme.tokens import BODY, META, STAGE_TONES, VERDICT_TONES, Tokens, tone

VERDICT_GLYPHS = {
    "met": Glyph.MET,
    "not_met": Glyph.NOT_MET,
    "uncertain": Glyph.UNKNOWN,
    "incomplete": Glyph.UNKNOWN,
    "consult": Glyph.MEETING,
}
AVATAR_TONES = ("primary", "ok", "warn", "violet", "info", "bad")
PADDING = 8
Index = QModelIndex | QPersistentModelIndex
Left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Centre = Qt.AlignmentFlag.AlignCenter


@dataclass
class _Look:
    """What painting needs, made once for a theme."""

    tokens: Tokens

    def _font(self, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont("Noto Sans SC")
        font.setPixelSize(self.tokens.px(size))
        font.setWeight(weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    @cached_property
    def body(self) -> QFont:
        return self._font(BODY)

    @cached_property
    def name(self) -> QFont:
        return self._font(BODY, QFont.Weight.DemiBold)

    @cached_property
    def meta(self) -> QFont:
        return self._font(META)

    @cached_property
    def figures(self) -> QFont:
        font = self._font(BODY)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    @cached_property
    def colours(self) -> dict[str, QColor]:
        of = self.tokens
        named = {
            name: QColor(getattr(of, name))
            for name in ("text", "text2", "text3", "line", "surface", "hover", "selection")
        }
        for name in ("primary", "ok", "warn", "bad", "info", "violet", "grey"):
            named[name], named[f"{name}.soft"] = QColor(tone(of, name).strong), QColor(tone(of, name).soft)
        return named


class LeadDelegate(QStyledItemDelegate):
    """Paints one cell of the list; the row comes by ``ROW_ROLE``."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = _Look(tokens)
        self._elided: dict[tuple[str, int, bool], str] = {}
        self.two_lines = True

    def set_tokens(self, tokens: Tokens) -> None:
        """Paint in another theme from now on."""
        self._look = _Look(tokens)
        self._elided.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(80, 44)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the background, then paint what the column shows."""
        look, rect = self._look, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.colours["selection" if selected else "surface"])
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colours["line"])
        row = index.data(ROW_ROLE)
        model = index.model()
        key = model.columns[index.column()].key  # type: ignore[attr-defined]
        if row is None:
            self._skeleton(painter, rect)
            return
        if selected and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), look.colours["primary"])
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        special = {
            "name": self._name,
            "stage": self._stage,
            "verdict": self._verdict,
            "match": self._match,
            "next": self._next,
        }
        if key in special:
            special[key](painter, inner, row)
        else:
            column = model.columns[index.column()]  # type: ignore[attr-defined]
            self._text(painter, inner, column.text(row), right=column.numeric)

    def _skeleton(self, painter: QPainter, rect: QRect) -> None:
        painter.fillRect(
            QRect(rect.left() + PADDING, rect.center().y() - 4, max(rect.width() // 2, 12), 8),
            self._look.colours["line"],
        )

    def _text(self, painter: QPainter, rect: QRect, text: str, *, right: bool = False, colour: str = "text") -> None:
        look = self._look
        painter.setFont(look.figures if right else look.body)
        painter.setPen(look.colours["text3" if text == "—" else colour])
        painter.drawText(rect, Right if right else Left, self._elide(text, rect.width(), painter.font()))

    def _name(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        look = self._look
        if self.two_lines:
            badge = QRectF(rect.left(), rect.center().y() - 13, 28, 28)
            shade = AVATAR_TONES[crc32(row.name.encode()) % len(AVATAR_TONES)]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colours[f"{shade}.soft"])
            painter.drawRoundedRect(badge, 5, 5)
            painter.setFont(look.name)
            painter.setPen(look.colours[shade])
            painter.drawText(badge, Centre, row.initial)
            rect = rect.adjusted(36, 0, 0, 0)
        half = rect.height() // 2
        upper = QRect(rect.left(), rect.top() + 3, rect.width(), half) if self.two_lines else rect
        painter.setFont(look.name)
        painter.setPen(look.colours["text"])
        painter.drawText(upper, Left, self._elide(row.name, rect.width(), look.name))
        if self.two_lines:
            lower = QRect(rect.left(), rect.top() + half - 2, rect.width(), half)
            painter.setFont(look.meta)
            painter.setPen(look.colours["text3"])
            painter.drawText(lower, Left, self._elide(row.subtitle, rect.width(), look.meta))

    def _stage(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        if row.stage_text:
            self._pill(painter, rect, row.stage_text, STAGE_TONES.get(row.stage, "grey"))
        else:
            self._text(painter, rect, UNKNOWN)

    def _pill(self, painter: QPainter, rect: QRect, text: str, shade: str) -> None:
        look = self._look
        width = min(QFontMetrics(look.meta).horizontalAdvance(text) + 16, rect.width())
        field = QRectF(rect.left(), rect.center().y() - 9, width, 20)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colours[f"{shade}.soft"])
        painter.drawRoundedRect(field, 10, 10)
        painter.setFont(look.meta)
        painter.setPen(look.colours[shade])
        painter.drawText(field, Centre, self._elide(text, width - 8, look.meta))

    def _verdict(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        look = self._look
        shade = VERDICT_TONES.get(row.verdict, "grey")
        glyph = VERDICT_GLYPHS.get(row.verdict)
        if glyph is not None:
            painter.drawPixmap(rect.left(), rect.center().y() - 7, picture(glyph, tone(look.tokens, shade).strong, 16))
            rect = rect.adjusted(20, 0, 0, 0)
        self._text(painter, rect, row.verdict_text, colour="text2" if shade == "grey" else shade)

    def _match(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        if row.match is None:
            self._text(painter, rect, "—")
            return
        look = self._look
        shade = "ok" if row.match >= 80 else "primary" if row.match >= 60 else "grey"  # noqa: PLR2004  (the bands)
        bar = QRectF(rect.left(), rect.center().y() - 2, min(52, rect.width() - 30), 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colours["line"])
        painter.drawRoundedRect(bar, 2.5, 2.5)
        painter.setBrush(look.colours[shade])
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * row.match / 100, 5), 2.5, 2.5)
        self._text(painter, rect.adjusted(round(bar.width()) + 8, 0, 0, 0), str(row.match))

    def _next(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        colour = {"overdue": "bad", "today": "primary"}.get(row.next_state, "text")
        self._text(painter, rect, row.next_text, colour=colour)

    def _elide(self, text: str, width: float, font: QFont) -> str:
        """Return the text cut to the width; the answer is kept, for a list paints the same words again and again."""
        key = (text, int(width), font.weight() > QFont.Weight.Normal)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > 4000:  # noqa: PLR2004  (some screens of cells)
                self._elided.clear()
            found = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            self._elided[key] = found
        return found
