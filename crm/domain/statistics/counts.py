"""Counting: projects once each, their planned investment beside them, and what could not be added told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from crm.domain.quantities import Land, Money, PartialDate


@dataclass(frozen=True, slots=True)
class Figures:
    """What statistics read of a lead; None is unknown.

    Attributes:
        milestones: field of a date -> the date, for those that are known.
    """

    code: str
    name: str
    investor: str | None = None
    country: str | None = None
    nature: str | None = None
    industry: str | None = None
    industries: tuple[str, ...] = ()
    area: str | None = None
    planned_investment: Money | None = None
    land: Land | None = None
    stage: str | None = None
    status: str | None = None
    owner: str | None = None
    bureau: str | None = None
    increment: str | None = None
    milestones: Mapping[str, PartialDate | datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """Projects and what they plan to invest.

    Attributes:
        projects: each counted once.
        amount: 万元: the sum of the planned investments that are given in 元, the lower bounds of ranges.
        summed: how many projects the amount is of.
        foreign: ISO currency -> sum in 万 of it; never converted (no dated rate belongs to a sum).
        foreign_projects: how many projects those are of.
    """

    projects: int = 0
    amount: Decimal = Decimal(0)
    summed: int = 0
    foreign: Mapping[str, Decimal] = field(default_factory=dict)
    foreign_projects: int = 0

    @property
    def without_amount(self) -> int:
        """Projects whose planned investment nobody has given."""
        return self.projects - self.summed - self.foreign_projects


def count(leads: Iterable[Figures]) -> Count:
    """Return how many projects these are, and their amounts."""
    projects = summed = abroad = 0
    amount, foreign = Decimal(0), dict[str, Decimal]()
    for lead in leads:
        projects += 1
        money = lead.planned_investment
        if money is None or money.low is None:
            continue
        if money.currency == "CNY":
            amount, summed = amount + money.low, summed + 1
        else:
            foreign[money.currency] = foreign.get(money.currency, Decimal(0)) + money.low
            abroad += 1
    return Count(projects, amount, summed, foreign, abroad)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole by one property.

    Attributes:
        by: the property: capital, industry, tag, area, stage, status, nature, increment.
        rows: value ("" where it is unknown) and its count, in the order to print.
        whole: of all projects, each once. Where a project may stand in several rows, the rows add up to more.
    """

    by: str
    rows: tuple[tuple[str, Count], ...]
    whole: Count

    @property
    def places(self) -> int:
        """The sum of the rows: how often a project stands in one (计次)."""
        return sum(row.projects for _value, row in self.rows)

    @property
    def known(self) -> int:
        """Projects that have the property: what shares are of."""
        return self.whole.projects - sum(row.projects for value, row in self.rows if value == "")

    @property
    def overlaps(self) -> bool:
        """Whether a project stands in several rows, so that the rows must not be read as parts of the whole."""
        return self.places != self.whole.projects


Values = Callable[[Figures], Iterable[str | None]]
"""The values of a property that a project has; one, or several."""


def break_down(by: str, leads: Iterable[Figures], values: Values, order: Iterable[str] = ()) -> Breakdown:
    """Return the projects by a property: values in ``order`` first, others by number, the unknown last.

    A project without any value stands in the row of the unknown, so that no project is lost.
    """
    every = list(leads)
    groups: dict[str, list[Figures]] = {}
    for lead in every:
        for value in dict.fromkeys(value or "" for value in values(lead)) or {"": None}:
            groups.setdefault(value, []).append(lead)
    places = {value: place for place, value in enumerate(order)}

    def rank(value: str) -> tuple[bool, int, int, str]:
        return value == "", places.get(value, len(places)), -len(groups[value]), value

    return Breakdown(by, tuple((value, count(groups[value])) for value in sorted(groups, key=rank)), count(every))
