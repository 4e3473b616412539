"""What a document says, before anything is measured: words in blocks. A document is made of these, then laid out.

The words of every block can be listed (``Document.texts``), so a character no font has is found before a page is begun,
and the same content can later go to another kind of file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from reports.text import clean


class Tone(StrEnum):
    """How words stand out."""

    PLAIN = "plain"
    FAINT = "faint"  # a watermark: everything else is read through it
    GREY = "grey"  # not known, or a note
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text of one tone.

    Attributes:
        text: cleaned on the way in.
        tone: how it stands out.
        where: name of the field it comes from, for an error about it; "" takes that of the block.
        past: what was once written (a change, a cell of a file): nobody can put another character there any more.
    """

    text: str
    tone: Tone = Tone.PLAIN
    where: str = ""
    past: bool = False

    def __post_init__(self) -> None:
        text = clean(self.text)
        before, after = self.text[:1] == " ", self.text[-1:] == " "  # an English mark keeps the blank beside it
        if text is not self.text:
            object.__setattr__(self, "text", f"{' ' * before}{text}{' ' * after}" if text else "")

    def __hash__(self) -> int:
        """Return that of the text: what was laid out is found by it, and the rest seldom differs."""
        return hash(self.text)


Line = tuple[Words, ...]
"""Words that follow each other in one paragraph or cell."""


def line(*words: str | Words) -> Line:
    """Return a line of words; plain strings are plain words."""
    return tuple(Words(word) if isinstance(word, str) else word for word in words)


class Block(Protocol):
    """Anything a document is made of."""

    def lines(self) -> Iterator[Line]:
        """Yield everything the block prints."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title: centred, broken between phrases.

    Attributes:
        keep: names not to break.
        where: the field it is made of.
    """

    text: str
    keep: tuple[str, ...] = ()
    where: str = ""

    def lines(self) -> Iterator[Line]:
        """Yield the title."""
        yield (Words(self.text, where=self.where),)


@dataclass(frozen=True, slots=True)
class Centred:
    """A centred line below the title."""

    words: Line

    def lines(self) -> Iterator[Line]:
        """Yield the line."""
        yield self.words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、) or 2 （一）; it never stands alone at the foot of a page, and is a bookmark."""

    text: str
    level: int = 1

    def lines(self) -> Iterator[Line]:
        """Yield the heading."""
        yield line(self.text)


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph of running text."""

    words: Line

    def lines(self) -> Iterator[Line]:
        """Yield the paragraph."""
        yield self.words


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph in small type: sources, counting basis, digest; ``with_next`` keeps it beside what follows."""

    words: Line
    with_next: bool = False

    def lines(self) -> Iterator[Line]:
        """Yield the note."""
        yield self.words


class Align(StrEnum):
    """Where the words of a column stand."""

    LEFT = "left"
    RIGHT = "right"  # numbers
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        words: what it says.
        span: columns it covers.
        label: it names what stands beside it: shaded.
        align: its own place, else its column's.
        up: it is one with the empty cell above it: no rule parts them.
    """

    words: Line
    span: int = 1
    label: bool = False
    align: Align | None = None
    up: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its heads are repeated on every page; a row is split only when it is taller than a page.

    Attributes:
        rows: of cells; the spans of a row add up to the number of columns.
        widths: shares of the line width.
        aligns: of each column.
        heads: how many rows from the top are heads.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    aligns: tuple[Align, ...]
    heads: int = 0

    def lines(self) -> Iterator[Line]:
        """Yield every cell."""
        for row in self.rows:
            for cell in row:
                yield cell.words


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign: 测算人、复核人、负责人、日期."""

    labels: tuple[str, ...]

    def lines(self) -> Iterator[Line]:
        """Yield the labels."""
        yield from (line(label) for label in self.labels)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a chart: land in 亩, tax in 万元 a year, what it is."""

    land: float
    tax: float
    label: str


@dataclass(frozen=True, slots=True)
class Frontier:
    """The chart of land against tax with the line a project must reach; drawn, never decided from.

    Attributes:
        least_tax: the total line, 万元 a year; 0: none.
        least_per_mu: the line for each 亩, 万元 a year.
        point: the project.
        others: further points, such as the ways to reach the line.
        x_label: of the axis of land.
        y_label: of the axis of tax.
        area_label: what the side of the line means that passes.
    """

    least_tax: float
    least_per_mu: float
    point: Point
    others: tuple[Point, ...]
    x_label: str
    y_label: str
    area_label: str

    def lines(self) -> Iterator[Line]:
        """Yield the labels."""
        labels = (self.x_label, self.y_label, self.area_label, self.point.label, *(one.label for one in self.others))
        yield from (line(label) for label in labels)


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of counts: for each place on the axis one bar of each series.

    Attributes:
        places: labels along the axis.
        series: name and the counts, one for each place.
    """

    places: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]

    def lines(self) -> Iterator[Line]:
        """Yield the labels."""
        yield from (line(label) for label in (*self.places, *(name for name, _counts in self.series)))


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        kind: its name, such as 项目简报; the running head carries it.
        title: for the file's properties.
        author: the unit or officer.
        language: ``zh_CN`` or ``en``.
        blocks: its content.
        header: the unit's own header text; "" for none (decisions 4, 10).
        footer: a standing line such as 内部参考; "" for none.
        digest: of the facts and the template, in full; it goes into the file's properties.
        running: whether pages after the first carry the title and the page of how many, and a long one its contents.
        watermark: faint words across every page, such as who may read it; "" for none.
        code: what the QR code at the foot of the last page says; "" for none.
        edited: an officer changed its words or left some out.
    """

    kind: str
    title: str
    author: str
    language: str
    blocks: Sequence[Block]
    header: str = ""
    footer: str = ""
    digest: str = ""
    running: bool = False
    watermark: str = ""
    code: str = ""
    edited: bool = False

    def characters(self) -> str:
        """Return every character that is printed, in no order that matters."""
        own = (self.kind, self.header, self.footer, self.watermark)
        words = (word.text for block in self.blocks for words in block.lines() for word in words)
        return clean("".join(own)) + "".join(words)

    def texts(self, *, past: bool = False) -> list[tuple[str, str]]:
        """Return what is printed as pairs of place and text: all that is so now, or what was once written."""
        own = (self.kind, self.header, self.footer, self.watermark) if not past else ()
        found = [("", clean(text)) for text in own if text]
        heading = self.title
        for block in self.blocks:
            if isinstance(block, Heading):
                heading = block.text
            label = ""
            cells = (cell for row in block.rows for cell in row) if isinstance(block, Table) else ()
            labelled = [(cell.words, cell.label) for cell in cells] or [(words, False) for words in block.lines()]
            for words, is_label in labelled:
                text = "".join(word.text for word in words)
                label = text if is_label else label
                found.extend((word.where or label or heading, word.text) for word in words if word.past == past)
        return found
