"""What waits for an answer (S66 and requests of enterprises): open and overdue, by who must answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm.domain.quantities import PartialDate
from crm.domain.quantities.calendar_days import last_day


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one of those asked still owes: codes of the requests."""

    asked: str
    open: tuple[str, ...]
    overdue: tuple[str, ...]


def waiting(requests: Iterable[Mapping[str, Any]], asked: str, answered: str, on: date) -> list[Waiting]:
    """Return what is open by who was asked, the most overdue first.

    Args:
        requests: records with ``code`` and ``due``.
        asked: the field that says who must answer.
        answered: the field with the day of the answer.
        on: what was due before this day is overdue.
    """
    found: dict[str, list[Mapping[str, Any]]] = {}
    for each in requests:
        if each.get(answered) is None:
            found.setdefault(str(each.get(asked) or ""), []).append(each)
    lines = [
        Waiting(
            who,
            tuple(str(each["code"]) for each in open_ones),
            tuple(str(each["code"]) for each in open_ones if _is_late(each, on)),
        )
        for who, open_ones in found.items()
    ]
    return sorted(lines, key=lambda line: (-len(line.overdue), line.asked))


def _is_late(request: Mapping[str, Any], on: date) -> bool:
    due = request.get("due")
    return isinstance(due, PartialDate) and last_day(due) < on
