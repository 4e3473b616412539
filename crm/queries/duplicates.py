"""Which records may be the same: read for ``xiangtu duplicates``, for the inbox and for imports (decisions 35)."""

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
from crm.models import RECORD_MODELS, table_of
from crm.queries.decisions import Decided, decisions

COMPARED = ("code", "name", "investor", "credit_code", "contact", "contact_phone", "address")
"""Of leads."""

COMPANY = ("code", "name", "former_names", "aliases", "credit_code", "company_group", "industry", "address")
"""Of enterprises."""

KEYS: Mapping[str, tuple[str, ...]] = {"leads": COMPARED, "enterprises": COMPANY}
REPORTED: Mapping[str, tuple[str, ...]] = {
    "leads": ("first_reported_at", "first_reporter", "bureau"),
    "enterprises": ("owner", "bureau"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A record of a pair.

    Attributes:
        reported_at: when a lead was first reported, as precisely as it is known.
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
    """Two records that may be the same.

    Attributes:
        first: the lead reported first, None when that is not known.
        decided: what people last decided of the two; None: nobody has looked yet.
    """

    a: Known
    b: Known
    likelihood: Likelihood
    reasons: tuple[Reason, ...]
    first: Known | None
    decided: Decided | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look."""
        return self.decided is None or not self.decided.settles


def duplicate_leads(session: Session, kind: str = "leads", *, settled: bool = False) -> list[LeadPair]:
    """Return the pairs that may be the same, the surest first, then the older; with ``settled`` also those decided."""
    known: dict[Any, Known] = {}
    index = DuplicateIndex()
    for record_id, values in _rows(session, kind, (*KEYS[kind], *REPORTED[kind])):
        known[record_id] = _known(record_id, values)
        index.add(read_party(record_id, values))
    decided = decisions(session, kind, {each.code: each.id for each in known.values()}, KEYS[kind])
    pairs = []
    for a, b, likelihood, reasons in index.pairs():
        one, other = known[a], known[b]
        first = first_of(Report(one, one.reported_at), Report(other, other.reported_at))
        pair = LeadPair(one, other, likelihood, reasons, first, decided.get(frozenset((one.code, other.code))))
        if settled or pair.is_open:
            pairs.append(pair)
    return pairs


def known_leads(session: Session) -> DuplicateIndex:
    """Return the leads as an index that a new record is compared with; the keys are their ids."""
    return DuplicateIndex(read_party(lead_id, values) for lead_id, values in _rows(session, "leads", COMPARED))


def _rows(session: Session, kind: str, names: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    table = table_of(RECORD_MODELS[kind])
    query = select(table.c.id, *(table.c[name] for name in names)).order_by(table.c.id)
    for row in session.connection().execute(query):
        yield row[0], dict(zip(names, row[1:], strict=True))


def _known(record_id: int, values: Mapping[str, Any]) -> Known:
    return Known(
        id=record_id,
        code=values["code"],
        name=values["name"],
        investor=values.get("investor"),
        reported_at=values.get("first_reported_at"),
        reporter=values.get("first_reporter") or values["bureau"],
    )
