"""What a person who cannot see, or cannot use a mouse, gets: names for all, Tab to all, a focus that is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from tests.make_samples import COMMUNITIES, FUNDS
from tests.ui.conftest import LEADS
from tests.ui.journeys.keyboard import MOST_TABS, Keyboard, focused, name_of, window_in_front
from tests.ui.journeys.sight import opened
from ui.application import Xiangtu
from ui.documents.preview import DocumentPreview
from ui.leads.bulk_dialog import BulkDialog
from ui.leads.form import LeadForm
from ui.leads.page import LeadsPage
from ui.leads.stage_dialog import StageDialog
from ui.main_window import NUMBERED
from ui.pictures import settle, wait_for
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.keys_dialog import KeysDialog
from ui.widgets.palette import Palette

INTERACTIVE = (QAbstractButton, QAbstractItemView, QAbstractScrollArea, QAbstractSlider, QComboBox, QLineEdit, QTabBar)
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
RECORDS: list[Mapping[str, object]] = [*LEADS, *COMMUNITIES, *FUNDS]
OF_THE_RECORDS = {str(value) for one in RECORDS for value in one.values() if value}
"""Words a person has entered: they stay as they are in every language."""


def within_reach(window: QWidget) -> list[QWidget]:
    """Return what can be worked with in a window now, by mouse or by keys."""
    return [
        one
        for one in window.findChildren(QWidget)
        if isinstance(one, INTERACTIVE)
        and not isinstance(one, (QHeaderView, QScrollBar))
        and one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def walked(keyboard: Keyboard) -> list[QWidget]:
    """Press Tab until one is where one began; return what had the focus, in order."""
    met: list[QWidget] = []
    for _step in range(MOST_TABS):
        found = focused()
        if found is not None:
            if met and found is met[0]:
                return met
            met.append(found)
        keyboard.press("Tab")
    raise AssertionError(f"Tab does not come back; it met {[name_of(one) for one in met]}")


def _by_arrows(one: QWidget, met: list[QWidget]) -> bool:
    """Return whether the arrow keys reach a button from another of its group that Tab has met."""
    group = one.group() if isinstance(one, QAbstractButton) else None
    return group is not None and any(isinstance(other, QAbstractButton) and other.group() is group for other in met)


def look(keyboard: Keyboard, language: str) -> None:
    """Hold the window in front to its promises."""
    window = window_in_front()
    settle(20)
    reach = within_reach(window)
    assert reach
    nameless = [f"{type(one).__name__} in {type(one.parent()).__name__}" for one in reach if not name_of(one)]
    assert nameless == []
    labelled = [one.buddy() for one in window.findChildren(QLabel)]
    boxes = [one for one in reach if isinstance(one, QComboBox) and one not in labelled]
    assert [name_of(one) for one in boxes if not one.accessibleDescription()] == []
    if language == "en":
        said = "\n".join(name_of(one) for one in reach)
        for word in sorted(OF_THE_RECORDS, key=len, reverse=True):
            said = said.replace(word, "")
        assert CHINESE.findall(said) == []
    met = walked(keyboard)
    assert [name_of(one) for one in reach if one not in met and not _by_arrows(one, met)] == []


SURFACES: dict[str, tuple[tuple[str, ...], type[QWidget]]] = {
    "form": (("Ctrl+N",), LeadForm),
    "stage": (("Alt+Right",), StageDialog),
    "assign": (("Ctrl+A", "Tab", "Space"), BulkDialog),
    "search": (("Ctrl+K",), Palette),
    "brief": (("Ctrl+P",), DocumentPreview),
    "preferences": (("Ctrl+,",), PreferencesDialog),
    "keys": (("F1",), KeysDialog),
}
"""Keys that lead from the list to a page or dialog."""


@pytest.fixture(params=["zh_CN", "en"])
def speaking(request: pytest.FixtureRequest, page: LeadsPage, xiangtu: Xiangtu, keyboard: Keyboard) -> str:
    """Return the language the window speaks."""
    del page
    language = str(request.param)
    if language != "zh_CN":
        xiangtu.take_look(replace(xiangtu.look, language=language))
        wait_for(lambda: _leads(xiangtu) is not None and _leads(xiangtu).is_settled())
    assert xiangtu.window is not None
    xiangtu.window.resize(1600, 1000)
    window_in_front()
    del keyboard
    return language


def _leads(xiangtu: Xiangtu) -> LeadsPage:
    page = xiangtu.window.page("leads") if xiangtu.window is not None else None
    assert isinstance(page, LeadsPage)
    return page


def test_the_list_and_every_part_of_a_lead(speaking: str, xiangtu: Xiangtu, keyboard: Keyboard) -> None:
    page = _leads(xiangtu)
    for part in range(page.peek.tabs.count()):
        page.peek.tabs.setCurrentIndex(part)
        look(keyboard, speaking)


@pytest.mark.parametrize("surface", SURFACES)
def test_every_other_page_and_dialog(speaking: str, xiangtu: Xiangtu, keyboard: Keyboard, surface: str) -> None:
    page = _leads(xiangtu)
    page.list.view.setFocus()
    keys, kind = SURFACES[surface]
    keyboard.press(*keys)
    opened(kind)
    look(keyboard, speaking)
    if isinstance(window_in_front(), QDialog):
        keyboard.press("Escape")
        settle(30)


def test_every_page_of_the_side_bar(speaking: str, xiangtu: Xiangtu, keyboard: Keyboard) -> None:
    assert xiangtu.window is not None
    for number, key in enumerate(xiangtu.window.place_keys(), 1):
        if number <= NUMBERED:
            keyboard.press(f"Ctrl+{number}")
        else:
            xiangtu.window.go(key)  # its button, or the palette
        page = xiangtu.window.page(key)
        assert page is not None
        assert page.isVisible()
        wait_for(lambda: focused() is not None)
        look(keyboard, speaking)


def test_tab_goes_from_above_to_below_in_a_lead(page: LeadsPage, keyboard: Keyboard) -> None:
    page.peek.tabs.setFocus()
    window_in_front()
    settle(20)
    body = page.peek.follow_up.parentWidget()
    assert body is not None
    inside = [found for found in walked(keyboard) if body.isAncestorOf(found)]
    places = [found.mapTo(body, QPoint(0, 0)).y() for found in inside]
    assert len(places) > 5
    assert places == sorted(places)


def test_the_focus_is_seen(page: LeadsPage, keyboard: Keyboard) -> None:
    page.list.view.setFocus()
    window_in_front()
    unseen = []
    for _step in range(MOST_TABS):
        found = focused()
        assert found is not None
        with_it = found.grab().toImage()
        keyboard.press("Tab")
        if found.grab().toImage() == with_it:
            unseen.append(name_of(found))
        if focused() is page.list.view:
            break
    assert unseen == []


def test_the_cells_of_the_list_are_read_aloud(page: LeadsPage) -> None:
    spoken = QAccessible.queryAccessibleInterface(page.list.view)
    cells = [spoken.child(place) for place in range(spoken.childCount())]
    told = {cell.text(QAccessible.Text.Name) for cell in cells if cell is not None}
    columns = page.list.model.columns
    rows = [page.list.model.row(place) for place in range(3)]
    assert {column.text(row) for column in columns for row in rows if row is not None} <= told
    assert {column.title for column in columns} <= told
