"""Duplicates among 100,000 names, beside grouping by the normalised name alone (performance.md §9)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from bench.leads import leads
from bench.table import Line, processor
from crm.domain.companies.duplicates import find_duplicates
from crm.domain.companies.names import name_key, read_name

COUNT = 100_000
LIMIT = 30_000


def lines(count: int = COUNT) -> list[Line]:
    """Return what the whole search for duplicates takes of the processor."""
    records: list[tuple[int, dict[str, Any]]] = [(number, lead) for number, lead in enumerate(leads(count))]
    read_name.cache_clear()
    floor = processor(lambda: _grouped([str(lead["investor"]) for _number, lead in records]))
    read_name.cache_clear()
    ours = processor(lambda: find_duplicates(records))
    return [
        Line(
            f"duplicates among {count:,} leads, processor time",
            ours,
            "grouped by normalised name",
            floor,
            LIMIT,
            "30 s",
        )
    ]


def _grouped(names: list[str]) -> int:
    groups: defaultdict[str, int] = defaultdict(int)
    for name in names:
        groups[name_key(name)] += 1
    return len(groups)
