"""Finding leads by any part of a name, by pinyin or initials (contract: ``xiangtu search``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from crm.database import Session
from crm.database.search import count, names, newest
from crm.domain.companies.search import Query, checks, divided, query_tokens
from crm.domain.companies.texts import plain_text


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: how many leads in all, and the ids of the first, newest first."""

    total: int
    ids: list[int]


def search_leads(session: Session, text: str, limit: int = 50) -> Found:
    """Return the leads whose name or investor has every word of the text."""
    sure, doubtful = divided(text)
    total = count(session.connection(), sure) if sure else 0
    ids: list[int] = []
    if sure and not doubtful:
        return Found(total, newest(session.connection(), sure, limit))
    if sure:
        ids = first_leads(session, text, limit)
    for lead_id in _confirmed(session, text, doubtful, sure) if doubtful else ():
        total += 1
        if not sure and len(ids) < limit:
            ids.append(lead_id)
    return Found(total, ids)


def first_leads(session: Session, text: str, limit: int = 50) -> list[int]:
    """Return the first leads of a search, newest first, without counting the others: for each key typed."""
    sure, doubtful = divided(text)
    if not doubtful:
        return newest(session.connection(), sure, limit) if sure else []
    return list(islice(_confirmed(session, text, query_tokens(text)), limit))


def _confirmed(session: Session, text: str, query: Query, but_not: Query = ()) -> Iterator[int]:
    """Yield what the index proposes and the names confirm: tokens say nothing about order."""
    words = checks(text)
    for lead_id, said in names(session.connection(), query, but_not):
        plain = [plain_text(name) for name in said if name]
        if all(any(map(word, plain)) for word in words):
            yield lead_id
