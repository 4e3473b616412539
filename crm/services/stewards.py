"""Handing a project over to another steward (S58): the term of the one ends on the day the other's begins."""

from __future__ import annotations

from datetime import date

from crm.database import Session
from crm.domain.quantities.calendar_days import exact, first_day
from crm.domain.stewardship import current
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.queries.links import ids_naming
from crm.queries.records import Record, load, load_one
from crm.services.records import create, update


def hand_over(session: Session, lead: str | int, steward: str, since: date, note: str = "") -> Record:
    """Make somebody the steward of a project from a day on, and end the term of the one before.

    Raises:
        NotFoundError: there is no such lead.
        ValueRefusedError: the present steward began on that day or later.
    """
    code = load_one(session, "leads", lead).code
    records = load(session, "stewards", ids_naming(session, "stewards", "lead", code))
    before = current((record.values for record in records), since)
    for record in records:
        if first_day(record.values["since"]) >= since:
            message = _("{steward} is the steward from {since} on; a handover comes after that day.")
            told = {"steward": record.values["steward"], "since": record.values["since"]}
            raise ValueRefusedError(message.format(**told), where="since")
        if before is not None and record.code == before["code"] and record.values.get("until") is None:
            update(session, "stewards", record.id, {"until": exact(since)})
    given = {"lead": code, "steward": steward, "since": exact(since), "handover": note or None}
    return create(session, "stewards", given)
