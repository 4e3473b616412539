"""Where leads come from (S09): the places they name most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

TOP = 10


def top_origins(leads: Iterable[Mapping[str, Any]], most: int = TOP) -> tuple[list[tuple[str, int]], int, int]:
    """Return the places named most often with how many leads name each, how many name others, how many name none.

    A lead's place is its province and city of origin, else its country or region. Of equal counts the one that reads
    first stands first; the three parts add up to all leads.
    """
    counts = Counter(str(lead.get("origin_place") or lead.get("country") or "") for lead in leads)
    without = counts.pop("", 0)
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return ranked[:most], sum(count for _place, count in ranked[most:]), without
