"""Every constraint and every part of a community's score, one row each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from crm.domain.fields.values import Lease, Platform
from crm.domain.matching.explain import sentence
from crm.domain.matching.land import LandGate
from crm.domain.matching.reasons import Result
from crm.domain.quantities import Land, PartialDate, Space, Span
from tests.crm.domain.matching.builders import community, lead, month, number, space, with_community

OPEN_NEED = Span(None, None)


def test_the_plain_pair_earns_all_but_half_of_international() -> None:
    result = with_community(lead(), community())
    assert result.score == 95
    assert dict(result.parts) == {
        "industry": 40,
        "function": 15,
        "space": 15,
        "platform": 15,
        "international": 5,
        "delivery": 5,
    }


@pytest.mark.parametrize(
    ("of_lead", "of_community", "reasons"),
    [
        ({}, {"status": "full"}, ["已满，暂不可招商"]),
        ({}, {"status": "converting"}, ["改造中，暂不可招商"]),
        ({"space": {"研发": space(5001)}}, {}, ["研发面积不足：需5001，可供5000"]),
        ({"space": {"洁净": space(1)}}, {}, ["洁净面积不足：需1，可供0"]),
        ({"ceiling_height": number("4")}, {}, ["层高不足：需4.0米，现3.9米"]),
        ({"floor_load": number("400.5")}, {}, ["楼面荷载不足：需400.5kg/㎡，现400kg/㎡"]),
        ({"power": number(1251)}, {}, ["用电容量不足：需1251kVA，现1250kVA"]),
        ({"environment": ("P2", "动物实验", "中试")}, {}, ["环保/安全条件不具备：P2、动物实验"]),
        ({"environment": ("中试",)}, {"environment": ()}, ["环保/安全条件不具备：中试"]),
        ({"industry": "新材料"}, {}, ["产业不符：新材料≠人工智能"]),
        ({"industry": "科技金融/文旅"}, {}, ["产业不符：科技金融、文旅≠人工智能"]),
    ],
)
def test_a_hard_constraint_refuses(of_lead: dict[str, Any], of_community: dict[str, Any], reasons: list[str]) -> None:
    result = with_community(lead(**of_lead), community(**of_community))
    assert [sentence(reason) for reason in result.refusals] == reasons
    assert not result.parts


def test_all_reasons_are_listed_in_the_order_of_the_constraints() -> None:
    asks = lead(
        industry="新材料",
        space={"研发": space(9000), "GMP中试": space(1000)},
        ceiling_height=number(5),
        floor_load=number(800),
        power=number(2000),
        environment=("P2",),
    )
    gate = LandGate("not_met", frozenset({"高铁新城"}))
    result = with_community(asks, community(status="full"), gate)
    assert [sentence(reason) for reason in result.refusals] == [
        "已满，暂不可招商",
        "研发面积不足：需9000，可供5000",
        "GMP中试面积不足：需1000，可供0",
        "层高不足：需5.0米，现3.9米",
        "楼面荷载不足：需800kg/㎡，现400kg/㎡",
        "用电容量不足：需2000kVA，现1250kVA",
        "环保/安全条件不具备：P2",
        "供地门槛不达标（高铁新城）",
        "产业不符：新材料≠人工智能",
    ]


@pytest.mark.parametrize(
    ("of_lead", "of_community", "name"),
    [
        ({}, {"status": None}, "status"),
        ({}, {"space": None}, "space"),
        ({"space": {"研发": OPEN_NEED}}, {}, "space"),
        ({"space": {"研发": space(4000, 6000)}}, {}, "space"),
        ({"space": None}, {}, "space"),
        ({"ceiling_height": number(5)}, {"ceiling_height": None}, "ceiling_height"),
        ({"floor_load": number(5)}, {"floor_load": None}, "floor_load"),
        ({"power": number(5)}, {"power": None}, "power"),
        ({"environment": ("P2",)}, {"environment": None}, "environment"),
        ({}, {"fields": None}, "industry"),
    ],
)
def test_what_is_not_recorded_refuses_nothing(of_lead: dict[str, Any], of_community: dict[str, Any], name: str) -> None:
    result = with_community(lead(**of_lead), community(**of_community))
    assert result.parts
    assert name in [one.name for one in result.unknown]


@pytest.mark.parametrize(
    ("status", "fields", "of_space"),
    [("slot", ("人工智能",), {"研发": space(9)}), (None, None, None), (None, (), {})],
)
def test_a_slot_is_never_proposed(status: str | None, fields: object, of_space: object) -> None:
    result = with_community(lead(), community(status=status, fields=fields, space=of_space))
    assert (result.ready, dict(result.parts)) == (False, {})
    assert [sentence(reason) for reason in result.refusals] == ["待补录，不参与匹配"]


@pytest.mark.parametrize(
    ("gate", "result"),
    [
        (LandGate("not_applicable"), Result.MET),
        (LandGate("not_met", frozenset({"开发区"})), Result.MET),  # its land is elsewhere
        (LandGate("met", frozenset({"高铁新城"})), Result.MET),
        (LandGate("not_met", frozenset({"高铁新城", "开发区"})), Result.NOT_MET),
        (LandGate("incomplete", frozenset({"高铁新城"})), Result.UNKNOWN),
        (LandGate("consult", frozenset({"高铁新城"})), Result.UNKNOWN),
        (LandGate("uncertain", frozenset({"高铁新城"})), Result.UNKNOWN),
        (LandGate("incomplete", by_area={"高铁新城": "not_met", "高新区": "met"}), Result.UNKNOWN),
        (LandGate("incomplete", by_area={"高铁新城": "met"}), Result.MET),
        (LandGate("incomplete"), Result.UNKNOWN),
    ],
)
def test_land_in_the_communitys_area_must_reach_the_threshold(gate: LandGate, result: Result) -> None:
    assessed = with_community(lead(land=Land(Decimal(20), Decimal(20))), community(), gate)
    (criterion,) = [one for one in assessed.criteria if one.name == "threshold"]
    assert criterion.result is result
    assert bool(assessed.refusals) is (result is Result.NOT_MET)


@pytest.mark.parametrize(
    ("of_lead", "of_community", "part", "points"),
    [
        ({"industry": "大数据"}, {}, "industry", "28"),
        ({"industry": "智能交通"}, {}, "industry", "28"),  # an alias of 无人驾驶, one family with 人工智能
        ({"industry": "智能网联汽车"}, {"fields": ("无人驾驶",)}, "industry", "40"),
        ({"industry": "先进材料"}, {"fields": ("光电信息",)}, "industry", "28"),
        ({"industry": "新材料"}, {"fields": ("先进材料",)}, "industry", "40"),
        ({"industry": "新材料", "industries": ("人工智能产业",)}, {}, "industry", "40"),
        ({"industry": "工业互联网"}, {"fields": ("新材料", "大数据")}, "industry", "28"),
        ({}, {"fields": ()}, "industry", "0"),
        ({"space": {"研发": space(4000)}}, {}, "space", "15"),
        ({"space": {"研发": space("4000.01")}}, {}, "space", "10.5"),
        ({"space": {"研发": space(5000)}}, {}, "space", "10.5"),
        (
            {"space": {"研发": space(1), "办公": space(90)}},
            {"space": {"研发": space(9), "办公": space(100)}},
            "space",
            "10.5",
        ),
        ({"space": {"研发": Space(Decimal(1000), None)}}, {}, "space", "15"),
        ({"space": {"研发": space(4000, 6000)}}, {}, "space", "0"),
        ({"space": {"研发": space(4000, 6000)}}, {}, "function", "15"),
        ({"space": {"研发": space(0)}}, {}, "space", "15"),
        ({"space": None}, {}, "function", "0"),
        ({"space": None, "lease": (Lease("研发", space(3000)), Lease("研发", space(1500)))}, {}, "space", "10.5"),
        ({"space": None, "lease": (Lease("研发", None),)}, {}, "space", "0"),
        ({}, {"space": None}, "function", "0"),
        ({}, {"platforms": (Platform("丙", "无人驾驶"),)}, "platform", "9"),
        ({}, {"platforms": (Platform("丙", "新材料"), Platform("丁", "智能交通"))}, "platform", "9"),
        ({}, {"platforms": (Platform("丙", "新材料"),)}, "platform", "0"),
        ({}, {"platforms": ()}, "platform", "0"),
        ({}, {"platforms": (Platform("丙", None),)}, "platform", "0"),
        ({}, {"platforms": None}, "platform", "0"),
        ({"country": "日本国"}, {}, "international", "10"),
        ({"country": "Japan"}, {"international": ("日资",)}, "international", "10"),
        ({"country": "以色列、日本"}, {}, "international", "10"),
        ({"country": "以色列"}, {}, "international", "0"),
        ({"country": "香港"}, {}, "international", "0"),
        ({"country": "中国香港"}, {"international": ("Hong Kong",)}, "international", "10"),
        ({"country": "台资"}, {"international": ("中国台湾",)}, "international", "10"),
        ({"country": "中国"}, {"international": ()}, "international", "5"),
        ({"country": "江苏苏州"}, {}, "international", "5"),
        ({"country": "日本"}, {"international": None}, "international", "0"),
        ({}, {"ready": month("2027-03")}, "delivery", "5"),
        ({}, {"ready": PartialDate(2027, 3, 31)}, "delivery", "5"),
        ({}, {"ready": PartialDate(2027, 4, 1)}, "delivery", "2.5"),
        ({}, {"ready": month("2027-09")}, "delivery", "2.5"),
        ({}, {"ready": PartialDate(2027, 10, 1)}, "delivery", "0"),
        ({}, {"ready": PartialDate(2027, quarter=3)}, "delivery", "2.5"),
        ({}, {"ready": PartialDate(2027)}, "delivery", "0"),
        ({"needed_by": PartialDate(2027, half=2)}, {"ready": PartialDate(2027)}, "delivery", "5"),
        ({}, {"ready": None}, "delivery", "0"),
        ({"needed_by": None}, {}, "delivery", "0"),
    ],
)
def test_points_of_a_part(of_lead: dict[str, Any], of_community: dict[str, Any], part: str, points: str) -> None:
    result = with_community(lead(**of_lead), community(**of_community))
    assert result.parts[part] == Decimal(points)


def test_hong_kong_counts_as_abroad_and_says_so() -> None:
    result = with_community(lead(country="香港"), community())
    (criterion,) = [one for one in result.criteria if one.name == "international"]
    assert sentence(criterion.reason) == "无中国香港（按境外计）合作平台"


def test_without_an_industry_nothing_is_proposed_but_known_reasons_still_refuse() -> None:
    waiting = with_community(lead(industry=None), community())
    assert [sentence(reason) for reason in waiting.waits_for] == ["未填产业"]
    assert not waiting.parts
    refused = with_community(lead(industry=None, environment=("P2",)), community())
    assert [sentence(reason) for reason in refused.refusals] == ["环保/安全条件不具备：P2"]
    assert not refused.waits_for
