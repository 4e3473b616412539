"""A ledger as it is handed over to be written: columns, rows, and what the reader of the page must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Look(StrEnum):
    """How the cells of a column look. The look never changes a value."""

    TEXT = "text"
    CODE = "code"
    """Telephone numbers, credit codes, project codes: a text that stays one when it is edited."""
    NUMBER = "number"
    """As many decimals as the figure has: 亩, ㎡, people, scores."""
    MONEY = "money"
    """Thousands set apart and at least two decimals, more where the figure has more."""
    DATE = "date"


class Tone(StrEnum):
    """What a verdict looks like: by weight, slant and a light or dark ground, so that a grey print shows it too."""

    GOOD = "good"
    BAD = "bad"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Toned:
    """A text with a tone."""

    text: str
    tone: Tone


LedgerValue: TypeAlias = str | int | Decimal | date | datetime | time | bool | Toned | None
"""What is written. Unknown is None and stays blank, never 0."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger; its heading names the unit: ``投资额（万元）``.

    Attributes:
        heading: as on the page.
        look: how its cells look.
        width: in characters of the standard font; None measures the column.
        key: what the program calls it, whatever becomes of its heading; "" for a column nobody reads back. Keys stand
            in a hidden row above the headings.
        hidden: not seen, not printed; sorted with the others.
    """

    heading: str
    look: Look = Look.TEXT
    width: int | None = None
    key: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One sheet: a title over the table, the headings, the rows.

    Attributes:
        name: of the tab; at most 31 characters, none of ``[ ] : * ? /`` or a backslash.
        title: above the table.
        columns: at least one.
        rows: values in the order of the columns.
        note: a line under the title: unit, day, what is counted; "" for none.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[LedgerValue]]
    note: str = ""

    @property
    def keyed(self) -> bool:
        """Whether a hidden row of keys stands above the headings."""
        return any(column.key for column in self.columns)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The last sheet: what the figures count, where they come from, when, and under which filter (decisions 13).

    Attributes:
        name: of the tab.
        lines: a label and what it says.
    """

    name: str
    lines: Sequence[tuple[str, str]]
