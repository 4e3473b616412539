"""Whether a database is a demonstration, so that a page can say 演示数据（虚构）, and how far it is filled."""

from __future__ import annotations

from sqlalchemy import exists, func, select

from crm.database import Session
from crm.models import Fact, Lead, table_of

FACT = "demonstration"
"""The fact that marks it."""

BEGUN, FILLED = "begun", "filled"


def demonstration_state(session: Session) -> str | None:
    """Return ``begun`` or ``filled`` for a demonstration, None for a database with real data."""
    facts = table_of(Fact)
    return session.connection().execute(select(facts.c.value).where(facts.c.name == FACT)).scalar()


def is_demonstration(session: Session) -> bool:
    """Return whether everything in the database is made up."""
    return demonstration_state(session) is not None


def has_leads(session: Session) -> bool:
    """Return whether there is any lead."""
    return bool(session.connection().execute(select(exists(select(table_of(Lead).c.id)))).scalar())


def count_made(session: Session, source: str) -> int:
    """Return how many leads have a source."""
    leads = table_of(Lead)
    query = select(func.count()).select_from(leads).where(leads.c.source == source)
    return int(session.connection().execute(query).scalar_one())
