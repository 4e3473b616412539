"""The pipeline of a lead as data: eleven stages, what each needs, and the states in which a lead rests or ends.

Names and proofs follow practice.md §1: the usual chain of 招商 work, for no rule of the district's own is known. What a
proof leaves in the record (a date, the credit code, the promised figures) is needed to enter; the rest is the officer's
word. A lead without land takes the same chain: premises are handed over instead of land, and 开工 and 竣工 may be
passed over, for nothing is built (nor are they counted).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from crm.domain.quantities import Land, PartialDate
from crm.domain.quantities.calendar_days import first_day, last_day
from crm.domain.reasons import Reason
from crm.i18n import N_

ACTIVE, MOVED_OUT = "active", "moved_out"

COUNTY_RULES = "《江门市招商线索管理办法》（江府办函〔2024〕37号）"
SEVEN_BATCHES = "招商引资项目“七个一批”名词解释"
FOUR_BATCHES = "《四个一批项目管理认定办法》"
COMMON = "招商工作通行做法"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the pipeline.

    Attributes:
        code: as ``crm.domain.fields.codes.STAGES`` has it.
        needs: fields without which a lead does not enter; of each group one must be known.
        proof: the message that says what shows that a lead is there.
        basis: where the definition comes from.
        without_land: the message that names the stage for a lead without land, when another.
        leaving: fields without which a lead does not go past the stage.
        date: the field with the day it was reached; "" where none is kept.
    """

    code: str
    needs: tuple[tuple[str, ...], ...]
    proof: str
    basis: str
    without_land: str = ""
    leaving: tuple[tuple[str, ...], ...] = ()
    date: str = ""


STAGES: tuple[Stage, ...] = (
    Stage("lead", (), N_("registered with source, time and reporter"), COUNTY_RULES),
    Stage("assessment", (), N_("an opinion whether to follow it up"), COUNTY_RULES, leaving=(("nature",),)),
    Stage("negotiation", (), N_("a dated meeting or visit"), SEVEN_BATCHES),
    Stage("review", (), N_("the sheet of the joint review with its result"), COMMON),
    Stage("signed", (("signed_on",),), N_("the signed agreement"), SEVEN_BATCHES, date="signed_on"),
    Stage(
        "registered",
        (("credit_code",), ("registered_on",)),
        N_("the business licence with its unified social credit code"),
        COMMON,
        date="registered_on",
    ),
    Stage(
        "land_supplied",
        (("land", "plots", "lease", "space"), ("land_supplied_on",)),
        N_("the land contract, or the lease and the keys"),
        COMMON,
        without_land=N_("Premises handed over"),
        date="land_supplied_on",
    ),
    Stage(
        "started",
        (("started_on",),),
        N_("the building permit and a photo of the site"),
        SEVEN_BATCHES,
        without_land=N_("Fitting out"),
        date="started_on",
    ),
    Stage(
        "completed",
        (("completed_on",),),
        N_("the record of acceptance"),
        FOUR_BATCHES,
        without_land=N_("Equipment moved in"),
        date="completed_on",
    ),
    Stage(
        "production",
        (("production_on",),),
        N_("the first invoice or the record of trial production"),
        SEVEN_BATCHES,
        date="production_on",
    ),
    Stage(
        "full_production",
        (("full_production_on",), ("annual_tax",), ("annual_output", "annual_revenue")),
        N_("a year's output and tax beside what was promised"),
        SEVEN_BATCHES,
        date="full_production_on",
    ),
)
"""In their order. A table of other names (a town's seven steps) maps to these codes when it is imported."""

PLACES: Mapping[str, int] = {stage.code: place for place, stage in enumerate(STAGES)}

DATED: tuple[Stage, ...] = tuple(stage for stage in STAGES if stage.date)
"""The stages whose day is kept, in their order."""

DATES = tuple(stage.date for stage in DATED)

BUILDING = ("started", "completed")
"""Stages a lead without land may pass over and is never counted in."""

FIRST_HERE = "registered"
"""The first stage at which a company is here, so that it can move out."""

STEPS = ("stage", "status")
"""The fields of a lead that only change by a step."""

WANTING_REASON = frozenset({"step_skips", "step_back", "status_needs_reason", "dates_crossed", "proof_missing"})
"""Refusals that end when somebody says why."""


def has_no_land(record: Mapping[str, object]) -> bool:
    """Return whether the lead says that it needs no land (land 0); land not filled in is not that."""
    land = record.get("land")
    return isinstance(land, Land) and land.exact == Decimal(0)


def refusals(before: Mapping[str, object], after: Mapping[str, object], reason: str) -> list[Reason]:
    """Return why a lead may not take the step from ``before`` to ``after``; ``[]`` when it may.

    Args:
        before: the lead's fields as they are.
        after: as they would be, with the new stage or status and whatever else changes at once.
        reason: what the officer says about the step, "" when nothing.

    A day that stands before that of an earlier stage needs a reason too (N2).

    Codes: ``step_needs`` (stage, fields: groups of which one must be known), ``step_skips`` (stage, skipped),
    ``step_back`` (stage, old), ``step_of_resting`` (status), ``status_needs_reason`` (status), ``not_here`` (stage),
    ``no_stage``, ``dates_crossed`` (stage, old).
    """
    return [*_of_status(before, after, reason), *_of_stage(before, after, reason), *_of_dates(before, after, reason)]


def reason_of_status(before: Mapping[str, object], changes: Mapping[str, object], reason: str) -> dict[str, str | None]:
    """Return what a change of status does to ``status_reason``: the reason given, or none for a lead that goes on."""
    old, new = before.get("status") or ACTIVE, changes.get("status") or ACTIVE
    if "status" not in changes or "status_reason" in changes or old == new:
        return {}
    return {"status_reason": None if new == ACTIVE else reason}


def needs_of_step(before: Mapping[str, object], to: str) -> tuple[tuple[str, ...], ...]:
    """Return the fields a step to a stage needs: those of the stage, and those without which none behind it is left."""
    place, target = PLACES[str(before.get("stage") or STAGES[0].code)], PLACES[to]
    return (*STAGES[target].needs, *(group for stage in STAGES[place:target] for group in stage.leaving))


def _of_status(before: Mapping[str, object], after: Mapping[str, object], reason: str) -> Iterator[Reason]:
    old, new = before.get("status") or ACTIVE, after.get("status") or ACTIVE
    if new in {old, ACTIVE}:
        return
    if not (reason or after.get("status_reason") != before.get("status_reason")):
        yield Reason("status_needs_reason", {"status": new})
    stage = str(after.get("stage") or STAGES[0].code)
    if new == MOVED_OUT and PLACES[stage] < PLACES[FIRST_HERE]:
        yield Reason("not_here", {"stage": stage})


def _of_stage(before: Mapping[str, object], after: Mapping[str, object], reason: str) -> Iterator[Reason]:
    old, new = before.get("stage"), after.get("stage")
    if old == new:
        return
    if new is None:
        yield Reason("no_stage")
        return
    status = after.get("status") or ACTIVE
    if status != ACTIVE:
        yield Reason("step_of_resting", {"status": status})
    place, target = PLACES[str(old or STAGES[0].code)], PLACES[str(new)]
    skipped = [stage.code for stage in STAGES[place + 1 : target] if not _may_pass_over(stage, after)]
    if skipped and not reason:
        yield Reason("step_skips", {"stage": new, "skipped": tuple(skipped)})
    if target < place and not reason:
        yield Reason("step_back", {"stage": new, "old": old})
    needs = needs_of_step(before, str(new))
    missing = tuple(group for group in needs if all(_unknown(after.get(name)) for name in group))
    if missing and target > place:
        yield Reason("step_needs", {"stage": new, "fields": missing})


def _of_dates(before: Mapping[str, object], after: Mapping[str, object], reason: str) -> Iterator[Reason]:
    """Refuse a new day of a stage that lies wholly before the day of the stage before it, unless somebody says why."""
    known = [stage for stage in DATED if isinstance(after.get(stage.date), PartialDate)]
    for earlier, later in pairwise(known):
        changed = any(before.get(stage.date) != after.get(stage.date) for stage in (earlier, later))
        if changed and not reason and _days(after[later.date])[1] < _days(after[earlier.date])[0]:
            yield Reason("dates_crossed", {"stage": later.code, "old": earlier.code})


def _days(value: object) -> tuple[date, date]:
    """Return the first and the last day that a date may mean."""
    if not isinstance(value, PartialDate):
        raise TypeError(f"no date: {value!r}")
    return first_day(value), last_day(value)


def _may_pass_over(stage: Stage, record: Mapping[str, object]) -> bool:
    return stage.code in BUILDING and has_no_land(record)


def _unknown(value: object) -> bool:
    return value is None or value in ("", (), {})
