"""Duplicates among 100,000 names, beside grouping by the normalised name alone (performance.md §9)."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

from bench.leads import company, leads
from bench.table import Line, processor
from crm.domain.companies.duplicates import find_duplicates
from crm.domain.companies.names import name_key, read_name

COUNT = 100_000
LIMIT = 30_000
NAMES_LIMIT = 10_000
"""ms for as many names alone (issue 7)."""


def lines(count: int = COUNT) -> list[Line]:
    """Return what the whole search for duplicates takes of the processor."""
    records: list[tuple[int, dict[str, Any]]] = [(number, lead) for number, lead in enumerate(leads(count))]
    read_name.cache_clear()
    floor = processor(lambda: _grouped([str(lead["investor"]) for _number, lead in records]))
    read_name.cache_clear()
    ours = processor(lambda: find_duplicates(records))
    chance = random.Random(20261122)
    names = [company(chance) for _number in range(count)]
    read_name.cache_clear()
    names_floor = processor(lambda: _grouped(names))
    read_name.cache_clear()
    names_ours = processor(lambda: find_duplicates([(number, {"name": name}) for number, name in enumerate(names)]))
    return [
        Line(
            f"duplicates among {count:,} names, processor time",
            names_ours,
            "grouped by normalised name",
            names_floor,
            NAMES_LIMIT,
            "10 s",
        ),
        Line(
            f"duplicates among {count:,} leads, processor time",
            ours,
            "grouped by normalised name",
            floor,
            LIMIT,
            "30 s",
        ),
    ]


def _grouped(names: list[str]) -> int:
    groups: defaultdict[str, int] = defaultdict(int)
    for name in names:
        groups[name_key(name)] += 1
    return len(groups)
