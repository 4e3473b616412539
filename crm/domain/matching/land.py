"""What the land-tax threshold says about a lead, as a community needs to know it (HC6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOT_APPLICABLE = "not_applicable"
NOT_MET = "not_met"
MET = "met"
INCOMPLETE = "incomplete"


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
