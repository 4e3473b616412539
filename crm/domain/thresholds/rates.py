"""What an exchange rate means for a verdict: the break-even, and whether ±3 % would turn it (interpretation D11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from crm.domain.quantities import Rate
from crm.domain.thresholds.case import Case
from crm.domain.thresholds.exact import minus, plus, quotient_up, times
from crm.domain.thresholds.judgement import Figure, RateResult, Verdict
from crm.domain.thresholds.rules import RuleSet
from crm.domain.thresholds.working import Working, work_out

_DECIDED = (Verdict.MET, Verdict.NOT_MET, Verdict.UNCERTAIN, Verdict.CONSULT)


def rate_results(
    work: Working, rules: RuleSet, on: date, currencies: Sequence[str], rates: Mapping[str, Rate]
) -> tuple[RateResult, ...]:
    """Return what each foreign currency of a case means for its verdict, the other rates unchanged.

    A currency without a rate is told of only where the verdict waits for it.
    """
    case = work.case
    band = rules.setting("rate_band", on)
    plain = {code: rate.rate for code, rate in rates.items()}
    results = []
    for currency in currencies:
        rate = rates.get(currency)
        if rate is None and f"rate:{currency}" not in work.ready.notes.missing:
            continue
        around: list[Verdict | None] = [None, None]
        if rate is not None:
            shares = (minus(Decimal(1), band), plus(Decimal(1), band))
            shifted = [times(rate.rate, share) for share in shares]
            verdicts = [work_out(case, rules, on, plain | {currency: one}).verdict for one in shifted]
            around = [verdict if verdict in _DECIDED else None for verdict in verdicts]
        even = _break_even(case, rules, on, plain, currency)
        given = rate.rate if rate is not None else None
        results.append(RateResult(currency, given, rate.on if rate is not None else "", even, around[0], around[1]))
    return tuple(results)


def _break_even(case: Case, rules: RuleSet, on: date, rates: Mapping[str, Decimal], currency: str) -> Figure | None:
    """Return the least rate at which no line is missed, at the best and at the worst end; rounded up.

    Every tax is linear in the rate, so two tries tell the line. None: the verdict waits for something else, no rate
    would do, every rate would, or two statements contradict each other (then the tax is not linear).
    """
    base = rates.get(currency, Decimal(1))
    once, twice = (work_out(case, rules, on, {**rates, currency: one}) for one in (base, plus(base, base)))
    if once.verdict not in _DECIDED or twice.verdict not in _DECIDED:
        return None
    if any("contradiction" in one.ready.notes.flags for one in (once, twice)):
        return None
    best = _least_rate(base, once, twice, worst=False)
    worst = _least_rate(base, once, twice, worst=True)
    return None if best is None and worst is None else Figure(best, worst)


def _least_rate(base: Decimal, once: Working, twice: Working, *, worst: bool) -> Decimal | None:
    needed: list[Decimal] = []
    for bar, doubled in zip(once.outcome.bars, twice.outcome.bars, strict=True):
        least = bar.least.high if worst else bar.least.low
        actual, more = (one.known.low if worst else one.known.high for one in (bar, doubled))
        if not actual.is_finite():
            continue
        if not least.is_finite():
            return None
        step = minus(more, actual)
        if step == 0:
            if actual < least:
                return None
            continue
        needed.append(quotient_up(times(base, plus(minus(least, actual), step)), step))
    rate = max(needed, default=Decimal(0))
    return rate if rate > 0 else None
