"""项目线索清单: a list as it was filtered, sorted and seen, with its filter in words and what its sums count."""

from __future__ import annotations

from crm.domain.list_paper import ListPaper, paper_digest
from crm.i18n import _, current_language, pgettext
from reports.content import Align, Block, Body, Document, Note, Title, Tone, Words, line
from reports.fonts import FontSet
from reports.page import Composed, compose
from reports.parts import grid

TEMPLATE = "lead-list-1"

DENSITY = 3
LONGEST = 60
"""Characters of a cell."""


def compose_lead_list(paper: ListPaper, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the pages: the heads stand on each of them, with the page of how many.

    Names in a list were entered by others: with ``stand_ins`` a character no font has is printed as its code point.
    """
    return compose(list_document(paper), fonts, DENSITY, stand_ins=stand_ins)


def list_document(paper: ListPaper) -> Document:
    """Return the words of the list."""
    asked = paper.asked or _("every lead")
    blocks: list[Block] = [
        Title(paper.title),
        Body(line(_("Filter: {asked}. Order: {order}.").format(asked=asked, order=paper.order))),
        Body(line(_("In all: {totals}.").format(totals=paper.totals))),
    ]
    if paper.left_out:
        text = _("The first {shown} rows are printed; {count} more are in the workbook.")
        blocks.append(Body(line(text.format(shown=f"{len(paper.rows):,}", count=f"{paper.left_out:,}"))))
    numbered = [pgettext("row", "No."), *(column.head for column in paper.columns)]
    rows = [[f"{number}", *map(_cut, row)] for number, row in enumerate(paper.rows, start=1)]
    aligns = [Align.CENTRE, *(Align.RIGHT if column.numeric else Align.LEFT for column in paper.columns)]
    blocks.append(grid(numbered, rows, (5, *(column.width for column in paper.columns)), aligns))
    basis = _("Counted by leads, not by firms; of a range its lower end is summed; what is not known is in no sum.")
    blocks.append(Note(line(basis)))
    blocks.append(Note((Words(_made(paper), Tone.GREY),)))
    return Document(
        kind=paper.title,
        title=paper.title,
        author=paper.unit or paper.by,
        language=current_language(),
        blocks=blocks,
        header=paper.header,
        footer=paper.marking,
        digest=paper_digest(paper, TEMPLATE),
        running=True,
    )


def _made(paper: ListPaper) -> str:
    return _("Made by {by} on {moment}; verdicts are trial conclusions until the rules are confirmed.").format(
        by=paper.by, moment=f"{paper.made_at:%Y-%m-%d %H:%M}"
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"
