"""The dashboard: figures as in the list, a mark opens its rows, light and dark, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from crm.domain.fields.reading import read_record
from crm.queries.history import EXPORTED, change_sets
from crm.services.records import update
from tests.ui.by_hand import click
from tests.ui.journeys.sight import DRIVES, OPTICS, shows, texts
from ui.application import Xiangtu
from ui.dashboard.charts import BarChart, FieldChart
from ui.dashboard.page import DashboardPage
from ui.dashboard.words import share
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.theme.tokens import DARK


def opened(xiangtu: Xiangtu) -> DashboardPage:
    assert xiangtu.window is not None
    shown = xiangtu.window.go("dashboard")
    assert isinstance(shown, DashboardPage)
    wait_for(shown.is_settled)
    wait_for(lambda: len(shown.figures) == 4)
    return shown


@pytest.fixture
def dashboard(page: LeadsPage, xiangtu: Xiangtu) -> DashboardPage:
    del page
    return opened(xiangtu)


def bars(page: DashboardPage, name: str) -> list[tuple[str, int]]:
    chart = page.cards[name].chart
    assert isinstance(chart, BarChart)
    return [(bar.name, bar.value) for bar in chart.bars]


def cells(page: DashboardPage, name: str, column: int) -> list[str]:
    table = page.cards[name].table
    assert table is not None
    items = (table.item(line, column) for line in range(table.rowCount()))
    return [item.text() for item in items if item is not None]


def test_charts_and_tables_say_the_same(dashboard: DashboardPage) -> None:
    assert bars(dashboard, "verdicts") == [("达标", 1), ("不达标", 1), ("不适用", 1)]
    assert cells(dashboard, "verdicts", 0) == ["达标", "不达标", "不适用"]
    assert cells(dashboard, "verdicts", 2) == ["33.3%", "33.3%", "33.3%"]
    assert bars(dashboard, "areas") == [("高铁新城", 2), ("（未填写）", 1)]
    assert bars(dashboard, "funnel")[:4] == [("线索", 3), ("研判", 2), ("在谈", 1), ("评审", 0)]
    assert "按2个项目计；另有外币1个未计入" in texts(dashboard)
    assert "已有结论的2个项目中1个达标" in texts(dashboard)


def test_a_bar_opens_its_leads(dashboard: DashboardPage, page: LeadsPage, xiangtu: Xiangtu) -> None:
    chart = dashboard.cards["verdicts"].chart
    assert chart.tip_at(QPointF(0.5, 1)) == "不达标：共1个项目。单击在列表中打开。"
    assert chart.tip_at(QPointF(0.5, 1.45)) == ""
    chart.click_at(QPointF(0.5, 1))
    wait_for(lambda: list(page.list.model.ids) == [2])
    assert "不达标" in page.list.bar._chips["verdicts"].text()
    opened(xiangtu)
    table = dashboard.cards["funnel"].table
    assert table is not None
    table.cellActivated.emit(1, 1)
    wait_for(lambda: sorted(page.list.model.ids) == [1, 2])
    wait_for(page.is_settled)


def test_the_plane_shows_the_line_and_opens_a_lead(dashboard: DashboardPage, page: LeadsPage) -> None:
    field = dashboard.cards["field"].chart
    assert isinstance(field, FieldChart)
    assert [(spot.lead_id, spot.shape) for spot in field.spots] == [(2, "x"), (1, "o")]
    assert "用地25亩，年税收5,000万元，亩均200万元" in field.tip_at(QPointF(25, 5000))
    assert field.tip_at(QPointF(45, 1000)) == ""
    assert cells(dashboard, "field", 3) == ["180", "200"]
    field.click_at(QPointF(25, 5000))
    wait_for(lambda: shows(page, OPTICS))
    dashboard.cards["field"].row_asked.emit(0, 0)
    wait_for(lambda: shows(page, DRIVES))


def test_another_area_and_another_scope(dashboard: DashboardPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    assert xiangtu.desk is not None
    dashboard.area_tabs.setCurrentIndex(3)
    wait_for(lambda: dashboard.field is not None and dashboard.field.area == "其他区域")
    assert dashboard.field is not None
    assert not dashboard.field.points
    with xiangtu.desk.workspace.database.write(by="他人", why="搁置") as session:
        update(session, "leads", 1, read_record("leads", {"status": "paused", "status_reason": "等规划"}))
    wait_for(lambda: dashboard.facts is not None and dashboard.facts.totals.count == 2)
    dashboard.scope.setCurrentIndex(1)
    wait_for(lambda: dashboard.facts is not None and dashboard.facts.totals.count == 3)
    dashboard.area.setCurrentIndex(2)
    wait_for(lambda: "没有项目" in texts(dashboard.states))
    click(qtbot, dashboard.states, "统计全部项目")
    wait_for(lambda: dashboard.is_settled() and dashboard.states.currentWidget() is dashboard._scroll)
    assert dashboard.area.currentIndex() == 0
    settle(50)


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_chart_leaves_as_a_picture(dashboard: DashboardPage, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"漏斗.{ending}"
    dashboard.save_picture(dashboard.cards["funnel"].chart, target)
    image = QImage(str(target))
    assert image.width() > 200
    colours = {
        QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    }
    assert len(colours) > 3
    settle(10)


def test_a_picture_that_cannot_be_written_is_told(dashboard: DashboardPage, tmp_path: Path, xiangtu: Xiangtu) -> None:
    told: list[BaseException] = []
    dashboard._desk = replace(dashboard._desk, fail=told.append)
    dashboard.save_picture(dashboard.cards["funnel"].chart, tmp_path / "nowhere" / "漏斗.png")
    assert len(told) == 1
    del xiangtu


def test_the_tables_leave_as_a_workbook_and_the_history_notes_it(
    dashboard: DashboardPage, tmp_path: Path, xiangtu: Xiangtu
) -> None:
    target = tmp_path / "看板.xlsx"
    dashboard.save_workbook(target)
    assert xiangtu.window is not None
    window = xiangtu.window
    wait_for(lambda: "看板.xlsx" in window.toast.text())
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["推进漏斗", "供地门槛测算结论", "按片区", "按产业", "年税收与用地（高铁新城）"]
    values = [row[1].value for row in book["供地门槛测算结论"].iter_rows() if isinstance(row[1].value, int)]
    assert values == [1, 1, 1]
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        assert [each.why for each in change_sets(session, kinds=[EXPORTED])] == ["统计看板5张表导出为看板.xlsx"]


def test_the_charts_wear_the_theme(dashboard: DashboardPage, xiangtu: Xiangtu) -> None:
    del dashboard
    xiangtu.take_look(replace(xiangtu.look, theme="dark"))
    wait_for(lambda: xiangtu.desk is not None and xiangtu.desk.opening.is_open)
    shown = opened(xiangtu)
    assert shown.cards["funnel"].chart.plot.backgroundBrush().color() == QColor(DARK.surface)
    settle(50)


def test_a_share_is_cut_and_never_rounded_up() -> None:
    assert [share(2, 3), share(1, 1), share(0, 5), share(1, 0), share(9999, 10000)] == [
        "66.6%",
        "100.0%",
        "0.0%",
        "—",
        "99.9%",
    ]
