"""The printed list: its filter in words, what its sums count, heads and page of how many on each page."""

from __future__ import annotations

from datetime import datetime

from crm.domain.list_paper import ListColumn, ListPaper
from crm.domain.quantities import CHINA_TIME
from reports.lead_list import compose_lead_list, list_document


def _paper(rows: int, left_out: int = 0) -> ListPaper:
    columns = (ListColumn("项目", 26), ListColumn("投资额/万元", 11, numeric=True))
    return ListPaper(
        title="线索列表",
        asked="达产年税收 ≥ 5,000万元",
        order="最近更新，降序",
        totals="共60个项目；计划总投资9,000万元，平均150.0（按60个项目）",
        columns=columns,
        rows=[(f"项目{number}（虚构）", f"{number:,}") for number in range(rows)],
        left_out=left_out,
        made_at=datetime(2026, 11, 28, 9, 30, tzinfo=CHINA_TIME),
        by="周某（虚构）",
    )


def test_it_says_what_was_asked_what_is_counted_and_what_is_left_out() -> None:
    said = "".join(text for _place, text in list_document(_paper(2, left_out=58)).texts())
    assert "筛选条件：达产年税收 ≥ 5,000万元。排序：最近更新，降序。" in said
    assert "平均150.0（按60个项目）" in said
    assert "打印前2条，另有58条未打印" in said
    assert "不按企业去重" in said
    assert "试算结论（待核口径）" in said


def test_a_long_one_has_several_pages_and_the_same_bytes_twice() -> None:
    pages = compose_lead_list(_paper(60))
    assert pages.count > 1
    assert pages.document.running
    assert pages.pdf() == compose_lead_list(_paper(60)).pdf()
