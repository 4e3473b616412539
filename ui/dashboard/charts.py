"""The charts, by pyqtgraph in the tokens of the theme. It is imported with numpy at their first visit, never before.

What is drawn are pixels: figures become floats here and nowhere else, and nothing is decided by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QFont, QFontMetrics, QImage, QPaintDevice, QPainter, QResizeEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from ui.theme.faces import FAMILIES
from ui.theme.tokens import META, Tokens, tone

BAR_HEIGHT, THICK = 30, 0.56
"""Logical pixels at 100 % a bar takes with its gap; the part of it that is drawn."""

SHARP = 2
"""Pixels for a logical one in an exported picture."""

BESIDE, LEAST_BARS = 28, 40
"""Logical pixels: free beside the figure at the end of a bar; what the bars have in any case."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, how long, what stands at its end, its tone, what the tooltip says."""

    name: str
    value: int
    text: str
    tone: str
    tip: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One lead in the plane; ``shape`` tells the verdict where colour does not."""

    lead_id: int
    x: Decimal
    y: Decimal
    shape: str
    tone: str
    tip: str


class Chart(QWidget):
    """A plot without menus, mouse zoom or buttons; it is read, hovered and clicked."""

    def __init__(self, tokens: Tokens, name: str) -> None:
        super().__init__()
        self.tokens = tokens
        self.setAccessibleName(name)
        self.plot: Any = pg.PlotWidget(self, background=QColor(tokens.surface))
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its table has the keys
        self.plot.getViewBox().setDefaultPadding(0)
        self.plot.disableAutoRange()  # the ranges are set; to look for them again at each item takes most of a turn
        self.font_ = _font(tokens.px(META))
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setTickFont(self.font_)
            axis.setTextPen(QColor(tokens.text2))
            axis.setPen(QColor(tokens.line))
            axis.setStyle(tickLength=0)
            axis.tickStrings = _tick_words
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self.plot.scene().sigMouseMoved.connect(self._moved)
        self.plot.scene().sigMouseClicked.connect(self._clicked)

    def save(self, target: Path) -> None:
        """Write what is shown as PNG or SVG, by the ending of the file.

        Raises:
            OSError: it cannot be written there.
        """
        size = self.plot.size()
        if target.suffix.lower() == ".svg":
            drawn = QSvgGenerator()
            drawn.setFileName(str(target))
            drawn.setSize(size)
            drawn.setViewBox(QRect(QPoint(0, 0), size))
            drawn.setTitle(self.accessibleName())
            self._draw(drawn, 1)
            if not target.exists():
                raise OSError(str(target))
            return
        paper = QImage(size * SHARP, QImage.Format.Format_ARGB32)
        paper.fill(QColor(self.tokens.surface))
        self._draw(paper, SHARP)
        if not paper.save(str(target)):
            raise OSError(str(target))

    def _draw(self, on: QPaintDevice, scale: int) -> None:
        room = QRectF(self.plot.rect())
        painter = QPainter(on)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, room.width() * scale, room.height() * scale), QColor(self.tokens.surface))
        self.plot.scene().render(painter, QRectF(0, 0, room.width() * scale, room.height() * scale), room)
        painter.end()

    def _place(self, at: Any) -> QPointF:  # noqa: ANN401  (a point of the scene)
        found: QPointF = self.plot.getViewBox().mapSceneToView(at)
        return found

    def _moved(self, at: Any) -> None:  # noqa: ANN401
        tip = self.tip_at(self._place(at))
        self.plot.setCursor(Qt.CursorShape.PointingHandCursor if tip else Qt.CursorShape.ArrowCursor)
        if tip:
            QToolTip.showText(QCursor.pos(), tip, self)
        else:
            QToolTip.hideText()

    def _clicked(self, event: Any) -> None:  # noqa: ANN401  (an event of pyqtgraph)
        if event.button() == Qt.MouseButton.LeftButton:
            self.click_at(self._place(event.scenePos()))

    def tip_at(self, place: QPointF) -> str:
        """Return what the tooltip says at a place of the plot; "" for nothing."""
        del place
        return ""

    def click_at(self, place: QPointF) -> None:
        """Do what a click at a place of the plot does: nothing, where nothing is drawn."""


class BarChart(Chart):
    """Bars lying one under the other, with their names before and their figures behind them."""

    bar_asked = Signal(int)  # its place

    def __init__(self, tokens: Tokens, name: str) -> None:
        super().__init__(tokens, name)
        self.bars: Sequence[Bar] = ()
        self.plot.hideAxis("bottom")
        self.plot.getAxis("left").setPen(None)
        self.plot.invertY(b=True)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these, the first above."""
        self.bars = tuple(bars)
        self.plot.clear()
        places = list(range(len(bars)))
        lengths = [float(bar.value) for bar in bars]
        brushes = [QColor(tone(self.tokens, bar.tone).strong) for bar in bars]
        self.plot.addItem(
            pg.BarGraphItem(x0=0, y=places, width=lengths, height=THICK, brushes=brushes, pen=pg.mkPen(None))
        )
        most = max([*lengths, 1.0])
        for place, bar in zip(places, bars, strict=True):
            text = pg.TextItem(bar.text, color=QColor(self.tokens.text2), anchor=(0, 0.5))
            text.setFont(self.font_)
            text.setPos(float(bar.value) + most * 0.008, place)
            self.plot.addItem(text, ignoreBounds=True)
        axis, metrics = self.plot.getAxis("left"), QFontMetrics(self.font_)
        axis.setTicks([[(place, bar.name) for place, bar in zip(places, bars, strict=True)]])
        axis.setWidth(max((metrics.horizontalAdvance(bar.name) for bar in bars), default=40) + 14)
        self._fit()
        self.setFixedHeight(self.tokens.px(BAR_HEIGHT) * max(len(bars), 2) + 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the figures behind the bars, whatever the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, axis = QFontMetrics(self.font_), self.plot.getAxis("left").width()
        words = max((metrics.horizontalAdvance(bar.text) for bar in self.bars), default=0) + BESIDE
        left = max(self.plot.width() - axis - words, LEAST_BARS)
        most = max([float(bar.value) for bar in self.bars] + [1.0])
        self.plot.setRange(xRange=(0, most * (left + words) / left), yRange=(-0.6, max(len(self.bars), 1) - 0.4))

    def tip_at(self, place: QPointF) -> str:
        number = self._number(place)
        return self.bars[number].tip if number is not None else ""

    def click_at(self, place: QPointF) -> None:
        number = self._number(place)
        if number is not None:
            self.bar_asked.emit(number)

    def _number(self, place: QPointF) -> int | None:
        """Return the bar a place lies on or beside: a bar of nothing can be hit too."""
        number = round(place.y())
        return number if 0 <= number < len(self.bars) and abs(place.y() - number) <= THICK / 2 else None


THIN = ("x", "+")
"""Shapes that are drawn in their own colour all through: an edge would leave nothing of them."""


class FieldChart(Chart):
    """Leads by land and tax against the least tax their land must bring."""

    spot_asked = Signal(int)  # id of a lead

    def __init__(self, tokens: Tokens, name: str, across: str, up: str) -> None:
        super().__init__(tokens, name)
        self.spots: Sequence[Spot] = ()
        self.plot.showGrid(x=True, y=True, alpha=0.12)
        for side, text in (("bottom", across), ("left", up)):
            self.plot.getAxis(side).setLabel(text, **{"color": tokens.text2, "font-size": f"{tokens.px(META)}px"})
            self.plot.getAxis(side).enableAutoSIPrefix(False)
        self.setMinimumHeight(tokens.px(300))

    def show_field(
        self, spots: Sequence[Spot], line: Sequence[tuple[Decimal, Decimal]], words: str, size: tuple[Decimal, Decimal]
    ) -> None:
        """Draw the leads, the line and its words; ``size`` is the largest land and tax that are to be seen."""
        self.spots = tuple(spots)
        self.plot.clear()
        for shape in dict.fromkeys(spot.shape for spot in spots):
            own = [spot for spot in spots if spot.shape == shape]
            colour = QColor(tone(self.tokens, own[0].tone).strong)
            self.plot.addItem(
                pg.ScatterPlotItem(
                    x=[float(spot.x) for spot in own],
                    y=[float(spot.y) for spot in own],
                    symbol=shape,
                    size=self.tokens.px(12 if shape in THIN else 10),
                    brush=colour,
                    pen=pg.mkPen(colour if shape in THIN else QColor(self.tokens.surface), width=1),
                )
            )
        if line:
            pen = pg.mkPen(QColor(self.tokens.text2), width=1.5, style=Qt.PenStyle.DashLine)
            self.plot.plot([float(x) for x, _y in line], [float(y) for _x, y in line], pen=pen)
            text = pg.TextItem(words, color=QColor(self.tokens.text2), anchor=(0, 1))
            text.setFont(self.font_)
            text.setPos(0, float(line[0][1]))
            self.plot.addItem(text, ignoreBounds=True)
        self.plot.setRange(xRange=(0, float(size[0])), yRange=(0, float(size[1])))

    def tip_at(self, place: QPointF) -> str:
        spot = self._spot(place)
        return spot.tip if spot is not None else ""

    def click_at(self, place: QPointF) -> None:
        spot = self._spot(place)
        if spot is not None:
            self.spot_asked.emit(spot.lead_id)

    def _spot(self, place: QPointF) -> Spot | None:
        """Return the lead whose mark lies nearest, where one is within reach."""
        wide, tall = self.plot.getViewBox().viewPixelSize()
        reach = self.tokens.px(8)
        near = [
            (((float(spot.x) - place.x()) / wide) ** 2 + ((float(spot.y) - place.y()) / tall) ** 2, number)
            for number, spot in enumerate(self.spots)
        ]
        best = min(near, default=None)
        return self.spots[best[1]] if best is not None and best[0] <= reach**2 else None


def _tick_words(values: Sequence[float], scale: float, _spacing: float) -> list[str]:
    return [f"{value * scale:,.10g}" for value in values]


def _font(size: int) -> QFont:
    font = QFont(list(FAMILIES))
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
