"""A cell of a block is read as a cell of an import, and judged as the form is."""

from __future__ import annotations

import pytest

from crm.domain.blocks.explain import cell_text, why_text
from crm.domain.blocks.plan import Cell, Fate, Given, after, changes_of, plan_record
from crm.domain.fields.reading import read_record
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.domain.imports.units import Unit, unit_of

LEAD = read_record(
    "leads",
    {
        "code": "XT-2026-0001",
        "name": "精密光电产业园（虚构）",
        "planned_investment": "5.2亿元",
        "land": "25亩",
        "annual_tax": "5000万元",
        "stage": "negotiation",
        "status": "active",
        "owner": "刘某",
        "contact_phone": "13800001111",
        "next_date": "2026-12-05",
    },
)


def plan(field: str, raw: str, reason: str = "", unit: Unit | None = None) -> Cell:
    [cell] = plan_record("leads", LEAD, [Given(field, raw, unit)], reason)
    return cell


@pytest.mark.parametrize(
    ("field", "raw", "fate", "shown"),
    [
        ("planned_investment", "6.8亿", Fate.CHANGED, "6.8亿元"),
        ("planned_investment", "68,000", Fate.CHANGED, "6.8亿元"),  # the unit of the column
        ("planned_investment", "52000", Fate.SAME, "52000"),
        ("planned_investment", "5-8亿元", Fate.CHANGED, "5–8亿元"),
        ("planned_investment", "数亿元", Fate.CHANGED, "数亿元"),
        ("planned_investment", "", Fate.EMPTIED, "（空）"),
        ("planned_investment", "—", Fate.EMPTIED, "（空）"),
        ("planned_investment", "#N/A", Fate.DOUBTFUL, "#N/A"),
        ("planned_investment", "=A1*2", Fate.DOUBTFUL, "=A1*2"),
        ("planned_investment", "五个多亿吧", Fate.DOUBTFUL, "五个多亿吧"),
        ("land", "16667㎡", Fate.CHANGED, "25.0005亩"),
        ("land", "无", Fate.DOUBTFUL, "无"),
        ("next_date", "2027/1/8", Fate.CHANGED, "2027年1月8日"),
        ("next_date", "46030", Fate.CHANGED, "2026年1月8日"),  # the day number of a spreadsheet
        ("next_date", "2024.1", Fate.DOUBTFUL, "2024.1"),
        ("next_date", "3月5日", Fate.DOUBTFUL, "3月5日"),
        ("credit_code", "9.13205E+17", Fate.DOUBTFUL, "9.13205E+17"),
        ("credit_code", "913205079999000000", Fate.DOUBTFUL, "913205079999000000"),
        ("area", "经开区", Fate.CHANGED, "开发区"),
        ("area", "相城", Fate.DOUBTFUL, "相城"),
        ("stage", "在谈", Fate.SAME, "在谈"),
        ("stage", "已过会", Fate.CHANGED, "评审"),
        ("stage", "谈得很好", Fate.DOUBTFUL, "谈得很好"),
        ("stage", "签约", Fate.REFUSED, "签约"),  # passes over the review
        ("stage", "搁置", Fate.REFUSED, "搁置"),  # needs a reason
        ("name", "", Fate.REFUSED, ""),
        ("code", "XT-2026-0002", Fate.REFUSED, "XT-2026-0002"),
        ("contact_phone", "13900002222", Fate.REFUSED, "13900002222"),
        ("annual_tax", "0.5", Fate.SUSPECT, "5,000元"),
        ("owner", "刘某", Fate.SAME, "刘某"),
    ],
)
def test_fate(field: str, raw: str, fate: Fate, shown: str) -> None:
    cell = plan(field, raw)
    assert (cell.fate, cell_text("leads", cell)) == (fate, shown)
    if fate in (Fate.DOUBTFUL, Fate.REFUSED, Fate.SUSPECT):
        assert why_text(cell, after(LEAD, [cell]))


def test_a_reason_lets_a_step_pass_and_a_status_word_is_a_status() -> None:
    cell = plan("stage", "搁置", "企业资金链紧张")
    assert (cell.fate, cell.changes) == (Fate.CHANGED, {"status": "paused"})


def test_a_heading_has_its_own_unit() -> None:
    cell = plan("annual_tax", "0.6", unit=unit_of("亿元"))
    assert cell_text("leads", cell) == "6,000万元"


def test_a_refused_step_leaves_the_other_cells_of_its_line() -> None:
    cells = plan_record("leads", LEAD, [Given("stage", "达产"), Given("owner", "周某")])
    assert [cell.fate for cell in cells] == [Fate.REFUSED, Fate.CHANGED]
    assert changes_of(cells) == {"owner": "周某"}


def test_what_is_suspect_is_taken_when_it_is_confirmed() -> None:
    cell = plan("annual_tax", "0.5")
    assert changes_of([cell]) == {}
    assert set(changes_of([cell], suspect_too=True)) == {"annual_tax"}


@pytest.mark.parametrize("field", [name for name in LEAD if name not in ("code", "contact_phone")])
def test_what_was_copied_comes_back_as_it_is(field: str) -> None:
    assert plan(field, value_to_text(LEAD_FIELDS[field], LEAD[field])).fate is Fate.SAME


def test_entries_are_read_as_they_are_shown() -> None:
    [cell] = plan_record("communities", {"code": "Q-1"}, [Given("space", "研发 1200㎡、办公 300㎡")])
    assert cell.fate is Fate.CHANGED
    assert set(cell.changes["space"]) == {"研发", "办公"}
