"""Whatever stands in a sheet: nothing breaks, and no filled row of a table disappears without being accounted for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.grid import CellValue, Flaw, Flawed, Merge, Sheet
from crm.domain.imports.understanding import understand_workbook

WORDS = st.sampled_from(
    [
        *("项目名称", "投资方", "总投资（亿元）", "用地（亩）", "税收", "片区", "签约", "序号", "备注", "合计", "小计"),
        *("一、签约项目", "备注：1.", "单位：万元", "甲项目", "乙公司", "高新区", "漕湖", "无", "/", "待定", "2024.1"),
        *("约5亿", "5-8", "200万美元", "25亩左右", "租赁厂房2500㎡", "91320507MA9XC00254", "13600004473", "三季度"),
        *("3/4/2024", "数千万元", "￥", "（", "１，２００"),
    ]
)
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.none(),
    WORDS,
    WORDS,
    st.text(max_size=8),
    st.integers(-5, 60000),
    st.decimals(0, 3000, places=1),
    st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)),
    st.booleans(),
    st.sampled_from(
        [Flawed(Flaw.ERROR, "#N/A"), Flawed(Flaw.FORMULA, "=1*2"), Flawed(Flaw.DAMAGED, "9132050712345678")]
    ),
    st.just(Decimal("2024.1")),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 8))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=14))
    heading = draw(st.booleans())
    if heading and rows:
        names: list[CellValue] = ["项目名称", *draw(st.lists(WORDS, min_size=width - 1, max_size=width - 1))]
        rows.insert(draw(st.integers(0, 3)), names)
    merges = []
    if len(rows) > 1:
        top, left = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, width - 1))
        merges.append(Merge(top, left, draw(st.integers(top, len(rows) - 1)), draw(st.integers(left, width - 1))))
    return Sheet("任意", rows, merges)


@settings(max_examples=150, deadline=None)
@given(sheets())
def test_every_row_is_accounted_for(sheet: Sheet) -> None:
    found = understand_workbook([sheet], LEAD_FIELDS)
    for table in found.tables:
        body = [row.index for row in table.rows]
        assert body == sorted(set(body))
        assert len(table.records) == sum(row.kind == "data" for row in table.rows)
        assert all(set(record.raw) or record.fault for record in table.records)
    for record in (record for table in found.tables for record in table.records):
        assert record.fault is not None or record.values["name"]
    assert found.tables or found.refused
