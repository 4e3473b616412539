"""台账体检单: what was found in a ledger, on one page; made from the file alone, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crm.domain.fields.words import list_mark
from crm.domain.inspection.health import Inspected
from crm.domain.inspection.words import TITLE, Section, sections, summary
from crm.i18n import _, current_language
from reports.content import Block, Body, Centred, Document, Line, Note, Title, Tone, Words, line
from reports.fonts import FontSet
from reports.page import Composed, compose
from reports.parts import Numbering, day_text, grid, short

TEMPLATE = "ledger-health-1"

DENSITY = 3
STEPS = (0, 1, 3, 6, 12)
"""Rows that sections ask for, in turn."""

LONGEST = 90
"""Characters of a cell."""


def compose_ledger_health(found: Inspected, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the page: sections take turns in asking for more rows while all keep to one page.

    What stands in the ledger was written by others: a character no font has is printed as its code point and told.
    """
    found_sections = sections(found.health)
    rooms = [0] * len(found_sections)
    composed = compose(health_document(found, found_sections, rooms), fonts, DENSITY, stand_ins=stand_ins)
    for fewer, more in pairwise(STEPS):
        for place, section in enumerate(found_sections):
            if len(section.rows) <= fewer or rooms[place] < fewer:
                continue  # it has all its rows, or had no room for the last ones
            larger = [*rooms[:place], more, *rooms[place + 1 :]]
            tried = compose(health_document(found, found_sections, larger), fonts, DENSITY, stand_ins=stand_ins)
            if tried.count == 1:
                composed, rooms = tried, larger
    return composed


def health_document(found: Inspected, found_sections: Sequence[Section], rooms: Sequence[int]) -> Document:
    """Return the words of the page; of each section as many rows as ``rooms`` gives it."""
    title, number = _(TITLE), Numbering()
    blocks: list[Block] = [
        Title(title),
        Centred((Words(found.file, where=_("File"), past=True), Words(f"　{day_text(found.on)}"))),
        *(Body(line(text)) for text in summary(found.health)),
    ]
    empty: list[str] = []
    for section, most in zip(found_sections, rooms, strict=True):
        if section.rows:
            blocks += [number.heading(section.title), *_table(section, most)]
        else:
            empty.append(section.none)
    if empty:
        blocks.append(Note(line("".join(empty))))
    basis = _("Judged on {day} by the rules that come with the program (to be confirmed). Nothing was written.")
    blocks.append(Note(line(basis.format(day=day_text(found.on)))))
    blocks.append(Note((Words(_("SHA-256 of the file: {digest}").format(digest=short(found.sha256)), Tone.GREY),)))
    return Document(
        kind=title,
        title=title,
        author="",
        language=current_language(),
        blocks=blocks,
        digest=found.sha256,
    )


def _table(section: Section, most: int) -> list[Block]:
    shown = section.rows[:most]
    left = len(section.rows) - len(shown)
    blocks: list[Block] = []
    if section.running:
        return [
            Note(line(list_mark().join(_("{text} ({note})").format(text=row[0], note=row[1]) for row in section.rows)))
        ]
    if shown:
        blocks.append(grid(section.heads, [_cells(row) for row in shown], section.widths))
    if left:
        text = _("{count} more: xiangtu inspect --json lists them all.") if shown else _("{count} rows, too many here.")
        blocks.append(Note(line(text.format(count=left))))
    return blocks


def _cells(row: Sequence[str]) -> list[Line]:
    """Return the cells of a row: words of the file, which nobody can mend here."""
    return [(Words(text if len(text) <= LONGEST else f"{text[:LONGEST]}……", past=True),) for text in row]
