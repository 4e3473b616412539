"""The clocks of one lead: what had to be done by when after the first report, and whether it rests too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm.domain.deadlines.limits import Limits
from crm.domain.deadlines.working_days import add_working_days, unarranged_years
from crm.domain.stages.pipeline import ACTIVE, PLACES, STAGES

SPOKEN_TO = "negotiation"
"""The stage whose proof is a dated meeting or visit: from it on the reporter has been answered."""

AT_WORK = "production"
"""The stage from which on no report of progress is due every fortnight."""


class ClockState(StrEnum):
    """Where a clock stands on a day."""

    DONE = "done"
    RUNNING = "running"
    DUE = "due"  # today is the last day
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """What the clocks of a lead go by.

    Attributes:
        first_report: the day it was first reported; None: not known, or only its month.
        stage_since: the day it came into its stage, by the history; None: not known.
        first_follow_up: the earliest one noted.
        last_follow_up: the latest one noted.
    """

    stage: str | None
    status: str | None
    has_owner: bool
    first_report: date | None
    stage_since: date | None = None
    first_follow_up: date | None = None
    last_follow_up: date | None = None

    @property
    def active(self) -> bool:
        """Whether it goes on; one that rests or has ended has no clock."""
        return (self.status or ACTIVE) == ACTIVE

    @property
    def place(self) -> int:
        """Its stage's place in the pipeline."""
        return PLACES[self.stage or STAGES[0].code]


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock.

    Attributes:
        code: of ``CLOCKS``.
        days: the limit, working days.
        since: the day it runs from.
        due: the last day.
        unarranged: years between whose holidays are not arranged yet: ``due`` may still change.
    """

    code: str
    days: int
    since: date
    due: date
    state: ClockState
    unarranged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """How long a lead stays in its stage (``stay``) or has not been spoken of (``quiet``).

    Attributes:
        limit: None: the stage has none.
    """

    code: str
    stage: str
    since: date
    days: int
    limit: int | None

    @property
    def is_over(self) -> bool:
        """Whether it is longer than the limit; on the last day it is not."""
        return self.limit is not None and self.days > self.limit


def clocks(times: LeadTimes, limits: Limits, on: date) -> tuple[Clock, ...]:
    """Return the clocks of a lead on a day, in the order of ``CLOCKS``; none where the day it was reported is unknown.

    ``report`` runs anew from every follow-up. Only clocks of an active lead run.
    """
    if not times.active or times.first_report is None or times.first_report > on:
        return ()
    first = times.first_report
    in_talks = times.place >= PLACES[SPOKEN_TO]
    spoken = times.first_follow_up is not None
    found = [
        _clock("respond", limits, first, on, done=times.has_owner or spoken or in_talks),
        _clock("assess", limits, first, on, done=times.place > 0),
        _clock("feedback", limits, first, on, done=spoken or in_talks),
    ]
    if times.place < PLACES[AT_WORK]:
        found.append(_clock("report", limits, max(first, times.last_follow_up or first), on, done=False))
    return tuple(found)


def rests(times: LeadTimes, limits: Limits, on: date) -> tuple[Rest, ...]:
    """Return how long an active lead stays in its stage and has not been spoken of, each where it is known."""
    if not times.active:
        return ()
    stage = times.stage or STAGES[0].code
    spoken = times.last_follow_up or times.first_report
    pairs = (("stay", times.stage_since, limits.stay), ("quiet", spoken, limits.quiet))
    return tuple(
        Rest(code, stage, since, (on - since).days, table.get(stage))
        for code, since, table in pairs
        if since is not None and since <= on
    )


def _clock(code: str, limits: Limits, since: date, on: date, *, done: bool) -> Clock:
    days = limits.clocks[code]
    due = add_working_days(since, days)
    state = (
        ClockState.DONE
        if done
        else ClockState.OVERDUE
        if on > due
        else ClockState.DUE
        if on == due
        else ClockState.RUNNING
    )
    return Clock(code, days, since, due, state, unarranged_years((since, due)))
