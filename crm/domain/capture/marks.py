"""What is found in a text: marks with their field, value, certainty and reason; candidates made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any

from crm.domain.reasons import Reason

UNASSIGNED = ""
"""The field of a figure that is there but that no word gives to a field: a person says what it is."""


class Certainty(IntEnum):
    """How sure a mark is. Whatever it is, a person confirms it."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing a text says.

    Attributes:
        start: where it begins in the text; of the plain text while looking, of the pasted one in a candidate.
        end: where it ends.
        field: of the registry of leads, or ``UNASSIGNED``.
        value: the domain value; a sum of money where the field is unassigned.
        text: the words it was read from.
        certainty: how sure it is.
        reason: why this field: a code with parameters (``crm.domain.capture.explain``).
    """

    start: int
    end: int
    field: str
    value: Any
    text: str
    certainty: Certainty
    reason: Reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """One lead that a text speaks of.

    Attributes:
        marks: what was taken, by place; one a field, of ``space`` one a kind.
        others: what was found beside it: second values of a field, figures no word gives to a field.
    """

    marks: tuple[Mark, ...]
    others: tuple[Mark, ...] = ()

    @property
    def values(self) -> Mapping[str, Any]:
        """The fields with their values, as a record has them."""
        found: dict[str, Any] = {}
        for mark in self.marks:
            if mark.field == "space":
                found["space"] = {**mark.value, **found.get("space", {})}
            else:
                found.setdefault(mark.field, mark.value)
        return found


@dataclass(frozen=True, slots=True)
class Capture:
    """What was found in a pasted text.

    Attributes:
        text: what was pasted.
        on: the day the message was written, which 下周三 and 12月5日 are counted from.
        candidates: the leads it speaks of, in their order; none where it speaks of none.
        cut: the text was longer than is looked at.
    """

    text: str
    on: date
    candidates: tuple[Candidate, ...] = field(default=())
    cut: bool = False
