"""The board on which land and money are shared out: candidates and quotas in whole numbers, and the questions asked.

Amounts are made whole by a power of ten, so nothing is rounded; one unit of value outweighs all land, so that of plans
with the same value the one with the least 亩 is the best (matching.md §7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from crm.domain.fields.codes import AREAS
from crm.domain.fields.words import label_of
from crm.domain.matching.candidates import Candidate
from crm.domain.matching.optimum import Best, Item, best_choice
from crm.domain.matching.taxonomy import TAXONOMY
from crm.errors import NotFoundError, UserError
from crm.i18n import _

FUND = "fund"


@dataclass(frozen=True, slots=True)
class Quotas:
    """What there is to give: 亩 by threshold area, 万元 from funds. What has no quota is not limited."""

    land: Mapping[str, Decimal] = field(default_factory=dict)
    fund: Decimal | None = None

    @property
    def resources(self) -> tuple[tuple[str, Decimal], ...]:
        """The limited resources by name: ``land:高铁新城``, ``fund``."""
        land = tuple((f"land:{area}", limit) for area, limit in self.land.items())
        return land if self.fund is None else (*land, (FUND, self.fund))


@dataclass(frozen=True, slots=True)
class Plan:
    """A choice of leads.

    Attributes:
        codes: in the order of the codes.
        value: Σ probability × tax, 万元 a year.
        land: 亩 by area; ``fund`` in 万元.
        covered: of the six industries.
    """

    codes: tuple[str, ...]
    value: Decimal
    land: Mapping[str, Decimal]
    fund: Decimal
    covered: tuple[str, ...]

    @property
    def mu(self) -> Decimal:
        """All its land."""
        return sum(self.land.values(), Decimal(0))


def resource_name(resource: str) -> str:
    """Return the name of a limited resource of the allocation."""
    if resource == FUND:
        return _("Funds (ten thousand yuan)")
    return _("Land in {area} (亩)").format(area=label_of(AREAS, resource.removeprefix("land:")))


class Board:
    """Candidates and quotas in whole numbers, and every question that is asked of them."""

    def __init__(self, candidates: Sequence[Candidate], quotas: Quotas, stop: Callable[[], bool]) -> None:
        self.candidates = tuple(candidates)
        self.quotas = quotas
        self.stop = stop
        self.resources = tuple(name for name, _limit in quotas.resources)
        limits = [limit for _name, limit in quotas.resources]
        self.uses = tuple(tuple(_use(one, name) for name in self.resources) for one in self.candidates)
        self.units = [_whole((*(uses[each] for uses in self.uses), limit)) for each, limit in enumerate(limits)]
        self.limits = tuple(int(limit * unit) for limit, unit in zip(limits, self.units, strict=True))
        self._value_unit = _whole(one.value for one in self.candidates)
        self._mu_unit = _whole(one.mu for one in self.candidates)
        values = [int(one.value * self._value_unit) for one in self.candidates]
        areas = [int(one.mu * self._mu_unit) for one in self.candidates]
        self._step = sum(areas) + 1  # one unit of value outweighs all land
        self.items = tuple(
            Item(
                value * self._step - mu,
                tuple(int(use * unit) for use, unit in zip(uses, self.units, strict=True)),
                sum(1 << bit for bit, name in enumerate(TAXONOMY.highlands) if name in one.fields),
            )
            for one, value, mu, uses in zip(self.candidates, values, areas, self.uses, strict=True)
        )

    def numbers(self, codes: Iterable[str]) -> frozenset[int]:
        """Return the places of candidates by their codes.

        Raises:
            NotFoundError: a code is no candidate.
        """
        places = {one.code: place for place, one in enumerate(self.candidates)}
        wanted = tuple(codes)
        for code in wanted:
            if code not in places:
                raise NotFoundError(
                    _("Lead {code} takes no part in this allocation; name it among the leads.").format(code=code),
                    where=code,
                )
        return frozenset(places[code] for code in wanted)

    def refuse_impossible(self, inside: frozenset[int], outside: frozenset[int]) -> None:
        """Refuse what cannot be.

        Raises:
            UserError: a lead is forced both in and out, or those forced in exceed a quota.
        """
        both = sorted(self.candidates[place].code for place in inside & outside)
        if both:
            raise UserError(_("Lead {code} cannot be forced in and out at once.").format(code=both[0]), where=both[0])
        for name, left in zip(self.resources, self.left(inside), strict=True):
            if left < 0:
                raise UserError(
                    _("The leads forced in use more of {resource} than there is.").format(resource=resource_name(name)),
                    where=name,
                )

    def left(self, places: Iterable[int]) -> list[int]:
        """Return what a choice leaves of each resource."""
        left = list(self.limits)
        for place in places:
            left = [have - use for have, use in zip(left, self.items[place].uses, strict=True)]
        return left

    def best(
        self, inside: frozenset[int], outside: frozenset[int], limits: Sequence[int] | None = None
    ) -> tuple[Plan, Best]:
        """Return the best plan with some leads forced, and how sure it is."""
        taken = [self.items[place] for place in inside]
        limits = self.limits if limits is None else limits
        left = [limit - sum(item.uses[each] for item in taken) for each, limit in enumerate(limits)]
        free = [place for place in range(len(self.items)) if place not in inside and place not in outside]
        best = best_choice([self.items[place] for place in free], left, self.stop)
        fixed = sum(item.weight for item in taken)
        chosen = inside | {free[place] for place in best.chosen}
        return self.plan(chosen), Best((), best.weight + fixed, best.bound + fixed, best.ties_settled)

    def plan(self, places: Iterable[int]) -> Plan:
        """Return a choice as a plan."""
        chosen = [self.candidates[place] for place in sorted(places)]
        land: dict[str, Decimal] = {}
        for one in chosen:
            for area, mu in one.land.items():
                land[area] = land.get(area, Decimal(0)) + mu
        fields = frozenset[str]().union(*(one.fields for one in chosen))
        return Plan(
            tuple(one.code for one in chosen),
            sum((one.value for one in chosen), Decimal(0)),
            land,
            sum((one.fund for one in chosen), Decimal(0)),
            tuple(name for name in TAXONOMY.highlands if name in fields),
        )

    def value_of(self, weight: int) -> Decimal:
        """Return the value that no plan of a lower or equal weight exceeds."""
        return Decimal(-(-weight // self._step) if weight > 0 else 0) / self._value_unit

    def greedy(
        self, worth: Callable[[Candidate], tuple[bool, Fraction]], inside: frozenset[int], outside: frozenset[int]
    ) -> Plan:
        """Return the plan of taking what is worth most first, as long as it fits."""
        chosen, left = set(inside), self.left(inside)
        places = [place for place in range(len(self.candidates)) if place not in inside and place not in outside]
        for place in sorted(places, key=lambda place: worth(self.candidates[place]), reverse=True):
            uses = self.items[place].uses
            if self.candidates[place].value > 0 and all(use <= have for use, have in zip(uses, left, strict=True)):
                chosen.add(place)
                left = [have - use for have, use in zip(left, uses, strict=True)]
        return self.plan(chosen)


def _use(one: Candidate, resource: str) -> Decimal:
    return one.fund if resource == FUND else one.land.get(resource.removeprefix("land:"), Decimal(0))


def _whole(numbers: Iterable[Decimal]) -> int:
    """Return the power of ten that makes all these numbers whole."""
    places = 0
    for number in numbers:
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int):
            places = max(places, -exponent)
    return int(10**places)
