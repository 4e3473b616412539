"""Which leads fit a community or a fund: every live lead compared exactly, the best kept with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from heapq import heappush, heapreplace
from typing import Any

from crm.database import Database
from crm.domain.matching.candidates import is_live
from crm.domain.matching.explain import criterion_name
from crm.domain.matching.ground import MatchGround, judge_lead, match_lead
from crm.domain.matching.match import Match, Side, Targets, targets_from_values
from crm.domain.matching.reasons import Exact, Result
from crm.domain.matching.to_json import match_document
from crm.domain.matching.weights import Weights, weights_on
from crm.domain.thresholds.to_json import to_json
from crm.errors import NotFoundError
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.queries.matching import active_lead_ids, load_match_ground
from crm.queries.records import Record, load

CHUNK = 200
BEST = 30
SIDES = {"communities": "community", "carriers": "carrier", "funds": "fund"}
"""Kinds of record that leads are matched with, and how matching calls them."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A lead that fits.

    Attributes:
        proposal: the entry of the document of its match, under the name of the lead.
    """

    lead_id: int
    code: str
    name: str
    stage: str
    proposal: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fits:
    """What came of comparing every live lead with one target.

    Attributes:
        best: best first; ties by the order of the leads' ids.
        compared: live leads.
        proposed: those it can be proposed to, ``best`` among them.
        waiting: nothing refuses them, but the lead must first say more.
        refusals: what refused the others and how many, the most frequent first; one lead may count several times.
        ready: False for an empty slot, which is never recommended.
    """

    best: tuple[Fit, ...]
    compared: int
    proposed: int
    waiting: int
    refusals: tuple[tuple[str, int], ...]
    weights: Weights
    ready: bool = True


@dataclass(slots=True)
class _Tally:
    heap: list[tuple[Exact, int, Record, Match]]
    compared: int = 0
    proposed: int = 0
    waiting: int = 0

    def keep(self, score: Exact, record: Record, match: Match) -> None:
        row = (score, -record.id, record, match)
        if len(self.heap) < BEST:
            heappush(self.heap, row)
        elif row[:2] > self.heap[0][:2]:
            heapreplace(self.heap, row)


def leads_that_fit(
    database: Database, kind: str, record_id: int, on: date, weights: Weights | None = None
) -> Job[Fits]:
    """Return the leads that fit a community, a carrier or a fund, with reasons.

    Args:
        database: open.
        kind: communities, carriers or funds.
        record_id: of the target.
        on: the day of rules, rates and investment periods.
        weights: others than those in force, to see what they would do.

    Raises:
        NotFoundError: the target is gone.
    """
    ground, ids = _begun(database, kind, record_id, on, weights)
    tally, refusals = _Tally([]), Counter[str]()
    for start in range(0, len(ids), CHUNK):
        with database.read() as session:
            records = load(session, "leads", ids[start : start + CHUNK])
        for record in records:
            if is_live(record.values, ground.probabilities):
                _compare(record, ground, kind, tally, refusals)
        yield Progress(min(start + CHUNK, len(ids)), len(ids), _("comparing leads"))
    best = sorted(tally.heap, key=lambda row: row[:2], reverse=True)
    targets = ground.targets
    slots = [one.slot for one in (*targets.communities, *targets.carriers)] + [one.slot for one in targets.funds]
    ready = not any(slots)
    return Fits(
        tuple(_fit(record, match, kind, ground) for _score, _order, record, match in best),
        tally.compared,
        tally.proposed,
        tally.waiting,
        tuple(refusals.most_common()),
        best[0][3].weights if best else _weights(ground, on),
        ready,
    )


def _begun(
    database: Database, kind: str, record_id: int, on: date, weights: Weights | None
) -> tuple[MatchGround, list[int]]:
    """Return the ground with this one target, and the ids of the leads that may be live."""
    with database.read() as session:
        ground = load_match_ground(session, on)
        found = load(session, kind, [record_id])
        ids = active_lead_ids(session)
    if not found:
        raise NotFoundError(_("This record is no longer there."), where=str(record_id))
    if kind == "carriers":
        targets = Targets(carriers=tuple(one for one in ground.targets.carriers if one.code == found[0].code))
    else:
        sides: dict[str, list[Mapping[str, Any]]] = {"communities": [], "funds": [], kind: [found[0].values]}
        rates = ground.ground.believed_rates()
        targets = targets_from_values(sides["communities"], sides["funds"], ground.taxonomy, rates)
    return replace(ground, targets=targets, weights=weights or ground.weights), ids


def _compare(record: Record, ground: MatchGround, kind: str, tally: _Tally, refusals: Counter[str]) -> None:
    tally.compared += 1
    match = match_lead(record.values, ground, judge_lead(record.values, ground), kinds=(SIDES[kind],))
    side = _side(match, kind)
    if side.ranked:
        tally.proposed += 1
        tally.keep(side.ranked[0].score, record, match)
    elif side.waiting:
        tally.waiting += 1
    for one in side.refused:
        names = {each.name for each in one.criteria if each.hard and each.result is Result.NOT_MET}
        refusals.update(criterion_name(name) for name in names)


def _side(match: Match, kind: str) -> Side:
    sides = {"communities": match.communities, "carriers": match.carriers, "funds": match.funds}
    return sides[kind] or Side()


def _fit(record: Record, match: Match, kind: str, ground: MatchGround) -> Fit:
    document = match_document(match, record.code, to_json(judge_lead(record.values, ground)))
    name = str(record.values.get("name") or "")
    proposal = {**document[kind]["recommended"][0], "code": record.code, "name": name}
    return Fit(record.id, record.code, name, str(record.values.get("stage") or ""), proposal)


def _weights(ground: MatchGround, on: date) -> Weights:
    return ground.weights or weights_on(on)
