"""The comparison itself: every line against every figure, at both ends of what is not known to the point.

A figure that is a range is tried at its two ends: the worst is all land high and all tax low, the best the reverse.
More tax never lowers a verdict and more land never raises one (decision 24), so what holds at both ends holds between
them; ends that differ make the verdict uncertain. This goes for splits and consultations as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from crm.domain.thresholds.exact import NOTHING, ZERO, Ends, minus, plus, quotient_down, times, total
from crm.domain.thresholds.judgement import Verdict
from crm.domain.thresholds.prepare import Group, Prepared


@dataclass(slots=True, eq=False)
class Bar:
    """One comparison of amounts in 万元 a year: passes when ``actual`` is not lower than ``least``."""

    measure: str  # as in judgement.LineResult
    group: Group | None
    least: Ends
    actual: Ends | None

    @property
    def known(self) -> Ends:
        """What the project brings, for those who ask once a verdict is there: then it is known."""
        return self.actual or NOTHING

    @property
    def short(self) -> Ends:
        """What is missing at the best and at the worst end, 万元."""
        return Ends(_short(self.least.low, self.known.high), _short(self.least.high, self.known.low))

    @property
    def met(self) -> bool | None:
        """Whether it passes at both ends; None when the ends differ or nothing is known."""
        if self.actual is None:
            return None
        worst, best = self.actual.low >= self.least.high, self.actual.high >= self.least.low
        return worst if worst == best else None


@dataclass(slots=True, eq=False)
class Outcome:
    """What comparing has given.

    Attributes:
        total_line: the highest total line of the areas; None: none has one.
        by_land: Σ land × line.
        required: the larger of the two.
        ends: the verdicts at the worst and at the best end; None while something is missing.
    """

    bars: list[Bar] = field(default_factory=list)
    total_line: Decimal | None = None
    by_land: Ends | None = None
    required: Ends | None = None
    ends: tuple[Verdict, Verdict] | None = None
    feasible_split: bool | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The verdict: that of both ends, or uncertain; None while something is missing."""
        if self.ends is None:
            return None
        return self.ends[0] if self.ends[0] is self.ends[1] else Verdict.UNCERTAIN


def compare(ready: Prepared) -> Outcome:
    """Hold what is ready against its lines; with something missing, only the lines are told."""
    outcome = Outcome()
    if not ready.groups:
        return outcome
    needs = [Ends(times(group.land.low, line), times(group.land.high, line)) for group, line in _lines(ready.groups)]
    outcome.by_land = total(needs)
    lines = [group.rule.least_tax for group in ready.groups if group.rule.least_tax is not None]
    outcome.total_line = max(lines, default=None)
    floor = outcome.total_line or ZERO
    outcome.required = Ends(max(floor, outcome.by_land.low), max(floor, outcome.by_land.high))
    outcome.bars = _bars(ready, outcome, needs)
    if ready.notes.missing or ready.tax is None:
        return outcome
    worst = _verdict(ready, all(bar.actual is not None and bar.actual.low >= bar.least.high for bar in outcome.bars))
    best = _verdict(ready, all(bar.actual is not None and bar.actual.high >= bar.least.low for bar in outcome.bars))
    if all(group.land.low == 0 and not any(site.open_below for site in group.sites) for group in ready.groups):
        best = Verdict.NOT_APPLICABLE  # 0–25亩: perhaps no land at all
    outcome.ends = (best, best) if ready.bound_only else (worst, best)
    outcome.feasible_split = _feasible(ready.tax, outcome.required) if len(ready.groups) > 1 else None
    return outcome


def _lines(groups: Sequence[Group]) -> list[tuple[Group, Decimal]]:
    return [(group, group.rule.least_per_mu) for group in groups]


def _bars(ready: Prepared, outcome: Outcome, needs: Sequence[Ends]) -> list[Bar]:
    bars = []
    if outcome.total_line is not None:
        bars.append(Bar("project_tax", None, Ends(outcome.total_line, outcome.total_line), ready.tax))
    if len(ready.groups) == 1:
        bars.append(Bar("tax_per_mu", ready.groups[0], needs[0], ready.tax))
    elif ready.split:
        bars += [Bar("tax_per_mu", group, need, group.tax) for group, need in zip(ready.groups, needs, strict=True)]
    else:
        bars.append(Bar("tax_by_land", None, total(needs), ready.tax))
    return bars


def _verdict(ready: Prepared, passes: bool) -> Verdict:  # noqa: FBT001  (the one thing it is about)
    if not passes:
        return Verdict.NOT_MET
    unsplit = len(ready.groups) > 1 and not ready.split
    return Verdict.CONSULT if unsplit or ready.bound_only else Verdict.MET


def _feasible(tax: Ends, required: Ends) -> bool | None:
    worst, best = tax.low >= required.high, tax.high >= required.low
    return worst if worst == best else None


def gap(outcome: Outcome) -> Ends:
    """Return the least tax to add so that every line is reached, given the split; at the best and the worst end."""
    low = high = whole_low = whole_high = ZERO
    for bar in outcome.bars:
        best, worst = bar.short
        if bar.measure == "tax_per_mu":
            low, high = plus(low, best), plus(high, worst)
        else:
            whole_low, whole_high = max(whole_low, best), max(whole_high, worst)
    return Ends(max(low, whole_low), max(high, whole_high))


def _short(least: Decimal, actual: Decimal) -> Decimal:
    return ZERO if actual >= least else minus(least, actual)


def margin(bars: Sequence[Bar]) -> Ends:
    """Return the smallest (actual − least) ÷ least of all lines, at the worst and the best end."""
    return Ends(
        min(_share(bar.least.high, bar.known.low) for bar in bars),
        min(_share(bar.least.low, bar.known.high) for bar in bars),
    )


def _share(least: Decimal, actual: Decimal) -> Decimal:
    if least == 0 or not actual.is_finite():
        return Decimal("Infinity")
    if not least.is_finite():
        return Decimal(-1)
    return quotient_down(minus(actual, least), least)


def spare(bars: Sequence[Bar]) -> Decimal | None:
    """Return by how much the tightest line is reached for certain, 万元; None: one is not."""
    if not all(bar.met for bar in bars):
        return None
    return min(minus(bar.known.low, bar.least.high) for bar in bars)


def is_critical(bars: Sequence[Bar], band: Decimal) -> bool:
    """Return whether the tightest line is within the band at either end: |actual − least| ≤ band × least, exactly."""
    return _near([(bar.least.high, bar.known.low) for bar in bars], band) or _near(
        [(bar.least.low, bar.known.high) for bar in bars], band
    )


def _near(pairs: Sequence[tuple[Decimal, Decimal]], band: Decimal) -> bool:
    """Return whether no line is missed by more than the band, and one is reached by no more than it."""
    lower, upper = minus(Decimal(1), band), plus(Decimal(1), band)
    if not all(least.is_finite() and actual >= times(least, lower) for least, actual in pairs):
        return False
    return any(actual <= times(least, upper) for least, actual in pairs)
