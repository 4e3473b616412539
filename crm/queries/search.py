"""Finding leads by any part of a name, by pinyin or initials, by code or credit code (contract: ``xiangtu search``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from crm.database import Session
from crm.database.search import count, names, newest
from crm.domain.companies.search import Query, checks, divided, query_tokens
from crm.domain.companies.texts import plain_text
from crm.domain.quantities import narrow
from crm.models import Lead, table_of

SHORTEST_BEGINNING = 3
"""Characters from which the beginning of a code finds it; a shorter word must be the whole code."""

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: how many leads in all, and the ids of the first, newest first."""

    total: int
    ids: list[int]


def search_leads(session: Session, text: str, limit: int = 50) -> Found:
    """Return the leads whose code or credit code begins with the text, then those whose names have all its words."""
    by_name = _search_names(session, text, limit)
    where = _begins(session, text)
    leads = table_of(Lead)
    total = int(session.connection().execute(select(func.count()).select_from(leads).where(where)).scalar_one())
    if not total:
        return by_name
    ids = list(dict.fromkeys((*_by_code(session, text, limit), *by_name.ids)))[:limit]
    return Found(total + by_name.total - _in_both(session, text, by_name.total, where), ids)


def first_found(session: Session, text: str, limit: int) -> list[int]:
    """Return the first leads of ``search_leads`` without counting the others: for each key typed."""
    return list(dict.fromkeys((*_by_code(session, text, limit), *first_leads(session, text, limit))))[:limit]


def _search_names(session: Session, text: str, limit: int) -> Found:
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


def _by_code(session: Session, text: str, limit: int) -> list[int]:
    leads = table_of(Lead)
    query = select(leads.c.id).where(_begins(session, text)).order_by(leads.c.id.desc()).limit(limit)
    return list(session.connection().execute(query).scalars())


def _begins(session: Session, text: str) -> ColumnElement[bool]:
    """Return the condition that a lead's code or credit code is the text, or begins with it where it is long enough.

    A word without a digit is a name or its initials unless it is a whole code.
    """
    word = narrow(text).strip()
    if not word or any(map(str.isspace, word)):
        return false()
    leads, words = table_of(Lead), {word, word.upper(), word.lower()}
    columns = (leads.c.code, leads.c.credit_code)
    if len(word) < SHORTEST_BEGINNING or not any(map(str.isdigit, word)):
        return or_(*(column.in_(sorted(words)) for column in columns))
    if session.connection().dialect.name == "sqlite":  # a range that the index serves; LIKE would not
        return or_(
            *(and_(column >= each, column < each + "\U0010ffff") for column in columns for each in sorted(words))
        )
    return or_(*(column.startswith(each, autoescape=True) for column in columns for each in sorted(words)))


def _in_both(session: Session, text: str, names_found: int, where: ColumnElement[bool]) -> int:
    """Return how many leads are found by a code and by a name: they are counted once."""
    leads, connection = table_of(Lead), session.connection()
    found = iter(_search_names(session, text, names_found).ids)
    both = 0
    while some := list(islice(found, _CHUNK)):
        query = select(func.count()).select_from(leads).where(leads.c.id.in_(some), where)
        both += int(connection.execute(query).scalar_one())
    return both


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
