"""Finding leads by any part of a name, by pinyin or initials (contract: ``xiangtu search``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select

from crm.database import Session
from crm.database.search import SEARCHED, proposed
from crm.domain.companies.search import matches
from crm.models import Lead, table_of

PAGE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: how many leads in all, and the ids of the first, newest first."""

    total: int
    ids: list[int]


def search_leads(session: Session, text: str, limit: int = 50) -> Found:
    """Return the leads whose name or investor has every word of the text."""
    total = 0
    ids: list[int] = []
    for lead_id in _matching(session, text):
        total += 1
        if len(ids) < limit:
            ids.append(lead_id)
    return Found(total, ids)


def first_leads(session: Session, text: str, limit: int = 50) -> list[int]:
    """Return the first leads of a search, newest first, without counting the others: for each key typed."""
    return list(islice(_matching(session, text), limit))


def _matching(session: Session, text: str) -> Iterator[int]:
    """Yield what the index proposes and the names confirm: tokens say nothing about order."""
    table = table_of(Lead)
    columns = [table.c[name] for name in SEARCHED]
    words = text.split()
    ids = proposed(session.connection(), text)
    while page := list(islice(ids, PAGE)):
        query = select(table.c.id, *columns).where(table.c.id.in_(page))
        names = {row[0]: [name for name in row[1:] if name] for row in session.connection().execute(query)}
        for lead_id in page:
            if all(any(matches(word, name) for name in names.get(lead_id, ())) for word in words):
                yield lead_id
