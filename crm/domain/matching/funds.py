"""A lead against a fund: hard constraints, points, the suggested ticket and the gap (matching.md §4, decisions 32).

The program proposes; a fund decides for itself. For a district's own fund the word is 建议投资, for an attracted one
推荐对接.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from crm.domain.matching.communities import NO_INDUSTRY, policy
from crm.domain.matching.compare import asked, in_cny, known, last_day
from crm.domain.matching.need import Need, stage_name
from crm.domain.matching.reasons import Assessment, Criterion, Exact, Result, code_order, is_refused, total
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy
from crm.domain.matching.weights import Weights
from crm.domain.quantities.values import Money, PartialDate, Span
from crm.domain.reasons import Reason

_HUNDRED = Decimal(100)
_MONEY = ("ticket_low", "ticket_high", "remaining", "size")


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund made ready for many comparisons. None is: nobody recorded it. Money in 万元.

    Attributes:
        mother: a fund of funds, which never invests in a firm.
        fields: after aliases; no family counts for money.
        stages: as listed; ``stage_set`` and ``core`` made comparable.
        ticket_low: the least ticket.
        cap: the least of largest ticket, money left, and cap for one project, of those known; None when none is.
        cap_open: whether money left, or a cap that is stated, could not be read as a sum in 元.
        currencies: of sums that have no rate.
        periods: the criterion while it still invests, and after.
        synergy: level of 协同: ``full``, ``open`` or ``none``.
        slot: an empty entry (待补录).
    """

    code: str
    name: str
    order: tuple[tuple[str, int], ...]
    mother: bool
    kind: str | None
    origin: str | None
    fields: frozenset[str]
    stages: tuple[str, ...]
    stage_set: frozenset[str]
    core: frozenset[str]
    ticket_low: Decimal | None
    cap: Decimal | None
    cap_open: bool
    currencies: tuple[str, ...]
    invest_until: PartialDate | None
    periods: tuple[Criterion, Criterion]
    invest_until_last: date | None
    synergy: str
    region: str | None
    return_ratio: Span | None
    return_confirmed: bool | None
    slot: bool

    @property
    def action(self) -> str:
        """``propose`` for the district's own sub-funds; ``introduce`` for attracted ones and where nobody said."""
        return "propose" if self.origin in ("joint", "mother") else "introduce"


def fund_from_values(
    values: Mapping[str, Any], taxonomy: Taxonomy = TAXONOMY, rates: Mapping[str, Decimal] | None = None
) -> Fund:
    """Return a fund from its record (field name -> domain value, missing or None = unknown).

    ``rates`` give the CNY for one unit of a currency; a sum in any other currency is not known.
    """
    money = {name: in_cny(values.get(name), rates or {}) for name in _MONEY}
    foreign = tuple(values[name].currency for name in _MONEY if known(values.get(name)) and money[name] is None)
    stages = tuple(dict.fromkeys(stage_name(word) for word in values.get("stages") or ()))
    low = money["ticket_low"]
    cap, cap_open = _cap(values, money)
    kind, origin, until = values.get("kind"), values.get("origin"), values.get("invest_until")
    fields = frozenset(taxonomy.fields(values.get("fields") or ()))
    mother = kind == "mother" or (kind is None and origin == "mother")
    code = values.get("code") or values.get("name") or ""
    return Fund(
        code=code,
        name=values.get("name") or "",
        order=code_order(code),
        mother=mother,
        kind=kind,
        origin=origin,
        fields=fields,
        stages=stages,
        stage_set=frozenset(stages),
        core=frozenset(stage_name(word) for word in values.get("core_stages") or ()),
        ticket_low=None if low is None else asked(low),
        cap=cap,
        cap_open=cap_open,
        currencies=tuple(dict.fromkeys(foreign)),
        invest_until=until,
        periods=_periods(until),
        invest_until_last=None if until is None else last_day(until),
        synergy=_synergy(values.get("leads_rounds"), known(values.get("similar_investments"))),
        region=values.get("region"),
        return_ratio=known(values.get("return_ratio")),
        return_confirmed=values.get("return_confirmed"),
        slot=not mother and not fields and not stages and not any(known(values.get(name)) for name in _MONEY),
    )


def _cap(values: Mapping[str, Any], money: Mapping[str, Money | None]) -> tuple[Decimal | None, bool]:
    """Return the most one project can get, and whether a limit that exists could not be read.

    A largest ticket or a cap for one project that nobody stated is no limit (decisions 32); money left always is one.
    Of a range the lower bound counts: only that is sure.
    """
    limits: list[Decimal] = []
    open_limit = False
    for name in ("ticket_high", "remaining"):
        amount = money[name]
        if amount is not None and amount.low is not None:
            limits.append(amount.low)
        elif name == "remaining" or known(values.get(name)):
            open_limit = True
    share = known(values.get("per_project_cap"))
    size = money["size"]
    if share is not None and share.low is not None and size is not None and size.low is not None:
        limits.append(share.low * size.low / _HUNDRED)
    elif share is not None:
        open_limit = True
    return min(limits, default=None), open_limit


def _synergy(leads_rounds: bool | None, similar: Span | None) -> str:  # noqa: FBT001  (a field's value, not a switch)
    if leads_rounds or (similar is not None and similar.low is not None and similar.low > 0):
        return "full"
    return "none" if leads_rounds is False and similar is not None and similar.exact == 0 else "open"


def assess_fund(need: Need, fund: Fund, on: date, weights: Weights) -> Assessment:
    """Return everything one fund means to a lead: all criteria, and the points unless it is refused or must wait.

    Money is talked of only after the need is stated: a fund waits for field, stage and amount (matching.md §1).
    ``on`` is the day for which investment periods are read.
    """
    if fund.slot:
        empty = Criterion("kind", Result.NOT_MET, Reason("status.slot"))
        return Assessment(fund.code, fund.name, fund.order, (empty,), ready=False)
    criteria = _hard(need, fund, on)
    if is_refused(criteria):
        return Assessment(fund.code, fund.name, fund.order, tuple(criteria))
    if need.financing is None or need.stage is None or not need.fields:
        return Assessment(fund.code, fund.name, fund.order, tuple(criteria), waits_for=_waits_for(need))
    points = weights.fund
    parts: dict[str, Exact] = {
        "field": points["field"]["full" if fund.fields else "unknown"],
        "stage": points["stage"][_stage_level(need, fund)],
        "amount": _amount_points(need.financing, fund, points["amount"]["full"]),
        "landing": points["landing"][_landing_level(need, weights)],
        "synergy": points["synergy"][fund.synergy],
    }
    criteria.append(_SYNERGY[fund.synergy])
    criteria += _terms(fund)
    return Assessment(fund.code, fund.name, fund.order, tuple(criteria), parts, total(parts.values()))


def ticket(need: Need, fund: Fund) -> tuple[Decimal | None, Decimal | None]:
    """Return the suggested ticket and the gap to be found elsewhere, in 万元; None where a figure is missing.

    A fund whose money left nobody knows is offered no figure: "no gap" would be a promise nobody made.

    ticket = min(need, largest ticket, money left, cap for one project × size); of a range the upper end is the need.
    """
    need_most = None if need.financing is None else asked(need.financing)
    if need_most is None or fund.cap is None or fund.cap_open:
        return None, None
    size = min(need_most, fund.cap)
    return size, need_most - size


_IS_MOTHER = Criterion("kind", Result.NOT_MET, Reason("fund.mother"))
_KIND = Criterion("kind", Result.MET, Reason("fund.kind"))
_KIND_UNKNOWN = Criterion("kind", Result.UNKNOWN, Reason("fund.kind_unknown"))


def _hard(need: Need, fund: Fund, on: date) -> list[Criterion]:
    """Return the constraints in the order in which refusals are listed."""
    kind = _IS_MOTHER if fund.mother else _KIND_UNKNOWN if fund.kind is None else _KIND
    return [kind, _period(fund, on), _field(need, fund), _stage(need, fund), *_amounts(need, fund), policy(need)]


_PERIOD_UNKNOWN = Criterion("invest_until", Result.UNKNOWN, Reason("fund.period_unknown"))


def _period(fund: Fund, on: date) -> Criterion:
    """Return whether the fund still invests; the last day of the period counts."""
    if fund.invest_until_last is None:
        return _PERIOD_UNKNOWN
    return fund.periods[fund.invest_until_last < on]


def _periods(until: PartialDate | None) -> tuple[Criterion, Criterion]:
    """Return what there is to say of a period that lasts, and of one that is over."""
    words = {"until": until}
    return (
        Criterion("invest_until", Result.MET, Reason("fund.period", words)),
        Criterion("invest_until", Result.NOT_MET, Reason("fund.period_over", words)),
    )


_FIELD = Criterion("field", Result.MET, Reason("fund.field"))
_NOT_FIELD = Criterion("field", Result.NOT_MET, Reason("fund.not_field"))
_FIELD_NOT_STATED = Criterion("field", Result.UNKNOWN, NO_INDUSTRY)
_FIELD_NOT_RECORDED = Criterion("field", Result.UNKNOWN, Reason("fund.field_unknown"))


def _field(need: Need, fund: Fund) -> Criterion:
    if not need.fields:
        return _FIELD_NOT_STATED
    if not fund.fields:
        return _FIELD_NOT_RECORDED
    return _FIELD if need.fields & fund.fields else _NOT_FIELD


_NO_STAGE = Reason("fund.stage_not_stated")
_STAGE_NOT_STATED = Criterion("stage", Result.UNKNOWN, _NO_STAGE)
_STAGE_NOT_RECORDED = Criterion("stage", Result.UNKNOWN, Reason("fund.stage_unknown"))


def _stage(need: Need, fund: Fund) -> Criterion:
    if need.stage is None:
        return _STAGE_NOT_STATED
    if not fund.stages:
        return _STAGE_NOT_RECORDED
    params = {"stage": need.stage, "stages": fund.stages}
    if need.stage not in fund.stage_set:
        return Criterion("stage", Result.NOT_MET, Reason("fund.not_stage", params))
    code = "fund.stage_core" if need.stage in fund.core else "fund.stage_edge"
    return Criterion("stage", Result.MET, Reason(code, params))


def _stage_level(need: Need, fund: Fund) -> str:
    if not fund.stages:
        return "unknown"
    return "full" if need.stage in fund.core else "edge"


def _amounts(need: Need, fund: Fund) -> list[Criterion]:
    """Return two constraints: the need is not below the least ticket, and a ticket can be that large at all."""
    return [_least_ticket(need, fund), _most(need, fund)]


def _least_ticket(need: Need, fund: Fund) -> Criterion:
    amount, low = need.financing, fund.ticket_low
    if amount is None:
        return Criterion("ticket_low", Result.UNKNOWN, _no_amount(need))
    if amount.exact == 0:
        return Criterion("ticket_low", Result.NOT_MET, Reason("fund.no_need"))
    if low is None:
        return Criterion("ticket_low", Result.UNKNOWN, _not_recorded(fund, "fund.low_unknown"))
    params = {"need": amount, "low": low}
    most = asked(amount)
    if amount.high is not None and amount.high < low:
        return Criterion("ticket_low", Result.NOT_MET, Reason("fund.need_too_small", params))
    sure = amount.low is not None and most is not None and amount.low >= low
    result = Result.MET if sure else Result.UNKNOWN
    return Criterion("ticket_low", result, Reason("fund.need_large_enough" if sure else "fund.need_unsure", params))


def _most(need: Need, fund: Fund) -> Criterion:
    """Return whether the fund can pay its own least ticket, and how much of the need it can cover."""
    cap, low = fund.cap, fund.ticket_low
    if cap is not None and cap <= 0:
        return Criterion("amount", Result.NOT_MET, Reason("fund.nothing_left"))
    if cap is not None and low is not None and cap < low:
        return Criterion("amount", Result.NOT_MET, Reason("fund.cap_below_low", {"cap": cap, "low": low}))
    if cap is None or fund.cap_open:
        return Criterion("amount", Result.UNKNOWN, _not_recorded(fund, "fund.cap_unknown"))
    size, gap = ticket(need, fund)
    if size is None:
        return Criterion("amount", Result.UNKNOWN, Reason("fund.cap", {"cap": cap}))
    return Criterion("amount", Result.MET, Reason("fund.gap" if gap else "fund.covered", {"ticket": size, "gap": gap}))


def _amount_points(need: Span, fund: Fund, full: Decimal) -> Exact:
    """Return the points for the share of the need that the fund covers; nothing while its money left is not known."""
    most = asked(need)
    if most is None or fund.cap is None or fund.cap_open:
        return Decimal(0)
    if most <= fund.cap:
        return full
    (full_above, full_below), (cap_above, cap_below), (most_above, most_below) = (
        number.as_integer_ratio() for number in (full, fund.cap, most)
    )
    return Fraction(full_above * cap_above * most_below, full_below * cap_below * most_above)


def _landing_level(need: Need, weights: Weights) -> str:
    if need.landings is None:
        return "unknown"
    if need.landings >= weights.full_landings:
        return "full"
    return "one" if need.landings else "none"


_SYNERGY = {
    "full": Criterion("synergy", Result.MET, Reason("fund.synergy"), hard=False),
    "open": Criterion("synergy", Result.UNKNOWN, Reason("fund.synergy_unknown"), hard=False),
    "none": Criterion("synergy", Result.NOT_MET, Reason("fund.no_synergy"), hard=False),
}


def _terms(fund: Fund) -> list[Criterion]:
    """Return what a fund asks for beside the constraints: shown, never counted (decisions 32)."""
    terms = []
    if fund.return_ratio is not None:
        result = Result.MET if fund.return_confirmed else Result.UNKNOWN
        code = "fund.return_confirmed" if fund.return_confirmed else "fund.return_open"
        terms.append(Criterion("return", result, Reason(code, {"ratio": fund.return_ratio}), hard=False))
    if fund.region:
        terms.append(Criterion("region", Result.UNKNOWN, Reason("fund.region", {"region": fund.region}), hard=False))
    return terms


def _waits_for(need: Need) -> tuple[Reason, ...]:
    """Return what the lead must say before money can be talked of."""
    reasons = []
    if not need.fields:
        reasons.append(NO_INDUSTRY)
    if need.stage is None:
        reasons.append(_NO_STAGE)
    if need.financing is None:
        reasons.append(_no_amount(need))
    return tuple(reasons)


def _no_amount(need: Need) -> Reason:
    if need.financing_currency is not None:
        return Reason("fund.need_currency", {"currency": need.financing_currency})
    return Reason("fund.need_not_stated")


def _not_recorded(fund: Fund, code: str) -> Reason:
    """Return why a sum of the fund is not known: its currency has no rate, or nobody recorded it."""
    if fund.currencies:
        return Reason("fund.currency", {"currencies": fund.currencies})
    return Reason(code)
