"""The exact best choice under several limits: 0/1 knapsacks that share resources, solved in whole numbers.

The search goes through the items once and keeps the choices that can still become the best. What bounds them is the
Lagrangian relaxation: with a price for each resource, an item is worth its weight less what it uses at these prices,
and deciding against that worth costs its amount. Any prices ≥ 0 give a true bound in whole numbers, so nothing is
rounded where something is decided. Items of one resource stand together: once the last of them is decided, its use
no longer tells choices apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, or_
from typing import NamedTuple

MOST_STATES = 60_000
"""Choices kept side by side; beyond that the least promising are given up and the result says what bound is left."""

_ROUNDS = 2  # passes over the prices of the resources that only some items use
_SEARCH = 3  # the range of a price shrinks to two thirds in each step
_PRUNE_FROM = 512  # choices from which it pays to look for dominated ones


class Item(NamedTuple):
    """Something that may be chosen.

    Attributes:
        weight: what it adds to the objective.
        uses: of each resource, in whole units.
        kinds: bit mask of what it covers; ties of the objective go to the choice that covers most.
    """

    weight: int
    uses: tuple[int, ...]
    kinds: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """The best choice found.

    Attributes:
        chosen: places of the items, ascending.
        weight: the objective.
        bound: no choice has a higher objective; equal to ``weight`` when the choice is proved the best.
        ties_settled: whether all choices of the same weight were compared by what they cover.
    """

    chosen: tuple[int, ...]
    weight: int
    bound: int
    ties_settled: bool = True


def never() -> bool:
    """Return that there is no need to stop."""
    return False


def best_choice(
    items: Sequence[Item], limits: Sequence[int], stop: Callable[[], bool] = never, most_states: int = MOST_STATES
) -> Best:
    """Return the choice of the highest total weight within the limits; of equal ones, one that covers most kinds.

    Args:
        items: with weights and uses ≥ 0 (a weight may be below 0: such an item is never needed).
        limits: of each resource, in the same units; as many as each item has uses.
        stop: asked now and then; True ends the search early, the result then carries its bound.
        most_states: choices kept side by side.
    """
    fitting = [place for place, item in enumerate(items) if _fits(item.uses, limits)]
    problem = _Problem([items[place] for place in fitting], tuple(limits))
    start = _first_choice(problem, stop)
    found, weight, bound = _sweep(problem, start, stop, most_states)
    settled = bound == weight
    if settled and _covered(problem, found) != _covered(problem, range(len(problem.items))):
        found, settled = _cover_most(problem, found, weight, stop, most_states)
    return Best(tuple(sorted(fitting[place] for place in found)), weight, bound, settled)


class _Problem:
    """The items in the order of the search, with prices and the worth of each item at these prices."""

    def __init__(self, items: Sequence[Item], limits: tuple[int, ...]) -> None:
        self.items = tuple(items)
        self.limits = limits
        self.prices = _prices(self.items, limits)
        self.worths = tuple(
            item.weight - sum(price * use for price, use in zip(self.prices, item.uses, strict=True))
            for item in self.items
        )
        self.bound = sum(price * limit for price, limit in zip(self.prices, limits, strict=True))
        self.bound += sum(worth for worth in self.worths if worth > 0)
        self.order = self._order()
        self.nothing = _State(0, 0, (0,) * len(limits), 0, None)
        self._last_use = [
            max((step for step, place in enumerate(self.order) if self.items[place].uses[resource]), default=-1)
            for resource in range(len(limits))
        ]

    def active(self, step: int) -> list[int]:
        """Return the resources that items after this step still use."""
        return [each for each, last in enumerate(self._last_use) if last > step]

    def settled_at(self, step: int) -> list[int]:
        """Return the resources whose last user is decided in this step."""
        return [each for each, last in enumerate(self._last_use) if last == step]

    def _order(self) -> tuple[int, ...]:
        """Return the places of the items: those of the rarest resource first, the clearest decisions first."""
        users = [sum(1 for item in self.items if item.uses[each]) for each in range(len(self.limits))]
        rarity = sorted(range(len(self.limits)), key=lambda each: users[each])

        def group(place: int) -> tuple[int, int]:
            uses = self.items[place].uses
            used = [rank for rank, each in enumerate(rarity) if uses[each]]
            return (-len(used) if len(used) > 2 else 0, used[0] if used else len(rarity))  # noqa: PLR2004

        return tuple(sorted(range(len(self.items)), key=lambda place: (*group(place), -abs(self.worths[place]), place)))


def _fits(uses: Iterable[int], limits: Iterable[int]) -> bool:
    return all(use <= limit for use, limit in zip(uses, limits, strict=True))


def _prices(items: Sequence[Item], limits: Sequence[int]) -> tuple[int, ...]:
    """Return a price for each resource that makes the bound low: the one most items share is searched for."""
    if not limits:
        return ()
    shared = max(range(len(limits)), key=lambda each: sum(1 for item in items if item.uses[each]))

    def with_price(price: int) -> tuple[int, tuple[int, ...]]:
        prices = [0] * len(limits)
        prices[shared] = price
        for _round in range(_ROUNDS):
            for each in range(len(limits)):
                if each != shared:
                    prices[each] = _break_price(items, limits[each], each, prices)
        bound = sum(price * limit for price, limit in zip(prices, limits, strict=True))
        for item in items:
            worth = item.weight - sum(price * use for price, use in zip(prices, item.uses, strict=True))
            bound += max(worth, 0)
        return bound, tuple(prices)

    low, high = 0, max((0, *(item.weight // item.uses[shared] + 1 for item in items if item.uses[shared])))
    while high - low > _SEARCH:
        third = (high - low) // _SEARCH
        if with_price(low + third)[0] <= with_price(high - third)[0]:
            high -= third
        else:
            low += third
    return min(with_price(price) for price in range(low, high + 1))[1]


def _break_price(items: Sequence[Item], limit: int, each: int, prices: Sequence[int]) -> int:
    """Return the price at which the items that are still worth it just use up a resource; 0 when there is enough."""
    wanted = []
    for item in items:
        use = item.uses[each]
        if use:
            others = sum(price * used for price, used in zip(prices, item.uses, strict=True)) - prices[each] * use
            if item.weight > others:
                wanted.append(((item.weight - others) // use, use))
    wanted.sort(reverse=True)
    left = limit
    for price, use in wanted:
        left -= use
        if left < 0:
            return price
    return 0


def _first_choice(problem: _Problem, stop: Callable[[], bool]) -> tuple[int, ...]:
    """Return a good choice to start from: the best of several orders of taking what fits, bettered by exchanges."""
    items, worths = problem.items, problem.worths
    places = range(len(items))
    orders = (
        sorted(places, key=lambda place: (-worths[place], place)),
        sorted(places, key=lambda place: (-items[place].weight, place)),
    )
    choices = [_bettered(problem, _filled(problem, (), order), stop) for order in orders]
    return max(choices, key=lambda choice: sum(items[place].weight for place in choice))


def _filled(problem: _Problem, chosen: Iterable[int], order: Iterable[int]) -> tuple[int, ...]:
    """Return a choice with everything added, in this order, that still fits and adds weight."""
    taken = list(chosen)
    held = set(taken)
    left = _left(problem, taken)
    for place in order:
        item = problem.items[place]
        if item.weight > 0 and place not in held and _fits(item.uses, left):
            taken.append(place)
            left = [have - use for have, use in zip(left, item.uses, strict=True)]
    return tuple(taken)


def _left(problem: _Problem, chosen: Iterable[int]) -> list[int]:
    left = list(problem.limits)
    for place in chosen:
        left = [have - use for have, use in zip(left, problem.items[place].uses, strict=True)]
    return left


def _bettered(problem: _Problem, chosen: tuple[int, ...], stop: Callable[[], bool]) -> tuple[int, ...]:
    """Return the choice after every exchange of one item for others that raises its weight."""
    order = sorted(range(len(problem.items)), key=lambda place: (-problem.worths[place], place))
    weight = sum(problem.items[place].weight for place in chosen)
    better = True
    while better:
        better = False
        for out in chosen:
            if stop():
                break
            rest = tuple(place for place in chosen if place != out)
            other = _filled(problem, rest, (place for place in order if place != out))
            heavier = sum(problem.items[place].weight for place in other)
            if heavier > weight:
                chosen, weight, better = other, heavier, True
                break
    return chosen


class _State(NamedTuple):
    """A choice among the items decided so far: weight, what it gave up of the bound, uses, and its items as a chain."""

    weight: int
    cost: int
    uses: tuple[int, ...]
    kinds: int
    chain: tuple[int, object] | None


def _sweep(
    problem: _Problem, start: tuple[int, ...], stop: Callable[[], bool], most_states: int
) -> tuple[tuple[int, ...], int, int]:
    """Return the best choice, its weight, and the bound that is left."""
    best, weight = start, sum(problem.items[place].weight for place in start)
    bound = weight
    states = [problem.nothing]
    pruned_at = _PRUNE_FROM
    for step, place in enumerate(problem.order):
        states = _merged(_decided(problem, states, place, step, weight + 1))
        if len(states) > pruned_at:
            states = _undominated(states, problem.active(step))
            pruned_at = max(_PRUNE_FROM, 2 * len(states))
        top = max(states, key=lambda state: state.weight, default=problem.nothing)
        if top.weight > weight:
            best, weight = _places(top), top.weight
        stopped = bool(states) and stop()
        if stopped or len(states) > most_states:
            states.sort(key=lambda state: state.cost)
            keep = 0 if stopped else most_states // 2
            bound = max(bound, problem.bound - states[keep].cost)
            del states[keep:]
    return best, weight, max(weight, bound)


def _decided(problem: _Problem, states: Iterable[_State], place: int, step: int, floor: int) -> list[_State]:
    """Return the choices with one more item decided either way, without those that cannot reach the floor."""
    item, worth = problem.items[place], problem.worths[place]
    most_cost = problem.bound - floor
    skip_cost, take_cost = max(worth, 0), max(-worth, 0)
    settled = problem.settled_at(step)
    grown = []
    for weight, cost, uses, kinds, chain in states:
        if cost + skip_cost <= most_cost:
            grown.append(_State(weight, cost + skip_cost, uses, kinds, chain))
        if cost + take_cost <= most_cost:
            more = tuple(map(add, uses, item.uses))
            if _fits(more, problem.limits):
                grown.append(_State(weight + item.weight, cost + take_cost, more, kinds | item.kinds, (place, chain)))
    return _settled(problem, grown, settled, most_cost) if settled else grown


def _settled(problem: _Problem, states: Iterable[_State], resources: Sequence[int], most_cost: int) -> list[_State]:
    """Return the choices once no later item uses some resources: what is left of these is lost, and no use is told."""
    kept = []
    for state in states:
        uses, cost = list(state.uses), state.cost
        for each in resources:
            cost += problem.prices[each] * (problem.limits[each] - uses[each])
            uses[each] = 0
        if cost <= most_cost:
            kept.append(state._replace(cost=cost, uses=tuple(uses)))
    return kept


def _merged(states: Iterable[_State], *, with_kinds: bool = False) -> list[_State]:
    """Return the heaviest of the choices that use the same (and cover the same, where that matters)."""
    best: dict[tuple[tuple[int, ...], int], _State] = {}
    for state in states:
        key = (state.uses, state.kinds if with_kinds else 0)
        other = best.get(key)
        if other is None or state.weight > other.weight:
            best[key] = state
    return list(best.values())


def _undominated(states: list[_State], active: Sequence[int]) -> list[_State]:
    """Return the choices without those that use no less of everything and weigh no more than another.

    Exact for one or two resources that still matter; with more, nothing is looked for.
    """
    if len(active) > 2:  # noqa: PLR2004  (the staircase is for two)
        return states
    first = active[0] if active else None
    second = active[1] if len(active) > 1 else None

    def uses(state: _State) -> tuple[int, int]:
        return (0 if first is None else state.uses[first], 0 if second is None else state.uses[second])

    kept, steps, weights = [], list[int](), list[int]()
    for state in sorted(states, key=lambda state: (*uses(state), -state.weight)):
        use = uses(state)[1]
        place = bisect_right(steps, use)
        if place and weights[place - 1] >= state.weight:
            continue
        kept.append(state)
        end = place
        while end < len(steps) and weights[end] <= state.weight:
            end += 1
        start = place - 1 if place and steps[place - 1] == use else place
        steps[start:end] = [use]
        weights[start:end] = [state.weight]
    return kept


def _cover_most(
    problem: _Problem, found: tuple[int, ...], weight: int, stop: Callable[[], bool], most_states: int
) -> tuple[tuple[int, ...], bool]:
    """Return, of all choices of this weight, one that covers most kinds, and whether all were compared."""
    states = [problem.nothing]
    for step, place in enumerate(problem.order):
        states = _merged(_decided(problem, states, place, step, weight), with_kinds=True)
        if len(states) > most_states or stop():
            return found, False
    top = max((state for state in states if state.weight == weight), key=lambda state: state.kinds.bit_count())
    return (_places(top) if top.kinds.bit_count() > _covered(problem, found).bit_count() else found), True


def _covered(problem: _Problem, places: Iterable[int]) -> int:
    """Return the kinds that these items cover together."""
    return reduce(or_, (problem.items[place].kinds for place in places), 0)


def _places(state: _State) -> tuple[int, ...]:
    places, chain = [], state.chain
    while chain is not None:
        place, chain = chain  # type: ignore[assignment]
        places.append(place)
    return tuple(places)
