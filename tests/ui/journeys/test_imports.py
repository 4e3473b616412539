"""By keyboard alone: from the first start to the leads of an own ledger, and the import taken back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from crm.queries.records import load
from tests.ui.journeys.keyboard import Keyboard, focused, name_of
from tests.ui.journeys.sight import ask, names_shown, opened, texts, values
from ui.application import Xiangtu
from ui.first_run.new_database_dialog import NewDatabaseDialog
from ui.imports.page import COLUMNS, QUESTIONS, RESULT, ROWS, ImportPage
from ui.leads.page import LeadsPage
from ui.main_window import MainWindow
from ui.pictures import wait_for

CHIPS = "车规芯片封测（虚构）"


def _own_ledger(path: Path) -> Path:
    """Write a ledger as it comes: a title, two rows of headings, units in them, amounts as people write them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "11月"
    sheet.append(["某街道在谈项目台账（虚构）"])
    sheet.append(["单位：万元、亩", None, None, None, None, None, None])
    sheet.append(["序号", "项目名称", "投资方", "投资规模", "用地需求", "年税收", "责任单位"])
    sheet.append(["一、在谈项目"])
    sheet.append([1, CHIPS, "芯封科技（虚构）", "5-8亿元", "32亩左右", "5600", "高铁新城招商一科"])
    sheet.append([2, "医用耗材基地（虚构）", "康材医疗（虚构）", "1.2亿", "16667㎡", "待定", "经开区招商局"])
    sheet.append(["合计", None, None, "6.2亿", None, None, None])
    book.save(path)
    return path


def test_an_own_ledger_comes_in_and_is_taken_back(
    xiangtu: Xiangtu, keyboard: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    ledger = _own_ledger(tmp_path / "街道台账.xlsx")
    xiangtu.start(None)
    wait_for(lambda: _focus_name() == "导入现有台账")
    keyboard.press("Return")
    opened(NewDatabaseDialog)  # a new database is not made before a password was offered
    keyboard.press_button("不加密")
    wait_for(lambda: _focus_name() == "选择文件")
    wizard = _wizard(xiangtu)
    keyboard.press("Return")
    opened(QFileDialog)
    keyboard.type(str(ledger))
    keyboard.press("Return")
    opened(MainWindow)
    wait_for(lambda: _stands_at(wizard, COLUMNS))
    assert _focus_name() == "下一步"
    keyboard.press("Return")
    wait_for(lambda: _stands_at(wizard, QUESTIONS))
    assert "高铁新城招商一科" in _focus_name(), "the first question has the keys"
    keyboard.press_button("全部采用建议")
    keyboard.press("Tab", "Tab")  # past the way back
    assert _focus_name() == "下一步"
    keyboard.press("Return")
    wait_for(lambda: _stands_at(wizard, ROWS))
    assert _count(xiangtu) == 0
    assert focused() is wizard.apply
    keyboard.press("Return")
    wait_for(lambda: _stands_at(wizard, RESULT))
    assert _count(xiangtu) == 2
    brought = values(xiangtu, CHIPS)
    assert (brought["planned_investment"].low, brought["planned_investment"].high) == (Decimal(50000), Decimal(80000))
    assert (brought["land"].low, brought["annual_tax"].low, brought["area"]) == (32, 5600, "高铁新城")
    assert values(xiangtu, "医用耗材基地（虚构）")["land"].low == Decimal("25.0005")
    assert _focus_name() == "查看线索"
    keyboard.press("Return")
    page = xiangtu.window.page("leads") if xiangtu.window is not None else None
    assert isinstance(page, LeadsPage)
    wait_for(lambda: sorted(names_shown(page)) == sorted([CHIPS, "医用耗材基地（虚构）"]))
    assert xiangtu.window is not None
    keyboard.press("Ctrl+K")
    keyboard.type("导入")
    keyboard.press("Return")
    wait_for(wizard.isVisible)
    keyboard.press_button("撤销本次导入")
    wait_for(lambda: _count(xiangtu) == 0)
    keyboard.press(f"Ctrl+{xiangtu.window.place_keys().index('leads') + 1}")
    wait_for(lambda: "还没有线索" in texts(page))


def _stands_at(wizard: ImportPage, step: int) -> bool:
    return wizard.steps.currentIndex() == step and wizard._job is None


def _wizard(xiangtu: Xiangtu) -> ImportPage:
    wait_for(lambda: xiangtu.window is not None and isinstance(xiangtu.window.page("imports"), ImportPage))
    assert xiangtu.window is not None
    page = xiangtu.window.page("imports")
    assert isinstance(page, ImportPage)
    return page


def _focus_name() -> str:
    found = focused()
    return "" if found is None else name_of(found)


def _count(xiangtu: Xiangtu) -> int:
    return len(ask(xiangtu, lambda session: load(session, "leads")))
