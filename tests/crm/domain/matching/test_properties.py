"""What must hold for every lead and every target, whatever they are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.fields.values import Platform
from crm.domain.matching.communities import Community, assess_community, community_from_values
from crm.domain.matching.explain import explanation, sentence
from crm.domain.matching.funds import Fund, assess_fund, fund_from_values, ticket
from crm.domain.matching.land import NO_LAND, LandGate
from crm.domain.matching.match import Side, match, targets_from_values
from crm.domain.matching.need import Need, need_from_values
from crm.domain.matching.reasons import Assessment, Result, is_refused
from crm.domain.matching.to_json import match_document
from crm.domain.matching.weights import WEIGHTS
from crm.domain.quantities import Money, Number, PartialDate, Space, Span
from tests.crm.domain.matching.builders import TODAY

FIELDS = ("人工智能", "大数据", "无人驾驶", "智能交通", "新材料", "先进材料", "光电信息", "生物医药")
KINDS = ("研发", "中试", "办公")
STAGES = ("天使", "Pre-A", "A", "B")
WEIGHT = WEIGHTS[0]


def _span(of: type[Span], most: int) -> st.SearchStrategy[Span | None]:
    exact = st.integers(0, most).map(lambda value: of(Decimal(value), Decimal(value)))
    ranged = st.tuples(st.integers(0, most), st.integers(0, most)).map(
        lambda ends: of(Decimal(min(ends)), Decimal(max(ends)))
    )
    return st.none() | exact | ranged | st.just(of(None, None, vague=True, text="若干"))


def _some(words: tuple[str, ...], most: int = 3) -> st.SearchStrategy[tuple[str, ...] | None]:
    return st.none() | st.lists(st.sampled_from(words), max_size=most, unique=True).map(tuple)


dates = st.none() | st.builds(PartialDate, st.integers(2026, 2028), st.none() | st.integers(1, 12))
spaces = st.none() | st.dictionaries(st.sampled_from(KINDS), _span(Space, 40), max_size=3)
figures = {name: _span(Number, 9) for name in ("ceiling_height", "floor_load", "power")}
leads = st.fixed_dictionaries(
    {
        "industry": st.none() | st.sampled_from(FIELDS),
        "industries": _some(FIELDS),
        "space": spaces,
        "environment": _some(("P2", "中试")),
        "needed_by": dates,
        "country": st.sampled_from((None, "日本", "中国", "香港")),
        "financing_stage": st.none() | st.sampled_from(STAGES),
        "financing_need": _span(Money, 40),
        "landing": _some(("registration", "subsidiary")),
        **figures,
    }
)
platforms = st.none() | st.lists(
    st.sampled_from((*FIELDS, None)).map(lambda f: Platform("台（虚构）", f)), max_size=3
).map(tuple)
communities = st.fixed_dictionaries(
    {
        "status": st.sampled_from(("open", "open", "open", "full", "converting", "slot", None)),
        "area": st.sampled_from((None, "高铁新城", "高新区")),
        "fields": _some(FIELDS),
        "space": spaces,
        "environment": _some(("P2", "中试")),
        "platforms": platforms,
        "international": _some(("日本", "香港")),
        "ready": dates,
        **figures,
    }
)
funds = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("sub", "sub", "direct", "mother", None)),
        "origin": st.sampled_from(("joint", "attracted", None)),
        "fields": _some(FIELDS),
        "stages": _some(STAGES),
        "core_stages": _some(STAGES),
        "ticket_low": _span(Money, 20),
        "ticket_high": _span(Money, 60),
        "remaining": _span(Money, 60),
        "size": _span(Money, 300),
        "per_project_cap": _span(Number, 100),
        "invest_until": dates,
        "leads_rounds": st.sampled_from((True, False, None)),
        "similar_investments": _span(Number, 2),
    }
)
gates = st.builds(
    LandGate,
    st.sampled_from(("met", "not_met", "incomplete", "not_applicable")),
    st.sampled_from((frozenset(), frozenset({"高铁新城"}))),
)


def _community(of_lead: dict[str, Any], values: dict[str, Any], gate: LandGate) -> tuple[Need, Community, Assessment]:
    need, target = need_from_values(of_lead), community_from_values({"code": "RC-1", **values})
    return need, target, assess_community(need, target, gate, WEIGHT)


def _fund(of_lead: dict[str, Any], values: dict[str, Any]) -> tuple[Need, Fund, Assessment]:
    need, target = need_from_values(of_lead), fund_from_values({"code": "F-1", **values})
    return need, target, assess_fund(need, target, TODAY, WEIGHT)


def _check_assessment(result: Assessment, full: dict[str, Decimal]) -> None:
    """A target is refused, or waits, or has every part within its weight and their sum as its score."""
    assert bool(result.refusals) is is_refused(result.criteria)
    assert sum((bool(result.refusals), bool(result.waits_for), bool(result.parts))) == 1
    if result.parts:
        assert result.score == sum((Fraction(value) for value in result.parts.values()), Fraction(0))
        assert 0 <= result.score <= 100
        assert set(result.parts) == set(full)
        assert all(0 <= value <= full[name] for name, value in result.parts.items())
    for one in result.criteria:
        assert "{" not in sentence(one.reason)


@given(leads, communities, gates)
def test_a_community_is_refused_or_waits_or_its_parts_add_up(
    of_lead: dict[str, Any], values: dict[str, Any], gate: LandGate
) -> None:
    _need, _target, result = _community(of_lead, values, gate)
    _check_assessment(result, {name: points["full"] for name, points in WEIGHT.community.items()})
    if values["status"] == "slot":
        assert (result.ready, bool(result.parts)) == (False, False)


@given(leads, funds)
def test_a_fund_is_refused_or_waits_or_its_parts_add_up(of_lead: dict[str, Any], values: dict[str, Any]) -> None:
    need, target, result = _fund(of_lead, values)
    _check_assessment(result, {name: points["full"] for name, points in WEIGHT.fund.items()})
    size, gap = ticket(need, target)
    if result.parts and size is not None and gap is not None:
        assert need.financing is not None
        assert size + gap == (need.financing.high if need.financing.high is not None else need.financing.low)
        assert gap >= 0


@given(leads, communities, st.sampled_from(KINDS), st.integers(1, 50))
def test_more_space_never_lowers(of_lead: dict[str, Any], values: dict[str, Any], kind: str, more: int) -> None:
    need, target, before = _community(of_lead, values, NO_LAND)
    if target.space is None or target.slot:
        return
    there = target.space.get(kind, Span(Decimal(0), Decimal(0)))
    low, high = (None if end is None else end + more for end in (there.low, there.high))
    after = assess_community(need, replace(target, space={**target.space, kind: Span(low, high)}), NO_LAND, WEIGHT)
    assert after.score >= before.score
    assert len(after.refusals) <= len(before.refusals)


@given(leads, funds, st.integers(1, 50))
def test_more_money_in_a_fund_never_lowers(of_lead: dict[str, Any], values: dict[str, Any], more: int) -> None:
    need, target, before = _fund(of_lead, values)
    remaining = values["remaining"]
    if remaining is None or remaining.low is None:
        return
    richer = Money(remaining.low + more, remaining.high + more)
    _need, other, after = _fund(of_lead, {**values, "remaining": richer})
    assert after.score >= before.score
    assert len(after.refusals) <= len(before.refusals)
    (small, _), (large, _) = ticket(need, target), ticket(need, other)
    assert small is None or (large is not None and large >= small)


@given(leads, communities, gates)
def test_each_reason_refuses_alone(of_lead: dict[str, Any], values: dict[str, Any], gate: LandGate) -> None:
    """Every constraint is looked at: leaving out the lead's other wishes loses no reason that stays."""
    need, target, result = _community(of_lead, values, gate)
    names = {one.name for one in result.criteria if one.hard and one.result is Result.NOT_MET}
    for name in names & {"ceiling_height", "floor_load", "power"}:
        assert need.limits is not None
        alone = replace(need, space=None, environment=None, limits={name: need.limits[name]})
        assert name in {one.name for one in assess_community(alone, target, NO_LAND, WEIGHT).criteria if one.hard}
    for name in names & {"space"}:
        alone = replace(need, environment=None, limits=None)
        refused = assess_community(alone, target, NO_LAND, WEIGHT).refusals
        assert name in {reason.code.split(".")[0] for reason in refused}


def _order_holds(side: Side, first: str) -> bool:
    keys = [(-Fraction(one.score), -Fraction(one.parts[first]), one.order) for one in side.ranked]
    return keys == sorted(keys)


@settings(max_examples=40)
@given(leads, st.lists(communities, max_size=8), st.lists(funds, max_size=8), gates, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_given(
    of_lead: dict[str, Any],
    some: list[dict[str, Any]],
    money: list[dict[str, Any]],
    gate: LandGate,
    chance: Any,  # noqa: ANN401
) -> None:
    places = [{"code": f"RC-{number}", **values} for number, values in enumerate(some, start=1)]
    purses = [{"code": f"F-{number}", **values} for number, values in enumerate(money, start=1)]
    need = need_from_values(of_lead)
    first = match(need, targets_from_values(places, purses), gate, on=TODAY)
    chance.shuffle(places)
    chance.shuffle(purses)
    second = match(need, targets_from_values(places, purses), gate, on=TODAY)
    assert (first.communities, first.funds) == (second.communities, second.funds)
    assert first.communities is not None
    assert first.funds is not None
    assert _order_holds(first.communities, "industry")
    assert _order_holds(first.funds, "field")
    listed = [
        one.code for side in (first.communities, first.funds) for one in (*side.ranked, *side.refused, *side.waiting)
    ]
    assert sorted(listed) == sorted([one["code"] for one in (*places, *purses)])
    document = match_document(first, "甲", {"verdict": gate.verdict})
    assert document["explanation"] == explanation(first)
    assert set(document["communities"]["not_ready"]) <= {one["code"] for one in document["communities"]["refused"]}
