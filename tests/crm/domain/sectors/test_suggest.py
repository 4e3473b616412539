"""Suggestions of sectors: from words alone, shown; none where the words tell none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.sectors.scope import Part, read_scope
from crm.domain.sectors.suggest import suggest_divisions, suggest_fields

COMPANIES = [
    ("某某微电子（虚构）有限公司", "集成电路芯片的研发、生产和销售；半导体封装测试", "39"),
    ("某某药业（虚构）有限公司", "生物药、抗体药物的研发与生产", "27"),
    ("某某软件（虚构）有限公司", "计算机软件开发；信息系统集成服务", "65"),
    ("某某汽车零部件（虚构）公司", "汽车座椅、汽车内饰件的制造、加工", "36"),
    ("某某物流（虚构）公司", "普通货运，道路货物运输；仓储服务", "54"),
    ("某某酒店（虚构）公司", "住宿；中餐", "61"),
]


@pytest.mark.parametrize(("name", "text", "division"), COMPANIES)
def test_the_main_business_comes_first_with_its_words(name: str, text: str, division: str) -> None:
    first = suggest_divisions(name, text)[0]
    assert first.key == division
    whole = (name + text).upper()
    assert first.words
    assert all(evidence.word in whole for evidence in first.words)
    assert [evidence.points for evidence in first.words] == sorted((e.points for e in first.words), reverse=True)
    assert first.points == sum(evidence.points for evidence in first.words)


@pytest.mark.parametrize(
    "text", ["", "待定", "货物进出口；技术进出口；依法须经批准的项目，经相关部门批准后方可开展经营活动", "项目"]
)
def test_words_that_tell_nothing_bring_no_suggestion(text: str) -> None:
    assert suggest_divisions("", text) == ()
    assert suggest_fields("", text) == ()


def test_a_firm_that_only_sells_is_less_of_the_makers() -> None:
    made = {one.key: one.points for one in suggest_divisions("", "服装、服饰、内衣、皮鞋的生产")}
    sold = {one.key: one.points for one in suggest_divisions("", "服装、服饰、内衣、皮鞋的销售")}
    assert sold["18"] < made["18"]


def test_legal_formulas_are_not_business() -> None:
    text = "电子元件制造（不含危险化学品）；自营和代理各类商品和技术的进出口业务"
    assert [(phrase.text, phrase.part) for phrase in read_scope("", text)] == [("电子元件制造", Part.MAKES)]


def test_fields_of_the_district() -> None:
    assert suggest_fields("", "自动驾驶激光雷达与车路协同系统")[0].key == "无人驾驶"
    assert suggest_fields("", "抗体药物与细胞治疗")[0].key == "生物医药"


@given(st.text(max_size=300))
def test_any_text_is_answered_with_words_it_holds(text: str) -> None:
    for one in suggest_divisions("", text):
        assert one.points >= sum(evidence.points for evidence in one.words) > 0
        assert len(one.key) == 2
