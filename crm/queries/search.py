"""Finding leads by any part of a name, by pinyin or initials (contract: ``xiangtu search``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from crm.database import Session
from crm.database.search import count, proposed, proposed_names
from crm.domain.companies.search import checks, is_decided
from crm.domain.companies.texts import plain_text


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: how many leads in all, and the ids of the first, newest first."""

    total: int
    ids: list[int]


def search_leads(session: Session, text: str, limit: int = 50) -> Found:
    """Return the leads whose name or investor has every word of the text."""
    connection = session.connection()
    if is_decided(text):
        return Found(count(connection, text), proposed(connection, text, limit))
    total = 0
    ids: list[int] = []
    for lead_id in _matching(session, text):
        total += 1
        if len(ids) < limit:
            ids.append(lead_id)
    return Found(total, ids)


def first_leads(session: Session, text: str, limit: int = 50) -> list[int]:
    """Return the first leads of a search, newest first, without counting the others: for each key typed."""
    if is_decided(text):
        return proposed(session.connection(), text, limit)
    return list(islice(_matching(session, text), limit))


def _matching(session: Session, text: str) -> Iterator[int]:
    """Yield what the index proposes and the names confirm: tokens say nothing about order."""
    words = checks(text)
    for lead_id, names in proposed_names(session.connection(), text):
        plain = [plain_text(name) for name in names if name]
        if all(any(map(word, plain)) for word in words):
            yield lead_id
