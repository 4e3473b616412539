"""Evidence that a row is a heading: words bureaus use in headings, short texts, other types below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from crm.domain.imports.grid import CellValue, Flawed, Merge, Sheet
from crm.domain.imports.texts import bracketed, plain, plain_cell
from crm.domain.imports.units import split_unit, unit_of
from crm.domain.imports.vocabulary import LOOKS_LIKE_HEADING, cleaned, meaning_of, without_english

KNOWN = 100
"""Evidence of a heading that is a known word, in percent."""
POOR = 10
"""Rows with less evidence on average are no headings."""
FULL = 60
"""The percentage of the body's columns a heading without a known word must cover."""
SHORT = 12
"""Characters most headings do not exceed."""
LONGEST = 28
"""Characters no heading exceeds, its brackets left out."""
_PAIR = re.compile(r"^[^:]{1,12}:.+")
_OF_WHICH = re.compile(r"^(?:其中|其|单位|含):")
_SENTENCE = re.compile(r"[。！；!;]|^\d+[.、]\S{8,}")
_AMOUNT = r"[\d.,%¥$~\-—+/:()年月日季度上下半约近超万亿元余多个人亩米公顷平方m2美欧日]*"
_DATA = re.compile(
    rf"^(?:{_AMOUNT}\d{_AMOUNT}|[0-9A-Z]{{15,20}}|.*(?:有限公司|有限责任公司|股份公司|集团)|.*[□√☑✓✔].*|[-—/]+|待定|无|暂无)$"
)
_COMPANY = re.compile(r".*(?:有限公司|有限责任公司|股份公司)")
"""A registered name, whatever words of headings are in it."""
_YEAR = re.compile(r"^(?:19|20)\d\d(?:年度?)?$")


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """One cell of a heading: its text and the columns it stands over, both ends inclusive."""

    text: str
    left: int
    right: int


class View:
    """A sheet with its merges by cell."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.merges: dict[tuple[int, int], Merge] = {}
        self._by_row: dict[int, list[Merge]] = {}
        for merge in sheet.merges:
            self.merges[merge.top, merge.left] = merge
            for row in range(merge.top, min(merge.bottom, merge.top + 8) + 1):
                self._by_row.setdefault(row, []).append(merge)

    def covering(self, row: int, column: int) -> Merge | None:
        """Return the merge a cell lies in, its first cell included."""
        for merge in self._by_row.get(row, ()):
            if merge.left <= column <= merge.right:
                return merge
        return None

    def cells(self, row: int) -> list[HeadingCell]:
        """Return the filled cells of a row with the columns they cover, as plain text."""
        if not 0 <= row < self.sheet.height:
            return []
        result = []
        for column, value in enumerate(self.sheet.rows[row]):
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            merge = self.merges.get((row, column))
            result.append(HeadingCell(plain_cell(value), column, merge.right if merge else column))
        return result

    def value(self, row: int, column: int) -> CellValue:
        """Return the value of a cell."""
        return self.sheet.rows[row][column]


@lru_cache(maxsize=16384)
def heading_evidence(text: str) -> int:
    """Return in percent how much a plain text looks like a heading: 100 a known one, 0 nothing known, -100 data."""
    bare = "" if _COMPANY.fullmatch(text) else cleaned(split_unit(text)[0])
    if bare and any(meaning_of(one) for one in (bare, bracketed(bare)[0], without_english(bare))):
        return KNOWN
    if unit_of(text):
        return 0
    if _YEAR.match(text):
        return 20
    if _is_data(text):
        return -KNOWN
    short = len(bracketed(text)[0]) <= SHORT
    if short and LOOKS_LIKE_HEADING.fullmatch(bare or text):
        return 50
    return 15 if short else -20


def _is_data(text: str) -> bool:
    if len(bracketed(text)[0]) > LONGEST or _SENTENCE.search(text) or _DATA.match(text):
        return True
    return bool(_PAIR.match(text)) and not _OF_WHICH.match(text)


def is_number(value: CellValue) -> bool:
    """Whether a cell holds a number or a date, or what should have been one."""
    return isinstance(value, int | Decimal | date | datetime | Flawed) and not isinstance(value, bool)


def quality_of(view: View, row: int) -> tuple[int, int]:
    """Return the mean evidence of a row's cells in percent, and how many cells are known words."""
    total, known, count = 0, 0, 0
    for cell in view.cells(row):
        value = view.value(row, cell.left)
        count += 1
        if is_number(value):
            total += 20 if isinstance(value, int) and _YEAR.match(str(value)) else -KNOWN
            continue
        evidence = heading_evidence(cell.text)
        known += evidence == KNOWN
        total += evidence
    return (total // count if count else -KNOWN), known


def _contrast(view: View, row: int, cells: Sequence[HeadingCell]) -> int:
    """Return the percentage of a row's columns under which numbers, dates or amounts stand."""
    changed = 0
    for cell in cells:
        below = [view.value(r, cell.left) for r in range(row + 1, min(row + 12, view.sheet.height))]
        filled = [value for value in below if value is not None]
        data = sum(is_number(value) or (isinstance(value, str) and bool(_DATA.match(plain(value)))) for value in filled)
        changed += bool(filled) and data * 2 >= len(filled)
    return 100 * changed // len(cells)


def rating(view: View, row: int) -> int:
    """Return how well a row would do as a heading; below 0 it cannot."""
    cells = view.cells(row)
    below = sorted(filter(None, (len(view.cells(r)) for r in range(row + 1, min(row + 15, view.sheet.height)))))
    if not cells or not below:
        return -1
    quality, known = quality_of(view, row)
    if len(cells) == 1:
        meaning = meaning_of(split_unit(cells[0].text)[0])
        return 60 if meaning and meaning.field and meaning.exact and below[-1] == 1 else -1
    spread = sum(cell.right - cell.left + 1 for cell in cells)
    coverage = min(100, 100 * spread // below[len(below) * 3 // 4])
    if quality < POOR or (not known and coverage < FULL):
        return -1
    return quality + coverage + _contrast(view, row, cells) // 2 + min(known, 6) * 8
