"""Conditions in groups: written in the form of the contract, taken apart again, told in words."""

from __future__ import annotations

import pytest

from crm.domain.condition_groups import (
    Group,
    Groups,
    Relation,
    Test,
    checked,
    groups_of,
    relations_of,
    text_of,
)
from crm.domain.conditions import Emptiness, parse_condition
from crm.domain.conditions_explain import askable_fields, explain_groups, explain_text
from crm.domain.fields.registry import LEAD_FIELDS
from crm.errors import ValueRefusedError
from crm.i18n import use_language

TAX = Test("annual_tax", Relation.AT_LEAST, ("5000万元",))
NO_LAND = Test("land", Relation.EMPTY)
TALKS = Test("stage", Relation.IS, ("在谈", "评审"))
RANGE = Test("planned_investment", Relation.BETWEEN, ("1亿元", "5亿元"))
PARTS = Test("name", Relation.CONTAINS, ("机器 人",))

WRITTEN = [
    (Groups((Group((TAX,)),)), "annual_tax >= 5000万元", "达产年税收 ≥ 5,000万元"),
    (
        Groups((Group((TAX, NO_LAND), any_of=True), Group((TALKS,)))),
        "(annual_tax >= 5000万元 or land is empty) and stage in (在谈, 评审)",
        "（达产年税收 ≥ 5,000万元 或 用地需求为空）且 所处阶段：在谈、评审",
    ),
    (
        Groups((Group((RANGE, PARTS), any_of=True),)),
        '(planned_investment >= 1亿元 and planned_investment <= 5亿元) or name contains "机器 人"',
        "计划总投资 1亿元 至 5亿元 或 项目名称含“机器 人”",
    ),
    (
        Groups((Group((PARTS, NO_LAND)), Group((TALKS, TAX))), any_of=True),
        '(name contains "机器 人" and land is empty) or (stage in (在谈, 评审) and annual_tax >= 5000万元)',
        "（项目名称含“机器 人” 且 用地需求为空）或（所处阶段：在谈、评审 且 达产年税收 ≥ 5,000万元）",
    ),
]


@pytest.mark.parametrize(("groups", "text", "words"), WRITTEN)
def test_groups_are_written_taken_apart_and_told(groups: Groups, text: str, words: str) -> None:
    assert text_of(groups) == text
    again = groups_of(parse_condition("leads", text))
    assert again is not None
    assert text_of(again) == text
    assert again.any_of == groups.any_of
    assert [group.any_of for group in again.groups] == [group.any_of for group in groups.groups]
    assert explain_groups("leads", groups).replace(" ", "") == words.replace(" ", "")


@pytest.mark.parametrize("name", askable_fields("leads"))
def test_every_column_can_be_asked_in_every_way_it_offers(name: str) -> None:
    field = askable_fields("leads")[name]
    given = {
        "money": "1.2亿元",
        "land": "16667㎡",
        "number": "0.5",
        "date": "2027-03",
        "moment": "2026-11-22",
        "year": "2028",
        "flag": "是",
        "credit_code": "91320507MA1MKKC68X",
    }.get(field.kind, field.choices[0].code if field.choices else "甲")
    for relation in relations_of(field):
        values = () if relation in (Relation.EMPTY, Relation.FILLED) else (given, given)
        groups = Groups((Group((Test(name, relation, values),)),))
        condition = checked("leads", groups)
        assert condition is not None
        again = groups_of(condition)
        assert again is not None
        assert checked("leads", again) == condition
        for language in ("zh_CN", "en"):
            with use_language(language):
                assert explain_groups("leads", again)


def test_a_value_keeps_what_would_be_a_sign() -> None:
    for value in ("and", "甲 or 乙", "ABB (苏州)", "含“引号”", "a, b", "is", '他说"好"'):
        groups = Groups((Group((Test("investor", Relation.IS, (value,)),)),))
        again = groups_of(parse_condition("leads", text_of(groups)))
        assert again == groups


def test_what_is_missing_or_cannot_be_read_is_told() -> None:
    with pytest.raises(ValueRefusedError, match="缺少取值"):
        text_of(Groups((Group((Test("annual_tax", Relation.AT_LEAST, (" ",)),)),)))
    with pytest.raises(ValueRefusedError, match="达产年税收"):
        checked("leads", Groups((Group((Test("annual_tax", Relation.AT_LEAST, ("很多",)),)),)))
    with pytest.raises(ValueRefusedError, match="引号"):
        text_of(Groups((Group((Test("investor", Relation.IS, ("\"'“",)),)),)))


def test_no_test_is_no_condition_and_contacts_are_only_asked_whether_they_are_there() -> None:
    assert text_of(Groups((Group(()),))) == ""
    assert checked("leads", Groups(())) is None
    assert relations_of(LEAD_FIELDS["contact_phone"]) == (Relation.EMPTY, Relation.FILLED)


def test_deeper_brackets_are_no_groups_and_stay_as_written() -> None:
    deep = "owner = 甲 or (area = 高新区 and (land is empty or stage = 在谈))"
    assert groups_of(parse_condition("leads", deep)) is None
    assert explain_text("leads", deep) == deep


def test_what_is_worked_out_can_be_asked() -> None:
    verdict = askable_fields("leads")["verdict"]
    assert parse_condition("leads", "门槛结论 is empty") == Emptiness(verdict, empty=True)
    told = explain_text("leads", "verdict in (met) and 亩均税收 >= 200")
    assert told == "门槛结论：达标 且 亩均税收（万元） ≥ 200万元"
