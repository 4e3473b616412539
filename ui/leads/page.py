"""The page of the leads: views, filter, list and peek, wired to the core. It shows and asks; the core decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QVBoxLayout, QWidget

from crm.domain.stages.pipeline import PLACES, STAGES
from crm.i18n import _, ngettext
from crm.queries.lead_list import LeadFilter, LeadOrder, LeadTotals
from ui.desk import Desk
from ui.errors import words
from ui.leads.beside import Beside
from ui.leads.cells import Cells
from ui.leads.list_menus import above, add_documents, column_menu, order_menu
from ui.leads.list_pane import ListPane
from ui.leads.pasting import Pasting
from ui.leads.shapes import Shapes
from ui.leads.totals_line import TotalsLine
from ui.leads.views_bar import ViewsBar
from ui.widgets.dialogs import open_dialog, open_menu
from ui.widgets.labels import button, column, label, row

if TYPE_CHECKING:
    from crm.database import Committed, Session
    from crm.queries.lead_list import LeadRow
    from crm.queries.matching import KeptGround
    from crm.queries.peek import PeekFacts
    from ui.leads.editing import LeadEditing
    from ui.leads.peek import Peek
    from ui.leads.walking import Walking

RELOAD_AFTER_MS = 120
MOST_STEPS = 2000
"""Leads that change their stage at once: each is judged by the rules of the pipeline."""

REST_MS = 30
"""Walking through the list asks for the lead one stops at."""


class LeadsPage(QWidget):
    """The list beside one lead. The list is there at once; what is beside it is made when the database is open."""

    document_asked = Signal(str, object)  # brief, dossier or threshold_sheet; ids of the leads
    undo_asked = Signal(int, int)  # change set; the one lead it is taken back of, 0 for all it touched
    heading_changed = Signal(str)
    import_asked = Signal()
    print_asked = Signal(object)  # Listed
    export_asked = Signal(object, object)  # ids in the order of the list, keys of the columns that are seen

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._peeked = desk, 0
        self._asked, self._answered = (0, 0), (0, 0)  # number of the question and the lead it was about
        self._ground: KeptGround | None = None
        self.list = ListPane(desk, LeadFilter(), LeadOrder())
        self.views, self.shapes = ViewsBar(desk), Shapes(desk, self.list)
        self.cells, self.pasting = Cells(desk, self.list), Pasting(desk, self.list)
        self._peek: Peek | None = None
        self._walking: Walking | None = None
        self._editing: LeadEditing | None = None
        self._totals = TotalsLine(desk, self.list)
        self._selected = label("", "meta")
        self._split = self._make_split()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        self._reload = QTimer(self)
        self._reload.setSingleShot(True)
        self._reload.setInterval(RELOAD_AFTER_MS)
        self._reload.timeout.connect(self._refresh)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(REST_MS)
        self._look.timeout.connect(self._rest)
        self._wire()
        self._make_actions()

    # -- what the frame calls

    def show_early(self, rows: Sequence[LeadRow]) -> None:
        """Show the first leads of a database that is still being opened."""
        self.list.show_early(rows)

    def opened(self) -> None:
        """Ask the database, which is open now."""
        self.list.reload()
        self.views.reload()
        self.shapes.restore()
        QTimer.singleShot(0, self, self._ask_peek)
        QTimer.singleShot(0, self, lambda: self.editing.tell_drafts())  # noqa: PLW0108  (made when it is due)

    def news(self, news: Committed) -> None:
        """Look again after a change of the database."""
        if news.kinds & {"leads", "communities", "funds", "rule", "rule_set", "follow_up", "saved_view"}:
            self._reload.start()
        if self._editing is not None and "leads" in news.kinds:
            self._editing.news()
        if "saved_view" in news.kinds:
            self.views.reload()

    def new_lead(self) -> None:
        """Open the form for a new lead."""
        self.editing.new()

    def open_lead(self, lead_id: int) -> None:
        """Show a lead, in the list where it is there."""
        self._desk.note_opened(lead_id)
        self._choose(lead_id)
        self._show_peek(shown=True)

    def _choose(self, lead_id: int) -> None:
        """Put the cursors of table and board on a lead, and look at it."""
        self.list.select_id(lead_id)
        if self.shapes.board is not None:
            self.shapes.board.select_id(lead_id)
        self._peek_at(lead_id)

    def show_these(self, ids: Sequence[int]) -> None:
        """Show these leads only; the filter bar says so."""
        self.list.take_filter(LeadFilter(ids=tuple(ids)))

    def current_ids(self) -> list[int]:
        """Return the chosen leads, else the one peeked at."""
        chosen = self.list.selected_ids()
        return chosen or ([self._peeked] if self._peeked else [])

    def standings_changed(self) -> None:
        """Show verdicts and scores that were worked out meanwhile."""
        self._reload.start()

    def is_settled(self) -> bool:
        """Return whether list, verdicts and peek have what they asked for."""
        facts = self._peek.facts_shown if self._peek is not None and self._peek.is_filled() else None
        rows = self.list.model
        first = rows.row(0) if rows.rowCount() else None
        standing = first is not None and bool(first.verdict)
        answered = self._asked == self._answered and not self._look.isActive()
        return answered and standing and facts is not None and facts.id == self._peeked

    # -- making

    @property
    def peek(self) -> Peek:
        """What stands beside the list; made at its first use."""
        if self._peek is None:
            self._peek = self._make_peek()
            self._split.put(self._peek)
        return self._peek

    @property
    def editing(self) -> LeadEditing:
        """What makes and changes leads; made at its first use."""
        if self._editing is None:
            from ui.leads.editing import LeadEditing  # noqa: PLC0415  (the list is painted first)

            self._editing = LeadEditing(self._desk, self)
            self._editing.saved.connect(self.open_lead)
        return self._editing

    def _make_peek(self) -> Peek:
        from ui.leads.peek import Peek  # noqa: PLC0415  (the list is painted first)

        peek = Peek(self._desk.tokens, self)
        peek.closed.connect(lambda: self._show_peek(shown=False))
        peek.edit_asked.connect(lambda field: self.editing.edit(self._peeked, field))
        peek.report_asked.connect(lambda: self.editing.report_first(self._peeked))
        peek.stage_asked.connect(lambda: self._change_stage(1))
        peek.brief_asked.connect(lambda: self.document_asked.emit("brief", [self._peeked]))
        peek.dossier_asked.connect(lambda: self.document_asked.emit("dossier", [self._peeked]))
        peek.sheet_asked.connect(lambda: self.document_asked.emit("threshold_sheet", [self._peeked]))
        peek.follow_up_written.connect(self._write_follow_up)
        peek.follow_up_typed.connect(lambda lead_id, texts: self.editing.keep_typed(f"follow_up:{lead_id}", texts))
        peek.undo_asked.connect(lambda number, alone: self.undo_asked.emit(number, self._peeked if alone else 0))
        peek.left.connect(self._focus_list)
        peek.put_walking(self.walking)
        return peek

    @property
    def walking(self) -> Walking:
        """The way through the list from lead to lead; made at its first use."""
        if self._walking is None:
            from ui.leads.walking import Walking  # noqa: PLC0415  (the list is painted first)

            self._walking = Walking(self.list, self._desk.tokens)
            self._walking.stepped.connect(self._choose)
            self._walking.look(self._peeked)
        return self._walking

    def _make_split(self) -> Beside:
        left = QFrame()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(20, 10, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(row(self.views, self.shapes, spacing=12))
        layout.addWidget(self.list, 1)
        layout.addLayout(self._make_foot())
        return Beside(left, self._desk.settings)

    def _make_foot(self) -> Any:  # noqa: ANN401  (a layout)
        stage = button(_("Change stage"), self._bulk_stage, role="link")
        owner = button(_("Assign"), self._bulk_owner, role="link")
        copy = button(_("Copy to Excel"), self.list.view.copy, role="link")
        self._sort = button(_("Sort"), self._choose_order, role="link")
        self._columns = button(_("Columns"), self._choose_columns, role="link")
        self._for_chosen = (stage, owner, copy)
        export = button(_("Export"), self.export, role="link")
        print_ = button(_("Print"), self.print_list, role="link", says=_("Print the list"))
        foot = column(self._totals, spacing=2)
        foot.addLayout(row(self._selected, owner, stage, copy, None, export, print_, self._sort, self._columns))
        return foot

    def _make_actions(self) -> None:
        """Give the keys of the page their work; they act wherever in the page, or beside it, the focus is."""
        for text, keys, do in (
            (_("Edit"), ("Ctrl+E",), self._edit),
            (_("Change the cell"), ("F2",), lambda: self.cells.begin_here(self._edit)),
            (_("Change stage"), ("Alt+Right",), lambda: self._step(1)),
            (_("Back a stage"), ("Alt+Left",), lambda: self._step(-1)),
            (_("Table or board"), ("Ctrl+Shift+L",), self.shapes.toggle),
            (_("Write down a follow-up"), ("Ctrl+Shift+N",), self._begin_follow_up),
            (_("Filter"), ("Ctrl+F",), self.list.bar.enter),
            (_("Filter conditions"), ("Ctrl+Shift+F",), self.list.open_conditions),
            (_("Save view"), ("Ctrl+S",), self.views.save_shown),
            (_("Export"), ("Ctrl+Shift+E",), self.export),
            (_("Print the list"), ("Ctrl+Shift+P",), self.print_list),
            (_("The lead beside the list"), ("Ctrl+Shift+B",), self._toggle_peek),
            (_("Look again"), ("F5",), self._refresh),
            (_("The lead before"), ("Alt+Up",), lambda: self.walking.step(-1)),
            (_("The next lead"), ("Alt+Down",), lambda: self.walking.step(1)),
        ):
            action = QAction(text, self)
            action.setShortcuts([QKeySequence(each) for each in keys])
            action.triggered.connect(lambda _checked=False, do=do: do())
            self.addAction(action)

    def _wire(self) -> None:
        pane, views = self.list, self.views
        pane.chosen.connect(self._peek_at)
        pane.opened.connect(self._enter_lead)
        pane.menu_asked.connect(self._menu)
        pane.counted.connect(self._show_totals)
        pane.selection_changed.connect(self._show_selected)
        for changed in (pane.filter_changed, pane.order_changed, pane.view.columns_chosen):
            changed.connect(lambda _what: views.show_state(pane.where, pane.order, pane.view.hidden_by_choice))
        views.show_state(pane.where, pane.order, pane.view.hidden_by_choice)
        pane.new_asked.connect(self.new_lead)
        pane.import_asked.connect(self.import_asked.emit)
        pane.view.peeked.connect(self._toggle_peek)
        self.cells.form_asked.connect(lambda lead_id, field: self.editing.edit(lead_id, field))  # noqa: PLW0108
        self.cells.step_asked.connect(self.shapes.move_lead)
        for each in (self.cells, self.pasting):
            each.undo_asked.connect(lambda: self.editing.undo_asked.emit())  # noqa: PLW0108  (made when it is due)
        shapes = self.shapes
        shapes.chosen.connect(self._choose)
        shapes.opened.connect(self._enter_lead)
        shapes.peeked.connect(self._toggle_peek)
        shapes.menu_asked.connect(self._menu)
        shapes.changed.connect(lambda board: self._columns.setVisible(not board))
        shapes.step_taken.connect(self._change_one)
        pane.view.copied.connect(self._copied)
        views.chosen.connect(self._show_view)
        self._show_selected(0)

    # -- the list

    def _refresh(self) -> None:
        self.list.refresh()
        self._ask_peek()

    def _show_view(self, where: LeadFilter, order: LeadOrder, hidden: Sequence[str] | None) -> None:
        if hidden is not None:
            self.list.view.choose_columns(hidden)
        self.list.set_order(order)
        self.list.set_filter(where)
        self.views.show_state(where, order, self.list.view.hidden_by_choice)

    def _show_totals(self, totals: LeadTotals) -> None:
        if not totals.count:
            self._split.right.hide()
        self.heading_changed.emit(
            ngettext("{count} lead", "{count} leads", totals.count).format(count=f"{totals.count:,}")
        )

    def _show_selected(self, count: int) -> None:
        self._selected.setText(_("{count} chosen").format(count=f"{count:,}") if count else "")
        for each in (self._selected, *self._for_chosen):
            each.setVisible(count > 0)

    def _copied(self, rows: int) -> None:
        self._desk.tell(ngettext("{count} row copied", "{count} rows copied", rows).format(count=rows))

    def export(self) -> None:
        """Ask for the chosen leads, else the whole list, as a workbook: as filtered, sorted and seen here."""
        view, chosen = self.list.view, self.list.selected_ids()
        shown = [column.key for column in self.list.model.columns if column.key not in view.hidden_by_choice]
        self.export_asked.emit(chosen if len(chosen) > 1 else list(self.list.model.ids), shown)

    def print_list(self) -> None:
        """Ask for the chosen leads, else the whole list, on paper: as filtered, sorted and seen here."""
        from ui.leads.print_list import listed  # noqa: PLC0415  (made when one is asked for)

        self.print_asked.emit(listed(self.list, self._totals.text()))

    def _choose_columns(self) -> None:
        menu = column_menu(self.list.view, self.list.model, self)
        open_menu(menu, above(self._columns, menu))

    def _choose_order(self) -> None:
        menu = order_menu(self.list, self)
        open_menu(menu, above(self._sort, menu))

    def _menu(self, at: QPoint) -> None:
        """Offer what can be done with the chosen leads, and what the cell under the cursor offers."""
        menu = QMenu(self)
        entries: list[tuple[str, Callable[[], object]]] = [
            (_("Open"), lambda: self.open_lead(self.list.current_id())),
            (_("Edit"), lambda: self.editing.edit(self.list.current_id(), "")),
            (_("Write down a follow-up"), self._begin_follow_up),
            (_("Change stage"), self._bulk_stage),
            (_("Assign"), self._bulk_owner),
            ("", _nothing),
            (_("Copy cell"), self.list.copy_cell),
            (_("Copy rows"), self.list.view.copy),
            (_("Paste"), self.pasting.paste),
            (_("Export"), self.export),
            (_("Print the list"), self.print_list),
        ]
        if (narrowed := self.list.narrowed_to_cell()) is not None:
            where, word_ = narrowed
            entries.append((_("Only “{word}”").format(word=word_), partial(self.list.take_filter, where)))
        entries.append(("", _nothing))
        for text, do in entries:
            if not text:
                menu.addSeparator()
                continue
            action: QAction = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, do=do: do())
        add_documents(menu, list(self.list.selected_ids()), self.list.current_id(), self.document_asked.emit)
        open_menu(menu, at)

    def _begin_follow_up(self) -> None:
        if self._peeked:  # what the cursor of the list is on, or what a search has opened
            self._show_peek(shown=True)
            self.peek.begin_follow_up()

    # -- the peek

    def _peek_at(self, lead_id: int) -> None:
        self._peeked = lead_id
        if self._walking is not None:
            self._walking.look(lead_id)
        if not lead_id:
            self._split.right.hide()
            return
        self._split.right.setVisible(self._split.wanted)
        if not self._look.isActive():
            self._ask_peek()
        self._look.start()

    def _rest(self) -> None:
        """Ask for the lead one has stopped at after walking past others."""
        if self._asked[1] != self._peeked:
            self._ask_peek()

    def _ask_peek(self) -> None:
        wanted = self._peeked
        if not wanted or not self._desk.opening.is_open or not self._split.right.isVisibleTo(self):
            return
        from crm.queries.matching import KeptGround  # noqa: PLC0415  (not before the first paint)
        from crm.queries.peek import load_peek  # noqa: PLC0415

        today = date.today()  # noqa: DTZ011  (the day on the officer's desk)
        kept = self._ground = self._ground or KeptGround()
        number = self._asked = (self._asked[0] + 1, wanted)

        def show(facts: PeekFacts | None) -> None:
            if number == self._asked:
                self._answered = number
                if facts is not None:
                    self.peek.show_lead(facts)

        self._desk.ask(lambda session: load_peek(session, wanted, today, kept), show)

    def _show_peek(self, *, shown: bool) -> None:
        held = QApplication.focusWidget()
        if not shown and held is not None and self._split.right.isAncestorOf(held):
            self._focus_list()
        self._split.want(shown=shown)
        if shown:
            self._ask_peek()

    def _focus_list(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Let the keys go to the leads: the table, or the cards of the board."""
        if self.shapes.board is not None:
            self.shapes.board.enter()
        else:
            self.list.view.setFocus(reason)

    def _toggle_peek(self) -> None:
        self._show_peek(shown=not self._split.right.isVisible())

    def _enter_lead(self, lead_id: int) -> None:
        """Show a lead and let the keys go to it."""
        self.open_lead(lead_id)
        self.peek.tabs.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the list."""
        self._focus_list(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the peek less room in a narrow window."""
        super().resizeEvent(event)
        self._split.fit(event.size().width())

    # -- changes

    def _edit(self) -> None:
        self.editing.edit(self._peeked, "")

    def _step(self, way: int) -> None:
        """Move the lead to the stage before or behind its own: on the board at once, beside the table by the dialog."""
        if self.shapes.board is not None:
            self.shapes.board.step(way)
        else:
            self._change_stage(way)

    def _change_stage(self, way: int = 1) -> None:
        from ui.leads.stage_dialog import StageDialog  # noqa: PLC0415  (made when one is asked for)

        facts = self.peek.facts_shown
        if facts is None:
            return
        place = PLACES[str(facts.values.get("stage") or STAGES[0].code)] + way
        to = STAGES[max(0, min(place, len(STAGES) - 1))].code
        dialog = StageDialog(facts.values, self._desk.tokens, self, to=to)
        dialog.chosen.connect(lambda changes, reason: self.editing.change_one(facts.id, changes, reason, facts.version))
        open_dialog(dialog)

    def _change_one(self, lead_id: int, changes: object, reason: str, version: int) -> None:
        self.editing.change_one(lead_id, changes, reason, version)  # type: ignore[arg-type]  # an object of a signal

    def _bulk_stage(self) -> None:
        self._bulk("stage")

    def _bulk_owner(self) -> None:
        self._bulk("owner")

    def _bulk(self, field: str) -> None:
        from ui.leads.bulk_dialog import BulkDialog  # noqa: PLC0415  (made when one is asked for)

        ids = self.list.selected_ids()
        if not ids:
            return
        if field == "stage" and len(ids) > MOST_STEPS:
            self._desk.tell(_("At most {number} leads change their stage at once.").format(number=f"{MOST_STEPS:,}"))
            return
        dialog = BulkDialog(self._desk, ids, field, self)
        dialog.asked.connect(lambda changes, reason: self.editing.change_many(ids, changes, reason))
        open_dialog(dialog)

    def _write_follow_up(self, lead_id: int, entry: dict[str, Any]) -> None:
        from crm.services.drafts import drop_draft  # noqa: PLC0415
        from crm.services.follow_ups import add_follow_up  # noqa: PLC0415

        user, card = self._desk.workspace.user, self.peek.follow_up

        def taken(_made: object) -> None:
            card.taken(lead_id)
            self._desk.tell(_("Written down."))

        def write(session: Session) -> object:
            drop_draft(session, f"follow_up:{lead_id}")
            return add_follow_up(session, lead_id, by=user, **entry)

        self._desk.change(
            write,
            _("Follow-up"),
            taken,
            lambda error: card.refuse(words(error)),
        )


def _nothing() -> None:
    """Stand for a line between two parts of a menu."""
