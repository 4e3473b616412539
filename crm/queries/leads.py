"""The list of leads: ids by filter and order, rows by page, totals; every filter and order is allow-listed."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from crm.database import Session
from crm.database.derived import YUAN_PER_WAN
from crm.domain.quantities import LAND_UNITS_PER_MU, Land, Money, PartialDate
from crm.models import Lead, Standing, table_of

FIRST_PAGE = 200


@dataclass(frozen=True, slots=True)
class LeadRow:
    """What the list shows of one lead; None is unknown.

    Attributes:
        tax_per_mu: 万元 a year for each 亩.
        match: 0 to 100.
        missing: codes of the fields without which there is no verdict.
    """

    id: int
    code: str
    name: str | None
    investor: str | None
    industry: str | None
    stage: str | None
    status: str | None
    area: str | None
    planned_investment: Money | None
    land: Land | None
    annual_tax: Money | None
    tax_per_mu: Decimal | None
    verdict: str | None
    critical: bool
    match: Decimal | None
    next_step: str | None
    next_date: PartialDate | None
    owner: str | None
    version: int


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Which leads: every set names codes or words, any of them fits; an empty set asks nothing.

    Attributes:
        ids: only these (a search that has found them), or None.
        missing: names of fields that are not filled in; any of them.
        due_until: ``yyyymmdd``: the next step is due on this day or before.
    """

    stages: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    due_until: int | None = None
    with_land: bool | None = None
    ids: tuple[int, ...] | None = field(default=None, compare=True)


@dataclass(frozen=True, slots=True)
class LeadOrder:
    """How the list is sorted: ``key`` of ``ORDERS``; what is unknown stands last both ways."""

    key: str = "updated"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class LeadTotals:
    """Sums over a filter, with what they count: leads, not firms (decisions 13).

    Attributes:
        count: leads.
        investment: planned, 万元; the lower bounds, CNY only.
        investment_known: leads it sums.
        investment_foreign: leads with an amount in another currency: not in the sum.
        land: 亩, lower bounds.
        land_known: leads it sums.
        tax: at full production, 万元 a year; the lower bounds, CNY only.
    """

    count: int
    investment: Decimal
    investment_known: int
    investment_foreign: int
    land: Decimal
    land_known: int
    tax: Decimal
    tax_known: int


_LEADS, _STANDINGS = table_of(Lead), table_of(Standing)

ORDERS: Mapping[str, Any] = {
    "updated": _LEADS.c.updated_at,
    "name": _LEADS.c.sort_name,
    "stage": _LEADS.c.stage,
    "investment": _LEADS.c.planned_investment_low,
    "land": _LEADS.c.land_low,
    "tax": _LEADS.c.annual_tax_low,
    "tax_per_mu": _STANDINGS.c.tax_per_mu,
    "verdict": _STANDINGS.c.verdict,
    "match": _STANDINGS.c.match,
    "next": _LEADS.c.next_date_low,
    "owner": _LEADS.c.owner,
    "area": _LEADS.c.area,
    "industry": _LEADS.c.industry,
}
"""The columns a list may be sorted by, each with an index."""

_WORDS: Mapping[str, Any] = {
    "stages": _LEADS.c.stage,
    "statuses": _LEADS.c.status,
    "industries": _LEADS.c.industry,
    "areas": _LEADS.c.area,
    "owners": _LEADS.c.owner,
    "verdicts": _STANDINGS.c.verdict,
}
FACETS = ("stages", "statuses", "industries", "areas", "owners", "verdicts")
UNKNOWN = ""
"""In a set of words: the field is not filled in."""


def find_lead_ids(session: Session, where: LeadFilter, order: LeadOrder) -> Sequence[int]:
    """Return the ids of all leads that match, in order: 8 bytes each, so a million take 8 MB."""
    ids = array("q")
    for query in _ordered(where, order):
        ids.extend(session.connection().execute(query).scalars())
    return ids


def first_lead_ids(session: Session, where: LeadFilter, order: LeadOrder, limit: int = FIRST_PAGE) -> list[int]:
    """Return the first ids of ``find_lead_ids``: the page that is shown while the others are asked for."""
    ids: list[int] = []
    for query in _ordered(where, order):
        if len(ids) < limit:
            ids.extend(session.connection().execute(query.limit(limit - len(ids))).scalars())
    return ids


def load_lead_rows(session: Session, ids: Sequence[int]) -> list[LeadRow | None]:
    """Return the rows of these leads, in the order of ``ids``; None stands for one deleted meanwhile."""
    names = [name for name in LeadRow.__dataclass_fields__ if name in _LEADS.c]
    kept = ("tax_per_mu", "verdict", "critical", "match")
    query = (
        select(*(_LEADS.c[name] for name in names), *(_STANDINGS.c[name] for name in kept))
        .outerjoin(_STANDINGS, _STANDINGS.c.lead_id == _LEADS.c.id)
        .where(_LEADS.c.id.in_(list(ids)))
    )
    rows: dict[int, LeadRow] = {}
    for found in session.connection().execute(query).mappings():
        values = {name: found[name] for name in names}
        rows[found["id"]] = LeadRow(
            **values,
            tax_per_mu=_scaled(found["tax_per_mu"], YUAN_PER_WAN),
            verdict=found["verdict"],
            critical=bool(found["critical"]),
            match=_scaled(found["match"], 100),
        )
    return [rows.get(lead_id) for lead_id in ids]


def totals(session: Session, where: LeadFilter) -> LeadTotals:
    """Return count and sums over all leads that match."""
    leads = _LEADS.c
    in_foreign = and_(leads.planned_investment.is_not(None), leads.planned_investment_low.is_(None))
    foreign = func.sum(case((in_foreign, 1), else_=0))
    query = _joined(
        select(
            func.count(),
            func.sum(leads.planned_investment_low),
            func.count(leads.planned_investment_low),
            foreign,
            func.sum(leads.land_low),
            func.count(leads.land_low),
            func.sum(leads.annual_tax_low),
            func.count(leads.annual_tax_low),
        ).select_from(_LEADS),
        where,
        None,
    )
    row = session.connection().execute(query).one()
    return LeadTotals(
        row[0],
        Decimal(int(row[1] or 0)) / YUAN_PER_WAN,
        row[2],
        int(row[3] or 0),
        Decimal(int(row[4] or 0)) / LAND_UNITS_PER_MU,
        row[5],
        Decimal(int(row[6] or 0)) / YUAN_PER_WAN,
        row[7],
    )


def facet(session: Session, name: str, limit: int = 200) -> list[tuple[str, int]]:
    """Return the words of one facet with the number of leads that have each, most first; "" is not filled in."""
    column = _WORDS[name]
    source = _STANDINGS if column.table is _STANDINGS else _LEADS
    query = select(column, func.count()).select_from(source).group_by(column).order_by(func.count().desc()).limit(limit)
    return [(word or UNKNOWN, count) for word, count in session.connection().execute(query)]


def _ordered(where: LeadFilter, order: LeadOrder) -> list[Select[Any]]:
    """Return the query for the known values in order, then the one for the unknown: both walk an index."""
    column = ORDERS[order.key]
    key = _LEADS.c.id
    query = _joined(select(key), where, column)
    known = query.where(column.is_not(None))
    known = known.order_by(column.desc(), key.desc()) if order.descending else known.order_by(column, key)
    if not column.nullable:
        return [known]
    return [known, query.where(column.is_(None)).order_by(key)]


def _joined(query: Select[Any], where: LeadFilter, order: Any) -> Select[Any]:  # noqa: ANN401  (a column or None)
    if where.verdicts or (order is not None and order.table is _STANDINGS):
        query = query.outerjoin_from(_LEADS, _STANDINGS, _STANDINGS.c.lead_id == _LEADS.c.id)
    return query.where(_condition(where))


def _condition(where: LeadFilter) -> ColumnElement[bool]:
    leads = _LEADS.c
    parts: list[ColumnElement[bool]] = [true()]
    for name, column in _WORDS.items():
        words = getattr(where, name)
        if words:
            known = [column.in_(sorted(words - {UNKNOWN}))] if words - {UNKNOWN} else []
            parts.append(or_(*known, *([column.is_(None)] if UNKNOWN in words else [])))
    if where.missing:
        parts.append(or_(*(leads[name].is_(None) for name in sorted(where.missing) if name in leads)))
    if where.due_until is not None:
        parts.append(leads.next_date_low <= where.due_until)
    if where.with_land is not None:
        some = or_(leads.land_high > 0, leads.plots.is_not(None))
        parts.append(some if where.with_land else leads.land_high == 0)
    if where.ids is not None:
        parts.append(leads.id.in_(where.ids))
    return and_(*parts)


def _scaled(number: int | None, scale: int) -> Decimal | None:
    return None if number is None else Decimal(number) / scale
