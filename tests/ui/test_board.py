"""The board as an officer uses it: lanes under the filter of the list, moving by drag and by keys, undo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from crm.domain.fields.reading import read_record
from crm.queries.deadlines import load_limits
from crm.queries.lead_list import FIRST_PAGE, LeadFilter
from crm.services.bulk import create_many
from tests.ui.journeys.sight import DRIVES, OPTICS, opened, values
from ui.application import Xiangtu
from ui.leads.board import Board
from ui.leads.board_cards import card_text, load_cards
from ui.leads.lane import LEAD_FORMAT, Lane
from ui.leads.page import LeadsPage
from ui.leads.stage_dialog import StageDialog
from ui.pictures import settle, wait_for


@pytest.fixture
def board(page: LeadsPage) -> Board:
    page.shapes.show_shape("board")
    wait_for(lambda: page.shapes.board is not None and page.shapes.board.is_settled())
    assert page.shapes.board is not None
    return page.shapes.board


def names(lane: Lane) -> list[str]:
    return [lane.model.row(number).row.name for number in range(lane.model.rowCount())]  # type: ignore[union-attr]


def drop(lane: Lane, carried: str) -> None:
    data = QMimeData()
    data.setData(LEAD_FORMAT, carried.encode())
    place, left = QPointF(20, 20), Qt.MouseButton.LeftButton
    event = QDropEvent(place, Qt.DropAction.MoveAction, data, left, Qt.KeyboardModifier.NoModifier)
    lane.view.dropEvent(event)


def test_each_stage_has_its_lane_with_count_and_sums(board: Board) -> None:
    lanes = board.lanes
    assert names(lanes["negotiation"]) == [OPTICS]
    assert names(lanes["assessment"]) == [DRIVES]
    assert lanes["lead"]._count.text() == "1"
    assert lanes["negotiation"]._investment.text() == "投资52,000万元（1个项目）"
    assert lanes["negotiation"]._land.text() == "用地25亩（1个项目）"
    assert lanes["lead"]._investment.text() == "另有外币1个"
    assert lanes["negotiation"]._limit.text() == "时限60天"
    assert lanes[""].isHidden()
    assert lanes["production"].width() < lanes["lead"].width()


def test_the_filter_of_the_list_is_that_of_the_board(board: Board, page: LeadsPage) -> None:
    page.list.take_filter(LeadFilter(areas=frozenset({"高铁新城"}), stages=frozenset({"negotiation", "signed"})))
    wait_for(lambda: board.is_settled() and board.lanes["lead"].isHidden())
    assert [stage for stage, lane in board.lanes.items() if not lane.isHidden()] == ["negotiation", "signed"]
    assert names(board.lanes["negotiation"]) == [OPTICS]
    page.list.take_filter(LeadFilter(owners=frozenset({"没有此人"})))
    wait_for(lambda: page.list._states.currentWidget() is page.list._no_fit)
    page.list.bar.clear()
    wait_for(lambda: page.list._states.currentWidget() is board)


def test_a_drop_that_lacks_nothing_moves_at_once_and_is_undone(board: Board, page: LeadsPage, xiangtu: Xiangtu) -> None:
    lead_id = int(board.lanes["negotiation"].model.ids[0])
    drop(board.lanes["review"], str(lead_id))
    wait_for(lambda: names(board.lanes["review"]) == [OPTICS])
    assert values(xiangtu, OPTICS)["stage"] == "review"
    assert xiangtu.window is not None
    assert "“精密光电产业园（虚构）”已到“评审”。" in xiangtu.window.toast.text()
    xiangtu.window.undo_action.trigger()
    wait_for(lambda: names(board.lanes["negotiation"]) == [OPTICS])
    assert values(xiangtu, OPTICS)["stage"] == "negotiation"
    wait_for(page.is_settled)


def test_a_drop_that_lacks_something_asks_for_it(board: Board, page: LeadsPage, xiangtu: Xiangtu) -> None:
    lead_id = int(board.lanes["negotiation"].model.ids[0])
    drop(board.lanes["signed"], str(lead_id))
    wait_for(lambda: bool(page.findChildren(StageDialog)))
    dialog = page.findChildren(StageDialog)[0]
    assert dialog.stage.currentData() == "signed"
    assert not dialog.take.isEnabled()
    dialog._lines["signed_on"].put("2026-11-20")
    dialog.reason.setPlainText("跳过评审：市级已过会")
    dialog.take.click()
    wait_for(lambda: names(board.lanes["signed"]) == [OPTICS])
    assert str(values(xiangtu, OPTICS)["signed_on"]) == "2026-11-20"
    wait_for(page.is_settled)


def test_a_dialog_that_is_left_moves_nothing(board: Board, page: LeadsPage, xiangtu: Xiangtu) -> None:
    drop(board.lanes["lead"], str(int(board.lanes["negotiation"].model.ids[0])))
    wait_for(lambda: bool(page.findChildren(StageDialog)))
    page.findChildren(StageDialog)[0].reject()
    settle(30)
    assert names(board.lanes["negotiation"]) == [OPTICS]
    assert values(xiangtu, OPTICS)["stage"] == "negotiation"


def test_what_is_no_lead_is_not_taken(board: Board, page: LeadsPage) -> None:
    drop(board.lanes["review"], "somewhere")
    drop(board.lanes["negotiation"], str(int(board.lanes["negotiation"].model.ids[0])))
    settle(30)
    assert not page.findChildren(StageDialog)
    assert names(board.lanes["negotiation"]) == [OPTICS]


def test_by_keyboard_from_lane_to_lane_and_a_stage_on(
    board: Board, page: LeadsPage, xiangtu: Xiangtu, qtbot: QtBot
) -> None:
    assert xiangtu.window is not None
    xiangtu.window.activateWindow()
    board.lanes["lead"].view.setFocus()
    wait_for(lambda: page.list.current_id() == int(board.lanes["lead"].model.ids[0]))
    qtbot.keyClick(board.lanes["lead"].view, Qt.Key.Key_Right)
    assert board.lanes["assessment"].view.hasFocus()
    qtbot.keyClick(board.lanes["assessment"].view, Qt.Key.Key_Right)
    assert board.current() == (int(board.lanes["negotiation"].model.ids[0]), "negotiation")
    wait_for(lambda: page.is_settled() and page.peek.facts_shown.values["name"] == OPTICS)  # type: ignore[union-attr]
    qtbot.keyClick(board.lanes["negotiation"].view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    wait_for(lambda: names(board.lanes["review"]) == [OPTICS])
    wait_for(board.lanes["review"].view.hasFocus)
    qtbot.keyClick(board.lanes["review"].view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    dialog = opened(StageDialog)
    assert dialog.stage.currentData() == "negotiation"
    dialog.reject()
    xiangtu.window.activateWindow()
    qtbot.keyClick(board.lanes["review"].view, Qt.Key.Key_Return)
    wait_for(page.peek.tabs.hasFocus)
    wait_for(page.is_settled)


def test_the_shape_is_remembered_and_the_lead_stays(board: Board, page: LeadsPage) -> None:
    page.shapes.toggle()
    assert page.shapes.board is None
    page.list.select_id(2)
    page.shapes.toggle()
    assert page._desk.settings.value("leads/shape") == "board"
    wait_for(lambda: board.current()[0] == 2)
    page.open_lead(3)
    wait_for(lambda: board.current() == (3, "lead"))
    wait_for(page.is_settled)


def test_a_card_tells_how_long_the_lead_waits(board: Board, xiangtu: Xiangtu) -> None:
    del board
    assert xiangtu.desk is not None
    later = date.today() + timedelta(days=75)  # noqa: DTZ011
    with xiangtu.desk.workspace.database.read() as session:
        cards = load_cards(session, [1, 2, 3], later, load_limits(session, later).stay)
    assert [(card.days, card.limit, card.late) for card in cards] == [(75, 60, True), (75, 14, True), (75, 7, True)]
    assert "本阶段停留75／60天\n已超过时限" in card_text(cards[0])
    assert cards[0].figures == "52,000万元 · 25亩"
    assert cards[2].figures == "200 USD"


def test_a_long_lane_brings_its_cards_when_one_scrolls(board: Board, page: LeadsPage, xiangtu: Xiangtu) -> None:
    assert xiangtu.desk is not None
    many = [read_record("leads", {"name": f"项目{number:03}（虚构）", "stage": "lead"}) for number in range(300)]
    with xiangtu.desk.workspace.database.write(by="他人", why="many") as session:
        create_many(session, "leads", many)
    lane = board.lanes["lead"]
    wait_for(lambda: lane.model.rowCount() == FIRST_PAGE and lane._count.text() == "301")
    lane.view.scrollToBottom()
    wait_for(lambda: lane.model.rowCount() == 301)
    lane.view.scrollToBottom()
    wait_for(lambda: lane.model.peek_row(300) is not None)
    page._refresh()
    wait_for(lambda: board.is_settled() and lane.model.rowCount() == 301)
    wait_for(page.is_settled)
