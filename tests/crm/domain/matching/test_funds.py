"""Every constraint and every part of a fund's score, ticket and gap, one row each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from crm.domain.matching.explain import sentence
from crm.domain.matching.funds import fund_from_values, ticket
from crm.domain.matching.need import need_from_values, stage_name
from crm.domain.matching.reasons import Result
from crm.domain.quantities import Money, PartialDate
from tests.crm.domain.matching.builders import TODAY, fund, lead, money, month, number, with_fund


def test_the_plain_pair_earns_everything() -> None:
    result = with_fund(lead(), fund())
    assert dict(result.parts) == {"field": 40, "stage": 20, "amount": 20, "landing": 10, "synergy": 10}
    assert result.score == 100


@pytest.mark.parametrize(
    ("of_lead", "of_fund", "reasons"),
    [
        ({}, {"kind": "mother"}, ["母基金只投子基金，不直接匹配企业"]),
        ({}, {"kind": None, "origin": "mother"}, ["母基金只投子基金，不直接匹配企业"]),
        ({}, {"invest_until": month("2026-10")}, ["投资期已于2026-10结束"]),
        ({"industry": "大数据"}, {}, ["赛道不符"]),  # a family does not count for money
        ({"financing_stage": "天使轮"}, {}, ["阶段不符：天使不在A/B"]),
        ({"financing_need": money("999.99")}, {}, ["需求999.99低于最低单笔1000"]),
        ({"financing_need": money(0)}, {}, ["项目无融资需求"]),
        ({}, {"remaining": money(900)}, ["最多可投900，低于最低单笔1000"]),
        ({}, {"size": money(4000)}, ["最多可投800，低于最低单笔1000"]),
        ({}, {"remaining": money(0)}, ["已无可投余额"]),
        (
            {"industry": "新材料", "financing_stage": "C", "financing_need": money(500)},
            {"kind": "mother", "invest_until": PartialDate(2026, 11, 21), "remaining": money(100)},
            [
                "母基金只投子基金，不直接匹配企业",
                "投资期已于2026-11-21结束",
                "赛道不符",
                "阶段不符：C不在A/B",
                "需求500低于最低单笔1000",
                "最多可投100，低于最低单笔1000",
            ],
        ),
    ],
)
def test_a_hard_constraint_refuses(of_lead: dict[str, Any], of_fund: dict[str, Any], reasons: list[str]) -> None:
    result = with_fund(lead(**of_lead), fund(**of_fund))
    assert [sentence(reason) for reason in result.refusals] == reasons
    assert not result.parts


@pytest.mark.parametrize(
    ("on", "refused"), [(date(2028, 6, 30), False), (date(2028, 7, 1), True), (date(2026, 1, 1), False)]
)
def test_the_last_day_of_the_investment_period_counts(on: date, refused: bool) -> None:  # noqa: FBT001  (a table)
    assert bool(with_fund(lead(), fund(), on).refusals) is refused


@pytest.mark.parametrize(
    ("of_lead", "of_fund", "name"),
    [
        ({}, {"kind": None}, "kind"),
        ({}, {"invest_until": None}, "invest_until"),
        ({}, {"fields": None}, "field"),
        ({}, {"stages": None}, "stage"),
        ({}, {"ticket_low": None}, "ticket_low"),
        ({"financing_need": money(900, 2000)}, {}, "ticket_low"),
        ({}, {"remaining": None}, "amount"),
        ({}, {"size": None}, "amount"),
        ({}, {"remaining": money(2000, currency="USD")}, "amount"),
        ({}, {"ticket_high": money(700, currency="USD")}, "amount"),
        ({}, {"ticket_low": money(100, currency="USD")}, "ticket_low"),
    ],
)
def test_what_is_not_recorded_refuses_nothing(of_lead: dict[str, Any], of_fund: dict[str, Any], name: str) -> None:
    result = with_fund(lead(**of_lead), fund(**of_fund))
    assert result.parts
    assert name in [one.name for one in result.unknown]


@pytest.mark.parametrize(
    ("of_lead", "of_fund", "part", "points"),
    [
        ({}, {"fields": ()}, "field", "0"),
        ({"industry": "智能交通"}, {"fields": ("无人驾驶",)}, "field", "40"),
        ({"financing_stage": "B"}, {}, "stage", "10"),
        ({}, {"core_stages": ()}, "stage", "10"),
        ({}, {"core_stages": None}, "stage", "10"),
        ({}, {"core_stages": ("a轮",)}, "stage", "20"),
        ({}, {"stages": ()}, "stage", "0"),
        ({"financing_need": money(5000)}, {}, "amount", "20"),
        ({"financing_need": money(8000)}, {}, "amount", "12.5"),
        ({"financing_need": money(4000, 8000)}, {}, "amount", "12.5"),
        ({}, {"per_project_cap": number("1.875")}, "amount", "10"),
        ({}, {"per_project_cap": None, "size": None}, "amount", "20"),
        ({"financing_need": money(20000)}, {"ticket_high": None, "per_project_cap": None}, "amount", "20"),
        ({}, {"remaining": None}, "amount", "0"),
        ({"landing": ("registration",)}, {}, "landing", "5"),
        ({"landing": ()}, {}, "landing", "0"),
        ({"landing": None}, {}, "landing", "0"),
        ({}, {"leads_rounds": None}, "synergy", "5"),
        ({}, {"leads_rounds": False}, "synergy", "5"),
        ({}, {"leads_rounds": False, "similar_investments": number(0)}, "synergy", "0"),
        ({}, {"leads_rounds": None, "similar_investments": number(0)}, "synergy", "5"),
        ({}, {"leads_rounds": False, "similar_investments": number(2)}, "synergy", "10"),
        ({}, {"return_ratio": number("1.2"), "return_confirmed": True}, "synergy", "10"),
    ],
)
def test_points_of_a_part(of_lead: dict[str, Any], of_fund: dict[str, Any], part: str, points: str) -> None:
    assert with_fund(lead(**of_lead), fund(**of_fund)).parts[part] == Decimal(points)


def test_a_share_that_does_not_end_stays_exact() -> None:
    result = with_fund(lead(financing_need=money(7000)), fund())
    assert result.parts["amount"] == Fraction(100, 7)
    assert result.score == 80 + Fraction(100, 7)


@pytest.mark.parametrize(
    ("of_lead", "of_fund", "size", "gap"),
    [
        ({}, {}, 3000, 0),
        ({"financing_need": money(12000)}, {}, 5000, 7000),
        ({}, {"remaining": money(2500)}, 2500, 500),
        ({}, {"per_project_cap": number(1), "ticket_low": money(100)}, 800, 2200),
        ({}, {"remaining": None}, None, None),
        ({"financing_need": None}, {}, None, None),
        ({}, {"ticket_high": None, "remaining": None, "per_project_cap": None}, None, None),
    ],
)
def test_ticket_and_gap(of_lead: dict[str, Any], of_fund: dict[str, Any], size: int | None, gap: int | None) -> None:
    assert ticket(need_from_values(lead(**of_lead)), fund_from_values(fund(**of_fund))) == (size, gap)


@pytest.mark.parametrize(
    ("origin", "action"), [("joint", "propose"), ("attracted", "introduce"), (None, "introduce"), ("mother", "propose")]
)
def test_the_fund_decides_so_the_word_depends_on_whose_it_is(origin: str | None, action: str) -> None:
    assert fund_from_values(fund(origin=origin)).action == action


@pytest.mark.parametrize(
    ("of_lead", "reasons"),
    [
        ({"financing_need": None}, ["未填融资金额"]),
        ({"financing_need": Money(None, None, vague=True, text="数千万元")}, ["未填融资金额"]),
        ({"financing_need": money(500, currency="USD")}, ["融资金额币种为美元，没有可信的汇率"]),
        ({"financing_stage": None, "industry": ""}, ["未填产业", "未填融资阶段"]),
    ],
)
def test_without_a_stated_need_a_fund_waits(of_lead: dict[str, Any], reasons: list[str]) -> None:
    result = with_fund(lead(**of_lead), fund())
    assert [sentence(reason) for reason in result.waits_for] == reasons
    assert not result.parts


def test_a_rate_makes_foreign_sums_comparable() -> None:
    rates = {"USD": Decimal("7.1")}
    need = need_from_values(lead(financing_need=money(1000, currency="USD")), rates=rates)
    target = fund_from_values(fund(ticket_high=money(500, currency="USD")), rates=rates)
    assert ticket(need, target) == (Decimal(3550), Decimal(3550))


def test_an_empty_entry_is_a_slot() -> None:
    result = with_fund(lead(), {"code": "F-9", "origin": "attracted", "kind": "sub"})
    assert (result.ready, [sentence(reason) for reason in result.refusals]) == (False, ["待补录，不参与匹配"])


def test_return_terms_are_shown_and_not_counted() -> None:
    plain = with_fund(lead(), fund())
    asking = with_fund(lead(), fund(return_ratio=number("1.2"), region="限苏州"))
    assert plain.score == asking.score
    shown = {one.name: (one.result, sentence(one.reason)) for one in asking.criteria if not one.hard}
    assert shown["return"] == (Result.UNKNOWN, "返投1.2倍（未确认），不计分")
    assert shown["region"] == (Result.UNKNOWN, "地域要求：限苏州，待核")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        *[("A轮", "A"), ("a", "A"), ("A+轮", "A"), ("天使轮", "天使"), ("pre-a轮", "Pre-A"), ("PreA", "Pre-A")],
        *[("Pre-IPO", "Pre-IPO"), ("种子期", "种子"), ("Ｂ轮", "B"), ("并购", "并购"), ("B轮融资", "B")],
    ],
)
def test_names_of_rounds(word: str, name: str) -> None:
    assert stage_name(word) == name


def test_the_day_is_today_of_the_tests() -> None:
    assert with_fund(lead(), fund(invest_until=month("2026-11")), TODAY).parts
