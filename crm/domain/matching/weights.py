"""The weights of the scores: data with a version and a date. A stored match keeps the version it was made with.

Every number is of matching.md §3 (communities) and §4 (funds), a design decision; no bureau has confirmed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from crm.i18n import N_

Points = Mapping[str, Decimal]
"""Points by level of one part: ``{"same": 40, "family": 28, "unknown": 0}``."""


class Band(NamedTuple):
    """A label over a score (decisions 30); it decides nothing."""

    code: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Weights:
    """One version of the scales.

    Attributes:
        version: stored with every match.
        since: the first day it holds.
        source: where the numbers come from; a message, or plain text.
        community: part -> points by level; level ``full`` is the weight of the part.
        fund: the same for funds.
        easy_share: need / available up to which space fits with ease.
        late_months: months after the day of need up to which a late delivery still earns points.
        full_platforms: related platforms that earn the whole part.
        full_landings: kinds of landing that earn the whole part.
        bands: labels, highest first.
    """

    version: str
    since: date
    source: str
    community: Mapping[str, Points]
    fund: Mapping[str, Points]
    easy_share: Decimal
    late_months: int
    full_platforms: int
    full_landings: int
    bands: tuple[Band, ...]

    def band(self, score: object) -> str:
        """Return the label of a score (Decimal or Fraction, 0–100)."""
        return next(band.code for band in self.bands if score >= band.least)  # type: ignore[operator]


def _part(weight: str, **shares: str) -> Points:
    """Return the points of a part: its weight times the share of each level."""
    full = Decimal(weight)
    return {"full": full, "none": Decimal(0), "unknown": Decimal(0)} | {
        level: full * Decimal(share) for level, share in shares.items()
    }


WEIGHTS: tuple[Weights, ...] = (
    Weights(
        version="2026-11",
        since=date(2026, 1, 1),
        source=N_("design decision, not yet confirmed by the bureau"),
        community={
            "industry": _part("40", same="1", family="0.7"),
            "function": _part("15"),
            "space": _part("15", tight="0.7"),
            "platform": _part("15", one="0.6"),
            "international": _part("10", domestic="0.5"),
            "delivery": _part("5", late="0.5"),
        },
        fund={
            "field": _part("40"),
            "stage": _part("20", edge="0.5"),
            "amount": _part("20"),
            "landing": _part("10", one="0.5"),
            "synergy": _part("10", open="0.5"),
        },
        easy_share=Decimal("0.8"),
        late_months=6,
        full_platforms=2,
        full_landings=2,
        bands=(Band("recommended", Decimal(80)), Band("negotiable", Decimal(60)), Band("weak", Decimal(0))),
    ),
)
"""Every version that ever held, oldest first."""


WHOLE = 100
"""Points of a whole score."""


def shifted(points: Mapping[str, int], part: str, value: int) -> dict[str, int]:
    """Return the weights of parts with one of them set and the others in proportion; their sum stays.

    Whole points: what is left over goes to the parts with the largest remainders, of equal ones to the first.

    Args:
        points: part -> points.
        part: the one that is set.
        value: its points, between 0 and the sum of all.
    """
    whole = sum(points.values())
    others = {name: held for name, held in points.items() if name != part}
    base, rest = sum(others.values()), whole - value
    if not base:  # nothing to go by: all alike
        others, base = dict.fromkeys(others, 1), len(others)
    shares = {name: divmod(held * rest, base) for name, held in others.items()}
    left = rest - sum(floor for floor, _remainder in shares.values())
    order = sorted(others, key=lambda name: -shares[name][1])
    more = set(order[:left])
    return {name: value if name == part else shares[name][0] + (name in more) for name in points}


def reweighted(
    weights: Weights, community: Mapping[str, int], fund: Mapping[str, int], version: str, source: str = ""
) -> Weights:
    """Return weights with other points for whole parts; the shares of their levels stay.

    Args:
        weights: what they are made of.
        community: part -> whole points; a part left out keeps its own.
        fund: likewise.
        version: name of the new version.
        source: who decided it.
    """
    return replace(
        weights,
        version=version,
        source=source or weights.source,
        community=_rescaled(weights.community, community),
        fund=_rescaled(weights.fund, fund),
    )


def _rescaled(parts: Mapping[str, Points], wanted: Mapping[str, int]) -> dict[str, Points]:
    return {name: _scaled(points, wanted[name]) if name in wanted else dict(points) for name, points in parts.items()}


def _scaled(points: Points, full: int) -> Points:
    """Return the points of a part with another whole; a part that had none gives all or nothing."""
    before = points["full"]
    if not before:
        return {level: Decimal(0) for level in points} | {"full": Decimal(full)}
    return {level: Decimal(full) * held / before for level, held in points.items()}


def weights_on(day: date, versions: Sequence[Weights] = WEIGHTS) -> Weights:
    """Return the version that holds on a day, of two since the same day the later one; before the first, the first."""
    holding = [one for one in versions if one.since <= day]
    return max(enumerate(holding), key=lambda row: (row[1].since, row[0]))[1] if holding else versions[0]
