"""``judge``: the verdict on a case by a rule set on a day, with every figure it rests on (decisions 22–29, 34, 46).

It is a pure function: the same case, rules and day give the same judgement. Nothing is rounded before it is compared,
nothing unknown is taken for zero, and no case raises: what cannot be judged is ``incomplete`` and says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from crm.domain.quantities import Money, Rate
from crm.domain.reasons import Reason
from crm.domain.thresholds.case import Case
from crm.domain.thresholds.compare import Bar, gap, is_critical, margin
from crm.domain.thresholds.exact import Ends, times
from crm.domain.thresholds.figures import Notes, currencies_of, ends_of, figure_of, usable_rates, yuan_of
from crm.domain.thresholds.judgement import (
    CONSULT,
    AllPhases,
    Conclusion,
    Figure,
    Judgement,
    LineResult,
    PlotResult,
    Verdict,
    YearResult,
)
from crm.domain.thresholds.leases import reference_of
from crm.domain.thresholds.prepare import FULL_BASIS, Group
from crm.domain.thresholds.rates import rate_results
from crm.domain.thresholds.reasoning import reasons_of
from crm.domain.thresholds.rules import RuleSet
from crm.domain.thresholds.sites import Site
from crm.domain.thresholds.working import Working, carried, per_mu, work_out

FLAGS = (
    "basis_assumed",
    "approximate",
    "rate_sensitive",
    "phase_uncommitted",
    "reference_only",
    "plot_not_covered",
    "contradiction",
)
"""Every flag, in the order they are given."""


def judge(case: Case, rules: RuleSet, on: date) -> Judgement:
    """Return the verdict on a case by a rule set on a day."""
    if not rules.covers(on):
        return _without_rules(case, rules, on)
    work, rates = _worked_out(case, rules, on)
    currencies, plain = currencies_of(_sums(case)), _plain(rates)
    answer = _answer(work, rules, on)._replace(
        rates=rate_results(work, rules, on, currencies, rates) if currencies else (),
        if_all_phases=_if_all_phases(case, rules, on, plain),
        by_year=_years(case, plain, work),
        reference=reference_of(case.leases, work.ready.tax, work.ready.notes),
    )
    flags = _flags(answer, work)
    answer = answer._replace(flags=tuple(flag for flag in FLAGS if flag in flags))
    return answer._replace(reasons=reasons_of(answer, work, rules, on))


def conclude(case: Case, rules: RuleSet, on: date) -> Conclusion:
    """Return what ``judge`` comes to, without the figures and reasons it rests on: a third of the work, for lists."""
    if not rules.covers(on):
        return Conclusion(Verdict.INCOMPLETE, critical=False, rule_set_status=rules.status)
    work, _used = _worked_out(case, rules, on)
    return Conclusion(work.verdict, _is_critical(work, rules, on), rules.status)


def _worked_out(case: Case, rules: RuleSet, on: date) -> tuple[Working, dict[str, Rate]]:
    """Return a case made ready and compared, and the rates used for its currencies."""
    notes, currencies = Notes(), currencies_of(_sums(case))
    rates = usable_rates(case.rates, currencies, rules, on, notes) if currencies or case.rates else {}
    work = work_out(case, rules, on, _plain(rates))
    work.ready.notes.absorb(notes)
    return work, rates


def _plain(rates: Mapping[str, Rate]) -> dict[str, Decimal]:
    """Return the CNY for one unit of each currency."""
    return {code: rate.rate for code, rate in rates.items()}


def _is_decided(work: Working) -> bool:
    return work.outcome.verdict is not None and work.verdict is not Verdict.INCOMPLETE


def _is_critical(work: Working, rules: RuleSet, on: date) -> bool:
    """Whether the tax lies within the critical band around what is required (decision 23)."""
    if not _is_decided(work) or work.ready.bound_only:
        return False
    return is_critical(work.outcome.bars, rules.setting("critical_band", on))


def _without_rules(case: Case, rules: RuleSet, on: date) -> Judgement:
    return Judgement(
        Verdict.INCOMPLETE,
        None,
        rules.name,
        rules.label,
        rules.status,
        on,
        area=case.area,
        land=figure_of(ends_of(case.land, "land", Notes())),
        missing=("rule_set",),
        reasons=(Reason("no_rules_then", {"rules": rules.label, "day": on}),),
    )


def _sums(case: Case) -> list[Money | None]:
    plots, phases = [plot.tax for plot in case.plots], [phase.tax for phase in case.phases]
    return [case.annual_tax, *plots, *phases, *(money for _year, money in case.tax_by_year)]


def _answer(work: Working, rules: RuleSet, on: date) -> Judgement:
    """Return the judgement without what only some cases have."""
    ready, outcome, verdict = work.ready, work.outcome, work.verdict
    decided = _is_decided(work)
    known = not any(site.covered is None for site in ready.sites)  # else the requirement is not known in full
    single = ready.groups[0] if len(ready.groups) == 1 else None
    areas = {site.area for site in ready.sites if not site.left_out} or {site.area for site in ready.sites}
    several = known and len(ready.groups) > 1
    return Judgement(
        verdict,
        _refer(work),
        rules.name,
        rules.label,
        rules.status,
        on,
        tuple({site.rule.code: site.rule for site in ready.sites if site.rule is not None}.values()),
        area=areas.pop() if len(areas) == 1 else None,
        land=figure_of(work.land),
        tax=figure_of(ready.tax),
        tax_year=ready.year,
        tax_basis=work.case.tax_basis,
        tax_per_mu=per_mu(ready.tax, work.land),
        required=figure_of(outcome.required) if known else None,
        required_by_land=figure_of(outcome.by_land) if known else None,
        gap_tax=figure_of(gap(outcome)) if decided else None,
        max_land=carried(outcome.bars[-1].known, single.rule.least_per_mu) if decided and single else None,
        margin=figure_of(margin(outcome.bars)) if decided and not ready.bound_only else None,
        critical=_is_critical(work, rules, on),
        at_ends=outcome.ends if decided else None,
        tests=tuple(_line(bar) for bar in outcome.bars) if known else (),
        plots=tuple(_plot(site, work, decided=decided) for site in ready.sites),
        feasible_split=outcome.feasible_split,
        min_commitments={group.rule.area: _need(group) for group in ready.groups} if several else None,
        missing=tuple(ready.notes.missing) if verdict is Verdict.INCOMPLETE else (),
    )


def _refer(work: Working) -> str | None:
    """Return ``consult`` where a person must decide: a split, or land that no rule covers, be it only a part."""
    if work.verdict is Verdict.INCOMPLETE or work.ready.no_land:
        return None
    left_out = any(site.left_out and site.asks_land for site in work.ready.sites)
    return CONSULT if left_out or work.verdict is Verdict.CONSULT else None


def _need(group: Group) -> Figure:
    line = group.rule.least_per_mu
    return Figure(times(group.land.low, line), times(group.land.high, line) if group.land.high.is_finite() else None)


def _line(bar: Bar) -> LineResult:
    if bar.measure != "tax_per_mu" or bar.group is None:
        area = bar.group.rule.area if bar.group else ""
        return LineResult(bar.measure, area, _given(bar.least), figure_of(bar.actual), bar.met)
    line = bar.group.rule.least_per_mu
    return LineResult(bar.measure, bar.group.rule.area, Figure(line, line), per_mu(bar.actual, bar.group.land), bar.met)


def _given(ends: Ends) -> Figure:
    return Figure(ends.low, ends.high if ends.high.is_finite() else None)


def _plot(site: Site, work: Working, *, decided: bool) -> PlotResult:
    """Return the row of one plot; a single plot has the project's tax."""
    ready = work.ready
    tax = ready.tax if len(ready.sites) == 1 else site.tax
    group = next((one for one in ready.groups if any(site is other for other in one.sites)), None)
    bar = next((one for one in work.outcome.bars if one.group is group), None) if group is not None else None
    alone = decided and group is not None and bar is not None and len(group.sites) == 1
    line = site.rule.least_per_mu if site.rule is not None and site.covered else None
    short = None
    if alone and bar is not None:
        short = gap(work.outcome) if len(ready.groups) == 1 else bar.short
    return PlotResult(
        site.area,
        site.land_use,
        figure_of(site.land),
        figure_of(tax),
        per_mu(tax, site.land),
        line,
        bar.met if decided and bar is not None else None,
        figure_of(short),
        carried(bar.known, line) if alone and bar is not None and line is not None else None,
        site.covered,
    )


def _years(case: Case, rates: Mapping[str, Decimal], work: Working) -> tuple[YearResult, ...]:
    rows = []
    for year, money in case.tax_by_year:
        tax = yuan_of(money, "tax_by_year", rates, Notes()) if case.tax_basis in FULL_BASIS else None
        rows.append(YearResult(year, figure_of(tax), per_mu(tax, work.land)))
    return tuple(rows)


def _if_all_phases(case: Case, rules: RuleSet, on: date, rates: Mapping[str, Decimal]) -> AllPhases | None:
    if all(phase.committed for phase in case.phases):
        return None
    work = work_out(case, rules, on, rates, all_phases=True)
    return AllPhases(work.verdict, per_mu(work.ready.tax, work.land))


def _flags(answer: Judgement, work: Working) -> Sequence[str]:
    flags = list(work.ready.notes.flags)
    if answer.tax_basis is None and answer.tax is not None and answer.verdict is not Verdict.NOT_APPLICABLE:
        flags.append("basis_assumed")
    if any(verdict not in (None, answer.verdict) for one in answer.rates for verdict in (one.at_minus, one.at_plus)):
        flags.append("rate_sensitive")
    if answer.reference is not None:
        flags.append("reference_only")
    return flags
