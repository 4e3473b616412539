"""How long things may take: response clocks in working days, rest of a lead in days, by stage.

The clocks are those of 江府办函〔2024〕37号 (practice.md §1: 1 day to respond, 3 to assess) with 7 and 14 as bureaus
commonly keep them. A preliminary first report has 3 working days, a complete one 60 days without a record, announced 7
days before (practice.md §2). How long a lead may stay in a stage, or rest unspoken of, is the program's own proposal:
no rule of the district is known. The bureau sets its own in the dictionary ``deadline``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

CLOCKS = ("respond", "assess", "feedback", "report")
"""To name an officer or speak to them; to say whether it is followed up; to tell the reporter; to write news down."""

PROTECTION: Mapping[str, int] = MappingProxyType({"preliminary": 3, "complete": 60, "warn": 7})
"""Of a first report: working days to complete a preliminary one; days without a record; days it is told before."""

MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds on a day.

    Attributes:
        clocks: code of ``CLOCKS`` -> working days.
        stay: stage -> days a lead may stay in it; a stage without an entry has no limit.
        quiet: stage -> days without a follow-up after which a lead is going stale; the same.
        entered: the keys that the bureau has set; the others are the program's proposals.
        protection: of a first report, as ``PROTECTION`` has it.
    """

    clocks: Mapping[str, int]
    stay: Mapping[str, int]
    quiet: Mapping[str, int]
    entered: frozenset[str] = frozenset()
    protection: Mapping[str, int] = field(default_factory=lambda: PROTECTION)


LIMITS = Limits(
    clocks=MappingProxyType({"respond": 1, "assess": 3, "feedback": 7, "report": 14}),
    stay=MappingProxyType(
        {
            "lead": 7,
            "assessment": 14,
            "negotiation": 60,
            "review": 30,
            "signed": 60,
            "registered": 90,
            "land_supplied": 180,
            "started": 540,
            "completed": 180,
            "production": 730,
        }
    ),
    quiet=MappingProxyType(
        {
            "lead": 7,
            "assessment": 14,
            "negotiation": 30,
            "review": 14,
            "signed": 30,
            "registered": 30,
            "land_supplied": 60,
            "started": 60,
            "completed": 60,
            "production": 90,
        }
    ),
)
"""What holds until the bureau sets its own."""


def keys(limits: Limits = LIMITS) -> dict[str, int]:
    """Return every limit by its key: ``clock.respond``, ``stay.review``, ``quiet.review``."""
    groups = {"clock": limits.clocks, "stay": limits.stay, "quiet": limits.quiet, "protection": limits.protection}
    return {f"{group}.{name}": days for group, entries in groups.items() for name, days in entries.items()}


def with_entries(entries: Mapping[str, int]) -> Limits:
    """Return the limits with what a bureau has set, by key; a key there is not is passed over."""
    known = {key: days for key, days in entries.items() if key in keys()}
    both = {**keys(), **known}

    def group(name: str) -> Mapping[str, int]:
        return {key.partition(".")[2]: days for key, days in both.items() if key.startswith(f"{name}.")}

    return Limits(group("clock"), group("stay"), group("quiet"), frozenset(known), group("protection"))
