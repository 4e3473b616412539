"""From what people gave to two ends in 亩 and in 万元: unknown stays unknown, a foreign sum needs its rate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from crm.domain.quantities import Money, Rate, Span
from crm.domain.reasons import Reason
from crm.domain.thresholds.exact import UNBOUNDED, ZERO, Ends, quotient_down, times
from crm.domain.thresholds.judgement import Figure
from crm.domain.thresholds.rules import RuleSet

HOME = "CNY"
_HUNDRED = Decimal(100)
_BELIEVABLE = 400  # a figure of more digits than this before or behind the point is a slip of the keyboard


@dataclass(slots=True, eq=False)
class Notes:
    """What is noticed while a case is made ready; each thing once, in the order it was noticed."""

    missing: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def lack(self, code: str) -> None:
        """Note a field without which there is no verdict."""
        if code not in self.missing:
            self.missing.append(code)

    def flag(self, code: str) -> None:
        """Note a flag of the contract."""
        if code not in self.flags:
            self.flags.append(code)

    def absorb(self, other: Notes) -> None:
        """Take over what others noticed."""
        for code in other.missing:
            self.lack(code)
        for code in other.flags:
            self.flag(code)
        for reason in other.reasons:
            self.tell(reason.code, **reason.parameters)

    def tell(self, code: str, **parameters: object) -> None:
        """Note a reason."""
        reason = Reason(code, parameters)
        if reason not in self.reasons:
            self.reasons.append(reason)


def ends_of(span: Span | None, where: str, notes: Notes) -> Ends | None:
    """Return the two ends of a figure; None when it is unknown, vague (数千万元), below zero or beyond belief.

    An open lower side starts at 0, an open upper side has no bound. 约 widens nothing (decision 26); it is flagged.
    """
    if span is None or (span.low is None and span.high is None):
        if span is not None and span.vague:
            notes.tell("vague", field=where, text=span.text)
        return None
    low = ZERO if span.low is None else span.low
    high = UNBOUNDED if span.high is None else span.high
    if low < 0 or high < low:
        notes.tell("impossible", field=where, low=low, high=high)
        return None
    if any(end and not -_BELIEVABLE < end.adjusted() < _BELIEVABLE for end in (low, span.high or ZERO)):
        notes.tell("beyond_belief", field=where)
        return None
    if span.approximate:
        notes.flag("approximate")
        notes.tell("approximate")
    return Ends(low, high)


def yuan_of(money: Money | None, where: str, rates: Mapping[str, Decimal], notes: Notes) -> Ends | None:
    """Return a sum in 万元, a foreign one by its rate; without that rate None, and ``rate:CUR`` is missing."""
    ends = ends_of(money, where, notes)
    if money is None or ends is None or money.currency == HOME:
        return ends
    rate = rates.get(money.currency)
    if rate is None:
        notes.lack(f"rate:{money.currency}")
        return None
    return Ends(times(ends.low, rate), times(ends.high, rate))


def reconciled(specific: Ends, stated: Ends | None, code: str, notes: Notes) -> Ends:
    """Return the more specific of two statements of one figure: a year's before the annual, plots' before the whole.

    Two that cannot both be true are flagged as ``contradiction``, and the figure becomes the range between them: the
    verdict stands only if it is the same either way.
    """
    if stated is None or (specific.low <= stated.high and stated.low <= specific.high):
        return specific
    notes.flag("contradiction")
    notes.tell(code, specific=figure_of(specific), stated=figure_of(stated))
    return Ends(min(specific.low, stated.low), max(specific.high, stated.high))


def figure_of(ends: Ends | None) -> Figure | None:
    """Return a figure for the answer: an end without bound becomes None."""
    if ends is None:
        return None
    return Figure(ends.low if ends.low.is_finite() else None, ends.high if ends.high.is_finite() else None)


def currencies_of(sums: Iterable[Money | None]) -> tuple[str, ...]:
    """Return the foreign currencies of some sums that have figures, each once, in order."""
    found = (one.currency for one in sums if one is not None and (one.low, one.high) != (None, None))
    return tuple(dict.fromkeys(code for code in found if code != HOME))


def usable_rates(
    rates: Iterable[Rate], currencies: Iterable[str], rules: RuleSet, on: date, notes: Notes
) -> dict[str, Rate]:
    """Return the rate to use for each currency; one that is not believed is told about and left out.

    Of several rates of a currency, the one with the latest date not after the day of the check holds; a rate without a
    date holds before dated ones (it was given for this check). Two that differ on the same date are asked. A rate dated
    later than the day is used only if there is no other, with a note. A rate outside the believable range is asked:
    yen are often quoted for 100 (decision 26).
    """
    given: dict[str, list[Rate]] = {}
    for rate in rates:
        given.setdefault(rate.currency, []).append(rate)
    wanted = tuple(currencies)
    used: dict[str, Rate] = {}
    for currency in wanted:
        best = _the_rate(given.get(currency, ()), on, notes)
        if best is not None and _believed(best, rules, on, notes):
            used[currency] = best
    for currency in given:
        if currency not in wanted:
            notes.tell("rate_unused", currency=currency)
    return used


def _the_rate(rates: Sequence[Rate], on: date, notes: Notes) -> Rate | None:
    if not rates:
        return None
    today = on.isoformat()
    known = [rate for rate in rates if rate.on <= today]  # "" stands before every date
    best = max(known, key=lambda rate: (not rate.on, rate.on)) if known else min(rates, key=lambda rate: rate.on)
    if any(rate.on == best.on and rate.rate != best.rate for rate in rates):
        notes.tell("rate_conflict", currency=best.currency)
        return None
    if not known:
        notes.tell("rate_after_day", currency=best.currency, on=best.on, day=today)
    return best


def _believed(rate: Rate, rules: RuleSet, on: date, notes: Notes) -> bool:
    span = rules.rate_range(rate.currency, on)
    if span is None:
        notes.tell("rate_without_range", currency=rate.currency, rate=rate.rate)
        return False
    if span.low <= rate.rate <= span.high:
        return True
    hint = "rate_odd"
    if times(span.low, _HUNDRED) <= rate.rate <= times(span.high, _HUNDRED):
        hint = "rate_per_hundred"
    elif rate.rate > 0 and times(span.low, rate.rate) <= 1 <= times(span.high, rate.rate):
        hint = "rate_upside_down"
    each = quotient_down(rate.rate, _HUNDRED)
    notes.tell(hint, currency=rate.currency, rate=rate.rate, low=span.low, high=span.high, each=each)
    return False
