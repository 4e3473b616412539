"""What plans say of plots (S15, S16, S17): which plot no detailed plan covers, on which plot two plans disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DETAILED = "detailed"
SLOT = "slot"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A plot for which plans state different uses: code of the plan → use."""

    plot: str
    uses: Mapping[str, str]


def conflicts(plan_uses: Iterable[Mapping[str, Any]]) -> list[Conflict]:
    """Return the plots whose plans (``plan-uses``) state different uses, by code; such a plot is not recommended."""
    by_plot: dict[str, dict[str, str]] = {}
    for each in plan_uses:
        if each.get("land_use"):
            by_plot.setdefault(str(each["plot"]), {})[str(each["plan"])] = str(each["land_use"])
    return [Conflict(plot, uses) for plot, uses in sorted(by_plot.items()) if len(set(uses.values())) > 1]


def without_detailed_plan(
    plots: Iterable[str], plan_uses: Sequence[Mapping[str, Any]], plans: Iterable[Mapping[str, Any]]
) -> list[str]:
    """Return the plots (codes) that no regulatory detailed plan is linked to."""
    detailed = {plan["code"] for plan in plans if plan.get("kind") == DETAILED}
    covered = {each["plot"] for each in plan_uses if each.get("plan") in detailed}
    return [plot for plot in plots if plot not in covered]


def entered(records: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """Return how many entries of a register with slots are filled in, and how many there are: 已录 6/26."""
    known = list(records)
    return sum(each.get("status") != SLOT for each in known), len(known)
