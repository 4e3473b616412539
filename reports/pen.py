"""What draws: the only place that touches the PDF canvas.

Text, rules, grey areas and bookmarks; nothing else exists here, so no link, image or script can get into a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reports.content import Tone

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

HAIR = 0.4
"""Width of the rules inside a table, in points."""

RULE = 0.9
"""Width of the rules above and below a table, in points."""

SHADE = 0.93
"""Grey of a label's ground: black type on it survives any copier."""

_GREYS = {Tone.PLAIN: 0.0, Tone.STRONG: 0.0, Tone.GREY: 0.42, Tone.FAINT: 0.87}


class Pen:
    """Draws on one canvas; coordinates in points from the lower left corner."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._grey = 0.0

    def tone(self, tone: Tone) -> None:
        """Use a tone for what is written next."""
        self._fill(_GREYS[tone])

    def write(self, at: tuple[float, float], text: str, *, face: str, size: float, space: float = 0.0) -> None:
        """Write characters of one face.

        Args:
            at: left end of their baseline.
            text: all its characters are in the face.
            face: name of the face.
            size: in points.
            space: added after every character, in points.
        """
        line = self._canvas.beginText(*at)
        line.setFont(face, size)
        if space:
            line.setCharSpace(space)
        line.textOut(text)
        if space:
            line.setCharSpace(0)
        self._canvas.drawText(line)

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = HAIR) -> None:
        """Draw a straight line."""
        self._canvas.setLineWidth(width)
        self._canvas.line(x1, y1, x2, y2)

    def dashed(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a broken line."""
        self._canvas.setDash(3, 2)
        self.rule(x1, y1, x2, y2, 0.6)
        self._canvas.setDash()

    def dotted(self, x1: float, x2: float, y: float) -> None:
        """Draw the dots that lead the eye from an entry to its page."""
        self._canvas.setDash(0.7, 2.3)
        self.rule(x1, y, x2, y, 0.7)
        self._canvas.setDash()

    @contextmanager
    def turned(self, x: float, y: float, degrees: float) -> Iterator[None]:
        """Draw around a point, turned to the left; the point is the origin meanwhile."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.rotate(degrees)
        yield
        self._canvas.restoreState()
        self._grey = 0.0

    def blots(self, rectangles: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill rectangles in black: left, bottom, width, height."""
        path = self._canvas.beginPath()
        for rectangle in rectangles:
            path.rect(*rectangle)
        self._fill(0.0)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def shade(self, x: float, y: float, width: float, height: float, grey: float = SHADE) -> None:
        """Fill a rectangle with a light grey."""
        self._fill(grey)
        self._canvas.rect(x, y, width, height, stroke=0, fill=1)
        self._fill(0.0)

    def shape(self, points: list[tuple[float, float]], *, grey: float | None = None, width: float = RULE) -> None:
        """Fill an outline with a light grey, or draw it as an open line."""
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if grey is None:
            self._canvas.setLineWidth(width)
            self._canvas.drawPath(path, stroke=1, fill=0)
            return
        path.close()
        self._fill(grey)
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._fill(0.0)

    def dot(self, x: float, y: float, radius: float, *, hollow: bool = False) -> None:
        """Draw a point of a chart: full, or hollow."""
        self._canvas.setLineWidth(HAIR * 2)
        self._fill(1.0 if hollow else 0.0)
        self._canvas.circle(x, y, radius, stroke=1, fill=1)
        self._fill(0.0)

    def bookmark(self, name: str, title: str, level: int) -> None:
        """Put a bookmark to this page into the reader's list."""
        self._canvas.bookmarkPage(name)
        self._canvas.addOutlineEntry(title, name, level, closed=False)

    def _fill(self, grey: float) -> None:
        if grey != self._grey:
            self._canvas.setFillGray(grey)
            self._grey = grey

    def new_page(self) -> None:
        """End the page."""
        self._canvas.showPage()
        self._grey = 0.0
