"""A sheet as it was read: values from A1 on, and what is known about how they stood there. Nothing is guessed here.

Rows and columns are counted from 0 in the program; people see ``cell_name`` (A1) and ``column_letter`` (A).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from crm.domain.imports.cell_names import cell_name, column_letter, column_number

__all__ = (
    "DAMAGED_FROM",
    "CellValue",
    "Flaw",
    "Flawed",
    "Merge",
    "Position",
    "Sheet",
    "Visibility",
    "cell_name",
    "column_letter",
    "column_number",
    "exact_number",
)

DAMAGED_FROM = 10**15
"""A spreadsheet keeps 15 digits: a longer whole number has lost its end (reliability.md §4.9)."""


class Flaw(StrEnum):
    """Why the value of a cell cannot be taken as it stands."""

    ERROR = "error"
    """The cell shows an error such as #N/A."""
    FORMULA = "formula"
    """A formula whose result was never stored in the file."""
    DAMAGED = "damaged"
    """A number of 16 digits or more: the spreadsheet has replaced its end by zeros."""
    NOT_A_DATE = "not_a_date"
    """A number shown as a date that is no day of the calendar: below zero, past 9999, or 29 February 1900."""


@dataclass(frozen=True, slots=True)
class Flawed:
    """A cell without a trustworthy value.

    Attributes:
        flaw: what is wrong.
        text: what the cell shows: ``#N/A``, the formula with its ``=``, the digits, the bare number.
    """

    flaw: Flaw
    text: str

    def __str__(self) -> str:
        return self.text


CellValue: TypeAlias = str | int | Decimal | date | datetime | time | bool | Flawed | None
"""What a cell holds. A blank cell is None; a whole number is int, any other an exact Decimal; a duration is text."""

Position: TypeAlias = tuple[int, int]
"""Row and column, both from 0."""


class Visibility(StrEnum):
    """Whether a sheet is seen when the workbook is opened."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells merged into one: the value stands in the first, the others are None. All ends are inclusive, from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, position: Position) -> bool:
        row, column = position
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or a whole csv file, or a pasted block.

    Attributes:
        name: as on the tab; a csv file has its file name without the ending.
        rows: the values from A1 on; every row is equally long.
        merges: merged ranges.
        hidden_rows: rows the user has hidden or filtered out; None where the reader cannot know (.xls, .ods).
        hidden_columns: the same for columns.
        formats: the number format of those cells where it tells more than the value: a date shown without its day
            (``yyyy"年"m"月"``), a percentage, a number shown as text (``@``), words in the format (``0.00"亿元"``), a
            number shown divided by thousands (``0.00,``). Empty where the reader cannot know.
        formulas: cells that hold a formula, with or without a stored result; None where the reader cannot know.
        visibility: whether the tab is seen.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    merges: Sequence[Merge] = ()
    hidden_rows: frozenset[int] | None = frozenset()
    hidden_columns: frozenset[int] | None = frozenset()
    formats: Mapping[Position, str] = field(default_factory=dict)
    formulas: frozenset[Position] | None = frozenset()
    visibility: Visibility = Visibility.VISIBLE

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0


def exact_number(number: float) -> int | Decimal | Flawed:
    """Return the number a spreadsheet shows for a stored one: exact, with the 15 digits a spreadsheet keeps.

    2024.3 is Decimal("2024.3"), 5000.0 is 5000; the tail of a computed 4999.9999999999991 is the machine's, not the
    user's: it is 5000, as the cell shows. A whole number from 10^15 on is damaged; nan or infinity is an error.
    """
    if not math.isfinite(number):
        return Flawed(Flaw.ERROR, str(number))
    if abs(number) >= DAMAGED_FROM:
        return Flawed(Flaw.DAMAGED, str(int(number)))
    if number.is_integer():
        return int(number)
    shown = Decimal(f"{number:.15g}")
    return int(shown) if shown == shown.to_integral_value() else shown
