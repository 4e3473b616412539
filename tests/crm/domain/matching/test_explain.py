"""The words: proposals, refusals, what would change, what to ask next; the same facts in Chinese and in English."""

from __future__ import annotations

import string
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from crm.domain.fields.values import Platform
from crm.domain.matching import explain, words
from crm.domain.matching.land import NO_LAND, LandGate
from crm.domain.matching.match import Match, match, targets_from_values
from crm.domain.matching.need import need_from_values
from crm.domain.matching.to_json import match_document
from crm.domain.quantities import Land, PartialDate
from crm.i18n import _, use_language
from tests.crm.domain.matching.builders import TODAY, community, fund, lead, money, month, number, space


def matched(
    of_lead: Mapping[str, Any],
    *targets: Mapping[str, Any],
    gate: LandGate = NO_LAND,
    **more: Any,  # noqa: ANN401
) -> Match:
    places = [one for one in targets if one["code"].startswith("RC")]
    purses = [one for one in targets if one["code"].startswith("F")]
    return match(need_from_values(of_lead), targets_from_values(places, purses), gate, on=TODAY, **more)


def would_change(of_lead: Mapping[str, Any], target: Mapping[str, Any], gate: LandGate = NO_LAND) -> list[str]:
    document = match_document(matched(of_lead, target, gate=gate), "甲", {"verdict": gate.verdict})
    side = document["communities" if target["code"].startswith("RC") else "funds"]
    listed: list[dict[str, Any]] = side["recommended"] + side["refused"]
    assert len(listed) == 1
    changes: list[str] = listed[0]["would_change"]
    return changes


def test_a_proposed_community_in_one_sentence() -> None:
    text = explain.explanation(matched(lead(), community(name="某社区（虚构）")))
    assert text == (
        "推荐某社区（虚构）（RC-1）（95分）：产业契合40/40（人工智能一致），功能契合15/15（所需功能齐备），"
        "空间适配15/15（研发需1000㎡，可供5000㎡），平台与人才15/15（相关平台2个），国际合作5/10（未注明境外投资方），"
        "交付时间5/5（2026-12交付，2027-03需用）。\n负面清单及产业政策由人工核对。"
    )


def test_a_proposed_fund_in_one_sentence() -> None:
    text = explain.explanation(matched(lead(financing_need=money(12000)), fund(), kinds=["fund"]))
    assert text.splitlines()[0] == (
        "F-1（合作设立子基金，88.33分，推荐）：赛道符合，阶段符合（A为重点阶段），建议额度5000万元，缺口7000万元需跟投；"
        "建议投资（由投决会决定）。"
    )


def test_landing_is_never_put_into_words() -> None:
    document = match_document(matched(lead(landing=None), fund()), "甲", {"verdict": "not_applicable"})
    assert document["missing"] == ["landing"]
    texts = [document["explanation"], *document["questions"], *document["funds"]["recommended"][0]["would_change"]]
    assert not [text for text in texts if "落地" in text or "注册" in text]


def test_what_a_person_must_check_is_said() -> None:
    text = explain.explanation(matched(lead(power=number(9)), community(power=None, fields=None)))
    assert text.startswith("数据不足RC-1（55分）：")
    assert "待核：用电容量、产业契合。" in text


def test_targets_refused_for_the_same_reasons_stand_together() -> None:
    many = [fund(code=f"F-{each}", fields=("新材料",)) for each in range(1, 9)]
    text = explain.explanation(matched(lead(), *many, kinds=["fund"]))
    assert text.splitlines()[0] == "未匹配：F-1、F-2、F-3、F-4、F-5、F-6等共8个—赛道不符。"


def test_of_many_funds_the_best_are_told_in_full() -> None:
    many = [fund(code=f"F-{each}") for each in range(1, 14)]
    lines = explain.explanation(matched(lead(), *many, kinds=["fund"])).splitlines()
    assert len(lines) == explain.FUNDS_IN_FULL + 2
    assert lines[-2] == "另有3支基金符合条件，见清单。"


@pytest.mark.parametrize(
    ("of_lead", "of_community", "changes"),
    [
        ({"ceiling_height": number(5)}, {}, ["若层高降至3.9米，则可推荐（95分）"]),
        (
            {"ceiling_height": number(5), "space": {"研发": space(6000)}},
            {},
            ["若研发面积需求降至5000㎡，层高降至3.9米，则可推荐（90.5分）"],
        ),
        ({"floor_load": number(900)}, {}, ["若楼面荷载需求降至400kg/㎡，则可推荐（95分）"]),
        ({"power": number(9000)}, {}, ["若用电容量需求降至1250kVA，则可推荐（95分）"]),
        ({}, {"status": "converting"}, ["若改造完成，则可推荐（95分）"]),
        ({}, {"status": "full"}, ["若空间腾出，则可推荐（95分）"]),
        ({}, {"status": "slot"}, ["资料补齐后可参与匹配"]),
        ({"industry": "新材料", "ceiling_height": number(5)}, {}, []),
        ({"space": {"洁净": space(5)}}, {}, []),
        ({"space": {"研发": space(4500)}}, {}, ["若研发面积需求降至4000㎡，可再加4.5分"]),
        ({}, {"ready": month("2027-05")}, ["若需用时间可推迟至2027-05，可再加2.5分"]),
        ({}, {"ready": None}, ["若核实“交付时间”，最多再加5分"]),
        ({"country": "日本"}, {"international": ()}, ["若与日本建立合作平台，可再加10分"]),
        ({}, {"platforms": (Platform("丙（虚构）", "大数据"),)}, ["若再有1个相关平台，可再加6分"]),
        ({"power": number(9)}, {"power": None}, ["如经核实“用电容量”不满足，则不再推荐"]),
        ({"space": None}, {}, ["若核实“空间”，最多再加15分"]),
    ],
)
def test_what_would_change_for_a_community(
    of_lead: dict[str, Any], of_community: dict[str, Any], changes: list[str]
) -> None:
    assert would_change(lead(**of_lead), community(**of_community)) == changes


def test_land_that_misses_the_threshold_would_have_to_reach_it() -> None:
    gate = LandGate("not_met", frozenset({"高铁新城"}))
    asks = lead(land=Land(Decimal(20), Decimal(20)))
    assert would_change(asks, community(), gate) == ["若达到供地门槛（高铁新城），则可推荐（95分）"]


@pytest.mark.parametrize(
    ("of_lead", "of_fund", "changes"),
    [
        ({"financing_need": money(500)}, {}, ["若融资需求不低于1000万元，则可推荐（100分）"]),
        ({}, {"invest_until": PartialDate(2026, 1)}, ["若投资期延长，则可推荐（100分）"]),
        ({}, {"remaining": money(400)}, ["若可投额度不低于1000万元，则可推荐（86.67分）"]),
        ({"industry": "新材料"}, {"invest_until": PartialDate(2026, 1)}, []),
        ({"financing_need": money(8000)}, {}, ["若融资需求降至5000万元，可再加7.5分"]),
        ({}, {"remaining": None}, ["若核实“金额”，最多再加20分"]),
        ({}, {"leads_rounds": None}, ["若核实“协同”，最多再加5分"]),
    ],
)
def test_what_would_change_for_a_fund(of_lead: dict[str, Any], of_fund: dict[str, Any], changes: list[str]) -> None:
    assert would_change(lead(**of_lead), fund(**of_fund)) == changes


def test_the_most_useful_questions_come_first() -> None:
    of_lead = {"rd_staff": number(50)}
    document = match_document(
        matched(of_lead, community(), fund()), "甲", {"verdict": "incomplete", "missing": ["land", "annual_tax"]}
    )
    assert document["missing"] == [
        *("industry", "space", "needed_by", "financing_need", "financing_stage"),
        *("land", "annual_tax"),
    ]
    assert document["questions"] == [
        "项目属于哪个产业（主标签、次标签）？",
        "需要哪些类型的空间，各多少平方米？（按研发人员50人、每人12㎡估算约600㎡，仅供参考）",
        "是否需要供地，需要多少亩？",
    ]
    assert document["communities"]["pending"] == [{"code": "RC-1", "name": "", "reasons": ["未填产业"]}]
    assert "待补充后再匹配：F-1（未填产业；未填融资阶段；未填融资金额）。" in document["explanation"]


def test_a_need_in_a_currency_without_a_rate_asks_for_the_rate() -> None:
    result = matched(lead(financing_need=money(500, currency="USD")), fund())
    assert explain.missing_fields(result) == ("rate:USD",)


def test_one_side_only() -> None:
    document = match_document(matched(lead(), community(), fund(), kinds=["fund"]), "甲", {"verdict": "not_applicable"})
    assert "communities" not in document
    assert document["funds"]["recommended"][0]["code"] == "F-1"


def test_english() -> None:
    with use_language("en"):
        text = explain.explanation(matched(lead(country="香港"), community(), fund(fields=("新材料",))))
    community_line, *others = text.splitlines()
    assert community_line.startswith("recommended: RC-1 (90 points): Fit of industry 40/40 (人工智能 agrees), ")
    assert "0/10 (no cooperation platform with Hong Kong, China (counts as from abroad))" in community_line
    assert others == [
        "Not matched: F-1: Field does not fit.",
        "Negative list and industrial policy: to be checked by a person.",
    ]


@pytest.mark.parametrize("table", [words.SENTENCES, words.CRITERIA, words.BANDS, words.ACTIONS, words.QUESTIONS])
def test_every_sentence_has_its_chinese_with_the_same_places(table: Mapping[str, str]) -> None:
    for message in table.values():
        chinese = _(message)
        assert chinese != message
        places = [
            {name for _text, name, _spec, _how in string.Formatter().parse(text) if name} for text in (message, chinese)
        ]
        assert places[0] == places[1]
