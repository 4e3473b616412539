"""By keyboard alone: the first start, the look, and a window that comes back as it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QComboBox

import main
from crm.database.sqlite import is_plain
from crm.queries.records import load
from crm.settings import load_settings
from tests.ui.journeys.keyboard import Keyboard, focused, name_of
from tests.ui.journeys.sight import OPTICS, ask, names_shown, opened, shows, texts, values
from ui.application import Xiangtu
from ui.first_run.new_database_dialog import NewDatabaseDialog
from ui.leads.form import LeadForm
from ui.leads.page import LeadsPage
from ui.main_window import MainWindow
from ui.pictures import settle, wait_for
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.keys_dialog import KEYS, KeysDialog
from ui.starting import make_application

PASSWORD = "Xiangcheng 2026"  # noqa: S105  (of a database of this test)


def test_from_the_first_start_to_the_first_lead(
    xiangtu: Xiangtu, keyboard: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    xiangtu.start(None)
    wait_for(lambda: focused() is not None and name_of_focus() == "导入现有台账")
    keyboard.tab_to("新建空白数据库")
    keyboard.press("Return")
    dialog = opened(NewDatabaseDialog)
    keyboard.tab_to("密码")
    keyboard.type(PASSWORD)
    keyboard.press("Return")
    wait_for(lambda: "两次输入的密码不一致。" in texts(dialog))
    keyboard.type(PASSWORD)  # the keys are in the second line now
    keyboard.press("Return")
    page = _leads(xiangtu)
    place = tmp_path / "xiangtu" / "xiangtu.db"
    assert place.exists()
    assert not is_plain(place)
    wait_for(lambda: "还没有线索" in texts(page))
    wait_for(lambda: name_of_focus() == "导入现有台账")
    keyboard.tab_to("新建线索")
    keyboard.press("Return")
    opened(LeadForm)
    keyboard.type("量子测量装备（虚构）")
    keyboard.press("Ctrl+Return")
    wait_for(lambda: shows(page, "量子测量装备（虚构）"))
    assert values(xiangtu, "量子测量装备（虚构）")["stage"] == "lead"


def test_language_and_theme_are_switched_and_kept(
    page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard, tmp_path: Path
) -> None:
    keyboard.press("Ctrl+,")
    opened(PreferencesDialog)
    _choose(keyboard, "语言", "English")
    _choose(keyboard, "主题", "深色")
    keyboard.press_button("应用")
    wait_for(lambda: xiangtu.window is not None and xiangtu.window.undo_action.text() == "Undo")
    again = _leads(xiangtu)
    assert again is not page
    wait_for(lambda: len(names_shown(again)) == 3)
    opened(MainWindow)
    keyboard.tab_to("Sort")
    assert QApplication.palette().window().color().lightness() < 60
    kept = load_settings(tmp_path)[0]
    assert (kept.language, kept.theme) == ("en", "dark")
    keyboard.press("Ctrl+K")
    keyboard.type("jmgd")
    keyboard.press("Return")
    wait_for(lambda: shows(again, OPTICS))


def test_no_window_but_one_comes_up_while_the_list_fills(
    xiangtu: Xiangtu, keyboard: Keyboard, database: Path, qapp: QApplication
) -> None:
    fronts: list[object] = []
    keyboard.press("Tab")  # the window has the keys
    qapp.focusWindowChanged.connect(fronts.append)
    xiangtu.start(str(database), "周敏")
    wait_for(_leads(xiangtu).is_settled)
    qapp.focusWindowChanged.disconnect(fronts.append)
    assert fronts == []


def test_the_keys_are_shown(page: LeadsPage, keyboard: Keyboard) -> None:
    del page
    keyboard.press("F1")
    dialog = opened(KeysDialog)
    keyboard.tab_to("快捷键")
    keyboard.press("Escape")
    wait_for(lambda: isinstance(opened(MainWindow), MainWindow))
    assert len(KEYS) > 10
    del dialog


def test_the_window_comes_back_as_it_was_left(
    page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard, settings: QSettings, database: Path
) -> None:
    assert xiangtu.window is not None
    xiangtu.window.resize(1024, 660)  # the offscreen screen is small
    keyboard.press("Ctrl+N")
    opened(LeadForm)
    keyboard.type("写到一半的项目（虚构）")
    keyboard.press("Escape")
    wait_for(lambda: page.editing.form is None)
    xiangtu.window.close()
    again = Xiangtu(make_application(), settings, main.doors().renderers)
    window = again.show()
    again.start(str(database), "周敏")
    try:
        shown = _leads(again)
        wait_for(shown.is_settled)
        assert (window.width(), window.height()) == (1024, 660)
        window.activateWindow()
        settle(0)
        assert focused() is shown.list.view
        keyboard.press("Ctrl+N")
        form = opened(LeadForm)
        assert form.lines["name"].text() == "写到一半的项目（虚构）", "what was typed is there again"
        assert len(ask(again, lambda session: load(session, "leads", [1, 2, 3, 4]))) == 3
        keyboard.press("Escape")
        settle(50)
    finally:
        window.close()
        window.deleteLater()
        again.close()
        settle(20)


def name_of_focus() -> str:
    """Return what a screen reader calls the widget with the keys."""
    found = focused()
    return "" if found is None else name_of(found)


def _leads(xiangtu: Xiangtu) -> LeadsPage:
    """Wait for the page of the leads."""
    wait_for(lambda: xiangtu.window is not None and isinstance(xiangtu.window.page("leads"), LeadsPage))
    assert xiangtu.window is not None
    page = xiangtu.window.page("leads")
    assert isinstance(page, LeadsPage)
    return page


def _choose(keyboard: Keyboard, name: str, word: str) -> None:
    """Choose a word of a box by the arrow keys."""
    box = keyboard.tab_to(name)
    assert isinstance(box, QComboBox)
    place = box.findText(word)
    key = "Down" if box.currentIndex() < place else "Up"
    keyboard.walk(key, lambda: box.currentIndex() == place, box.currentText)
