"""The best use of land and money: C27 to the letter, forced leads, shadows, reasons, and the proof by brute force."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.matching.allocation import allocate
from crm.domain.matching.board import Quotas
from crm.domain.matching.candidates import Candidate, LeftOut
from crm.domain.matching.taxonomy import TAXONOMY
from crm.errors import NotFoundError, UserError

AREAS = ("高铁新城", "高新区")


def candidate(code: str, mu: object, fund: object, tax: object, probability: object = "1", **more: Any) -> Candidate:  # noqa: ANN401
    size, ask, income, chance = (Decimal(str(each)) for each in (mu, fund, tax, probability))
    return Candidate(code, "", {"高铁新城": size}, ask, income, chance, **more)


@pytest.fixture(scope="module")
def case(shared: Path) -> dict[str, Any]:
    papers = json.loads((shared / "domain/cases.json").read_text("utf-8"))
    found: dict[str, Any] = next(case for case in papers["cases"] if case["id"] == "C27")
    return found


@pytest.mark.shared
def test_c27(case: dict[str, Any]) -> None:
    given_, expected = case["input"], case["expected"]
    leads = [candidate(one["id"], one["land_mu"], one["fund"], one["tax"], one["prob"]) for one in given_["leads"]]
    quotas = Quotas({"高铁新城": Decimal(given_["land_quota_mu"])}, Decimal(given_["fund_cap_wan"]))
    result = allocate(leads, quotas)
    plans = [result.plan, *result.others]
    assert [
        {"set": "".join(plan.codes), "value": plan.value, "land": plan.mu, "fund": plan.fund} for plan in plans
    ] == expected["optimum"]
    assert result.proved
    for ours, theirs in (
        (result.by_value, expected["greedy_by_value"]),
        (result.by_value_per_mu, expected["greedy_by_value_per_mu"]),
    ):
        assert {"set": "".join(ours.codes), "value": ours.value} == theirs


LEADS = (
    candidate("A", 25, 5000, 5200, "0.6"),
    candidate("B", 30, 4000, 6600, "0.5"),
    candidate("C", 20, 8000, 5000, "0.7"),
    candidate("D", 80, 3000, 7700, "0.4"),
    candidate("E", 15, 6000, 5100, "0.5"),
    candidate("F", 26, 2000, 5200, "0.8"),
    candidate("G", 1, 1, 900, 0),
)
QUOTAS = Quotas({"高铁新城": Decimal(70)}, Decimal(14000))


def test_every_lead_left_out_has_its_reason() -> None:
    unfit = LeftOut("H", "", ())
    result = allocate(LEADS, QUOTAS, unfit=[unfit], forced_out=["B"])
    assert {one.code: [reason.code for reason in one.reasons] for one in result.left_out} == {
        "B": ["allocation.forced_out"],
        "C": ["allocation.replaces"],
        "D": ["allocation.too_large"],
        "G": ["allocation.no_value"],
        "H": [],
    }
    replaces = next(one for one in result.left_out if one.code == "C").reasons[0]
    assert replaces.parameters == {"loss": Decimal("2170.0"), "leaves": ("A", "E")}


def test_more_of_a_resource() -> None:
    shadow = [
        (row.resource, str(row.add), int(row.gain or 0), "".join(row.plan.codes))
        for row in allocate(LEADS, QUOTAS).shadow
    ]
    assert shadow == [("land:高铁新城", "10", 1130, "BCF"), ("fund", "1000", 0, "AEF")]


def test_a_lead_forced_in_or_out_changes_the_plan() -> None:
    assert allocate(LEADS, QUOTAS, forced_in=["B"]).plan.codes == ("B", "F")
    assert allocate(LEADS, QUOTAS, forced_out=["E"]).plan.codes == ("C", "F")
    rows = allocate(LEADS, QUOTAS).what_ifs
    what_ifs = {row.code: (row.forced_in, int(row.loss), "".join(row.joins), "".join(row.leaves)) for row in rows}
    assert what_ifs["E"] == (False, 2170, "C", "AE")
    assert what_ifs["B"] == (True, 2370, "B", "AE")
    assert what_ifs["D"] == (True, 9830, "", "")


@pytest.mark.parametrize(
    ("inside", "outside", "error"),
    [(["A"], ["A"], UserError), (["D"], [], UserError), (["X"], [], NotFoundError), ([], ["X"], NotFoundError)],
)
def test_what_cannot_be_forced_is_refused(inside: list[str], outside: list[str], error: type[UserError]) -> None:
    with pytest.raises(error):
        allocate(LEADS, QUOTAS, forced_in=inside, forced_out=outside)


def test_of_equal_values_the_least_land_and_then_the_most_industries() -> None:
    equal = [candidate("A", 30, 0, 100), candidate("B", 20, 0, 100), candidate("C", 20, 0, 100)]
    limit = Quotas({"高铁新城": Decimal(30)})
    assert allocate(equal, limit).plan.codes in {("B",), ("C",)}
    covering = [*equal[:2], candidate("C", 20, 0, 100, fields=frozenset({"大数据"}))]
    assert allocate(covering, limit).plan == allocate(covering, limit, forced_out=["A", "B"]).plan


def test_without_a_quota_nothing_is_limited() -> None:
    assert allocate(LEADS, Quotas()).plan.codes == ("A", "B", "C", "D", "E", "F")
    assert allocate([], QUOTAS).plan.codes == ()


def test_when_time_is_up_the_bound_is_stated() -> None:
    result = allocate(LEADS, QUOTAS, stop=lambda: True)
    assert not result.proved
    assert result.plan.value <= 9830 <= result.bound
    assert [row.gain for row in result.shadow] == [None, None]
    assert result.what_ifs == ()


amounts = st.integers(0, 40)
candidates = st.builds(
    lambda land, fund, tax, chance, field: (land, fund, tax, chance, field),
    st.tuples(amounts, st.sampled_from([0, 0, 5, 12])),
    amounts,
    st.integers(0, 60),
    st.sampled_from(["0.05", "0.2", "0.5", "0.8", "1"]),
    st.sampled_from(TAXONOMY.highlands),
)


def _leads(rows: list[tuple[Any, ...]]) -> list[Candidate]:
    return [
        Candidate(
            f"L{number}",
            "",
            {area: Decimal(mu) for area, mu in zip(AREAS, land, strict=True) if mu},
            Decimal(fund) / 4,
            Decimal(tax),
            Decimal(chance),
            frozenset({field}),
        )
        for number, (land, fund, tax, chance, field) in enumerate(rows)
    ]


def _by_brute_force(leads: list[Candidate], quotas: Quotas) -> tuple[Decimal, Decimal, int]:
    """Return the best (value, −亩, industries covered) of all subsets that fit."""
    best = (Decimal(0), Decimal(0), 0)
    for chosen in chain.from_iterable(combinations(leads, size) for size in range(len(leads) + 1)):
        land = {area: sum((one.land.get(area, Decimal(0)) for one in chosen), Decimal(0)) for area in AREAS}
        fund = sum((one.fund for one in chosen), Decimal(0))
        if quotas.fund is not None and fund > quotas.fund:
            continue
        if any(land[area] > limit for area, limit in quotas.land.items()):
            continue
        covered = len(frozenset[str]().union(*(one.fields for one in chosen)))
        best = max(best, (sum((one.value for one in chosen), Decimal(0)), -sum(land.values(), Decimal(0)), covered))
    return best


@settings(max_examples=80, deadline=None)
@given(
    st.lists(candidates, max_size=9),
    st.fixed_dictionaries({}, optional={area: st.integers(0, 90).map(Decimal) for area in AREAS}),
    st.none() | st.integers(0, 60).map(Decimal),
)
def test_the_plan_is_the_best_of_all(
    rows: list[tuple[Any, ...]], land: dict[str, Decimal], fund: Decimal | None
) -> None:
    leads, quotas = _leads(rows), Quotas(land, fund)
    result = allocate(leads, quotas)
    assert result.proved
    plan = result.plan
    assert (plan.value, -plan.mu, len(plan.covered)) == _by_brute_force(leads, quotas)
    assert plan.value >= max(result.by_value.value, result.by_value_per_mu.value)
    assert all(row.gain is not None and row.gain >= 0 for row in result.shadow)
    assert all(row.loss >= 0 for row in result.what_ifs)
    assert all(other.value <= plan.value for other in result.others)
    assert {*plan.codes, *(one.code for one in result.left_out)} == {one.code for one in leads}
