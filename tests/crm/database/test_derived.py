"""The bounds that stand beside a value say the least and the most it can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.database.derived import LARGEST, bounds, derive
from crm.domain.fields.registry import Kind
from crm.domain.quantities import Land, Money, Number, PartialDate

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        (Kind.MONEY, Money(Decimal("11.7"), Decimal("14.70005")), (117_000, 147_001)),
        (Kind.MONEY, Money(Decimal(200), Decimal(200), currency="USD"), (None, None)),
        (Kind.MONEY, Money(None, None, vague=True), (None, None)),
        (Kind.MONEY, Money(Decimal(10) ** 30, None), (LARGEST, None)),
        (Kind.LAND, Land(Decimal("0.00001"), Decimal(25)), (2, 5_000_000)),
        (Kind.NUMBER, Number(Decimal("5.4"), None), (5_400_000, None)),
        (Kind.DATE, PartialDate(2024, 2, 29), (20240229, 20240229)),
        (Kind.DATE, PartialDate(2024, 2), (20240201, 20240229)),
        (Kind.DATE, PartialDate(2024, quarter=3), (20240701, 20240930)),
        (Kind.DATE, PartialDate(2024, half=2), (20240701, 20241231)),
        (Kind.DATE, PartialDate(2024), (20240101, 20241231)),
        (Kind.MOMENT, datetime(2026, 11, 3, 20, 0, tzinfo=UTC), (20261104, 20261104)),  # four in the morning in China
        (Kind.MOMENT, datetime(2026, 11, 3, 9, 0, tzinfo=timezone(timedelta(hours=8))), (20261103, 20261103)),
        (Kind.DATE, None, (None, None)),
    ],
)
def test_bounds(kind: Kind, value: object, wanted: tuple[int | None, int | None]) -> None:
    assert bounds(kind, value) == wanted


@given(low=decimals, width=st.decimals(min_value=0, max_value=100, places=7))
def test_bounds_hold_the_figure(low: Decimal, width: Decimal) -> None:
    least, most = bounds(Kind.LAND, Land(low, low + width))
    assert least is not None
    assert most is not None
    assert Decimal(least) <= low * 200_000
    assert Decimal(most) >= (low + width) * 200_000
    assert most - least < width * 200_000 + 2


def test_only_what_is_given_is_derived() -> None:
    assert derive("leads", {"land": None, "owner": "李"}) == {"land_low": None, "land_high": None}
    assert derive("plots", {"code": "PL-1"}) == {}
    assert derive("funds", {"name": None}) == {"sort_name": ""}
    names = ["重庆", "李四", "阿里", "王五", "张三"]
    assert sorted(names, key=lambda name: derive("leads", {"name": name})["sort_name"]) == [
        "阿里",
        "重庆",
        "李四",
        "王五",
        "张三",
    ]
