"""What draws: the only place that touches the PDF canvas.

Text, rules, grey areas and bookmarks; nothing else exists here, so no link, image or script can get into a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from reports.content import Tone

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

HAIR = 0.4
"""Width of the rules inside a table, in points."""

RULE = 0.9
"""Width of the rules above and below a table, in points."""

SHADE = 0.93
"""Grey of a label's ground: black type on it survives any copier."""

_GREYS = {Tone.PLAIN: 0.0, Tone.STRONG: 0.0, Tone.GREY: 0.42, Tone.FAINT: 0.0}

FAINT = 0.13
"""How much of a watermark's black is seen: words below it are read as well as without it, shaded cells hide none."""


class Pen:
    """Draws on one canvas; coordinates in points from the lower left corner."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas: Any = canvas  # its stream of operators is written directly: text objects take five times as long
        self._names: dict[tuple[str, int], str] = {}
        self._fresh()

    def _fresh(self) -> None:
        """Take the state of a new page."""
        self._grey, self._width = 0.0, 1.0

    def _put(self, operators: str) -> None:
        self._canvas._code.append(operators)  # noqa: SLF001  (see above)

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
        x, y = at
        font = _registered(face)
        document = self._canvas._doc  # noqa: SLF001  (the subsets of a face belong to the document)
        shown = " ".join(
            f"{self._name(face, font, subset)} {size:.2f} Tf <{codes.hex()}> Tj"
            for subset, codes in font.splitString(text, document)
        )
        if space:
            self._put(f"BT {space:.3f} Tc {x:.2f} {y:.2f} Td {shown} 0 Tc ET")
        else:
            self._put(f"BT {x:.2f} {y:.2f} Td {shown} ET")

    def _name(self, face: str, font: Any, subset: int) -> str:  # noqa: ANN401  (a font of reportlab)
        """Return the name of a subset of a face in this document."""
        name = self._names.get((face, subset))
        if name is None:
            name = font.getSubsetInternalName(subset, self._canvas._doc)  # noqa: SLF001  (as above)
            self._names[face, subset] = name
        return name

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = HAIR) -> None:
        """Draw a straight line."""
        self._thick(width)
        self._put(f"n {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

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
        """Draw faintly around a point, turned to the left; the point is the origin meanwhile."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.rotate(degrees)
        self._canvas.setFillAlpha(FAINT)
        before = self._grey, self._width
        yield
        self._canvas.restoreState()
        self._grey, self._width = before

    def blots(self, rectangles: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill rectangles in black: left, bottom, width, height."""
        self._fill(0.0)
        drawn = (f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re" for x, y, width, height in rectangles)
        self._put(f"n {' '.join(drawn)} f")

    def shade(self, x: float, y: float, width: float, height: float, grey: float = SHADE) -> None:
        """Fill a rectangle with a light grey."""
        self._fill(grey)
        self._put(f"n {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")
        self._fill(0.0)

    def shape(self, points: list[tuple[float, float]], *, grey: float | None = None, width: float = RULE) -> None:
        """Fill an outline with a light grey, or draw it as an open line."""
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if grey is None:
            self._thick(width)
            self._canvas.drawPath(path, stroke=1, fill=0)
            return
        path.close()
        self._fill(grey)
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._fill(0.0)

    def dot(self, x: float, y: float, radius: float, *, hollow: bool = False) -> None:
        """Draw a point of a chart: full, or hollow."""
        self._thick(HAIR * 2)
        self._fill(1.0 if hollow else 0.0)
        self._canvas.circle(x, y, radius, stroke=1, fill=1)
        self._fill(0.0)

    def bookmark(self, name: str, title: str, level: int) -> None:
        """Put a bookmark to this page into the reader's list."""
        self._canvas.bookmarkPage(name)
        self._canvas.addOutlineEntry(title, name, level, closed=False)

    def _fill(self, grey: float) -> None:
        if grey != self._grey:
            self._put(f"{grey:g} g")
            self._grey = grey

    def _thick(self, width: float) -> None:
        if width != self._width:
            self._put(f"{width:g} w")
            self._width = width

    def new_page(self) -> None:
        """End the page."""
        self._canvas.showPage()
        self._fresh()


@cache
def _registered(face: str) -> Any:  # noqa: ANN401  (a font of reportlab)
    """Return a face as reportlab knows it; it was registered when the words were measured."""
    from reportlab.pdfbase.pdfmetrics import getFont  # noqa: PLC0415  (the start is budgeted)

    return getFont(face)
