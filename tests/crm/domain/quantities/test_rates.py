from __future__ import annotations

from decimal import Decimal

import pytest

from crm.domain.quantities import CURRENCIES, Rate, RateAskedError, is_plausible, read_rate
from crm.errors import ValueRefusedError


def test_a_rate_is_yuan_for_one_unit_on_a_day() -> None:
    assert read_rate("USD=7.10") == Rate("USD", Decimal("7.10"))
    assert read_rate("美元 = 7.1@2026-11-22", source="CFETS") == Rate("USD", Decimal("7.1"), "2026-11-22", "CFETS")
    assert read_rate("ＪＰＹ＝0.048", on="2026-11-22") == Rate("JPY", Decimal("0.048"), "2026-11-22")


def test_the_price_of_a_hundred_yen_is_asked_and_a_hundredth_proposed() -> None:
    with pytest.raises(RateAskedError, match=r"0\.048") as asked:
        read_rate("JPY=4.8")
    assert asked.value.suggestion == Decimal("0.048")
    assert read_rate("JPY=4.8", confirmed=True).rate == Decimal("4.8")


@pytest.mark.parametrize("text", ["USD=71", "USD=0.14", "EUR=0.13", "KRW=190", "DEM=4"])
def test_a_rate_outside_the_band_or_without_one_is_asked(text: str) -> None:
    with pytest.raises(RateAskedError) as asked:
        read_rate(text)
    assert asked.value.suggestion is None


@pytest.mark.parametrize("text", ["USD", "USD=", "=7.1", "XXX=2", "CNY=1", "USD=-7", "USD=7,1"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_rate(text)


def test_no_band_holds_a_rate_upside_down() -> None:
    for currency in CURRENCIES:
        if currency.low is not None and currency.high is not None and currency.code != "CNY":
            middle = (currency.low + currency.high) / 2
            assert is_plausible(Rate(currency.code, middle))
            if not currency.low <= 1 <= currency.high:
                assert not is_plausible(Rate(currency.code, 1 / middle))
            assert not is_plausible(Rate(currency.code, middle * 100))
