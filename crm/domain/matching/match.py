"""One lead against all communities and funds: ranked, refused with every reason, not ready, waiting for more data.

This exact, explaining comparison is the truth; a faster pre-selection may only serve it (decisions 19).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import lcm
from typing import Any

from crm.domain.matching.communities import Community, assess_community, community_from_values
from crm.domain.matching.funds import Fund, assess_fund, fund_from_values
from crm.domain.matching.land import LandGate
from crm.domain.matching.need import Need
from crm.domain.matching.plots import PlotSide, PlotTarget, offer_plots
from crm.domain.matching.reasons import Assessment
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy
from crm.domain.matching.weights import Weights, weights_on

BULK = ("community", "fund")
"""What many leads are compared with at once."""

EVERY = ("community", "carrier", "fund", "plot")
"""What one lead is compared with."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything a lead is compared with, made ready once for many leads; a carrier is compared as a community is."""

    communities: tuple[Community, ...] = ()
    funds: tuple[Fund, ...] = ()
    carriers: tuple[Community, ...] = ()
    plots: tuple[PlotTarget, ...] = ()


def targets_from_values(
    communities: Iterable[Mapping[str, Any]],
    funds: Iterable[Mapping[str, Any]],
    taxonomy: Taxonomy = TAXONOMY,
    rates: Mapping[str, Decimal] | None = None,
) -> Targets:
    """Return the targets from their records (field name -> domain value)."""
    return Targets(
        tuple(community_from_values(values, taxonomy) for values in communities),
        tuple(fund_from_values(values, taxonomy, rates) for values in funds),
    )


@dataclass(frozen=True, slots=True)
class Side:
    """What came of one kind of target.

    Attributes:
        ranked: best first; ties by higher fit of field, then by code.
        refused: in the order of their codes, slots among them.
        waiting: nothing refuses them, but the lead must first say more.
    """

    ranked: tuple[Assessment, ...] = ()
    refused: tuple[Assessment, ...] = ()
    waiting: tuple[Assessment, ...] = ()

    @property
    def not_ready(self) -> tuple[str, ...]:
        """The codes of empty slots (待补录)."""
        return tuple(one.code for one in self.refused if not one.ready)


@dataclass(frozen=True, slots=True)
class Match:
    """A lead's match, with what it was made from: the need, the day, the version of the weights."""

    need: Need
    gate: LandGate
    on: date
    weights: Weights
    targets: Targets
    communities: Side | None
    funds: Side | None
    carriers: Side | None = None
    plots: PlotSide | None = None

    @property
    def premises(self) -> tuple[tuple[str, Side, Mapping[str, Community]], ...]:
        """The sides on which a lead could move in: ``communities``, ``carriers``; each with its targets by code."""
        sides = (
            ("communities", self.communities, self.targets.communities),
            ("carriers", self.carriers, self.targets.carriers),
        )
        return tuple(
            (key, side, {one.code: one for one in targets}) for key, side, targets in sides if side is not None
        )


def match(
    need: Need,
    targets: Targets,
    gate: LandGate,
    *,
    on: date,
    weights: Weights | None = None,
    kinds: Iterable[str] = BULK,
) -> Match:
    """Return the match of a lead.

    Args:
        need: of the lead.
        targets: all communities and funds.
        gate: what the land-tax threshold says about it (``NO_LAND`` for a lead without land).
        on: the day it is made for.
        weights: a version of the scales; default the one of that day.
        kinds: of ``EVERY``; the side not asked for is None.
    """
    scales = weights or weights_on(on)
    wanted = frozenset(kinds)
    communities = funds = carriers = plots = None
    if "community" in wanted:
        communities = _side((assess_community(need, one, gate, scales) for one in targets.communities), "industry")
    if "fund" in wanted:
        funds = _side((assess_fund(need, one, on, scales) for one in targets.funds), "field")
    if "carrier" in wanted:
        carriers = _side((assess_community(need, one, gate, scales) for one in targets.carriers), "industry")
    if "plot" in wanted:
        plots = offer_plots(need, targets.plots, gate)
    return Match(need, gate, on, scales, targets, communities, funds, carriers, plots)


def _side(assessments: Iterable[Assessment], first_part: str) -> Side:
    """Return the assessments sorted into ranked, refused and waiting."""
    proposed: list[Assessment] = []
    refused, waiting = [], []
    for one in assessments:
        if one.parts:
            proposed.append(one)
        elif one.waits_for:
            waiting.append(one)
        else:
            refused.append(one)
    refused.sort(key=lambda one: one.order)
    waiting.sort(key=lambda one: one.order)
    return Side(_ranked(proposed, first_part), tuple(refused), tuple(waiting))


def _ranked(proposed: Sequence[Assessment], first_part: str) -> tuple[Assessment, ...]:
    """Return the proposed targets, best first. Scores are brought to one denominator: whole numbers compare fast."""
    ratios = [one.score.as_integer_ratio() for one in proposed]
    common = lcm(*(below for _above, below in ratios))
    rows = [
        (-above * (common // below), -one.parts[first_part], one.order, place)
        for place, ((above, below), one) in enumerate(zip(ratios, proposed, strict=True))
    ]
    return tuple(proposed[place] for _score, _first, _order, place in sorted(rows))
