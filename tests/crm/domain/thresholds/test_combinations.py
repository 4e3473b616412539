"""Plots, yearly figures, ranges and currencies together (decisions 22, 25–27, 34, 38)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from crm.domain.quantities import Land, Money
from crm.domain.thresholds import SEED, Case, Verdict, judge
from tests.crm.domain.thresholds.building import (
    between,
    exactly,
    mu,
    plot,
    rate,
    told,
    verdict_of,
    wan,
)

HSR, TECH, ZONE, OTHER = "高铁新城", "高新区", "开发区", "其他区域"


def one(**more: object) -> Case:
    """Return a plot in 高铁新城 of 25 亩, 5000 万元, with what a test changes."""
    return Case(**({"area": HSR, "land": mu(25), "annual_tax": wan(5000)} | more))  # type: ignore[arg-type]  # by name


# No land, no figure


def test_no_land_is_never_met_and_needs_nothing_else() -> None:
    got = verdict_of(Case(land=mu(0), annual_tax=wan(99999), tax_basis="local"))
    assert (got.verdict, got.refer, got.missing, got.required) == (Verdict.NOT_APPLICABLE, None, (), None)
    assert told(got) == {"no_land"}


def test_land_not_filled_in_is_not_no_land() -> None:
    got = verdict_of(one(land=None))
    assert (got.verdict, got.missing) == (Verdict.INCOMPLETE, ("land",))
    assert "land_or_none" in told(got)


def test_everything_missing_is_named_at_once() -> None:
    assert verdict_of(Case()).missing == ("land", "area", "annual_tax")
    assert verdict_of(Case(area=HSR)).missing == ("land", "annual_tax")
    assert verdict_of(Case(area=OTHER, land=mu(8))).missing == ("land_use", "annual_tax")


def test_a_tax_of_nothing_is_a_figure() -> None:
    got = verdict_of(one(annual_tax=wan(0)))
    assert (got.verdict, got.tax, got.gap_tax) == (Verdict.NOT_MET, exactly(0), exactly(5000))
    assert "cut_land" not in told(got)


@pytest.mark.parametrize("tax", [None, Money(None, None, vague=True, text="数千万元")])
def test_a_tax_not_known_tells_what_it_must_be(tax: Money | None) -> None:
    got = verdict_of(one(annual_tax=tax, land=mu(30)))
    assert (got.verdict, got.missing, got.tax, got.gap_tax) == (Verdict.INCOMPLETE, ("annual_tax",), None, None)
    assert got.required == exactly(6000)
    assert [line.actual for line in got.tests] == [None, None]


@pytest.mark.parametrize(("field", "figure"), [("land", mu("-5")), ("annual_tax", wan("-1")), ("land", mu(9, 3))])
def test_what_cannot_be_counts_as_not_given(field: str, figure: object) -> None:
    got = verdict_of(one(**{field: figure}))
    assert (got.verdict, got.missing) == (Verdict.INCOMPLETE, (field,))
    assert "impossible" in told(got)


def test_huge_and_tiny_figures_are_compared_exactly() -> None:
    land = mu("123456789012345678901234567890.00001")
    assert verdict_of(one(land=land, annual_tax=wan("24691357802469135780246913578000.002"))).verdict is Verdict.MET
    below = wan("24691357802469135780246913578000.001999999")
    assert verdict_of(one(land=land, annual_tax=below)).verdict is Verdict.NOT_MET
    assert "beyond_belief" in told(verdict_of(one(land=mu(Decimal("1e9999")))))


# Basis, area, use, day


@pytest.mark.parametrize(("basis", "verdict"), [(None, "met"), ("full", "met"), ("local", "incomplete")])
def test_only_the_full_basis_is_compared(basis: str | None, verdict: str) -> None:
    got = verdict_of(one(tax_basis=basis))
    assert got.verdict == verdict
    assert ("basis_assumed" in got.flags) == (basis is None)
    assert (got.missing, got.tax) == ((), exactly(5000)) if verdict == "met" else (("tax_basis",), None)


@pytest.mark.parametrize(
    ("use", "verdict", "refer", "missing"),
    [
        ("industrial", "not_met", None, ()),
        ("commercial", "not_applicable", "consult", ()),
        ("research", "not_applicable", "consult", ()),
        ("residential", "not_applicable", "consult", ()),
        ("other", "not_applicable", "consult", ()),
        (None, "incomplete", None, ("land_use",)),
    ],
)
def test_the_line_of_other_areas_is_for_industrial_land(
    use: str | None, verdict: str, refer: str | None, missing: tuple[str, ...]
) -> None:
    got = verdict_of(Case(area=OTHER, land=mu(12), land_use=use, annual_tax=wan(240)))
    assert (got.verdict, got.refer, got.missing, got.tax_per_mu) == (verdict, refer, missing, exactly(20))
    assert ("use_decides" in told(got)) == (use is None)
    assert (got.required is None) == (use != "industrial")


def test_any_use_counts_in_the_named_areas() -> None:
    assert verdict_of(one(land_use="commercial")).verdict is Verdict.MET


def test_an_address_is_not_guessed_at() -> None:
    got = verdict_of(one(area=None, address="苏州市相城区东桥开发区"))
    assert (got.verdict, got.missing, got.required) == (Verdict.INCOMPLETE, ("area",), None)
    assert "address_unmapped" in told(got)


def test_a_rule_set_does_not_reach_back_before_its_source() -> None:
    got = judge(one(), SEED, date(2018, 12, 31))
    assert (got.verdict, got.missing) == (Verdict.INCOMPLETE, ("rule_set",))
    assert judge(one(), SEED, date(2019, 1, 1)).verdict is Verdict.MET


# Ranges


@pytest.mark.parametrize(
    ("land", "tax", "verdict"),
    [
        (mu(25), wan(4500, 5500), "uncertain"),
        (mu(25), wan(5000, 5500), "met"),
        (mu(25), wan(4000, 4999), "not_met"),
        (mu(20, 30), wan(5000), "uncertain"),
        (mu(20, 25), wan(5000), "met"),
        (mu(26, 30), wan(5000), "not_met"),
        (mu(20, 30), wan(6000, 7000), "met"),
        (mu(0, 25), wan(5000), "uncertain"),
        (Land(None, Decimal(25)), wan(5000), "met"),
        (Land(Decimal(25), None), wan(5000), "uncertain"),
        (Land(Decimal(25), None), wan(4999), "not_met"),
        (mu(25), Money(Decimal(5000), None), "met"),
        (mu(25), Money(Decimal(4000), None), "uncertain"),
        (mu(25), Money(None, Decimal(4999)), "not_met"),
        (mu(25), Money(None, Decimal(5000)), "uncertain"),
    ],
)
def test_a_range_is_judged_at_both_ends(land: Land, tax: Money, verdict: str) -> None:
    got = verdict_of(one(land=land, annual_tax=tax))
    assert got.verdict == verdict
    if verdict == "uncertain":
        assert ("commit" in told(got)) == (land.high is not None)  # no figure is enough for any amount of land


def test_the_figures_of_a_range_are_ranges() -> None:
    got = verdict_of(one(land=mu(20, 30), annual_tax=wan(4500, 5500)))
    assert (got.required, got.gap_tax) == (between(5000, 6000), between(0, 1500))
    assert (got.tax_per_mu, got.max_land) == (between(150, 275), between("22.5", "27.5"))
    assert got.margin == between("-0.25", "0.1")
    assert got.at_ends == (Verdict.NOT_MET, Verdict.MET)
    assert [line.met for line in got.tests] == [None, None]


def test_about_widens_nothing() -> None:
    got = verdict_of(one(land=mu(25, about=True)))
    assert (got.verdict, got.land) == (Verdict.MET, exactly(25))
    assert "approximate" in got.flags


# Plots


def test_plots_of_one_area_are_pooled() -> None:
    got = verdict_of(Case(plots=(plot(HSR, mu(10), wan(1000)), plot(HSR, mu(15), wan(4000)))))
    assert (got.verdict, got.land, got.tax) == (Verdict.MET, exactly(25), exactly(5000))
    assert [(row.met, row.gap_tax, row.max_land) for row in got.plots] == [(True, None, None)] * 2
    assert (got.feasible_split, got.min_commitments) == (None, None)


def test_one_area_needs_no_split() -> None:
    got = verdict_of(Case(plots=(plot(HSR, mu(10), wan(1000)), plot(HSR, mu(15))), annual_tax=wan(5000)))
    assert got.verdict is Verdict.MET
    missing = verdict_of(Case(plots=(plot(HSR, mu(10), wan(1000)), plot(HSR, mu(15)))))
    assert (missing.verdict, missing.missing) == (Verdict.INCOMPLETE, ("plots[1].tax",))


@pytest.mark.parametrize(
    ("tax", "verdict", "feasible"),
    [("5000", "consult", True), ("4999.9999", "not_met", False), ("4400", "not_met", False)],
)
def test_without_a_split_it_is_a_question_whether_there_can_be_one(tax: str, verdict: str, *, feasible: bool) -> None:
    got = verdict_of(Case(plots=(plot(HSR, mu(10)), plot(ZONE, mu(30))), annual_tax=wan(tax)))
    assert (got.verdict, got.feasible_split) == (verdict, feasible)
    assert got.refer == ("consult" if feasible else None)
    assert got.min_commitments == {HSR: exactly(2000), ZONE: exactly(2400)}
    assert (got.required_by_land, got.required, got.max_land) == (exactly(4400), exactly(5000), None)


@pytest.mark.parametrize(
    ("taxes", "verdict", "gap"),
    [
        ((2600, 2400), "met", 0),
        ((1999, 9000), "not_met", 1),
        ((2000, 2400), "not_met", 600),
        ((1000, 2400), "not_met", 1600),
        ((0, 0), "not_met", 5000),
    ],
)
def test_with_a_split_each_area_and_the_whole_must_pass(taxes: tuple[int, int], verdict: str, gap: int) -> None:
    got = verdict_of(Case(plots=(plot(HSR, mu(10), wan(taxes[0])), plot(ZONE, mu(30), wan(taxes[1])))))
    assert (got.verdict, got.gap_tax, got.area) == (verdict, exactly(gap), None)


def test_a_split_that_fails_where_another_would_not_says_so() -> None:
    got = verdict_of(Case(plots=(plot(HSR, mu(10), wan(1000)), plot(ZONE, mu(30), wan(9000)))))
    assert (got.verdict, got.feasible_split) == (Verdict.NOT_MET, True)
    assert {"raise_area_tax", "cut_area_land", "split_again"} <= told(got)
    assert [(row.met, row.gap_tax, row.max_land) for row in got.plots] == [
        (False, exactly(1000), exactly(5)),
        (True, exactly(0), exactly("112.5")),
    ]


def test_a_split_for_some_plots_is_incomplete() -> None:
    plots = (plot(HSR, mu(10), wan(3000)), plot(ZONE, mu(30)))
    got = verdict_of(Case(plots=plots, annual_tax=wan(9000)))
    assert (got.verdict, got.missing) == (Verdict.INCOMPLETE, ("plots[1].tax",))
    assert got.required == exactly(5000)


def test_a_plot_lacking_area_or_land_is_named() -> None:
    got = verdict_of(Case(plots=(plot(None, mu(10), wan(1)), plot(HSR, None, wan(1)), plot(OTHER, mu(1), wan(1)))))
    assert got.missing == ("plots[0].area", "plots[1].land", "plots[2].land_use")
    assert (got.verdict, got.required, got.tests) == (Verdict.INCOMPLETE, None, ())


def test_a_plot_takes_area_and_use_from_the_project() -> None:
    got = verdict_of(Case(area=OTHER, land_use="industrial", plots=(plot(None, mu(8)),), annual_tax=wan(400)))
    assert got.verdict is Verdict.MET


def test_uses_differ_within_other_areas() -> None:
    plots = (plot(OTHER, mu(8), wan(400), "industrial"), plot(OTHER, mu(4), wan(10), "commercial"))
    got = verdict_of(Case(plots=plots))
    assert (got.verdict, got.refer, got.land, got.tax) == (Verdict.MET, "consult", exactly(8), exactly(400))
    assert "plot_not_covered" in got.flags
    assert [row.covered for row in got.plots] == [True, False]


@pytest.mark.parametrize(
    ("tax", "left_out", "verdict"),
    [(6200, None, "consult"), (4999, None, "not_met"), (6200, 1200, "met"), (6200, 1201, "not_met")],
)
def test_a_plot_not_covered_is_left_out_with_its_tax(tax: int, left_out: int | None, verdict: str) -> None:
    away = None if left_out is None else wan(left_out)
    plots = (plot(HSR, mu(25)), plot(OTHER, mu(5), away, "commercial"))
    got = verdict_of(Case(plots=plots, annual_tax=wan(tax)))
    assert (got.verdict, got.land, got.refer) == (verdict, exactly(25), "consult")
    assert ("rest_unknown" in told(got)) == (verdict == "consult")


def test_left_out_plots_cannot_have_more_tax_than_the_whole() -> None:
    plots = (plot(HSR, mu(25)), plot(OTHER, mu(5), wan(900), "commercial"))
    got = verdict_of(Case(plots=plots, annual_tax=wan(800)))
    assert (got.verdict, got.missing) == (Verdict.INCOMPLETE, ("annual_tax",))
    assert "contradiction" in got.flags


def test_only_plots_no_rule_covers_are_a_matter_of_consultation() -> None:
    plots = (plot(OTHER, mu(8), wan(100), "research"), plot(OTHER, mu(4), wan(140), "commercial"))
    got = verdict_of(Case(plots=plots))
    assert (got.verdict, got.refer, got.land, got.tax) == (
        Verdict.NOT_APPLICABLE,
        "consult",
        exactly(12),
        exactly(240),
    )


def test_a_plot_without_land_is_pooled_or_left_out() -> None:
    pooled = verdict_of(Case(plots=(plot(HSR, mu(25), wan(4000)), plot(HSR, mu(0), wan(1000)))))
    assert pooled.verdict is Verdict.MET
    alone = verdict_of(Case(plots=(plot(HSR, mu(25), wan(4500)), plot(ZONE, mu(0), wan(1000)))))
    assert (alone.verdict, alone.tax, alone.refer) == (Verdict.NOT_MET, exactly(4500), None)
    assert "plot_without_land" in told(alone)
    assert verdict_of(Case(plots=(plot(HSR, mu(0)), plot(ZONE, mu(0))))).verdict is Verdict.NOT_APPLICABLE


def test_ranges_in_a_split_and_in_a_consultation() -> None:
    split = (plot(HSR, mu(10), wan(1900, 2600)), plot(ZONE, mu(30), wan(3100)))
    assert verdict_of(Case(plots=split)).verdict is Verdict.UNCERTAIN
    unsplit = (plot(HSR, mu(10)), plot(ZONE, mu(30, 50)))
    assert verdict_of(Case(plots=unsplit, annual_tax=wan(5500))).verdict is Verdict.UNCERTAIN
    assert verdict_of(Case(plots=unsplit, annual_tax=wan(6000))).verdict is Verdict.CONSULT
    assert verdict_of(Case(plots=unsplit, annual_tax=wan(4900))).verdict is Verdict.NOT_MET


def test_a_foreign_tax_of_a_plot_needs_its_rate() -> None:
    plots = (plot(HSR, mu(10), wan(400, currency="USD")), plot(ZONE, mu(30), wan(2400)))
    got = verdict_of(Case(plots=plots))
    assert (got.verdict, got.missing) == (Verdict.INCOMPLETE, ("rate:USD",))
    assert got.rates[0].break_even == exactly("6.5")
    done = verdict_of(Case(plots=plots, rates=(rate("USD", "6.5"),)))
    assert (done.verdict, done.rates[0].at_minus) == (Verdict.MET, Verdict.NOT_MET)


# Two statements of one figure


def test_the_year_of_full_production_decides() -> None:
    years = ((2028, wan(800)), (2030, wan(5200)))
    got = verdict_of(one(annual_tax=None, tax_by_year=years, full_year=2030))
    assert (got.verdict, got.tax, got.tax_year) == (Verdict.MET, exactly(5200), 2030)
    assert [(row.year, row.tax_per_mu) for row in got.by_year] == [(2028, exactly(32)), (2030, exactly(208))]


@pytest.mark.parametrize(
    ("full_year", "missing"), [(None, ("full_year",)), (2031, ("tax_by_year[2031]",)), (2029, ("tax_by_year[2029]",))]
)
def test_yearly_figures_without_that_year_are_incomplete(full_year: int | None, missing: tuple[str, ...]) -> None:
    years = ((2028, wan(9000)), (2029, None), (2030, wan(9000)))
    got = verdict_of(one(annual_tax=None, tax_by_year=years, full_year=full_year))
    assert (got.verdict, got.missing) == (Verdict.INCOMPLETE, missing)


@pytest.mark.parametrize(
    ("annual", "year", "verdict", "flagged"),
    [
        (wan(5300), wan(5200), "met", True),
        (wan(4000), wan(5200), "uncertain", True),
        (wan(5200), wan(4000), "uncertain", True),
        (wan(4000), wan(4200), "not_met", True),
        (wan(4500, 5500), wan(5200), "met", False),
        (wan(700, currency="USD"), wan(5200), "met", False),
    ],
)
def test_two_statements_of_the_tax_are_held_against_each_other(
    annual: Money, year: Money, verdict: str, *, flagged: bool
) -> None:
    got = verdict_of(one(annual_tax=annual, tax_by_year=((2030, year),), full_year=2030))
    assert (got.verdict, "contradiction" in got.flags) == (verdict, flagged)
    assert ("tax_contradiction" in told(got)) == flagged


def test_annual_tax_stands_where_the_year_has_no_figure() -> None:
    assert verdict_of(one(tax_by_year=((2028, wan(800)),))).verdict is Verdict.MET


def test_a_split_is_held_against_the_whole() -> None:
    plots = (plot(HSR, mu(10), wan(2600)), plot(ZONE, mu(30), wan(2400)))
    assert verdict_of(Case(plots=plots, annual_tax=wan(5000))).flags == ("basis_assumed",)
    got = verdict_of(Case(plots=plots, annual_tax=wan(4900)))
    assert (got.verdict, "contradiction" in got.flags) == (Verdict.UNCERTAIN, True)


def test_plots_are_held_against_the_land_of_the_project() -> None:
    same = verdict_of(Case(land=mu(25), plots=(plot(HSR, mu(25)),), annual_tax=wan(5000)))
    assert (same.verdict, same.flags) == (Verdict.MET, ("basis_assumed",))
    other = verdict_of(Case(land=mu(30), plots=(plot(HSR, mu(25)),), annual_tax=wan(5000)))
    assert (other.verdict, other.land) == (Verdict.UNCERTAIN, between(25, 30))
    several = verdict_of(Case(land=mu(50), plots=(plot(HSR, mu(10)), plot(ZONE, mu(30))), annual_tax=wan(5200)))
    assert (several.verdict, several.missing) == (Verdict.INCOMPLETE, ("land",))


# Rates


def test_a_rate_of_another_currency_is_not_used() -> None:
    got = verdict_of(one(annual_tax=wan(720, currency="USD"), rates=(rate("EUR", "7.8"),)))
    assert got.missing == ("rate:USD",)
    assert "rate_unused" in told(got)


@pytest.mark.parametrize(
    ("currency", "value", "code"),
    [
        ("JPY", "4.8", "rate_per_hundred"),
        ("USD", "0.14", "rate_upside_down"),
        ("USD", "71", "rate_odd"),
        ("USD", "0", "rate_odd"),
        ("DEM", "3.9", "rate_without_range"),
    ],
)
def test_a_rate_that_is_not_believed_is_asked(currency: str, value: str, code: str) -> None:
    got = verdict_of(one(annual_tax=wan(65000, currency=currency), rates=(rate(currency, value),)))
    assert (got.verdict, got.missing, got.tax) == (Verdict.INCOMPLETE, (f"rate:{currency}",), None)
    assert code in told(got)


def test_the_latest_rate_up_to_the_day_is_used() -> None:
    case = one(annual_tax=wan(720, currency="USD"))
    rates = (rate("USD", "7.00", "2026-11-01"), rate("USD", "7.10", "2026-11-20"), rate("USD", "6.5", "2026-12-01"))
    got = verdict_of(Case(area=case.area, land=case.land, annual_tax=case.annual_tax, rates=rates))
    assert (got.rates[0].rate, got.rates[0].on) == (Decimal("7.10"), "2026-11-20")
    late = verdict_of(one(annual_tax=wan(720, currency="USD"), rates=rates[2:]))
    assert "rate_after_day" in told(late)
    assert late.tax == exactly(4680)


def test_two_rates_of_one_day_are_asked() -> None:
    rates = (rate("USD", "7.10"), rate("USD", "7.20"))
    got = verdict_of(one(annual_tax=wan(720, currency="USD"), rates=rates))
    assert (got.missing, "rate_conflict" in told(got)) == (("rate:USD",), True)


@pytest.mark.parametrize(("tax", "sensitive"), [("720", True), ("740", False), ("690", True), ("600", False)])
def test_a_verdict_three_percent_would_turn_is_flagged(tax: str, *, sensitive: bool) -> None:
    got = verdict_of(one(annual_tax=wan(tax, currency="USD"), rates=(rate("USD", "7.10"),)))
    assert ("rate_sensitive" in got.flags) == sensitive


def test_no_rate_helps_where_another_line_fails() -> None:
    plots = (plot(HSR, mu(10), wan(1000)), plot(ZONE, mu(30), wan(9000, currency="USD")))
    got = verdict_of(Case(plots=plots, rates=(rate("USD", "7.1"),)))
    assert (got.verdict, got.rates[0].break_even) == (Verdict.NOT_MET, None)


def test_a_split_that_is_tight_in_one_area_is_critical_by_that_area() -> None:
    got = verdict_of(Case(plots=(plot(HSR, mu(10), wan(2001)), plot(ZONE, mu(30), wan(9000)))))
    assert (got.verdict, got.critical, got.margin) == (Verdict.MET, True, exactly("0.0005"))
    [reason] = [one for one in got.reasons if one.code == "critical"]
    assert reason.parameters["spare"] == Decimal(1)


def test_a_split_with_a_range_asks_for_figures_plot_by_plot() -> None:
    got = verdict_of(Case(plots=(plot(HSR, mu(10), wan(1900, 2600)), plot(ZONE, mu(30), wan(3100)))))
    assert "commit_split" in told(got)


def test_what_land_use_would_decide_is_told_with_the_rate() -> None:
    case = Case(area=OTHER, land=mu(12), annual_tax=wan(100, currency="USD"), rates=(rate("USD", "7.1"),))
    [reason] = [one for one in verdict_of(case).reasons if one.code == "use_decides"]
    assert (reason.parameters["use"], reason.parameters["verdict"]) == ("industrial", Verdict.MET)


def test_a_rate_nobody_needs_is_not_asked_for() -> None:
    plots = (plot(HSR, mu(10), wan(2600)), plot(ZONE, mu(30), wan(2400)))
    got = verdict_of(Case(plots=plots, annual_tax=wan(700, currency="USD")))
    assert (got.verdict, got.rates) == (Verdict.MET, ())


def test_the_break_even_of_open_and_contradicting_figures() -> None:
    usd = rate("USD", "7.1")
    open_above = Money(Decimal(600), None, currency="USD")
    got = verdict_of(one(annual_tax=open_above, rates=(usd,)))
    assert got.rates[0].break_even == between(None, "8.3333333333333333334")
    any_land = verdict_of(one(land=Land(Decimal(25), None), annual_tax=wan(720, currency="USD"), rates=(usd,)))
    assert any_land.rates[0].break_even == between("6.9444444444444444445", None)
    both = one(annual_tax=wan(600, currency="USD"), tax_by_year=((2030, wan(720, currency="USD")),), full_year=2030)
    told_twice = verdict_of(
        Case(both.area, both.land, None, both.annual_tax, tax_by_year=both.tax_by_year, full_year=2030, rates=(usd,))
    )
    assert (told_twice.verdict, told_twice.rates[0].break_even) == (Verdict.UNCERTAIN, None)
