"""Agreements, what was owed and what came; predicted beside realised (decisions 47)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from crm.domain.agreements import Standing, commitments, shortfall, standing
from crm.domain.calibration import LEAST_CASES, Case, calibrate, case_of, groups_of, interval_place, traits_of
from crm.domain.quantities import Money, Number, PartialDate

TODAY = date(2026, 11, 28)


def wan(low: int, currency: str = "CNY") -> Money:
    return Money(Decimal(low), Decimal(low), currency=currency)


@pytest.mark.parametrize(
    ("more", "how"),
    [
        ({"due": PartialDate(2026, 11, 27)}, Standing.OVERDUE),
        ({"due": PartialDate(2026, 11)}, Standing.OPEN),  # by the end of the month
        ({"year": 2025}, Standing.OVERDUE),
        ({"year": 2026}, Standing.OPEN),
        ({}, Standing.UNDATED),
        ({"due": PartialDate(2026, 1), "performed_on": PartialDate(2026, 3, 1)}, Standing.KEPT),
        ({"amount": wan(500), "performed_amount": wan(500)}, Standing.KEPT),
        ({"amount": wan(500), "performed_amount": wan(499)}, Standing.SHORT),
        ({"amount": wan(500), "performed_amount": wan(499, "USD")}, Standing.KEPT),  # not to be compared
        (
            {"number": Number(Decimal(50), Decimal(50)), "performed_number": Number(Decimal(40), Decimal(40))},
            Standing.SHORT,
        ),
    ],
)
def test_how_an_obligation_stands(more: dict[str, Any], how: Standing) -> None:
    assert standing({"code": "LY-1", **more}, TODAY) is how


def test_a_shortfall_needs_both_figures() -> None:
    assert shortfall({"amount": wan(500), "performed_amount": wan(480)}) == 20
    assert shortfall({"amount": wan(500)}) is None


def test_promises_are_summed_by_year_and_currency_and_never_over_currencies() -> None:
    own = {"obliged": "enterprise", "measure": "investment"}
    lines = commitments(
        [
            own | {"code": "1", "year": 2026, "amount": wan(1000), "performed_amount": wan(800)},
            own | {"code": "2", "due": PartialDate(2026, 6), "amount": wan(500)},
            own | {"code": "3", "year": 2026, "amount": wan(300, "USD"), "performed_amount": wan(300, "USD")},
            own | {"code": "4", "year": 2027},
            own | {"code": "5", "year": 2026, "obliged": "district", "amount": wan(9)},
            own | {"code": "6", "year": 2026, "measure": "jobs"},
        ]
    )
    told = [(line.year, line.currency, line.promised, line.performed, line.without) for line in lines]
    assert told == [
        (2026, "CNY", Decimal(1500), Decimal(800), []),
        (2026, "USD", Decimal(300), Decimal(300), []),
        (2027, "CNY", Decimal(0), Decimal(0), ["4"]),
    ]


# ------------------------------------------------------------------------------------------------- calibration


LEAD = {"code": "XT-1", "annual_tax": wan(1000), "full_year": 2024, "industry": "新材料", "station": "YZ-01"}


def test_the_first_full_year_stands_beside_the_promise() -> None:
    years = [
        {"kind": "actual", "year": 2023, "tax": wan(100)},
        {"kind": "promised", "year": 2024, "tax": wan(1000)},
        {"kind": "actual", "year": 2025, "tax": wan(900)},
        {"kind": "actual", "year": 2024, "tax": wan(800)},
    ]
    case = case_of(LEAD, years, str)
    assert case is not None
    assert (case.ratio, case.industry, case.channel, case.size) == (Fraction(4, 5), "新材料", "station", None)
    assert case_of(LEAD, [{"kind": "actual", "year": 2024, "tax": wan(800), "tax_basis": "local"}], str) is None
    assert case_of(LEAD | {"annual_tax": None}, years, str) is None
    assert case_of(LEAD | {"full_year": None}, years, str) is None


def cases(count: int, **more: str) -> list[Case]:
    known = {"industry": "新材料", "size": "below_100m", "channel": "other"} | more
    return [Case(f"XT-{n}", ratio=Fraction(n, count), **known) for n in range(1, count + 1)]


def test_fewer_than_twenty_cases_say_nothing_and_a_wider_group_may() -> None:
    traits = traits_of(LEAD | {"planned_investment": wan(9999)}, str)
    assert calibrate(cases(LEAST_CASES - 1), traits) is None
    alone = calibrate(cases(LEAST_CASES), traits)
    assert alone is not None
    assert (alone.by, alone.cases) == (("industry", "size"), 20)
    other = calibrate(cases(LEAST_CASES, industry="生物医药"), traits)
    assert other is not None
    assert other.by == ()


def test_the_median_and_its_interval_are_those_of_the_ordered_cases() -> None:
    assert [interval_place(count) for count in (20, 30, 100)] == [5, 9, 39]  # tables of the sign test: 6th, 10th, 40th
    found = groups_of(cases(20), "size")["below_100m"]
    assert not isinstance(found, int)
    assert (found.median, found.low, found.high) == (Fraction(21, 40), Fraction(6, 20), Fraction(15, 20))
    assert groups_of(cases(3), "size") == {"below_100m": 3}
