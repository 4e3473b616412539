"""The access list against a lead (S63): by its class of GB/T 4754 and by words, in the version that holds on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from crm.domain.quantities import PartialDate
from crm.domain.quantities.calendar_days import first_day, last_day

FORBIDDEN, RESTRICTED, CONSULT = LEVELS = ("forbidden", "restricted", "consult")
"""From the gravest."""

EDITION = "2017"
"""The edition of the classes that leads hold; a class of another edition is never converted, people look at it."""

_DIGITS = re.compile(r"\d{2,4}")

SAID_IN = ("name", "industry", "industries", "environment", "notes", "chain_position")
"""The fields of a lead in which words of the list are looked for."""


class By(StrEnum):
    """What of a lead meets an item."""

    CLASS = "class"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Hit:
    """An item of the list that a lead meets.

    Attributes:
        item: its record (``crm.domain.fields.kinds.gates.ACCESS_LIST``).
        level: of the item; ``consult`` where its class is of another edition than the lead's.
        by: what meets it.
        what: the class or the word.
    """

    item: Mapping[str, Any]
    level: str
    by: By
    what: str


def holds(record: Mapping[str, Any], on: date) -> bool:
    """Return whether a record with ``valid_from`` and ``valid_until`` holds on a day; an open end holds for ever."""
    since, until = record.get("valid_from"), record.get("valid_until")
    begun = not isinstance(since, PartialDate) or first_day(since) <= on
    return begun and (not isinstance(until, PartialDate) or on <= last_day(until))


def hits(items: Iterable[Mapping[str, Any]], lead: Mapping[str, Any], on: date) -> list[Hit]:
    """Return the items that a lead meets on a day, the gravest first, each once."""
    gbt, said = _classes(lead.get("gbt4754")), _said(lead)
    found = [hit for item in items if holds(item, on) and (hit := _hit(item, gbt, said))]
    return sorted(found, key=lambda hit: (LEVELS.index(hit.level), str(hit.item.get("code"))))


def _hit(item: Mapping[str, Any], gbt: Sequence[str], said: str) -> Hit | None:
    for named in item.get("gbt4754") or ():
        if any(own.startswith(above) for above in _classes(named) for own in gbt):
            same = item.get("edition") in (None, EDITION)
            return Hit(item, str(item["level"]) if same else CONSULT, By.CLASS, named)
    for word in item.get("words") or ():
        if word and word in said:
            return Hit(item, str(item["level"]), By.WORD, word)
    return None


def _classes(gbt: object) -> list[str]:
    """Return the digits of each class of a text: C3972 and 3972 are one, C39 is its division."""
    return _DIGITS.findall(str(gbt or ""))


def _said(lead: Mapping[str, Any]) -> str:
    parts: list[str] = []
    for name in SAID_IN:
        value = lead.get(name)
        parts += [value] if isinstance(value, str) else list(value or ())
    return "\n".join(parts)
