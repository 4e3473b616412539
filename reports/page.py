"""From words to a file: on pages of GB/T 9704 measures, with the same bytes for the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import TYPE_CHECKING

from crm.i18n import _, pgettext
from reports.boxes import Placed, paginate
from reports.content import Align, Document, Note, Tone, Words
from reports.contents import FROM_PAGES, tell_pages, with_contents
from reports.fonts import FontSet, Role, bundled_fonts, missing_glyphs
from reports.layout import boxes_of
from reports.pen import Pen
from reports.qr import code_squares
from reports.styles import DENSITIES, FOOT, LEFT, MM, PAPER, TEXT_WIDTH, Sheet, Style
from reports.text import require_glyphs, stand_in
from reports.typeset import lay, measure

if TYPE_CHECKING:
    from reports.editing import Edits

CREATOR = "相土 Xiangtu"

NUMBER = Style(Role.BODY, 14, 14)
"""Page numbers: 4号, with a dash on either side."""

MARK = Style(Role.TABLE, 9, 12, align=Align.CENTRE)
RUNNING = Style(Role.TABLE, 9, 12)
RUNNING_RIGHT = Style(Role.TABLE, 9, 12, align=Align.RIGHT)
RUNNING_UP = 9 * MM
"""From the 版心 up to the running head."""

CODE = 16 * MM
"""Side of the QR code."""

CODE_DOWN = 3 * MM
"""From the 版心 down to the QR code: it stands in the margin and moves no line."""

WATERMARK = Style(Role.HEAD, 38, 60, align=Align.CENTRE)
WATERMARK_ROOM, WATERMARK_TURN = 240 * MM, 52
"""Length of the watermark's line and its slope in degrees: from corner to corner."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A document on its pages, not yet a file.

    Attributes:
        document: its words as they are printed.
        source: its words as they were given: without the line about what no font has.
        stand_ins: place and character of everything that no font has, printed as its code point.
    """

    document: Document
    source: Document
    sheet: Sheet
    pages: list[list[Placed]]
    fonts: FontSet
    stand_ins: tuple[tuple[str, str], ...] = ()

    @property
    def density(self) -> int:
        """Which of ``DENSITIES`` it is set in."""
        return DENSITIES.index(self.sheet)

    @property
    def digest(self) -> str:
        """Of the facts and the template (decisions 44)."""
        return self.document.digest

    @property
    def count(self) -> int:
        """The number of pages."""
        return len(self.pages)

    @property
    def _foot(self) -> float:
        """Where the page number stands, from the lower edge."""
        return PAPER[1] - self.sheet.top - self.sheet.height - FOOT

    @property
    def title(self) -> str:
        """Of the document."""
        return self.document.title

    @property
    def edited(self) -> bool:
        """Whether an officer changed its words or left some out."""
        return self.document.edited

    def pdf(self) -> bytes:
        """Return the file; the same words with the same fonts give the same bytes."""
        from reports.binding import bind  # noqa: PLC0415  (what is only measured is no file yet)

        pen = Pen()
        self._draw(pen)
        return bind(
            pen, self.document, f"{CREATOR} ({self.fonts.name})"
        )  # fonts are part of the version (decisions 44)

    def word(self) -> bytes:
        """Return the same words as a Word file, for an officer to change before they go out."""
        from reports.word import word  # noqa: PLC0415  (a print as PDF needs no library for Word)

        return word(self.document, contents=self.document.running and self.count >= FROM_PAGES)

    def rewritten(self, edits: Edits) -> Composed:
        """Return the document on its pages with what an officer changed, in the same type."""
        from reports.editing import edited  # noqa: PLC0415  (most documents go out as they are)

        return compose(edited(self.source, edits), self.fonts, self.density, stand_ins=True)

    def kept(self) -> bytes:
        """Return its words as they are kept, so that the very same file can be made again."""
        from reports.keeping import kept  # noqa: PLC0415  (only what leaves the house is kept)

        return kept(self)

    def _draw(self, pen: Pen) -> None:
        for number, page in enumerate(self.pages, start=1):
            for placed in page:
                placed.box.draw(pen, LEFT, PAPER[1] - self.sheet.top - placed.down)
            with pen.beside():
                self._page_number(pen, number)
                self._marks(pen)
                if self.document.running and number > 1:
                    self._running_head(pen, number)
                if number == self.count:
                    self._code(pen, number)
                self._watermark(pen)
            pen.new_page()

    def _watermark(self, pen: Pen) -> None:
        """Write the watermark from corner to corner, so faintly that everything below it is read."""
        if not self.document.watermark:
            return
        words = (Words(self.document.watermark, Tone.FAINT),)
        size = min(WATERMARK.size, WATERMARK.size * WATERMARK_ROOM / measure(words, WATERMARK, self.fonts))
        laid = lay(words, replace(WATERMARK, size=size), WATERMARK_ROOM + 1, self.fonts)
        slope = radians(WATERMARK_TURN)
        turn = (cos(slope), sin(slope), -sin(slope), cos(slope), PAPER[0] / 2, PAPER[1] / 2)
        with pen.turned(turn):
            laid.draw(pen, -WATERMARK_ROOM / 2, laid.height / 2)

    def _code(self, pen: Pen, number: int) -> None:
        """Draw the QR code at the foot, opposite the page number."""
        if not self.document.code:
            return
        side, runs = code_squares(self.document.code)
        module = CODE / side
        left = LEFT if number % 2 else LEFT + TEXT_WIDTH - CODE
        top = PAPER[1] - self.sheet.top - self.sheet.height - CODE_DOWN
        pen.blots((left + at * module, top - (row + 1) * module, long * module, module) for row, at, long in runs)

    def _page_number(self, pen: Pen, number: int) -> None:
        """Write — 1 — below the text: right on odd pages, left on even ones, one character from the edge."""
        words = (Words(f"— {number} —"),)
        width = measure(words, NUMBER, self.fonts)
        left = LEFT + (TEXT_WIDTH - width - NUMBER.size if number % 2 else NUMBER.size)
        lay(words, NUMBER, width + 1, self.fonts).draw(pen, left, self._foot + NUMBER.size / 2)

    def _marks(self, pen: Pen) -> None:
        """Write the standing line at the foot: 内部参考 and the like, and that the data are fictional."""
        if self.document.footer:
            words = (Words(self.document.footer),)
            room = TEXT_WIDTH - 140
            laid = lay(words, MARK, room, self.fonts)
            laid.draw(pen, LEFT + 70, self._foot + MARK.size / 2, 0, 2)

    def _running_head(self, pen: Pen, number: int) -> None:
        top = PAPER[1] - self.sheet.top + RUNNING_UP
        place = _("page {number} of {count}").format(number=number, count=self.count)
        count = lay((Words(place, Tone.GREY),), RUNNING_RIGHT, 100, self.fonts)
        count.draw(pen, LEFT + TEXT_WIDTH - 100, top)
        title = lay((Words(self.document.title, Tone.GREY),), RUNNING, TEXT_WIDTH - 120, self.fonts)
        if title.count > 1:
            title = lay((Words(title.texts()[0] + "……", Tone.GREY),), RUNNING, TEXT_WIDTH, self.fonts)
        title.draw(pen, LEFT, top, 0, 1)
        pen.rule(LEFT, top - 14, LEFT + TEXT_WIDTH, top - 14)


def compose(document: Document, fonts: FontSet | None = None, density: int = 0, *, stand_ins: bool = False) -> Composed:
    """Return a document on its pages.

    A character that no font has, in words of the past (the change log, the cells of a file), is printed as its code
    point, for nobody can mend it there; the last page says so (decisions 11).

    Args:
        document: its words.
        fonts: the bundled ones by default.
        density: of ``DENSITIES``.
        stand_ins: the words of today may be printed so too.

    Raises:
        GlyphMissingError: a character of today's words that no font has; nothing was begun.
    """
    chosen, sheet = fonts or bundled_fonts(), DENSITIES[density]
    source, missing = document, _missing(document, chosen, stand_ins=stand_ins)
    if missing:
        document = replace(document, blocks=[*document.blocks[:-1], stand_ins_note(missing), *document.blocks[-1:]])
    return Composed(document, source, sheet, _pages(document, sheet, chosen), chosen, missing)


def _missing(document: Document, fonts: FontSet, *, stand_ins: bool) -> tuple[tuple[str, str], ...]:
    """Return place and character of everything that no font has; most documents lack nothing.

    Raises:
        GlyphMissingError: as of ``compose``.
    """
    if not fonts.lacks(document.characters()):
        return ()
    now = document.texts()
    if not stand_ins:
        require_glyphs(now, fonts)
    return tuple(dict.fromkeys((*missing_glyphs(now, fonts), *missing_glyphs(document.texts(past=True), fonts))))


def _pages(document: Document, sheet: Sheet, fonts: FontSet) -> list[list[Placed]]:
    """Return the boxes page by page; a long document begins with its contents."""
    boxes = boxes_of(document, sheet, fonts)
    pages = paginate(boxes, sheet.height)
    if document.running and len(pages) >= FROM_PAGES:
        pages = paginate(with_contents(boxes, sheet, fonts), sheet.height)
        tell_pages(pages)
    return pages


def compose_within(
    pages: int, tries: Iterable[tuple[int, Document]], fonts: FontSet | None = None, *, stand_ins: bool = False
) -> Composed:
    """Return a document on at most so many pages where one of its tries keeps within them, else the last of them.

    Args:
        pages: the most.
        tries: densities and words, from the roomiest to the closest.
        fonts: as of ``compose``.
        stand_ins: as of ``compose``.

    Raises:
        GlyphMissingError: as of ``compose``.
        ValueError: there is no try.
    """
    composed = None
    for density, document in tries:
        composed = compose(document, fonts, density, stand_ins=stand_ins)
        if composed.count <= pages:
            break
    if composed is None:
        raise ValueError(tries)
    return composed


def stand_ins_note(missing: Iterable[tuple[str, str]]) -> Note:
    """Return the line that says what is printed as a code point, and where."""
    shown = pgettext("list", ", ").join(
        _("{code} ({where})").format(code=stand_in(character), where=where) if where else stand_in(character)
        for where, character in missing
    )
    text = _("No font has these characters; their code points stand for them: {shown}. ")
    return Note((Words(text.format(shown=shown).strip(), Tone.GREY),))
