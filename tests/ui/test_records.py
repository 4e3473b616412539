"""The page of resources: its lists, the form over the registry, the leads that fit, the history."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm.queries.records import load_one
from crm.services.records import update
from ui.application import Xiangtu
from ui.exports.opening import write_records
from ui.imports.page import ImportPage
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.records.detail import FITS, HISTORY
from ui.records.form import RecordForm
from ui.records.page import RecordsPage
from ui.widgets.bars import ScoreRing
from ui.widgets.conflict_dialog import ConflictDialog


@pytest.fixture
def resources(page: LeadsPage, xiangtu: Xiangtu) -> RecordsPage:
    """Return the page with the communities."""
    del page
    assert xiangtu.window is not None
    shown = xiangtu.window.go("resources")
    assert isinstance(shown, RecordsPage)
    shown_are(shown, "communities")
    return shown


def shown_are(page: RecordsPage, kind: str) -> None:
    page.show_kind(kind)
    wait_for(lambda: bool(page._rows) and page._rows[0].record.kind == kind)
    wait_for(lambda: page.detail._id != 0 and page.detail.isVisible())


def codes(page: RecordsPage) -> list[str]:
    return [one.record.code for one in page._rows]


def button(page: QWidget, name: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.accessibleName() == name)


def says(page: QWidget, words: str) -> bool:
    return any(words in each.text() for each in page.findChildren(QLabel))


def edited(page: RecordsPage) -> RecordForm:
    wait_for(lambda: page.editing.form is not None)
    assert page.editing.form is not None
    return page.editing.form


def test_those_with_facts_come_first_and_the_slots_are_counted(resources: RecordsPage) -> None:
    slots = [one.slot for one in resources._rows]
    assert slots == sorted(slots)
    assert slots.count(True) == 12
    assert "已补录0/12" in resources.told.text()
    assert resources.model.text(len(slots) - 1, resources.model.columnCount() - 1) == "待补录"
    shown_are(resources, "funds")
    assert "已补录0/119" in resources.told.text()


def test_the_filter_finds_facts_pinyin_and_initials(resources: RecordsPage) -> None:
    name = str(resources._rows[0].record.values["name"])
    every = len(resources._rows)
    resources.filter.setText(name[:4])
    wait_for(lambda: 0 < len(resources._rows) < every)
    assert resources._rows[0].record.values["name"] == name
    resources.filter.setText("rc-07")
    wait_for(lambda: codes(resources) == ["RC-07"])
    resources.filter.setText("没有这样的")
    wait_for(lambda: not resources._rows)
    button(resources, "清除").click()
    wait_for(lambda: len(resources._rows) == every)


def test_an_empty_kind_offers_its_ways_in(resources: RecordsPage, xiangtu: Xiangtu) -> None:
    resources.tabs.setCurrentIndex(resources.kinds.index("plots"))
    wait_for(
        lambda: "尚无" in " ".join(each.text() for each in resources.states._page.findChildren(type(resources.told)))
    )
    resources.importing.click()
    assert xiangtu.window is not None
    imports = xiangtu.window.page("imports")
    assert isinstance(imports, ImportPage)
    assert imports.file.kind.currentData() == "plots"
    settle(30)


def test_a_slot_filled_in_by_the_form_is_none_any_more(resources: RecordsPage, xiangtu: Xiangtu) -> None:
    resources.table.selectRow(codes(resources).index("RC-07"))
    wait_for(lambda: resources.detail.about.text().startswith("RC-07"))
    button(resources.detail, "待补充：可用载体").click()
    form = edited(resources)
    form.lines["name"].put("测试研发社区（虚构）")
    form.lines["space"].put("研发=2000㎡")
    form.keep.click()
    wait_for(lambda: "已补录1/12" in resources.told.text())
    wait_for(lambda: resources.detail.name.text() == "测试研发社区（虚构）")
    assert xiangtu.undo is not None
    xiangtu.undo.undo()
    wait_for(lambda: "已补录0/12" in resources.told.text())


def test_what_cannot_be_read_or_is_taken_stays_in_the_form(resources: RecordsPage) -> None:
    shown_are(resources, "funds")
    taken = codes(resources)[0]
    resources.new.click()
    form = edited(resources)
    form.lines["ticket_low"].put("很多")
    form.keep.click()
    assert not form._refusal.isHidden()
    form.lines["ticket_low"].put("500万")
    form.lines["code"].put(taken)
    form.keep.click()
    wait_for(lambda: taken in form._refusal.text())
    form.lines["code"].put("F-900")
    form.keep.click()
    wait_for(lambda: "F-900" in codes(resources))
    assert resources._rows[codes(resources).index("F-900")].record.values["ticket_low"].low == 500


def test_a_draft_of_the_form_comes_back(resources: RecordsPage) -> None:
    resources.new.click()
    form = edited(resources)
    form.lines["operator"].put("某某公司（虚构）")
    form.close()
    wait_for(lambda: resources.editing.form is None)
    settle(100)
    resources.new.click()
    assert edited(resources).lines["operator"].text() == "某某公司（虚构）"
    edited(resources)._throw_away()
    settle(50)


def test_two_officers_at_one_field_choose(resources: RecordsPage, xiangtu: Xiangtu) -> None:
    record = resources._rows[0].record
    resources._edit("rent")
    form = edited(resources)
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="陈某", why="另一人") as session:
        update(session, "communities", record.id, {"rent": "30元"})
    form.lines["rent"].put("25元")
    form.keep.click()
    wait_for(lambda: bool(form.findChildren(ConflictDialog)))
    dialog = form.findChildren(ConflictDialog)[0]
    dialog.choices["rent"].setChecked(True)
    next(each for each in dialog.findChildren(QPushButton) if each.property("role") == "primary").click()
    wait_for(lambda: resources.editing.form is None)
    with xiangtu.desk.workspace.database.read() as session:
        assert load_one(session, "communities", record.code).values["rent"] == "25元"


def test_the_leads_that_fit_a_community_open_with_their_reasons(
    resources: RecordsPage, page: LeadsPage, qtbot: QtBot
) -> None:
    for place, one in enumerate(resources._rows):
        if "人工智能" in str(one.record.values.get("fields")) and not one.slot:
            resources.table.selectRow(place)
            break
    resources.detail.tabs.setCurrentIndex(FITS)
    wait_for(lambda: resources.detail.fits._fits is not None)
    fits = resources.detail.fits._fits
    assert fits is not None
    assert (fits.compared, [one.name for one in fits.best]) == (3, ["自动驾驶算法研发中心（虚构）"])
    assert resources.detail.fits.findChildren(ScoreRing)
    why = button(resources.detail.fits, "查看理由：自动驾驶算法研发中心（虚构）")
    qtbot.keyClick(why, Qt.Key.Key_Return)
    assert button(resources.detail.fits, "收起理由：自动驾驶算法研发中心（虚构）")
    button(resources.detail.fits, "打开自动驾驶算法研发中心（虚构）").click()
    wait_for(lambda: page.peek.facts_shown is not None and page.peek.facts_shown.id == fits.best[0].lead_id)


def test_a_slot_is_never_recommended(resources: RecordsPage) -> None:
    resources.table.selectRow(codes(resources).index("RC-05"))
    resources.detail.tabs.setCurrentIndex(FITS)
    wait_for(
        lambda: (
            "不参与推荐" in " ".join(each.text() for each in resources.detail.fits.findChildren(type(resources.told)))
        )
    )


def test_the_history_of_a_record_is_taken_back_from_its_tab(resources: RecordsPage, xiangtu: Xiangtu) -> None:
    record = resources._rows[0].record
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="周敏", why="租金更正") as session:
        update(session, "communities", record.id, {"rent": "30元"})
    resources.detail.tabs.setCurrentIndex(HISTORY)
    wait_for(
        lambda: any("租金更正" in each.accessibleName() for each in resources.detail.history.findChildren(QPushButton))
    )
    next(
        each for each in resources.detail.history.findChildren(QPushButton) if "租金更正" in each.accessibleName()
    ).click()

    def rent() -> object:
        assert xiangtu.desk is not None
        with xiangtu.desk.workspace.database.read() as session:
            return load_one(session, "communities", record.code).values.get("rent")

    wait_for(lambda: rent() == record.values.get("rent"))
    settle(50)


def test_a_list_is_written_as_a_workbook(resources: RecordsPage, xiangtu: Xiangtu, tmp_path: Path) -> None:
    assert xiangtu.desk is not None
    ids = [one.record.id for one in resources._rows]
    write_records(xiangtu.desk, "communities", ids, tmp_path / "社区.xlsx")
    wait_for((tmp_path / "社区.xlsx").exists)
    settle(100)
    sheet = openpyxl.load_workbook(tmp_path / "社区.xlsx").worksheets[0]
    written = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert set(codes(resources)) <= written
