"""What each unit has part in: leads passed on are shared as agreed, joint leads count with the one that leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.domain.companies.credit import Credit, credits_of
from crm.models import Lead, table_of
from crm.queries.records import load

ONE_PROJECT = "one_project"


def credit_table(session: Session) -> list[Credit]:
    """Return the credit of every unit; their sum is the number of projects, each counted once (practice.md §2)."""
    leads, joint = table_of(Lead), joint_leads(session)
    query = select(leads.c.code, leads.c.bureau).order_by(leads.c.id)
    counted = [(row.code, row.bureau) for row in session.connection().execute(query) if row.code not in joint]
    return credits_of(counted, transfers_by_lead(session))


def transfers_by_lead(session: Session) -> Mapping[str, list[Mapping[str, Any]]]:
    """Return the transfers of each lead by its code, in the order they were entered."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for record in load(session, "transfers"):
        found.setdefault(record.values["lead"], []).append(record.values)
    return found


def joint_leads(session: Session) -> frozenset[str]:
    """Return the leads that are one project with another which leads: the last decision on the two says so."""
    last: dict[frozenset[str], Mapping[str, Any]] = {}
    for record in load(session, "duplicate-decisions"):
        values = record.values
        if "lead" in values:
            last[frozenset((values["lead"], values["other_lead"]))] = values
    return frozenset(values["other_lead"] for values in last.values() if values["conclusion"] == ONE_PROJECT)
