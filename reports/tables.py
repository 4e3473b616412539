"""Tables: heads on every page, rows whole, numbers to the right, rules that survive a copier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from reports.boxes import MOVED_WHOLE, Box
from reports.content import Align, Cell, Table, Tone, Words
from reports.fonts import FontSet
from reports.pen import HAIR, RULE, Pen
from reports.styles import Style
from reports.tags import HEADER_OF_COLUMN, HEADER_OF_ROW
from reports.typeset import Laid, lay

SIDE = 4.0
"""Left and right of the words of a cell, in points."""


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell laid out: its words, left edge and width in points; ``up``: one with the cell above."""

    laid: Laid
    left: float
    width: float
    label: bool
    up: bool = False
    span: int = 1

    def attributes(self, head: str) -> str:
        """Return what a reader is told of the cell beside its words."""
        told = (head if self.label else "/O/Table" if self.span > 1 else "") + (
            f"/ColSpan {self.span}" if self.span > 1 else ""
        )
        return f"/A<<{told}>>" if told else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row laid out, or lines ``first`` up to ``last`` of one taller than a page; its tallest cell has ``most``."""

    cells: tuple[LaidCell, ...]
    pad: float
    most: int
    first: int = 0
    last: int | None = None
    height: float = field(init=False)

    def __post_init__(self) -> None:
        """Work out the height, in points: it is asked for many times."""
        object.__setattr__(self, "height", self.lines * self.cells[0].laid.style.pitch + 2 * self.pad)

    @property
    def lines(self) -> int:
        """The lines of its tallest cell that belong to this piece."""
        return (self.most if self.last is None else min(self.last, self.most)) - self.first

    def cut(self, room: float) -> tuple[Row, Row] | None:
        """Return the lines that fit and the rest."""
        fits = int((room - 2 * self.pad) / self.cells[0].laid.style.pitch + 1e-6)
        if fits < 1 or fits >= self.lines:
            return None
        middle = self.first + fits
        return replace(self, last=middle), replace(self, first=middle)

    def shade(self, pen: Pen, x: float, top: float) -> None:
        """Draw the grounds of the labels; before all rules, which they would cover."""
        for cell in self.cells:
            if cell.label:
                pen.shade(x + cell.left, top - self.height, cell.width, self.height)

    def rule(self, pen: Pen, x: float, top: float, width: float, *, above: bool) -> None:
        """Draw the rules between the cells, and one ``above`` but for cells that are one with the upper ones."""
        left = 0.0
        for cell in (cell for cell in self.cells if cell.up and above):
            if cell.left > left:
                pen.rule(x + left, top, x + cell.left, top, HAIR)
            left = cell.left + cell.width
        if left < width and above:
            pen.rule(x + left, top, x + width, top, HAIR)
        for cell in self.cells:
            if cell.left:
                pen.rule(x + cell.left, top, x + cell.left, top - self.height)

    def draw(self, pen: Pen, x: float, top: float, head: str) -> None:
        """Draw the words of the cells; ``head``: what a label is the head of."""
        with pen.within("TR", again=-1 if self.first else None):
            for number, cell in enumerate(self.cells):
                again = number if self.first else None
                role = "TH" if cell.label else "TD"
                with pen.leaf(role, cell.attributes(head), again):
                    self._write(cell, pen, x, top)

    def repeat(self, pen: Pen, x: float, top: float) -> None:
        """Draw the words of a head that was read on a page before."""
        for cell in self.cells:
            self._write(cell, pen, x, top)

    def _write(self, cell: LaidCell, pen: Pen, x: float, top: float) -> None:
        last = cell.laid.count if self.last is None else min(self.last, cell.laid.count)
        whole = not self.first and self.last is None
        blank = (self.lines - (last - self.first)) * cell.laid.style.pitch / 2 if whole else 0.0
        cell.laid.draw(pen, x + cell.left + SIDE, top - self.pad - blank, self.first, last)


@dataclass(frozen=True, slots=True)
class TableBox:
    """A table, or the part of one that stands on a page; ``continued``: it began on a page before."""

    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    width: float
    above: float
    stays: bool = False
    continued: bool = False
    height: float = field(init=False)

    def __post_init__(self) -> None:
        """Work out the height, in points: it is asked for many times."""
        object.__setattr__(self, "height", sum(row.height for row in (*self.heads, *self.rows)))

    @property
    def least(self) -> float:
        """The heads and the first rows, as many as do not look left behind; all of a small table."""
        if self.height <= MOVED_WHOLE:
            return self.height
        return sum(row.height for row in (*self.heads, *self.rows[: _begun(self.rows)]))

    def cut(self, room: float, *, fresh: bool) -> tuple[Box, Box] | None:
        """Return the rows that fit and the rest; a row is split only when no page would hold it."""
        if not fresh and self.height <= MOVED_WHOLE:
            return None
        left = room - sum(row.height for row in self.heads)
        fits = 0
        while fits < len(self.rows) and self.rows[fits].height <= left + 1e-6:
            left -= self.rows[fits].height
            fits += 1
        if not fresh and fits < _begun(self.rows):
            return None
        fits = min(fits, max(1, len(self.rows) - _begun(self.rows[::-1])))
        if fits:
            return self._pieces(self.rows[:fits], self.rows[fits:]) if fits < len(self.rows) else None
        pieces = self.rows[0].cut(left) if fresh and self.rows else None
        return self._pieces((pieces[0],), (pieces[1], *self.rows[1:])) if pieces else None

    def _pieces(self, here: tuple[Row, ...], there: tuple[Row, ...]) -> tuple[Box, Box]:
        return replace(self, rows=here, stays=False), replace(self, rows=there, above=0.0, continued=True)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the rows and the rules around them."""
        rows = (*self.heads, *self.rows)
        edges = [top - down for down in accumulate((row.height for row in rows), initial=0.0)]
        with pen.beside():
            self._rules(pen, x, rows, edges)
            if self.continued:
                for row, edge in zip(self.heads, edges, strict=False):
                    row.repeat(pen, x, edge)
        with pen.within("Table", again=-1 if self.continued else None):
            heads = len(self.heads)
            for number, (row, edge) in enumerate(zip(rows, edges, strict=False)):
                if number >= heads or not self.continued:
                    row.draw(pen, x, edge, HEADER_OF_COLUMN if number < heads else HEADER_OF_ROW)

    def _rules(self, pen: Pen, x: float, rows: Sequence[Row], edges: Sequence[float]) -> None:
        """Draw the grounds of labels, then the rules between the cells and around them."""
        top, foot, right = edges[0], edges[-1], x + self.width
        for row, edge in zip(rows, edges, strict=False):
            row.shade(pen, x, edge)
        for row, edge in zip(rows, edges, strict=False):
            row.rule(pen, x, edge, self.width, above=edge != top)
        pen.rule(x, top, x, foot, HAIR)
        pen.rule(right, top, right, foot, HAIR)
        pen.rule(x, top, right, top, RULE)
        pen.rule(x, foot, right, foot, RULE)


_BEGUN = 50.0
"""Height of the rows, in points, that a table begins or ends with on a page: one tall row, or two or three low ones."""


def _begun(rows: Sequence[Row]) -> int:
    """Return how many rows from the first do not look left behind on a page."""
    height = 0.0
    for count, row in enumerate(rows, start=1):
        height += row.height
        if height >= _BEGUN:
            return count
    return len(rows)


def table_box(table: Table, style: Style, room: float, fonts: FontSet, *, pad: float, above: float) -> TableBox:
    """Return a table laid out.

    Args:
        table: its words.
        style: of the cells.
        room: width of the text area, in points.
        fonts: of the document.
        pad: above and below the words of a cell, in points.
        above: blank before the table, in points.
    """
    edges = _edges(table.widths, room)
    rows = []
    for number, row in enumerate(table.rows):
        cells = _cells(row, table.aligns, edges, style, fonts, head=number < table.heads)
        rows.append(Row(cells, pad, max(cell.laid.count for cell in cells)))
    return TableBox(tuple(rows[: table.heads]), tuple(rows[table.heads :]), room, above)


def _edges(shares: Sequence[float], room: float) -> list[float]:
    whole = sum(shares)
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + room * share / whole)
    return edges


def _cells(
    row: Sequence[Cell], aligns: Sequence[Align], edges: Sequence[float], style: Style, fonts: FontSet, *, head: bool
) -> tuple[LaidCell, ...]:
    cells: list[LaidCell] = []
    column = 0
    for cell in row:
        left, right = edges[column], edges[column + cell.span]
        align = cell.align or (Align.CENTRE if head else aligns[column])
        words = tuple(Words(word.text, Tone.STRONG, word.where) for word in cell.words) if head else cell.words
        laid = lay(words, style.aligned(align), right - left - 2 * SIDE, fonts)
        cells.append(LaidCell(laid, left, right - left, head or cell.label, cell.up, cell.span))
        column += cell.span
    return tuple(cells)
