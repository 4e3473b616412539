"""The health of a ledger, dropped on the first page: no database is needed and none is made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QTableView

import main
from crm.jobs import finish
from crm.jobs.inspections import inspect_file
from ui.application import Xiangtu
from ui.first_run.page import FirstRunPage
from ui.health.dialog import HealthDialog
from ui.health.opening import save_page
from ui.pictures import wait_for

LEDGER = (
    "项目名称,投资方,片区,用地（亩）,达产年税收（万元）\n"
    "甲项目（虚构）,甲公司（虚构）,高铁新城,30,5400\n"
    "甲项目（虚构）,甲公司（虚构）,高铁新城,30,5400\n"
    "乙项目（虚构）,乙公司（虚构）,高铁新城,25,5000\n"
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return path


def test_a_ledger_dropped_on_the_first_page_is_looked_at(
    xiangtu: Xiangtu, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    xiangtu.start(None)
    window = xiangtu.window
    assert window is not None
    wait_for(lambda: bool(window.findChildren(FirstRunPage)))
    page = window.findChildren(FirstRunPage)[0]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ledger))])
    no = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no)
    page.dropEvent(drop)
    wait_for(lambda: bool(window.findChildren(HealthDialog)))
    dialog = window.findChildren(HealthDialog)[0]
    texts = "\n".join(one.text() for one in dialog.findChildren(QLabel))
    assert "3" in texts
    tabs = [dialog.tabs.tabText(place) for place in range(dialog.tabs.count())]
    assert len(tabs) >= 4
    lines = [
        str(table.model().index(row, 1).data())
        for table in dialog.findChildren(QTableView)
        for row in range(table.model().rowCount())
    ]
    assert any("甲项目" in line for line in lines)
    assert not list((tmp_path / "xiangtu").glob("*.db"))
    dialog.accept()


def test_what_was_found_is_kept_as_a_page(xiangtu: Xiangtu, ledger: Path, tmp_path: Path) -> None:
    found = finish(inspect_file(ledger, date(2026, 11, 28)))
    told: list[str] = []
    target = tmp_path / "体检.pdf"
    compose = main.doors().renderers["ledger_health"]
    save_page(
        found, target, xiangtu.runner, compose=compose, tell=told.append, fail=lambda error: told.append(str(error))
    )
    wait_for(lambda: bool(told))
    assert target.read_bytes().startswith(b"%PDF-")
