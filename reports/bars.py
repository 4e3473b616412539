"""The chart of counts by period: a group of bars at each place, in greys a copier keeps apart. Vector."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from reports.boxes import WholeBox
from reports.charts import figure, nice_step
from reports.content import Align, Bars, Words
from reports.fonts import FontSet
from reports.pen import Pen
from reports.styles import Style
from reports.typeset import lay

_LEFT, _BOTTOM, _TOP = 26.0, 16.0, 18.0
_GREYS = (0.15, 0.5, 0.72, 0.88)
"""Of the series in order."""

_FILLED = 0.72
"""Share of a place that its bars take."""

_TICKS = 4


@dataclass(frozen=True, slots=True)
class BarsBox(WholeBox):
    """A chart of bars laid out to the width of the text."""

    chart: Bars
    style: Style
    width: float
    fonts: FontSet
    above: float
    height: float
    stays: bool = False

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the legend, the marks of the axis, the bars with their counts, the places."""
        told = "; ".join(
            f"{name}: {', '.join(f'{place} {count}' for place, count in zip(self.chart.places, counts, strict=True))}"
            for name, counts in self.chart.series
        )
        with pen.leaf("Figure", figure(told, (x, top - self.height, x + self.width, top))):
            self._draw(pen, x, top)

    def _draw(self, pen: Pen, x: float, top: float) -> None:
        left, foot = x + _LEFT, top - self.height + _BOTTOM
        high, wide = self.height - _BOTTOM - _TOP, self.width - _LEFT
        most = max((count for _name, counts in self.chart.series for count in counts), default=0)
        step = max(1, ceil(nice_step(max(most, 1), _TICKS)))
        scale = high / (ceil((most + step / 2) / step) * step)  # the count over the tallest bar has room
        self._legend(pen, left, top)
        for mark in range(0, round(high / scale) + 1, step):
            self._write(pen, str(mark), (x, foot + mark * scale + self._pitch / 2), _LEFT - 4, Align.RIGHT)
            pen.rule(left, foot + mark * scale, left + wide, foot + mark * scale, 0.8 if mark == 0 else 0.2)
        room = wide / len(self.chart.places)
        for number, place in enumerate(self.chart.places):
            self._group(pen, number, (left + number * room, foot), room, scale)
            self._write(pen, place, (left + number * room, foot - 3), room, Align.CENTRE)

    @property
    def _pitch(self) -> float:
        return self.style.size * 1.2

    def _group(self, pen: Pen, place: int, corner: tuple[float, float], room: float, scale: float) -> None:
        """Draw the bars of one place; the count stands over each that is not nought."""
        left, foot = corner
        thick = room * _FILLED / len(self.chart.series)
        for number, (_name, counts) in enumerate(self.chart.series):
            start, tall = left + room * (1 - _FILLED) / 2 + number * thick, counts[place] * scale
            if counts[place]:
                pen.shade(start, foot, thick * 0.9, tall, _GREYS[number])
                self._write(pen, str(counts[place]), (start - 10, foot + tall + self._pitch), thick + 20, Align.CENTRE)

    def _legend(self, pen: Pen, x: float, top: float) -> None:
        for number, (name, _counts) in enumerate(self.chart.series):
            left = x + number * 90
            pen.shade(left, top - self._pitch + 2, 8, 7, _GREYS[number])
            self._write(pen, name, (left + 12, top), 76, Align.LEFT)

    def _write(self, pen: Pen, text: str, at: tuple[float, float], room: float, align: Align) -> None:
        style = Style(self.style.role, self.style.size * 0.9, self._pitch, align=align)
        lay((Words(text),), style, room, self.fonts).draw(pen, *at)
