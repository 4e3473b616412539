"""Figures as people give them: exact bounds, the unit fixed by the type, unknown never zero.

No float decides anything: bounds are ``Decimal``; every conversion between 元, 万, 亿 or m², 亩, 公顷 is a finite
decimal (1 m² = 0.0015 亩). What was entered stays beside the figure as ``text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone
from decimal import Decimal

MU_PER_SQUARE_METRE = Decimal("0.0015")
"""亩 in one m²: 1 亩 = 10000/15 m²."""

MU_PER_HECTARE = Decimal(15)

YUAN_PER_WAN = 10_000
"""Money is kept in whole 元, written and shown in 万元."""

CHINA_TIME = timezone(timedelta(hours=8))
"""A moment belongs to the day it is in China, and one given without a zone is meant so; no summer time since 1992."""

LAND_UNITS_PER_MU = 200_000
"""Whole storage units in one 亩: 1/300 m² each, so that 0.01 m² and 0.00001 亩 are both whole (decisions 5)."""

SHARE = "0–1"
"""The unit of a share between 0 and 1 (a probability), which people also give in per cent."""


@dataclass(frozen=True, slots=True)
class Span:
    """A figure that may be a range. Both bounds are inclusive; an open or unknown side is None.

    Attributes:
        low: the least it can be.
        high: the most it can be.
        approximate: the person wrote 约, 左右 or the like; it does not widen the figure (decisions 26).
        vague: words without a number (数千万元); both bounds are None.
        text: what was entered, to the letter.
    """

    low: Decimal | None
    high: Decimal | None
    approximate: bool = False
    vague: bool = False
    text: str = ""

    @property
    def exact(self) -> Decimal | None:
        """The figure when both bounds agree, else None."""
        return self.low if self.low is not None and self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Money(Span):
    """A sum in 万 (ten thousands) of its currency. 1 亿 = 10000 万.

    Attributes:
        currency: ISO 4217.
    """

    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class Land(Span):
    """An area of land in 亩.

    Attributes:
        phase1: the part that the text gives to the first phase, 亩: 50亩（一期20亩）.
    """

    phase1: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Space(Span):
    """An area of floor space in m². It never becomes land."""


@dataclass(frozen=True, slots=True)
class Number(Span):
    """A plain figure whose unit the field fixes: metres, kVA, percent, people."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precisely as it is known; its ISO text keeps that: 2024-03-15, 2024-03, 2024-Q3, 2024-H2, 2024.

    At most one of ``month``, ``quarter`` and ``half`` is given; ``day`` only with ``month``.
    """

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None

    def __str__(self) -> str:
        if self.quarter:
            return f"{self.year:04d}-Q{self.quarter}"
        if self.half:
            return f"{self.year:04d}-H{self.half}"
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Rate:
    """The CNY paid for one unit of a currency on a day (decisions 26).

    Attributes:
        on: ISO date, or "" when nobody gave it.
    """

    currency: str
    rate: Decimal
    on: str = ""
    source: str = ""
