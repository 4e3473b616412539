"""Paints the rows of the lead list: two lines, pills, the verdict with its mark, the match bar.

A list repaints some two hundred cells while one scrolls. So fonts and colours are made once a theme, pills, badges and
bars are pictures made once a word, and a text is measured only where it may not fit. The view paints what is behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from ui.icons import Glyph, picture
from ui.leads.columns import UNKNOWN, LeadRow
from ui.tables.paged_model import Column, PagedTableModel
from ui.theme.faces import FAMILIES
from ui.theme.tokens import BODY, META, STAGE_TONES, VERDICT_TONES, Tokens, tone
from ui.widgets.bars import avatar_tone

VERDICT_GLYPHS = {
    "met": Glyph.MET,
    "not_met": Glyph.NOT_MET,
    "uncertain": Glyph.UNKNOWN,
    "incomplete": Glyph.UNKNOWN,
    "consult": Glyph.MEETING,
}
NEXT_COLOURS = {"overdue": "bad", "today": "primary", "": "text"}
PADDING = 8
BADGE = 28
BAR = 52
KEPT = 4000
"""Words kept cut to a width, and pictures: some screens of cells."""

Index = QModelIndex | QPersistentModelIndex
Left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
Centre = Qt.AlignmentFlag.AlignCenter
Paint = Callable[[QPainter, QRect, LeadRow], None]


class _Look:
    """What painting needs, made once for a theme."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    def _font(self, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(list(FAMILIES))
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
        named = {name: QColor(getattr(of, name)) for name in ("text", "text2", "text3", "line")}
        for name in ("primary", "ok", "warn", "bad", "info", "violet", "grey"):
            named[name], named[f"{name}.soft"] = QColor(tone(of, name).strong), QColor(tone(of, name).soft)
        return named


class LeadDelegate(QStyledItemDelegate):
    """Paints one cell of the list of leads."""

    def __init__(self, tokens: Tokens, model: PagedTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._model = _Look(tokens), model
        self._cut: dict[tuple[str, int, int], str] = {}
        self._widths: dict[str, int] = {}
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        special = {"name": self._name, "stage": self._stage, "verdict": self._verdict, "match": self._match}
        special["next"] = self._next
        self._paints = [special.get(column.key) or self._plain(column) for column in model.columns]
        self.two_lines = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(80, 44)

    def paint_row(
        self, painter: QPainter, row: LeadRow | None, top: int, height: int, cells: Sequence[tuple[int, int, int]]
    ) -> None:
        """Paint what the columns show of a row; the view has filled the background."""
        for column, left, width in cells:
            rect = QRect(left + PADDING, top, width - 2 * PADDING, height)
            if row is None:
                place = QRect(rect.left(), rect.center().y() - 4, max(rect.width() // 2, 12), 8)
                painter.fillRect(place, self._look.colours["line"])
            else:
                self._paints[column](painter, rect, row)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show a cell whole where its words are cut, and only there."""
        row = self._model.row(index.row()) if event.type() == QEvent.Type.ToolTip and index.isValid() else None
        if row is None:
            return super().helpEvent(event, view, option, index)
        column = self._model.columns[index.column()]
        width = view.visualRect(index).width() - 2 * PADDING
        text, needed = column.text(row), self._needed(column, row)
        if column.key == "name":
            text = f"{row.name}\n{row.subtitle}"
        QToolTip.showText(event.globalPos(), text if needed > width else "", view)
        return True

    def _needed(self, column: Column, row: LeadRow) -> int:
        look = self._look
        if column.key == "name":
            first = QFontMetrics(look.name).horizontalAdvance(row.name)
            second = QFontMetrics(look.meta).horizontalAdvance(row.subtitle) if self.two_lines else 0
            return max(first, second) + (BADGE + 8 if self.two_lines else 0)
        beside = {"stage": 16, "verdict": 20, "match": BAR}.get(column.key, 0)
        return QFontMetrics(look.figures if column.numeric else look.body).horizontalAdvance(column.text(row)) + beside

    # -- the columns

    def _plain(self, column: Column) -> Paint:
        text, font = column.text, self._look.figures if column.numeric else self._look.body
        side = Right if column.numeric else Left

        def paint(painter: QPainter, rect: QRect, row: LeadRow) -> None:
            self._text(painter, rect, text(row), font=font, side=side)

        return paint

    def _name(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        look, x, y, width, height = self._look, rect.left(), rect.top(), rect.width(), rect.height()
        if not self.two_lines:
            self._text(painter, rect, row.name, font=look.name)
            return
        shade = avatar_tone(row.name)
        painter.drawPixmap(x, y + (height - BADGE) // 2, self._badge(painter, row.initial, shade))
        x, width, half = x + BADGE + 8, width - BADGE - 8, height // 2
        self._text(painter, QRect(x, y + 3, width, half), row.name, font=look.name)
        self._text(painter, QRect(x, y + half - 2, width, half), row.subtitle, font=look.meta, colour="text3")

    def _stage(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        if not row.stage_text:
            self._text(painter, rect, UNKNOWN)
            return
        shade = STAGE_TONES.get(row.stage, "grey")
        painter.drawPixmap(rect.left(), rect.center().y() - 9, self._pill(painter, row.stage_text, shade, rect.width()))

    def _verdict(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        shade = VERDICT_TONES.get(row.verdict, "grey")
        glyph = VERDICT_GLYPHS.get(row.verdict)
        if glyph is not None:
            mark = picture(glyph, tone(self._look.tokens, shade).strong, 16)
            painter.drawPixmap(rect.left(), rect.center().y() - 7, mark)
            rect = rect.adjusted(20, 0, 0, 0)
        self._text(painter, rect, row.verdict_text, colour="text2" if shade == "grey" else shade)

    def _match(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        if row.match is None:
            self._text(painter, rect, UNKNOWN)
            return
        width = max(8, min(BAR, rect.width() - 30))
        painter.drawPixmap(rect.left(), rect.center().y() - 2, self._bar(painter, row.match, width))
        self._text(painter, rect.adjusted(width + 8, 0, 0, 0), str(row.match))

    def _next(self, painter: QPainter, rect: QRect, row: LeadRow) -> None:
        self._text(painter, rect, row.next_text, colour=NEXT_COLOURS[row.next_state])

    # -- texts and pictures

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        *,
        font: QFont | None = None,
        side: int = Left,
        colour: str = "text",
    ) -> None:
        look = self._look
        font = font or look.body
        painter.setFont(font)
        painter.setPen(look.colours["text3" if text == UNKNOWN else colour])
        width = rect.width()
        if len(text) * font.pixelSize() > width:  # no character is wider than it is tall
            text = self._elide(text, width, font)
        painter.drawText(rect, side, text)

    def _elide(self, text: str, width: int, font: QFont) -> str:
        """Return the text cut to the width; the answer is kept, for a list paints the same words again and again."""
        key = (text, width, id(font))
        found = self._cut.get(key)
        if found is None:
            if len(self._cut) > KEPT:
                self._cut.clear()
            found = self._cut[key] = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        return found

    def _badge(self, painter: QPainter, initial: str, shade: str) -> QPixmap:
        def draw(on: QPainter) -> None:
            self._round(on, QRectF(0, 0, BADGE, BADGE), 5, f"{shade}.soft")
            on.setFont(self._look.name)
            on.setPen(self._look.colours[shade])
            on.drawText(QRectF(0, 0, BADGE, BADGE), Centre, initial)

        return self._picture(painter, ("badge", initial, shade), BADGE, BADGE, draw)

    def _pill(self, painter: QPainter, text: str, shade: str, room: int) -> QPixmap:
        look = self._look
        if text not in self._widths:
            self._widths[text] = QFontMetrics(look.meta).horizontalAdvance(text) + 16
        width = max(1, min(self._widths[text], room))

        def draw(on: QPainter) -> None:
            self._round(on, QRectF(0, 0, width, 20), 10, f"{shade}.soft")
            on.setFont(look.meta)
            on.setPen(look.colours[shade])
            on.drawText(QRectF(0, 0, width, 20), Centre, self._elide(text, width - 8, look.meta))

        return self._picture(painter, ("pill", text, shade, room), width, 20, draw)

    def _bar(self, painter: QPainter, score: int, width: int) -> QPixmap:
        shade = "ok" if score >= 80 else "primary" if score >= 60 else "grey"  # noqa: PLR2004  (the bands)

        def draw(on: QPainter) -> None:
            self._round(on, QRectF(0, 0, width, 5), 2.5, "line")
            self._round(on, QRectF(0, 0, width * score / 100, 5), 2.5, shade)

        return self._picture(painter, ("bar", score, width), width, 5, draw)

    def _round(self, on: QPainter, field: QRectF, radius: float, colour: str) -> None:
        on.setPen(Qt.PenStyle.NoPen)
        on.setBrush(self._look.colours[colour])
        on.drawRoundedRect(field, radius, radius)

    def _picture(
        self, painter: QPainter, what: tuple[object, ...], width: int, height: int, draw: Callable[[QPainter], None]
    ) -> QPixmap:
        """Return a picture that was drawn once for the pixel ratio in use."""
        ratio = painter.device().devicePixelRatioF()
        key = (*what, ratio)
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) > KEPT:
                self._pictures.clear()
            found = QPixmap(round(width * ratio), round(height * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            on = QPainter(found)
            on.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(on)
            on.end()
            self._pictures[key] = found
        return found
