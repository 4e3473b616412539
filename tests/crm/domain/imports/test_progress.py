"""What telling text plainly says is reached is proposed as the stage; what is wished, planned or denied is not."""

from __future__ import annotations

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.explain import choice_text, question_text
from crm.domain.imports.progress import reached
from crm.domain.imports.understanding import understand_workbook
from tests.crm.domain.imports.sheets import sheet


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9月到访，双方已签订投资协议。", ("stage", "signed")),
        ("2026年3月签约", ("stage", "signed")),
        ("正在洽谈土地价格", ("stage", "negotiation")),
        ("已签约；正在办理注册", ("stage", "signed")),
        ("10月完成工商注册，计划明年开工", ("stage", "registered")),
        ("项目已终止", ("status", "ended")),
        ("拟于12月签约，目前在谈", ("stage", "negotiation")),
    ],
)
def test_the_last_thing_that_is_said_to_be_done_counts(text: str, found: tuple[str, str]) -> None:
    told = reached(text)
    assert told is not None
    assert told.found == found


@pytest.mark.parametrize(
    "text", ["", "尚未签约", "计划年底前开工", "需协调供地", "力争12月签约", "企业主要生产传感器", "推动项目尽快投产"]
)
def test_what_is_wished_planned_or_denied_is_not_reached(text: str) -> None:
    assert reached(text) is None


LEDGER = """
项目名称|责任人|项目进展情况
甲项目|王某|9月到访，已签订投资协议
乙项目|李某|拟于年底签约
丙项目|王某|正在深入洽谈
"""


def test_the_stage_is_asked_once_and_never_taken_unasked() -> None:
    found = understand_workbook([sheet(LEDGER)], LEAD_FIELDS)
    (question,) = found.questions.open
    assert question.key == "stage_text:台账/C"
    assert [(proof.row, proof.raw) for proof in question.proofs] == [(2, "已签订投资协议"), (4, "正在深入洽谈")]
    assert question_text(question, LEAD_FIELDS).startswith("台账没有阶段列。是否按C列“项目进展情况”")
    assert [choice_text(question, choice) for choice in question.choices] == ["按此判断", "不判断，阶段不变"]
    assert all("stage" not in one.values for one in found.tables[0].records)
    for answer, stages in (("yes", ["signed", None, "negotiation"]), ("no", [None, None, None])):
        answered = understand_workbook([sheet(LEDGER)], LEAD_FIELDS, answers={question.key: answer})
        assert [one.values.get("stage") for one in answered.tables[0].records] == stages


def test_a_ledger_that_says_the_stage_asks_nothing() -> None:
    for text in ("项目名称|阶段|进展情况\n甲项目|在谈|已签约", "项目名称|进展情况\n一、签约项目\n甲项目|正在洽谈"):
        assert understand_workbook([sheet(text)], LEAD_FIELDS).questions.open == []
