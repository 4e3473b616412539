"""Which cell of a block is for which field of which record: below the cursor, over what is chosen, by its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm.domain.blocks.lines import Heads, Lines
from crm.domain.blocks.plan import Given
from crm.domain.imports.units import Unit


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a block is pasted.

    Attributes:
        titles: of the columns as they are seen, left to right.
        fields: of each, "" where it is worked out.
        first: the column of the cursor, or the left one of the block that is chosen.
        width: how many columns are chosen; 1 for the cursor alone.
        chosen: ids of the chosen records, from above.
        below: ids of the records from the first chosen one on; as many as the block has lines, or all there are.
    """

    titles: Sequence[str]
    fields: Sequence[str]
    first: int
    width: int
    chosen: Sequence[int]
    below: Sequence[int]


@dataclass(frozen=True, slots=True)
class Spread:
    """What of a block goes where.

    Attributes:
        given: cells by the id of their record.
        passed_over: titles of columns that are worked out, or words of a heading that name no field.
        lines_over: lines of the block for which there is no record.
        columns_over: its columns for which there is none in the list.
    """

    given: Mapping[int, Sequence[Given]]
    passed_over: Sequence[str] = ()
    lines_over: int = 0
    columns_over: int = 0


def body_of(kind: str, lines: Lines, aim: Aim) -> tuple[Heads | None, Lines]:
    """Return the headings of a block, where its first line is one, and its other lines."""
    if len(lines) > 1:
        heads = Heads(kind, dict(zip(aim.titles, aim.fields, strict=True)), lines[0])
        if heads.is_one:
            return heads, lines[1:]
    return None, lines


def is_longer(kind: str, lines: Lines, aim: Aim) -> bool:
    """Return whether a block has more lines than records are chosen: it is asked which are meant."""
    return len(body_of(kind, lines, aim)[1]) > len(aim.chosen)


def spread(kind: str, lines: Lines, aim: Aim, *, below: bool) -> Spread:
    """Return which cell of a block goes where.

    One cell fills all that is chosen; a block that fits a whole number of times into the chosen records fills them.

    Args:
        kind: of the records.
        lines: of the block.
        aim: where it is pasted.
        below: go on below the chosen records where the block has more lines; else these lines are left out.
    """
    heads, body = body_of(kind, lines, aim)
    ids = aim.below if below else aim.chosen
    repeated = tuple(body) * (len(ids) // len(body)) if body and not len(ids) % len(body) else tuple(body)
    columns, passed_over, over = _columns(aim, heads, body)
    given = {
        each: [Given(field, line[place], unit) for place, field, unit in columns if place < len(line)]
        for each, line in zip(ids, repeated, strict=False)
    }
    return Spread(given, passed_over, max(0, len(body) - len(ids)), over)


def _columns(aim: Aim, heads: Heads | None, body: Lines) -> tuple[list[tuple[int, str, Unit | None]], list[str], int]:
    """Return the columns that are taken (place, field, unit), what is passed over, and how many have no place."""
    width = max((len(line) for line in body), default=0)
    if heads is not None:
        named = list(zip(heads.fields, heads.units, strict=True))
        taken = [(place, field, unit) for place, (field, unit) in enumerate(named) if field]
        return taken, [word or "" for word, (field, _unit) in zip(heads.words, named, strict=True) if not field], 0
    if width == 1 and aim.width > 1:
        places = [(0, aim.first + step) for step in range(aim.width)]
    else:
        places = [(step, aim.first + step) for step in range(width)]
    inside = [(place, column) for place, column in places if column < len(aim.fields)]
    taken = [(place, aim.fields[column], None) for place, column in inside if aim.fields[column]]
    return taken, [aim.titles[column] for _place, column in inside if not aim.fields[column]], len(places) - len(inside)
