"""A form of one project is no ledger: it is refused with what to do, and no heading word becomes a project."""

from __future__ import annotations

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.explain import refused_text
from crm.domain.imports.understanding import understand_workbook
from tests.crm.domain.imports.sheets import sheet

FORM = """
招商项目信息登记表
项目名称|关节模组项目|投资方|某公司
总投资|2.6亿元|用地需求|18亩
拟落户区域|高新区|预计年税收|1800万元
联系人|赵某|联系电话|13912345678
项目简介|公司成立于2019年
"""


def test_a_form_is_refused_with_what_to_do() -> None:
    found = understand_workbook([sheet(FORM)], LEAD_FIELDS)
    assert not found.tables
    assert "粘贴识别" in refused_text(found.refused["台账"])


@pytest.mark.parametrize(
    "text",
    [
        "项目名称|投资方|总投资（亿元）|信息来源|备注\n甲|某公司|5|电话|x\n乙|某厂|4|电话|y\n丙|某院|3|走访|z\n丁|某所|2|电话|x",
        "序号|项目名称|联系人|联系电话\n1|甲|赵某|13912345678\n2|乙|钱某|13912345679\n3|丙|孙某|13912345670",
        "项目名称|总投资（亿元）\n总投资|5\n甲项目|4\n乙项目|3\n丙项目|2",
    ],
    ids=["values that are labels too", "a ledger of contacts", "one odd name"],
)
def test_a_ledger_is_no_form(text: str) -> None:
    assert not understand_workbook([sheet(text)], LEAD_FIELDS).refused
