from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.quantities import Land, Site, Space, UnitMissingError, read_land, read_site, read_space
from crm.errors import ValueRefusedError

NO_LAND = (Decimal(0), Decimal(0))


def mu(text: str, unit: str = "亩") -> Decimal | None:
    land = read_land(text, unit=unit)
    assert land is not None
    return land.exact


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("25亩", "25"),
        ("２５亩", "25"),
        ("约25亩", "25"),
        ("25亩左右", "25"),
        ("二十五亩", "25"),
        ("25畝", "25"),
        ("25亩地", "25"),
        ("工业用地25亩", "25"),
        ("约25亩工业用地", "25"),
        ("25亩（净地）", "25"),
        ("2.5公顷", "37.5"),
        ("0.5平方公里", "750"),
        ("16667㎡", "25.0005"),
        ("16667m²", "25.0005"),
        ("16667 m2", "25.0005"),
        ("16667平方米", "25.0005"),
        ("16667平米", "25.0005"),
        ("20,000平方米", "30"),
        ("1.5万㎡", "22.5"),
        ("25亩（16667㎡）", "25"),  # the same area said twice, in round figures
        ("16667㎡（约25亩）", "25.0005"),
    ],
)
def test_land_in_mu_is_exact(text: str, area: str) -> None:
    assert mu(text) == Decimal(area)


def test_twenty_five_mu_is_no_whole_number_of_square_metres_but_exact() -> None:
    assert mu("25") == Decimal(25)
    assert mu("16666.67㎡") == Decimal("25.000005")


@given(st.integers(1, 10**8))
def test_every_hundredth_of_a_square_metre_is_a_whole_storage_unit(hundredths: int) -> None:
    area = mu(f"{hundredths // 100}.{hundredths % 100:02d}㎡")
    assert area is not None
    assert area * 200_000 == hundredths * 3


@pytest.mark.parametrize(
    ("text", "unit", "area"), [("16667", "平方米", "25.0005"), ("2", "公顷", "30"), ("1.2", "万平方米", "18")]
)
def test_a_bare_number_takes_the_unit_of_the_column(text: str, unit: str, area: str) -> None:
    assert mu(text, unit) == Decimal(area)
    assert read_land(Decimal(text), unit=unit) == Land(Decimal(area), Decimal(area), text=text)


@pytest.mark.parametrize(
    "text",
    ["50亩（一期20亩）", "50亩，其中一期20亩", "50亩一期20亩", "总50亩，首期20亩", "50亩/一期20亩", "50亩（一期20）"],
)
def test_the_first_phase_is_a_part_of_the_whole(text: str) -> None:
    land = read_land(text, unit="亩")
    assert land is not None
    assert (land.exact, land.phase1) == (Decimal(50), Decimal(20))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("20-30亩", 20, 30), ("20～30亩", 20, 30), ("20亩以上", 20, None), ("100亩以内", None, 100)],
)
def test_a_range_of_land(text: str, low: int | None, high: int | None) -> None:
    land = read_land(text)
    assert land is not None
    assert (land.low, land.high) == (low, high)


@pytest.mark.parametrize("text", ["0", "0亩", "无供地", "不涉及供地", "无需用地", "无用地需求", "不需要土地", "零供地"])
def test_no_land_wanted_is_zero(text: str) -> None:
    land = read_land(text, unit="亩")
    assert land is not None
    assert (land.low, land.high) == NO_LAND


@pytest.mark.parametrize("text", ["", "/", "—", "待定", "无", "租赁厂房2500㎡", "标准厂房3000㎡"])
def test_land_not_spoken_of_is_unknown(text: str) -> None:
    assert read_land(text, unit="亩") is None


@pytest.mark.parametrize(
    "text",
    ["-5亩", "25公亩", "50亩（一期60亩）", "25亩（30000㎡）", "一期20亩，二期30亩", "20+30亩", "30-20亩", "#REF!"],
)
def test_what_is_not_one_area_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_land(text, unit="亩")


def test_an_area_without_a_unit_is_a_question() -> None:
    with pytest.raises(UnitMissingError):
        read_land("25")
    with pytest.raises(UnitMissingError):
        read_land(25)


def site(text: str) -> Site:
    return read_site(text, "亩")


def test_leased_floor_space_is_no_land() -> None:
    leased = site("租赁厂房2500㎡")
    assert leased.land is not None
    assert (leased.land.low, leased.land.high) == NO_LAND
    assert leased.space_kind == "厂房"
    assert leased.space == Space(Decimal(2500), Decimal(2500), text="租赁厂房2500m2")
    assert leased.question is None
    office = site("租赁办公1200平方米")
    assert (office.space_kind, office.space and office.space.exact) == ("办公", Decimal(1200))


def test_land_and_leased_space_in_one_cell() -> None:
    both = site("购地30亩，租赁厂房2,000㎡")
    assert both.land is not None
    assert both.space is not None
    assert (both.land.exact, both.space_kind, both.space.exact) == (Decimal(30), "厂房", Decimal(2000))


@pytest.mark.parametrize(
    ("text", "question"),
    [("无", "no_land"), ("标准厂房3000㎡", "no_land"), ("租赁5000㎡", "space_kind"), ("25亩", None), ("/", None)],
)
def test_what_a_cell_leaves_open_is_asked(text: str, question: str | None) -> None:
    assert site(text).question == question


def test_two_leases_in_one_cell_are_refused() -> None:
    with pytest.raises(ValueRefusedError, match="多个面积"):
        site("租赁厂房2000㎡，租赁办公500㎡")


@pytest.mark.parametrize(
    ("text", "area"),
    [("2500㎡", "2500"), ("1,200平方米", "1200"), ("办公楼1200平", "1200"), ("1.2万平方米", "12000"), ("1200", "1200")],
)
def test_floor_space_in_square_metres(text: str, area: str) -> None:
    space = read_space(text, unit="㎡")
    assert space is not None
    assert space.exact == Decimal(area)


def test_floor_space_is_not_given_in_mu() -> None:
    with pytest.raises(ValueRefusedError, match="平方米"):
        read_space("5亩", unit="㎡")
