"""Plots reserved among officers (S20, decisions 46): 意向选址 for one lead until a day, then free again by itself.

A reservation is an understanding in the house. Industrial land is sold by public bidding; nothing is promised by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from crm.domain.quantities import Land, PartialDate
from crm.domain.quantities.calendar_days import last_day

AVAILABLE, RESERVED = "available", "locked"

RESERVATION = frozenset(("status", "locked_by", "locked_until"))
"""The fields of a plot that say whether it is reserved, for whom, until when."""


def holder(plot: Mapping[str, Any], on: date) -> str | None:
    """Return the lead a plot is reserved for on a day; None when it is not, or no longer."""
    if plot.get("status") != RESERVED or not plot.get("locked_by"):
        return None
    until = plot.get("locked_until")
    over = isinstance(until, PartialDate) and last_day(until) < on
    return None if over else str(plot["locked_by"])


def is_free(plot: Mapping[str, Any], on: date) -> bool:
    """Return whether a plot can be proposed on a day: available, or reserved until a day that is over."""
    if plot.get("status") == RESERVED:
        return holder(plot, on) is None
    return plot.get("status") == AVAILABLE


def free_land(plots: Iterable[Mapping[str, Any]], on: date) -> tuple[Fraction, int]:
    """Return the free land in 亩, and how many free plots have no exact area and are not in it."""
    total, open_ended = Fraction(0), 0
    for plot in plots:
        if is_free(plot, on):
            land = plot.get("land")
            if isinstance(land, Land) and land.exact is not None:
                total += Fraction(land.exact)
            else:
                open_ended += 1
    return total, open_ended
