"""The judge on the worked cases, by its figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crm.domain.fields.values import Phase, Plot
from crm.domain.quantities import Land, Money, Rate
from crm.domain.thresholds import SEED, Case, Figure, Judgement, Verdict, judge

DAY = date(2026, 11, 22)


def mu(low: str, high: str | None = None) -> Land:
    return Land(Decimal(low), Decimal(high or low))


def wan(low: str, high: str | None = None, currency: str = "CNY") -> Money:
    return Money(Decimal(low), Decimal(high or low), currency=currency)


def verdict_of(case: Case) -> Judgement:
    return judge(case, SEED, DAY)


@pytest.mark.parametrize(
    ("given", "verdict", "figures", "critical"),
    [
        ("高铁新城 25 5000", "met", "5000 0 25", True),
        ("高铁新城 20 4000", "not_met", "5000 1000 20", False),
        ("高铁新城 30 5400", "not_met", "6000 600 27", False),
        ("开发区 37.5 3000", "met", "3000 0 37.5", True),
        ("其他区域 8 400", "met", "400 0 8", True),
        ("其他区域 100 4900", "not_met", "5000 100 98", True),
        ("高铁新城 25.0005 5000", "not_met", "5000.1 0.1 25", True),
        ("高铁新城 20 0", "not_met", "5000 5000 0", False),
    ],
)
def test_one_plot(given: str, verdict: str, figures: str, *, critical: bool) -> None:
    area, land, tax = given.split()
    got = verdict_of(Case(area=area, land=mu(land), land_use="industrial", annual_tax=wan(tax)))
    exact = [figure.exact if figure else None for figure in (got.required, got.gap_tax, got.max_land)]
    assert (got.verdict, exact, got.critical) == (verdict, [Decimal(one) for one in figures.split()], critical)


def test_two_areas_without_a_split_are_consulted_about() -> None:
    plots = (Plot("高铁新城", mu("10")), Plot("开发区", mu("30")))
    got = verdict_of(Case(plots=plots, annual_tax=wan("5200")))
    assert (got.verdict, got.refer, got.feasible_split) == (Verdict.CONSULT, "consult", True)
    needs = {"高铁新城": Figure(Decimal(2000), Decimal(2000)), "开发区": Figure(Decimal(2400), Decimal(2400))}
    assert got.min_commitments == needs


def test_only_committed_phases_count() -> None:
    phases = (Phase(mu("20"), wan("4200"), committed=True), Phase(mu("20"), wan("4200"), committed=False))
    got = verdict_of(Case(area="高铁新城", phases=phases))
    assert (got.verdict, got.gap_tax) == (Verdict.NOT_MET, Figure(Decimal(800), Decimal(800)))
    assert got.if_all_phases is not None
    assert got.if_all_phases.verdict is Verdict.MET


def test_a_foreign_tax_has_its_break_even() -> None:
    case = Case(
        area="高铁新城",
        land=mu("25"),
        annual_tax=wan("720", currency="USD"),
        rates=(Rate("USD", Decimal("7.10"), "2026-11-22"),),
    )
    got = verdict_of(case)
    assert got.verdict is Verdict.MET
    assert got.rates[0].break_even is not None
    assert str(got.rates[0].break_even.exact).startswith("6.94444444444444")
    assert (got.rates[0].at_minus, got.rates[0].at_plus) == (Verdict.NOT_MET, Verdict.MET)
    assert "rate_sensitive" in got.flags
