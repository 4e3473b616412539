"""Carriers (载体) as places a lead may move into: compared as communities are, on the same scale (S07, S32, S37).

A school, a hospital or an exhibition centre is no place to work in. A park under conversion can be matched when it is
done, or when a day of delivery is agreed; one whose space nobody entered is 待补录.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from crm.domain.matching.communities import Community, community_from_values
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy

NO_WORKPLACE = frozenset(("school", "hospital", "exhibition_centre"))
"""Kinds of carrier (fact F02) that no project moves into."""

UNDER_WAY = frozenset(("planned", "converting"))
OPEN, CONVERTING = "open", "converting"


def carriers_from_values(
    carriers: Iterable[Mapping[str, Any]],
    communities: Iterable[Mapping[str, Any]] = (),
    taxonomy: Taxonomy = TAXONOMY,
) -> tuple[Community, ...]:
    """Return the carriers a lead may move into, from their records; those of the wrong kind are left out.

    Args:
        carriers: records of the kind ``carriers``.
        communities: a carrier that lies in one has its platforms and its international cooperation.
        taxonomy: aliases in force.
    """
    around = {str(each.get("code")): each for each in communities}
    return tuple(_carriers(carriers, around, taxonomy))


def _carriers(
    carriers: Iterable[Mapping[str, Any]], around: Mapping[str, Mapping[str, Any]], taxonomy: Taxonomy
) -> Iterator[Community]:
    for values in carriers:
        if values.get("kind") not in NO_WORKPLACE:
            community = around.get(str(values.get("community")), {})
            shared = {name: community.get(name) for name in ("platforms", "international")}
            found = community_from_values({**values, **shared, "status": status_of(values)}, taxonomy)
            yield replace(found, slot=values.get("status") == "slot" or found.space is None)


def status_of(carrier: Mapping[str, Any]) -> str | None:
    """Return whether a carrier is open: under conversion it is when a day of delivery is agreed, or the work is done.

    A record that says nothing of a conversion is as its status says.
    """
    status: str | None = carrier.get("status")
    conversion = carrier.get("conversion")
    if conversion in UNDER_WAY and carrier.get("ready") is None:
        return CONVERTING
    return OPEN if conversion and status in (None, CONVERTING) else status
