"""From lead to lead through the list, by keys and buttons, also where the list changes beneath."""

from __future__ import annotations

from array import array

from pytestqt.qtbot import QtBot

from crm.services.records import update
from tests.ui.by_hand import NAME
from tests.ui.by_hand import select as _select
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.leads.walking import Place
from ui.pictures import wait_for


def test_a_lead_that_left_the_list_leaves_its_place() -> None:
    place = Place()
    ids = array("q", (5, 7, 9))
    place.look(ids, 7)
    assert (place.number, place.here) == (1, True)
    assert (place.beside(ids, -1), place.beside(ids, 1)) == (5, 9)
    left = array("q", (5, 9))
    place.look(left, 7)
    assert not place.here
    assert (place.beside(left, -1), place.beside(left, 1)) == (5, 9)
    place.look(array("q", (3, 5, 9)), 9)
    assert (place.number, place.beside((3, 5, 9), 1)) == (2, None)
    assert place.beside((), -1) is None


def test_the_head_of_a_lead_walks_through_the_filtered_list(page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot) -> None:
    del qtbot
    ids = [int(each) for each in page.list.model.ids]
    page.list.view.go_to(0)
    wait_for(page.is_settled)
    walking = page.walking
    assert walking.text.text() == "1 / 3"
    assert not walking.before.isEnabled()
    walking.behind.click()
    wait_for(lambda: walking.text.text() == "2 / 3")
    assert page.list.current_id() == ids[1]
    actions = {action.text(): action for action in page.actions()}
    actions["下一条线索"].trigger()
    wait_for(lambda: walking.text.text() == "3 / 3")
    assert not walking.behind.isEnabled()
    wait_for(page.is_settled)
    assert page.peek.facts_shown is not None
    assert page.peek.facts_shown.id == ids[2]

    _select(page, NAME)
    menu = page.list.bar.show_menu("stages", [("negotiation", 1), ("assessment", 1)])
    for action in menu.actions()[:2]:
        action.trigger()
    menu.close()
    wait_for(lambda: walking.text.text().endswith("/ 2"))
    _select(page, NAME)
    place = int(walking.text.text()[0])
    moved = page.list.current_id()
    assert xiangtu.desk is not None
    xiangtu.desk.change(lambda session: update(session, "leads", moved, {"stage": "lead"}), "x")
    wait_for(lambda: page.list.model.rowCount() == 1)
    wait_for(lambda: walking.text.text().endswith("/ 1"))
    if not walking.text.text().startswith("1"):  # the lead is still looked at, and out of the list
        assert walking.text.text() == "— / 1"
        (walking.behind if place == 1 else walking.before).click()
    wait_for(lambda: walking.text.text() == "1 / 1")
