"""Messages pasted to register, as the rules read them, beside what a person reads: right, found and there, by field.

The messages are our own and made up (``tests/data/capture``): ``messages`` were written before the rules,
``later_messages`` after them, and what these got wrong at first was mended too; every one is scored each time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from crm.domain.capture.candidates import capture
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.quantities.values import Span

MESSAGES = Path(__file__).resolve().parent.parent / "tests" / "data" / "capture"
ON = date(2026, 11, 26)
"""The day the messages were written."""

NOT_COUNTED = frozenset({"next_step"})
"""What somebody is to do is told in words that no two people choose alike."""


@dataclass(slots=True)
class Scores:
    """Counts by field."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def precision(self, name: str = "") -> float:
        """Return what part of the values found is right; of a field, or of all."""
        return _part(self.right, self.found, name)

    def recall(self, name: str = "") -> float:
        """Return what part of the values that are there was found; of a field, or of all."""
        return _part(self.right, self.there, name)

    def take(self, text: str, found: Mapping[str, Any], there: Mapping[str, Any]) -> None:
        """Take in one lead."""
        self.found.update(found.keys())
        self.there.update(there.keys())
        for name in found.keys() | there.keys():
            if found.get(name) == there.get(name):
                self.right[name] += 1
            else:
                self.wrong.append(f"{name}: {there.get(name)} / {found.get(name)}: {text[:40]}")


def scores(folder: Path = MESSAGES) -> Scores:
    """Return the scores over all messages of a folder."""
    counted = Scores()
    for text, leads in messages(folder):
        found = [_bare(each.values) for each in capture(text, ON).candidates]
        for place in range(max(len(found), len(leads))):
            one = found[place] if place < len(found) else {}
            counted.take(text, one, leads[place] if place < len(leads) else {})
    return counted


def messages(folder: Path = MESSAGES) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give each message with the leads a person reads in it, as ``scores`` compares them."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["text"], [_bare(_read(lead)) for lead in row["leads"]]


def lines() -> Iterator[str]:
    """Give the scores in words: all, then field by field."""
    counted = scores()
    total = sum(counted.there.values())
    yield f"pasted messages: {total} values, precision {counted.precision():.3f}, recall {counted.recall():.3f}"
    for name in sorted(counted.there | counted.found):
        told = f"precision {counted.precision(name):.3f}, recall {counted.recall(name):.3f}"
        yield f"  {name}: {counted.there[name]} values, {told}"


def _read(lead: Mapping[str, str]) -> dict[str, Any]:
    return {name: read_value(LEAD_FIELDS[name], text) for name, text in lead.items()}


def _bare(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without the words they were read from, which a label need not repeat."""
    return {name: _plain(value) for name, value in values.items() if name not in NOT_COUNTED}


def _plain(value: Any) -> Any:  # noqa: ANN401  (any value of a field)
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Span):
        return value.low, value.high, value.vague, getattr(value, "currency", "")
    return value


def _part(right: Counter[str], of: Counter[str], name: str) -> float:
    counted = of[name] if name else sum(of.values())
    return (right[name] if name else sum(right.values())) / counted if counted else 1.0
