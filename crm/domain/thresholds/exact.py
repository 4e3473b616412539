"""Arithmetic that never rounds before a comparison: sums, products and, only for showing, quotients."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from typing import NamedTuple

ZERO = Decimal(0)
UNBOUNDED = Decimal("Infinity")
"""The upper end of a figure that says only 不低于; it never leaves the domain (see ``closed``)."""

_EXACT = Context(prec=5000, traps=[Inexact, InvalidOperation, Overflow, DivisionByZero])
_PROBE = 60  # digits within which a quotient that ends is given in full
_SHOWN = 20  # digits of a quotient that does not end; the contract asks for 12
_LONG = Context(prec=_PROBE, rounding=ROUND_FLOOR, traps=[InvalidOperation, DivisionByZero])
_DOWN = Context(prec=_SHOWN, rounding=ROUND_FLOOR, traps=[InvalidOperation, DivisionByZero])
_UP = Context(prec=_SHOWN, rounding=ROUND_CEILING, traps=[InvalidOperation, DivisionByZero])


class Ends(NamedTuple):
    """A figure by its two ends, both inclusive; equal when it is known to the point.

    Inside the arithmetic an open upper end is ``UNBOUNDED``; in a judgement it is None.
    """

    low: Decimal
    high: Decimal

    @property
    def is_point(self) -> bool:
        """Whether the figure is known to the point."""
        return self.low == self.high

    @property
    def is_zero(self) -> bool:
        """Whether the figure is known to be nothing at all."""
        return self.low == 0 and self.high == 0


NOTHING = Ends(ZERO, ZERO)


def times(left: Decimal, right: Decimal) -> Decimal:
    """Return the exact product."""
    return _EXACT.multiply(left, right)


def plus(left: Decimal, right: Decimal) -> Decimal:
    """Return the exact sum."""
    return _EXACT.add(left, right)


def minus(left: Decimal, right: Decimal) -> Decimal:
    """Return the exact difference."""
    return _EXACT.subtract(left, right)


def total(figures: Iterable[Ends]) -> Ends:
    """Return the exact sum of figures, end by end."""
    low = high = ZERO
    for figure in figures:
        low, high = plus(low, figure.low), plus(high, figure.high)
    return Ends(low, high)


def quotient_down(left: Decimal, right: Decimal) -> Decimal:
    """Return left ÷ right: exactly if it ends within 60 digits, else 20 digits rounded down."""
    return _quotient(left, right, _DOWN)


def quotient_up(left: Decimal, right: Decimal) -> Decimal:
    """Return left ÷ right: exactly if it ends within 60 digits, else 20 digits rounded up."""
    return _quotient(left, right, _UP)


def _quotient(left: Decimal, right: Decimal, rounding: Context) -> Decimal:
    long = _LONG.divide(left, right)
    if not long.is_finite() or times(long, right) == left:
        return long
    return rounding.divide(left, right)
