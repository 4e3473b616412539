"""The list of leads: filter, order, rows by page, totals, what is chosen; loading, empty, failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from crm.errors import UserError
from crm.i18n import _
from crm.queries.lead_list import LeadFilter, LeadOrder, LeadTotals
from crm.queries.lead_list import LeadRow as CoreRow
from ui.desk import Desk
from ui.errors import words
from ui.icons import Glyph, picture
from ui.leads.answers import Again, place_of, shown_rows
from ui.leads.columns import DROPPED_WHEN_NARROW, HIDDEN_AT_FIRST, UNKNOWN, LeadRow, lead_columns
from ui.leads.delegate import LeadDelegate
from ui.leads.filter_bar import FilterBar, facet_word
from ui.tables.paged_model import PAGE, PagedTableModel
from ui.tables.view import ListView
from ui.theme.tokens import ROW_HEIGHTS, Density
from ui.widgets.dialogs import open_dialog
from ui.widgets.labels import button, label, row

if TYPE_CHECKING:
    from crm.database import Session

NAME_WIDTH = 216
SHOW_LOADING_MS = 200
MOST_KEPT = 1000
"""Chosen rows that are chosen again after a refresh; more are let go."""
MOST_MOVED = 20
"""The same where they were chosen while the answer was on its way: each is looked for among all."""


FACET_OF_COLUMN: Mapping[str, tuple[str, str]] = {
    "stage": ("stages", "stage"),
    "verdict": ("verdicts", "verdict"),
    "owner": ("owners", "owner"),
    "area": ("areas", "area_code"),
}
"""By the column: the facet it can be filtered by, and where a row holds the word."""


class ListPane(QWidget):
    """One list; it asks the core off the window's thread and drops answers that more asking has overtaken."""

    chosen = Signal(int)  # id of the current lead, 0 for none
    opened = Signal(int)
    menu_asked = Signal(object)
    filter_changed = Signal(object)
    order_changed = Signal(object)
    counted = Signal(object)  # LeadTotals
    import_asked = Signal()
    new_asked = Signal()
    selection_changed = Signal(int)
    reloaded = Signal()  # asked from the start: another filter or order
    refreshed = Signal()  # asked again after a change

    def __init__(self, desk: Desk, where: LeadFilter, order: LeadOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._where, self._order, self._asked = desk, where, order, 0
        self._begun = -1  # the number of the question whose first page is shown
        self._early: tuple[int, Sequence[int], LeadTotals] | None = None  # all of an answer that came before its begin
        self._held = self._missed = False
        self._told = self._wanted = 0  # the lead told last; the one to be chosen when the list has it
        self.bar = FilterBar(where, desk.tokens)
        self.model = PagedTableModel(lead_columns(), self)
        self.view = ListView(self.model, desk.settings, "leads")
        self.view.setAccessibleName(_("List of leads"))
        self.delegate = LeadDelegate(desk.tokens, self.model, self.view)
        self.delegate.two_lines = desk.density is Density.COMFORTABLE
        self.view.setItemDelegate(self.delegate)
        self.view.paint_row = self.delegate.paint_row
        self.view.set_tokens(desk.tokens)
        self.view.set_row_height(desk.tokens.px(ROW_HEIGHTS[desk.density]))
        self.view.restore_columns(HIDDEN_AT_FIRST)
        self._states = QStackedWidget()
        self._states.addWidget(self.view)
        self.body: QWidget = self.view  # what shows the leads where there are some: the table, or a board in its place
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.bar)
        layout.addWidget(self._states, 1)
        self._wire()

    # -- asking

    def reload(self) -> None:
        """Ask for the list again: the first page first, then the ids of all, then the totals."""
        from crm.queries import first_page, leads  # noqa: PLC0415  (not before the first paint)

        self._asked += 1
        self.reloaded.emit()
        number, where, order = self._asked, self._where, self._order
        QTimer.singleShot(SHOW_LOADING_MS, self, lambda: self._still_loading(number))

        def first(session: Any) -> Any:  # noqa: ANN401
            ids = first_page.first_lead_ids(session, where, order)
            return ids, shown_rows(leads.load_lead_rows(session, ids))

        def all_of_it(session: Any) -> Any:  # noqa: ANN401
            return leads.find_lead_ids(session, where, order), leads.totals(session, where)

        self._desk.ask(first, lambda answer: self._show_first(number, *answer), lambda error: self._fail(number, error))
        self._desk.ask(
            all_of_it, lambda answer: self._show_all(number, *answer), lambda error: self._fail(number, error)
        )

    def refresh(self) -> None:
        """Ask again after a change: place, cursor and choice stay where they are. A cell that is open comes first."""
        if self._held:
            self._missed = True
            return
        if not self.model.ids or self._states.currentWidget() is not self.body:
            self.reload()
            return
        from crm.queries import leads  # noqa: PLC0415  (not before the first paint)

        self._asked += 1
        self.refreshed.emit()
        number, where, order = self._asked, self._where, self._order
        before = current, chosen = self._kept()
        first, last = self.view.shown_rows()

        def ask(session: Session) -> Again:
            ids = leads.find_lead_ids(session, where, order)
            wanted = {current, *chosen}
            places = {each: place for place, each in enumerate(ids) if each in wanted}
            pages = {}
            for page in range(first // PAGE, last // PAGE + 1):
                asked = list(ids[page * PAGE : (page + 1) * PAGE])
                pages[page] = asked, shown_rows(leads.load_lead_rows(session, asked))
            rows = [places[each] for each in chosen if each in places]
            return Again(ids, pages, places.get(current), rows, leads.totals(session, where))

        self._desk.ask(
            ask, lambda again: self._show_again(number, again, before), lambda error: self._fail(number, error)
        )

    def hold(self, *, on: bool) -> None:
        """Let the list stay as it is while a cell is being changed, and ask for what was missed then."""
        self._held = on
        if not on and self._missed:
            self._missed = False
            QTimer.singleShot(0, self, self.refresh)

    def _kept(self) -> tuple[int, list[int]]:
        """Return the lead under the cursor, or waited for, and the chosen ones that are chosen again."""
        chosen = self.selected_ids() if self.view.selected_count() <= MOST_KEPT else []
        return self._wanted or self.current_id(), chosen

    def show_early(self, rows: Sequence[CoreRow]) -> None:
        """Show the first leads before the database is open; the list then asks by itself."""
        self._show_first(self._asked, [each.id for each in rows], shown_rows(rows))

    def show_body(self, body: QWidget) -> None:
        """Show the leads in another shape under the same filter: a board in place of the table, or the table again."""
        shown = self._states.currentWidget() is self.body
        self.body = body
        if self._states.indexOf(body) < 0:
            self._states.addWidget(body)
        if shown:
            self._states.setCurrentWidget(body)

    def show_failure(self, error: BaseException) -> None:
        """Say that the leads could not be read, and offer to try again."""
        self._fail(self._asked, error)

    def set_filter(self, where: LeadFilter) -> None:
        """Show the leads of another filter."""
        self._where = where
        self.bar.show_filter(where)
        self.reload()

    def set_order(self, order: LeadOrder) -> None:
        """Sort in another order."""
        self._order = order
        self._show_order()
        self.reload()

    @property
    def where(self) -> LeadFilter:
        """The filter in use."""
        return self._where

    @property
    def order(self) -> LeadOrder:
        """The order in use."""
        return self._order

    def current_id(self) -> int:
        """Return the id of the lead under the cursor, or 0."""
        number = self.view.currentIndex().row()
        return int(self.model.ids[number]) if 0 <= number < len(self.model.ids) else 0

    def selected_ids(self) -> list[int]:
        """Return the ids of the chosen leads, in the order of the list."""
        return [int(self.model.ids[number]) for number in self.view.selected_rows()]

    def copy_cell(self) -> None:
        """Put the text of the cell under the cursor on the clipboard."""
        index = self.view.currentIndex()
        QGuiApplication.clipboard().setText(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))

    def narrowed_to_cell(self) -> tuple[LeadFilter, str] | None:
        """Return the filter narrowed to the word of the cell under the cursor, and the word; None: it has no facet."""
        index = self.view.currentIndex()
        shown_row = self.model.row(index.row()) if index.isValid() else None
        facet, name = FACET_OF_COLUMN.get(self.model.columns[index.column()].key if shown_row else "", ("", ""))
        if not facet:
            return None
        code = str(getattr(shown_row, name))
        code = "" if code == UNKNOWN else code
        changed: dict[str, Any] = {facet: frozenset({code})}
        return replace(self._where, **changed), facet_word(facet, code)

    def take_filter(self, where: LeadFilter) -> None:
        """Show the leads of another filter as if it had been chosen by the chips."""
        self.bar.show_filter(where)
        self._filter_by_bar(where)

    def select_id(self, lead_id: int) -> bool:
        """Put the cursor on a lead, now or when the list has it; it is not told as chosen."""
        self._told, ids = lead_id, self.model.ids
        found = lead_id in ids
        self._wanted = 0 if found else lead_id
        if found:
            self.view.go_to(ids.index(lead_id))
        return found

    # -- showing

    def _show_first(self, number: int, ids: Sequence[int], rows: Sequence[Any]) -> None:
        if number != self._asked:
            return
        kept = self._wanted or self.current_id()
        self.model.set_ids(ids)
        if ids:
            self.model.set_page(0, list(ids), rows)
            self._states.setCurrentWidget(self.body)
            self.view.go_to(ids.index(kept) if kept in ids else 0)
        else:
            self._states.setCurrentWidget(self._no_fit if self._filtered() else self._nothing)
            self._tell_chosen()
        self._begun, early = number, self._early
        if early is not None:
            self._show_all(*early)

    def _show_all(self, number: int, ids: Sequence[int], totals: LeadTotals) -> None:
        if number != self._asked:
            return
        if self._begun != number:  # of a short list all ids may be there before the first rows
            self._early = number, ids, totals
            return
        self._early = None
        shown_now = self.model.ids
        if list(ids[: len(shown_now)]) == list(shown_now):
            self.model.extend_ids(ids)
        else:  # something changed between the two answers
            self.model.set_ids(ids)
        self.counted.emit(totals)

    def _show_again(self, number: int, again: Again, before: tuple[int, list[int]]) -> None:
        """Show the answer to a refresh; who moved on while it was on its way stays where the move led."""
        if number != self._asked:
            return
        if self._held:  # a cell was opened meanwhile
            self._missed = True
            return
        bar = self.view.verticalScrollBar()
        scrolled, kept = bar.value(), self._kept()
        current, chosen = again.current, again.chosen
        if kept != before:
            current = place_of(again.ids, kept[0])
            moved = [place_of(again.ids, each) for each in kept[1][:MOST_MOVED]]
            chosen = [place for place in moved if place is not None]
        self.model.set_ids(again.ids)
        for page, (ids, rows) in again.pages.items():
            self.model.set_page(page, ids, rows)
        self._wanted = 0
        if again.ids:
            self.view.choose_rows(chosen, current)
            bar.setValue(scrolled)
        else:
            self._states.setCurrentWidget(self._no_fit if self._filtered() else self._nothing)
            self._tell_chosen()
        self.counted.emit(again.totals)

    def _tell_chosen(self) -> None:
        lead_id = self.current_id()
        if lead_id != self._told:
            self._told = lead_id
            self.chosen.emit(lead_id)

    def _still_loading(self, number: int) -> None:
        if number == self._asked and not self.model.ids and self._states.currentWidget() is self.body:
            self._states.setCurrentWidget(self._loading)

    def _fail(self, number: int, error: BaseException) -> None:
        if number == self._asked:
            message = self._failed.findChild(QLabel, "message")
            if isinstance(message, QLabel):
                message.setText(words(error))
            self._states.setCurrentWidget(self._failed)

    def _filtered(self) -> bool:
        return self._where != type(self._where)()

    def _page_needed(self, page: int, ids: Sequence[int]) -> None:
        from crm.queries import leads  # noqa: PLC0415

        def load(session: Any) -> Any:  # noqa: ANN401
            return shown_rows(leads.load_lead_rows(session, list(ids)))

        def failed(error: BaseException) -> None:
            self.model.forget_page(page)
            self._fail(self._asked, error)

        self._desk.ask(load, lambda rows: self.model.set_page(page, ids, rows), failed)

    def _rows_wanted(self, numbers: Sequence[int]) -> None:
        """Bring the chosen rows that no page holds, and put all on the clipboard."""
        from crm.queries import leads  # noqa: PLC0415

        ids = [int(self.model.ids[number]) for number in numbers]

        def load(session: Any) -> list[LeadRow]:  # noqa: ANN401
            return [
                each
                for start in range(0, len(ids), PAGE)
                for each in shown_rows(leads.load_lead_rows(session, ids[start : start + PAGE]))
            ]

        self._desk.ask(load, self.view.put_on_clipboard)

    def open_conditions(self) -> None:
        """Put conditions together by hand; the list shows what fits when they are taken."""
        from crm.domain.condition_groups import NO_GROUPS, groups_of  # noqa: PLC0415  (made when one is asked for)
        from crm.domain.conditions import parse_condition  # noqa: PLC0415
        from ui.leads.conditions_dialog import ConditionsDialog  # noqa: PLC0415

        try:
            asked = groups_of(parse_condition("leads", self._where.conditions)) if self._where.conditions else None
        except UserError:
            asked = None
        dialog = ConditionsDialog(self._desk, self._where, asked or NO_GROUPS, self)
        dialog.chosen.connect(lambda text: self.take_filter(replace(self._where, conditions=text)))
        open_dialog(dialog)

    def _open_facet(self, facet: str) -> None:
        from crm.queries import leads  # noqa: PLC0415

        if facet == "missing":
            self.bar.show_menu(facet, ())
        else:
            self._desk.ask(lambda session: leads.facet(session, facet), partial(self._show_facet, facet))

    def _show_facet(self, facet: str, found: Sequence[tuple[str, int]]) -> None:
        self.bar.show_menu(facet, found)

    # -- wiring

    def _wire(self) -> None:
        self.model.page_needed.connect(self._page_needed)
        self.bar.changed.connect(self._filter_by_bar)
        self.bar.opened.connect(self._open_facet)
        self.bar.conditions_asked.connect(self.open_conditions)
        head = self.view.horizontalHeader()
        head.sectionClicked.connect(self.sort_by)
        head.sectionResized.connect(lambda *_arguments: self.view.keep_columns())
        head.sectionMoved.connect(lambda *_arguments: self.view.keep_columns())
        selection = self.view.selectionModel()
        selection.currentRowChanged.connect(lambda *_arguments: self._tell_chosen())
        selection.selectionChanged.connect(lambda *_arguments: self.selection_changed.emit(self.view.selected_count()))
        self.view.resized.connect(self.fit_columns)
        self.view.rows_wanted.connect(self._rows_wanted)
        self.view.opened.connect(lambda number: self.opened.emit(int(self.model.ids[number])))
        self.view.menu_asked.connect(self.menu_asked.emit)
        self._show_order()

    def _filter_by_bar(self, where: LeadFilter) -> None:
        self._where = where
        self.reload()
        self.filter_changed.emit(where)

    def sort_by(self, section: int) -> None:
        """Sort by a column; by the one it is sorted by already, the other way round."""
        key = self.model.columns[section].key
        descending = not self._order.descending if key == self._order.key else key in ("match", "investment", "land")
        self.set_order(LeadOrder(key, descending))
        self.order_changed.emit(self._order)

    def _show_order(self) -> None:
        head = self.view.horizontalHeader()
        places = {column.key: place for place, column in enumerate(self.model.columns)}
        place = places.get(self._order.key)
        head.setSortIndicatorShown(place is not None)
        if place is not None:
            head.setSortIndicator(
                place, Qt.SortOrder.DescendingOrder if self._order.descending else Qt.SortOrder.AscendingOrder
            )

    def fit_columns(self) -> None:
        """Let the name fill the width; drop columns by priority while it would fall below its minimum."""
        places = {column.key: place for place, column in enumerate(self.model.columns)}
        width = self.view.viewport().width()
        droppable = [key for key in DROPPED_WHEN_NARROW if key not in self.view.hidden_by_choice]
        for key in droppable:
            self.view.setColumnHidden(places[key], False)
        for key in (*droppable, ""):
            others = sum(
                self.view.columnWidth(place)
                for name, place in places.items()
                if name != "name" and not self.view.isColumnHidden(place)
            )
            if width - others >= NAME_WIDTH or not key:
                self.view.setColumnWidth(places["name"], max(NAME_WIDTH, width - others))
                return
            self.view.setColumnHidden(places[key], True)

    # What is shown instead of leads, made when it is: the first paint needs none of it.

    @cached_property
    def _loading(self) -> QWidget:
        return self._state_page(Glyph.HISTORY, _("Loading …"))

    @cached_property
    def _nothing(self) -> QWidget:
        return self._state_page(
            Glyph.LEADS,
            _("There is no lead yet."),
            (_("Import a ledger"), self.import_asked),
            (_("New lead"), self.new_asked),
            more=_("Begin with the ledger you have, or write down the first project: three fields are enough."),
        )

    @cached_property
    def _no_fit(self) -> QWidget:
        return self._state_page(
            Glyph.FILTER,
            _("No lead fits these conditions."),
            (_("Clear conditions"), None),
            more=_("Take a condition off, or look at another view."),
        )

    @cached_property
    def _failed(self) -> QWidget:
        return self._state_page(Glyph.WARNING, _("The list could not be read."), (_("Try again"), None))

    def _state_page(self, glyph: Glyph, text: str, *acts: tuple[str, Any], more: str = "") -> QWidget:
        """Make a page that says why there is no list and what can be done; its first act is the solid one."""
        page = QFrame()
        page.setObjectName("card")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        mark = QLabel()
        mark.setPixmap(picture(glyph, self._desk.tokens.text3, 40))
        message = label(more, "second", wrap=True)
        message.setObjectName("message")
        for widget in (mark, label(text, "card"), message):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(widget)
        roles = ("soft", *("" for _act in acts))
        buttons = [
            button(name, signal.emit if signal is not None else self._act_of(name), role=role)
            for (name, signal), role in zip(acts, roles, strict=False)
        ]
        layout.addSpacing(8)
        layout.addLayout(row(None, *buttons, None))
        layout.addStretch(3)
        self._states.addWidget(page)
        return page

    def _act_of(self, name: str) -> Any:  # noqa: ANN401
        return self.reload if name == _("Try again") else self.bar.clear
