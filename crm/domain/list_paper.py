"""A list as it is printed: what it was asked for, its rows as they were seen, what it comes to and what that counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

MOST_PRINTED = 1_000
"""Rows of a printed list; a longer one says that it was cut."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its head, its share of the width, whether it holds figures."""

    head: str
    width: int
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class ListPaper:
    """What is printed of a list.

    Attributes:
        title: what it lists.
        asked: the filter in words; "" for everything.
        order: what it is sorted by, in words.
        totals: what the whole list comes to, with what each figure counts.
        rows: texts in the order of the columns.
        left_out: rows of the list that are not printed.
        made_at: with the zone of the desk.
        by: the officer.
        unit: the bureau.
        header: its own header text.
        marking: a standing line.
    """

    title: str
    asked: str
    order: str
    totals: str
    columns: Sequence[ListColumn]
    rows: Sequence[Sequence[str]]
    left_out: int
    made_at: datetime
    by: str
    unit: str = ""
    header: str = ""
    marking: str = ""


def paper_digest(paper: ListPaper, template: str) -> str:
    """Return the SHA-256 of all that is printed, with the name of the template."""
    words = json.dumps([template, asdict(paper)], ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()
