"""What the land-tax threshold says about a lead, as a community needs to know it (HC6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm.domain.fields.codes import AREA_CODES
from crm.domain.quantities import Rate
from crm.domain.thresholds import Judgement, RuleSet, Verdict, case_from_values, judge

NOT_APPLICABLE = Verdict.NOT_APPLICABLE.value
NOT_MET = Verdict.NOT_MET.value
MET = Verdict.MET.value
INCOMPLETE = Verdict.INCOMPLETE.value


@dataclass(frozen=True, slots=True)
class LandGate:
    """The threshold verdict of a lead: for the areas where it takes land, or for each area it might choose.

    Attributes:
        verdict: of the lead as it stands; a code of the contract (``met``, ``not_met``, ``not_applicable`` …).
        areas: where it takes its land; empty when it does not say.
        by_area: the verdict in each area it might choose; used only when ``areas`` is empty.
    """

    verdict: str
    areas: frozenset[str] = frozenset()
    by_area: Mapping[str, str] = field(default_factory=dict)

    def verdict_in(self, area: str | None) -> str | None:
        """Return the verdict for land in an area; None when the lead takes its land elsewhere or takes none."""
        if self.verdict == NOT_APPLICABLE:
            return None
        if area is None:
            return INCOMPLETE
        if self.areas:
            return self.verdict if area in self.areas else None
        return self.by_area.get(area, INCOMPLETE)


NO_LAND = LandGate(NOT_APPLICABLE)


def gate_of(
    values: Mapping[str, Any],
    rules: RuleSet,
    on: date,
    *,
    judgement: Judgement | None = None,
    rates: tuple[Rate, ...] = (),
) -> LandGate:
    """Return what the land-tax threshold says about a lead.

    A lead that asks for land without saying where is judged in every area it might choose.

    Args:
        values: the lead's record.
        rules: in force on the day.
        on: the day.
        judgement: the verdict on the lead, when the caller has it already.
        rates: known on the day.
    """
    verdict = judgement or judge(case_from_values(values, rates), rules, on)
    areas = frozenset(plot.area for plot in verdict.plots if plot.area is not None)
    land = values.get("land")
    asks = land is not None and land.exact != 0
    if verdict.verdict is not Verdict.INCOMPLETE or areas or not asks:
        return LandGate(verdict.verdict.value, areas)
    by_area = {
        area: judge(case_from_values({**values, "area": area}, rates), rules, on).verdict.value for area in AREA_CODES
    }
    return LandGate(verdict.verdict.value, by_area=by_area)
