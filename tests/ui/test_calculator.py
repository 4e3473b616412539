"""The calculator: figures judged in every area class at once, sliders, and a lead made of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from crm.domain.thresholds.judgement import Verdict
from crm.queries.leads import count_leads
from crm.services.dictionaries import add_entry
from crm.services.drafts import keep_draft
from ui.application import Xiangtu
from ui.calculator.page import CalculatorPage
from ui.leads.form import LeadForm
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.widgets.bars import RequirementBar


@pytest.fixture
def calculator(page: LeadsPage, xiangtu: Xiangtu) -> CalculatorPage:
    """Return the page with the rules of the database."""
    del page
    assert xiangtu.window is not None
    shown = xiangtu.window.go("calculator")
    assert isinstance(shown, CalculatorPage)
    wait_for(lambda: len(shown.cards) == 4)
    return shown


def type_(page: CalculatorPage, **texts: str) -> None:
    for name, text in texts.items():
        page.figures.lines[name].put(text)


def verdicts(page: CalculatorPage) -> list[str]:
    return [judgement.verdict.value for _area, judgement in page.judgements()]


def test_without_figures_every_area_says_what_it_asks_for(calculator: CalculatorPage) -> None:
    assert list(calculator.cards) == ["高铁新城", "高新区", "开发区", "其他区域"]
    assert set(verdicts(calculator)) == {Verdict.INCOMPLETE}
    assert not calculator.findChildren(RequirementBar)


def test_figures_as_people_write_them_are_judged_in_every_area(calculator: CalculatorPage) -> None:
    type_(calculator, land="32亩", annual_tax="5600", land_use="industrial", planned_investment="6.8亿")
    assert verdicts(calculator) == ["not_met", "met", "met", "met"]
    assert "不达标" in calculator.cards["高铁新城"].verdict.text()
    assert "175.00" in calculator.read_as.text()
    assert "2,125.00" in calculator.read_as.text()


def test_exactly_on_the_line_is_met_and_a_hair_below_is_not(calculator: CalculatorPage) -> None:
    type_(calculator, land="25亩", annual_tax="5000万元", land_use="industrial")
    assert verdicts(calculator)[0] == "met"
    type_(calculator, annual_tax="4999.9999万元")
    assert verdicts(calculator)[0] == "not_met"


def test_a_figure_that_cannot_be_read_leaves_the_last_verdicts(calculator: CalculatorPage) -> None:
    type_(calculator, land="25亩", annual_tax="5000万元", land_use="industrial")
    before = calculator.cards["高铁新城"].verdict.text()
    type_(calculator, annual_tax="五千左右吧也许")
    assert calculator.judgements() == ()
    assert "无法识别" in calculator.read_as.text()
    assert calculator.cards["高铁新城"].verdict.text() == before


def test_foreign_money_asks_for_a_rate_and_takes_it(calculator: CalculatorPage) -> None:
    type_(calculator, land="5亩", annual_tax="1000万美元", land_use="industrial")
    assert set(verdicts(calculator)) == {"incomplete"}
    calculator.figures.rate.setText("美元=7.10")
    assert verdicts(calculator)[0] == "met"
    calculator.figures.rate.setText("七块一")
    assert calculator.judgements() == ()
    assert not calculator.figures._rate_told.isHidden()


def test_sliders_write_into_the_lines_by_keyboard(calculator: CalculatorPage, qtbot: QtBot) -> None:
    type_(calculator, land="25亩", annual_tax="5000万元", land_use="industrial")
    slider = calculator.figures.sliders["annual_tax"]
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert calculator.figures.lines["annual_tax"].text() == "4975万元"
    assert verdicts(calculator)[0] == "not_met"
    calculator.figures.lines["land"].editor.setFocus()
    type_(calculator, annual_tax="1万元")
    assert slider.value() * calculator.figures._steps["annual_tax"] == 1


def test_a_rate_entered_meanwhile_is_used(calculator: CalculatorPage, xiangtu: Xiangtu) -> None:
    type_(calculator, land="5亩", annual_tax="1000万美元", land_use="industrial")
    assert set(verdicts(calculator)) == {"incomplete"}
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="周敏", why="汇率") as session:
        add_entry(session, "rate", "USD", "7.10", source="中国外汇交易中心", valid_from=calculator._today)
    wait_for(lambda: verdicts(calculator)[0] == "met")


def test_the_conclusion_is_copied(calculator: CalculatorPage) -> None:
    type_(calculator, land="25亩", annual_tax="5000万元", land_use="industrial")
    button(calculator, "复制结论：高铁新城").click()
    assert "高铁新城" in QGuiApplication.clipboard().text()


def test_the_figures_become_a_lead(calculator: CalculatorPage, page: LeadsPage, xiangtu: Xiangtu) -> None:
    type_(calculator, land="32亩", annual_tax="5600", land_use="industrial")
    button(calculator, "存为线索：开发区").click()
    wait_for(lambda: page.editing.form is not None)
    form = page.editing.form
    assert isinstance(form, LeadForm)
    assert form.lines["land"].text() == "32亩"
    assert form.lines["area"].text() == "开发区"
    form.lines["name"].put("测算而来的项目（虚构）")
    assert xiangtu.desk is not None
    database = xiangtu.desk.workspace.database
    with database.read() as session:
        before = count_leads(session)
    form.keep.click()
    wait_for(lambda: page.editing.form is None)
    with database.read() as session:
        assert count_leads(session) == before + 1
    settle(50)


def test_a_new_lead_that_waits_comes_first(calculator: CalculatorPage, page: LeadsPage, xiangtu: Xiangtu) -> None:
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.write(by="周敏", why="草稿") as session:
        keep_draft(session, "lead:new", {"name": "未存的"}, None)
    type_(calculator, land="32亩")
    button(calculator, "存为线索：开发区").click()
    assert xiangtu.window is not None
    wait_for(lambda: xiangtu.window is not None and xiangtu.window.toast.isVisible())
    assert page.editing.form is None


def button(page: CalculatorPage, name: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.accessibleName() == name)
