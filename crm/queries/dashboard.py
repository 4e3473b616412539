"""What the dashboard shows, under a filter of leads: each figure with the filter whose list has the same leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from crm.database import Session
from crm.domain.fields.codes import AREAS, STAGES, VERDICTS
from crm.domain.quantities import LAND_UNITS_PER_MU, YUAN_PER_WAN
from crm.domain.thresholds import Rule
from crm.queries.board import lane_totals
from crm.queries.lead_filter import LEADS, STANDINGS, WORDS, condition, joined
from crm.queries.lead_list import UNKNOWN, LeadFilter, LeadTotals
from crm.queries.leads import totals
from crm.queries.thresholds import load_rules

MOST_MARKS = 300
"""Leads a scatter draws; of more the largest tax is drawn, and that is said."""

MOST_INDUSTRIES = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar: a code, how many leads, and the filter that lists exactly these.

    Attributes:
        code: of the dictionary, or the word itself; ``UNKNOWN``: not filled in.
    """

    code: str
    count: int
    where: LeadFilter


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel: the leads that are at this stage or beyond, and those of them that are at it now."""

    stage: str
    reached: int
    here: int
    where: LeadFilter


@dataclass(frozen=True, slots=True)
class Point:
    """A lead in the plane of land (亩) and tax (万元 a year), both single figures."""

    lead_id: int
    name: str
    land: Decimal
    tax: Decimal
    verdict: str


@dataclass(frozen=True, slots=True)
class Field:
    """The leads of an area class against its rule.

    Attributes:
        rule: of the day; None: the area has none.
        points: leads with one figure for land and tax each, at most ``MOST_MARKS``.
        drawable: how many such leads there are.
        count: leads of the area that ask for land, or do not say.
    """

    area: str
    rule: Rule | None
    points: Sequence[Point]
    drawable: int
    count: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All of it, read in one transaction."""

    where: LeadFilter
    on: date
    totals: LeadTotals
    met: int
    judged: int
    funnel: Sequence[Step]
    without_stage: int
    verdicts: Sequence[Mark]
    areas: Sequence[Mark]
    industries: Sequence[Mark]


def load_dashboard(session: Session, where: LeadFilter, on: date) -> Dashboard:
    """Return the figures of the leads that match."""
    funnel, without = _funnel(session, where)
    verdicts = marks(session, where, "verdicts", [choice.code for choice in VERDICTS])
    found = {mark.code: mark.count for mark in verdicts}
    met, not_met = found.get("met", 0), found.get("not_met", 0)
    areas = marks(session, where, "areas", [choice.code for choice in AREAS])
    industries = marks(session, where, "industries")[:MOST_INDUSTRIES]
    whole = totals(session, where)
    return Dashboard(where, on, whole, met, met + not_met, funnel, without, verdicts, areas, industries)


def marks(session: Session, where: LeadFilter, facet: str, order: Sequence[str] = ()) -> list[Mark]:
    """Return the words of a facet with the leads that match and have each: in an order, else the most first.

    What is not filled in stands last; words without a lead are left out.
    """
    column = WORDS[facet]
    query = joined(select(column, func.count()).select_from(LEADS), where, outer=column.table is STANDINGS)
    found = session.connection().execute(query.where(condition(where)).group_by(column))
    counts: dict[str, int] = {}
    for word, count in found:
        counts[word or UNKNOWN] = counts.get(word or UNKNOWN, 0) + count
    places = {code: place for place, code in enumerate(order)}
    most = len(places)
    ranked = sorted(counts, key=lambda code: (code == UNKNOWN, places.get(code, most), -counts[code], code))
    return [Mark(code, counts[code], _narrowed(where, facet, frozenset({code}))) for code in ranked]


def field_of(session: Session, where: LeadFilter, area: str, on: date) -> Field:
    """Return the leads of an area class that ask for land, against the rule of the day."""
    own = _narrowed(where, "areas", frozenset({area}))
    leads = LEADS.c
    whole = (
        leads.land_low == leads.land_high,
        leads.land_low > 0,
        leads.annual_tax_low == leads.annual_tax_high,
        leads.plots.is_(None),
    )
    asked = joined(select(func.count()).select_from(LEADS), own).where(
        condition(own), func.coalesce(leads.land_high, 1) > 0
    )
    query = joined(
        select(leads.id, leads.name, leads.code, leads.land_low, leads.annual_tax_low, STANDINGS.c.verdict),
        own,
        outer=True,
    ).where(condition(own), *whole)
    drawable = session.connection().execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows = session.connection().execute(query.order_by(leads.annual_tax_low.desc(), leads.id).limit(MOST_MARKS))
    points = [
        Point(
            row[0], row[1] or row[2], Decimal(row[3]) / LAND_UNITS_PER_MU, Decimal(row[4]) / YUAN_PER_WAN, row[5] or ""
        )
        for row in rows
    ]
    count = session.connection().execute(asked).scalar_one()
    return Field(area, load_rules(session, on).rule_for(area, on), points, int(drawable), int(count))


def frontier(rule: Rule, widest: Decimal) -> list[tuple[Decimal, Decimal]]:
    """Return the corners of the least tax (万元 a year) that land from 0 to ``widest`` 亩 must bring.

    Both lines hold at once: the total where it is the higher one, then so much for each 亩 (H03).
    """
    least = rule.least_tax or Decimal(0)
    corner = least / rule.least_per_mu
    if widest <= corner:
        return [(Decimal(0), least), (widest, least)]
    ends = [(corner, least), (widest, rule.least_per_mu * widest)]
    return ends if not corner else [(Decimal(0), least), *ends]


def _funnel(session: Session, where: LeadFilter) -> tuple[list[Step], int]:
    """Return the steps, the first first, and how many leads have no stage: those are in no step."""
    lanes = lane_totals(session, where)
    codes = [choice.code for choice in STAGES]
    steps: list[Step] = []
    for place, stage in enumerate(codes):
        beyond = frozenset(codes[place:]) & (where.stages or frozenset(codes))
        reached = sum(lanes[code].count for code in beyond if code in lanes)
        here = lanes[stage].count if stage in lanes else 0
        steps.append(Step(stage, reached, here, replace(where, stages=beyond)))
    return steps, lanes[UNKNOWN].count if UNKNOWN in lanes else 0


def _narrowed(where: LeadFilter, facet: str, words: frozenset[str]) -> LeadFilter:
    changed: dict[str, frozenset[str]] = {facet: words}
    return replace(where, **changed)  # type: ignore[arg-type]  # the sets of words are all of this type
