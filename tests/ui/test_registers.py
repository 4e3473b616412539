"""The history and the register of documents: what happened, taken back; what left the house, seen again."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm.domain.fields.reading import read_record
from crm.jobs import finish
from crm.jobs.imports import Request, import_file
from crm.queries.records import load_one
from crm.services.follow_ups import add_follow_up
from crm.services.records import update
from ui.application import Xiangtu
from ui.documents.opening import open_document
from ui.documents.preview import DocumentPreview
from ui.history.page import IMPORTS, HistoryPage
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.releases.page import ReleasesPage


@pytest.fixture
def history(page: LeadsPage, xiangtu: Xiangtu) -> HistoryPage:
    """Return the page over a database in which an owner was changed after the fixture's own writing."""
    del page
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="陈某", why="分工调整") as session:
        update(session, "leads", 1, {"owner": "陈某"})
    assert xiangtu.window is not None
    shown = xiangtu.window.go("history")
    assert isinstance(shown, HistoryPage)
    wait_for(lambda: shown.sets.model.rowCount() > 1)
    return shown


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def press(widget: QWidget, word: str) -> None:
    next(each for each in widget.findChildren(QPushButton) if each.text() == word).click()


def owner(xiangtu: Xiangtu) -> object:
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        return load_one(session, "leads", 1).values.get("owner")


def test_a_change_is_told_with_its_words_taken_back_and_made_again(history: HistoryPage, xiangtu: Xiangtu) -> None:
    wait_for(lambda: "责任人：刘某 → 陈某" in texts(history.set_card))
    assert "精密光电产业园（虚构）" in texts(history.set_card)
    number = history._sets[0].id
    press(history.set_card, "撤销")
    wait_for(lambda: owner(xiangtu) == "刘某")
    wait_for(lambda: history._sets[0].undoes == number)
    history.sets.table.selectRow(1)
    wait_for(lambda: "已撤销" in texts(history.set_card))
    press(history.set_card, "重做")
    wait_for(lambda: owner(xiangtu) == "陈某")
    settle(50)


def test_the_filter_finds_officer_reason_and_way(history: HistoryPage, qtbot: QtBot) -> None:
    every = history.sets.model.rowCount()
    history.sets.filter.setText("分工")
    wait_for(lambda: history.sets.model.rowCount() == 1)
    history.sets.filter.clear()
    wait_for(lambda: history.sets.model.rowCount() == every)
    history.sets.choice.setCurrentIndex(history.sets.choice.findData("import"))
    wait_for(lambda: "没有符合" in texts(history.sets.states))
    press(history.sets.states, "清除")
    wait_for(lambda: history.sets.model.rowCount() == every)
    history.sets.table.setFocus()
    qtbot.keyClick(history.sets.table, Qt.Key.Key_Down)
    wait_for(lambda: history._chosen[0] == history._sets[1].id)


def test_imports_have_their_counts_and_are_taken_back(history: HistoryPage, xiangtu: Xiangtu, tmp_path: Path) -> None:
    history.show_part(IMPORTS)
    wait_for(lambda: "尚未导入" in texts(history.batches.states))
    file = tmp_path / "台账.csv"
    file.write_text(
        "项目名称,用地（亩）,年税收\n甲项目（虚构）,25,5000万元\n乙项目（虚构）,约很多,300万元\n", encoding="utf-8"
    )
    assert xiangtu.desk is not None
    finish(import_file(xiangtu.desk.workspace.database, Request("leads", file, "周敏")))
    wait_for(lambda: history.batches.model.rowCount() == 1)
    wait_for(lambda: "数据行 2" in texts(history.batch_card))
    assert "约很多" in texts(history.batch_card)
    press(history.batch_card, "撤销")
    wait_for(lambda: "已撤销" in texts(history.batch_card))
    settle(50)


@pytest.fixture
def releases(page: LeadsPage, xiangtu: Xiangtu) -> ReleasesPage:
    """Return the register, empty."""
    del page
    assert xiangtu.window is not None
    shown = xiangtu.window.go("releases")
    assert isinstance(shown, ReleasesPage)
    wait_for(lambda: "均在此登记" in texts(shown.list.states))
    return shown


def preview(title: str) -> DocumentPreview:
    def found() -> list[DocumentPreview]:
        shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, DocumentPreview)]
        return [each for each in shown if each.isVisible() and title in each.windowTitle()]

    wait_for(lambda: bool(found()))
    return found()[0]


def has_rows(page: ReleasesPage, number: int) -> bool:
    return len(page.rows) == number


DOCUMENTS = (
    ("match_sheet", [1], "资源匹配建议书"),
    ("review_sheet", [1], "评审"),
    ("blind_profile", [1], "匿名项目概况"),
    ("coordination_sheet", [1, 2], "两条线索协调单"),
    ("minutes", [3], "走访纪要"),
)


def test_every_document_of_the_command_line_is_seen_in_the_window(
    releases: ReleasesPage, xiangtu: Xiangtu, tmp_path: Path
) -> None:
    desk, window = xiangtu.desk, xiangtu.window
    assert desk is not None
    assert window is not None
    with desk.workspace.database.write(by="周敏", why="走访") as session:
        add_follow_up(session, 3, kind="visit", note="看了载体。", at=date(2026, 11, 20), by="周敏")
    for number, (kind, ids, title) in enumerate(DOCUMENTS, 1):
        open_document(desk, xiangtu._renderers, kind, ids, window)
        shown = preview(title)
        assert shown.document.pageCount() > 0
        shown.save_asked.emit(tmp_path / f"{kind}.docx")
        wait_for((tmp_path / f"{kind}.docx").exists)
        wait_for(partial(has_rows, releases, number))
        entry = releases.rows[0].entry
        assert entry is not None
        assert (entry.document, entry.form, entry.number) == (kind, ".docx", 1)
        shown.close()
    settle(50)


def test_a_document_that_left_is_seen_as_it_was(releases: ReleasesPage, xiangtu: Xiangtu, tmp_path: Path) -> None:
    desk, window = xiangtu.desk, xiangtu.window
    assert desk is not None
    assert window is not None
    open_document(desk, xiangtu._renderers, "brief", [1], window)
    first = preview("项目简报")
    first.save_asked.emit(tmp_path / "简报.pdf")
    wait_for(lambda: len(releases.rows) == 1)
    first.close()
    with desk.workspace.database.write(by="周敏", why="改名") as session:
        update(session, "leads", 1, read_record("leads", {"name": "改过名的项目（虚构）"}))
    wait_for(lambda: "SHA-256" in texts(releases.card))
    press(releases.card, "查看原件")
    again = preview("第1版")
    again.save_asked.emit(tmp_path / "又一份.pdf")
    wait_for((tmp_path / "又一份.pdf").exists)
    assert (tmp_path / "又一份.pdf").read_bytes() == (tmp_path / "简报.pdf").read_bytes()
    again.close()
    press(releases.card, "打开线索")
    assert xiangtu.window is not None
    leads = xiangtu.window.page("leads")
    assert isinstance(leads, LeadsPage)
    wait_for(lambda: leads.peek.facts_shown is not None and leads.peek.facts_shown.id == 1)
    settle(50)
