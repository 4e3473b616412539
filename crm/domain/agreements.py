"""What was agreed and what came of it: whether an obligation was kept, is late or still open; promises by year.

A figure nobody gave is unknown, never nought. Amounts of different currencies are never added: domestic and foreign
money stand apart, as they were agreed (practice.md §4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from crm.domain.quantities import Money, PartialDate
from crm.domain.quantities.calendar_days import last_day
from crm.domain.quantities.values import Span

MONEY_IN = ("investment", "paid_in")
"""Measures whose promises are summed by year: what is invested, what capital is paid in."""


class Standing(StrEnum):
    """How an obligation stands on a day."""

    KEPT = "kept"
    SHORT = "short"  # performed, but less than was agreed
    OVERDUE = "overdue"
    OPEN = "open"
    UNDATED = "undated"  # nobody entered until when


def standing(obligation: Mapping[str, Any], on: date) -> Standing:
    """Return how an obligation (a record of ``obligations``) stands on a day.

    Exactly what was agreed is kept. A shortfall is only told where both figures are known, in one currency; of a range
    the end that favours the obliged counts.
    """
    if _is_performed(obligation):
        return Standing.SHORT if shortfall(obligation) else Standing.KEPT
    due = due_day(obligation)
    if due is None:
        return Standing.UNDATED
    return Standing.OVERDUE if due < on else Standing.OPEN


def due_day(obligation: Mapping[str, Any]) -> date | None:
    """Return the last day of an obligation: that of ``due``, else of its year; None when neither is entered."""
    due, year = obligation.get("due"), obligation.get("year")
    if isinstance(due, PartialDate):
        return last_day(due)
    return date(year, 12, 31) if isinstance(year, int) else None


def shortfall(obligation: Mapping[str, Any]) -> Decimal | None:
    """Return how much less than agreed was performed, in 万元 or the number's own unit; None when it is not known."""
    for promised, performed in (("amount", "performed_amount"), ("number", "performed_number")):
        agreed, done = obligation.get(promised), obligation.get(performed)
        if not (isinstance(agreed, Span) and isinstance(done, Span)) or agreed.low is None or done.high is None:
            continue
        if isinstance(agreed, Money) and isinstance(done, Money) and agreed.currency != done.currency:
            continue
        if done.high < agreed.low:
            return agreed.low - done.high
    return None


def _is_performed(obligation: Mapping[str, Any]) -> bool:
    names = ("performed_on", "performed_amount", "performed_number")
    return any(obligation.get(name) is not None for name in names)


@dataclass(slots=True)
class Commitment:
    """What was promised and done in a year, of one measure and one currency.

    Attributes:
        promised: in 10,000 of the currency: the sum of the agreed amounts (lower ends).
        performed: likewise of the performed ones.
        without: obligations whose agreed or performed amount is not entered.
    """

    year: int | None
    measure: str
    currency: str
    promised: Decimal = Decimal(0)
    performed: Decimal = Decimal(0)
    obligations: int = 0
    without: list[str] = field(default_factory=list)


def commitments(obligations: Iterable[Mapping[str, Any]]) -> list[Commitment]:
    """Return what enterprises promised to bring in and brought in, by year, measure and currency; no rate is used."""
    found: dict[tuple[int | None, str, str], Commitment] = {}
    for each in obligations:
        if each.get("measure") not in MONEY_IN or each.get("obliged") != "enterprise":
            continue
        for name in ("amount", "performed_amount"):
            money = each.get(name)
            if isinstance(money, Money):
                line = _line(found, each, money.currency)
                if money.low is None:
                    line.without.append(str(each.get("code")))
                elif name == "amount":
                    line.promised += money.low
                    line.obligations += 1
                else:
                    line.performed += money.low
        if not isinstance(each.get("amount"), Money):
            _line(found, each, "CNY").without.append(str(each.get("code")))
    return [found[key] for key in sorted(found, key=lambda key: (key[0] or 0, key[1], key[2] != "CNY", key[2]))]


def _line(found: dict[tuple[int | None, str, str], Commitment], each: Mapping[str, Any], currency: str) -> Commitment:
    due = each.get("due")
    year = each.get("year") or (due.year if isinstance(due, PartialDate) else None)
    key = (year, str(each["measure"]), currency)
    return found.setdefault(key, Commitment(*key))
