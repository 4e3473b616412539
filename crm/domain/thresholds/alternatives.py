"""The project in another area class: 若改选至…，须有实际地块 (decision 46). Worked out only when asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from crm.domain.thresholds.case import Case
from crm.domain.thresholds.judgement import Figure, Judgement, Verdict
from crm.domain.thresholds.judging import judge
from crm.domain.thresholds.rules import RuleSet


class Alternative(NamedTuple):
    """What holds for the same land and tax in another area class; it says nothing of whether a plot is there."""

    area: str
    verdict: Verdict
    required: Figure | None
    gap_tax: Figure | None


def alternatives(case: Case, judged: Judgement, rules: RuleSet, on: date) -> tuple[Alternative, ...]:
    """Return the other area classes for a project with land in one class, or in none known yet.

    Nothing for a project without land, over several classes, or whose land no rule covers.
    """
    areas = {plot.area for plot in judged.plots}
    if len(areas) != 1 or judged.verdict is Verdict.NOT_APPLICABLE or "land" in judged.missing:
        return ()
    rows = []
    for area in dict.fromkeys(rule.area for rule in rules.rules):
        if area in areas:
            continue
        plots = tuple(replace(plot, area=area) for plot in case.plots)
        other = judge(replace(case, area=area, plots=plots), rules, on)
        rows.append(Alternative(area, other.verdict, other.required, other.gap_tax))
    return tuple(rows)


def in_every_area(case: Case, rules: RuleSet, on: date) -> tuple[tuple[str, Judgement], ...]:
    """Return the verdict on a case in each area class of the rules, in their order; its own area is not looked at.

    For a case without plots of its own: a plot that states its area keeps it.
    """
    areas = dict.fromkeys(rule.area for rule in rules.rules)
    return tuple((area, judge(replace(case, area=area), rules, on)) for area in areas)
