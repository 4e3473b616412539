"""What the mechanisms of the district come to: tables of campaigns, requests, approvals, land, plans, statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from crm.database import Session
from crm.domain.approvals import Step, chain_of, checklist
from crm.domain.campaigns import Conversion, by_station, conversions
from crm.domain.coverage import Coverage, coverage
from crm.domain.due_lists import Waiting, waiting
from crm.domain.durations import Duration, durations
from crm.domain.fields.codes import INCREMENTS
from crm.domain.gates.access import Hit, hits
from crm.domain.gates.background import open_flags, unchecked
from crm.domain.incentives import Gate, is_overdue, judge
from crm.domain.plot_plans import Conflict, conflicts, entered, without_detailed_plan
from crm.domain.quantities import LAND_UNITS_PER_MU, YUAN_PER_WAN
from crm.domain.reservations import free_land
from crm.domain.stages.pipeline import DATES
from crm.domain.stewardship import current
from crm.models import Lead, table_of
from crm.queries.links import ids_naming
from crm.queries.records import load

FETCHED = 5_000


def campaign_table(session: Session) -> list[Conversion]:
    """Return what came of each campaign, the newest first (S43)."""
    leads = list(_leads(session, ("campaign", "stage"), table_of(Lead).c.campaign.is_not(None)))
    found = conversions(
        values_of(session, "campaigns"), values_of(session, "sign-ups"), leads, values_of(session, "talents")
    )
    return found[::-1]


def station_table(session: Session) -> list[Conversion]:
    """Return what came of each station, in the order of their codes (S46)."""
    leads = list(_leads(session, ("station", "stage"), table_of(Lead).c.station.is_not(None)))
    return by_station(values_of(session, "stations"), leads, values_of(session, "talents"))


@dataclass(frozen=True, slots=True)
class Part:
    """What leads of one kind, 增量 or 存量, come to; ``increment`` is None for those that do not say.

    Attributes:
        leads: how many.
        investment_wan: the sum of the planned investments in CNY (lower ends), in 万元; ``with_investment`` say one.
        land_mu: the sum of the land needed (lower ends), in 亩; ``with_land`` say one.
    """

    increment: str | None
    leads: int
    investment_wan: Decimal
    with_investment: int
    land_mu: Decimal
    with_land: int


def increment_parts(session: Session) -> list[Part]:
    """Return the parts 增量, 存量 and not filled in; every lead is in one of them, so they add up (S70, S25)."""
    leads = table_of(Lead).c
    investment, land = leads.planned_investment_low, leads.land_low
    figures = (func.sum(investment), func.count(investment), func.sum(land), func.count(land))
    query = select(leads.increment, func.count(), *figures).group_by(leads.increment)
    found = {row[0]: row for row in session.connection().execute(query)}
    order = (*(choice.code for choice in INCREMENTS), None)
    rows = [found.get(each, (each, 0, 0, 0, 0, 0)) for each in order]
    return [
        Part(
            row[0],
            row[1],
            Decimal(int(row[2] or 0)) / YUAN_PER_WAN,
            row[3],
            Decimal(int(row[4] or 0)) / LAND_UNITS_PER_MU,
            row[5],
        )
        for row in rows
    ]


def group_table(session: Session, on: date) -> list[Waiting]:
    """Return what the groups still owe an answer to: 待集团回复 (S66)."""
    return waiting(values_of(session, "group-requests"), "state_group", "replied_on", on)


def request_table(session: Session, on: date) -> list[Waiting]:
    """Return the requests of enterprises that wait for an answer, by who handles them."""
    return waiting(values_of(session, "enterprise-requests"), "handled_by", "answered_on", on)


def incentive_table(session: Session, on: date) -> list[tuple[Mapping[str, Any], Gate, bool]]:
    """Return each incentive with its gate and whether it is overdue, the overdue ones first (S67)."""
    found = [(each, judge(each), is_overdue(each, on)) for each in values_of(session, "incentives")]
    return sorted(found, key=lambda line: not line[2])


def approval_list(session: Session, lead: str, project_type: str, on: date) -> list[Step]:
    """Return the approvals of a project with what each waits for and whether it is late (S60)."""
    steps = values_naming(session, "approval-steps", lead)
    return checklist(steps, chain_of(values_of(session, "approval-chains"), project_type), on)


def stage_durations(session: Session) -> list[Duration]:
    """Return the median days between the dated stages of all leads (S61)."""
    columns = table_of(Lead).c
    return durations(_leads(session, DATES, or_(*(columns[name].is_not(None) for name in DATES))))


def land_pool(session: Session, on: date) -> tuple[Fraction, int]:
    """Return the free land in 亩 and how many free plots have no exact area (S20)."""
    return free_land(values_of(session, "plots"), on)


def plan_conflicts(session: Session) -> list[Conflict]:
    """Return the plots whose plans state different uses (S16)."""
    return conflicts(values_of(session, "plan-uses"))


def unplanned_plots(session: Session) -> list[str]:
    """Return the plots that no regulatory detailed plan covers (S15)."""
    plots = [str(each["code"]) for each in values_of(session, "plots")]
    return without_detailed_plan(plots, values_of(session, "plan-uses"), values_of(session, "plans"))


def register_counts(
    session: Session, kinds: Sequence[str] = ("plans", "carriers", "services", "stations")
) -> dict[str, tuple[int, int]]:
    """Return of each register with slots how many entries are filled in and how many there are: 已录 6/26."""
    return {kind: entered(values_of(session, kind)) for kind in kinds}


def institution_coverage(session: Session) -> Coverage:
    """Return the coverage by research institutions (S35)."""
    return coverage(values_of(session, "enterprises"), values_of(session, "rd-institutions"))


def access_hits(session: Session, lead: Mapping[str, Any], on: date) -> list[Hit]:
    """Return the items of the access list that a lead meets (S63)."""
    return hits(values_of(session, "access-list"), lead, on)


def background(session: Session, lead: str) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Return the open red flags of a lead, and the items nobody has checked (S57)."""
    checks = values_naming(session, "background-checks", lead)
    return open_flags(checks), unchecked(checks)


def steward_of(session: Session, lead: str, on: date) -> str | None:
    """Return the steward of a project on a day (S58)."""
    found = current(values_naming(session, "stewards", lead), on)
    return None if found is None else str(found["steward"])


def values_of(session: Session, kind: str) -> list[Mapping[str, Any]]:
    """Return the fields of all records of a kind."""
    return [record.values for record in load(session, kind)]


def values_naming(session: Session, kind: str, lead: str) -> list[Mapping[str, Any]]:
    """Return the fields of the records of a kind that name a lead."""
    return [record.values for record in load(session, kind, ids_naming(session, kind, "lead", lead))]


def _leads(session: Session, names: Sequence[str], where: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    """Give some fields of the leads that meet a condition, without holding them all."""
    columns = table_of(Lead).c
    found = session.connection().execute(select(*(columns[name] for name in names)).where(where))
    while some := found.fetchmany(FETCHED):
        for row in some:
            yield dict(zip(names, row, strict=True))
