"""Everything the window shows of one lead beside the list, read in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.database import Session
from crm.domain.companies.claims import Ledger, Protection, Work
from crm.domain.deadlines.clocks import Clock, Rest, clocks, rests
from crm.domain.matching.ground import judge_lead, match_lead
from crm.domain.matching.match import EVERY
from crm.domain.matching.to_json import match_document
from crm.domain.matching.weights import Weights
from crm.domain.reasons import Reason
from crm.domain.thresholds import Judgement
from crm.domain.thresholds.case import Case
from crm.domain.thresholds.rules import RuleSet
from crm.domain.thresholds.to_json import to_json
from crm.queries.deadlines import lead_times, load_limits
from crm.queries.first_reports import first_report
from crm.queries.hints import hints_on
from crm.queries.history import Change, Origin, changes_of, givers, origins_of, shared_sets, undone_sets
from crm.queries.matching import KeptGround
from crm.queries.records import load
from crm.queries.working import FollowUpRow, draft, follow_ups


@dataclass(frozen=True, slots=True)
class PeekFacts:
    """What is shown of one lead.

    Attributes:
        match: the document ``xiangtu match --json`` prints.
        clocks: its response clocks.
        rests: how long it stays in its stage and has not been spoken of.
        in_stage_days: days since the stage was last changed; None: not known.
        shared: the change sets that touched other leads too.
        undone: those that are taken back now.
        givers: field -> the change set that gave the lead the value it has.
        origins: the rows of files that made or changed the lead, the oldest first.
        hints: what an officer should know beside the gates (``crm.domain.hints``).
        typed: what was typed for a follow-up and not written down: name of the line -> text.
        ledger: of its first reports.
        guarded: until when the first of them is protected.
    """

    id: int
    code: str
    version: int
    values: Mapping[str, Any]
    case: Case
    judgement: Judgement
    rules: RuleSet
    on: date
    match: Mapping[str, Any]
    weights: Weights
    follow_ups: tuple[FollowUpRow, ...]
    changes: tuple[Change, ...]
    clocks: tuple[Clock, ...]
    rests: tuple[Rest, ...]
    in_stage_days: int | None
    shared: frozenset[int]
    undone: frozenset[int]
    givers: Mapping[str, int]
    origins: tuple[Origin, ...]
    typed: Mapping[str, str]
    ledger: Ledger
    guarded: Protection
    hints: tuple[Reason, ...] = ()


def load_peek(session: Session, lead_id: int, on: date, kept: KeptGround | None = None) -> PeekFacts | None:
    """Return what is shown of a lead on a day, or None when it is gone; what it rests on is ``kept`` for the next."""
    found = load(session, "leads", [lead_id])
    if not found:
        return None
    record = found[0]
    ground = (kept or KeptGround()).load(session, on)
    judgement = judge_lead(record.values, ground)
    match = match_lead(record.values, ground, judgement, kinds=EVERY)
    changes = changes_of(session, "leads", lead_id)
    limits, times = load_limits(session, on), lead_times(session, [lead_id])[lead_id]
    typed = draft(session, f"follow_up:{lead_id}")
    return PeekFacts(
        record.id,
        record.code,
        record.version,
        record.values,
        ground.ground.case(record.values, ()),
        judgement,
        ground.ground.rules,
        on,
        match_document(match, record.code, to_json(judgement)),
        match.weights,
        tuple(follow_ups(session, lead_id)),
        tuple(changes),
        clocks(times, limits, on),
        rests(times, limits, on),
        _days_in_stage(changes, on),
        shared_sets(session, "leads", lead_id),
        undone_sets(session),
        givers(session, "leads", lead_id),
        tuple(origins_of(session, "leads", lead_id)),
        {} if typed is None else typed.content,
        *first_report(session, record, Work(times.stage, times.status, times.last_follow_up), limits, on),
        tuple(hints_on(session, record.values, on)),
    )


def _days_in_stage(changes: list[Change], on: date) -> int | None:
    """Return the days since the stage was set last, by the history; a lead made with a stage counts from then."""
    for change in reversed(changes):
        if change.field == "stage" or change.action == "created":
            return max(0, (on - change.at.astimezone().date()).days)
    return None
