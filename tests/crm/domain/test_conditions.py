"""Conditions as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crm.domain.conditions import All, AnyOf, Comparison, Emptiness, Operator, parse_condition
from crm.domain.fields.reading import field_called, read_value
from crm.domain.fields.registry import LEAD_FIELDS, RECORD_FIELDS
from crm.domain.quantities import Money, PartialDate
from crm.errors import NotFoundError, UserError, ValueRefusedError
from crm.i18n import LANGUAGES, _, use_language


def compared(name: str, operator: str, value: object) -> Comparison:
    return Comparison(LEAD_FIELDS[name], Operator(operator), value)


def test_the_example_of_the_contract() -> None:
    condition = parse_condition(
        "leads", "area = 高铁新城 and annual_tax >= 5000万元 and land is empty and stage in (在谈, 评审)"
    )
    assert isinstance(condition, All)
    area, tax, land, stage = condition.parts
    assert area == compared("area", "=", "高铁新城")
    assert isinstance(tax, Comparison)
    assert isinstance(tax.value, Money)
    assert (tax.operator, tax.value.low) == (">=", Decimal(5000))
    assert land == Emptiness(LEAD_FIELDS["land"], empty=True)
    assert stage == AnyOf((compared("stage", "=", "negotiation"), compared("stage", "=", "review")))


def test_and_goes_before_or_and_brackets_before_both() -> None:
    a, b, c = (compared("owner", "=", name) for name in ("甲", "乙", "丙"))
    assert parse_condition("leads", "owner=甲 or owner=乙 and owner=丙") == AnyOf((a, All((b, c))))
    assert parse_condition("leads", "(owner = 甲 or owner = 乙)and(owner = 丙)") == All((AnyOf((a, b)), c))
    assert parse_condition("leads", "((owner = 甲))") == a


@pytest.mark.parametrize(
    ("text", "name", "operator", "value"),
    [
        ("达产年税收 >= 5000万元", "annual_tax", ">=", "5000万元"),
        ("达产年税收＞＝5000万元", "annual_tax", ">=", "5000万元"),
        ("Annual tax at full production>=5000万元", "annual_tax", ">=", "5000万元"),
        ("用地需求 ＜ 30亩", "land", "<", "30亩"),
        ("用地性质=工业", "land_use", "=", "industrial"),
        ("ＬＡＮＤ_use = 工业用地", "land_use", "=", "industrial"),
        ("gb/t 4754 class = C3976", "gbt4754", "=", "C3976"),
        ("Country/region = 香港", "country", "=", "中国香港"),
        ("所处阶段 in (在谈)", "stage", "=", "negotiation"),
    ],
)
def test_fields_by_their_labels_in_any_width(text: str, name: str, operator: str, value: object) -> None:
    expected = read_value(LEAD_FIELDS[name], value)
    found = parse_condition("leads", text)
    assert (found.parts[0] if isinstance(found, AnyOf) else found) == compared(name, operator, expected)


@pytest.mark.parametrize("kind", RECORD_FIELDS)
def test_every_label_names_its_field_and_no_other(kind: str) -> None:
    for name, field in RECORD_FIELDS[kind].items():
        for language in LANGUAGES:
            with use_language(language):
                assert field_called(kind, _(field.label)) is field
                assert parse_condition(kind, f"{_(field.label)} is empty") == Emptiness(field, empty=True)
        assert field_called(kind, name) is field


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("达产税收 >= 5000", "项目线索没有名为“达产税收”的字段。是否指：达产年税收（annual_tax）？"),
        ("land_usage = 工业", "用地性质（land_use）"),
        ("用地需求量 = 3", "用地需求（land）"),
        ("达产年税收 >= 很多", "达产年税收：“很多”"),
        ("所处阶段 = 起飞", "所处阶段："),
        ("investor contains 甲 and 用地 = 3", "没有名为“用地”的字段"),
    ],
)
def test_a_refusal_names_the_field_as_people_do(text: str, said: str) -> None:
    with pytest.raises(ValueRefusedError) as caught:
        parse_condition("leads", text)
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("text", "name", "operator", "value"),
    [
        ("name = 苏州（某）有限公司", "name", "=", "苏州（某）有限公司"),
        ("name = ABB (Suzhou) Ltd", "name", "=", "ABB (Suzhou) Ltd"),
        ("name = 'a and b'", "name", "=", "a and b"),
        ("name=“含 or 字”", "name", "=", "含 or 字"),
        ("(name = 甲) ", "name", "=", "甲"),
        ("name contains 机器人", "name", "contains", "机器人"),
        ("stage != 线索", "stage", "!=", "lead"),
        ("stage <> lead", "stage", "!=", "lead"),
        ("environment = P2", "environment", "=", "P2"),
        ("confidential = 是", "confidential", "=", True),
        ("full_year >= 2028", "full_year", ">=", 2028),
        ("needed_by ≤ 2027年3月", "needed_by", "<=", PartialDate(2027, 3)),
        ("owner NOT IN (甲)", "owner", "!=", "甲"),
    ],
)
def test_values_as_people_write_them(text: str, name: str, operator: str, value: object) -> None:
    condition = parse_condition("leads", text)
    if isinstance(condition, All | AnyOf):
        (condition,) = condition.parts
    assert isinstance(condition, Comparison)
    assert (condition.field.name, condition.operator) == (name, operator)
    assert condition.value == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "无法理解"),
        ("area", "无法理解"),
        ("area = ", "无法理解"),
        ("area = 高铁新城 and", "无法理解"),
        ("(area = 高铁新城", "无法理解"),
        ("area = 高铁新城)", "无法理解"),
        ("area in 高铁新城", "无法理解"),
        ("land >> 25", "无法理解"),
        ("land => 25", "无法理解"),
        ("name = '没有结束", "无法理解"),
        ("(" * 80 + "area = 开发区", "无法理解"),
        ("nothing = 1", "没有字段|没有名为|没有“nothing”|nothing"),
        ("area = 吴江", "不在可选范围内"),
        ("annual_tax >= 数千万元", "不能与"),
        ("annual_tax >= 700万美元", "不能与"),
        ("paid_in_foreign >= 100", "不能与"),
        ("name > 甲", "不能用"),
        ("plots = 1", "不能用"),
        ("annual_tax contains 5", "不能用"),
        ("contact_phone = 13800001111", "不能用"),
        ("name = " + "长" * 6000, "超过 5000 个字符"),
        ("area = 高铁新城; drop table leads", "不在可选范围内"),
    ],
)
def test_what_cannot_be_understood_is_told(text: str, words: str) -> None:
    with pytest.raises(ValueRefusedError, match=words) as caught:
        parse_condition("leads", text)
    assert caught.value.where


def test_a_kind_that_is_not_there() -> None:
    with pytest.raises(NotFoundError):
        parse_condition("nothing", "name = 甲")


WORDS = some.sampled_from(
    ["area", "land", "name", "stage", "=", ">=", "in", "(", ")", ",", "and", "or", "is empty", "25亩", "甲", "'", " "]
)


@given(some.lists(WORDS, max_size=14).map(" ".join))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        condition = parse_condition("leads", text)
    except UserError as error:
        assert error.message  # noqa: PT017  (refusing is one of the two good ends)
    else:
        assert isinstance(condition, Comparison | Emptiness | All | AnyOf)
