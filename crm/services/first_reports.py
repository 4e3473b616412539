"""Entering first reports: the ledger grows, and the lead says what the ledger comes to (practice.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.database import Session
from crm.domain.companies.claims import COMPLETE, Entry
from crm.domain.fields.keys import key_code
from crm.queries.deadlines import load_limits
from crm.queries.first_reports import ledger
from crm.queries.records import Record, load_one
from crm.services.clock import today
from crm.services.records import codes_taken, create, update


def report(session: Session, lead_ref: str, values: Mapping[str, Any]) -> Record:
    """Enter a report of a lead, a completion or a correction; return the entry.

    Where another report comes first by it, the lead names that one from then on.

    Args:
        session: of ``Database.write``.
        lead_ref: id, code or exact name of the lead.
        values: of the entry, as ``create`` takes them: reporter, reported_at, kind, bureau, referrer, proof …

    Raises:
        NotFoundError: there is no such lead.
        ValueRefusedError: a value that cannot be, or an entry that is there already.
    """
    lead = load_one(session, "leads", lead_ref)
    entry = create(session, "first-reports", {**values, "lead": lead.code})
    found = ledger(session, lead, load_limits(session, today()))
    if found.first is not None and found.first.entry.code:
        update(session, "leads", lead.id, _named(found.first.entry, lead))
    return entry


def carry_over(session: Session, kept: Record, gone: Record) -> None:
    """Enter the registration of a lead that is merged into another one, which then names it as its first report."""
    values = gone.values
    reporter = values.get("first_reporter") or values.get("bureau") or gone.code
    entry = {
        "lead": kept.code,
        "reporter": reporter,
        "reported_at": values["first_reported_at"],
        "kind": COMPLETE,
        "bureau": values.get("bureau"),
        "referrer": values.get("referrer"),
        "source": gone.code,
    }
    code = key_code("first-reports", entry)
    if code is None or not codes_taken(session, "first-reports", [code]):
        create(session, "first-reports", entry)


def _named(entry: Entry, lead: Record) -> dict[str, Any]:
    """Return what the lead says of its first report."""
    wanted = {"first_reported_at": entry.at, "first_reporter": entry.reporter}
    return {name: value for name, value in wanted.items() if lead.values.get(name) != value}
