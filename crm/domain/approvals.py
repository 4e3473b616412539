"""The approvals of a project (S60): its list from the configured chain, what each waits for, what is late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm.domain.quantities import Number, PartialDate
from crm.domain.quantities.calendar_days import last_day


@dataclass(frozen=True, slots=True)
class Step:
    """One approval of a project's list.

    Attributes:
        approval: code of the item.
        place: in the order.
        waits_for: codes of the items that must be done before it and are not.
        overdue: due before the day and not done.
    """

    approval: str
    place: Decimal
    done: bool
    waits_for: tuple[str, ...]
    overdue: bool


def chain_of(chains: Iterable[Mapping[str, Any]], project_type: str) -> list[Mapping[str, Any]]:
    """Return the entries (``approval-chains``) of a type of project, in their order."""
    own = [each for each in chains if each["project_type"] == project_type]
    return sorted(own, key=lambda each: (_place(each), str(each["approval"])))


def checklist(steps: Sequence[Mapping[str, Any]], chain: Iterable[Mapping[str, Any]], on: date) -> list[Step]:
    """Return a project's approvals (``approval-steps``) in order, with what each waits for and whether it is late."""
    after = {str(each["approval"]): tuple(each.get("after") or ()) for each in chain}
    done = {str(step["approval"]) for step in steps if step.get("done_on") is not None}
    there = {str(step["approval"]) for step in steps}
    return [
        Step(
            code := str(step["approval"]),
            _place(step),
            code in done,
            tuple(each for each in after.get(code, ()) if each in there and each not in done),
            is_overdue(step, on),
        )
        for step in sorted(steps, key=lambda step: (_place(step), str(step["approval"])))
    ]


def is_overdue(step: Mapping[str, Any], on: date) -> bool:
    """Return whether an approval was due before a day and is not done."""
    due = step.get("due")
    return isinstance(due, PartialDate) and last_day(due) < on and step.get("done_on") is None


def _place(step: Mapping[str, Any]) -> Decimal:
    place = step.get("place")
    return place.low if isinstance(place, Number) and place.low is not None else Decimal(0)
