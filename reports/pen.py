"""What draws: the only place that writes on a page.

Text, rules, grey areas and bookmarks; nothing else exists here, so no link, image or script can get into a file. What
is drawn belongs to a part of the document (``leaf``) or to none (``beside``: rules, page numbers, repeated heads).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from reports.content import Tone
from reports.embedding import Codes
from reports.fonts import Face
from reports.tags import Tags

HAIR = 0.4
"""Width of the rules inside a table, in points."""

RULE = 0.9
"""Width of the rules above and below a table, in points."""

SHADE = 0.93
"""Grey of a label's ground: black type on it survives any copier."""

_GREYS = {Tone.PLAIN: 0.0, Tone.STRONG: 0.0, Tone.GREY: 0.42, Tone.FAINT: 0.0}

FAINT = 0.13
"""How much of a watermark's black is seen: words below it are read as well as without it, shaded cells hide none."""

_ROUND = 0.5523
"""How far the handles of a quarter of a circle stand out, in radii."""


class Piece(NamedTuple):
    """Characters of one face and tone that follow each other; ``space`` is added after each, in points."""

    face: Face
    tone: Tone
    space: float
    text: str


class Bookmark(NamedTuple):
    """An entry of the reader's list: its page counts from 0, ``top`` is in points from the lower edge."""

    title: str
    level: int
    page: int
    top: float


class _Until:
    """Ends what was begun: a context manager made once, for there are thousands of cells."""

    __slots__ = ("_end",)

    def __init__(self, end: Callable[[], None]) -> None:
        self._end = end

    def __enter__(self) -> None:
        """Go on: it was begun before."""

    def __exit__(self, *_error: object) -> None:
        """End it."""
        self._end()


class Pen:
    """Draws on the pages of one document; coordinates in points from the lower left corner.

    Attributes:
        tags: the parts of the document.
        pages: operators of the pages that are done.
        bookmarks: in the order of the pages.
    """

    def __init__(self) -> None:
        self.tags = Tags()
        self.pages: list[bytes] = []
        self._used: dict[Face, tuple[str, Codes]] = {}
        self.bookmarks: list[Bookmark] = []
        self._code: list[str] = []
        self._until_part, self._until_leaf = _Until(self.tags.leave), _Until(self._end_leaf)
        self._until_beside = _Until(self._end_mark)
        self.tags.new_page()
        self._fresh()

    def _fresh(self) -> None:
        """Take the state of a new page."""
        self._grey, self._width, self._space = 0.0, 1.0, 0.0
        self._font: tuple[str, float] = ("", 0.0)

    def within(self, role: str, again: int | None = None) -> _Until:
        """Begin a part that is made of parts; ``again`` as of ``Tags.enter``."""
        self.tags.enter(role, "", again)
        return self._until_part

    def leaf(self, role: str, attributes: str = "", again: int | None = None) -> _Until:
        """Begin a part whose words are drawn now; ``again`` as of ``Tags.enter``."""
        element = self.tags.enter(role, attributes, again)
        self._code.append(f"/{role} <</MCID {self.tags.mark(element)}>> BDC")
        return self._until_leaf

    def beside(self) -> _Until:
        """Begin what is no part of the document."""
        self._code.append("/Artifact BMC")
        return self._until_beside

    def _end_mark(self) -> None:
        self._code.append("EMC")

    def _end_leaf(self) -> None:
        self._code.append("EMC")
        self.tags.leave()

    def write(self, x: float, y: float, size: float, pieces: Sequence[Piece]) -> None:
        """Write a line.

        Args:
            x: left end of its baseline.
            y: height of its baseline.
            size: of the type, in points.
            pieces: what follows each other on it.
        """
        put = [f"BT {x:.2f} {y:.2f} Td"]
        for face, tone, space, text in pieces:
            name, codes = self._used.get(face) or self._use(face)
            grey = _GREYS[tone]
            if grey != self._grey:
                put.append(f"{grey:g} g")
                self._grey = grey
            if (name, size) != self._font:
                put.append(f"/{name} {size:g} Tf")
                self._font = name, size
            if space != self._space:
                put.append(f"{space:.3f} Tc")
                self._space = space
            put.append(f"<{''.join(map(codes.__getitem__, text))}> Tj")
        put.append("ET")
        self._code.append(" ".join(put))

    def _use(self, face: Face) -> tuple[str, Codes]:
        """Begin to use a face; return its name on the pages and the codes of its characters."""
        used = self._used[face] = (f"F{len(self._used) + 1}", Codes())
        return used

    def faces(self) -> Iterator[tuple[str, Face, Codes]]:
        """Yield each face that was used, with its name on the pages and what was used of it."""
        for face, (name, codes) in self._used.items():
            yield name, face, codes

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = HAIR) -> None:
        """Draw a straight line."""
        self._thick(width)
        self._code.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def dashed(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a broken line."""
        self._code.append("[3 2] 0 d")
        self.rule(x1, y1, x2, y2, 0.6)
        self._code.append("[] 0 d")

    def dotted(self, x1: float, x2: float, y: float) -> None:
        """Draw the dots that lead the eye from an entry to its page."""
        self._code.append("[0.7 2.3] 0 d")
        self.rule(x1, y, x2, y, 0.7)
        self._code.append("[] 0 d")

    @contextmanager
    def turned(self, matrix: tuple[float, float, float, float, float, float]) -> Iterator[None]:
        """Draw faintly by another system of coordinates."""
        self._code.append(f"q {' '.join(f'{one:.5f}' for one in matrix)} cm /Faint gs")
        before = self._grey, self._width, self._space, self._font
        yield
        self._code.append("Q")
        self._grey, self._width, self._space, self._font = before

    def blots(self, rectangles: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill rectangles in black: left, bottom, width, height."""
        self._fill(0.0)
        drawn = (f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re" for x, y, width, height in rectangles)
        self._code.append(f"{' '.join(drawn)} f")

    def shade(self, x: float, y: float, width: float, height: float, grey: float = SHADE) -> None:
        """Fill a rectangle with a light grey."""
        self._fill(grey)
        self._code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def shape(self, points: list[tuple[float, float]], *, grey: float | None = None, width: float = RULE) -> None:
        """Fill an outline with a light grey, or draw it as an open line."""
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points))
        if grey is None:
            self._thick(width)
            self._code.append(f"{path} S")
            return
        self._fill(grey)
        self._code.append(f"{path} h f")

    def dot(self, x: float, y: float, radius: float, *, hollow: bool = False) -> None:
        """Draw a point of a chart: full, or hollow."""
        self._thick(HAIR * 2)
        self._fill(1.0 if hollow else 0.0)
        out = radius * _ROUND
        turns = (
            (radius, out, out, radius, 0, radius),
            (-out, radius, -radius, out, -radius, 0),
            (-radius, -out, -out, -radius, 0, -radius),
            (out, -radius, radius, -out, radius, 0),
        )
        drawn = (" ".join(f"{base + by:.2f}" for base, by in zip((x, y) * 3, turn, strict=True)) for turn in turns)
        self._code.append(f"{x + radius:.2f} {y:.2f} m {' c '.join(drawn)} c b")

    def bookmark(self, title: str, level: int, top: float) -> None:
        """Put a bookmark to a place of this page into the reader's list."""
        self.bookmarks.append(Bookmark(title, level, len(self.pages), top))

    def _fill(self, grey: float) -> None:
        if grey != self._grey:
            self._code.append(f"{grey:g} g")
            self._grey = grey

    def _thick(self, width: float) -> None:
        if width != self._width:
            self._code.append(f"{width:g} w")
            self._width = width

    def new_page(self) -> None:
        """End the page."""
        self.pages.append("\n".join(self._code).encode("ascii"))
        self._code.clear()
        self.tags.new_page()
        self._fresh()
