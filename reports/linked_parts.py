"""What documents say of the records that name a project or an enterprise: a table a kind, whatever its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crm.domain.dossier import Linked
from crm.domain.fields.registry import RECORD_KINDS, Field, Kind
from crm.domain.fields.writing import value_to_text
from crm.i18n import _, pgettext
from reports.content import Align, Block, Heading, Line, Note, Table, Tone, Words, line
from reports.parts import grid
from reports.text import cap, clean

COLUMNS = 5
"""Fields that have a column of their own; the others stand together in the last one."""

ROWS = 100
"""Records of one kind a document prints, the newest; it says how many more there are."""

MOST = 600
"""Characters of one value."""

_NUMBERS = frozenset((Kind.MONEY, Kind.LAND, Kind.NUMBER, Kind.YEAR))
_UNBROKEN = _NUMBERS | {Kind.DATE}

_LINE, _PAD = 42.0, 1.0
"""Characters of a line of the tables of a dossier, and what the sides of a cell take of them."""

_NARROW, _BROAD = 6.0, 18.0
"""Characters that a column of words has at least and asks for at most."""


def linked_blocks(linked: Sequence[Linked], words: Sequence[str]) -> Iterator[Block]:
    """Yield a table of each of these kinds that has records; the names of the others in a line."""
    there = {one.kind: one for one in linked}
    for word in words:
        if word in there:
            if len(words) > 1:  # else the heading above says the same
                yield Heading(kind_name(word), 2)
            yield from kind_blocks(there[word])
    absent = pgettext("list", ", ").join(kind_name(word) for word in words if word not in there)
    if absent:
        yield Note((Words(_("No record: {names}.").format(names=absent), Tone.GREY),))


def kind_name(word: str) -> str:
    """Return what a kind of record is called."""
    return _(RECORD_KINDS[word].label)


def kind_blocks(one: Linked) -> Iterator[Block]:
    """Yield the table of the records of one kind, the newest last, and how many are not printed."""
    newest = one.records[-ROWS:]
    yield kind_table(RECORD_KINDS[one.kind].fields, newest)
    left = len(one.records) - len(newest)
    if left:
        yield Note(line(_("The oldest {left} are not printed here.").format(left=left)))


def kind_table(fields: Mapping[str, Field], records: Sequence[Mapping[str, object]]) -> Table:
    """Return records as rows: the first known fields in columns, the rest in words."""
    known = [name for name in fields if name != "code" and any(each.get(name) is not None for each in records)]
    columns, rest = (known, []) if len(known) <= COLUMNS + 1 else (known[:COLUMNS], known[COLUMNS:])
    heads = [_(fields[name].label) for name in columns] + ([pgettext("page", "Further")] if rest else [])
    rows = [
        [*(_value(fields[name], each) for name in columns), *([_further(fields, rest, each)] if rest else [])]
        for each in records
    ]
    widths = _widths([fields[name].kind for name in columns], heads, rows)
    aligns = [Align.RIGHT if fields[name].kind in _NUMBERS else Align.LEFT for name in columns]
    return grid(heads, rows, widths, [*aligns, *([Align.LEFT] if rest else [])])


def _widths(kinds: Sequence[Kind], heads: Sequence[str], rows: Sequence[Sequence[Line]]) -> list[float]:
    """Return the widths of columns, in characters: dates and figures have what they need, words share the rest."""
    needed = [
        max(_characters((Words(head),)), *(_characters(row[at]) for row in rows)) for at, head in enumerate(heads)
    ]
    whole = [at < len(kinds) and kinds[at] in _UNBROKEN for at in range(len(heads))]
    least = [_PAD + need if whole[at] else min(_PAD + need, _NARROW) for at, need in enumerate(needed)]
    more = [0.0 if whole[at] else max(0.0, min(_PAD + need, _BROAD) - _NARROW) for at, need in enumerate(needed)]
    share = max(_LINE - sum(least), 0.0) / (sum(more) or 1.0)
    return [first + further * share for first, further in zip(least, more, strict=True)]


def _characters(words: Line) -> float:
    """Return how wide the longest line of a cell is, in ideographs."""
    lines = "".join(word.text for word in words).split("\n")
    return max(sum(1.0 if ord(character) > 0x2FF else 0.58 for character in text) for text in lines)  # noqa: PLR2004


def _value(known: Field, record: Mapping[str, object]) -> Line:
    text = record_text(known, record.get(known.name))
    return (Words(text, where=_(known.label)),) if text else (Words("—", Tone.GREY),)


def _further(fields: Mapping[str, Field], names: Sequence[str], record: Mapping[str, object]) -> Line:
    said = [
        _("{label}: {points}").format(label=_(fields[name].label), points=record_text(fields[name], record[name]))
        for name in names
        if record.get(name) is not None
    ]
    return (Words("\n".join(said), where=pgettext("page", "Further")),) if said else (Words("—", Tone.GREY),)


def record_text(known: Field, value: object) -> str:
    """Return a value of a field in the words of the screen; "" for an unknown one."""
    return "" if value is None else cap(clean(value_to_text(known, value)), MOST, _("(in full in the record)"))
