"""The first page of the list of leads, in some milliseconds also where there are a million and a filter keeps few.

No index serves a filter and an order at once. So, by how many leads the narrowest condition keeps:

- few: they are collected by the condition's index and sorted;
- some: the order's index is walked, and each entry is looked up among the ids that the condition keeps;
- many: the order's index is walked, and each lead is tested.

A walk that has gone far without filling the page (no signed lead is among the newest) gives way to collecting.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, true

from crm.database import Session
from crm.domain.conditions import ORDERED, All, AnyOf, Condition, Emptiness, Operator
from crm.queries.conditions import sql_of
from crm.queries.lead_filter import (
    FEW_WITHOUT,
    LEADS,
    ORDERS,
    STANDINGS,
    WORDS,
    asked,
    asked_apart,
    condition_name,
    has_word,
    ordered,
)
from crm.queries.lead_list import FIRST_PAGE, UNKNOWN, LeadFilter, LeadOrder

FEW, MANY = 1_500, 20_000
"""Leads a condition keeps. To collect one of a million takes 3 µs, to look an entry up 0.1 µs, to test a lead 2 µs."""

FAR_LOOKING_UP, FAR_TESTING = 40_000, 3_000
"""Entries after which a walk gives way; all of them take some 5 ms."""

VERY_FAR = 10_000
"""The same where no condition has an index: what is left then is to read all leads, in their own order. And where the
verdict alone is asked, for which an index answers without reading a lead: the least land is none, which is not judged.
"""

NO_END = 2**31 - 1
_LOWEST = frozenset((Operator.AT_LEAST, Operator.MORE, Operator.EQUAL))
_FOUND_BY = {
    **dict.fromkeys(("annual_tax", "land", "next_date", "planned_investment"), _LOWEST),
    **dict.fromkeys(("area", "code", "credit_code", "industry", "owner", "stage"), frozenset((Operator.EQUAL,))),
}
"""The comparisons that an index answers, by field: of figures that of their lower end."""

_INDEXED = {
    "annual_tax": LEADS.c.annual_tax_low,
    "area": LEADS.c.area,
    "industry": LEADS.c.industry,
    "land": LEADS.c.land_low,
    "next_date": LEADS.c.next_date_low,
    "owner": LEADS.c.owner,
    "planned_investment": LEADS.c.planned_investment_low,
    **{name: LEADS.c[name] for name in FEW_WITHOUT},
}
"""Of fields that are often missing a column with an index, which has no value where the field has none."""


class _Narrowest(NamedTuple):
    """The condition that keeps the fewest leads: its name, the query for its ids, how many (``MANY``: or more)."""

    name: str
    ids: Select[Any] | None
    kept: int


NONE = _Narrowest("", None, MANY)


def first_lead_ids(session: Session, where: LeadFilter, order: LeadOrder, limit: int = FIRST_PAGE) -> list[int]:
    """Return the first ids of ``find_lead_ids``: the page that is shown while the others are asked for."""
    if where.ids is not None or not asked(where):
        return _run(session, ordered(where, order), limit)
    narrowest = _narrowest(session, where, ORDERS[order.key])
    if narrowest.kept < FEW:
        return _run(session, _collected(where, narrowest, order), limit)
    if narrowest.kept < MANY:
        found = _walk(session, _halves(where, narrowest, order), limit, FAR_LOOKING_UP)
        return _run(session, _collected(where, narrowest, order), limit) if found is None else found
    verdict_only = asked(where).keys() == {"verdicts"} and ORDERS[order.key].table is LEADS
    far = FAR_TESTING if narrowest.ids is not None and not verdict_only else VERY_FAR
    found = _walk(session, _halves(where, NONE, order), limit, far)
    if found is not None:
        return found
    if narrowest.ids is None:
        return _run(session, _collected(where, _scanned(where), order), limit)
    return _walk(session, _halves(where, narrowest, order), limit, NO_END) or []


def narrow_ids(session: Session, where: LeadFilter) -> Select[Any] | None:
    """Return the query for the ids that one condition of a filter keeps by its index, where these are few; else None.

    Without it a filter of conditions is a walk through all leads: an index that keeps many is no help.
    """
    if not where.conditions:
        return None
    narrowest = _narrowest(session, where, LEADS.c.updated_at)
    return narrowest.ids if narrowest.kept < MANY else None


def _run(session: Session, queries: list[Select[Any]], limit: int) -> list[int]:
    """Return the first ids of queries that follow one another."""
    ids: list[int] = []
    for query in queries:
        if len(ids) < limit:
            ids.extend(session.connection().execute(query.limit(limit - len(ids))).scalars())
    return ids


# What a condition keeps.


def _narrowest(session: Session, where: LeadFilter, order: Any) -> _Narrowest:  # noqa: ANN401  (a column)
    best = NONE
    for name, ids in _sets(where).items():
        if name == _own(where, order):
            continue  # the walk goes along this very index, from its first entry
        counted = select(func.count()).select_from(ids.limit(best.kept).subquery())
        kept = session.connection().execute(counted).scalar_one()
        if best is NONE or kept < best.kept:
            best = _Narrowest(name, ids, kept)
    return best


def _sets(where: LeadFilter) -> dict[str, Select[Any]]:
    """Return the queries for the ids that each condition keeps, of those that have an index."""
    plain, leads = asked(where), LEADS.c
    sets: dict[str, Select[Any]] = {}
    for name in ("stages", "industries", "areas", "owners", "due_until"):
        if name in plain:
            sets[name] = select(leads.id).where(plain[name])
    if "verdicts" in plain and UNKNOWN not in where.verdicts:
        sets["verdicts"] = select(STANDINGS.c.lead_id).where(plain["verdicts"])
    if where.missing and where.missing <= _INDEXED.keys():
        parts = (and_(_INDEXED[name].is_(None), leads[name].is_(None)) for name in sorted(where.missing))
        sets["missing"] = select(leads.id).where(or_(*parts))
    for number, part in enumerate(asked_apart(where.conditions)):
        if _has_index(part):
            sets[condition_name(number)] = select(leads.id).where(sql_of("leads", part))
    if where.with_land is False:
        sets["with_land"] = select(leads.id).where(
            or_(leads.land_low == 0, leads.land_low.is_(None)), plain["with_land"]
        )
    return sets


def _has_index(condition: Condition) -> bool:
    """Return whether an index finds what meets a condition: of alternatives each must have one."""
    if isinstance(condition, All):
        return any(map(_has_index, condition.parts))
    if isinstance(condition, AnyOf):
        return all(map(_has_index, condition.parts))
    if condition.field.name not in _FOUND_BY:
        return False
    if isinstance(condition, Emptiness):  # a range open below has no lower end and is not empty
        return condition.empty and condition.field.name in _INDEXED and condition.field.kind not in ORDERED
    return condition.operator in _FOUND_BY[condition.field.name]


def _scanned(where: LeadFilter) -> _Narrowest:
    """Return all conditions on the lead itself as one, which no index serves."""
    tests = (test for name, test in asked(where).items() if name != "verdicts")
    return _Narrowest("", select(LEADS.c.id).where(*tests), MANY)


# The three ways.


def _collected(where: LeadFilter, narrowest: _Narrowest, order: LeadOrder) -> list[Select[Any]]:
    """Return the queries, for known and for unknown values, that sort what a condition keeps."""
    column = ORDERS[order.key]
    key, by = _key(column.table), func.coalesce(column, column)  # in no index: walking one is what is not wanted
    rest = _rest(where, column, {narrowest.name})
    known = select(key).where(key.in_(narrowest.ids), by.is_not(None), _fits(column.table, where, rest))
    known = known.order_by(by.desc(), key.desc()) if order.descending else known.order_by(by, key)
    among = LEADS.c.id.in_(narrowest.ids)
    unknown = select(LEADS.c.id).where(among, _is_unknown(column), _fits(LEADS, where, rest)).order_by(LEADS.c.id)
    return [known, unknown]


def _halves(where: LeadFilter, narrowest: _Narrowest, order: LeadOrder) -> list[Select[Any]]:
    """Return the walks along known and unknown values: of each entry its id and whether it fits.

    Where the filter asks something of the very column sorted by, the walk is along these values alone.
    """
    column = ORDERS[order.key]
    known, unknown = _walks(where, narrowest, column, column.table), _walks(where, narrowest, column, LEADS)
    own = _own(where, column)
    known = known.where(column.is_not(None), *([asked(where)[own]] if own else []))
    key = _key(column.table)
    known = known.order_by(column.desc(), key.desc()) if order.descending else known.order_by(column, key)
    if own or not (column.nullable or column.table is STANDINGS):
        return [known]
    return [known, unknown.where(_is_unknown(column)).order_by(LEADS.c.id)]


def _walks(where: LeadFilter, narrowest: _Narrowest, column: Any, table: Any) -> Select[Any]:  # noqa: ANN401
    key = _key(table)
    fits = _fits(table, where, _rest(where, column, {narrowest.name, _own(where, column)}))
    if narrowest.ids is not None:
        fits = case((key.in_(narrowest.ids), fits), else_=false())
    return select(key.label("id"), fits.label("fits")).select_from(table)


def _own(where: LeadFilter, column: Any) -> str:  # noqa: ANN401  (a column)
    """Return the condition on the known values of the very column sorted by, or ""."""
    if where.due_until is not None and column is LEADS.c.next_date_low:
        return "due_until"
    named = ((name, getattr(where, name)) for name, each in WORDS.items() if each is column)
    return next((name for name, words in named if words and UNKNOWN not in words), "")


def _walk(session: Session, halves: list[Select[Any]], limit: int, far: int) -> list[int] | None:
    """Return the first ids that fit, or None where ``far`` entries did not settle it.

    The inner query comes in the order of its index, and the outer one stops it as soon as it has enough.
    """
    ids: list[int] = []
    for half in halves:
        entries = half.limit(far).subquery()
        query = select(entries.c.id).where(entries.c.fits).limit(limit - len(ids))
        ids.extend(session.connection().execute(query).scalars())
        if len(ids) == limit:
            return ids
        if far < NO_END and session.connection().execute(_beyond(half, far)).first() is not None:
            return None
    return ids


def _beyond(half: Select[Any], far: int) -> Select[Any]:
    """Return the query for the entry after so many of a walk."""
    return half.with_only_columns(half.selected_columns.id).offset(far).limit(1)


# A lead seen from the table that is walked.


def _key(table: Any) -> Any:  # noqa: ANN401  (a table, a column)
    return STANDINGS.c.lead_id if table is STANDINGS else LEADS.c.id


def _is_unknown(column: Any) -> ColumnElement[bool]:  # noqa: ANN401  (a column)
    if column.table is LEADS:
        unknown: ColumnElement[bool] = column.is_(None)
        return unknown
    return ~exists().where(STANDINGS.c.lead_id == LEADS.c.id, column.is_not(None)).correlate(LEADS)


def _rest(where: LeadFilter, column: Any, without: set[str]) -> dict[str, ColumnElement[bool]]:  # noqa: ANN401
    """Return the tests that are still to be made, in forms that fit no index."""
    return {name: test for name, test in asked(where, column).items() if name not in without}


def _fits(table: Any, where: LeadFilter, rest: dict[str, ColumnElement[bool]]) -> ColumnElement[bool]:  # noqa: ANN401
    """Return the tests for a row of one table; what stands in the other one is looked up there."""
    same = STANDINGS.c.lead_id == LEADS.c.id
    of_lead = [test for name, test in rest.items() if name != "verdicts"]
    if table is STANDINGS:
        verdict = rest.get("verdicts", true())
        return and_(verdict, exists().where(same, *of_lead).correlate(STANDINGS))
    if "verdicts" not in rest:
        return and_(true(), *of_lead)
    has: ColumnElement[bool] = exists().where(same, has_word(STANDINGS.c.verdict, where.verdicts)).correlate(LEADS)
    if UNKNOWN in where.verdicts:
        has = or_(has, ~exists().where(same).correlate(LEADS))
    return and_(*of_lead, has)
