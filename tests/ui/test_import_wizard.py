"""The import wizard as an officer goes through it: on a real database, with real files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

import main
from crm.errors import NotFoundError
from crm.jobs.import_journal import note_begin
from crm.queries.records import find, load_one
from crm.queries.working import draft, follow_ups
from crm.services.records import update
from tests.ui.wizards import ledger, wait
from ui.application import Xiangtu
from ui.imports.columns_step import FIELD, UNIT
from ui.imports.heading_dialog import HeadingDialog
from ui.imports.page import COLUMNS, QUESTIONS, RESULT, ROWS, ImportPage
from ui.imports.state import DRAFT, ImportState, state_of
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.starting import make_application
from ui.undo import KeptDialog

KNOWN = "精密光电产业园（虚构）"


def _open(wizard: ImportPage, path: Path) -> None:
    wizard.open_file(path)
    wait(wizard)


def _texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def _column(wizard: ImportPage, heading: str) -> dict[str, str]:
    model = wizard.columns.models[0]
    names = ("letter", "heading", "samples", "field", "unit", "example", "sure", "why")
    lines = [dict(zip(names, model._line(row), strict=True)) for row in range(model.rowCount())]
    return next(one for one in lines if one["heading"] == heading)


def _say(wizard: ImportPage, heading: str, column: int, code: str) -> None:
    model = wizard.columns.models[0]
    row = next(row for row in range(model.rowCount()) if model.text(row, 1) == heading)
    assert code in {choice for _word, choice in model.choices(row, column)}
    model.chosen.emit(row, column, code)
    wait(wizard)


def _apply(wizard: ImportPage) -> None:
    wizard.apply.click()
    wait_for(lambda: wizard.document is not None and wizard.document["dry_run"] is False)


def _click(qtbot: QtBot, widget: QWidget, text: str) -> None:
    found = next(one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisible())
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_the_whole_way_from_file_to_result_and_back(
    wizard: ImportPage, xiangtu: Xiangtu, tmp_path: Path, qtbot: QtBot
) -> None:
    heads = ("序号", "项目名称", "投资方", "计划总投资（亿元）", "用地（亩）", "备用列")
    _open(
        wizard,
        ledger(tmp_path / "a.xlsx", ("11月台账",), heads, (1, "量子测量（虚构）", "甲公司（虚构）", 1.2, "约25", "x")),
    )
    assert wizard.steps.currentIndex() == COLUMNS
    investment = _column(wizard, "计划总投资（亿元）")
    assert (investment["field"], investment["unit"]) == ("计划总投资", "亿元")
    assert investment["example"] == "1.2 → 1.2亿元"
    assert investment["sure"].endswith("%")
    assert investment["why"]
    spare = _column(wizard, "备用列")
    assert (spare["field"], spare["sure"]) == ("无对应字段，原文保留", "—")
    _click(qtbot, wizard, "下一步")
    assert "没有需要确认的问题" in _texts(wizard.questions)
    _click(qtbot, wizard, "下一步")
    assert wizard.steps.currentIndex() == ROWS
    assert [chip.text() for chip in wizard.rows.filters.buttons()] == ["全部 1", "新增 1"]
    assert "计划总投资：1.2亿元  (D3)" in _texts(wizard.rows)
    _apply(wizard)
    assert wizard.steps.currentIndex() == RESULT
    assert xiangtu.desk is not None
    database = xiangtu.desk.workspace.database
    with database.read() as session:
        assert load_one(session, "leads", "量子测量（虚构）").values["land"].text == "约25"
    wait_for(lambda: not _has_draft(xiangtu))
    qtbot.mouseClick(wizard.result.undo, Qt.MouseButton.LeftButton)
    assert xiangtu.window is not None
    leads = xiangtu.window.page("leads")
    assert isinstance(leads, LeadsPage)
    wait_for(lambda: leads.list.model.rowCount() == 3)
    _click(qtbot, wizard, "导入另一个文件")
    wait_for(lambda: "a.xlsx" in _texts(wizard.file) and "已撤销" in _texts(wizard.file))


def test_an_officer_says_what_a_column_is_and_in_which_unit(wizard: ImportPage, tmp_path: Path) -> None:
    heads = ("项目名称", "盘子", "责任人", "面积")
    _open(wizard, ledger(tmp_path / "a.xlsx", heads, ("量子测量（虚构）", 1.2, "王某", 30)))
    assert _column(wizard, "盘子")["field"] == "无对应字段，原文保留"
    _say(wizard, "盘子", FIELD, "planned_investment")
    _say(wizard, "盘子", UNIT, "亿元")
    told = _column(wizard, "盘子")
    assert (told["field"], told["unit"], told["example"]) == ("计划总投资", "亿元", "1.2 → 1.2亿元")
    _say(wizard, "盘子", UNIT, "万元")
    assert _column(wizard, "盘子")["example"] == "1.2 → 1.2万元"
    _say(wizard, "责任人", FIELD, "none")
    assert _column(wizard, "责任人")["field"] == "无对应字段，原文保留"
    _say(wizard, "责任人", FIELD, "auto")
    assert _column(wizard, "责任人")["field"] == "责任人"


def test_a_cell_of_the_mapping_is_chosen_by_keys_alone(wizard: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    _open(wizard, ledger(tmp_path / "a.xlsx", ("项目名称", "盘子"), ("量子测量（虚构）", "1.2亿元")))
    table = wizard.columns.findChildren(QTableView)[0]
    table.setFocus()
    table.setCurrentIndex(wizard.columns.models[0].index(1, FIELD))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    box = table.viewport().findChild(QComboBox)
    assert isinstance(box, QComboBox)
    assert box.accessibleName() == "对应字段"
    box.setCurrentIndex(box.findData("planned_investment"))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    wait(wizard)
    wait_for(lambda: _column(wizard, "盘子")["field"] == "计划总投资")


def test_a_question_is_asked_once_and_its_answer_fills_every_row(
    wizard: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    heads = ("项目名称", "落户板块")
    path = ledger(tmp_path / "a.xlsx", heads, ("甲项目（虚构）", "漕湖街道"), ("乙项目（虚构）", "漕湖街道"))
    _open(wizard, path)
    _click(qtbot, wizard, "下一步")
    assert list(wizard.questions.choices) == ["area:漕湖街道"]
    assert "第2行" in _texts(wizard.questions)
    assert "第3行" in _texts(wizard.questions)
    _click(qtbot, wizard, "全部采用建议")
    _click(qtbot, wizard, "下一步")
    wait(wizard)
    assert wizard.preview is not None
    assert [row.record.values["area"] for row in wizard.preview.planned] == ["开发区", "开发区"]
    assert wizard.steps.currentIndex() == ROWS


def test_an_answer_whose_question_is_gone_is_let_go(wizard: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    _open(wizard, ledger(tmp_path / "a.xlsx", ("项目名称", "落户板块"), ("甲项目（虚构）", "漕湖街道")))
    _click(qtbot, wizard, "下一步")
    _click(qtbot, wizard, "全部采用建议")
    _say(wizard, "落户板块", FIELD, "none")
    wait_for(lambda: wizard.state is not None and not wizard.state.answers)
    wait(wizard)
    assert wizard.preview is not None
    assert "area" not in wizard.preview.planned[0].record.values


def test_a_row_that_may_be_known_is_merged_field_by_field(
    wizard: ImportPage, xiangtu: Xiangtu, tmp_path: Path, qtbot: QtBot
) -> None:
    heads = ("项目名称", "投资方", "责任人", "计划总投资", "国家/地区")
    _open(wizard, ledger(tmp_path / "a.xlsx", heads, (KNOWN, "澄光光电（虚构）", "王某", "9亿元", "中国")))
    _click(qtbot, wizard, "下一步")
    model, panel = wizard.questions.model, wizard.questions.panel
    assert model is not None
    assert panel is not None
    assert model.text(0, 1) == KNOWN
    assert model.text(0, 4) == "待定，暂不写入"
    assert set(panel.takes) == {"owner", "planned_investment"}  # the country only fills a blank
    assert "补空白" in _texts(panel)
    panel.takes["owner"].setChecked(True)
    _click(qtbot, panel, "按此合并")
    assert model.text(0, 4) == "合并，逐字段选择"
    _click(qtbot, wizard, "下一步")
    wait(wizard)
    _apply(wizard)
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        values = load_one(session, "leads", KNOWN).values
    assert values["owner"] == "王某"
    assert values["country"] == "中国"
    assert values["planned_investment"].text == "5.2亿元"


def test_the_preview_shows_old_and_new_and_every_doubtful_cell(
    wizard: ImportPage, xiangtu: Xiangtu, tmp_path: Path, qtbot: QtBot
) -> None:
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        code = load_one(session, "leads", KNOWN).code
    heads = ("项目编号", "项目名称", "责任人", "达产年税收（万元）", "联系电话")
    rows = ((code, KNOWN, "王某", 6000, None), (None, "乙项目（虚构）", "王某", "数百万元", "#N/A"))
    _open(wizard, ledger(tmp_path / "a.xlsx", heads, *rows, ("合计", None, None, 6000, None)))
    wizard._go(ROWS)
    lines = [wizard.rows.rows._line(row) for row in range(wizard.rows.rows.rowCount())]
    assert [line[1] for line in lines] == ["新增，存疑"]  # what a person should look at comes first
    changed = next(chip for chip in wizard.rows.filters.buttons() if chip.text() == "更新 1")
    qtbot.mouseClick(changed, Qt.MouseButton.LeftButton)
    assert "责任人：刘某 → 王某" in wizard.rows.rows.text(0, 3)
    assert "达产年税收：5,000万元 → 6,000万元" in _texts(wizard.rows)
    cells = [wizard.rows.cells._line(row) for row in range(wizard.rows.cells.rowCount())]
    assert any(cell[0] == "台账!D3" and cell[2] == "数百万元" for cell in cells)
    assert wizard.rows.passed.text(0, 1) == "合计"


def test_a_file_that_cannot_be_read_is_told_and_another_can_be_chosen(wizard: ImportPage, tmp_path: Path) -> None:
    wrong = tmp_path / "坏.xlsx"
    wrong.write_bytes(b"PK no workbook")
    _open(wizard, wrong)
    assert wizard._told.property("tone") == "bad"
    assert "坏.xlsx" in wizard._told.text()
    assert wizard.choose.isEnabled()
    _open(wizard, ledger(tmp_path / "a.xlsx", ("项目名称", "责任人"), ("甲项目（虚构）", "王某")))
    assert wizard._told.property("tone") != "bad"


def test_a_block_is_pasted_from_a_spreadsheet(wizard: ImportPage, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("项目名称\t责任人\n甲项目（虚构）\t王某\n")
    qtbot.mouseClick(wizard.file.paste, Qt.MouseButton.LeftButton)
    wait_for(lambda: wizard.document is not None)
    assert wizard.document is not None
    assert wizard.document["counts"]["new"] == 1


def test_other_kinds_come_in_the_same_way(wizard: ImportPage, xiangtu: Xiangtu, tmp_path: Path) -> None:
    wizard.file.kind.setCurrentIndex(wizard.file.kind.findData("communities"))
    heads = ("社区名称", "产业方向", "所在片区")
    _open(wizard, ledger(tmp_path / "a.xlsx", heads, ("测量研发社区（虚构）", "光电信息", "高铁新城")))
    wizard._go(ROWS)
    _apply(wizard)
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        assert load_one(session, "communities", "测量研发社区（虚构）").values["fields"] == ("光电信息",)


def test_what_was_begun_is_taken_up_again(
    wizard: ImportPage, xiangtu: Xiangtu, settings: QSettings, tmp_path: Path, qtbot: QtBot
) -> None:
    path = ledger(tmp_path / "a.xlsx", ("项目名称", "盘子", "落户板块"), ("甲项目（虚构）", "1.2亿元", "漕湖街道"))
    _open(wizard, path)
    _say(wizard, "盘子", FIELD, "planned_investment")
    _click(qtbot, wizard, "下一步")
    _click(qtbot, wizard, "全部采用建议")
    assert xiangtu.desk is not None
    database = xiangtu.desk.workspace.database

    def kept() -> ImportState | None:
        with database.read() as session:
            found = draft(session, DRAFT)
        return None if found is None else state_of(found.content)

    wait_for(lambda: (one := kept()) is not None and bool(one.answers))
    place = str(database.path)
    assert xiangtu.window is not None
    xiangtu.window.close()
    again = Xiangtu(make_application(), settings, main.doors().renderers)
    window = again.show()
    again.start(place, "周敏")
    wait_for(lambda: again.desk is not None and again.desk.opening.is_open)
    resumed = window.go("imports")
    assert isinstance(resumed, ImportPage)
    wait_for(lambda: "a.xlsx：尚未导入" in _texts(resumed.file))
    qtbot.mouseClick(resumed.file.resume, Qt.MouseButton.LeftButton)
    wait_for(lambda: resumed.document is not None)
    assert resumed.preview is not None
    values = resumed.preview.planned[0].record.values
    assert values["planned_investment"].text == "1.2亿元"
    assert values["area"] == "开发区"
    window.close()
    window.deleteLater()
    again.close()
    settle(20)


def test_an_import_cut_off_by_a_crash_is_told_at_the_next_start(
    wizard: ImportPage, xiangtu: Xiangtu, settings: QSettings, qtbot: QtBot
) -> None:
    del wizard, qtbot
    assert xiangtu.desk is not None
    assert xiangtu.window is not None
    database = xiangtu.desk.workspace.database
    note_begin(database, "0" * 32, file="11月台账.xlsx", by="周敏")  # and the program falls over
    xiangtu.window.close()
    again = Xiangtu(make_application(), settings, main.doors().renderers)
    window = again.show()
    again.start(str(database.path), "周敏")
    wait_for(lambda: "11月台账.xlsx" in window._banner_text.text())
    assert "没有写入" in window._banner_text.text() or "未写入" in window._banner_text.text()
    window.close()
    window.deleteLater()
    again.close()
    settle(20)


def test_follow_ups_come_in_with_their_own_day_and_author(wizard: ImportPage, xiangtu: Xiangtu, tmp_path: Path) -> None:
    wizard.file.kind.setCurrentIndex(wizard.file.kind.findData("follow-ups"))
    heads = ("项目名称", "跟进日期", "跟进方式", "跟进内容", "跟进人")
    _open(wizard, ledger(tmp_path / "a.xlsx", heads, (KNOWN, "2026-11-02", "电话", "与企业确认用地", "陈一鸣")))
    assert wizard.preview is not None, wizard._told.text()
    wizard._go(ROWS)
    _apply(wizard)
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        found = follow_ups(session, load_one(session, "leads", KNOWN).id)
    assert [(str(one.at), one.by, one.note) for one in found] == [("2026-11-02", "陈一鸣", "与企业确认用地")]


def _has_draft(xiangtu: Xiangtu) -> bool:
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        return draft(session, DRAFT) is not None


def test_a_check_can_be_cancelled(wizard: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.csv"
    lines = "".join(f"项目{number}（虚构）,王某,{number}亩\n" for number in range(20_000))
    path.write_text(f"项目名称,责任人,用地\n{lines}", encoding="utf-8")
    wizard.open_file(path)
    assert wizard.cancel.isVisible()
    qtbot.mouseClick(wizard.cancel, Qt.MouseButton.LeftButton)
    wait_for(lambda: wizard._told.text() == "已取消，没有写入。" or wizard._job is None)
    wait(wizard)
    assert "取消" in wizard._told.text()
    assert wizard.document is None


def test_the_steps_ahead_cannot_be_gone_to(wizard: ImportPage) -> None:
    assert [wizard.steps.isTabEnabled(step) for step in (COLUMNS, QUESTIONS, ROWS, RESULT)] == [False] * 4


def test_faulty_rows_leave_as_a_workbook(wizard: ImportPage, tmp_path: Path) -> None:
    heads = ("序号", "项目名称", "投资方", "用地（亩）")
    path = ledger(tmp_path / "a.xlsx", heads, (1, "甲项目（虚构）", "甲公司", 25), (2, None, "乙公司", 30))
    _open(wizard, path)
    wizard._go(ROWS)
    faulty = next(chip for chip in wizard.rows.filters.buttons() if chip.text().startswith("有误"))
    assert faulty.text() == "有误 1"
    target = tmp_path / "有误.xlsx"
    wizard.save_faulty(target)
    wait_for(target.exists)
    sheet = openpyxl.load_workbook(target).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "乙公司" in texts
    assert "甲公司" not in texts


def test_figures_that_may_be_in_another_unit_are_listed_by_cell(wizard: ImportPage, tmp_path: Path) -> None:
    heads = ("项目名称", "计划总投资（万元）", "用地（亩）", "达产年税收（万元）")
    rows = [("甲项目（虚构）", 30_000, 30, 30_000_000), ("乙项目（虚构）", 20_000, 25, 5000)]
    _open(wizard, ledger(tmp_path / "a.xlsx", heads, *rows))
    wizard._go(ROWS)
    assert "单位待核 1" in [chip.text() for chip in wizard.rows.filters.buttons()]
    cells = [wizard.rows.cells._line(row) for row in range(wizard.rows.cells.rowCount())]
    assert any(cell[0] == "台账!D2" and cell[2] == "30000000" for cell in cells)


def test_a_ledger_without_a_known_name_column_asks_which_one_it_is(wizard: ImportPage, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", ("编目", "经办", "责任人"), ("甲项目（虚构）", "一组", "王某"))
    _open(wizard, path)
    wait(wizard)
    assert wizard.steps.currentIndex() == COLUMNS
    assert "没有找到“项目名称”列" in _texts(wizard.columns)
    assert _column(wizard, "编目")["samples"] == "甲项目（虚构）"
    assert not wizard.next.isVisible()
    _say(wizard, "编目", FIELD, "name")
    assert wizard.next.isVisible()
    assert wizard.preview is not None
    assert wizard.preview.planned[0].record.values["name"] == "甲项目（虚构）"


def test_what_was_said_of_a_heading_is_taken_again_next_month(wizard: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    heads = ("项目名称", "盘子", "经办")
    _open(wizard, ledger(tmp_path / "11月.xlsx", heads, ("甲项目（虚构）", "1.2亿元", "一组")))
    _say(wizard, "盘子", FIELD, "planned_investment")
    wizard._go(ROWS)
    _apply(wizard)
    wizard._another()
    _open(wizard, ledger(tmp_path / "12月.xlsx", heads, ("乙项目（虚构）", "3亿元", "一组")))
    assert "已沿用上次的处理：11月.xlsx" in _texts(wizard.columns)
    assert _column(wizard, "盘子")["field"] == "计划总投资"
    _click(qtbot, wizard.columns, "全不沿用")
    wait(wizard)
    assert _column(wizard, "盘子")["field"] == "无对应字段，原文保留"


def test_an_undone_import_says_what_stays_because_it_was_edited_since(
    wizard: ImportPage, xiangtu: Xiangtu, tmp_path: Path
) -> None:
    heads = ("项目名称", "责任人")
    _open(wizard, ledger(tmp_path / "a.xlsx", heads, ("甲项目（虚构）", "王某"), ("乙项目（虚构）", "王某")))
    wizard._go(ROWS)
    _apply(wizard)
    assert xiangtu.desk is not None
    assert xiangtu.window is not None
    window, database = xiangtu.window, xiangtu.desk.workspace.database
    with database.write(by="陈一鸣", why="改派") as session:
        update(session, "leads", load_one(session, "leads", "乙项目（虚构）").id, {"owner": "李某"})
    wizard.result.undo.click()
    wait_for(lambda: "1" in window.toast.text() and window.toast._act.isVisible())
    window.toast._do()
    dialog = window.findChildren(KeptDialog)[0]
    kept = [dialog.model._line(row) for row in range(dialog.model.rowCount())]
    assert [(line[0], line[2]) for line in kept] == [("保留", "责任人")]
    assert "陈一鸣" in kept[0][3]
    with database.read() as session:
        assert find(session, "leads", "乙项目（虚构）")
        with pytest.raises(NotFoundError):
            find(session, "leads", "甲项目（虚构）")
    dialog.accept()


def test_an_encoding_in_doubt_is_asked_with_what_each_would_read(
    wizard: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("驫麤,籲".encode("big5"))
    _open(wizard, path)
    wait(wizard)
    assert "Big5: 驫麤,籲" in _texts(wizard.file)
    _click(qtbot, wizard.file, "Big5")
    wait(wizard)
    wait(wizard)
    assert "驫麤" in _texts(wizard.columns) or "没有可导入" in wizard._told.text()
    assert wizard.state is not None
    assert wizard.state.encoding == "Big5"
    assert state_of(wizard.state.texts()) == wizard.state


def test_a_heading_that_is_not_found_is_pointed_at(wizard: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    rows = ("1. 请填写项目的完整名称。", "2. 请填写组别。"), ("量子测量（虚构）", "一组"), ("低温电子（虚构）", "二组")
    _open(wizard, ledger(tmp_path / "a.xlsx", ("只此一行",), *rows))
    wait(wizard)
    assert wizard.steps.currentIndex() == COLUMNS
    assert "没有找到“项目名称”列" in _texts(wizard.columns)
    _click(qtbot, wizard.columns, "指定表头行…")
    dialog = wizard.findChild(HeadingDialog)
    assert isinstance(dialog, HeadingDialog)
    assert [dialog.model.text(row, 1) for row in range(3)] == [
        "只此一行",
        "1. 请填写项目的完整名称。",
        "量子测量（虚构）",
    ]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Up)
    assert "表头：第2行" in _texts(dialog)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    wait(wizard)
    wait(wizard)
    assert wizard.state is not None
    assert wizard.state.headings == {"台账": "2"}
    assert state_of(wizard.state.texts()) == wizard.state
    _say(wizard, "1.请填写项目的完整名称。", FIELD, "name")
    assert wizard.preview is not None
    assert [one.record.values["name"] for one in wizard.preview.planned] == ["量子测量（虚构）", "低温电子（虚构）"]


def test_a_heading_taken_for_another_is_named_and_left_to_the_program_again(
    wizard: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    heads = ("项目名称", "责任人", "计划总投资（亿元）")
    _open(
        wizard,
        ledger(tmp_path / "a.xlsx", heads, ("项目", "负责人", "投资额（万元）"), ("量子测量（虚构）", "王某", 1.2)),
    )
    _click(qtbot, wizard.columns, "指定表头行…")
    dialog = wizard.findChild(HeadingDialog)
    assert isinstance(dialog, HeadingDialog)
    assert not dialog.auto.isVisible()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    wait(wizard)
    assert _column(wizard, "投资额（万元）")["unit"] == "万元"
    assert wizard.preview is not None
    assert len(wizard.preview.planned) == 1
    wait_for(lambda: any(one.isVisible() for one in wizard.columns.findChildren(QTableView)))
    _click(qtbot, wizard.columns, "指定表头行…")
    wait_for(lambda: len(wizard.findChildren(HeadingDialog)) == 1)
    again = wizard.findChild(HeadingDialog)
    assert isinstance(again, HeadingDialog)
    assert "表头：第2行" in _texts(again)
    qtbot.mouseClick(again.auto, Qt.MouseButton.LeftButton)
    wait(wizard)
    assert wizard.state is not None
    assert wizard.state.headings == {}
