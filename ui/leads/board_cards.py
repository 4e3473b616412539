"""A card of the board: a lead with its verdict and how long it is in its stage, and the delegate that paints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from crm.i18n import _
from ui.icons import picture
from ui.leads.columns import UNKNOWN, LeadRow, shown
from ui.leads.delegate import NEXT_COLOURS, VERDICT_GLYPHS, LeadDelegate, Right
from ui.tables.paged_model import Column
from ui.theme.tokens import VERDICT_TONES, tone

if TYPE_CHECKING:
    from crm.database import Session

CARD_HEIGHT, LINE, GAP, INSIDE = 104, 21, 4, 10
"""Logical pixels at 100 %: of a card with what is free around it, of a line, around a card, inside it."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Card:
    """One lead on the board.

    Attributes:
        days: whole days in its stage; None: not known.
        limit: days after which that is long; None: the stage has no limit, or the lead rests.
    """

    row: LeadRow
    days: int | None
    limit: int | None

    @property
    def late(self) -> bool:
        """Whether it is longer in its stage than the limit."""
        return self.days is not None and self.limit is not None and self.days > self.limit

    @property
    def time_text(self) -> str:
        """Time in stage against its limit, as the card shows it."""
        if self.days is None:
            return ""
        if self.limit is None:
            return _("{days} days").format(days=self.days)
        return _("{days} / {limit} days").format(days=self.days, limit=self.limit)

    @property
    def figures(self) -> str:
        """Investment and land with their units; what is not known is left out, and no land too: the verdict says it."""
        row, parts = self.row, []
        if row.investment != UNKNOWN:
            foreign = row.investment[-1:].isalpha()
            parts.append(row.investment if foreign else _("{sum} (10k yuan)").format(sum=row.investment))
        if row.land not in (UNKNOWN, "0"):
            parts.append(_("{land} mu").format(land=row.land))
        return " · ".join(parts)


def load_cards(session: Session, ids: Sequence[int], today: date, limits: Mapping[str, int]) -> list[Card]:
    """Return the cards of leads, in the order of ``ids``."""
    from crm.queries.deadlines import stage_since  # noqa: PLC0415  (not before the first paint)
    from crm.queries.leads import load_lead_rows  # noqa: PLC0415

    since, cards = stage_since(session, ids), []
    for row in load_lead_rows(session, list(ids)):
        active = row is not None and (row.status or "active") == "active"
        day = since.get(row.id) if row is not None else None
        limit = limits.get(row.stage or "") if row is not None and active else None
        cards.append(Card(shown(row, today), None if day is None else max(0, (today - day).days), limit))
    return cards


def card_text(card: Card) -> str:
    """Return what a screen reader says of a card, and its tooltip."""
    row = card.row
    stay = _("in its stage for {time}").format(time=card.time_text) if card.time_text else ""
    late = _("over the limit") if card.late else ""
    parts = (row.name, row.subtitle, row.area, card.figures, row.verdict_text, stay, late, row.next_text, row.owner)
    return "\n".join(part for part in parts if part and part != UNKNOWN)


def card_column() -> Column:
    """Return the one column a lane has."""
    return Column("card", _("Lead"), card_text)


class CardDelegate(LeadDelegate):
    """Paints a card; fonts, pills and cut words are those of the list."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(160, self._look.tokens.px(CARD_HEIGHT))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show all of a card, for its words may be cut."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return QStyledItemDelegate.helpEvent(self, event, view, option, index)
        card = self._model.row(index.row())
        QToolTip.showText(event.globalPos(), card_text(card) if card is not None else "", view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card | None = self._model.row(index.row())
        field: QRect = option.rect.adjusted(GAP, GAP, -GAP, -GAP)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_field(painter, field, card, chosen=bool(state & QStyle.StateFlag.State_Selected))
        if card is None:
            place = QRect(field.left() + INSIDE, field.top() + 2 * INSIDE, field.width() // 2, 8)
            painter.fillRect(place, self._look.colours["line"])
        else:
            self._paint_words(painter, field.adjusted(INSIDE + 2, 7, -INSIDE, -6), card)
        painter.restore()

    def _paint_field(self, painter: QPainter, field: QRect, card: Card | None, *, chosen: bool) -> None:
        """Paint the ground of a card; its left edge says that it waits too long, or that its next step is overdue."""
        of, colours = self._look.tokens, self._look.colours
        box = QRectF(field).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colours["primary"] if chosen else colours["line"], 2 if chosen else 1))
        painter.setBrush(QColor(of.selection if chosen else of.surface))
        painter.drawRoundedRect(box, 7, 7)
        if card is not None and (card.late or card.row.next_state == "overdue"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours["bad" if card.row.next_state == "overdue" else "warn"])
            painter.drawRoundedRect(QRectF(field.left() + 3, field.top() + 8, 3, field.height() - 16), 1.5, 1.5)

    def _paint_words(self, painter: QPainter, room: QRect, card: Card) -> None:
        row, look, line = card.row, self._look, self._look.tokens.px(LINE)
        lines = [QRect(room.left(), room.top() + place * line, room.width(), line) for place in range(4)]
        self._text(painter, lines[0], row.name, font=look.name)
        place = " · ".join(part for part in (row.area, row.subtitle) if part != UNKNOWN)
        self._text(painter, lines[1], place, font=look.meta, colour="text3")
        self._text(painter, lines[2], card.figures or UNKNOWN, font=look.meta, colour="text2")
        if row.next_text != UNKNOWN:
            self._text(
                painter, lines[2], row.next_text, font=look.meta, side=Right, colour=NEXT_COLOURS[row.next_state]
            )
        shade = VERDICT_TONES.get(row.verdict, "grey")
        glyph, left = VERDICT_GLYPHS.get(row.verdict), 0
        if glyph is not None:
            painter.drawPixmap(
                room.left(), lines[3].center().y() - 6, picture(glyph, tone(look.tokens, shade).strong, 14)
            )
            left = 18
        verdict = lines[3].adjusted(left, 0, 0, 0)
        self._text(painter, verdict, row.verdict_text, font=look.meta, colour="text2" if shade == "grey" else shade)
        stay = "warn" if card.late else "text3"
        self._text(painter, lines[3], card.time_text, font=look.meta, side=Right, colour=stay)
