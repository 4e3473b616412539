"""Plots of land for a lead that takes land: which can be proposed, which not, with every reason (S16, S20).

What is proposed is 意向选址 among officers, never a promise: industrial land is sold by public bidding (decisions 46).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm.domain.matching.compare import asked, enough, known
from crm.domain.matching.land import INCOMPLETE, MET, NOT_MET, LandGate
from crm.domain.matching.need import Need
from crm.domain.matching.reasons import Criterion, Result, code_order, is_refused
from crm.domain.plot_plans import conflicts, without_detailed_plan
from crm.domain.quantities.values import Span
from crm.domain.reasons import Reason
from crm.domain.reservations import AVAILABLE, RESERVED, holder


@dataclass(frozen=True, slots=True)
class PlotTarget:
    """A plot made ready for many comparisons.

    Attributes:
        held_by: the lead it is reserved for on the day; None when it is not.
        conflict: the uses that its plans state, when they differ.
        planned: whether a regulatory detailed plan is linked to it.
    """

    code: str
    area: str | None
    land: Span | None
    land_use: str | None
    status: str | None
    held_by: str | None
    conflict: tuple[str, ...]
    planned: bool


@dataclass(frozen=True, slots=True)
class PlotOffer:
    """One lead against one plot."""

    code: str
    area: str | None
    land: Span | None
    criteria: tuple[Criterion, ...]

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """Every reason that refuses the plot."""
        return tuple(one.reason for one in self.criteria if one.hard and one.result is Result.NOT_MET)


@dataclass(frozen=True, slots=True)
class PlotSide:
    """The plots that can be proposed, the nearest first, and those refused, by code."""

    proposed: tuple[PlotOffer, ...] = ()
    refused: tuple[PlotOffer, ...] = ()


def plots_from_values(
    plots: Iterable[Mapping[str, Any]],
    plan_uses: Sequence[Mapping[str, Any]],
    plans: Iterable[Mapping[str, Any]],
    on: date,
) -> tuple[PlotTarget, ...]:
    """Return plots from their records, with what plans say of them and who has them reserved on a day."""
    records = list(plots)
    clashes = {each.plot: tuple(sorted(set(each.uses.values()))) for each in conflicts(plan_uses)}
    unplanned = frozenset(without_detailed_plan((str(each["code"]) for each in records), plan_uses, plans))
    return tuple(
        PlotTarget(
            code=str(each["code"]),
            area=each.get("area"),
            land=known(each.get("land")),
            land_use=each.get("land_use"),
            status=each.get("status"),
            held_by=holder(each, on),
            conflict=clashes.get(str(each["code"]), ()),
            planned=str(each["code"]) not in unplanned,
        )
        for each in records
    )


def offer_plots(need: Need, plots: Iterable[PlotTarget], gate: LandGate) -> PlotSide | None:
    """Return which plots can be proposed to a lead; None for one that takes no land, or does not say."""
    if not need.takes_land:
        return None
    offers = [PlotOffer(each.code, each.area, each.land, _criteria(need, each, gate)) for each in plots]
    proposed = sorted((each for each in offers if not is_refused(each.criteria)), key=_nearness)
    refused = sorted((each for each in offers if is_refused(each.criteria)), key=lambda each: code_order(each.code))
    return PlotSide(tuple(proposed), tuple(refused))


def _nearness(offer: PlotOffer) -> tuple[Any, ...]:
    """Sort by what is met: the area wished first, then what is sure, then the smallest plot, then the code."""
    elsewhere = any(one.name == "area" and one.result is not Result.MET for one in offer.criteria)
    unsure = sum(one.result is Result.UNKNOWN for one in offer.criteria)
    size = offer.land.low if offer.land is not None and offer.land.low is not None else Decimal("Infinity")
    return elsewhere, unsure, size, code_order(offer.code)


def _criteria(need: Need, plot: PlotTarget, gate: LandGate) -> tuple[Criterion, ...]:
    return (_free(need, plot), _size(need, plot), _use(need, plot), _plans(plot), _area(need, plot), _tax(plot, gate))


def _free(need: Need, plot: PlotTarget) -> Criterion:
    if plot.held_by is not None:
        own = plot.held_by == need.code
        reason = Reason("plot.held" if own else "plot.reserved", {"lead": plot.held_by})
        return Criterion("status", Result.MET if own else Result.NOT_MET, reason)
    if plot.status in (AVAILABLE, RESERVED):  # a reservation that is over
        return Criterion("status", Result.MET, Reason("plot.free"))
    if plot.status is None:
        return Criterion("status", Result.UNKNOWN, Reason("status.unknown"))
    return Criterion("status", Result.NOT_MET, Reason("plot.not_free", {"plot_status": plot.status}))


def _size(need: Need, plot: PlotTarget) -> Criterion:
    if need.land is None or asked(need.land) is None or plot.land is None:
        return Criterion("land", Result.UNKNOWN, Reason("plot.land.not_known"))
    result = enough(need.land, plot.land)
    return Criterion("land", result, Reason(f"plot.land.{result.value}", {"need": need.land, "there": plot.land}))


def _use(need: Need, plot: PlotTarget) -> Criterion:
    if need.land_use is None or plot.land_use is None:
        return Criterion("land_use", Result.UNKNOWN, Reason("plot.use.unknown"))
    same = need.land_use == plot.land_use
    uses = {"wanted_use": need.land_use, "planned_use": plot.land_use}
    result = Result.MET if same else Result.NOT_MET
    return Criterion("land_use", result, Reason(f"plot.use.{result.value}", uses))


def _plans(plot: PlotTarget) -> Criterion:
    if plot.conflict:
        return Criterion("plans", Result.NOT_MET, Reason("plot.plans.not_met", {"uses": plot.conflict}))
    if not plot.planned:
        return Criterion("plans", Result.UNKNOWN, Reason("plot.plans.unknown"))
    return Criterion("plans", Result.MET, Reason("plot.plans.met"))


def _area(need: Need, plot: PlotTarget) -> Criterion:
    if plot.area is None or not need.areas:
        return Criterion("area", Result.UNKNOWN, Reason("plot.area.unknown"), hard=False)
    here = plot.area in need.areas
    reason = Reason("plot.area.met" if here else "plot.area.other", {"area": plot.area})
    return Criterion("area", Result.MET if here else Result.NOT_MET, reason, hard=False)


def _tax(plot: PlotTarget, gate: LandGate) -> Criterion:
    """Return the land-tax threshold in the plot's area, also where the lead wished another one."""
    if plot.area is None:
        verdict = INCOMPLETE
    else:
        verdict = gate.verdict if plot.area in gate.areas else gate.by_area.get(plot.area, INCOMPLETE)
    result = {MET: Result.MET, NOT_MET: Result.NOT_MET}.get(verdict, Result.UNKNOWN)
    return Criterion("threshold", result, Reason(f"threshold.{result.value}", {"area": plot.area, "verdict": verdict}))
