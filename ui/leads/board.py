"""The board: the leads of the list in lanes, one a stage. It asks and shows; whoever holds it moves the leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from crm.domain.stages.pipeline import PLACES, STAGES
from crm.i18n import _
from crm.queries.lead_list import FIRST_PAGE, UNKNOWN, LeadFilter, LeadOrder
from ui.desk import Desk
from ui.leads.board_cards import Card, load_cards
from ui.leads.lane import Lane
from ui.leads.totals import investment_text, land_text
from ui.tables.paged_model import PAGE
from ui.widgets.labels import restyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm.database import Session
    from crm.queries.board import LaneTotals


class _Filled(NamedTuple):
    """The answer of one lane: its ids, whether those are all, the cards of the pages in sight."""

    ids: Sequence[int]
    whole: bool
    pages: Mapping[int, Sequence[Card]]


class Board(QScrollArea):
    """Lanes side by side; the lead under the cursor is one of one lane."""

    chosen = Signal(int)
    opened = Signal(int)
    peeked = Signal()
    menu_asked = Signal(object)
    move_asked = Signal(int, str)  # id of a lead, code of a stage
    failed = Signal(object)

    def __init__(self, desk: Desk, where: LeadFilter, order: LeadOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._where, self._order = desk, where, order
        self._asked = self._filled = self._counted = 0
        self._limits: Mapping[str, int] = {}
        self._told = 0
        self.setAccessibleName(_("Board"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lanes = {stage: Lane(stage, desk.tokens) for stage in (UNKNOWN, *(one.code for one in STAGES))}
        inside = QWidget()
        layout = QHBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for lane in self.lanes.values():
            layout.addWidget(lane)
            self._wire(lane)
        layout.addStretch(1)
        self.setWidget(inside)
        self._here = self.lanes[STAGES[0].code]

    def _wire(self, lane: Lane) -> None:
        view = lane.view
        view.chosen.connect(self._tell)
        view.opened.connect(self.opened.emit)
        view.peeked.connect(self.peeked.emit)
        view.menu_asked.connect(self.menu_asked.emit)
        view.stepped.connect(partial(self._walk, lane))
        view.entered.connect(partial(self._enter, lane))
        view.dropped.connect(lambda lead_id: self._dropped(lane, lead_id))
        lane.model.page_needed.connect(partial(self._page_needed, lane))
        lane.whole_asked.connect(lambda stage: self._ask({stage: self._shown(stage)}, whole=True))

    # -- asking

    def show_leads(self, where: LeadFilter, order: LeadOrder) -> None:
        """Show the leads of a filter in an order, from the first of each lane."""
        self._where, self._order = where, order
        self._asked += 1
        self._ask({stage: range(1) for stage in self._stages()}, whole=False)
        self._count()

    def refresh(self) -> None:
        """Ask again after a change: cursor and places stay."""
        self._asked += 1
        self._ask({stage: self._shown(stage) for stage in self._stages()}, whole=False, keep=True)
        self._count()

    def _ask(self, rows: Mapping[str, range], *, whole: bool, keep: bool = False) -> None:
        """Ask for lanes, each with the cards in these rows; ``keep`` asks for as many ids as there are now."""
        from crm.queries.deadlines import load_limits  # noqa: PLC0415  (not before the first paint)

        number, where, order, today = self._asked, self._where, self._order, date.today()  # noqa: DTZ011
        every = {stage: whole or (keep and len(self.lanes[stage].model.ids) > FIRST_PAGE) for stage in rows}

        def question(session: Session) -> tuple[Mapping[str, int], dict[str, _Filled]]:
            limits = load_limits(session, today).stay

            def filled(stage: str) -> _Filled:
                cards = partial(load_cards, session, today=today, limits=limits)
                return _fill(session, where, order, stage, cards, whole=every[stage], rows=rows[stage])

            return limits, {stage: filled(stage) for stage in rows}

        def show(answer: tuple[Mapping[str, int], dict[str, _Filled]]) -> None:
            if number == self._asked:
                self._limits, self._filled = answer[0], number
                for stage, lane in answer[1].items():
                    self._show_lane(self.lanes[stage], lane)

        self._desk.ask(question, show, self.failed.emit)

    def _count(self) -> None:
        from crm.queries.board import lane_stages, lane_totals  # noqa: PLC0415
        from crm.queries.deadlines import load_limits  # noqa: PLC0415

        number, where, today = self._asked, self._where, date.today()  # noqa: DTZ011

        def show(answer: tuple[Mapping[str, LaneTotals], Mapping[str, int]]) -> None:
            if number != self._asked:
                return
            totals, self._limits = answer
            self._counted = number
            shown = lane_stages(where, totals)
            for stage, lane in self.lanes.items():
                lane.setVisible(stage in shown)
                self._show_totals(lane, totals)

        self._desk.ask(
            lambda session: (lane_totals(session, where), load_limits(session, today).stay), show, self.failed.emit
        )

    def is_settled(self) -> bool:
        """Return whether the lanes show what was asked for last."""
        lanes = [lane for lane in self.lanes.values() if not lane.isHidden() and lane.model.ids]
        here = all(lane.model.peek_row(lane.shown_rows().start) for lane in lanes)
        return here and self._filled == self._counted == self._asked > 0

    def _stages(self) -> list[str]:
        """Return the lanes that may hold something: also that of leads without a stage, unless a filter has none."""
        return [stage for stage in self.lanes if not self._where.stages or stage in self._where.stages]

    def _shown(self, stage: str) -> range:
        return self.lanes[stage].shown_rows()

    def _page_needed(self, lane: Lane, page: int, ids: Sequence[int]) -> None:
        today, limits = date.today(), self._limits  # noqa: DTZ011  (the day on the officer's desk)

        def failed(error: BaseException) -> None:
            lane.model.forget_page(page)
            self.failed.emit(error)

        self._desk.ask(
            lambda session: load_cards(session, ids, today, limits),
            lambda cards: lane.model.set_page(page, ids, cards),
            failed,
        )

    # -- showing

    def _show_lane(self, lane: Lane, filled: _Filled) -> None:
        view, bar = lane.view, lane.view.verticalScrollBar()
        kept, scrolled, place = view.current_id(), bar.value(), view.currentIndex().row()
        lane.show_ids(filled.ids, whole=filled.whole)
        for page, cards in filled.pages.items():
            lane.model.set_page(page, list(filled.ids[page * PAGE : (page + 1) * PAGE]), cards)
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus if filled.ids else Qt.FocusPolicy.NoFocus)
        if not filled.ids:
            if lane is self._here and view.hasFocus():
                self._walk(lane, 1)
            return
        if kept:
            view.go_to(list(filled.ids).index(kept) if kept in filled.ids else place)
        bar.setValue(scrolled)
        if self._told in filled.ids and (lane is not self._here or not kept):
            self._follow(lane)

    def _follow(self, lane: Lane) -> None:
        """Go with the lead looked at into the lane it is in now, with the keys where they were on the board."""
        focused = self._here.view.hasFocus()
        lane.view.go_to(list(lane.model.ids).index(self._told))
        if focused:
            lane.view.setFocus()
        QTimer.singleShot(0, self, partial(self._enter, lane))  # once the lanes have their places

    def _show_totals(self, lane: Lane, totals: Mapping[str, LaneTotals]) -> None:
        from crm.queries.board import NOTHING  # noqa: PLC0415

        sums = totals.get(lane.stage, NOTHING)
        lane.show_head(sums.count, investment_text(sums), land_text(sums), self._limits.get(lane.stage))

    # -- walking and moving

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.enter()
        event.accept()

    def enter(self) -> None:
        """Let the keys go to the cards: to the lane they were in, else the first that has some."""
        wanted = [self._here, *self.lanes.values()]
        lane = next((one for one in wanted if one.model.ids and not one.isHidden()), None)
        if lane is not None:
            lane.view.setFocus()

    def current(self) -> tuple[int, str]:
        """Return the id of the lead under the cursor and its lane; 0 where there is none."""
        return self._here.view.current_id(), self._here.stage

    def step(self, way: int) -> None:
        """Ask to move the lead under the cursor to the stage before or behind its own."""
        lead_id, stage = self.current()
        place = PLACES.get(stage, 0) + (way if stage else 0)
        if lead_id and 0 <= place < len(STAGES):
            self.move_asked.emit(lead_id, STAGES[place].code)

    def select_id(self, lead_id: int) -> None:
        """Put the cursor on a lead where a lane has it."""
        self._told = lead_id
        for lane in self.lanes.values():
            if lead_id in lane.model.ids:
                self._enter(lane)
                lane.view.go_to(list(lane.model.ids).index(lead_id))

    def _walk(self, lane: Lane, way: int) -> None:
        """Let the keys go to the next lane with cards, to the same height."""
        order = [one for one in self.lanes.values() if one.isVisible()]
        place = order.index(lane) + way
        while 0 <= place < len(order) and not order[place].model.ids:
            place += way
        if 0 <= place < len(order):
            order[place].view.go_to(lane.view.currentIndex().row())
            order[place].view.setFocus()

    def _enter(self, lane: Lane) -> None:
        self._here = lane
        for one in self.lanes.values():
            if one is not lane:
                one.view.clearSelection()
            restyle(one, "here", "true" if one is lane else "false")
        self.ensureWidgetVisible(lane, 8, 0)

    def _tell(self, lead_id: int) -> None:
        if lead_id != self._told:
            self._told = lead_id
            self.chosen.emit(lead_id)

    def _dropped(self, lane: Lane, lead_id: int) -> None:
        if lane.stage and lead_id not in lane.model.ids:
            self.move_asked.emit(lead_id, lane.stage)


def _fill(
    session: Session,
    where: LeadFilter,
    order: LeadOrder,
    stage: str,
    cards: Callable[[Sequence[int]], list[Card]],
    *,
    whole: bool,
    rows: range,
) -> _Filled:
    """Return the ids of a lane and the cards of the pages these rows lie in."""
    from crm.queries.board import lane_filter  # noqa: PLC0415
    from crm.queries.first_page import first_lead_ids  # noqa: PLC0415
    from crm.queries.leads import find_lead_ids  # noqa: PLC0415

    own = lane_filter(where, stage)
    ids = find_lead_ids(session, own, order) if whole else first_lead_ids(session, own, order, FIRST_PAGE)
    pages = range(rows.start // PAGE, min(rows.stop, max(len(ids), 1)) // PAGE + 1)
    parts = {page: list(ids[page * PAGE : (page + 1) * PAGE]) for page in pages}
    return _Filled(ids, whole, {page: cards(part) for page, part in parts.items() if part})
