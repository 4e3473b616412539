"""The yearly evaluation of industrial firms (S22): points by own weights and bases, classes by rank, T for new ones.

Score = Σ (value ÷ base × weight) + points added or taken. The classes are cut by rank: the first 20 % A, up to 60 % B,
up to 95 % C, the rest D. This is the published form of a neighbouring city (practice.md §9: 淮安 2024, weights
45/35/20); Xiangcheng's own weights were not found, so weights, bases and cuts are always given, none is built in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from crm.domain.fields.kinds.choices import EVALUATION_CLASSES

INDICATORS = ("tax_per_mu", "sales_per_mu", "green")
"""Tax and sales in 万元 for each 亩, tax in 万元 for each tce (fields of ``evaluations``)."""

NEW, YEARS_NEW = "T", 2
"""A firm in its first two years of production is not graded (practice.md §9)."""

CLASSES = tuple(choice.code for choice in EVALUATION_CLASSES if choice.code != NEW)


@dataclass(frozen=True, slots=True)
class Scheme:
    """How firms of a year are scored and graded.

    Attributes:
        weights: points of each indicator at its base value.
        bases: the base value of each indicator, in its unit; more than zero.
        cuts: shares of the ranking up to which A, B and C reach, in per cent, rising.
    """

    weights: Mapping[str, Decimal]
    bases: Mapping[str, Decimal]
    cuts: tuple[Decimal, Decimal, Decimal]

    def __post_init__(self) -> None:
        """Refuse what cannot score.

        Raises:
            ValueError: an indicator has no base, a base is not more than zero, or the cuts do not rise.
        """
        if set(self.weights) - set(self.bases) or any(base <= 0 for base in self.bases.values()):
            raise ValueError("every indicator needs a base value of more than zero")
        if not 0 < self.cuts[0] <= self.cuts[1] <= self.cuts[2] <= 100:  # noqa: PLR2004  (per cent)
            raise ValueError("the cuts must rise from 0 to 100 per cent")


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator on the worksheet: value ÷ base × weight."""

    indicator: str
    value: Decimal
    base: Decimal
    weight: Decimal
    points: Fraction


@dataclass(frozen=True, slots=True)
class Worksheet:
    """How a score comes about; ``score`` is None while an indicator is not known, ``missing`` names it."""

    lines: tuple[Line, ...]
    bonus: Decimal
    missing: tuple[str, ...]
    score: Fraction | None


def score(firm: Mapping[str, Decimal | None], scheme: Scheme, bonus: Decimal = Decimal(0)) -> Worksheet:
    """Return the worksheet of a firm: its indicators by name, each in its unit; an unknown one is None or left out."""
    missing = tuple(name for name in scheme.weights if firm.get(name) is None)
    lines = tuple(
        Line(name, value, scheme.bases[name], weight, Fraction(value) / Fraction(scheme.bases[name]) * Fraction(weight))
        for name, weight in scheme.weights.items()
        if (value := firm.get(name)) is not None
    )
    total = sum((line.points for line in lines), Fraction(bonus))
    return Worksheet(lines, bonus, missing, None if missing else total)


def is_new(first_year: int | None, year: int) -> bool:
    """Return whether a firm in production since ``first_year`` is in its first two years in the year of evaluation."""
    return first_year is not None and year - first_year < YEARS_NEW


def grade(scores: Mapping[str, Fraction | None], new: frozenset[str], scheme: Scheme) -> dict[str, str | None]:
    """Return the class of each firm: T for new ones, None while the score is not known, else by rank.

    Firms with one score have one class: the better. New firms take no place in the ranking.
    """
    ranked = sorted((each for each in scores if scores[each] is not None and each not in new), key=_by_score(scores))
    found: dict[str, str | None] = {each: NEW if each in new else None for each in scores}
    for place, each in enumerate(ranked):
        tied = place and scores[each] == scores[ranked[place - 1]]
        found[each] = found[ranked[place - 1]] if tied else _class(Fraction(100 * place, len(ranked)), scheme.cuts)
    return found


def _by_score(scores: Mapping[str, Fraction | None]) -> Any:  # noqa: ANN401  (a key to sort by)
    return lambda each: (-(scores[each] or Fraction(0)), each)


def _class(share_before: Fraction, cuts: Sequence[Decimal]) -> str:
    """Return the class of a firm with this share of the ranking, in per cent, before it."""
    return next((name for name, cut in zip(CLASSES, cuts, strict=False) if share_before < Fraction(cut)), CLASSES[-1])
