"""What is to be printed of a list: its rows in their order, the columns that are seen, what was asked, what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.tables.paged_model import Column

if TYPE_CHECKING:
    from crm.database import Session


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it is seen.

    Attributes:
        ids: of all its rows.
        load: brings the rows of some ids, off the window's thread.
        asked: the filter in words; "" for everything.
        order: what it is sorted by, in words.
        totals: what it comes to, with what each figure counts.
    """

    ids: Sequence[int]
    load: Callable[[Session, Sequence[int]], Sequence[Any]]
    columns: Sequence[Column]
    asked: str
    order: str
    totals: str
