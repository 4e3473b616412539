"""A block of cells as Excel and WPS put it on the clipboard: tab between cells, a line a row, quotes where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from crm.domain.fields.reading import spelling, spellings
from crm.domain.formulas import prefixed, unprefixed
from crm.domain.imports.units import Unit, split_unit

Lines = tuple[tuple[str, ...], ...]

HEADS_AT_LEAST = 2
"""So many cells of a first line must be headings, or all of a narrower one."""

_QUOTED = '\t\n\r"'


def cut_block(text: str) -> Lines:
    """Return the cells of a block: quoted ones may hold line breaks and tabs, the line break at its end is none.

    A text with an unpaired quote is a text: Excel pairs them.
    """
    whole = text.removesuffix("\x00").replace("\r\n", "\n").replace("\r", "\n")
    if not whole.strip("\n"):
        return (("",),) if whole else ()
    reader = csv.reader(io.StringIO(whole.removesuffix("\n")), dialect="excel-tab", strict=True)
    try:
        lines = [tuple(line) for line in reader]
    except csv.Error:
        lines = [tuple(line.split("\t")) for line in whole.removesuffix("\n").split("\n")]
    return tuple(tuple(unprefixed(cell) for cell in line) or ("",) for line in lines)


def join_block(lines: Sequence[Sequence[str]]) -> str:
    """Return cells as a block; a text that looks like a formula gets an apostrophe, which ``cut_block`` takes back."""
    return "\n".join("\t".join(_cell(text) for text in line) for line in lines)


def _cell(text: str) -> str:
    text = prefixed(text)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in _QUOTED) else text


class Heads:
    """The first line of a block that names its columns."""

    def __init__(self, kind: str, titles: Mapping[str, str], line: Sequence[str]) -> None:
        """Look at a line.

        Args:
            kind: of record.
            titles: what the head of each column of the list says → its field, "" for one that is worked out.
            line: the first of a block.
        """
        self.words = tuple(line)
        known = {spelling(title): field for title, field in titles.items()}
        self.fields: list[str | None] = []
        self.units: list[Unit | None] = []
        for word in line:
            bare, unit = split_unit(word)
            own = known.get(spelling(word), known.get(spelling(bare)))
            found = spellings(kind).get(spelling(bare)) if own is None else None
            self.fields.append(own if own is not None else found.name if found is not None else None)
            self.units.append(unit)

    @property
    def is_one(self) -> bool:
        """Whether the line is a heading: two of its cells name columns, or every cell of a narrower one does."""
        named = sum(field is not None for field in self.fields)
        return bool(named) and named >= min(HEADS_AT_LEAST, len(self.fields))
