"""A look at many leads at once: their verdicts, and what fits them. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from crm.database import Database
from crm.domain.matching.ground import judge_lead, match_lead
from crm.domain.thresholds.ground import judge_values
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.queries.matching import load_match_ground
from crm.queries.records import Record, load
from crm.queries.thresholds import load_ground

CHUNK = 1_000
"""Leads read at a time."""


@dataclass(slots=True)
class Verdicts:
    """How many leads there are, how many of each verdict, and how many of them stand close to the line."""

    leads: int = 0
    critical: int = 0
    by_verdict: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Fits:
    """How many leads were matched, and for how many of them a community or a fund is recommended."""

    leads: int = 0
    with_community: int = 0
    with_fund: int = 0


def check_leads(database: Database, on: date, ids: Sequence[int]) -> Job[Verdicts]:
    """Judge leads by the rules of a day."""
    with database.read() as session:
        ground = load_ground(session, on)
    found = Verdicts()
    for records in _chunks(database, ids):
        for record in records:
            judgement = judge_values(record.values, ground)
            found.by_verdict[judgement.verdict.value] += 1
            found.critical += judgement.critical
        found.leads += len(records)
        yield Progress(found.leads, len(ids), _("checking leads"))
    return found


def match_leads(database: Database, on: date, ids: Sequence[int]) -> Job[Fits]:
    """Match leads with all communities and funds as they are on a day."""
    with database.read() as session:
        ground = load_match_ground(session, on)
    found = Fits()
    for records in _chunks(database, ids):
        for record in records:
            match = match_lead(record.values, ground, judge_lead(record.values, ground))
            found.with_community += bool(match.communities and match.communities.ranked)
            found.with_fund += bool(match.funds and match.funds.ranked)
        found.leads += len(records)
        yield Progress(found.leads, len(ids), _("matching leads"))
    return found


def _chunks(database: Database, ids: Sequence[int]) -> Iterator[list[Record]]:
    for start in range(0, len(ids), CHUNK):
        with database.read() as session:
            records = load(session, "leads", ids[start : start + CHUNK])
        yield records
