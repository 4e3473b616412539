from __future__ import annotations

from decimal import Decimal

import pytest

from crm.domain.quantities import SHARE, Number, exact, read_number, read_year
from crm.domain.quantities.numerals import numeral, simplify
from crm.errors import ValueRefusedError


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("120", "人", "120"),
        ("120人", "人", "120"),
        ("就业120人", "人", "120"),
        ("1250kVA", "kVA", "1250"),
        ("1.25MVA", "kVA", "1250"),
        ("层高5.4米", "m", "5.4"),
        ("540cm", "m", "5.4"),
        ("500kg/㎡", "kg/㎡", "500"),
        ("0.5吨/平方米", "kg/㎡", "500"),
        ("1,250吨标煤/年", "tce", "1250"),
        ("20%", "%", "20"),
        ("0.2", "%", "20"),
        ("60%", SHARE, "0.6"),
        ("0.6", SHARE, "0.6"),
        ("1.5倍", "", "1.5"),
        ("150%", "", "1.5"),
    ],
)
def test_a_figure_in_the_unit_of_its_field(text: str, unit: str, value: str) -> None:
    number = read_number(text, unit=unit)
    assert number is not None
    assert number.exact == Decimal(value)


def test_the_text_is_kept_where_it_says_more_than_the_figure() -> None:
    assert read_number("120人", unit="人") == Number(Decimal(120), Decimal(120))
    assert read_number("约120人", unit="人") == Number(Decimal(120), Decimal(120), approximate=True, text="约120人")
    assert read_number("5.5-6m", unit="m") == Number(Decimal("5.5"), Decimal(6), text="5.5-6m")
    assert read_number(0.2, unit="%") == Number(Decimal(20), Decimal(20))


@pytest.mark.parametrize(("text", "unit"), [("800kW", "kVA"), ("-3", "m"), ("5kN/㎡", "kg/㎡"), ("很多", "人")])
def test_another_unit_or_none_at_all_is_refused(text: str, unit: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_number(text, unit=unit)


@pytest.mark.parametrize("given", ["2028", "2028年", "2028年度", 2028, 2028.0])
def test_a_year(given: str | float) -> None:
    assert read_year(given) == 2028
    assert read_year("待定") is None


@pytest.mark.parametrize("given", ["28", "1899", 2101, "明年"])
def test_what_is_no_year_is_refused(given: str | int) -> None:
    with pytest.raises(ValueRefusedError):
        read_year(given)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三千五百万", 35_000_000),
        ("三千五", 3500),
        ("一万二", 12_000),
        ("一万零二", 10_002),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("两万五千", 25_000),
        ("一亿二千万", 120_000_000),
        ("3千万亿", 3 * 10**15),
        ("2.5个亿", 250_000_000),
        ("肆佰叁拾萬", 4_300_000),
        ("二零二四", 2024),
        ("三点五", Decimal("3.5")),
        ("十点二五", Decimal("10.25")),
        ("1,234,567.8", Decimal("1234567.8")),
        ("1.2E+4", 12_000),
    ],
)
def test_numerals_are_exact(text: str, value: Decimal | int) -> None:
    assert numeral(simplify(text)) == value


@pytest.mark.parametrize(
    "text", ["零十", "5亿8亿", "1万20000", "百十", "1,23", "1.2.3", "点五", "2.5万1", "12345678901234567"]
)
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert numeral(simplify(text)) is None


def test_no_float_gets_past_the_door() -> None:
    assert exact(0.1 + 0.2) == Decimal("0.3")
    assert exact(5.199999999999999) == Decimal("5.2")
    assert exact(1e16) == Decimal(10**16)
    assert str(exact(Decimal("1E+2"))) == "100"
    for wrong in (float("nan"), float("inf"), Decimal("NaN")):
        with pytest.raises(ValueRefusedError):
            exact(wrong)
    with pytest.raises(ValueRefusedError):
        exact(True)
