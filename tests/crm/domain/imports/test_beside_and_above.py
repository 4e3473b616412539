"""What stands beside or above cells can mislead: a column of currencies, inherited units, planned stages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.explain import choice_text, question_text, rows_give
from crm.domain.imports.rows import RowRecord
from crm.domain.imports.understanding import Understood, understand_workbook
from crm.domain.quantities import Money
from tests.crm.domain.imports.sheets import sheet


def read(text: str) -> Understood:
    found = understand_workbook([sheet(text)], LEAD_FIELDS)
    assert [table.sheet for table in found.tables] == ["台账"]
    return found


def records(found: Understood) -> list[RowRecord]:
    return list(found.tables[0].records)


CURRENCIES = """
项目名称|总投资（亿元）|币种|年税收（万元）
甲项目|5|人民币|9000
乙项目|1.2|美元|3000
丙项目|1亿欧元|美元|2000
丁项目|2|龙币|2000
戊项目|3||2000
合计|11.2||18000
"""


def test_a_column_of_currencies_is_that_of_the_sums_before_it() -> None:
    found = read(CURRENCIES)
    sums = [one.values.get("planned_investment") for one in records(found)]
    told = [f"{one.low} {one.currency}" if isinstance(one, Money) else "" for one in sums]
    assert told == ["50000 CNY", "12000 USD", "10000 EUR", "", "30000 CNY"]
    assert [one.doubtful for one in records(found)] == [False, False, False, True, False]
    assert all(one.values["annual_tax"].currency == "CNY" for one in records(found))
    assert found.tables[0].columns[2].reason == "currency_of"


def test_sums_in_several_currencies_are_not_added_up() -> None:
    assert [check.field for check in read(CURRENCIES).tables[0].sums] == ["annual_tax"]


def test_what_the_rows_give_is_told_in_the_unit_of_the_column() -> None:
    (check,) = read("项目名称|总投资（亿元）\n甲项目|5\n乙项目|3亿～4亿\n合计|12.5").tables[0].sums
    assert (check.holds, rows_give(check)) == (False, "8-9亿元")


CORNER = """
重点项目表（单位：亿元、亩）
项目名称|总投资|用地|年税收
甲项目|5|40|9000
乙项目|3|30|6000
丙项目|2|20|0.4
"""


def test_an_inherited_unit_that_makes_no_sense_is_asked_once_for_its_column() -> None:
    found = read(CORNER)
    (question,) = found.questions.open
    assert question.key == "unit:台账/D"
    assert [proof.raw for proof in question.proofs] == ["9000", "6000", "0.4"]
    assert question_text(question, LEAD_FIELDS).startswith("D列“年税收”按推断的亿元计不合常理")
    assert all("annual_tax" not in one.values and one.doubtful for one in records(found))
    assert [one.values["planned_investment"].low for one in records(found)] == [50000, 30000, 20000]


@pytest.mark.parametrize(("unit", "first"), [("万元", Decimal(9000)), ("亿元", Decimal(90_000_000))])
def test_the_answer_holds_also_where_it_is_the_unit_that_was_inherited(unit: str, first: Decimal) -> None:
    found = understand_workbook([sheet(CORNER)], LEAD_FIELDS, answers={"unit:台账/D": unit})
    assert not found.questions.open
    assert records(found)[0].values["annual_tax"].low == first
    assert not any(one.doubtful for one in records(found))


def test_an_inherited_unit_stays_where_most_figures_make_sense() -> None:
    found = read(CORNER.replace("9000", "0.9").replace("6000", "0.6"))
    assert not found.questions.open
    assert [one.values["annual_tax"].low for one in records(found)] == [9000, 6000, 4000]


AHEAD = """
项目名称|投资方|总投资（亿元）
一、在谈项目（1个）
甲项目|某公司|5
二、拟签约项目（1个）
乙项目|某公司|3
"""


def test_a_section_of_what_is_still_ahead_gives_no_stage_but_a_question() -> None:
    found = read(AHEAD)
    (question,) = found.questions.open
    assert [one.values.get("stage") for one in records(found)] == ["negotiation", None]
    assert question.choices == ("review", "negotiation", "assessment", "lead", "none")
    assert [choice_text(question, choice) for choice in question.choices] == [
        "评审",
        "在谈",
        "研判",
        "线索",
        "不判断，阶段不变",
    ]
    answered = understand_workbook([sheet(AHEAD)], LEAD_FIELDS, answers={question.key: "review"})
    assert [one.values.get("stage") for one in records(answered)] == ["negotiation", "review"]


@pytest.mark.parametrize("word", ["拟签约", "待评审", "即将开工", "计划投产"])
def test_a_cell_of_what_is_still_ahead_is_asked_once_for_the_word(word: str) -> None:
    found = read(f"项目名称|阶段|总投资（亿元）\n甲项目|{word}|5\n乙项目|{word}|4\n丙项目|在谈|4")
    assert [one.values.get("stage") for one in records(found)] == [None, None, "negotiation"]
    assert [question.key for question in found.questions.open] == [f"stage_ahead:{word}"]
