"""Why a judgement is as it is: codes with their figures, in the order a reader wants them (words: ``explain``).

First the lines, then what would make the project pass, then what the reader must know about the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from crm.domain.reasons import Reason
from crm.domain.thresholds.compare import spare
from crm.domain.thresholds.figures import figure_of
from crm.domain.thresholds.judgement import Figure, Judgement, Verdict
from crm.domain.thresholds.rules import RuleSet
from crm.domain.thresholds.working import Working, carried, work_out

LINE_CODES = frozenset(
    f"{measure}_{result}"
    for measure in ("project_tax", "tax_per_mu", "tax_by_land")
    for result in ("met", "short", "open")
)
"""Reasons that tell one line each: the numbered part of an explanation."""

REMEDY_CODES = frozenset({"raise_tax", "raise_area_tax", "cut_land", "cut_area_land", "split_again"})
"""Reasons that tell what would make the project pass."""


def reasons_of(answer: Judgement, work: Working, rules: RuleSet, on: date) -> tuple[Reason, ...]:
    """Return the reasons of a judgement."""
    reasons = [*_lines(answer), *_verdict(answer, work, rules, on)]
    if answer.critical:
        reasons.append(Reason("critical", {"spare": spare(work.outcome.bars)}))
    if "basis_assumed" in answer.flags:
        reasons.append(Reason("basis_assumed"))
    reasons += work.ready.notes.reasons
    reasons += _rates(answer, rules.setting("rate_band", on)) if answer.rates else ()
    reasons += _phases(answer)
    return tuple(reasons)


def _lines(answer: Judgement) -> Iterator[Reason]:
    several = len({line.area for line in answer.tests if line.area}) > 1
    for line in answer.tests:
        if line.actual is None:
            continue
        result = {True: "met", False: "short", None: "open"}[line.met]
        parameters: dict[str, object] = {"actual": line.actual, "least": line.least}
        if several:
            parameters["area"] = line.area
        yield Reason(f"{line.measure}_{result}", parameters)


def _verdict(answer: Judgement, work: Working, rules: RuleSet, on: date) -> Iterator[Reason]:
    if work.ready.no_land:
        yield Reason("no_land")
    elif answer.verdict is Verdict.INCOMPLETE:
        yield from _incomplete(answer, work, rules, on)
    elif answer.verdict is Verdict.NOT_MET:
        yield from _remedies(answer, work)
    elif answer.verdict is Verdict.UNCERTAIN:
        yield _ends_differ(answer)
        if answer.required is not None and answer.required.high is not None:
            code = "commit_split" if work.ready.split else "commit"
            yield Reason(code, {"required": answer.required.high, "commitments": answer.min_commitments})
    elif answer.verdict is Verdict.CONSULT:
        yield from _consult(answer, work)


def _ends_differ(answer: Judgement) -> Reason:
    worst, best = answer.at_ends or (None, None)
    each = answer.tax_per_mu or Figure(None, None)
    return Reason(
        "ends_differ",
        {
            "tax": _range(answer.tax),
            "land": _range(answer.land),
            "worst": worst,
            "worst_mu": each.low,
            "best": best,
            "best_mu": each.high,
            "contradiction": "contradiction" in answer.flags,
        },
    )


def _range(figure: Figure | None) -> Figure | None:
    return figure if figure is not None and figure.exact is None else None


def _incomplete(answer: Judgement, work: Working, rules: RuleSet, on: date) -> Iterator[Reason]:
    yield Reason("missing", {"fields": answer.missing})
    if any(code == "land" or code.endswith(".land") for code in answer.missing):
        yield Reason("land_or_none")
    if answer.required is not None and answer.required.high is not None and "land" not in answer.missing:
        yield Reason("needed", {"land": answer.land, "required": answer.required.high})
    if answer.missing == ("land_use",):
        area = work.ready.sites[0].area
        rule = rules.rule_for(area, on) if area else None
        for use in sorted(rule.land_uses) if rule else ():
            other = work_out(replace(work.case, land_use=use), rules, on, work.rates)
            yield Reason(
                "use_decides",
                {
                    "use": use,
                    "verdict": other.verdict,
                    "per_mu": answer.tax_per_mu,
                    "least": rule and rule.least_per_mu,
                },
            )


def _remedies(answer: Judgement, work: Working) -> Iterator[Reason]:
    """Tell what would make it pass; land is only cut where the total line is met as it is (decision 28)."""
    total_met = all(line.met is True for line in answer.tests if line.measure == "project_tax")
    if work.ready.split:
        yield from _remedies_of_split(answer, work, total_met=total_met)
        return
    if len(work.ready.groups) > 1:
        yield Reason("no_split")
    yield Reason("raise_tax", {"required": answer.required, "gap": answer.gap_tax})
    if total_met and answer.max_land is not None and answer.max_land.low:
        yield Reason("cut_land", {"max_land": answer.max_land.low})


def _remedies_of_split(answer: Judgement, work: Working, *, total_met: bool) -> Iterator[Reason]:
    for bar in work.outcome.bars:
        if bar.group is None or bar.met is not False:
            continue
        yield Reason("raise_area_tax", {"area": bar.group.rule.area, "gap": figure_of(bar.short)})
        most = carried(bar.known, bar.group.rule.least_per_mu).low
        if total_met and most:
            yield Reason("cut_area_land", {"area": bar.group.rule.area, "max_land": most})
    if not total_met:
        yield Reason("raise_tax", {"required": answer.required, "gap": answer.gap_tax})
    elif answer.feasible_split:
        yield Reason("split_again", {"commitments": answer.min_commitments, "required": answer.required})


def _consult(answer: Judgement, work: Working) -> Iterator[Reason]:
    if work.ready.bound_only:
        yield Reason("rest_unknown")
    if len(work.ready.groups) > 1:
        yield Reason("split_possible", {"commitments": answer.min_commitments, "required": answer.required})


def _rates(answer: Judgement, band: Decimal) -> Iterator[Reason]:
    for one in answer.rates:
        if one.rate is not None:
            code = "rate_used" if one.on else "rate_used_undated"
            yield Reason(code, {"currency": one.currency, "rate": one.rate, "on": one.on})
        if one.break_even is not None and one.break_even.high is not None:
            yield Reason("break_even", {"currency": one.currency, "rate": one.break_even.high})
        turned = [verdict for verdict in (one.at_minus, one.at_plus) if verdict not in (None, answer.verdict)]
        if turned:
            yield Reason("rate_sensitive", {"currency": one.currency, "verdict": turned[0], "band": band})


def _phases(answer: Judgement) -> Iterator[Reason]:
    if answer.if_all_phases is not None:
        yield Reason("phases_intended")
        yield Reason(
            "if_all_phases",
            {"verdict": answer.if_all_phases.verdict, "per_mu": answer.if_all_phases.tax_per_mu},
        )
