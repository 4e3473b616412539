"""The chart of land against tax: the line to reach, the project, the ways to get there. Vector, black and white."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from reports.boxes import WholeBox
from reports.content import Align, Frontier, Point, Words
from reports.fonts import FontSet
from reports.pdf_file import text_string
from reports.pen import Pen
from reports.styles import Style
from reports.typeset import lay

_LEFT, _BOTTOM, _TOP = 40.0, 26.0, 12.0
_SHARE = 0.64
"""Of the width: the field; the rest tells what the points are."""

_STEPS = (1, 2, 2.5, 5, 10)
_TICKS = 5


def nice_step(highest: float, ticks: int = _TICKS) -> float:
    """Return the distance of the marks of an axis: 1, 2, 2.5 or 5 times a power of ten."""
    rough = highest / ticks
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def figure(told: str, box: tuple[float, float, float, float]) -> str:
    """Return what a reader is told of a chart: what it shows, in words, and where it stands."""
    place = " ".join(f"{side:.2f}" for side in box)
    return f"/Alt {text_string(told)}/A<</O/Layout/Placement/Block/BBox[{place}]>>"


@dataclass(frozen=True, slots=True)
class ChartBox(WholeBox):
    """A chart laid out to the width of the text."""

    chart: Frontier
    style: Style
    width: float
    fonts: FontSet
    above: float
    height: float
    stays: bool = False

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the passing side in grey, the line, axes and points; beside them what the points are."""
        told = "; ".join(one.label for one in (self.chart.point, *self.chart.others))
        with pen.leaf("Figure", figure(told, (x, top - self.height, x + self.width, top))):
            self._draw(pen, x, top)

    def _draw(self, pen: Pen, x: float, top: float) -> None:
        field = _Field(self.chart, x, top, self.width * _SHARE, self.height)
        pen.shape(field.passing(), grey=0.92)
        pen.shape(field.frontier(), width=1.4)
        self._axes(pen, field, x, top)
        self._write(pen, self.chart.area_label, (field.left + 6, top - _TOP - 3), 160, Align.LEFT)
        left, down = x + self.width * _SHARE + 14, top - _TOP
        for number, point in enumerate((self.chart.point, *self.chart.others)):
            letter = "" if number == 0 else chr(ord("A") + number - 1)
            field.mark(pen, point, hollow=number > 0)
            if letter:
                spot = field.at(point.land, point.tax)
                self._write(pen, letter, (spot[0] + 4, spot[1] + self._pitch), 12, Align.LEFT)
            pen.dot(left, down - self._pitch / 2, 2.6, hollow=number > 0)
            label = f"{letter} {point.label}".strip()
            down -= self._write(pen, label, (left + 7, down), x + self.width - left - 7, Align.LEFT) + 3

    @property
    def _pitch(self) -> float:
        return self.style.size * 1.35

    def _axes(self, pen: Pen, field: _Field, x: float, top: float) -> None:
        pen.rule(field.left, field.foot, field.left + field.wide, field.foot, 0.8)
        pen.rule(field.left, field.foot, field.left, field.foot + field.high, 0.8)
        for value, place in field.marks(field.land, field.wide):
            pen.rule(field.left + place, field.foot, field.left + place, field.foot - 3)
            self._write(pen, f"{value:g}", (field.left + place - 20, field.foot - 3), 40, Align.CENTRE)
        for value, place in field.marks(field.tax, field.high)[1:]:
            pen.rule(field.left, field.foot + place, field.left - 3, field.foot + place)
            self._write(pen, f"{value:g}", (x, field.foot + place + self._pitch / 2), _LEFT - 5, Align.RIGHT)
        right = field.left + field.wide
        self._write(pen, self.chart.x_label, (right - 140, field.foot - 3 - self._pitch), 140, Align.RIGHT)
        self._write(pen, self.chart.y_label, (x, top), 140, Align.LEFT)

    def _write(self, pen: Pen, text: str, at: tuple[float, float], room: float, align: Align) -> float:
        """Write a label; return its height."""
        style = Style(self.style.role, self.style.size, self._pitch, align=align)
        laid = lay((Words(text),), style, room, self.fonts)
        laid.draw(pen, *at)
        return laid.height


class _Field:
    """Where land and tax lie on the page."""

    def __init__(self, chart: Frontier, x: float, top: float, width: float, height: float) -> None:
        points = (chart.point, *chart.others)
        knee = chart.least_tax / chart.least_per_mu
        self.chart = chart
        self.land = max(*(point.land for point in points), knee * 1.3, 1.0) * 1.15
        least = min(self.land, max(point.land for point in points) * 1.1) * chart.least_per_mu
        self.tax = max(*(point.tax for point in points), chart.least_tax * 1.3, least, 1.0) * 1.12
        self.left, self.foot = x + _LEFT, top - height + _BOTTOM
        self.wide, self.high = width - _LEFT, height - _BOTTOM - _TOP

    def at(self, land: float, tax: float) -> tuple[float, float]:
        """Return the place of a project."""
        return self.left + self.wide * land / self.land, self.foot + self.high * tax / self.tax

    def marks(self, most: float, length: float) -> list[tuple[float, float]]:
        """Return the values at an axis with their distance from its beginning."""
        step = nice_step(most)
        return [(number * step, length * number * step / most) for number in range(int(most / step) + 1)]

    def frontier(self) -> list[tuple[float, float]]:
        """Return the line: level at the total line, then rising with the land, up to the edge."""
        chart = self.chart
        knee = chart.least_tax / chart.least_per_mu
        last = min(self.land, self.tax / chart.least_per_mu)
        return [self.at(0, chart.least_tax), self.at(knee, chart.least_tax), self.at(last, last * chart.least_per_mu)]

    def passing(self) -> list[tuple[float, float]]:
        """Return the outline of the side that passes."""
        line = self.frontier()
        return [*line, (line[-1][0], self.foot + self.high), (self.left, self.foot + self.high)]

    def mark(self, pen: Pen, point: Point, *, hollow: bool) -> None:
        """Draw a point; the project's with lines to the axes."""
        x, y = self.at(point.land, point.tax)
        if not hollow:
            pen.dashed(x, self.foot, x, y)
            pen.dashed(self.left, y, x, y)
        pen.dot(x, y, 2.6, hollow=hollow)
