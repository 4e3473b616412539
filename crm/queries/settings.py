"""The dated data a bureau sets: rules, weights and dictionaries, as a page of preferences shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from crm.database import Session
from crm.models import Entry, table_of

SHOWN = (
    "rate",
    "stage_probability",
    "deadline",
    "industry_alias",
    "industry_family",
    "negative_list",
    "area_mapping",
    "functional_area_mapping",
    "threshold_setting",
)
"""Dictionaries people see and fill; the others are the program's own notes."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of a dictionary, with its id."""

    id: int
    term: str
    meaning: str
    source: str
    valid_from: date | None
    valid_to: date | None


def entries(session: Session, dictionary: str) -> list[EntryRow]:
    """Return the entries of a dictionary, the newest first day first, then by word."""
    table = table_of(Entry)
    query = select(table).where(table.c.dictionary == dictionary).order_by(table.c.term, table.c.id)
    found = [
        EntryRow(row.id, row.term, row.meaning, row.source, _day(row.valid_from), _day(row.valid_to))
        for row in session.connection().execute(query)
    ]
    return sorted(found, key=lambda row: row.valid_from or date.min, reverse=True)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
