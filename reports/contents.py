"""目录: the headings of a long document with their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.i18n import _
from reports.boxes import Box, Placed, TextBox, WholeBox
from reports.content import Words
from reports.fonts import FontSet
from reports.pen import Pen
from reports.styles import TEXT_WIDTH, Sheet, Style
from reports.typeset import Laid, lay, measure

FROM_PAGES = 5
"""A document of so many pages has contents."""

_GAP = 6.0
"""Between an entry, its dots and its page, in points."""

_NUMBER = 30.0
"""Room for the number of a page, in points."""


@dataclass(frozen=True, slots=True)
class ContentsBox(WholeBox):
    """The entries of the contents.

    Attributes:
        entries: name of the bookmark and the words of each.
        pages: name of a bookmark -> its page; filled once the pages are known.
    """

    entries: tuple[tuple[str, Laid], ...]
    pages: dict[str, int]
    style: Style
    fonts: FontSet
    above: float
    stays: bool = False

    @property
    def height(self) -> float:  # type: ignore[override]  # worked out here, given to charts
        """In points: a line an entry."""
        return len(self.entries) * self.style.pitch

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw each entry, dots, and its page at the right margin."""
        with pen.within("TOC"):
            for number, (name, laid) in enumerate(self.entries):
                self._entry(pen, x, top - number * self.style.pitch, laid, str(self.pages[name]))

    def _entry(self, pen: Pen, x: float, top: float, laid: Laid, page: str) -> None:
        words = (Words(page),)
        wide = measure(words, self.style, self.fonts)
        with pen.leaf("TOCI"):
            laid.draw(pen, x, top, 0, 1)
            lay(words, self.style, _NUMBER, self.fonts).draw(pen, x + TEXT_WIDTH - wide, top)
        with pen.beside():
            pen.dotted(x + laid.width + _GAP, x + TEXT_WIDTH - wide - _GAP, top - self.style.pitch * 0.65)


def with_contents(boxes: Sequence[Box], sheet: Sheet, fonts: FontSet) -> list[Box]:
    """Return the boxes with a heading 目录 and the entries before the first heading of the document."""
    heads = [box for box in boxes if isinstance(box, TextBox) and box.bookmark and box.bookmark[2] == 0]
    if not heads:
        return list(boxes)
    style = replace(sheet.cell, pitch=sheet.cell.pitch * 1.15)
    room = TEXT_WIDTH - _NUMBER - 2 * _GAP
    marks = [box.bookmark for box in heads if box.bookmark is not None]
    entries = tuple((name, lay((Words(title),), style, room, fonts)) for name, title, _level in marks)
    top = TextBox(lay((Words(_("Contents")),), sheet.heading, TEXT_WIDTH, fonts), sheet.gap, stays=True)
    first = next(place for place, box in enumerate(boxes) if box is heads[0])
    return [*boxes[:first], top, ContentsBox(entries, {}, style, fonts, 2.0), *boxes[first:]]


def tell_pages(pages: Sequence[Sequence[Placed]]) -> None:
    """Tell the contents, where there are any, on which page each heading stands."""
    found = {
        placed.box.bookmark[0]: number
        for number, page in enumerate(pages, start=1)
        for placed in page
        if isinstance(placed.box, TextBox) and placed.box.bookmark
    }
    for placed in (placed for page in pages for placed in page):
        if isinstance(placed.box, ContentsBox):
            placed.box.pages.update(found)
