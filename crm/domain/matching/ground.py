"""What a match rests on beside the lead: targets, words, weights, and the ground of the verdict; read once for many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crm.domain.matching.candidates import STAGE_PROBABILITIES, Candidate, LeftOut, candidate_of
from crm.domain.matching.land import gate_of
from crm.domain.matching.match import BULK, Match, Targets, match
from crm.domain.matching.need import need_from_values
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy
from crm.domain.matching.weights import Weights
from crm.domain.quantities import Rate
from crm.domain.thresholds import Judgement, judge
from crm.domain.thresholds.alternatives import alternatives
from crm.domain.thresholds.ground import Ground


@dataclass(frozen=True, slots=True)
class MatchGround:
    """The day and all that is known on it.

    Attributes:
        ground: of the threshold verdict: day, rules, rates.
        targets: all communities, carriers, funds and plots, made ready.
        taxonomy: aliases and families of industries.
        weights: the version that holds on the day; None: the program's own.
        probabilities: of success, by stage.
    """

    ground: Ground
    targets: Targets
    taxonomy: Taxonomy = TAXONOMY
    weights: Weights | None = None
    probabilities: Mapping[str, Decimal] = field(default_factory=lambda: STAGE_PROBABILITIES)


def judge_lead(values: Mapping[str, Any], on: MatchGround, rates: Iterable[Rate] = ()) -> Judgement:
    """Return the threshold verdict on a lead; rates given here stand before those known."""
    return judge(on.ground.case(values, rates), on.ground.rules, on.ground.on)


def match_lead(
    values: Mapping[str, Any],
    on: MatchGround,
    judgement: Judgement,
    *,
    rates: Iterable[Rate] = (),
    kinds: Iterable[str] = BULK,
) -> Match:
    """Return the match of a lead.

    Args:
        values: the lead's record.
        on: what it rests on.
        judgement: the threshold verdict on the lead (``judge_lead``).
        rates: given for this one match; they stand before those known.
        kinds: of ``crm.domain.matching.match.EVERY``.
    """
    own = tuple(rates)
    case = on.ground.case(values, own)
    gate = gate_of(judgement, alternatives(case, judgement, on.ground.rules, on.ground.on))
    need = need_from_values(values, on.taxonomy, on.ground.believed_rates(own))
    return match(need, on.targets, gate, on=on.ground.on, weights=on.weights, kinds=kinds)


def candidate_lead(values: Mapping[str, Any], on: MatchGround, rates: Iterable[Rate] = ()) -> Candidate | LeftOut:
    """Return a lead as a candidate of the allocation, or why it cannot be one; rates given stand before those known."""
    own = tuple(rates)
    return candidate_of(
        values,
        judge_lead(values, on, own),
        probabilities=on.probabilities,
        taxonomy=on.taxonomy,
        rates=on.ground.believed_rates(own),
    )
