"""How long a lead usually stays in a stage before somebody should ask why: a reminder, never a rule.

No act of the district sets such limits. Those here are working conventions of the program (试算约定，待核), to be
replaced by a bureau's own: entries of the dictionary ``stage_limit`` (stage → whole days), with their source.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

STAGE_LIMITS: Mapping[str, int] = {
    "lead": 7,
    "assessment": 14,
    "negotiation": 60,
    "review": 30,
    "signed": 60,
    "registered": 90,
    "land_supplied": 180,
    "started": 540,
    "completed": 180,
    "production": 365,
}
"""Calendar days by stage. Full production has no limit: a lead has arrived there."""

SOURCE = "试算约定，待核"


def days_in_stage(since: date, on: date) -> int:
    """Return the whole days since a lead came into its stage; a day in the future counts as today."""
    return max(0, (on - since).days)


def is_over(days: int | None, limit: int | None) -> bool:
    """Return whether a lead has stayed longer than the limit; on the day of the limit it has not."""
    return days is not None and limit is not None and days > limit
