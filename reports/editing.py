"""A document's words changed by an officer before it goes out: paragraphs rewritten, parts left out.

The facts stay as they are: what a new sentence says that they do not is told beside it, and the last page says that the
words were changed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from crm.domain.figures_said import not_in_data
from crm.domain.thresholds import Verdict
from crm.domain.thresholds.explain import verdict_text
from crm.i18n import _
from reports.content import (
    Bars,
    Block,
    Body,
    Document,
    Frontier,
    Heading,
    Note,
    Signatures,
    Table,
    Title,
    Tone,
    Words,
)
from reports.parts import Numbering
from reports.text import clean

_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+\. )")
_PREVIEW = 60
"""Characters by which a part is named in a list."""


class PartKind(StrEnum):
    """What a part of a document is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    CHART = "chart"
    SIGNATURES = "signatures"


_BELOW = 3
"""The level of what stands below headings."""

_KINDS: Mapping[type[Block], tuple[PartKind, bool, bool]] = {
    Title: (PartKind.TITLE, True, False),
    Heading: (PartKind.HEADING, False, True),
    Body: (PartKind.PARAGRAPH, True, True),
    Note: (PartKind.PARAGRAPH, True, True),
    Table: (PartKind.TABLE, False, True),
    Bars: (PartKind.CHART, False, True),
    Frontier: (PartKind.CHART, False, True),
    Signatures: (PartKind.SIGNATURES, False, True),
}
"""What may be changed: its kind, whether its words may be, whether it may go."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document that an officer may change.

    Attributes:
        number: of its block.
        level: 0 of a title, 1 and 2 of headings, 3 of what stands below them.
        text: its words; of a table its first ones.
        can_rewrite: it is a paragraph.
        can_leave_out: the document holds without it.
    """

    number: int
    kind: PartKind
    level: int
    text: str
    can_rewrite: bool
    can_leave_out: bool


@dataclass(frozen=True, slots=True)
class Edits:
    """What an officer changed.

    Attributes:
        texts: number of a block -> its new words.
        out: numbers of the blocks left out; with a heading goes all that stands below it.
    """

    texts: Mapping[int, str] = field(default_factory=dict)
    out: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.texts or self.out)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Where rewritten words and the data disagree.

    Attributes:
        number: of the block.
        code: figure, verdict or trial.
        text: the figure or the word.
    """

    number: int
    code: str
    text: str = ""


def parts_of(document: Document) -> list[Part]:
    """Return what may be changed: not the lines below the title (day, code, whose data), nor the last line."""
    return [part for number, block in enumerate(document.blocks[:-1]) if (part := _part(number, block)) is not None]


def _part(number: int, block: Block) -> Part | None:
    if not isinstance(block, tuple(_KINDS)):
        return None
    kind, can_rewrite, can_leave_out = _KINDS[type(block)]
    level = block.level if isinstance(block, Heading) else 0 if isinstance(block, Title) else _BELOW
    lines = ["".join(word.text for word in words) for words in block.lines()]
    if isinstance(block, Table):
        lines = ["　".join(lines[: len(block.rows[0])])[:_PREVIEW]]
    text = "" if isinstance(block, Bars | Frontier) else "　".join(lines)
    return Part(number, kind, level, text, can_rewrite, can_leave_out)


def below(parts: Sequence[Part], at: int) -> range:
    """Return the places of the parts that stand below a heading; of any other part none."""
    if parts[at].kind is not PartKind.HEADING:
        return range(0)
    ends = (place for place in range(at + 1, len(parts)) if parts[place].level <= parts[at].level)
    return range(at + 1, next(ends, len(parts)))


def left_out(document: Document, edits: Edits) -> frozenset[int]:
    """Return the numbers of all blocks that go: those named, and what stands below a heading that goes."""
    gone: set[int] = set()
    below = 0
    for number, block in enumerate(document.blocks[:-1]):
        if isinstance(block, Heading) and below and block.level <= below:
            below = 0
        if isinstance(block, Heading) and number in edits.out and not below:
            below = block.level
        if below or (number in edits.out and _may_go(block)):
            gone.add(number)
    return frozenset(gone)


def _may_go(block: Block) -> bool:
    part = _part(0, block)
    return part is not None and part.can_leave_out


def edited(document: Document, edits: Edits) -> Document:
    """Return the document with what was changed; headings are numbered anew, and the last page says it was changed."""
    gone = left_out(document, edits)
    changed = {number: text for number, text in _changed(document, edits) if number not in gone}
    if not gone and not changed:
        return document
    number = Numbering()
    blocks = [
        _numbered(_rewritten(block, changed[place]) if place in changed else block, number)
        for place, block in enumerate(document.blocks[:-1])
        if place not in gone
    ]
    text = _("Words changed by hand: {changed} paragraphs rewritten, {gone} parts left out.")
    told = Note((Words(text.format(changed=len(changed), gone=len(gone)), Tone.GREY),))
    title = next((block.text for block in blocks if isinstance(block, Title)), document.title)
    return replace(document, title=title, blocks=(*blocks, told, document.blocks[-1]), edited=True)


def _changed(document: Document, edits: Edits) -> Iterator[tuple[int, str]]:
    for number, text in edits.texts.items():
        if 0 <= number < len(document.blocks) - 1:
            part = _part(number, document.blocks[number])
            if part is not None and part.can_rewrite and clean(text) != part.text:
                yield number, clean(text)


def _rewritten(block: Block, text: str) -> Block:
    """Return a paragraph with new words; as many of the old ones as it begins with keep their weight."""
    match block:
        case Title():
            return replace(block, text=text)
        case Body(words) | Note(words):
            kept: list[Words] = []
            rest = text
            for word in words:
                if not word.text or not rest.startswith(word.text):
                    break
                kept.append(word)
                rest = rest[len(word.text) :]
            line = (*kept, Words(rest, where=_("Words changed by hand"))) if rest else tuple(kept)
            return replace(block, words=line)
        case _:
            raise TypeError(f"{type(block).__name__} has no words to change")


def _numbered(block: Block, number: Numbering) -> Block:
    if not isinstance(block, Heading) or block.level != 1 or not _NUMBERED.match(block.text):
        return block
    return number.heading(_NUMBERED.sub("", block.text))


def doubts(document: Document, edits: Edits) -> list[Doubt]:
    """Return where rewritten paragraphs say what the data do not: figures, dates, another verdict, no 试算 any more.

    Args:
        document: as the program made it of the facts.
        edits: what an officer changed.
    """
    data = [text for _where, text in (*document.texts(), *document.texts(past=True))]
    gone = left_out(document, edits)
    found: list[Doubt] = []
    for number, text in _changed(document, edits):
        part = _part(number, document.blocks[number])
        if number in gone or part is None:
            continue
        found += [Doubt(number, "figure", figure) for figure in not_in_data(text, data)]
        found += [Doubt(number, "verdict", word) for word in _verdicts(text) if word not in _verdicts(part.text)]
        mark = _trial()
        if mark in part.text and mark not in text:
            found.append(Doubt(number, "trial", mark))
    return found


def _verdicts(text: str) -> list[str]:
    """Return the words of verdicts in a text; 达标 inside 不达标 is none."""
    found = []
    for word in sorted(map(verdict_text, Verdict), key=len, reverse=True):
        if word in text:
            found.append(word)
            text = text.replace(word, "　")
    return found


def _trial() -> str:
    """Return the mark that a conclusion is one of rules nobody has confirmed (decisions 29)."""
    return _("Trial conclusion (rules to be confirmed): {verdict}").partition("{verdict}")[0].rstrip("：: ")


def doubt_text(doubt: Doubt) -> str:
    """Return what is said of a doubt."""
    message = {
        "figure": _("“{text}” stands nowhere in the data of this document."),
        "verdict": _("The verdict of the data is not “{text}”."),
        "trial": _("“{text}” was taken out: the rules have no number and nobody has confirmed them."),
    }[doubt.code]
    return message.format(text=doubt.text)
