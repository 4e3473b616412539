"""The list of leads: ids by filter and order, rows by page, totals; every filter and order is allow-listed."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, select

from crm.database import Session
from crm.domain.quantities import LAND_UNITS_PER_MU, YUAN_PER_WAN
from crm.queries.first_page import narrow_ids
from crm.queries.lead_filter import LEADS, STANDINGS, WORDS, condition, joined, ordered
from crm.queries.lead_list import (
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

_ROWS = (
    select(*(LEADS.c[name] for name in OF_LEAD), *(STANDINGS.c[name] for name in OF_STANDING))
    .outerjoin_from(LEADS, STANDINGS, STANDINGS.c.lead_id == LEADS.c.id)
    .where(LEADS.c.id.in_(bindparam("ids", expanding=True)))
)


def find_lead_ids(session: Session, where: LeadFilter, order: LeadOrder) -> Sequence[int]:
    """Return the ids of all leads that match, in order: 8 bytes each, so a million take 8 MB."""
    where = _narrowed(session, where)
    if where.conditions:
        return _sieved(session, where, order)
    ids = array("q")
    for query in ordered(where, order):
        for some in _fetched(session, query):
            ids.extend(some)
    return ids


def _fetched(session: Session, query: Select[Any]) -> Iterator[list[int]]:
    """Yield the ids of a query in parts: a million at once would hold the interpreter from the window."""
    found = session.connection().execute(query)
    while some := found.fetchmany(FETCHED):
        yield [lead_id for (lead_id,) in some]


def _sieved(session: Session, where: LeadFilter, order: LeadOrder) -> Sequence[int]:
    """Return the ids of the many leads that meet conditions: read as they lie, then put in order by its index alone.

    To look each lead up in the order's index takes twice as long: their rows lie all over the file.
    """
    last = session.connection().execute(select(func.max(LEADS.c.id))).scalar() or 0
    fits, ids = bytearray(last + 1), array("q")
    for some in _fetched(session, joined(select(LEADS.c.id), where).where(condition(where))):
        for lead_id in some:
            fits[lead_id] = 1
    for query in ordered(LeadFilter(), order):
        for some in _fetched(session, query):
            ids.extend([lead_id for lead_id in some if fits[lead_id]])
    return ids


def load_lead_rows(session: Session, ids: Sequence[int]) -> list[LeadRow | None]:
    """Return the rows of these leads, in the order of ``ids``; None stands for one deleted meanwhile."""
    found = session.connection().execute(_ROWS, {"ids": list(ids)})
    rows = {row[0]: lead_row(row) for row in found}
    return [rows.get(lead_id) for lead_id in ids]


def count_leads(session: Session) -> int:
    """Return how many leads there are."""
    return int(session.connection().execute(select(func.count()).select_from(LEADS)).scalar_one())


def totals(session: Session, where: LeadFilter) -> LeadTotals:
    """Return count and sums over all leads that match."""
    leads = LEADS.c
    in_foreign = and_(leads.planned_investment.is_not(None), leads.planned_investment_low.is_(None))
    foreign = func.sum(case((in_foreign, 1), else_=0))
    query = joined(
        select(
            func.count(),
            func.sum(leads.planned_investment_low),
            func.count(leads.planned_investment_low),
            foreign,
            func.sum(leads.land_low),
            func.count(leads.land_low),
            func.sum(leads.annual_tax_low),
            func.count(leads.annual_tax_low),
        ).select_from(LEADS),
        where,
    ).where(condition(where))
    few = narrow_ids(session, where)
    row = session.connection().execute(query if few is None else query.where(leads.id.in_(few))).one()
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
    column = WORDS[name]
    source = STANDINGS if column.table is STANDINGS else LEADS
    query = select(column, func.count()).select_from(source).group_by(column).order_by(func.count().desc()).limit(limit)
    return [(word or UNKNOWN, count) for word, count in session.connection().execute(query)]


def _narrowed(session: Session, where: LeadFilter) -> LeadFilter:
    """Return the filter as the ids it keeps where they are few: sorting those is quicker than walking an index."""
    if where in (LeadFilter(), LeadFilter(ids=where.ids)):
        return where
    query = joined(select(LEADS.c.id), where).where(condition(where)).limit(MANY)
    among = narrow_ids(session, where)
    query = query if among is None else query.where(LEADS.c.id.in_(among))
    few = session.connection().execute(query).scalars().all()
    return where if len(few) == MANY else LeadFilter(ids=tuple(few))
