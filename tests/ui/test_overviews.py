"""The page of tables: each can be chosen, shows what the command line shows, and goes into a workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from crm.queries.overview_tables import TABLES
from crm.services.records import create
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.overviews.page import OverviewsPage
from ui.pictures import wait_for
from ui.tables.figure_table import FigureTable


def test_every_table_can_be_chosen_and_one_goes_into_a_workbook(
    page: LeadsPage, xiangtu: Xiangtu, tmp_path: Path
) -> None:
    del page
    assert xiangtu.window is not None
    assert xiangtu.desk is not None
    shown = xiangtu.window.go("overviews")
    assert isinstance(shown, OverviewsPage)
    for word in TABLES:
        shown.show_table(word)
        wait_for(shown.is_settled)
        assert shown._table is not None
        assert shown.name.text() == shown._table.name
    with xiangtu.desk.workspace.database.write(by="周敏", why="录入") as session:
        create(session, "leads", {"name": "影视（虚构）", "future_industry": "大文化", "culture_line": "影视娱乐"})
    shown.show_table("future")
    wait_for(lambda: shown.is_settled() and "三大未来产业" in shown.name.text())
    (table,) = shown.findChildren(FigureTable)
    cells = [[item.text() if (item := table.item(line, place)) else "" for place in range(3)] for line in range(5)]
    assert ["—", "影视娱乐", "1"] in cells
    target = tmp_path / "表.xlsx"
    shown.save_as(target)
    wait_for(target.exists)
    assert any("影视娱乐" in row for row in openpyxl.load_workbook(target).worksheets[0].values)
