"""Marking a database as a demonstration."""

from __future__ import annotations

from crm.database import Session
from crm.database.upsert import upsert
from crm.models import Fact
from crm.queries.demonstration import FACT


def mark_demonstration(session: Session, state: str) -> None:
    """Note that everything in the database is made up, and how far it is filled: ``begun`` or ``filled``."""
    upsert(session.connection(), Fact, [{"name": FACT, "value": state}], key=("name",))
