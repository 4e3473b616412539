"""Whose project it is by the ledger of first reports (首报首谈), and until when that is protected (practice.md §2).

The claim of a unit begins with its first entry. A preliminary one must be completed within three working days, else it
lapses and a later report of another unit is the first. A complete one is protected as long as the unit goes on working:
sixty days without a record and the project goes to the common pool, announced seven days before. A last day that is
not worked is the next working day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from crm.domain.companies.first_reports import span
from crm.domain.deadlines.working_days import add_working_days, is_working, unarranged_years
from crm.domain.quantities import CHINA_TIME, PartialDate
from crm.domain.reasons import Reason
from crm.domain.stages.pipeline import ACTIVE, PLACES, STAGES

PRELIMINARY, COMPLETE, CORRECTION = "preliminary", "complete", "correction"

NEEDED: tuple[tuple[str, ...], ...] = (
    ("investor",),
    ("industry", "nature", "notes"),
    ("planned_investment",),
    ("contact",),
    ("source",),
)
"""What makes a report complete: investor, content, planned investment, contact, source; of each group one."""

SETTLED = "signed"
"""The stage from which on nobody else may report the project: the protection is no longer counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger.

    Attributes:
        code: of the record; "" for the registration of the lead itself, as the history has it.
        reporter: who reported; "" when the lead does not say.
        bureau: the unit reported for; "".
        at: when, as precisely as it is known; None: not known.
        kind: preliminary, complete or correction.
        corrects: code of the entry that this one corrects; "".
        noted_by: who entered it.
        noted_at: when it was entered; None: not known.
    """

    code: str
    reporter: str
    bureau: str
    at: datetime | PartialDate | None
    kind: str
    referrer: str = ""
    proof: str = ""
    received_at: datetime | PartialDate | None = None
    corrects: str = ""
    reason: str = ""
    noted_by: str = ""
    noted_at: datetime | None = None

    @property
    def unit(self) -> str:
        """Whose claim it is: the unit's, else the officer's."""
        return self.bureau or self.reporter


@dataclass(frozen=True, slots=True)
class Claim:
    """What the ledger comes to for one unit.

    Attributes:
        entry: with which it begins.
        kind: preliminary or complete, as it is by now.
        lapsed: the last day of a preliminary one that was not completed in time; None: it holds.
    """

    entry: Entry
    kind: str
    lapsed: date | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries of a lead in their order, whose project it is, and why.

    Attributes:
        first: the claim that holds; None: the entries do not tell.
        claims: of each unit, by the time it begins.
        reasons: what speaks for the first, as codes; words are made at the edge.
    """

    entries: tuple[Entry, ...]
    claims: tuple[Claim, ...]
    first: Claim | None
    reasons: tuple[Reason, ...]


class Guard(StrEnum):
    """Where the protection of a first report stands."""

    HELD = "held"
    LAPSING = "lapsing"
    LAPSED = "lapsed"
    SETTLED = "settled"  # signed: nothing to protect any more
    RESTING = "resting"  # the lead rests or has ended
    UNKNOWN = "unknown"  # nobody knows whose it is, or since when


@dataclass(frozen=True, slots=True)
class Protection:
    """Until when a first report is protected.

    Attributes:
        since: the day it counts from: the report, or the last follow-up after it.
        until: the last day.
        kind: of the claim.
        unarranged: years between whose holidays are not arranged yet: ``until`` may still change.
    """

    state: Guard
    kind: str = ""
    since: date | None = None
    until: date | None = None
    unarranged: tuple[int, ...] = ()


def missing_of_report(values: Mapping[str, object]) -> list[tuple[str, ...]]:
    """Return what a lead's report lacks to be complete: groups of fields of which one must be known."""
    return [group for group in NEEDED if all(values.get(name) in (None, "", ()) for name in group)]


def ledger_of(entries: Iterable[Entry], preliminary_days: int) -> Ledger:
    """Return what the entries of one lead come to.

    Args:
        entries: in any order.
        preliminary_days: working days a preliminary report is protected.
    """
    every = sorted(entries, key=_order)
    by_code = {entry.code: entry for entry in every if entry.code}
    corrected = {entry.corrects for entry in every if entry.corrects in by_code}
    valid = [_as_corrected(entry, by_code) for entry in every if not entry.code or entry.code not in corrected]
    claims = sorted(_claims(valid, preliminary_days), key=lambda claim: _order(claim.entry))
    first, reasons = _first(claims)
    told = tuple(Reason("report_corrected", {"code": code}) for code in sorted(corrected))
    return Ledger(tuple(every), tuple(claims), first, (*reasons, *told))


@dataclass(frozen=True, slots=True)
class Work:
    """What the protection of a lead's first report goes by: its stage and status, the day of its last follow-up."""

    stage: str | None
    status: str | None
    spoken: date | None


def protection(ledger: Ledger, work: Work, limits: Mapping[str, int], on: date) -> Protection:
    """Return until when the first report of a lead is protected, as it stands on a day.

    Args:
        ledger: of the lead.
        work: on the lead.
        limits: ``preliminary`` working days, ``complete`` days without a record, ``warn`` days before.
        on: the day.
    """
    claim = ledger.first
    day = None if claim is None else _day(claim.entry.at)
    if claim is None or day is None:
        return Protection(Guard.UNKNOWN)
    if (work.status or ACTIVE) != ACTIVE:
        return Protection(Guard.RESTING, claim.kind)
    if PLACES[work.stage or STAGES[0].code] >= PLACES[SETTLED]:
        return Protection(Guard.SETTLED, claim.kind)
    if claim.kind == PRELIMINARY:
        since, until, warned = day, add_working_days(day, limits["preliminary"]), day
    else:
        since = max(day, work.spoken or day)
        until = _worked(since + timedelta(days=limits["complete"]))
        warned = until - timedelta(days=limits["warn"])
    state = Guard.LAPSED if on > until else Guard.LAPSING if on >= warned else Guard.HELD
    return Protection(state, claim.kind, since, until, unarranged_years((since, until)))


def _claims(entries: Sequence[Entry], preliminary_days: int) -> Iterable[Claim]:
    for unit in dict.fromkeys(entry.unit for entry in entries):
        own = [entry for entry in entries if entry.unit == unit]
        first = own[0]
        whole = next((entry for entry in own if entry.kind != PRELIMINARY), None)
        day = _day(first.at)
        last = add_working_days(day, preliminary_days) if first.kind == PRELIMINARY and day else None
        if whole is None:
            yield Claim(first, PRELIMINARY, last)
            continue
        completed = _day(whole.at)
        in_time = last is None or (completed is not None and completed <= last)
        yield Claim(first if in_time else whole, COMPLETE)


def _first(claims: Sequence[Claim]) -> tuple[Claim | None, list[Reason]]:
    """Return the claim that holds and why; None where the times do not tell."""
    if not claims:
        return None, [Reason("no_report")]
    reasons: list[Reason] = []
    first, others = claims[0], list(claims[1:])
    while others and first.lapsed is not None and any(_starts_after(other, first.lapsed) for other in others):
        reasons.append(Reason("preliminary_lapsed", {**_told(first, others[0]), "until": first.lapsed}))
        first = others.pop(0)
    for later in others:
        if first.entry.at is None or later.entry.at is None:
            return None, [*reasons, Reason("report_without_time", {"unit": later.entry.unit or first.entry.unit})]
        if span(first.entry.at)[1] >= span(later.entry.at)[0]:
            return None, [*reasons, Reason("reports_may_fall_together", _told(first, later))]
        reasons.append(Reason("reported_before", _told(first, later)))
    if not reasons:
        code = "only_report" if first.entry.at is not None else "report_without_time"
        reasons.append(Reason(code, {"unit": first.entry.unit, "at": first.entry.at}))
    return first, reasons


def _told(one: Claim, other: Claim) -> dict[str, object]:
    return {
        "unit": one.entry.unit,
        "other": other.entry.unit,
        "at": one.entry.at,
        "other_at": other.entry.at,
    }


def _starts_after(claim: Claim, day: date) -> bool:
    """Return whether a claim begins after a day for certain."""
    return claim.entry.at is not None and span(claim.entry.at)[0].astimezone(CHINA_TIME).date() > day


def _as_corrected(entry: Entry, by_code: Mapping[str, Entry]) -> Entry:
    """Return a correction as what it corrects: it is of the kind of that entry."""
    seen, kind = {entry.code}, entry.kind
    before = entry
    while kind == CORRECTION:
        before = by_code.get(before.corrects, before)
        if before.code in seen:
            return _with_kind(entry, COMPLETE)
        seen.add(before.code)
        kind = before.kind
    return _with_kind(entry, kind)


def _with_kind(entry: Entry, kind: str) -> Entry:
    return entry if entry.kind == kind else replace(entry, kind=kind)


def _order(entry: Entry) -> tuple[bool, datetime, str]:
    """Sort by time, those without one last."""
    start = datetime.max.replace(tzinfo=CHINA_TIME) if entry.at is None else span(entry.at)[0]
    return entry.at is None, start, entry.code


def _day(at: datetime | PartialDate | None) -> date | None:
    """Return the day a time is of; None where it is not one day."""
    if at is None:
        return None
    first, last = (each.astimezone(CHINA_TIME).date() for each in span(at))
    return first if first == last else None


def _worked(day: date) -> date:
    """Return a day, or the next that is worked."""
    while not is_working(day):
        day += timedelta(days=1)
    return day
