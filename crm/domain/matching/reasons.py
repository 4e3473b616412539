"""What a comparison of a lead with a community or a fund says: criteria, parts of a score, reasons as codes.

Nothing here is a sentence: ``explain`` makes the words. What is not known is its own result, never a pass or a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from crm.domain.reasons import Reason

Exact = Decimal | Fraction
"""An exact number: a Decimal wherever it is finite, a Fraction where it repeats (a covered share of 5/6)."""


class Result(StrEnum):
    """How a criterion ended. UNKNOWN is 待核: a person must look, nothing is refused for it."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Criterion(NamedTuple):
    """One thing that was looked at.

    Attributes:
        name: stable; ``space``, ``ceiling_height``, ``stage`` … (``criteria[].name`` in the contract).
        hard: whether NOT_MET refuses the target; a preference only costs points.
    """

    name: str
    result: Result
    reason: Reason
    hard: bool = True


@dataclass(frozen=True, slots=True)
class Assessment:
    """One lead against one community or fund.

    Attributes:
        code: of the target.
        name: of the target, "" when it has none yet.
        order: the target's code made comparable, so that RC-2 stands before RC-10.
        criteria: everything looked at, in the order of matching.md §3 and §4.
        parts: points by part; empty when the target is refused, is not ready or waits for the lead's data.
        score: their sum, 0–100.
        ready: False for an empty slot (待补录), which is never recommended.
        waits_for: what the lead must say before the target can be proposed.
    """

    code: str
    name: str
    order: tuple[tuple[str, int], ...]
    criteria: tuple[Criterion, ...]
    parts: Mapping[str, Exact] = field(default_factory=dict)
    score: Exact = Decimal(0)
    ready: bool = True
    waits_for: tuple[Reason, ...] = ()

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """Every reason that refuses the target, in the order of the constraints."""
        return tuple(one.reason for one in self.criteria if one.hard and one.result is Result.NOT_MET)

    @property
    def unknown(self) -> tuple[Criterion, ...]:
        """The criteria a person must look at."""
        return tuple(one for one in self.criteria if one.result is Result.UNKNOWN)


def total(numbers: Iterable[Exact]) -> Exact:
    """Return the exact sum; decimals are added as decimals, which is fast."""
    whole, broken = Decimal(0), None
    for number in numbers:
        if isinstance(number, Decimal):
            whole += number
        else:
            broken = number if broken is None else broken + number
    return whole if broken is None else Fraction(whole) + broken


def is_refused(criteria: Iterable[Criterion]) -> bool:
    """Return whether a hard constraint failed."""
    for one in criteria:  # noqa: SIM110  (asked of every target of every lead: a generator costs three times as much)
        if one.result is Result.NOT_MET and one.hard:
            return True
    return False


def code_order(code: str) -> tuple[tuple[str, int], ...]:
    """Return a code as something to sort by: runs of digits count as numbers (RC-2 before RC-10)."""
    parts: list[tuple[str, int]] = []
    text = ""
    digits = ""
    for sign in code:
        if sign.isdecimal():
            digits += sign
        elif digits:
            parts.append((text, int(digits)))
            text, digits = sign, ""
        else:
            text += sign
    parts.append((text, int(digits) if digits else -1))
    return tuple(parts)
