"""The best use of scarce land and money: which live leads to choose under the quotas (matching.md §7, decisions 33).

Lexicographic: the most Σ probability × tax at full production, then the least 亩, then the most of the six industries
covered. Exact: amounts become whole numbers, and ``optimum`` proves the choice or says what bound is left. Quotas and
probabilities are the bureau's inputs; funds decide for themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from crm.domain.matching.board import FUND, Board, Plan, Quotas
from crm.domain.matching.candidates import Candidate, LeftOut
from crm.domain.matching.explain import sentence
from crm.domain.matching.optimum import never
from crm.domain.matching.reasons import code_order
from crm.domain.reasons import Reason
from crm.errors import UserError
from crm.i18n import _

MORE_LAND = Decimal(10)
"""亩 added to a quota in the shadow table."""
MORE_FUND = Decimal(1000)
"""万元 added to the fund in the shadow table."""
MOST_WHAT_IFS = 40
"""Candidates up to which each lead is forced in or out, and other plans are looked for."""
OTHER_PLANS = 2
_MOST_TRIED = 24  # plans looked at to find the other ones


@dataclass(frozen=True, slots=True)
class Shadow:
    """What more of one resource would bring: ``gain`` 万元 a year, and the plan that would then be best.

    ``gain`` is None when the search was ended before it was proved.
    """

    resource: str
    add: Decimal
    gain: Decimal | None
    plan: Plan


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What forcing one lead in (or out) would do: the plan, None when it cannot be, and what the objective loses."""

    code: str
    forced_in: bool
    plan: Plan | None
    loss: Decimal
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allocation:
    """The answer.

    Attributes:
        proved: whether the plan is proved the best; else ``bound`` says what no plan can exceed (万元 a year).
        by_value, by_value_per_mu: what picking greedily would give, for comparison.
        others: the next best plans that leave no room for another lead.
        left_out: every lead not chosen, with its reasons.
    """

    plan: Plan
    proved: bool
    bound: Decimal
    by_value: Plan
    by_value_per_mu: Plan
    shadow: tuple[Shadow, ...]
    what_ifs: tuple[WhatIf, ...]
    others: tuple[Plan, ...]
    left_out: tuple[LeftOut, ...]
    candidates: tuple[Candidate, ...]
    quotas: Quotas


def allocate(
    candidates: Iterable[Candidate],
    quotas: Quotas,
    *,
    unfit: Iterable[LeftOut] = (),
    forced_in: Iterable[str] = (),
    forced_out: Iterable[str] = (),
    stop: Callable[[], bool] = never,
) -> Allocation:
    """Return the best plan and what stands around it.

    Args:
        candidates: the leads that may be chosen.
        quotas: what there is to give.
        unfit: leads that cannot be candidates, for the list of those left out.
        forced_in: codes that must be chosen.
        forced_out: codes that must not.
        stop: asked now and then; True ends the search early.

    Raises:
        NotFoundError: a forced code is no candidate.
        UserError: what is forced in cannot take part, exceeds a quota, or is forced both ways.
    """
    unfit = tuple(unfit)
    forced_in, forced_out = frozenset(forced_in), frozenset(forced_out) - {one.code for one in unfit}
    _refuse_unfit(unfit, forced_in)
    board = Board(sorted(candidates, key=lambda one: code_order(one.code)), quotas, stop)
    inside, outside = board.numbers(forced_in), board.numbers(forced_out)
    board.refuse_impossible(inside, outside)
    plan, best = board.best(inside, outside)
    proved = best.bound == best.weight and best.ties_settled
    what_ifs = _what_ifs(board, plan, inside, outside) if len(board.candidates) <= MOST_WHAT_IFS else ()
    return Allocation(
        plan=plan,
        proved=proved,
        bound=plan.value if proved else max(plan.value, board.value_of(best.bound)),
        by_value=board.greedy(_by_value, inside, outside),
        by_value_per_mu=board.greedy(_per_mu, inside, outside),
        shadow=_shadow(board, plan, inside, outside, proved=proved),
        what_ifs=what_ifs,
        others=_others(board, plan, inside, outside) if len(board.candidates) <= MOST_WHAT_IFS else (),
        left_out=(*_left_out(board, plan, outside, what_ifs), *unfit),
        candidates=board.candidates,
        quotas=quotas,
    )


def _refuse_unfit(unfit: Iterable[LeftOut], forced_in: frozenset[str]) -> None:
    """Refuse to force in what cannot take part.

    Raises:
        UserError: the message gives the reasons.
    """
    for one in unfit:
        if one.code in forced_in:
            reasons = _("; ").join(sentence(reason) for reason in one.reasons)
            raise UserError(
                _("Lead {code} cannot be chosen: {reasons}.").format(code=one.code, reasons=reasons), where=one.code
            )


def _by_value(one: Candidate) -> tuple[bool, Fraction]:
    return False, Fraction(one.value)


def _per_mu(one: Candidate) -> tuple[bool, Fraction]:
    """Return the value of each 亩; a lead without land comes before all others."""
    return not one.mu, Fraction(one.value) / Fraction(one.mu or 1)


def _shadow(
    board: Board, plan: Plan, inside: frozenset[int], outside: frozenset[int], *, proved: bool
) -> tuple[Shadow, ...]:
    """Return what a little more of each resource would bring."""
    rows = []
    for each, name in enumerate(board.resources):
        more = MORE_FUND if name == FUND else MORE_LAND
        limits = list(board.limits)
        limits[each] += int(more * board.units[each])
        better, best = board.best(inside, outside, limits)
        sure = proved and best.weight == best.bound
        rows.append(Shadow(name, more, better.value - plan.value if sure else None, better))
    return tuple(rows)


def _what_ifs(board: Board, plan: Plan, inside: frozenset[int], outside: frozenset[int]) -> tuple[WhatIf, ...]:
    """Return, for each lead not forced already, what the opposite of its place in the plan would do."""
    rows = []
    chosen = frozenset(plan.codes)
    for place, one in enumerate(board.candidates):
        if place in inside or place in outside or board.stop():
            continue
        forced = one.code not in chosen
        wanted = (inside | {place}, outside) if forced else (inside, outside | {place})
        if min(board.left(wanted[0]), default=0) < 0:
            rows.append(WhatIf(one.code, forced, None, plan.value))
            continue
        other, _best = board.best(*wanted)
        joins = tuple(code for code in other.codes if code not in chosen)
        leaves = tuple(code for code in plan.codes if code not in other.codes)
        rows.append(WhatIf(one.code, forced, other, plan.value - other.value, joins, leaves))
    return tuple(rows)


def _others(board: Board, plan: Plan, inside: frozenset[int], outside: frozenset[int]) -> tuple[Plan, ...]:
    """Return the next best plans into which no further lead fits.

    Each space of plans is split by what its best one holds, so no plan is met twice.
    """
    spaces = [(plan, inside, outside)]
    found: list[Plan] = []
    for _each in range(_MOST_TRIED):
        if not spaces or len(found) > OTHER_PLANS or board.stop():
            break
        top = max(range(len(spaces)), key=lambda place: (spaces[place][0].value, -spaces[place][0].mu, -place))
        best, held_in, held_out = spaces.pop(top)
        if _is_full(board, best, outside):
            found.append(best)
        for place, one in enumerate(board.candidates):
            if place in held_in or place in held_out:
                continue
            if one.code in best.codes:
                spaces.append((board.best(held_in, held_out | {place})[0], held_in, held_out | {place}))
                held_in |= {place}
            else:
                if min(board.left(held_in | {place}), default=0) >= 0:
                    spaces.append((board.best(held_in | {place}, held_out)[0], held_in | {place}, held_out))
                held_out |= {place}
    return tuple(found[1 : OTHER_PLANS + 1])


def _is_full(board: Board, plan: Plan, outside: frozenset[int]) -> bool:
    """Return whether no further lead of any value fits into a plan."""
    places = board.numbers(plan.codes)
    left = board.left(places)
    return not any(
        all(use <= have for use, have in zip(item.uses, left, strict=True))
        for place, item in enumerate(board.items)
        if place not in places and place not in outside and board.candidates[place].value > 0
    )


def _left_out(board: Board, plan: Plan, outside: frozenset[int], what_ifs: Sequence[WhatIf]) -> tuple[LeftOut, ...]:
    """Return the candidates not chosen, each with its reason."""
    forced = {one.code: one for one in what_ifs}
    rows = []
    for place, one in enumerate(board.candidates):
        if one.code not in plan.codes:
            rows.append(LeftOut(one.code, one.name, _why_left_out(board, place, outside, forced.get(one.code))))
    return tuple(rows)


def _why_left_out(board: Board, place: int, outside: frozenset[int], what_if: WhatIf | None) -> tuple[Reason, ...]:
    if place in outside:
        return (Reason("allocation.forced_out"),)
    too_much = [
        Reason("allocation.too_large", {"resource": name, "need": use, "limit": limit})
        for (name, limit), use in zip(board.quotas.resources, board.uses[place], strict=True)
        if use > limit
    ]
    if too_much:
        return tuple(too_much)
    if not board.candidates[place].value:
        return (Reason("allocation.no_value"),)
    if what_if is None or what_if.plan is None:
        return (Reason("allocation.not_best"),)
    if not what_if.leaves:
        return (Reason("allocation.costs", {"loss": what_if.loss}),)
    return (Reason("allocation.replaces", {"loss": what_if.loss, "leaves": what_if.leaves}),)
