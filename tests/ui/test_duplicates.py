"""The inbox of duplicates: compared, decided on, merged and taken back; the card and dialog of first reports."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from crm.domain.fields.reading import read_record
from crm.queries.records import load, load_one
from crm.services.records import create
from ui.application import Xiangtu
from ui.duplicates.decision_dialog import DecisionDialog
from ui.duplicates.merge_dialog import MergeDialog
from ui.duplicates.page import DuplicatesPage
from ui.leads.first_report_dialog import FirstReportDialog
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for

CODE = "91320507MA9XC00178"


@pytest.fixture
def inbox(page: LeadsPage, xiangtu: Xiangtu) -> DuplicatesPage:
    """Return the page over a database with one more pair: two offices, one investor (C28)."""
    del page
    assert xiangtu.desk is not None
    assert xiangtu.window is not None
    with xiangtu.desk.workspace.database.write(by="陈某", why="录入") as session:
        for name, at, unit in (
            ("甲甲智能科技（虚构）", "2026-11-05", "乙局"),
            ("乙乙装备（虚构）", "2026-11-03", "甲局"),
        ):
            given = {"name": name, "credit_code": CODE, "first_reported_at": at, "first_reporter": unit}
            create(session, "leads", read_record("leads", given))
    shown = xiangtu.window.go("duplicates")
    assert isinstance(shown, DuplicatesPage)
    wait_for(lambda: "统一社会信用代码相同" in texts(shown.card))
    return shown


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def dialog(xiangtu: Xiangtu, kind: type[QDialog]) -> QDialog:
    assert xiangtu.window is not None
    wait_for(lambda: bool(xiangtu.window and xiangtu.window.findChildren(kind)))
    return xiangtu.window.findChildren(kind)[-1]


def names(xiangtu: Xiangtu) -> set[object]:
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        return {each.values.get("name") for each in load(session, "leads")}


def test_a_pair_is_merged_with_a_reason_and_taken_back(inbox: DuplicatesPage, xiangtu: Xiangtu) -> None:
    assert "首报：甲局" in texts(inbox.card)
    inbox.card.merge.click()
    shown = dialog(xiangtu, MergeDialog)
    assert isinstance(shown, MergeDialog)
    assert "乙乙装备（虚构）" in shown.windowTitle() or "乙乙装备（虚构）" in texts(shown)  # the first reported stays
    shown.keep.click()
    assert "请说明两者为何是同一个" in shown.message.text()
    shown.reason.setText("同一信用代码")
    before = names(xiangtu)
    shown.keep.click()
    wait_for(lambda: len(names(xiangtu)) == len(before) - 1)
    wait_for(lambda: CODE not in texts(inbox.card) or not inbox.card.isVisible())
    assert xiangtu.window is not None
    xiangtu.window.undo_asked.emit()
    wait_for(lambda: names(xiangtu) == before)
    wait_for(lambda: inbox.list.model.rowCount() > 0)
    settle(50)


def test_what_is_decided_leaves_the_inbox_and_stays_to_be_seen(inbox: DuplicatesPage, xiangtu: Xiangtu) -> None:
    open_ones = inbox.list.model.rowCount()
    inbox.card.decide.click()
    shown = dialog(xiangtu, DecisionDialog)
    assert isinstance(shown, DecisionDialog)
    shown.keep.click()
    wait_for(lambda: "请说明认定理由" in shown.message.text())
    shown.reason.setPlainText("两期项目")
    shown.keep.click()
    wait_for(lambda: inbox.list.model.rowCount() == open_ones - 1)
    inbox.list.choice.setCurrentIndex(inbox.list.choice.findData("settled"))
    wait_for(lambda: "两个项目，不重复" in texts(inbox.card))
    settle(50)


def test_who_reported_first_stands_beside_the_lead_and_an_entry_is_made(page: LeadsPage, xiangtu: Xiangtu) -> None:
    assert xiangtu.desk is not None
    page.open_lead(1)
    wait_for(lambda: "首报：" in texts(page.peek.first_report))
    page.peek.first_report.report.click()
    shown = dialog(xiangtu, FirstReportDialog)
    assert isinstance(shown, FirstReportDialog)
    for field, text in (("reporter", "街道招商办"), ("reported_at", "2020-01-02 08:00"), ("proof", "来信（虚构）")):
        shown.lines[field].setText(text)
    shown.keep.click()
    wait_for(lambda: "首报：街道招商办" in texts(page.peek.first_report))
    with xiangtu.desk.workspace.database.read() as session:
        assert load_one(session, "leads", 1).values["first_reporter"] == "街道招商办"
    settle(50)
