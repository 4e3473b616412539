"""Today: what an officer opens in the morning. Every line opens its lead; an empty part says what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm.i18n import _, pgettext
from crm.queries.lead_list import UNKNOWN, LeadFilter
from ui.icons import Glyph
from ui.today import words
from ui.today.part import Part
from ui.widgets.labels import button, label, restyle, row
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.database import Committed, Session
    from ui.desk import Desk

KINDS = frozenset({"leads", "first-reports", "duplicate-decisions", "follow_up", "task", "entry", "rule", "rule_set"})
RELOAD_AFTER_MS = 150
MINE_KEY = "today/mine"
MOST_ASKED = 200
"""Leads that are asked for with clocks or rests: more are said as 200+."""

MOST_SHOWN = 2000
"""Leads that a part shows in the list."""


class TodayPage(QWidget):
    """Parts in two columns, of everybody or of the officer alone."""

    lead_asked = Signal(int)
    leads_asked = Signal(object)  # ids
    filter_asked = Signal(object)  # LeadFilter
    pairs_asked = Signal()  # the inbox of pairs that may be one
    import_asked = Signal()
    new_asked = Signal()
    note_changed = Signal(str)

    def __init__(self, desk: Desk, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._today = desk, today
        self._number, self._stale = 0, True
        self._mine = desk.settings.value(MINE_KEY) == "1"
        self.day = label("", "record")
        self.kind = label("", "meta")
        self.all = button(_("Everybody's"), lambda: self._show_mine(mine=False), role="chip")
        self.mine = button(_("Mine"), lambda: self._show_mine(mine=True), role="chip")
        self._make_parts()
        self.parts = (
            self.due,
            self.clocks,
            self.guards,
            self.staying,
            self.quiet,
            self.incomplete,
            self.review,
            self.recent,
        )
        self._scroll = self._make_body()
        self.states = States(self._scroll, desk.tokens)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 0)
        layout.setSpacing(10)
        layout.addLayout(row(self.day, self.kind, None, self.all, self.mine, spacing=6))
        layout.addWidget(self.states, 1)
        self._reload = QTimer(self)
        self._reload.setSingleShot(True)
        self._reload.setInterval(RELOAD_AFTER_MS)
        self._reload.timeout.connect(self.reload)
        action = QAction(_("Look again"), self)
        action.setShortcut(QKeySequence("F5"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: self.reload())
        self.addAction(action)
        self._mark()

    # -- what the frame calls

    def news(self, news: Committed) -> None:
        """Look again after a change of the database: soon where the page is seen, else when it is come back to."""
        if news.kinds & KINDS:
            self.standings_changed()

    def standings_changed(self) -> None:
        """Look again: verdicts were worked out meanwhile."""
        self._stale = True
        if self.isVisible():
            self._reload.start()

    def is_settled(self) -> bool:
        """Return whether every part has been answered."""
        return all(part.is_here for part in self.parts) and not self._reload.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again when the page is come back to after a change, or on another day."""
        super().showEvent(event)
        if self._stale or self.day.text() != _long_day(self._today()):
            self.reload()
        else:
            self._ask_recent(self._number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the first part with lines."""
        event.accept()
        first = next((part.list for part in self.parts if part.list.lines.lines), None)
        (first or self.all).setFocus(event.reason())

    # -- asking

    def reload(self) -> None:
        """Ask for every part anew."""
        from crm.domain.deadlines.explain import day_note  # noqa: PLC0415  (not before the first paint)
        from crm.queries import today  # noqa: PLC0415

        self._number, self._stale = self._number + 1, False
        number, on = self._number, self._today()
        owner = self._desk.workspace.user if self._mine else None
        self.day.setText(_long_day(on))
        self.kind.setText(day_note(on))
        self._ask(number, self.due, lambda session: today.due_on(session, on, owner), partial(self._show_due, on))
        self._ask(
            number,
            self.clocks,
            lambda session: today.clocks_on(session, on, owner, MOST_ASKED),
            partial(self._show_clocks, on),
        )
        self._ask(number, self.guards, lambda session: _lapsing(session, on, owner), self._show_guards)
        self._ask(number, self.staying, lambda session: today.staying_on(session, on, owner), self._show_staying)
        self._ask(number, self.quiet, lambda session: today.quiet_on(session, on, owner, MOST_ASKED), self._show_quiet)
        self._ask(
            number, self.incomplete, lambda session: today.incomplete_leads(session, owner), self._show_incomplete
        )
        self._ask(number, self.review, partial(_to_review, on=on), self._show_review)
        self._ask_recent(number)
        self._desk.ask(_count, self._show_welcome)

    def _ask(self, number: int, part: Part, question: Callable[[Session], Any], show: Callable[[Any], None]) -> None:
        def shown(answer: Any) -> None:  # noqa: ANN401  (whatever the part asks for)
            if number == self._number:
                show(answer)
                self._tell_note()

        def failed(error: BaseException) -> None:
            if number == self._number:
                part.fail(error, self.reload)

        self._desk.ask(question, shown, failed)

    def _ask_recent(self, number: int) -> None:
        from crm.queries.today import opened_leads  # noqa: PLC0415

        ids = self._desk.opened_lately()
        self._ask(number, self.recent, lambda session: opened_leads(session, ids), self._show_recent)

    # -- showing

    def _show_due(self, on: date, due: Any) -> None:  # noqa: ANN401  (Due)
        lines = list(words.due_lines(due, on, self._open))
        self.due.show_lines(lines, due.late + len(due.today) + len(due.week), most=words.COUNTED_TO)

    def _show_clocks(self, on: date, leads: Sequence[Any]) -> None:
        lines = list(words.clock_lines(leads, on, self._open))
        self.clocks.show_lines(lines, len(leads), most=MOST_ASKED, more=self._all_of(leads))

    def _show_guards(self, found: Sequence[Any]) -> None:
        lines = list(words.guard_lines(found, self._open))
        self.guards.show_lines(lines, len(found), most=MOST_ASKED, more=self._all_of(found))

    def _show_staying(self, found: Sequence[Any]) -> None:
        lines = list(words.staying_lines(found, self._open, self._open_stage))
        self.staying.show_lines(lines, sum(group.count for group in found))

    def _show_quiet(self, leads: Sequence[Any]) -> None:
        lines = list(words.quiet_lines(leads, self._open))
        self.quiet.show_lines(lines, len(leads), most=MOST_ASKED, more=self._all_of(leads))

    def _show_incomplete(self, answer: tuple[int, Sequence[Any]]) -> None:
        count, leads = answer
        owners = frozenset({self._desk.workspace.user}) if self._mine else frozenset()
        where = LeadFilter(verdicts=frozenset({"incomplete"}), statuses=frozenset({"active", UNKNOWN}), owners=owners)
        more = partial(self.filter_asked.emit, where) if count > len(leads) else None
        self.incomplete.show_lines(list(words.incomplete_lines(leads, self._open)), count, more=more)

    def _show_review(self, answer: tuple[Sequence[Any], Sequence[Any], Sequence[Any] | None]) -> None:
        doubts, held, pairs = answer
        lines = [
            *words.held_lines(held, self.import_asked.emit),
            *words.doubt_lines(doubts, self._open),
            *words.pair_lines(pairs or (), self.leads_asked.emit),
        ]
        self.review.note.setText(_("duplicates are not looked for among so many leads") if pairs is None else "")
        more = self.pairs_asked.emit if pairs or pairs is None else None
        self.review.show_lines(lines, len(doubts) + len(held) + len(pairs or ()), more=more)

    def _show_recent(self, leads: Sequence[Any]) -> None:
        self.recent.show_lines(list(words.opened_lines(leads, self._open)), 0)

    def _show_welcome(self, count: int) -> None:
        if count:
            self.states.show_content()
            return
        more = _("Begin with the ledger you have; from then on this page says each morning what is due.")
        acts = ((_("Import a ledger"), self.import_asked.emit), (_("New lead"), self.new_asked.emit))
        self.states.say(Glyph.TODAY, _("There is no lead yet."), more, *acts)

    def _tell_note(self) -> None:
        waiting = sum(part.count for part in self.parts if part is not self.recent)
        self.note_changed.emit(_("{count} waiting").format(count=f"{waiting:,}") if waiting else "")

    # -- acting

    def _open(self, lead_id: int) -> None:
        if lead_id:
            self.lead_asked.emit(lead_id)
        else:
            self._desk.tell(_("This task belongs to no lead."))

    def _all_of(self, leads: Sequence[Any]) -> Callable[[], object] | None:
        ids = [lead.lead_id for lead in leads]
        return partial(self.leads_asked.emit, ids) if len(ids) > words.MOST_LINES else None

    def _open_stage(self, stage: str, limit: int) -> None:
        from crm.queries.staying import staying_leads  # noqa: PLC0415

        on, owner = self._today(), self._desk.workspace.user if self._mine else None
        self._desk.ask(
            lambda session: staying_leads(session, stage, limit, on, owner=owner, most=MOST_SHOWN),
            self.leads_asked.emit,
        )

    def _show_mine(self, *, mine: bool) -> None:
        self._mine = mine
        self._desk.settings.setValue(MINE_KEY, "1" if mine else "0")
        self._mark()
        self.reload()

    def _mark(self) -> None:
        for one, on in ((self.all, not self._mine), (self.mine, self._mine)):
            one.setCheckable(True)
            one.setChecked(on)
            restyle(one, "on", "true" if on else "false")

    # -- making

    def _make_parts(self) -> None:
        tokens = self._desk.tokens
        self.due = Part(
            pgettext("part", "Due"),
            Glyph.CHECK,
            tokens,
            _("Nothing is due this week. A next step with its date, written beside a lead, comes up here."),
            tone="bad",
        )
        self.clocks = Part(
            _("Response clocks"),
            Glyph.CALL,
            tokens,
            _("No clock is due. One runs for every lead whose first report has its day."),
            tone="bad",
        )
        self.guards = Part(
            _("Protection of first reports"),
            Glyph.LOCK,
            tokens,
            _("No first report is about to lose its protection."),
        )
        self.staying = Part(
            _("Long in their stage"), Glyph.HISTORY, tokens, _("No lead stays in its stage longer than the limit.")
        )
        self.quiet = Part(
            _("Nobody has spoken of"),
            Glyph.NOTE,
            tokens,
            _("Nobody waits too long. The days count from the last follow-up, else from the first report."),
        )
        self.incomplete = Part(_("To be completed"), Glyph.EDIT, tokens, _("Every lead has what its verdict needs."))
        self.review = Part(
            _("To be reviewed"),
            Glyph.QUESTION,
            tokens,
            _("No import has left a doubt, and no two leads look like one."),
        )
        self.recent = Part(
            _("Opened lately"),
            Glyph.FOLDER,
            tokens,
            _("The leads you open are kept here: find one with Ctrl+K."),
            tone="grey",
        )

    def _make_body(self) -> QScrollArea:
        tokens = self._desk.tokens
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 4, 14)
        columns.setSpacing(tokens.px(12))
        for parts in (
            (self.due, self.clocks, self.guards, self.staying),
            (self.incomplete, self.review, self.quiet, self.recent),
        ):
            layout = QVBoxLayout()
            layout.setSpacing(tokens.px(12))
            for part in parts:
                layout.addWidget(part)
            layout.addStretch(1)
            columns.addLayout(layout, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(pgettext("page", "Today"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # every list in it has the focus in its turn
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll


def _to_review(session: Session, on: date) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any] | None]:
    """Return doubts, held rows and pairs of leads that may be the same; None for pairs among too many leads."""
    from crm.queries.duplicates import duplicate_leads  # noqa: PLC0415
    from crm.queries.today import doubts_of_imports, held_rows, may_be_compared  # noqa: PLC0415

    pairs = duplicate_leads(session) if may_be_compared(session) else None
    return doubts_of_imports(session, on), held_rows(session, on), pairs


def _lapsing(session: Session, on: date, owner: str | None) -> Sequence[Any]:
    """Return the leads whose first report is about to lose its protection, or lost it lately."""
    from crm.queries.first_reports import lapsing  # noqa: PLC0415

    return lapsing(session, on, owner=owner, most=MOST_ASKED)


def _count(session: Session) -> int:
    from crm.queries.leads import count_leads  # noqa: PLC0415

    return count_leads(session)


def _long_day(day: date) -> str:
    from crm.domain.deadlines.explain import weekday_name  # noqa: PLC0415

    return _("{date}, {weekday}").format(
        date=_("{day.year}-{day.month}-{day.day}").format(day=day), weekday=weekday_name(day)
    )
