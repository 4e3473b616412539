"""A judgement as the document of the contract (cli.md, ``check``): exact decimals as strings, unknown null."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crm.domain.quantities.display import decimal_text
from crm.domain.thresholds.alternatives import Alternative
from crm.domain.thresholds.explain import explain, reason_text, verdict_text
from crm.domain.thresholds.judgement import Figure, Judgement, LineResult, PlotResult, RateResult, Reference


def to_json(judgement: Judgement, others: Sequence[Alternative] = ()) -> dict[str, Any]:
    """Return the document; its texts are in the language in use, its keys and codes never change.

    A figure known to the point is one string, a range ``{"low", "high"}`` with null for an open end. Quotients that do
    not end have 20 significant digits, rounded down (a break-even rate: up). ``on``, ``rules``,
    ``at_ends``, ``alternatives`` and ``at_plus_3_percent`` go beyond the contract.
    """
    return {
        "verdict": judgement.verdict.value,
        "verdict_text": verdict_text(judgement.verdict),
        "critical": judgement.critical,
        "refer": judgement.refer,
        "rule_set": judgement.rule_set,
        "rule_set_status": judgement.rule_set_status,
        "on": judgement.on.isoformat() if judgement.on is not None else None,
        "rules": [
            {"code": rule.code, "area": rule.area, "quote": rule.quote, "source": rule.source}
            for rule in judgement.rules
        ],
        "area": judgement.area,
        "land_mu": _figure(judgement.land),
        "tax_wan": _figure(judgement.tax),
        "tax_per_mu_wan": _figure(judgement.tax_per_mu),
        "required_tax_wan": _figure(judgement.required),
        "required_by_land_wan": _figure(judgement.required_by_land),
        "gap_tax_wan": _figure(judgement.gap_tax),
        "max_land_mu": _figure(judgement.max_land),
        "margin": _figure(judgement.margin),
        "at_ends": _ends(judgement),
        "tests": [_line(line) for line in judgement.tests],
        "plots": [_plot(plot) for plot in judgement.plots],
        "feasible_split": judgement.feasible_split,
        "min_commitments": _commitments(judgement),
        "by_year": [
            {"year": row.year, "tax_wan": _figure(row.tax), "tax_per_mu_wan": _figure(row.tax_per_mu)}
            for row in judgement.by_year
        ],
        "rates": [_rate(rate) for rate in judgement.rates],
        "if_all_phases": _all_phases(judgement),
        "reference": _reference(judgement.reference),
        "alternatives": [
            {
                "area": one.area,
                "verdict": one.verdict.value,
                "required_tax_wan": _figure(one.required),
                "gap_tax_wan": _figure(one.gap_tax),
            }
            for one in others
        ],
        "missing": list(judgement.missing),
        "flags": list(judgement.flags),
        "reasons": [reason_text(reason) for reason in judgement.reasons],
        "explanation": explain(judgement),
    }


def _figure(figure: Figure | None) -> str | dict[str, str | None] | None:
    if figure is None or (figure.low is None and figure.high is None):
        return None
    if figure.low == figure.high:
        return _number(figure.low)
    return {"low": _number(figure.low), "high": _number(figure.high)}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)


def _ends(judgement: Judgement) -> dict[str, str] | None:
    if judgement.at_ends is None:
        return None
    worst, best = judgement.at_ends
    return {"worst": worst.value, "best": best.value}


def _line(line: LineResult) -> dict[str, Any]:
    return {
        "measure": line.measure,
        "area": line.area or None,
        "least": _figure(line.least),
        "actual": _figure(line.actual),
        "met": line.met,
    }


def _plot(plot: PlotResult) -> dict[str, Any]:
    return {
        "area": plot.area,
        "land_mu": _figure(plot.land),
        "land_use": plot.land_use,
        "tax_wan": _figure(plot.tax),
        "tax_per_mu_wan": _figure(plot.tax_per_mu),
        "least_per_mu_wan": _number(plot.least_per_mu),
        "met": plot.met,
        "gap_tax_wan": _figure(plot.gap_tax),
        "max_land_mu": _figure(plot.max_land),
        "covered": plot.covered,
    }


def _commitments(judgement: Judgement) -> dict[str, Any] | None:
    if judgement.min_commitments is None:
        return None
    return {area: _figure(need) for area, need in judgement.min_commitments.items()}


def _rate(rate: RateResult) -> dict[str, Any]:
    return {
        "currency": rate.currency,
        "rate": None if rate.rate is None else format(rate.rate, "f"),
        "on": rate.on or None,
        "break_even": _figure(rate.break_even),
        "at_minus_3_percent": rate.at_minus.value if rate.at_minus else None,
        "at_plus_3_percent": rate.at_plus.value if rate.at_plus else None,
    }


def _all_phases(judgement: Judgement) -> dict[str, Any] | None:
    phases = judgement.if_all_phases
    if phases is None:
        return None
    return {
        "verdict": phases.verdict.value,
        "verdict_text": verdict_text(phases.verdict),
        "tax_per_mu_wan": _figure(phases.tax_per_mu),
    }


def _reference(reference: Reference | None) -> dict[str, Any] | None:
    if reference is None:
        return None
    return {
        "equivalent_land_m2": _figure(reference.equivalent_land_m2),
        "equivalent_land_mu": _figure(reference.equivalent_land),
        "tax_per_mu_wan": _figure(reference.tax_per_mu),
    }
