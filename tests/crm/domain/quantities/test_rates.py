from __future__ import annotations

from decimal import Decimal

import pytest

from crm.domain.quantities import CURRENCIES, Rate, read_rate
from crm.errors import ValueRefusedError


def test_a_rate_is_yuan_for_one_unit_on_a_day() -> None:
    assert read_rate("USD=7.10") == Rate("USD", Decimal("7.10"))
    assert read_rate("美元 = 7.1@2026-11-22", source="CFETS") == Rate("USD", Decimal("7.1"), "2026-11-22", "CFETS")
    assert read_rate("ＪＰＹ＝0.048", on="2026-11-22") == Rate("JPY", Decimal("0.048"), "2026-11-22")


@pytest.mark.parametrize("text", ["USD", "USD=", "=7.1", "XXX=2", "CNY=1", "USD=-7", "USD=7,1"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_rate(text)


def test_no_band_holds_a_rate_upside_down() -> None:
    for currency in CURRENCIES:
        if currency.low is not None and currency.high is not None and currency.code != "CNY":
            middle = (currency.low + currency.high) / 2
            if not currency.low <= 1 <= currency.high:
                assert not currency.low <= 1 / middle <= currency.high
            assert not currency.low <= middle * 100 <= currency.high
