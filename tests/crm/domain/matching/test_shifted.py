"""Other weights: one part set, the others in proportion, whole points, the sum stays."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from crm.domain.matching.weights import WEIGHTS, reweighted, shifted

PARTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60), min_size=2)


def test_the_others_give_way_in_proportion() -> None:
    points = {"industry": 40, "space": 30, "platform": 20, "delivery": 10}
    assert shifted(points, "industry", 70) == {"industry": 70, "space": 15, "platform": 10, "delivery": 5}
    assert shifted(points, "industry", 100) == {"industry": 100, "space": 0, "platform": 0, "delivery": 0}


@given(PARTS, st.data())
def test_the_sum_stays_and_nothing_is_below_nothing(points: dict[str, int], data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(sorted(points)))
    value = data.draw(st.integers(0, sum(points.values())))
    found = shifted(points, part, value)
    assert (sum(found.values()), found[part]) == (sum(points.values()), value)
    assert min(found.values()) >= 0
    assert list(found) == list(points)


def test_the_levels_of_a_part_keep_their_shares() -> None:
    base = WEIGHTS[-1]
    made = reweighted(base, {"industry": 10}, {"field": 0}, "试算", "党组会")
    assert made.community["industry"]["family"] == Decimal(7)
    assert made.community["space"] == base.community["space"]
    assert set(made.fund["field"].values()) == {Decimal(0)}
    assert (made.version, made.source, base.version) == ("试算", "党组会", "2026-11")
