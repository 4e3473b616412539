"""Slips of a unit are seen by what stands beside them, shown with both readings, and never mended by the program."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.magnitudes.explain import suspicion_text
from crm.domain.magnitudes.guard import Slip, other_reading, suspect
from crm.domain.quantities import Land, Money, Number, Space

PLAIN = {"planned_investment": "50000", "fixed_investment": "30000", "annual_tax": "5000", "land": "25"}


def figure(name: str, amount: str | Decimal) -> Money | Land:
    number = Decimal(amount)
    return Land(number, number) if name == "land" else Money(number, number)


def lead(**amounts: str) -> dict[str, Any]:
    return {name: figure(name, amount) for name, amount in amounts.items()}


def found(values: dict[str, Any], before: dict[str, Any] | None = None) -> set[tuple[str, str]]:
    return {(each.field, each.slip.value) for each in suspect(values, before)}


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({}, set()),
        ({"annual_tax": "0.5"}, {("annual_tax", "ten_thousand_more")}),
        ({"annual_tax": "50000000"}, {("annual_tax", "ten_thousand_less")}),
        ({"planned_investment": "5", "fixed_investment": "3"}, set()),
        ({"planned_investment": "5"}, {("planned_investment", "ten_thousand_more")}),
        ({"land": "16667"}, {("land", "square_metres")}),
        ({"land": "0.0375"}, {("land", "mu")}),
    ],
)
def test_a_slip_is_seen_by_the_figures_beside_it(wrong: dict[str, str], expected: set[tuple[str, str]]) -> None:
    assert found(lead(**PLAIN | wrong)) == expected


def test_two_figures_out_of_proportion_are_both_shown() -> None:
    assert found(lead(planned_investment="500", annual_tax="9000")) == {
        ("planned_investment", "ten_thousand_more"),
        ("annual_tax", "ten_thousand_less"),
    }


def test_both_readings_and_the_reasons_are_told() -> None:
    [one] = suspect(lead(**PLAIN | {"land": "16667"}))
    text = suspicion_text(one)
    for words in ("用地需求 16,667亩", "25.0005亩", "亩均税收 0.3 万元，按后者为 200 万元", "未作任何改动"):
        assert words in text


def test_floor_space_is_measured_by_the_people_in_it() -> None:
    jobs = {"jobs": Number(Decimal(200), Decimal(200))}
    space = {"space": {"厂房": Space(Decimal("0.5"), Decimal("0.5"))}}
    assert found(jobs | space) == {("space.厂房", "ten_thousand_more")}
    assert found(jobs | {"space": {"厂房": Space(Decimal(5000), Decimal(5000))}}) == set()


def test_what_the_project_had_before_tells_too() -> None:
    before = lead(annual_tax="5000")
    [one] = suspect(lead(annual_tax="0.6"), before)
    assert (one.slip, one.reasons[-1].code) == (Slip.MORE, "before")
    assert "此前为 5000" in suspicion_text(one).replace(",", "")
    assert suspect(lead(annual_tax="6000"), before) == []


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"annual_tax": Money(None, None, vague=True), "land": Land(Decimal(25), Decimal(25))},
        {"annual_tax": Money(Decimal(1), Decimal(1), currency="USD"), "land": Land(Decimal(25), Decimal(25))},
        {"land": Land(Decimal(0), Decimal(0)), "annual_tax": Money(Decimal(300), Decimal(300))},
        {"land": Land(Decimal(20), Decimal(30)), "annual_tax": Money(Decimal(10), Decimal(5000))},
        {"planned_investment": None, "land": None},
    ],
)
def test_what_is_unknown_foreign_vague_or_wide_is_left_alone(values: dict[str, Any]) -> None:
    assert suspect(values) == []


amounts = st.decimals(Decimal("0.001"), Decimal(10**9), places=3)


@settings(max_examples=200)
@given(values=st.fixed_dictionaries(dict.fromkeys(PLAIN, amounts)))
def test_a_reading_that_is_proposed_is_not_suspected_itself(values: dict[str, Decimal]) -> None:
    """Whatever the figures: the other reading leaves nothing wrong about its figure, and no value is changed."""
    record = {name: figure(name, amount) for name, amount in values.items()}
    kept = dict(record)
    for one in suspect(record):
        mended = {**record, one.field: one.other}
        assert one.field not in {each.field for each in suspect(mended) if len(suspect(mended)) == 1}
        assert other_reading(one.stated, one.slip).low == one.other.low
    assert record == kept
