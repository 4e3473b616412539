"""What the core answers to the list of leads, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crm.queries.lead_list import LeadRow as CoreRow
from crm.queries.lead_list import LeadTotals
from ui.leads.columns import LeadRow, shown


class Again(NamedTuple):
    """The answer to a refresh: all ids, the rows of the pages in sight, where cursor and choice are now, the totals."""

    ids: Sequence[int]
    pages: Mapping[int, tuple[Sequence[int], Sequence[LeadRow]]]
    current: int | None
    chosen: Sequence[int]
    totals: LeadTotals


def place_of(ids: Sequence[int], lead_id: int) -> int | None:
    """Return where a lead stands among others, or None."""
    try:
        return ids.index(lead_id)
    except ValueError:
        return None


def shown_rows(rows: Sequence[CoreRow | None]) -> list[LeadRow]:
    """Return rows of the core as the list shows them today."""
    today = date.today()  # noqa: DTZ011  (the day on the officer's desk)
    return [shown(row, today) for row in rows]
