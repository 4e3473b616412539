"""What stands on a page: boxes with a height, which may be cut where a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from reports.pen import Pen
from reports.styles import Style
from reports.typeset import Laid


class Box(Protocol):
    """A piece of a page.

    Attributes:
        height: in points.
        above: blank before it, in points, unless it begins a page.
        stays: it must not be the last on a page: what follows begins beside it.
    """

    @property
    def height(self) -> float: ...  # noqa: D102  (told above)

    @property
    def above(self) -> float: ...  # noqa: D102

    @property
    def stays(self) -> bool: ...  # noqa: D102

    @property
    def least(self) -> float:
        """The height of the least first piece it can be cut into."""

    def cut(self, room: float, *, fresh: bool) -> tuple[Box, Box] | None:
        """Return what fits and the rest; None when no sensible piece fits.

        Args:
            room: in points.
            fresh: the page is empty, so a cut must be found whatever it looks like.
        """

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner there."""


MOVED_WHOLE = 150.0
"""Height up to which a box goes to the next page whole rather than in two pieces, in points."""


@dataclass(frozen=True, slots=True)
class TextBox:
    """Lines of text, from ``first`` up to ``last`` of what was laid out.

    Attributes:
        bookmark: name, title and level of the bookmark it carries.
        role: what it is for a reader: H1, H2, H3, P.
    """

    laid: Laid
    above: float = 0.0
    stays: bool = False
    first: int = 0
    last: int | None = None
    bookmark: tuple[str, str, int] | None = None
    role: str = "P"
    count: int = field(init=False)
    height: float = field(init=False)

    def __post_init__(self) -> None:
        """Count the lines and work out the height, in points: they are asked for many times."""
        count = (self.laid.count if self.last is None else self.last) - self.first
        object.__setattr__(self, "count", count)
        object.__setattr__(self, "height", count * self.laid.style.pitch)

    @property
    def least(self) -> float:
        """Two lines, or all when there are three: one line never stands alone."""
        return (self.count if self.count <= 3 else 2) * self.laid.style.pitch  # noqa: PLR2004

    def cut(self, room: float, *, fresh: bool) -> tuple[Box, Box] | None:
        """Return what fits and the rest, at least two lines each."""
        fits = int(room / self.laid.style.pitch + 1e-6)
        if not fresh:
            fits = min(fits, self.count - 2)
        if fits < (1 if fresh else 2) or fits >= self.count:
            return None
        middle = self.first + fits
        return (
            replace(self, stays=False, last=middle),
            replace(self, above=0.0, first=middle, bookmark=None),
        )

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the lines."""
        if self.bookmark:
            _name, title, level = self.bookmark
            pen.bookmark(title, level, top)
        with pen.leaf(self.role, again=-1 if self.first else None):
            self.laid.draw(pen, x, top, self.first, self.last)


class WholeBox:
    """What boxes share that are never cut: charts, places to sign."""

    __slots__ = ()
    height: float

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def cut(self, room: float, *, fresh: bool) -> tuple[Box, Box] | None:  # noqa: ARG002  (a box has these)
        """Return None: it is never cut."""
        return None


@dataclass(frozen=True, slots=True)
class SignBox(WholeBox):
    """Labels in a row, each with a line to sign on."""

    labels: tuple[Laid, ...]
    style: Style
    room: float
    above: float = 0.0
    stays: bool = False

    @property
    def height(self) -> float:  # type: ignore[override]  # worked out here, given to charts
        """In points: room for a signature by hand."""
        return self.style.pitch * 2

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw labels and lines."""
        share = self.room / len(self.labels)
        with pen.leaf("P"):
            for number, laid in enumerate(self.labels):
                left, foot = x + number * share, top - self.height + 2
                laid.draw(pen, left, top - self.style.pitch)
                pen.rule(left + laid.width + 2, foot, left + share - 8, foot, 0.6)


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and the blank above its upper edge on the page, in points."""

    box: Box
    down: float


def paginate(boxes: Sequence[Box], height: float) -> list[list[Placed]]:
    """Return the boxes page by page. Headings stay with what follows; what is too tall is cut.

    Args:
        boxes: in order.
        height: of the text area, in points.
    """
    pages: list[list[Placed]] = [[]]
    used = 0.0
    waiting = list(reversed(boxes))
    while waiting:
        box = waiting.pop()
        fresh = not pages[-1]
        above = 0.0 if fresh else box.above
        room = height - used - above
        if box.height <= room + 1e-6 and _company_fits(box, waiting, room):
            pages[-1].append(Placed(box, used + above))
            used += above + box.height
            continue
        pieces = None if box.stays else box.cut(room, fresh=fresh)
        if pieces is None and fresh:
            pages[-1].append(Placed(box, 0.0))  # a heading that fills a page: nothing better can be done
            used = height
            continue
        if pieces:
            pages[-1].append(Placed(pieces[0], used + above))
            waiting.append(pieces[1])
        else:
            waiting.append(box)
        pages.append([])
        used = 0.0
    found = [page for page in pages if page] or [[]]
    _take_company(found)
    return found


LEFTOVER = 40.0
"""Height below which the end of a document is not left alone on a page, in points."""


def _take_company(pages: list[list[Placed]]) -> None:
    """Move something to the last page when only a line or two would stand there."""
    if len(pages) < 2 or sum(placed.box.height for placed in pages[-1]) > LEFTOVER:  # noqa: PLR2004  (a page before it)
        return
    before, last = pages[-2], pages[-1]
    moved: list[Box] = []
    box = before[-1].box
    pieces = None if box.height <= MOVED_WHOLE else box.cut(box.height - 1, fresh=True)
    if pieces:
        before[-1] = Placed(pieces[0], before[-1].down)
        moved.append(pieces[1])
    else:
        moved.append(before.pop().box)
        while before and before[-1].box.stays:
            moved.insert(0, before.pop().box)
    if not before:
        pages.pop(-2)
    pages[-1] = _stacked([*moved, *(placed.box for placed in last)])


def _stacked(boxes: Sequence[Box]) -> list[Placed]:
    placed: list[Placed] = []
    down = 0.0
    for box in boxes:
        down += box.above if placed else 0.0
        placed.append(Placed(box, down))
        down += box.height
    return placed


def _company_fits(box: Box, waiting: Sequence[Box], room: float) -> bool:
    """Return whether what must follow a box on its page fits there as well."""
    needed = box.height
    if not box.stays:
        return needed <= room + 1e-6
    for after in reversed(waiting):
        if not box.stays:
            break
        needed += after.above + (after.height if after.stays else after.least)
        box = after
    return needed <= room + 1e-6
