"""The page of statistics: its figures, the leads behind a count, freezing, printing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from crm.domain.fields.reading import read_record
from crm.domain.statistics.periods import read_period
from crm.queries.statistics import frozen_report
from crm.services.records import update
from ui.application import Xiangtu
from ui.documents.preview import DocumentPreview
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.statistics.page import StatisticsPage
from ui.tables.figure_table import FigureTable

SIGNED = 1
"""Line of the first table: 签约项目."""


@pytest.fixture
def statistics(page: LeadsPage, xiangtu: Xiangtu) -> StatisticsPage:
    """Return the page over the filled database, in which one lead was signed in November and one in March."""
    del page
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="刘某", why="签约") as session:
        update(session, "leads", 1, read_record("leads", {"signed_on": "2026-11-03"}))
        update(session, "leads", 2, read_record("leads", {"signed_on": "2026-03"}))
    assert xiangtu.window is not None
    shown = xiangtu.window.go("statistics")
    assert isinstance(shown, StatisticsPage)
    shown._today = date(2026, 12, 1)
    show(shown, "2026-11")
    return shown


def show(page: StatisticsPage, period: str) -> None:
    page.show_period(read_period(period))
    wait_for(lambda: page._facts is not None and page._facts.report.period == page._period.key)
    settle(5)


def cell(page: StatisticsPage, table: int, row: int, column: int) -> str:
    item = page.findChildren(FigureTable)[table].item(row, column)
    return item.text() if item is not None else ""


def test_the_figures_are_those_of_the_period(statistics: StatisticsPage) -> None:
    assert [cell(statistics, 0, SIGNED, column) for column in (1, 4, 6)] == ["1", "2", "2"]
    assert statistics.name.text() == "2026年11月"
    statistics.before.click()
    wait_for(lambda: statistics._facts is not None and statistics._facts.report.period == "2026-10")
    settle(5)
    assert [cell(statistics, 0, SIGNED, column) for column in (1, 4, 6)] == ["0", "1", "1"]
    statistics.length.setCurrentIndex(3)
    wait_for(lambda: statistics._facts is not None and statistics._facts.report.period == "2026")


def test_a_count_opens_its_leads(statistics: StatisticsPage, page: LeadsPage) -> None:
    table = statistics.findChildren(FigureTable)[0]
    table.cellActivated.emit(SIGNED, 1)
    wait_for(lambda: list(page.list.model.ids) == [1])
    assert "选定的1条线索" in page.list.bar._asked["ids"].text()
    page.list.bar._asked["ids"].click()
    wait_for(lambda: len(page.list.model.ids) > 1)
    assert "ids" not in page.list.bar._asked


def test_a_count_of_nothing_opens_nothing(statistics: StatisticsPage, page: LeadsPage) -> None:
    statistics.findChildren(FigureTable)[0].cellActivated.emit(SIGNED + 3, 1)
    settle(30)
    assert page.list.where.ids is None


def test_freezing_keeps_the_figures_and_tells_corrections(statistics: StatisticsPage, xiangtu: Xiangtu) -> None:
    assert xiangtu.desk is not None
    database = xiangtu.desk.workspace.database
    statistics.freeze.click()
    wait_for(lambda: statistics._facts is not None and statistics._facts.frozen_on is not None)
    assert not statistics.freeze.isEnabled()
    with database.read() as session:
        assert frozen_report(session, "2026-11") is not None
    with database.write(by="王某", why="更正") as session:
        update(session, "leads", 3, read_record("leads", {"signed_on": "2026-11-09"}))
    wait_for(lambda: not statistics.corrected.isHidden())
    assert "签约项目" in statistics.corrected.text()
    assert cell(statistics, 0, SIGNED, 1) == "1"


def test_a_period_that_is_not_over_is_not_frozen(statistics: StatisticsPage) -> None:
    show(statistics, "2026-12")
    assert not statistics.freeze.isEnabled()
    assert statistics.freeze.toolTip()


def test_it_is_seen_before_it_is_saved_as_a_workbook(
    statistics: StatisticsPage, xiangtu: Xiangtu, tmp_path: Path
) -> None:
    statistics.print_.click()
    window = xiangtu.window
    assert window is not None
    wait_for(lambda: bool(window.findChildren(DocumentPreview)))
    preview = window.findChildren(DocumentPreview)[0]
    assert preview.document.pageCount() >= 2
    target = tmp_path / "月报.xlsx"
    preview.save_asked.emit(target)
    wait_for(target.exists)
    assert openpyxl.load_workbook(target)["推进情况"]["B5"].value == 1
    preview.close()
    settle(20)
