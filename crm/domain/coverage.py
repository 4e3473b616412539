"""Coverage by research institutions (S35): firms that have one, of those that must be counted (fact K03)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

COUNTED = frozenset(("large_medium_industry", "hightech_above"))
"""Size classes of the denominator: 大中型工业企业 and 规上高新技术企业."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Both numbers and their ratio; the ratio is None when no firm is counted."""

    with_institution: int
    firms: int

    @property
    def share(self) -> Fraction | None:
        """The share from 0 to 1."""
        return Fraction(self.with_institution, self.firms) if self.firms else None


def coverage(enterprises: Iterable[Mapping[str, Any]], institutions: Iterable[Mapping[str, Any]]) -> Coverage:
    """Return the coverage of the enterprises by the register (``rd-institutions``)."""
    counted = {each["code"] for each in enterprises if each.get("scale") in COUNTED}
    covered = {each["enterprise"] for each in institutions if each.get("enterprise") in counted}
    return Coverage(len(covered), len(counted))
