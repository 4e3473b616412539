"""Sizes and faces of every kind of text, in three densities; measures of GB/T 9704-2012 (practice.md §8).

2号 = 22 pt, 3号 = 16 pt, 4号 = 14 pt, 小4 = 12 pt, 5号 = 10.5 pt, 小5 = 9 pt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from reports.content import Align
from reports.fonts import Role

MM = 72 / 25.4
"""Points in one millimetre."""

PAPER = (210 * MM, 297 * MM)
TOP, LEFT = 37 * MM, 28 * MM
"""天头 and 订口."""

TEXT_WIDTH, TEXT_HEIGHT = 156 * MM, 225 * MM
"""版心."""

FOOT = 7 * MM
"""From the 版心 down to the page number."""

PITCH = 28.95
"""Of the lines, in points: 22 of them fill the 版心."""

TRACKING = (TEXT_WIDTH - 28 * 16) / 28
"""Between characters of 3号, in points (−0.21): 28 of them fill a line."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of text is set.

    Attributes:
        role: of the face.
        size: of the type, in points.
        pitch: from line to line, in points.
        indent: of the first line, in characters.
        align: of the lines.
        tracking: added after every character, in points.
        justify: whether lines reach the right margin.
    """

    role: Role
    size: float
    pitch: float
    indent: float = 0.0
    align: Align = Align.LEFT
    tracking: float = 0.0
    justify: bool = False

    def __hash__(self) -> int:
        """Return one of the measures: what was laid out is found by it."""
        return hash((self.size, self.pitch, self.indent))

    def aligned(self, align: Align) -> Style:
        """Return the style with its lines there."""
        return self if align is self.align else _aligned(self, align)


@cache
def _aligned(style: Style, align: Align) -> Style:
    return replace(style, align=align)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All styles of a document at one density."""

    title: Style
    centred: Style
    heading: Style
    subheading: Style
    body: Style
    cell: Style
    note: Style
    pad: float  # above and below the words of a cell, in points
    gap: float  # above a heading, in points
    apart: float  # between a table or chart and what stands above or below it, in points
    chart: float  # height of a chart, in points
    top: float = TOP  # 天头
    height: float = TEXT_HEIGHT  # of the 版心


FORMAL = Sheet(
    title=Style(Role.TITLE, 22, 33, align=Align.CENTRE),
    centred=Style(Role.TABLE, 12, 20, align=Align.CENTRE),
    heading=Style(Role.HEAD, 16, PITCH, indent=2),
    subheading=Style(Role.TITLE, 16, PITCH, indent=2),
    body=Style(Role.BODY, 16, PITCH, indent=2, tracking=TRACKING, justify=True),
    cell=Style(Role.TABLE, 11, 17),
    note=Style(Role.TABLE, 9, 14),
    pad=3.5,
    gap=9,
    apart=8,
    chart=52 * MM,
)
"""3号 on a pitch of 28.95 pt: 22 lines of 28 characters."""

COMPACT = replace(
    FORMAL,
    heading=Style(Role.HEAD, 14, 25, indent=0),
    subheading=Style(Role.HEAD, 12, 21, indent=0),
    body=Style(Role.BODY, 14, 24, indent=2, justify=True),
    cell=Style(Role.TABLE, 10.5, 15.5),
    pad=3,
    gap=8,
    apart=7,
)
"""4号: documents of many tables."""

FORM = replace(
    COMPACT,
    title=Style(Role.TITLE, 20, 30, align=Align.CENTRE),
    centred=Style(Role.TABLE, 11, 17, align=Align.CENTRE),
    heading=Style(Role.HEAD, 13, 22, indent=0),
    subheading=Style(Role.HEAD, 11, 19, indent=0),
    body=Style(Role.BODY, 12.5, 20, indent=2, justify=True),
    cell=Style(Role.TABLE, 10, 14.5),
    note=Style(Role.TABLE, 8.5, 12.5),
    pad=2.4,
    gap=6,
    apart=6,
    chart=44 * MM,
    top=27 * MM,
    height=244 * MM,
)
"""小5号 to 5号 with less 天头: forms of one page. No official layout any more."""

DENSE = replace(
    FORM,
    title=Style(Role.TITLE, 18, 26, align=Align.CENTRE),
    centred=Style(Role.TABLE, 10, 14.5, align=Align.CENTRE),
    heading=Style(Role.HEAD, 12, 18, indent=0),
    subheading=Style(Role.HEAD, 10.5, 17, indent=0),
    body=Style(Role.BODY, 11, 17, indent=2, justify=True),
    cell=Style(Role.TABLE, 9, 12.5),
    note=Style(Role.TABLE, 8, 11.5),
    pad=1.5,
    gap=4,
    apart=5,
    chart=35 * MM,
)
"""The smallest that is still read with ease: what must stay on its pages."""

DENSITIES = (FORMAL, COMPACT, FORM, DENSE)
