"""One case on its way to a judgement: made ready and compared, by given rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.domain.thresholds.case import Case
from crm.domain.thresholds.compare import Outcome, compare
from crm.domain.thresholds.exact import NOTHING, Ends, quotient_down, total
from crm.domain.thresholds.judgement import Figure, Verdict
from crm.domain.thresholds.prepare import Prepared, prepare
from crm.domain.thresholds.rules import RuleSet


@dataclass(slots=True, eq=False)
class Working:
    """A case, the rates it was worked out by, what of it is compared, and what comparing gave."""

    case: Case
    rates: Mapping[str, Decimal]
    ready: Prepared
    outcome: Outcome

    @property
    def verdict(self) -> Verdict:
        """The verdict: no land, something missing, land that no rule covers, or what comparing gave."""
        if self.ready.no_land:
            return Verdict.NOT_APPLICABLE
        if self.ready.notes.missing:
            return Verdict.INCOMPLETE
        if not self.ready.groups:
            return Verdict.NOT_APPLICABLE
        return self.outcome.verdict or Verdict.INCOMPLETE

    @property
    def land(self) -> Ends | None:
        """The land judged, 亩; where no rule covers any, the land asked for; None: not known of every plot."""
        sites = [site for site in self.ready.sites if not site.left_out] or self.ready.sites
        if self.ready.groups and all(site.covered for site in sites):
            return total(group.land for group in self.ready.groups)
        if any(site.land is None for site in sites):
            return None
        return total(site.land or NOTHING for site in sites)


def work_out(
    case: Case, rules: RuleSet, on: date, rates: Mapping[str, Decimal], *, all_phases: bool = False
) -> Working:
    """Return a case made ready and compared."""
    ready = prepare(case, rules, on, rates, all_phases=all_phases)
    return Working(case, rates, ready, compare(ready))


def per_mu(tax: Ends | None, land: Ends | None) -> Figure | None:
    """Return 万元 for each 亩, rounded down where it does not end; None: not known, or no land."""
    if tax is None or land is None or land.high == 0:
        return None
    low = quotient_down(tax.low, land.high) if land.high.is_finite() else None
    if land.is_point and tax.is_point:
        return Figure(low, low)
    high = quotient_down(tax.high, land.low) if land.low and tax.high.is_finite() else None
    return None if low is None and high is None else Figure(low, high)


def carried(tax: Ends, line: Decimal) -> Figure:
    """Return the most land, 亩, that a tax carries at a line for each 亩; rounded down where it does not end."""
    low = quotient_down(tax.low, line)
    if tax.is_point:
        return Figure(low, low)
    return Figure(low, quotient_down(tax.high, line) if tax.high.is_finite() else None)
