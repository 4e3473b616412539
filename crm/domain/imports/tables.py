"""Where the tables of a sheet are: their heading rows, their columns, how far they reach.

Nothing is told by fixed words of one file: each row gets evidence for being a heading (words bureaus use in headings,
short texts, other types below, merged cells) and the best row counts. Rows are counted from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crm.domain.imports.evidence import (
    KNOWN,
    LONGEST,
    POOR,
    HeadingCell,
    View,
    heading_evidence,
    is_number,
    quality_of,
    rating,
)
from crm.domain.imports.grid import Sheet
from crm.domain.imports.heading_parts import SERIAL
from crm.domain.imports.texts import cell_text, plain, plain_cell
from crm.domain.imports.units import Unit, corner_units, unit_of
from crm.domain.imports.vocabulary import meaning_of

SEARCHED_ROWS = 60
"""A first heading below this row is not looked for."""
HEADING_ROWS = 4
"""More rows than these no heading has (three of words, one of units)."""
MOST_DIGITS = 3
"""Digits of the number of a column; a cell may hold thousands of digits, which no number is made of."""
REASON = "未导入原因"
"""The heading over the reasons that an import writes beside rows it did not take: no column of a table that comes back.

It is the same in every language, for the importer must know it again.
"""
NEARLY = 72
"""An upper row counts before the best one from this percentage of its rating on."""


@dataclass(frozen=True, slots=True)
class Path:
    """The heading of one column.

    Attributes:
        column: from 0.
        parts: its texts from the top row down, as written; an empty tuple for a column without a heading.
        unit: what the row of units says.
    """

    column: int
    parts: tuple[str, ...]
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet.

    Attributes:
        header_rows: rows of its heading, the row of units among them.
        paths: its columns from left to right.
        first: first row of the body.
        last: last row of the body, inclusive; the notes below the table are part of it.
        above: the filled rows above the heading (title, subtitle, notes) with their texts, from the top.
        corner: units named above or beside the heading, for the whole table.
    """

    header_rows: tuple[int, ...]
    paths: tuple[Path, ...]
    first: int
    last: int
    above: tuple[tuple[int, str], ...] = ()
    corner: tuple[Unit, ...] = ()

    @property
    def left(self) -> int:
        """Its first column."""
        return self.paths[0].column

    @property
    def right(self) -> int:
        """Its last column."""
        return self.paths[-1].column


def find_tables(sheet: Sheet, heading: Sequence[int] = ()) -> tuple[Table, ...]:
    """Return the tables of a sheet from the top left; none when no row looks like a heading.

    Args:
        sheet: as it was read.
        heading: the adjoining rows that a person named as the first heading, from 0; none of them looks it up.
    """
    view = View(sheet)
    start = heading[0] if heading else _first_heading(view)
    found: list[Table] = []
    before = 0
    while start is not None:
        rows, units = (
            _named_rows(view, heading) if heading and start == heading[0] else _heading_rows(view, start, before)
        )
        following = _next_heading(view, rows)
        last = (sheet.height if following is None else _title_start(view, following, rows[-1])) - 1
        found += _tables(view, rows, units, last, before)
        before = last + 1
        start = following
    return tuple(found)


def lone_heading(sheet: Sheet) -> int | None:
    """Return the row that is plainly a heading, of a sheet that has no table: nothing stands below it; else None."""
    view = View(sheet)
    for row in range(min(SEARCHED_ROWS, sheet.height)):
        quality, known = quality_of(view, row)
        if known > 1 and quality >= POOR and known * 2 >= len(view.cells(row)):
            return row
    return None


def _first_heading(view: View) -> int | None:
    """Return the row that looks most like a heading; an upper one when it does nearly as well."""
    ratings = {row: rating(view, row) for row in range(min(SEARCHED_ROWS, view.sheet.height))}
    best = max(ratings.values(), default=-1)
    if best < 0:
        return None
    return next(row for row, found in ratings.items() if found * 100 >= best * NEARLY)


def _next_heading(view: View, rows: Sequence[int]) -> int | None:
    """Return the next row that is clearly the heading of another table: most of its cells are known words.

    A heading that comes again right under a row of the table (on its next page) goes on with it.
    """
    own = {cell.text for row in rows for cell in view.cells(row)}
    for row in range(rows[-1] + 1, view.sheet.height - 1):
        values = view.sheet.rows[row]
        filled = [value for value in values if value is not None]
        if len(filled) < 3 or any(is_number(value) for value in filled):  # noqa: PLR2004
            continue
        first = [plain_cell(value) for value in filled[:4]]
        if sum(len(text) <= LONGEST and heading_evidence(text) == KNOWN for text in first) < 2:  # noqa: PLR2004
            continue
        quality, known = quality_of(view, row)
        if known * 2 < len(filled) or quality <= 50:  # noqa: PLR2004
            continue
        again = sum(cell.text in own for cell in view.cells(row)) * 10 >= len(filled) * 8
        if not again or len(view.cells(row - 1)) < 3:  # noqa: PLR2004
            return row
    return None


def _title_start(view: View, heading: int, above: int) -> int:
    """Return the first of the title rows that stand over a later heading."""
    start = heading
    while start - 1 > above:
        cells = view.cells(start - 1)
        if len(cells) > 1 or (cells and _is_sum(cells[0].text)):
            break
        start -= 1
    while start < heading and not view.cells(start):
        start += 1
    return start


def _is_sum(text: str) -> bool:
    return bool(re.search(r"[小合总共]计", text))


# ------------------------------------------------------------------------------------------- all rows of one heading


def _heading_rows(view: View, start: int, before: int) -> tuple[tuple[int, ...], int | None]:
    """Return the rows of the heading around its best row, and which of them is the row of units."""
    top = start
    while top - 1 >= before and start - top < 2 and _stands_over(view, top - 1, top):  # noqa: PLR2004
        top -= 1
    rows = list(range(top, start + 1))
    units: int | None = None
    while len(rows) < HEADING_ROWS and rows[-1] + 1 < view.sheet.height:
        below = rows[-1] + 1
        if _is_unit_row(view, below):
            units = below
        elif not (_merged_into(view, rows, below) or _stands_under(view, rows, below)):
            break
        rows.append(below)
        if units is not None:
            break
    return tuple(rows), units


def _named_rows(view: View, heading: Sequence[int]) -> tuple[tuple[int, ...], int | None]:
    """Return the heading rows that a person named, and which of them is the row of units."""
    last = heading[-1]
    return tuple(heading), last if len(heading) > 1 and _is_unit_row(view, last) else None


def _stands_over(view: View, row: int, below: int) -> bool:
    """Whether a row holds the groups over a heading row."""
    cells, lower = view.cells(row), view.cells(below)
    if not cells or not lower:
        return False
    if any(heading_evidence(cell.text) == -KNOWN or is_number(view.value(row, cell.left)) for cell in cells):
        return False
    left, right = lower[0].left, lower[-1].right
    width = right - left + 1
    if any((cell.right - cell.left + 1) * 10 > width * 7 for cell in cells):
        return False
    merged_down = any((m := view.merges.get((row, cell.left))) and m.bottom >= below for cell in cells)
    over_several = any(cell.right > cell.left for cell in cells)
    if merged_down or over_several:
        return True
    return (
        len(cells) > 1
        and not _is_corner(view, row, cells)
        and min(heading_evidence(cell.text) for cell in cells) >= POOR
    )


def _is_corner(view: View, row: int, cells: Sequence[HeadingCell]) -> bool:
    return all(corner_units(cell_text(view.value(row, cell.left))) or unit_of(cell.text) for cell in cells)


def _merged_into(view: View, rows: Sequence[int], below: int) -> bool:
    """Whether a cell of the heading is merged down into the next row."""
    return any(
        (merge := view.merges.get((row, cell.left))) is not None
        and merge.bottom >= below
        and merge.bottom - row < HEADING_ROWS
        for row in rows
        for cell in view.cells(row)
    )


def _is_unit_row(view: View, row: int) -> bool:
    cells = view.cells(row)
    return bool(cells) and all(
        (unit_of(cell.text) or cell.text in ("-", "/", "—")) and not is_number(view.value(row, cell.left))
        for cell in cells
    )


def _stands_under(view: View, rows: Sequence[int], below: int) -> bool:
    """Whether the next row holds sub-headings: heading words that stand under groups or under blanks."""
    cells = view.cells(below)
    upper = view.cells(rows[-1])
    if not cells or any(is_number(view.value(below, cell.left)) for cell in cells):
        return False
    if any((cell.right - cell.left + 1) * 2 > view.sheet.width for cell in cells):
        return False
    evidence = [heading_evidence(cell.text) for cell in cells]
    if min(evidence) < 0 or sum(evidence) < 30 * len(evidence):
        return False
    groups = _group_columns(upper, {cell.left for cell in cells}, view.sheet.width)
    own = {cell.left for row in rows for cell in view.cells(row)} - groups
    own -= {
        c
        for row in rows[:-1]
        for cell in view.cells(row)
        for c in range(cell.left, cell.right + 1)
        if cell.right > cell.left
    }
    collisions = sum(cell.left in own for cell in cells)
    if not collisions:
        return True
    known = evidence.count(KNOWN)
    return known == len(cells) and len(cells) * 2 <= len(upper) and collisions * 2 <= len(cells)


def _group_columns(upper: Sequence[HeadingCell], lower: set[int], width: int) -> set[int]:
    """Return the columns whose upper cell stands over several lower ones: merged, or followed by blanks."""
    starts = [cell.left for cell in upper]
    groups: set[int] = set()
    for place, cell in enumerate(upper):
        end = starts[place + 1] if place + 1 < len(starts) else width
        reach = (
            max(cell.right, *(c for c in lower if cell.left <= c < end))
            if lower & set(range(cell.left, end))
            else cell.right
        )
        if reach > cell.left:
            groups.add(cell.left)
    return groups


# ------------------------------------------------------------------------------------------- columns of one heading


def _tables(view: View, rows: tuple[int, ...], units: int | None, last: int, before: int) -> Iterator[Table]:
    """Yield the table under a heading, or the tables side by side under it."""
    paths = _paths(view, rows, units, last)
    first = rows[-1] + 1
    if first <= last and _counts_columns(view, first):
        first += 1
    above = tuple((row, text) for row in range(before, rows[0]) if (text := _row_text(view, row)))
    corner = _corner(view, rows, before)
    for part in _side_by_side(view, [path for path in paths if not _is_of_reasons(path)], first, last):
        yield Table(rows, part, first, last, above, corner)


def _is_of_reasons(path: Path) -> bool:
    return bool(path.parts) and plain(path.parts[-1]) == REASON


def _row_text(view: View, row: int) -> str:
    return " ".join(str(view.value(row, cell.left)).strip() for cell in view.cells(row))


def _paths(view: View, rows: tuple[int, ...], units: int | None, last: int) -> list[Path]:
    words = [row for row in rows if row != units]
    spread = {row: _spread(view, row, words) for row in words}
    unit_cells = {cell.left: unit_of(cell.text) for cell in view.cells(units)} if units is not None else {}
    width = view.sheet.width
    paths = []
    for column in range(width):
        parts, unit = _parts([spread[row].get(column, "") for row in words])
        paths.append(Path(column, parts, unit_cells.get(column) or unit))
    filled = [path.column for path in paths if path.parts]
    if not filled:
        return []
    used = _used_columns(view, rows[-1] + 1, last)
    left, right = min(filled), max(filled)
    return [path for path in paths if left <= path.column <= right or (path.column in used and path.column > right)]


def _parts(texts: Sequence[str]) -> tuple[tuple[str, ...], Unit | None]:
    """Return the headings over a column from the top, each once, and the unit a cell of its own gives under them."""
    parts: list[str] = []
    unit: Unit | None = None
    for text in texts:
        if parts and (found := unit_of(text)):
            unit = found
        elif text and (not parts or plain(text) != plain(parts[-1])):
            parts.append(text)
    return tuple(parts), unit


def _used_columns(view: View, first: int, last: int) -> set[int]:
    """Return the columns that hold something in the body."""
    used: set[int] = set()
    for row in view.sheet.rows[first : last + 1]:
        used.update(column for column, value in enumerate(row) if value is not None)
        if len(used) == view.sheet.width:
            break
    return used


def _spread(view: View, row: int, rows: Sequence[int]) -> Mapping[int, str]:
    """Return the heading texts of a row by column; a group is repeated over the columns it stands over."""
    cells = view.cells(row)
    below = [r for r in rows if r > row]
    texts: dict[int, str] = {}
    for place, cell in enumerate(cells):
        original = str(view.value(row, cell.left)).strip()
        end = cells[place + 1].left if place + 1 < len(cells) else view.sheet.width
        merge = view.merges.get((row, cell.left))
        reach = cell.right
        if merge is None and below:
            while reach + 1 < end and _continues(view, reach + 1, row, below):
                reach += 1
        for column in range(cell.left, reach + 1):
            texts[column] = original
    return texts


def _continues(view: View, column: int, row: int, below: Sequence[int]) -> bool:
    """Whether a blank heading cell goes on with the group at its left: filled below, and in no merge of its own."""
    return view.covering(row, column) is None and any(view.value(r, column) is not None for r in below)


def _counts_columns(view: View, row: int) -> bool:
    """Whether a row only counts the columns: 1 2 3 4 …, also 甲 乙 1 2."""
    values = [view.value(row, cell.left) for cell in view.cells(row)]
    texts = map(plain_cell, values)
    numbers = [int(text) for text in texts if text.isdigit() and len(text) <= MOST_DIGITS]
    letters = [value for value in values if plain_cell(value) in ("甲", "乙", "丙", "丁", "A", "B")]
    if len(numbers) < 3 or len(numbers) + len(letters) < len(values):  # noqa: PLR2004
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2  # noqa: PLR2004


def _corner(view: View, rows: tuple[int, ...], before: int) -> tuple[Unit, ...]:
    """Return the units named above the heading, or in a heading cell that is nothing else."""
    found: list[Unit] = []
    for row in range(before, rows[-1] + 1):
        for cell in view.cells(row):
            units = corner_units(cell_text(view.value(row, cell.left)))
            if not units and row < rows[0] and len(view.cells(row)) == 1 and (unit := unit_of(cell.text)):
                units = (unit,)
            found += [unit for unit in units if unit not in found]
    return tuple(found)


def _side_by_side(view: View, paths: Sequence[Path], first: int, last: int) -> list[tuple[Path, ...]]:
    """Return the columns of each table, where a sheet has several beside each other."""
    used = _used_columns(view, first, last)
    kept = [path for path in paths if path.parts or path.column in used]
    starts = _repeated_starts(kept)
    if len(starts) < 2:  # noqa: PLR2004
        return [tuple(kept)] if kept else []
    bounds = [kept[0].column, *starts[1:], kept[-1].column + 1]
    groups = [tuple(p for p in kept if low <= p.column < high) for low, high in pairwise(bounds)]
    return [_trimmed(group) for group in groups if any(path.parts for path in group)]


def _repeated_starts(paths: Sequence[Path]) -> list[int]:
    """Return where the heading begins anew: at each 序号, or at each first heading that comes again with the second."""
    leaves = [(path.column, plain(path.parts[-1])) for path in paths if path.parts]
    serials = [column for column, text in leaves if (meaning := meaning_of(text)) and meaning.field == SERIAL]
    if len(serials) > 1:
        return serials
    if len(leaves) < 4:  # noqa: PLR2004
        return []
    again = [
        column
        for place, (column, text) in enumerate(leaves[:-1])
        if text == leaves[0][1] and leaves[place + 1][1] == leaves[1][1]
    ]
    return again if len(again) > 1 else []


def _trimmed(group: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return a table's columns without those at its ends that have no heading."""
    filled = [place for place, path in enumerate(group) if path.parts]
    return group[filled[0] : filled[-1] + 1]
