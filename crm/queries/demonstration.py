"""Whether a database is a demonstration, so that a page can say 演示数据（虚构）, and how far it is filled."""

from __future__ import annotations

from sqlalchemy import exists, func, select

from crm.database import Session
from crm.models import ChangeSet, Fact, Lead, table_of
from crm.queries.history import NOTES

FACT = "demonstration"
"""The fact that marks it."""

BEGUN, FILLED = "begun", "filled"


def demonstration_state(session: Session) -> str | None:
    """Return ``begun`` or ``filled`` for a demonstration, None for a database with real data."""
    facts = table_of(Fact)
    return session.connection().execute(select(facts.c.value).where(facts.c.name == FACT)).scalar()


def has_leads(session: Session) -> bool:
    """Return whether there is any lead."""
    return bool(session.connection().execute(select(exists(select(table_of(Lead).c.id)))).scalar())


def count_made(session: Session, source: str) -> int:
    """Return how many leads have a source."""
    leads = table_of(Lead)
    query = select(func.count()).select_from(leads).where(leads.c.source == source)
    return int(session.connection().execute(query).scalar_one())


def ids_but_from(session: Session, source: str) -> list[int]:
    """Return the ids of the leads but for those of a source."""
    leads = table_of(Lead)
    query = select(leads.c.id).where(func.coalesce(leads.c.source, "") != source).order_by(leads.c.id)
    return list(session.connection().execute(query if source else select(leads.c.id).order_by(leads.c.id)).scalars())


def written_since(session: Session, file: str) -> bool:
    """Return whether the history notes a print or an export of a file after the last change of a record."""
    sets = table_of(ChangeSet)
    last = select(func.coalesce(func.max(sets.c.id), 0)).where(sets.c.kind.not_in(NOTES)).scalar_subquery()
    noted = select(sets.c.id).where(
        sets.c.kind.in_(NOTES), sets.c.id > last, sets.c.why.contains(file, autoescape=True)
    )
    return session.connection().execute(select(exists(noted))).scalar() is True
