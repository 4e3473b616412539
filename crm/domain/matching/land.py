"""What the land-tax threshold says about a lead, as a community needs to know it (HC6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crm.domain.thresholds import Judgement, Verdict
from crm.domain.thresholds.alternatives import Alternative

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


def gate_of(judgement: Judgement, others: Iterable[Alternative] = ()) -> LandGate:
    """Return what the land-tax threshold says about a lead, from the verdict on it.

    Args:
        judgement: the verdict on the lead as it stands. Land that no rule covers is for a person to decide.
        others: the verdicts in the other areas, for a lead that asks for land without saying where.
    """
    areas = frozenset(plot.area for plot in judgement.plots if plot.area is not None)
    verdict = Verdict.CONSULT if judgement.refer else judgement.verdict
    return LandGate(verdict.value, areas, {other.area: other.verdict.value for other in others})
