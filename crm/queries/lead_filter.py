"""What the list of leads may be sorted and filtered by, as SQL; everything is allow-listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from crm.domain.conditions import ORDERED, All, Comparison, Condition, parse_condition
from crm.models import Lead, Standing, table_of
from crm.queries.conditions import sql_of
from crm.queries.lead_list import UNKNOWN, LeadFilter, LeadOrder

LEADS, STANDINGS = table_of(Lead), table_of(Standing)

ORDERS: Mapping[str, Any] = {
    "updated": LEADS.c.updated_at,
    "name": LEADS.c.sort_name,
    "stage": LEADS.c.stage,
    "investment": LEADS.c.planned_investment_low,
    "land": LEADS.c.land_low,
    "tax": LEADS.c.annual_tax_low,
    "tax_per_mu": STANDINGS.c.tax_per_mu,
    "verdict": STANDINGS.c.verdict,
    "match": STANDINGS.c.match,
    "next": LEADS.c.next_date_low,
    "owner": LEADS.c.owner,
    "area": LEADS.c.area,
    "industry": LEADS.c.industry,
}
"""The columns a list may be sorted by, each with an index."""

WORDS: Mapping[str, Any] = {
    "stages": LEADS.c.stage,
    "statuses": LEADS.c.status,
    "industries": LEADS.c.industry,
    "areas": LEADS.c.area,
    "owners": LEADS.c.owner,
    "verdicts": STANDINGS.c.verdict,
}
"""The columns a chip names words of."""

FEW_WITHOUT = ("contact", "land_use")
"""Texts of a lead that few lack: each has an index of the leads without it, and of no other."""


def ordered(where: LeadFilter, order: LeadOrder) -> list[Select[Any]]:
    """Return the query for the known values in order, then the one for the unknown: both walk the order's index.

    The index lies in the table the ids are taken from; a filter never stands in its way.
    """
    column = ORDERS[order.key]
    of_standing = column.table is STANDINGS
    key = STANDINGS.c.lead_id if of_standing else LEADS.c.id
    fits = condition(where, column)
    known = joined(select(key), where, inner=of_standing).where(fits, column.is_not(None))
    known = known.order_by(column.desc(), key.desc()) if order.descending else known.order_by(column, key)
    if not column.nullable and not of_standing:
        return [known]
    unknown = joined(select(LEADS.c.id), where, outer=of_standing).where(fits, column.is_(None))
    return [known, unknown.order_by(LEADS.c.id)]


def joined(query: Select[Any], where: LeadFilter, *, inner: bool = False, outer: bool = False) -> Select[Any]:
    """Join the table of standings where the filter or the order asks for it."""
    same = STANDINGS.c.lead_id == LEADS.c.id
    if inner:
        return query.select_from(STANDINGS).join(LEADS, same)
    if outer or where.verdicts:
        return query.outerjoin_from(LEADS, STANDINGS, same)
    return query


def condition(where: LeadFilter, order: Any = None) -> ColumnElement[bool]:  # noqa: ANN401  (a column)
    """Return the filter; with ``order``, the column sorted by, in a form that fits no index but that column's."""
    parts = asked(where, order)
    if where.ids is not None:
        parts["ids"] = LEADS.c.id.in_(where.ids)
    return and_(true(), *parts.values())


def asked(where: LeadFilter, order: Any = None) -> dict[str, ColumnElement[bool]]:  # noqa: ANN401  (a column)
    """Return what each condition of a filter but ``ids`` asks of a lead, by the condition's name.

    With ``order`` none of them fits an index but that column's: an index that holds half of the leads is no help.
    """
    leads = LEADS.c
    parts: dict[str, ColumnElement[bool]] = {}
    for name, column in WORDS.items():
        words = getattr(where, name)
        if words:
            fits = order is None or (column is order and UNKNOWN not in words)
            parts[name] = has_word(column if fits else column.concat(""), words)
    if where.missing:
        names = (name for name in sorted(where.missing) if name in leads)
        plain = order is None
        columns = (leads[name] if plain or name not in FEW_WITHOUT else leads[name].concat("") for name in names)
        parts["missing"] = or_(*(column.is_(None) for column in columns))
    if where.due_until is not None:
        other = order is not None and order is not leads.next_date_low
        parts["due_until"] = (leads.next_date_low + 0 if other else leads.next_date_low) <= where.due_until
    if where.with_land is not None:
        some = or_(leads.land_high > 0, leads.plots.is_not(None))
        parts["with_land"] = some if where.with_land else leads.land_high == 0
    for number, part in enumerate(asked_apart(where.conditions)):
        parts[condition_name(number)] = sql_of("leads", part, indexed=False)  # ``narrow_ids`` knows when one helps
    return parts


@lru_cache(maxsize=64)
def asked_apart(text: str) -> tuple[Condition, ...]:
    """Return what a text of conditions asks, each part that must hold by itself; both ends of a range are one part.

    Raises:
        ValueRefusedError: it cannot be understood.
    """
    if not text:
        return ()
    apart: dict[str, list[Condition]] = {}
    for number, part in enumerate(_parts(parse_condition("leads", text))):
        bound = isinstance(part, Comparison) and part.field.kind in ORDERED
        apart.setdefault(part.field.name if bound and isinstance(part, Comparison) else str(number), []).append(part)
    return tuple(parts[0] if len(parts) == 1 else All(tuple(parts)) for parts in apart.values())


def _parts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _parts(part)
    else:
        yield condition


def condition_name(number: int) -> str:
    """Return the name of one part of the conditions among what a filter asks."""
    return f"conditions {number}"


def has_word(column: Any, words: frozenset[str]) -> ColumnElement[bool]:  # noqa: ANN401  (a column)
    """Return that a column has one of the words, ``UNKNOWN`` being none."""
    known = words - {UNKNOWN}
    parts = [column.in_(sorted(known))] if known else []
    return or_(*parts, *([column.is_(None)] if UNKNOWN in words else []))
