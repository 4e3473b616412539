"""The figures of leads and the contacts of officers that reports of a period count; the reports that were frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel import select as select_model

from crm.database import Session
from crm.domain.follow_ups import FollowUp
from crm.domain.statistics.counts import Figures
from crm.domain.statistics.periods import Period
from crm.domain.statistics.report import MILESTONES, PeriodReport
from crm.domain.statistics.snapshot import report_of
from crm.models import FollowUp as FollowUpRow
from crm.models import FrozenReport, Lead, table_of

PLAIN = (
    "code",
    "name",
    "investor",
    "country",
    "nature",
    "industry",
    "industries",
    "area",
    "planned_investment",
    "land",
    "stage",
    "status",
    "owner",
    "bureau",
    "increment",
)
FETCHED = 2_000


@dataclass(frozen=True, slots=True)
class Frozen:
    """A report as it was frozen: the figures, who froze it and when."""

    report: PeriodReport
    by: str
    on: date
    head: str


def lead_figures(session: Session) -> Iterator[Figures]:
    """Yield what statistics read of every lead, in the order they were made."""
    columns = table_of(Lead).c
    query = select(*(columns[name] for name in (*PLAIN, *MILESTONES))).order_by(columns.id)
    found = session.connection().execute(query)
    while some := found.fetchmany(FETCHED):
        yield from map(_figures, some)


def _figures(row: Any) -> Figures:  # noqa: ANN401  (a row of SQLAlchemy)
    values = dict(zip(PLAIN, row, strict=False))
    dates = zip(MILESTONES, row[len(PLAIN) :], strict=True)
    return Figures(
        **{**values, "name": values["name"] or values["code"], "industries": tuple(values["industries"] or ())},
        milestones={name: given for name, given in dates if given is not None},
    )


def counted_follow_ups(session: Session) -> Iterator[FollowUp]:
    """Yield every follow-up: who, what kind, when."""
    columns = table_of(FollowUpRow).c
    for by, kind, at in session.connection().execute(select(columns.by, columns.kind, columns.at)):
        yield FollowUp(kind, date.fromisoformat(at), by)


def leads_of_step(session: Session, milestone: str, within: Period | None, until: date) -> list[int]:
    """Return the ids of the leads that a report counts for a step, in the order they were made.

    Args:
        session: to read with.
        milestone: field of the step.
        within: the step was taken in this period; None: at any time up to ``until``.
        until: the last day.
    """
    columns = table_of(Lead).c
    first, last = columns[f"{milestone}_low"], columns[f"{milestone}_high"]
    query = select(columns.id).where(last <= _day_number(until)).order_by(columns.id)
    if within is not None:
        query = query.where(first >= _day_number(within.first), last <= _day_number(within.last))
    return list(session.connection().execute(query).scalars())


def _day_number(day: date) -> int:
    """Return a day as the bounds beside a date have it."""
    return day.year * 10_000 + day.month * 100 + day.day


def frozen_report(session: Session, period: str) -> Frozen | None:
    """Return the report of a period as it was frozen, or None."""
    found = session.exec(select_model(FrozenReport).where(col(FrozenReport.period) == period)).first()
    if found is None:
        return None
    return Frozen(report_of(found.content), found.by, date.fromisoformat(found.on), found.head)
