"""Words measured and broken into lines, and lines drawn: every string of every document passes here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from reports.breaking import fill
from reports.content import Align, Line, Tone
from reports.fonts import Face, FontSet, Role
from reports.pen import Pen, Piece
from reports.styles import Style
from reports.text import runs
from reports.titles import break_title

MOST_STRETCH = 0.1
"""Of the size: what a gap between two characters may grow by; a line that needs more stays ragged."""

REMEMBERED = 2_000
"""Pieces of text whose lines are kept, some ten kilobytes each at most."""

_BOLD = {Role.BODY: Role.TITLE, Role.TABLE: Role.HEAD, Role.TITLE: Role.TITLE, Role.HEAD: Role.HEAD}
_WIDE = 0.85
"""Of the size: how wide a character must be to take part in justifying."""

_BASELINE = 0.38
"""Of the size: from the middle of an ideograph down to its baseline."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one face and tone."""

    start: int
    end: int
    face: Face
    tone: Tone


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph ready to draw.

    Attributes:
        text: its characters.
        widths: of each, in points, with the tracking.
        stretches: of faces and tones, in order; ``starts`` where each begins.
        lines: start, end and indent of each line, and whether it ends its paragraph.
    """

    text: str
    widths: list[float]
    stretches: list[Stretch]
    starts: list[int]
    lines: list[tuple[int, int, float, bool]]


class LaidLine(NamedTuple):
    """A line ready to draw: how far from the left edge of the column it begins, in points, and what it says."""

    left: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """Words laid out in a column."""

    style: Style
    room: float
    paragraphs: tuple[Paragraph, ...]
    rows: tuple[LaidLine, ...]  # each line of each paragraph

    count: int  # of the lines
    height: float  # in points

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(row.pieces for row in self.rows)

    @property
    def width(self) -> float:
        """Of the first paragraph on one line, in points."""
        return sum(self.paragraphs[0].widths)

    def draw(self, pen: Pen, x: float, top: float, first: int = 0, last: int | None = None) -> None:
        """Draw the lines from ``first`` up to ``last``, the first one at ``top``."""
        style = self.style
        baseline = top - style.pitch / 2 - style.size * _BASELINE
        for number, row in enumerate(self.rows[first:last]):
            if row.pieces:
                pen.write(x + row.left, baseline - number * style.pitch, style.size, row.pieces)

    def texts(self) -> list[str]:
        """Return the lines as printed; tests look at their first and last characters."""
        return ["".join(piece.text for piece in row.pieces) for row in self.rows]


@lru_cache(maxsize=REMEMBERED)
def lay(words: Line, style: Style, room: float, fonts: FontSet, *, keep: tuple[str, ...] | None = None) -> Laid:
    """Return words broken into lines for a column.

    Args:
        words: may hold newlines; each starts a paragraph.
        style: of the text.
        room: width of the column, in points.
        fonts: of the document.
        keep: names to keep whole, for a title: it is then broken between phrases.

    What was laid out is remembered: labels, heads and the reasons of matching stand in every document.
    """
    paragraphs = tuple(_paragraph(part, style, room, fonts, keep) for part in _split(words))
    rows = tuple(row for paragraph in paragraphs for row in _Setting(paragraph, style, room).rows())
    return Laid(style, room, paragraphs, rows, len(rows), len(rows) * style.pitch)


def measure(words: Line, style: Style, fonts: FontSet) -> float:
    """Return the width of words set on one line, in points."""
    return sum(_measured([(word.text.replace("\n", " "), word.tone) for word in words], style, fonts)[1])


Part = list[tuple[str, Tone]]


def _split(words: Line) -> list[Part]:
    """Return the words paragraph by paragraph."""
    parts: list[Part] = [[]]
    for word in words:
        first, *rest = word.text.split("\n")
        parts[-1].append((first, word.tone))
        parts.extend([(text, word.tone)] for text in rest)
    return parts


def _paragraph(part: Part, style: Style, room: float, fonts: FontSet, keep: Sequence[str] | None) -> Paragraph:
    text, widths, stretches = _measured(part, style, fonts)
    starts = [stretch.start for stretch in stretches]
    indent = style.indent * (style.size + style.tracking)
    if keep is not None and (titled := break_title(text, widths, room, keep)):
        return Paragraph(text, widths, stretches, starts, _titled_lines(text, titled))
    filled = fill(text, widths, room, indent, style.size)
    last = len(filled) - 1
    lines = [(start, end, indent if number == 0 else 0.0, number == last) for number, (start, end) in enumerate(filled)]
    return Paragraph(text, widths, stretches, starts, lines)


def _titled_lines(text: str, titled: list[str]) -> list[tuple[int, int, float, bool]]:
    lines, place = [], 0
    for one in titled:
        place = text.index(one, place)
        lines.append((place, place + len(one), 0.0, True))
        place += len(one)
    return lines


def _measured(part: Part, style: Style, fonts: FontSet) -> tuple[str, list[float], list[Stretch]]:
    widths, stretches, printed = list[float](), list[Stretch](), list[str]()
    scale, tracking = style.size / 1000, style.tracking
    for words, tone in part:
        role = _BOLD[style.role] if tone is Tone.STRONG else style.role
        for run in runs(words, role, fonts):
            start = len(widths)
            advance = run.face.widths
            widths.extend([advance[ord(character)] * scale + tracking for character in run.text])
            stretches.append(Stretch(start, len(widths), run.face, tone))
            printed.append(run.text)
    return "".join(printed), widths, stretches


@dataclass(frozen=True, slots=True)
class _Setting:
    """Puts the lines of one paragraph into their column."""

    paragraph: Paragraph
    style: Style
    room: float

    def rows(self) -> Iterator[LaidLine]:
        """Yield each line."""
        for start, end, indent, is_last in self.paragraph.lines:
            width = sum(self.paragraph.widths[start:end])
            left, gap = indent, 0.0
            if self.style.justify and not is_last:
                gap = self._gap(start, end, self.room - indent - width)
            elif self.style.align is Align.CENTRE:
                left += (self.room - width) / 2
            elif self.style.align is Align.RIGHT:
                left += self.room - width
            yield LaidLine(left, tuple(self._pieces(start, end, gap)))

    def _pieces(self, start: int, end: int, gap: float) -> Iterator[Piece]:
        """Yield the characters of a line by face, tone and the space after them."""
        text, tracking = self.paragraph.text, self.style.tracking
        number = max(0, bisect_right(self.paragraph.starts, start) - 1)
        for stretch in self.paragraph.stretches[number:]:
            if stretch.start >= end:
                break
            cuts = [max(start, stretch.start), min(end, stretch.end)]
            if gap:
                inner = range(cuts[0] + 1, cuts[1])
                cuts[1:1] = [place for place in inner if self._is_wide(place) != self._is_wide(place - 1)]
            for first, last in pairwise(cuts):
                grown = gap if gap and self._is_wide(first) else 0.0
                yield Piece(stretch.face, stretch.tone, tracking + grown, text[first:last])

    def _is_wide(self, place: int) -> bool:
        return self.paragraph.widths[place] > self.style.size * _WIDE

    def _gap(self, start: int, end: int, spare: float) -> float:
        """Return what each wide character grows by so that a line is full; 0 when that would look torn."""
        places = sum(map(self._is_wide, range(start, end - 1)))
        if spare <= 0 or not places or spare / places > self.style.size * MOST_STRETCH:
            return 0.0
        return spare / places
