"""Ctrl+K over commands and other records too: characters, pinyin, initials; what is chosen is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm.domain.fields.reading import read_record
from crm.services.records import create
from ui.application import Xiangtu
from ui.calculator.page import CalculatorPage
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.records.page import RecordsPage
from ui.widgets.palette import Palette


def opened(xiangtu: Xiangtu) -> Palette:
    assert xiangtu.window is not None
    xiangtu.window.search_asked.emit()
    return xiangtu.window.findChildren(Palette)[-1]


def names(palette: Palette) -> list[str]:
    return [hit.name for hit in palette._hits]


@pytest.mark.parametrize("typed", ["门槛测算", "menkancesuan", "mkcs", ">mkcs"])
def test_a_command_is_found_and_done(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot, typed: str) -> None:
    del page
    palette = opened(xiangtu)
    palette.line.setText(typed)
    wait_for(lambda: "前往供地门槛测算" in names(palette))
    palette.answers.setCurrentRow(names(palette).index("前往供地门槛测算"))
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert xiangtu.window is not None
    wait_for(lambda: xiangtu.window is not None and isinstance(xiangtu.window._stack.currentWidget(), CalculatorPage))


def test_the_mark_shows_all_commands_with_their_keys(page: LeadsPage, xiangtu: Xiangtu) -> None:
    del page
    palette = opened(xiangtu)
    palette.line.setText(">")
    wait_for(lambda: len(palette._hits) > 20)
    told = {hit.name: hit.note for hit in palette._hits}
    assert told["新建线索"] == "Ctrl+N"
    assert told["打印匿名项目概况"] == "命令"
    assert told["前往文书登记"]
    assert not any(hit.id for hit in palette._hits)
    palette.close()
    settle(20)


def test_a_record_that_is_no_lead_opens_its_page(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    del page
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="周敏", why="企业") as session:
        made = create(session, "enterprises", read_record("enterprises", {"name": "重耳精密（虚构）有限公司"}))
    palette = opened(xiangtu)
    palette.line.setText("cejm")
    wait_for(lambda: names(palette)[:1] == ["重耳精密（虚构）有限公司"])
    assert "企业" in palette._hits[0].note
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert xiangtu.window is not None
    wait_for(lambda: xiangtu.window is not None and isinstance(xiangtu.window.page("enterprises"), RecordsPage))
    shown = xiangtu.window.page("enterprises")
    assert isinstance(shown, RecordsPage)
    wait_for(lambda: shown.detail._id == made.id and shown.detail.isVisible())
    settle(50)


def test_leads_come_first_and_leave_room_for_commands(page: LeadsPage, xiangtu: Xiangtu) -> None:
    del page
    palette = opened(xiangtu)
    palette.line.setText("xm")  # 项目
    wait_for(lambda: any(hit.act is not None for hit in palette._hits))
    kinds = [hit.id > 0 for hit in palette._hits]
    assert kinds == sorted(kinds, reverse=True)
    palette.close()
    settle(20)
