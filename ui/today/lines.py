"""A list of lines one acts on: each says what waits and opens it, by a click or by Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme.faces import FAMILIES
from ui.theme.tokens import BODY, META, Tokens, tone

LINE, HEAD = 46, 30
"""Logical pixels at 100 %: of a line, of the heading of a group."""

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        title: what it is about.
        detail: the smaller words under it.
        right: the short word at its end.
        tone: of ``right`` and of the edge: bad, warn, primary; "" for none.
        then: what it opens; None: it is the heading of a group.
    """

    title: str
    detail: str = ""
    right: str = ""
    tone: str = ""
    then: Callable[[], object] | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says, and the tooltip."""
        return "\n".join(part for part in (self.title, self.detail, self.right) if part)


class LineModel(QAbstractListModel):
    """The lines of a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        told = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return line.spoken if role in told else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.lines[index.row()].then is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class LineList(QListView):
    """The list; as tall as its lines, the page scrolls."""

    def __init__(self, tokens: Tokens, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LineModel(self)
        self.setObjectName("today")
        self.setModel(self.lines)
        self.setItemDelegate(_Painter(tokens, self.lines, self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._tokens = tokens

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the cursor stays on its place where there still is one."""
        place = self.currentIndex().row()
        self.lines.set_lines(lines)
        heights = (self._tokens.px(HEAD if line.then is None else LINE) for line in lines)
        self.setFixedHeight(sum(heights) + 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if lines else Qt.FocusPolicy.NoFocus)
        if place >= 0:
            self._go_to(min(place, len(lines) - 1))

    def act(self, row: int) -> None:
        """Open what a line is about."""
        then = self.lines.lines[row].then if 0 <= row < len(self.lines.lines) else None
        if then is not None:
            then()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._go_to(max(0, self.currentIndex().row()))

    def _go_to(self, row: int) -> None:
        """Put the cursor on a line, or the first one after it that opens something."""
        while row < len(self.lines.lines) and self.lines.lines[row].then is None:
            row += 1
        if 0 <= row < len(self.lines.lines):
            self.setCurrentIndex(self.lines.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.act(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.act(self.indexAt(event.position().toPoint()).row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint())
        opens = over.isValid() and self.lines.lines[over.row()].then is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)


class _Painter(QStyledItemDelegate):
    """Paints a line: edge, two rows of words, the word at its end."""

    def __init__(self, tokens: Tokens, model: LineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._tokens, self._model = tokens, model
        self._fonts = {size: _font(tokens.px(size)) for size in (BODY, META)}
        self._strong = _font(tokens.px(BODY), QFont.Weight.Medium)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(120, self._tokens.px(HEAD if self._model.lines[index.row()].then is None else LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, rect, state = self._model.lines[index.row()], option.rect, option.state
        painter.save()
        if line.then is None:
            shade = tone(self._tokens, line.tone).strong if line.tone else self._tokens.text3
            self._words(painter, rect.adjusted(4, 4, -4, 0), line.title, self._fonts[META], shade)
        else:
            self._ground(painter, rect, line, state)
            self._line(painter, rect.adjusted(14, 3, -10, -3), line)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, line: Line, state: QStyle.StateFlag) -> None:
        of, view = self._tokens, self.parent()
        chosen = bool(state & QStyle.StateFlag.State_Selected) and isinstance(view, QWidget) and view.hasFocus()
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(of.primary.strong) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(of.selection if chosen else of.hover))
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if line.tone:
            painter.fillRect(rect.left() + 4, rect.top() + 8, 3, rect.height() - 16, QColor(tone(of, line.tone).strong))

    def _line(self, painter: QPainter, room: QRect, line: Line) -> None:
        of, half = self._tokens, room.height() // 2
        width = QFontMetrics(self._fonts[META]).horizontalAdvance(line.right) + 2 if line.right else 0
        width = min(width, room.width() // 2)
        words = room.adjusted(0, 0, -width - 10 if width else 0, 0)
        if line.detail:
            self._words(
                painter, QRect(words.left(), words.top(), words.width(), half), line.title, self._strong, of.text
            )
            below = QRect(words.left(), words.top() + half, words.width(), half)
            self._words(painter, below, line.detail, self._fonts[META], of.text3)
        else:
            self._words(painter, words, line.title, self._fonts[BODY], of.primary.strong)
        if width:
            shade = tone(of, line.tone).strong if line.tone else of.text2
            end = QRect(room.right() - width, room.top(), width + 1, room.height())
            self._words(painter, end, line.right, self._fonts[META], shade)

    def _words(self, painter: QPainter, room: QRect, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


def _font(size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(list(FAMILIES))
    font.setPixelSize(size)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
