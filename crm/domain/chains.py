"""Clusters and the gaps in their chains (S24): which leads are marked for a cluster, and which fill a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in the chain of a cluster; ``name`` is "" for all leads of the cluster.

    Attributes:
        cluster: its code.
        leads: codes of the leads whose place in the chain names the gap.
    """

    cluster: str
    name: str
    leads: tuple[str, ...]


def gaps(clusters: Iterable[Mapping[str, Any]], leads: Sequence[Mapping[str, Any]]) -> Iterator[Gap]:
    """Yield each cluster with the leads that name it (by code or name), then each gap with those that fill it."""
    for cluster in clusters:
        names = {cluster["code"], cluster.get("name")} - {None}
        own = [lead for lead in leads if lead.get("cluster") in names]
        yield Gap(str(cluster["code"]), "", tuple(str(lead["code"]) for lead in own))
        for name in cluster.get("gaps") or ():
            filling = (lead for lead in own if name in str(lead.get("chain_position") or ""))
            yield Gap(str(cluster["code"]), name, tuple(str(lead["code"]) for lead in filling))
