"""The report of a period: what happened in it and this year, how things stand, what waits (practice.md §5).

Every figure counts projects, each once, unless its table says otherwise (decisions 13). A date that is only known as a
year or a month counts where all of its days lie; where it might lie in the period it is told, never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.domain.fields.codes import AREA_CODES, INCREMENTS, NATURES, STAGES, STATUSES
from crm.domain.follow_ups import FollowUp
from crm.domain.quantities import Money
from crm.domain.stages.pipeline import ACTIVE, PLACES
from crm.domain.statistics.counts import Breakdown, Count, Figures, break_down, count
from crm.domain.statistics.periods import Period, days_of, read_period

MILESTONES = {
    "first_reported_at": "lead",
    "signed_on": "signed",
    "registered_on": "registered",
    "land_supplied_on": "land_supplied",
    "started_on": "started",
    "completed_on": "completed",
    "production_on": "production",
    "full_production_on": "full_production",
}
"""The field that dates each step, and the stage it leads to."""

DOMESTIC, ABROAD = "domestic", "foreign"
HOME = "中国"
PARTS = tuple(choice.code for choice in INCREMENTS)
TOP = 10
TREND = 12
"""Periods of the trend, the last is the one reported."""

WAITING = (("signed_on", "started_on"), ("started_on", "production_on"))
"""已签约未开工, 已开工未投产: reached the first, not the second."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of the way.

    Attributes:
        milestone: the field that dates it.
        here: in the period.
        before: in the period before.
        year: since the first of January.
        ever: up to the last day of the period.
        unclear: projects whose date may lie in the period, or outside it: 2026年 in a report of November.
        undated: projects at this stage or past it without a date of this step; they are in no column.
    """

    milestone: str
    here: Count
    before: Count
    year: Count
    ever: Count
    unclear: int
    undated: int


@dataclass(frozen=True, slots=True)
class Part:
    """What new projects, or existing firms, have of one step; the parts of a step add up to it (S70).

    Attributes:
        milestone: the field that dates the step.
        increment: new, existing, or "" where it is not said.
        here, year, ever: as of ``Progress``.
    """

    milestone: str
    increment: str
    here: Count
    year: Count
    ever: Count


@dataclass(frozen=True, slots=True)
class Waiting:
    """A project that reached one step and not the next.

    Attributes:
        amount: planned investment; None: not given.
        since: ISO text of the date of the step reached.
        days: from the last day that date can mean to the last day of the period: it waits at least so long.
    """

    code: str
    name: str
    owner: str
    amount: Money | None
    since: str
    days: int


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The longest list of the biggest projects that wait.

    Attributes:
        reached: field of the step they reached.
        missing: field of the step they have not.
        whole: all that wait.
        first: the biggest of them, at most ``TOP``.
    """

    reached: str
    missing: str
    whole: Count
    first: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """What an officer's projects did in the period, and the follow-ups the officer wrote down.

    Attributes:
        officer: "" where no officer is given.
    """

    officer: str
    reported: int
    follow_ups: int
    visits: int
    signed: int
    started: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of the trend."""

    period: str
    reported: int
    signed: int
    started: int
    production: int


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """Everything a report of a period prints.

    Attributes:
        period: its key.
        on: the day it was made; stages and states are those of that day.
        projects: all in the book.
        breakdowns: of what was signed this year.
        stages: of all projects that are active, by stage.
        statuses: of all projects.
        natures: of all projects that are active: 研发, 制造 and others (A05).
        increments: of all projects: 增量, 存量; None in a report frozen before they were told.
        parts: of each step: 增量, 存量, not said; () in a report frozen before they were told.
    """

    period: str
    on: date
    projects: Count
    progress: tuple[Progress, ...]
    stages: Breakdown
    statuses: Breakdown
    natures: Breakdown
    breakdowns: tuple[Breakdown, ...]
    waiting: tuple[WaitingList, ...]
    officers: tuple[OfficerRow, ...]
    trend: tuple[TrendPoint, ...]
    increments: Breakdown | None = None
    parts: tuple[Part, ...] = ()


def period_report(leads: Iterable[Figures], follow_ups: Iterable[FollowUp], period: Period, on: date) -> PeriodReport:
    """Return the report of a period over all leads of the book."""
    every = list(leads)
    signed = _in(every, "signed_on", period.year)
    active = [lead for lead in every if (lead.status or ACTIVE) == ACTIVE]
    return PeriodReport(
        period=period.key,
        on=on,
        projects=count(every),
        progress=tuple(_progress(every, name, period) for name in MILESTONES),
        stages=break_down("stage", active, lambda lead: (lead.stage,), (stage.code for stage in STAGES)),
        statuses=break_down(
            "status", every, lambda lead: (lead.status or ACTIVE,), (status.code for status in STATUSES)
        ),
        natures=break_down("nature", active, lambda lead: (lead.nature,), (nature.code for nature in NATURES)),
        breakdowns=(
            break_down("capital", signed, lambda lead: (_capital(lead),), (DOMESTIC, ABROAD)),
            break_down("industry", signed, lambda lead: (lead.industry,)),
            break_down("area", signed, lambda lead: (lead.area,), AREA_CODES),
            break_down(
                "tag", signed, lambda lead: (lead.industry, *lead.industries) if lead.industry else lead.industries
            ),
        ),
        waiting=tuple(_waiting(every, reached, missing, period) for reached, missing in WAITING),
        officers=_officers(every, list(follow_ups), period),
        trend=tuple(_trend(every, period)),
        increments=break_down("increment", every, lambda lead: (lead.increment,), PARTS),
        parts=tuple(_parts(every, period)),
    )


def _capital(lead: Figures) -> str | None:
    """Return 内资 or 外资 by the country of the investor; money from 香港、澳门、台湾 is counted with the foreign."""
    if lead.country is None:
        return None
    return DOMESTIC if lead.country == HOME else ABROAD


def _in(leads: Sequence[Figures], milestone: str, period: Period) -> list[Figures]:
    """Return the leads that took a step wholly within a period."""
    return [
        lead
        for lead in leads
        if (given := lead.milestones.get(milestone)) is not None and period.holds(*days_of(given))
    ]


def _up_to(lead: Figures, milestone: str, last: date) -> bool:
    given = lead.milestones.get(milestone)
    return given is not None and days_of(given)[1] <= last


def _progress(leads: Sequence[Figures], milestone: str, period: Period) -> Progress:
    dated = [lead for lead in leads if milestone in lead.milestones]
    unclear = [
        lead
        for lead in dated
        if period.touches(*(days := days_of(lead.milestones[milestone]))) and not period.holds(*days)
    ]
    place = PLACES[MILESTONES[milestone]]
    undated = [lead for lead in leads if milestone not in lead.milestones and PLACES[lead.stage or "lead"] >= place]
    return Progress(
        milestone=milestone,
        here=count(_in(dated, milestone, period)),
        before=count(_in(dated, milestone, period.before)),
        year=count(_in(dated, milestone, period.year)),
        ever=count(lead for lead in dated if _up_to(lead, milestone, period.last)),
        unclear=len(unclear),
        undated=len(undated),
    )


def _parts(leads: Sequence[Figures], period: Period) -> Iterable[Part]:
    """Yield each step by new projects, existing firms, and those that do not say."""
    for milestone in MILESTONES:
        dated = [lead for lead in leads if milestone in lead.milestones]
        for increment in (*PARTS, ""):
            own = [lead for lead in dated if (lead.increment or "") == increment]
            yield Part(
                milestone,
                increment,
                here=count(_in(own, milestone, period)),
                year=count(_in(own, milestone, period.year)),
                ever=count(lead for lead in own if _up_to(lead, milestone, period.last)),
            )


def _waiting(leads: Sequence[Figures], reached: str, missing: str, period: Period) -> WaitingList:
    """Return the active projects that reached a step by the end of the period, and not the next by then."""
    behind = PLACES[MILESTONES[missing]]
    waiting = [
        lead
        for lead in leads
        if (lead.status or ACTIVE) == ACTIVE
        and _up_to(lead, reached, period.last)
        and not _up_to(lead, missing, period.last)
        and (missing in lead.milestones or PLACES[lead.stage or "lead"] < behind)
    ]
    biggest = sorted(waiting, key=lambda lead: (-_size(lead), days_of(lead.milestones[reached]), lead.code))
    first = tuple(
        Waiting(
            lead.code,
            lead.name,
            lead.owner or "",
            lead.planned_investment,
            _iso(lead, reached),
            (period.last - days_of(lead.milestones[reached])[1]).days,
        )
        for lead in biggest[:TOP]
    )
    return WaitingList(reached, missing, count(waiting), first)


def _size(lead: Figures) -> Decimal:
    money = lead.planned_investment
    return money.low if money is not None and money.currency == "CNY" and money.low is not None else Decimal(-1)


def _iso(lead: Figures, milestone: str) -> str:
    given = lead.milestones[milestone]
    first, last = days_of(given)
    return first.isoformat() if first == last else str(given)


def _officers(leads: Sequence[Figures], follow_ups: Sequence[FollowUp], period: Period) -> tuple[OfficerRow, ...]:
    within = [one for one in follow_ups if period.holds(one.at, one.at)]
    told = Counter(one.by for one in within)
    visits = Counter(one.by for one in within if one.kind == "visit")
    steps = {
        name: Counter(lead.owner or "" for lead in _in(leads, name, period))
        for name in ("first_reported_at", "signed_on", "started_on")
    }
    names = set(told).union(*steps.values())
    rows = [
        OfficerRow(
            name,
            steps["first_reported_at"][name],
            told[name],
            visits[name],
            steps["signed_on"][name],
            steps["started_on"][name],
        )
        for name in names
    ]
    return tuple(
        sorted(rows, key=lambda row: (row.officer == "", -row.signed, -row.reported, -row.follow_ups, row.officer))
    )


def _trend(leads: Sequence[Figures], period: Period) -> Iterable[TrendPoint]:
    keys = [period]
    while len(keys) < TREND:
        keys.append(keys[-1].before)
    for one in reversed(keys):
        numbers = (
            len(_in(leads, name, one)) for name in ("first_reported_at", "signed_on", "started_on", "production_on")
        )
        yield TrendPoint(read_period(one.key).key, *numbers)
