"""Leased floor space as the land it would stand on: for reference, never judged (interpretation D4, decision 34)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from crm.domain.fields.values import Lease
from crm.domain.quantities import MU_PER_SQUARE_METRE
from crm.domain.thresholds.exact import Ends, quotient_down
from crm.domain.thresholds.figures import Notes, ends_of
from crm.domain.thresholds.judgement import Figure, Reference

MOST_PLOT_RATIO = Decimal(20)
"""A larger one is a percentage or a slip and is asked (practice.md §4)."""


def reference_of(leases: Sequence[Lease], tax: Ends | None, notes: Notes) -> Reference | None:
    """Return leased space as land: 亩 = floor ÷ plot ratio × 15/10000; None when nothing is leased.

    A lease without a plot ratio, or with one beyond belief, leaves the land unknown and is told.
    """
    if not leases:
        return None
    lows, highs = Fraction(0), Fraction(0)
    for place, lease in enumerate(leases):
        floor = ends_of(lease.space, f"lease[{place}].space", notes)
        if floor is None or not floor.high.is_finite():
            notes.tell("lease_without_space", place=place + 1)
            return Reference(None, None, None)
        if lease.plot_ratio is None or not 0 < lease.plot_ratio <= MOST_PLOT_RATIO:
            code = "lease_without_ratio" if lease.plot_ratio is None else "lease_ratio_odd"
            notes.tell(code, place=place + 1, ratio=lease.plot_ratio)
            return Reference(None, None, None)
        lows += Fraction(floor.low) / Fraction(lease.plot_ratio)
        highs += Fraction(floor.high) / Fraction(lease.plot_ratio)
    mu = Fraction(MU_PER_SQUARE_METRE)
    land = _figure(lows * mu, highs * mu)
    tax_per_mu = None
    if tax is not None and tax.high.is_finite() and lows > 0:
        tax_per_mu = _figure(Fraction(tax.low) / (highs * mu), Fraction(tax.high) / (lows * mu))
    notes.tell("reference", land=land, tax_per_mu=tax_per_mu)
    return Reference(_figure(lows, highs), land, tax_per_mu)


def _figure(low: Fraction, high: Fraction) -> Figure:
    return Figure(_down(low), _down(high))


def _down(value: Fraction) -> Decimal:
    return quotient_down(Decimal(value.numerator), Decimal(value.denominator))
