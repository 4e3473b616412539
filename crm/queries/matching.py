"""What matches and allocations rest on, read from the database once and used for any number of leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, func, or_, select, union_all
from sqlmodel import SQLModel

from crm.database import Session
from crm.domain.matching.candidates import Candidate, LeftOut, is_live
from crm.domain.matching.carriers import carriers_from_values
from crm.domain.matching.ground import MatchGround, candidate_lead, judge_lead, match_lead
from crm.domain.matching.match import EVERY, Targets, targets_from_values
from crm.domain.matching.plots import plots_from_values
from crm.domain.matching.to_json import match_document
from crm.domain.matching.weights import Weights, weights_on
from crm.domain.quantities import Rate
from crm.domain.thresholds.to_json import to_json
from crm.models import RECORD_MODELS, Community, Entry, Fund, Lead, PlotOfLand, Rule, RuleSet, table_of
from crm.queries.dictionaries import stage_probabilities, taxonomy, weights_versions
from crm.queries.imports import MEMORY
from crm.queries.records import Record, find, load
from crm.queries.thresholds import load_ground

RESTS_ON = (Community, Fund, PlotOfLand, RuleSet, Rule, Entry)
"""What a ground is read from; of the entries all but what was said of headings."""

DESCRIBED = ("carriers", "plan-uses", "plans")
"""Kinds of record it is read from beside."""


class KeptGround:
    """A ground that is read again only when something of it has changed, whoever changed it, or for another day.

    Several threads may ask at once.
    """

    def __init__(self) -> None:
        self._kept: tuple[object, MatchGround] | None = None

    def load(self, session: Session, on: date) -> MatchGround:
        """Return what ``load_match_ground`` does."""
        mark = (on, ground_mark(session))  # taken before the ground: a change in between shows the next time
        kept = self._kept
        if kept is None or kept[0] != mark:
            kept = self._kept = (mark, load_match_ground(session, on))
        return kept[1]


def ground_mark(session: Session) -> tuple[tuple[Any, ...], ...]:
    """Return what is another when any community, fund, rule or entry was added, changed or deleted.

    Versions only grow, also of what is put back, and the uid of a new record is greater than all before it: a record
    that takes the place of a deleted one shows too.
    """
    return tuple(tuple(row) for row in session.connection().execute(_marks()))


@cache
def _marks() -> CompoundSelect[Any]:
    queries = []
    models: list[type[SQLModel]] = [*RESTS_ON, *(RECORD_MODELS[kind] for kind in DESCRIBED)]
    for table in map(table_of, models):
        query = select(func.count(), func.max(table.c.id), func.sum(table.c.version), func.max(table.c.uid))
        queries.append(query.where(table.c.dictionary != MEMORY) if table is table_of(Entry) else query)
    return union_all(*queries)


def load_match_ground(session: Session, on: date, rates: Iterable[Rate] = ()) -> MatchGround:
    """Return all communities, carriers, funds and plots made ready, with words, weights, rules and rates of a day.

    Args:
        session: of a reading transaction.
        on: the day.
        rates: given for this one call; sums of funds in a foreign currency are read by them first.
    """
    ground = _ground(session, on)
    communities = _all(session, "communities")
    rated = ground.ground.believed_rates(rates)
    targets = targets_from_values(communities, _all(session, "funds"), ground.taxonomy, rated)
    carriers = carriers_from_values(_all(session, "carriers"), communities, ground.taxonomy)
    plots = plots_from_values(_all(session, "plots"), _all(session, "plan-uses"), _all(session, "plans"), on)
    return replace(ground, targets=replace(targets, carriers=carriers, plots=plots))


def _all(session: Session, kind: str) -> list[Mapping[str, Any]]:
    return [record.values for record in load(session, kind)]


def load_candidates(
    session: Session, on: date, refs: Iterable[str] | None = None, rates: Iterable[Rate] = ()
) -> list[Candidate | LeftOut]:
    """Return leads as candidates for land and money, or why they cannot be.

    Args:
        session: of a reading transaction.
        on: the day, for the rules and rates.
        refs: ids, codes or exact names of leads; None for all live ones.
        rates: given for this one call; they stand before those known.

    Raises:
        NotFoundError: one is not there.
        AmbiguousError: a name stands for several.
    """
    ground = _ground(session, on)
    if refs is None:
        leads = [record for record in load(session, "leads") if is_live(record.values, ground.probabilities)]
    else:
        leads = load(session, "leads", list(dict.fromkeys(find(session, "leads", ref) for ref in refs)))
    given = tuple(rates)
    return [candidate_lead(record.values, ground, given) for record in leads]


@dataclass(frozen=True, slots=True)
class LeadMatch:
    """A lead with its match.

    Attributes:
        document: what ``xiangtu match --json`` prints.
        before: the same with the weights in force, where others were asked for; None: those are shown.
        weights: those of ``document``.
    """

    record: Record
    document: Mapping[str, Any]
    before: Mapping[str, Any] | None
    weights: Weights


def match_of(session: Session, lead_id: int, on: date, weights: Weights | None = None) -> LeadMatch | None:
    """Return the match of a lead on a day; None when it is gone.

    Args:
        session: of a reading transaction.
        lead_id: of the lead.
        on: the day.
        weights: others than those in force, to see what they would do; nothing is stored.
    """
    found = load(session, "leads", [lead_id])
    if not found:
        return None
    ground = load_match_ground(session, on)
    judgement = judge_lead(found[0].values, ground)
    threshold = to_json(judgement)
    now = match_lead(found[0].values, ground, judgement, kinds=EVERY)
    document = match_document(now, found[0].code, threshold)
    if weights is None:
        return LeadMatch(found[0], document, None, now.weights)
    other = match_lead(found[0].values, replace(ground, weights=weights), judgement, kinds=EVERY)
    return LeadMatch(found[0], match_document(other, found[0].code, threshold), document, weights)


def weights_in_force(session: Session, on: date) -> Weights:
    """Return the version of the weights that holds on a day."""
    return weights_on(on, weights_versions(session))


def active_lead_ids(session: Session) -> list[int]:
    """Return the ids of the leads whose status is active or not known, the newest change first."""
    leads = table_of(Lead)
    query = select(leads.c.id).where(or_(leads.c.status == "active", leads.c.status.is_(None)))
    return list(session.connection().execute(query.order_by(leads.c.updated_at.desc(), leads.c.id)).scalars())


def _ground(session: Session, on: date) -> MatchGround:
    """Return the words, weights, rules and rates of a day, as the bureau entered them, without targets."""
    return MatchGround(
        load_ground(session, on),
        Targets(),
        taxonomy(session, on),
        weights_on(on, weights_versions(session)),
        stage_probabilities(session, on),
    )
