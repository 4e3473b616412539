"""A judgement for a terminal, and leased space for reference."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from crm.domain.fields.values import Lease
from crm.domain.quantities import Land, Money, Space
from crm.domain.thresholds import SEED, Case
from crm.domain.thresholds.alternatives import alternatives
from crm.domain.thresholds.text import text_of
from crm.i18n import use_language
from tests.crm.domain.thresholds.building import DAY, exactly, mu, plot, told, verdict_of, wan


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with use_language("zh_CN"):
        yield


def page(case: Case) -> str:
    judged = verdict_of(case)
    return text_of(judged, alternatives(case, judged, SEED, DAY))


def test_several_plots_are_listed() -> None:
    plots = (
        plot("高铁新城", mu("25.0005"), wan(5100), "industrial"),
        plot("其他区域", mu(5), None, "commercial"),
        plot(None, None),
    )
    text = page(Case(plots=plots))
    assert "  · 1｜高铁新城｜工业｜25.0005亩｜税收5100.00万元｜亩均203.99万元\n" in text
    assert "  · 2｜其他区域｜商服｜5亩｜规则未覆盖\n" in text
    assert "  · 3｜区域未填｜供地未填\n" in text


def test_the_years_are_listed_and_the_one_that_counts_is_marked() -> None:
    years = ((2028, wan(800)), (2029, None), (2030, wan(5200)))
    text = page(Case(area="高铁新城", land=mu(25), tax_by_year=years, full_year=2030))
    assert "  · 2028：800.00，亩均32.00\n  · 2029：未知\n  · 2030（达产年）：5200.00，亩均208.00\n" in text


def test_without_an_area_all_are_shown() -> None:
    text = page(Case(land=mu(25), annual_tax=wan(4000)))
    assert "各片区对照（须有实际地块）\n  · 高铁新城：不达标，税收要求不低于5000.00万元\n" in text
    assert "其他区域：" not in text  # the use of the land is not known: nothing can be said


def test_open_ranges_read_well() -> None:
    text = page(Case(area="高铁新城", land=Land(Decimal(25), None), annual_tax=Money(Decimal(5000), None)))
    assert "供地不低于25亩｜达产年税收不低于5000.00万元" in text
    assert "高新区：待核实，税收要求不低于3000.00万元" in text
    less = page(Case(area="高铁新城", land=Land(None, Decimal(30)), annual_tax=wan(5500)))
    assert "亩均税收不低于183.33万元，低值低于、高值不低于200万元" in less


def lease(space: Space | None, ratio: str | None) -> Lease:
    return Lease("厂房", space, None if ratio is None else Decimal(ratio))


def floor(low: int, high: int | None) -> Space:
    return Space(Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("leases", "code"),
    [
        ((lease(None, "2"),), "lease_without_space"),
        ((lease(floor(1000, None), "2"),), "lease_without_space"),
        ((lease(floor(1000, 1000), "2"), lease(floor(1000, 1000), None)), "lease_without_ratio"),
        ((lease(floor(1000, 1000), "200"),), "lease_ratio_odd"),
        ((lease(floor(1000, 1000), "0"),), "lease_ratio_odd"),
    ],
)
def test_leased_space_that_cannot_be_land(leases: tuple[Lease, ...], code: str) -> None:
    case = Case(land=mu(0), leases=leases, annual_tax=wan(600))
    got = verdict_of(case)
    assert got.reference is not None
    assert got.reference.equivalent_land is None
    assert code in told(got)
    assert "折算用地" in page(case)


def test_leased_space_without_a_tax_is_still_land() -> None:
    case = Case(land=mu(0), leases=(lease(floor(10000, 10000), "2"),))
    got = verdict_of(case)
    assert got.reference is not None
    assert (got.reference.equivalent_land, got.reference.tax_per_mu) == (exactly("7.5"), None)
    assert "折算参考：租赁面积折合用地7.5亩，仅供参考" in page(
        Case(land=mu(0), leases=(lease(floor(10000, 10000), "2"),))
    )


def test_a_first_phase_only_mentioned_is_told() -> None:
    land = Land(Decimal(50), Decimal(50), phase1=Decimal(20))
    got = verdict_of(Case(area="高铁新城", land=land, annual_tax=wan(10000)))
    assert (got.land, "phase1_mentioned" in told(got)) == (exactly(50), True)
