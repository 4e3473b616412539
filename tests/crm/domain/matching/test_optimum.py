"""The exact choice: against all subsets where there are few items, against a table of all uses where there are many."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.matching.optimum import Item, best_choice

uses = st.sampled_from([0, 0, 1, 2, 3, 5, 8])
problems = st.integers(0, 3).flatmap(
    lambda resources: st.tuples(
        st.lists(
            st.builds(Item, st.integers(-3, 15), st.tuples(*[uses] * resources), st.sampled_from([0, 1, 2, 4, 8])),
            max_size=9,
        ),
        st.tuples(*[st.integers(0, 20)] * resources),
    )
)


def _of(items: Sequence[Item], places: Sequence[int]) -> tuple[int, int, tuple[int, ...]]:
    """Return weight, kinds covered and uses of a choice."""
    kinds = 0
    for place in places:
        kinds |= items[place].kinds
    spent = tuple(
        sum(items[place].uses[each] for place in places) for each in range(len(items[0].uses) if items else 0)
    )
    return sum(items[place].weight for place in places), kinds.bit_count(), spent


def _best_of_all(items: Sequence[Item], limits: Sequence[int]) -> tuple[int, int]:
    best = (0, 0)
    for mask in range(1 << len(items)):
        places = [place for place in range(len(items)) if mask >> place & 1]
        weight, covered, spent = _of(items, places)
        if all(use <= limit for use, limit in zip(spent, limits, strict=True)):
            best = max(best, (weight, covered))
    return best


@settings(max_examples=300, deadline=None)
@given(problems)
def test_the_best_of_all_subsets(problem: tuple[list[Item], tuple[int, ...]]) -> None:
    items, limits = problem
    best = best_choice(items, limits)
    weight, covered, spent = _of(items, best.chosen)
    assert (weight, covered) == _best_of_all(items, limits if items else ())
    assert best.weight == best.bound == weight
    assert all(use <= limit for use, limit in zip(spent, limits, strict=False))


def _by_table(items: Sequence[Item], land: int, money: int) -> int:
    """Return the best weight for two resources, by a table of every use of both."""
    best = [[0] * (money + 1) for _mu in range(land + 1)]
    for item in items:
        used_land, used_money = item.uses
        for mu in range(land, used_land - 1, -1):
            for wan in range(money, used_money - 1, -1):
                with_it = best[mu - used_land][wan - used_money] + item.weight
                best[mu][wan] = max(best[mu][wan], with_it)
    return best[land][money]


@pytest.mark.parametrize("seed", range(4))
def test_many_items_against_a_table(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (test data)
    items = [
        Item(
            40 * (mu := chance.randrange(1, 40)) + 30 * (wan := chance.randrange(1, 30)) + chance.randrange(90),
            (mu, wan),
        )
        for _each in range(60)
    ]
    best = best_choice(items, (120, 90))
    assert best.weight == best.bound == _by_table(items, 120, 90)


def _areas(seed: int, count: int) -> tuple[list[Item], tuple[int, ...]]:
    """Return leads in four areas that share one fund."""
    chance = random.Random(seed)  # noqa: S311  (test data)
    items = []
    for _each in range(count):
        spent = [0] * 5
        spent[chance.randrange(4)] = chance.randrange(8, 100)
        spent[4] = chance.randrange(0, 80)
        items.append(Item(chance.randrange(500, 9000), tuple(spent), 1 << chance.randrange(6)))
    return items, tuple(sum(item.uses[each] for item in items) // 4 for each in range(5))


def test_when_choices_are_given_up_the_bound_still_holds() -> None:
    items, limits = _areas(1, 60)
    exact = best_choice(items, limits)
    assert exact.weight == exact.bound
    assert exact.ties_settled
    narrow = best_choice(items, limits, most_states=4)
    assert narrow.weight <= exact.weight <= narrow.bound
    assert narrow.bound > narrow.weight


def test_a_search_that_is_stopped_gives_what_it_has() -> None:
    items, limits = _areas(2, 60)
    exact = best_choice(items, limits)
    asked = iter(range(1000))
    stopped = best_choice(items, limits, lambda: next(asked) > 30)
    assert 0 < stopped.weight <= exact.weight <= stopped.bound
    _weight, _covered, spent = _of(items, stopped.chosen)
    assert all(use <= limit for use, limit in zip(spent, limits, strict=True))
