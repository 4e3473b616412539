"""A block is cut as Excel and WPS write it."""

from __future__ import annotations

import pytest

from crm.domain.blocks.lines import Heads, cut_block, join_block


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("5200", (("5200",),)),
        ("5200\r\n", (("5200",),)),
        ("甲\t5200\n乙\t\n", (("甲", "5200"), ("乙", ""))),
        ('"两\n行"\t"说""好""了"\n', (("两\n行", '说"好"了'),)),
        ('5" 管\t1\n', (('5" 管', "1"),)),  # a quote inside stays
        ('"没有完\t1', (('"没有完', "1"),)),
        ("\n", (("",),)),
        ("'=1+1\t-5", (("=1+1", "-5"),)),
    ],
)
def test_cut(text: str, lines: tuple[tuple[str, ...], ...]) -> None:
    assert cut_block(text) == lines


@pytest.mark.parametrize("lines", [(("=1+1", "两\n行"), ('说"好"', "")), (("a\tb",),), (("",), ("x",))])
def test_what_is_joined_is_cut_again(lines: tuple[tuple[str, ...], ...]) -> None:
    assert cut_block(join_block(lines)) == lines


TITLES = {"项目／企业": "name", "投资额/万元": "planned_investment", "门槛结论": "", "用地/亩": "land"}


@pytest.mark.parametrize(
    ("line", "fields", "is_one"),
    [
        (("项目／企业", "投资额/万元"), ["name", "planned_investment"], True),
        (("用地/亩", "门槛结论", "备忘"), ["land", "", None], True),
        (("用地需求（平方米）",), ["land"], True),
        (("达产年税收（亿元）", "责任人"), ["annual_tax", "owner"], True),
        (("5200", "25"), [None, None], False),
        (("责任人", "5200", "25"), ["owner", None, None], False),
    ],
)
def test_a_first_line_of_headings(line: tuple[str, ...], fields: list[str | None], is_one: bool) -> None:  # noqa: FBT001
    heads = Heads("leads", TITLES, line)
    assert (heads.fields, heads.is_one) == (fields, is_one)


def test_the_unit_of_a_heading_is_kept() -> None:
    unit = Heads("leads", TITLES, ("达产年税收（亿元）",)).units[0]
    assert unit is not None
    assert unit.word == "亿元"
