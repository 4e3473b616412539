"""Which leads may be the same: read for ``xiangtu duplicates`` and for imports (decisions 35)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.domain.companies.duplicates import DuplicateIndex, Likelihood
from crm.domain.companies.first_reports import Report, first_of
from crm.domain.companies.parties import read_party
from crm.domain.quantities import PartialDate
from crm.domain.reasons import Reason
from crm.models import Lead, table_of

COMPARED = ("code", "name", "investor", "credit_code", "contact", "contact_phone", "address")
REPORTED = ("first_reported_at", "first_reporter", "bureau")


@dataclass(frozen=True, slots=True)
class Known:
    """A lead of a pair.

    Attributes:
        reported_at: when it was first reported, as precisely as it is known.
        reporter: who reported it: the reporter, else the bureau in charge.
    """

    id: int
    code: str
    name: str | None
    investor: str | None
    reported_at: datetime | PartialDate | None
    reporter: str | None


@dataclass(frozen=True, slots=True)
class LeadPair:
    """Two leads that may be the same; ``first`` is the one reported first, None when that is not known."""

    a: Known
    b: Known
    likelihood: Likelihood
    reasons: tuple[Reason, ...]
    first: Known | None


def duplicate_leads(session: Session) -> list[LeadPair]:
    """Return the pairs of leads that may be the same, the surest first, then the older."""
    known: dict[Any, Known] = {}
    index = DuplicateIndex()
    for lead_id, values in _rows(session, (*COMPARED, *REPORTED)):
        known[lead_id] = _known(lead_id, values)
        index.add(read_party(lead_id, values))
    pairs = []
    for a, b, likelihood, reasons in index.pairs():
        one, other = known[a], known[b]
        first = first_of(Report(one, one.reported_at), Report(other, other.reported_at))
        pairs.append(LeadPair(one, other, likelihood, reasons, first))
    return pairs


def known_leads(session: Session) -> DuplicateIndex:
    """Return the leads as an index that a new record is compared with; the keys are their ids."""
    return DuplicateIndex(read_party(lead_id, values) for lead_id, values in _rows(session, COMPARED))


def _rows(session: Session, names: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    table = table_of(Lead)
    query = select(table.c.id, *(table.c[name] for name in names)).order_by(table.c.id)
    for row in session.connection().execute(query):
        yield row[0], dict(zip(names, row[1:], strict=True))


def _known(lead_id: int, values: Mapping[str, Any]) -> Known:
    return Known(
        id=lead_id,
        code=values["code"],
        name=values["name"],
        investor=values["investor"],
        reported_at=values["first_reported_at"],
        reporter=values["first_reporter"] or values["bureau"],
    )
