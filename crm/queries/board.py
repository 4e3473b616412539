"""The board of leads: one lane a stage under the filter and the order of the list, with count and sums.

A lane is asked for as the list is: its first page by an index, all its ids only when somebody scrolls that far.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import and_, case, func, select

from crm.database import Session
from crm.domain.fields.codes import STAGES
from crm.domain.quantities import LAND_UNITS_PER_MU, YUAN_PER_WAN
from crm.queries.first_page import narrow_ids
from crm.queries.lead_filter import LEADS, condition, joined
from crm.queries.lead_list import UNKNOWN, LeadFilter


@dataclass(frozen=True, slots=True)
class LaneTotals:
    """Count and sums of a lane; they count leads, not firms (decisions 13).

    Attributes:
        investment: planned, 万元; the lower bounds, CNY only.
        investment_known: leads it sums.
        investment_foreign: leads with an amount in another currency: not in the sum.
        land: 亩, lower bounds.
        land_known: leads it sums.
    """

    count: int = 0
    investment: Decimal = Decimal(0)
    investment_known: int = 0
    investment_foreign: int = 0
    land: Decimal = Decimal(0)
    land_known: int = 0


NOTHING = LaneTotals()


def lane_stages(where: LeadFilter, totals: Mapping[str, LaneTotals] | None = None) -> list[str]:
    """Return the stages that have a lane, in their order: those of the filter, else all.

    ``UNKNOWN`` leads where leads without a stage are asked for, or are among the ``totals``.
    """
    stages = [choice.code for choice in STAGES if not where.stages or choice.code in where.stages]
    unfilled = UNKNOWN in where.stages or (not where.stages and totals is not None and UNKNOWN in totals)
    return [UNKNOWN, *stages] if unfilled else stages


def lane_filter(where: LeadFilter, stage: str) -> LeadFilter:
    """Return the filter of one lane."""
    return replace(where, stages=frozenset({stage}))


def lane_totals(session: Session, where: LeadFilter) -> dict[str, LaneTotals]:
    """Return by stage count and sums of the leads that match, in one pass; a stage without leads is left out."""
    leads = LEADS.c
    foreign = and_(leads.planned_investment.is_not(None), leads.planned_investment_low.is_(None))
    query = joined(
        select(
            leads.stage,
            func.count(),
            func.sum(leads.planned_investment_low),
            func.count(leads.planned_investment_low),
            func.sum(case((foreign, 1), else_=0)),
            func.sum(leads.land_low),
            func.count(leads.land_low),
        ).select_from(LEADS),
        where,
    )
    few = narrow_ids(session, where)
    query = query if few is None else query.where(leads.id.in_(few))
    found = session.connection().execute(query.where(condition(where)).group_by(leads.stage))
    return {row[0] or UNKNOWN: _totals(row[1:]) for row in found}


def _totals(row: Sequence[int | None]) -> LaneTotals:
    count, investment, known, foreign, land, land_known = (Decimal(each or 0) for each in row)
    return LaneTotals(
        int(count), investment / YUAN_PER_WAN, int(known), int(foreign), land / LAND_UNITS_PER_MU, int(land_known)
    )
