"""Where the cells of a block go."""

from __future__ import annotations

from crm.domain.blocks.lines import Lines
from crm.domain.blocks.spread import Aim, is_longer, spread

TITLES = ("项目／企业", "阶段", "投资额/万元", "门槛结论", "责任人")
FIELDS = ("name", "stage", "planned_investment", "", "owner")


def aim(first: int, chosen: int, *, width: int = 1, below: int = 9) -> Aim:
    return Aim(TITLES, FIELDS, first, width, range(1, chosen + 1), range(1, below + 1))


def told(lines: Lines, at: Aim, *, below: bool = False) -> dict[int, list[tuple[str, str]]]:
    found = spread("leads", lines, at, below=below).given
    return {each: [(one.field, one.raw) for one in cells] for each, cells in found.items()}


def test_a_block_goes_down_and_to_the_right_from_the_cursor() -> None:
    assert told((("在谈", "1亿"), ("签约", "2亿")), aim(1, 2)) == {
        1: [("stage", "在谈"), ("planned_investment", "1亿")],
        2: [("stage", "签约"), ("planned_investment", "2亿")],
    }


def test_one_cell_fills_all_that_is_chosen() -> None:
    assert told((("周某",),), aim(4, 3)) == {each: [("owner", "周某")] for each in (1, 2, 3)}
    filled = told((("",),), aim(1, 2, width=2))
    assert filled == {each: [("stage", ""), ("planned_investment", "")] for each in (1, 2)}


def test_a_block_that_fits_twice_fills_twice() -> None:
    assert list(told((("甲",), ("乙",)), aim(4, 4)).values()) == [[("owner", name)] for name in "甲乙甲乙"]


def test_more_lines_than_chosen_are_asked_about() -> None:
    lines, at = (("甲",), ("乙",), ("丙",)), aim(4, 2, below=3)
    assert is_longer("leads", lines, at)
    found = spread("leads", lines, at, below=False)
    assert (len(found.given), found.lines_over) == (2, 1)
    assert len(spread("leads", lines, at, below=True).given) == 3


def test_lines_and_columns_beyond_the_list_are_counted() -> None:
    found = spread("leads", (("100", "达标", "周某", "备注"),) * 5, aim(2, 1, below=3), below=True)
    assert (len(found.given), found.lines_over, found.columns_over, found.passed_over) == (3, 2, 1, ["门槛结论"])


def test_headings_say_which_column_is_which_and_in_which_unit() -> None:
    lines = (("责任人", "门槛结论", "备注事项", "计划总投资（亿元）"), ("周某", "达标", "无", "1.2"))
    found = spread("leads", lines, aim(0, 1), below=False)
    [owner, sum_] = found.given[1]
    assert (owner.field, sum_.field, sum_.unit and sum_.unit.word) == ("owner", "planned_investment", "亿元")
    assert found.passed_over == ["门槛结论", "备注事项"]
