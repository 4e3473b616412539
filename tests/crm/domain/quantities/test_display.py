from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.quantities import (
    Exact,
    Land,
    Money,
    decimal_text,
    grouped,
    land_text,
    money_text,
    round_down,
    round_up,
    show_mu,
    show_wan,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("25.0005"), "25.0005"),
        (Decimal("25.00"), "25"),
        (Decimal("1E+2"), "100"),
        (Decimal("1E-7"), "0.0000001"),
        (0, "0"),
        (Decimal("0.00"), "0"),
        (5000, "5000"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 3), "0.3333333333333333"),
        (Fraction(50000, 7200), "6.944444444444444"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(10**30 + 1, 2), "500000000000000000000000000000.5"),
        (Fraction(2, 3) * 10**20, "66666666666666670000"),
    ],
)
def test_decimals_for_json(value: Exact, text: str) -> None:
    assert decimal_text(value) == text


@given(st.fractions())
def test_a_decimal_for_json_is_exact_or_has_twelve_digits(value: Fraction) -> None:
    text = decimal_text(value)
    assert "e" not in text.lower()
    assert abs(Fraction(text) - value) <= abs(value) * Fraction(1, 10**12)


@given(st.fractions(min_value=0, max_value=10**9), st.integers(0, 6))
def test_requirements_go_up_and_values_down(value: Fraction, places: int) -> None:
    up, down = Fraction(round_up(value, places)), Fraction(round_down(value, places))
    assert down <= value <= up
    assert up - down in (0, Fraction(1, 10**places))


def test_a_gap_is_never_shown_smaller_than_it_is() -> None:
    required = Decimal("25.0005") * 200
    assert show_wan(required - 5000, up=True) == "0.10"
    assert show_wan(Decimal("0.001"), up=True) == "0.01"
    assert show_wan(Decimal("4999.999")) == "4,999.99"
    assert show_wan(5000) == "5,000.00"


def test_mu_with_as_many_decimals_as_a_miss_needs() -> None:
    assert show_mu(Decimal("25.0005")) == "25.0005"
    assert show_mu(25) == "25"
    assert show_mu(Fraction(100, 3)) == "33.33"
    assert show_mu(Fraction(100, 3), up=True) == "33.34"
    almost = 25 - Fraction(1, 30000)
    assert show_mu(almost, up=True) == "25"
    assert show_mu(almost, up=True, beside=25) == "24.99997"
    assert show_mu(1234) == "1,234"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(Decimal(52000), Decimal(52000)), "5.2亿元"),
        (Money(Decimal(12345), Decimal(12345)), "12,345万元"),
        (Money(Decimal("0.85"), Decimal("0.85")), "8,500元"),
        (Money(Decimal(0), Decimal(0)), "0万元"),
        (Money(Decimal(65000), Decimal(65000), currency="JPY"), "6.5亿日元"),
        (Money(Decimal(50000), Decimal(80000), approximate=True), "约5–8亿元"),
        (Money(None, Decimal(2000)), "不超过2,000万元"),
        (Money(None, None, vague=True, text="数千万元"), "数千万元"),
    ],
)
def test_money_for_people(value: Money, text: str) -> None:
    assert money_text(value) == text


def test_other_quantities_for_people() -> None:
    assert land_text(Land(Decimal(20), Decimal(30))) == "20–30亩"
    assert land_text(Land(Decimal(0), Decimal(0))) == "无供地"
    assert grouped(Decimal("1234567.80")) == "1,234,567.8"
