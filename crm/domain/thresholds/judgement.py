"""What the judge answers: frozen, exact, without words (``explain`` has them) and without text (``to_json`` has it).

Named tuples, because making a frozen dataclass costs a millisecond at every start, and the start is budgeted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from crm.domain.reasons import Reason
from crm.domain.thresholds.rules import Rule


class Verdict(StrEnum):
    """The six answers."""

    MET = "met"  # 达标
    NOT_MET = "not_met"  # 不达标
    NOT_APPLICABLE = "not_applicable"  # 不适用: no land, or land that no rule covers
    INCOMPLETE = "incomplete"  # 待补充
    UNCERTAIN = "uncertain"  # 待核实: a range whose ends differ
    CONSULT = "consult"  # 需会商


CONSULT = "consult"
"""What ``refer`` says where a person must decide."""


class Figure(NamedTuple):
    """A figure of the answer; both bounds are equal unless something it rests on is a range.

    Attributes:
        low: None when that side is open or unknown.
        high: likewise.
    """

    low: Decimal | None
    high: Decimal | None

    @property
    def exact(self) -> Decimal | None:
        """The figure when it is known to the point, else None."""
        return self.low if self.low == self.high else None


class LineResult(NamedTuple):
    """One line of the rules held against the project.

    Attributes:
        measure: ``project_tax`` (万元 a year), ``tax_per_mu`` (万元 a year for each 亩), or ``tax_by_land``: the tax of
            several plots whose split is not given against the sum of what each plot needs (万元 a year).
        area: code of the area class that sets the line; "" when several do.
        least: the line.
        actual: what the project brings; None: not known.
        met: None when not known, or when the ends of a range differ.
    """

    measure: str
    area: str
    least: Figure
    actual: Figure | None
    met: bool | None

    @property
    def gap(self) -> Figure | None:
        """How far the project is from the line, over it or below it (``met`` says which); None: not known."""
        if self.met is None or self.actual is None:
            return None
        below, above = (self.least, self.actual) if self.met else (self.actual, self.least)
        return Figure(_less(above.low, below.high), _less(above.high, below.low))


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


class PlotResult(NamedTuple):
    """One plot as given, with its own numbers.

    Attributes:
        covered: whether a rule covers its area and use; None: not known.
        met: the result of its area class's test on tax per 亩 (plots of one class are pooled); None: none of its own.
        gap_tax: of its class, only where the plot is alone in it.
        max_land: likewise.
    """

    area: str | None
    land_use: str | None
    land: Figure | None
    tax: Figure | None
    tax_per_mu: Figure | None
    least_per_mu: Decimal | None
    met: bool | None
    gap_tax: Figure | None
    max_land: Figure | None
    covered: bool | None


class YearResult(NamedTuple):
    """One year of the plan; only the year of full production is judged."""

    year: int
    tax: Figure | None
    tax_per_mu: Figure | None


class RateResult(NamedTuple):
    """What a rate means for the verdict.

    Attributes:
        rate: CNY for one unit; None: not given, or not believed.
        on: ISO date, "" when nobody gave it.
        break_even: the least rate at which the project is on the line, other rates unchanged; None: there is none.
        at_minus: the verdict with the rate lower by the rate band; None: no verdict.
        at_plus: likewise, higher.
    """

    currency: str
    rate: Decimal | None
    on: str
    break_even: Figure | None
    at_minus: Verdict | None
    at_plus: Verdict | None


class AllPhases(NamedTuple):
    """What would hold if every intended phase were committed."""

    verdict: Verdict
    tax_per_mu: Figure | None


class Reference(NamedTuple):
    """Leased floor space as the land it would stand on: floor ÷ plot ratio. For reference only, never judged.

    Attributes:
        equivalent_land_m2: None when a plot ratio is not known.
        equivalent_land: the same in 亩.
    """

    equivalent_land_m2: Figure | None
    equivalent_land: Figure | None
    tax_per_mu: Figure | None


class Conclusion(NamedTuple):
    """What a judgement comes to: its fields of the same names."""

    verdict: Verdict
    critical: bool
    rule_set_status: str


class Judgement(NamedTuple):
    """The verdict with everything it rests on. Money in 万元 a year, land in 亩; None is unknown.

    Attributes:
        refer: ``consult`` where a person must decide, else None.
        rule_set: name of the rules it was made with.
        rule_set_label: how a page names them.
        rule_set_status: ``trial`` or ``in_force``.
        on: the day of the check.
        rules: those of the areas of its plots, with the sentence and the source of each.
        area: of the land judged; None: unknown or several.
        land: the land judged: committed, covered by a rule.
        tax: of that land in the year of full production, 全口径.
        tax_year: the year of full production.
        tax_basis: as given; None: not given.
        required: the larger of the total line and the sum of each area's land × line.
        gap_tax: the least tax to add so that every test passes with the split as given.
        max_land: the most land this tax would carry per 亩; None for several area classes. Whether the total line is
            met as well is for the tests to say (decision 28).
        margin: the smallest (actual − least) ÷ least of all tests.
        critical: within the critical band of the line, on either side (decision 23).
        at_ends: the verdicts at the worst and at the best end of what is a range; None: there is no verdict.
        feasible_split: for several area classes: whether the whole tax could be split so that every area passes.
        min_commitments: for several area classes: what each needs at least.
        missing: codes of the fields without which there is no verdict.
        flags: codes of the contract, and ``contradiction``.
    """

    verdict: Verdict
    refer: str | None
    rule_set: str
    rule_set_label: str
    rule_set_status: str
    on: date | None = None
    rules: tuple[Rule, ...] = ()
    area: str | None = None
    land: Figure | None = None
    tax: Figure | None = None
    tax_year: int | None = None
    tax_basis: str | None = None
    tax_per_mu: Figure | None = None
    required: Figure | None = None
    required_by_land: Figure | None = None
    gap_tax: Figure | None = None
    max_land: Figure | None = None
    margin: Figure | None = None
    critical: bool = False
    at_ends: tuple[Verdict, Verdict] | None = None
    tests: tuple[LineResult, ...] = ()
    plots: tuple[PlotResult, ...] = ()
    feasible_split: bool | None = None
    min_commitments: Mapping[str, Figure] | None = None
    by_year: tuple[YearResult, ...] = ()
    rates: tuple[RateResult, ...] = ()
    if_all_phases: AllPhases | None = None
    reference: Reference | None = None
    missing: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
