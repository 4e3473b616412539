"""The list of leads: ids by filter and order, rows by page, totals; every filter and order is allow-listed."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, true

from crm.database import Session
from crm.domain.quantities import LAND_UNITS_PER_MU, YUAN_PER_WAN
from crm.models import Lead, Standing, table_of
from crm.queries.lead_list import (
    FIRST_PAGE,
    OF_LEAD,
    OF_STANDING,
    UNKNOWN,
    LeadFilter,
    LeadOrder,
    LeadRow,
    LeadTotals,
    lead_row,
)

FETCHED = 5_000
MANY = 8_000
"""Leads from which on a filter is tested while the order's index is walked; fewer are collected, then sorted."""

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
_ROWS = (
    select(*(_LEADS.c[name] for name in OF_LEAD), *(_STANDINGS.c[name] for name in OF_STANDING))
    .outerjoin_from(_LEADS, _STANDINGS, _STANDINGS.c.lead_id == _LEADS.c.id)
    .where(_LEADS.c.id.in_(bindparam("ids", expanding=True)))
)


def find_lead_ids(session: Session, where: LeadFilter, order: LeadOrder) -> Sequence[int]:
    """Return the ids of all leads that match, in order: 8 bytes each, so a million take 8 MB."""
    ids = array("q")
    for query in _ordered(_narrowed(session, where), order):
        found = session.connection().execute(query)
        while some := found.fetchmany(FETCHED):  # a million at once would hold the interpreter from the window
            ids.extend([lead_id for (lead_id,) in some])
    return ids


def first_lead_ids(session: Session, where: LeadFilter, order: LeadOrder, limit: int = FIRST_PAGE) -> list[int]:
    """Return the first ids of ``find_lead_ids``: the page that is shown while the others are asked for."""
    ids: list[int] = []
    for query in _ordered(_narrowed(session, where), order):
        if len(ids) < limit:
            ids.extend(session.connection().execute(query.limit(limit - len(ids))).scalars())
    return ids


def load_lead_rows(session: Session, ids: Sequence[int]) -> list[LeadRow | None]:
    """Return the rows of these leads, in the order of ``ids``; None stands for one deleted meanwhile."""
    found = session.connection().execute(_ROWS, {"ids": list(ids)})
    rows = {row[0]: lead_row(row) for row in found}
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
    ).where(_condition(where))
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
    """Return the query for the known values in order, then the one for the unknown: both walk the order's index.

    The index lies in the table the ids are taken from; a filter never stands in its way, see ``_narrowed``.
    """
    column = ORDERS[order.key]
    of_standing = column.table is _STANDINGS
    key = _STANDINGS.c.lead_id if of_standing else _LEADS.c.id
    condition = _condition(where, column)
    known = _joined(select(key), where, inner=of_standing).where(condition, column.is_not(None))
    known = known.order_by(column.desc(), key.desc()) if order.descending else known.order_by(column, key)
    if not column.nullable and not of_standing:
        return [known]
    unknown = _joined(select(_LEADS.c.id), where, outer=of_standing).where(condition, column.is_(None))
    return [known, unknown.order_by(_LEADS.c.id)]


def _narrowed(session: Session, where: LeadFilter) -> LeadFilter:
    """Return the filter as the ids it keeps where they are few: sorting those is quicker than walking an index."""
    if where in (LeadFilter(), LeadFilter(ids=where.ids)):
        return where
    query = _joined(select(_LEADS.c.id), where).where(_condition(where)).limit(MANY)
    few = session.connection().execute(query).scalars().all()
    return where if len(few) == MANY else LeadFilter(ids=tuple(few))


def _joined(query: Select[Any], where: LeadFilter, *, inner: bool = False, outer: bool = False) -> Select[Any]:
    """Join the table of standings where the filter or the order asks for it."""
    joined = _STANDINGS.c.lead_id == _LEADS.c.id
    if inner:
        return query.select_from(_STANDINGS).join(_LEADS, joined)
    if outer or where.verdicts:
        return query.outerjoin_from(_LEADS, _STANDINGS, joined)
    return query


def _condition(where: LeadFilter, order: Any = None) -> ColumnElement[bool]:  # noqa: ANN401  (a column)
    """Return the filter; with ``order``, the column sorted by, in a form that fits no index but that column's."""
    leads = _LEADS.c
    parts: list[ColumnElement[bool]] = [true()]
    for name, column in _WORDS.items():
        words = getattr(where, name)
        if words:
            fits = order is None or (column is order and UNKNOWN not in words)
            tested = column if fits else column.concat("")
            known = [tested.in_(sorted(words - {UNKNOWN}))] if words - {UNKNOWN} else []
            parts.append(or_(*known, *([tested.is_(None)] if UNKNOWN in words else [])))
    if where.missing:
        parts.append(or_(*(leads[name].is_(None) for name in sorted(where.missing) if name in leads)))
    if where.due_until is not None:
        other = order is not None and order is not leads.next_date_low
        parts.append((leads.next_date_low + 0 if other else leads.next_date_low) <= where.due_until)
    if where.with_land is not None:
        some = or_(leads.land_high > 0, leads.plots.is_not(None))
        parts.append(some if where.with_land else leads.land_high == 0)
    if where.ids is not None:
        parts.append(leads.id.in_(where.ids))
    return and_(*parts)
