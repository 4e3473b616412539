"""Phases: only committed ones count, the rest is a prospect (decisions 26)."""

from __future__ import annotations

import pytest

from crm.domain.thresholds import Case, Verdict
from tests.crm.domain.thresholds.building import (
    between,
    exactly,
    meant,
    mu,
    plot,
    rate,
    signed,
    verdict_of,
    wan,
)

HSR, TECH, ZONE, OTHER = "高铁新城", "高新区", "开发区", "其他区域"


def one(**more: object) -> Case:
    """Return a plot in 高铁新城 of 25 亩, 5000 万元, with what a test changes."""
    return Case(**({"area": HSR, "land": mu(25), "annual_tax": wan(5000)} | more))  # type: ignore[arg-type]  # by name


def test_no_phase_committed_is_no_verdict_but_a_prospect() -> None:
    got = verdict_of(Case(area=HSR, phases=(meant(mu(25), wan(5000)),)))
    assert (got.verdict, got.missing) == (Verdict.INCOMPLETE, ("phases",))
    assert got.if_all_phases is not None
    assert (got.if_all_phases.verdict, got.if_all_phases.tax_per_mu) == (Verdict.MET, exactly(200))


def test_all_phases_committed_are_the_project() -> None:
    got = verdict_of(Case(area=HSR, phases=(signed(mu(20), wan(4200)), signed(mu(20), wan(4200)))))
    assert (got.verdict, got.land, got.tax, got.if_all_phases) == (Verdict.MET, exactly(40), exactly(8400), None)
    assert "phase_uncommitted" not in got.flags


def test_a_committed_phase_lacking_a_figure_is_named() -> None:
    got = verdict_of(Case(area=HSR, phases=(signed(mu(20), None), signed(None, wan(1)), meant(None, None))))
    assert got.missing == ("phases[1].land", "phases[0].tax")


def test_an_intended_phase_lacking_a_figure_is_no_matter() -> None:
    got = verdict_of(Case(area=HSR, phases=(signed(mu(25), wan(5000)), meant(None, None))))
    assert got.verdict is Verdict.MET
    assert got.if_all_phases is not None
    assert got.if_all_phases.verdict is Verdict.INCOMPLETE


def test_phases_without_figures_leave_them_to_the_project() -> None:
    assert verdict_of(one(phases=(signed(None, None),))).verdict is Verdict.MET


def test_phases_may_be_foreign_and_ranges() -> None:
    phases = (signed(mu(10), wan(300, 400, "USD")), signed(mu(15), wan(2000)))
    assert verdict_of(Case(area=HSR, phases=phases)).missing == ("rate:USD",)
    got = verdict_of(Case(area=HSR, phases=phases, rates=(rate("USD", "7.5"),)))
    assert (got.verdict, got.tax) == (Verdict.UNCERTAIN, between(4250, 5000))
    assert got.rates[0].break_even == between("7.5", 10)


@pytest.mark.parametrize(
    ("land", "tax", "flagged"), [(20, 4200, False), (40, 8400, False), (30, 8400, True), (40, 5000, True)]
)
def test_the_project_may_state_the_committed_or_all_phases(land: int, tax: int, *, flagged: bool) -> None:
    phases = (signed(mu(20), wan(4200)), meant(mu(20), wan(4200)))
    got = verdict_of(Case(area=HSR, land=mu(land), annual_tax=wan(tax), phases=phases))
    assert (got.verdict, got.land, "contradiction" in got.flags) == (Verdict.NOT_MET, exactly(20), flagged)


def test_phases_and_plots() -> None:
    phases = (signed(mu(20), wan(4200)), meant(mu(20), wan(4200)))
    same = verdict_of(Case(plots=(plot(HSR, mu(25)), plot(HSR, mu(15))), phases=phases))
    assert (same.verdict, same.land) == (Verdict.NOT_MET, exactly(20))
    apart = verdict_of(Case(plots=(plot(HSR, mu(20)), plot(ZONE, mu(20))), phases=phases))
    assert (apart.verdict, apart.missing) == (Verdict.INCOMPLETE, ("phases",))
    assert apart.if_all_phases is not None
    assert apart.if_all_phases.verdict is Verdict.CONSULT
    all_signed = tuple(signed(phase.land, phase.tax) for phase in phases)
    whole = verdict_of(Case(plots=(plot(HSR, mu(20)), plot(ZONE, mu(20))), phases=all_signed))
    assert (whole.verdict, whole.tax) == (Verdict.CONSULT, exactly(8400))
