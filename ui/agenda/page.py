"""The page of the week: seven days beside what is overdue and the response clocks; done and put off by key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm.domain.deadlines.clocks import ClockState
from crm.domain.deadlines.explain import clock_text, day_note, unarranged_text, weekday_name
from crm.domain.deadlines.working_days import is_working, unarranged_years
from crm.i18n import _
from crm.queries.agenda import HELD, AgendaRow, Overdue
from ui.agenda.acts import Acts
from ui.agenda.day_list import DayList
from ui.agenda.files import save_calendar, save_draft, take_calendar_file
from ui.icons import Glyph
from ui.widgets.elided import ElidedLabel
from ui.widgets.labels import boxed, button, column, icon_button, label, restyle, row
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.queries.deadlines import LeadClocks
    from ui.desk import Desk

DAYS = 7
KINDS = frozenset({"leads", "follow_up", "task", "entry"})
BESIDE_WIDTH = 250
LEAD = 0x0100


class _Week(NamedTuple):
    """What is shown of a week."""

    rows: Sequence[AgendaRow]
    late: Overdue
    clocks: Sequence[LeadClocks]


class AgendaPage(QWidget):
    """The week."""

    lead_asked = Signal(int)
    note_changed = Signal(str)
    undo_asked = Signal()

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._today = desk, today
        self._monday = today - timedelta(days=today.weekday())
        self._number, self._answered, self._stale = 0, 0, True
        self._row: AgendaRow | None = None
        self.acts = Acts(desk, today, self)
        self.acts.undo_asked.connect(self.undo_asked.emit)
        self.title, self.open_years = label("", "record"), label("", tone="warn", wrap=True)
        self.mine = QCheckBox(_("Only mine"))
        self.mine.toggled.connect(lambda _on: self.reload())
        self.heads = [label("", "strong", wrap=True) for _day in range(DAYS)]
        self.days = [DayList("", desk.tokens) for _day in range(DAYS)]
        self.overdue = DayList(_("Overdue"), desk.tokens)
        self.overdue_head, self.clocks_head = label("", "strong"), label(_("Response clocks"), "strong")
        self.clocks = QListWidget()
        self.clocks.setObjectName("entries")
        self.clocks.setWordWrap(True)
        self.clocks.setAccessibleName(_("Response clocks"))
        self.clocks.itemActivated.connect(lambda item: self.lead_asked.emit(item.data(LEAD)))
        self.chosen = ElidedLabel("", "second")
        self.open_years.hide()
        self._make_acts()
        self._lay_out()
        self._wire()
        self._show_acts(None)

    # -- what the frame calls

    def news(self, news: Committed) -> None:
        """Look again after a change of the database: at once where the page is seen."""
        if news.kinds & KINDS:
            self._stale = True
            if self.isVisible():
                self.reload()

    def is_settled(self) -> bool:
        """Return whether the page shows what it asked for last."""
        return not self._stale and self._answered == self._number

    def reload(self) -> None:
        """Ask for the week again."""
        self._number, self._stale = self._number + 1, False
        number, monday, today, mine = self._number, self._monday, self._today, self.mine.isChecked()
        last = monday + timedelta(days=DAYS - 1)
        self._show_heads()

        def work(session: Any) -> _Week:  # noqa: ANN401  (a session)
            from crm.queries.agenda import agenda, overdue  # noqa: PLC0415  (the database is open then)
            from crm.queries.deadlines import clocks_due  # noqa: PLC0415

            owner = self._desk.workspace.user if mine else None
            rows = agenda(session, monday, last, owner=owner)
            return _Week(rows, overdue(session, today, owner=owner), clocks_due(session, today, owner=owner))

        def show(found: _Week) -> None:
            if number == self._number:
                self._answered = number
                self._show(found)

        def failed(error: BaseException) -> None:
            if number == self._number:
                self._answered = number
                self.states.fail(error, self.reload, _("The week could not be read."))

        self.states.wait_beside()
        self._desk.ask(work, show, failed)

    def showEvent(self, event: Any) -> None:  # noqa: ANN401  (Qt's)
        """Look again when the page is come back to after a change."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to today; a proxy would keep Tab from all else on the page."""
        self.days[self._today.weekday()].setFocus(event.reason())

    def show_week(self, day: date) -> None:
        """Show the week of a day."""
        self._monday = day - timedelta(days=day.weekday())
        self.reload()

    # -- showing

    def _show(self, found: _Week) -> None:
        self.states.show_content()
        for day, entries in zip(self._week(), self.days, strict=True):
            entries.show_rows([row for row in found.rows if row.day == day], self._today)
        self.overdue_head.setText(_("Overdue: {count}").format(count=found.late.count))
        self.overdue.show_rows(found.late.rows, self._today, dated=True)
        self._show_clocks(found.clocks)
        planned = sum(row.source != HELD and not row.done for row in found.rows)
        self.note_changed.emit(_("{count} planned").format(count=planned))
        self._show_acts(None)

    def _week(self) -> list[date]:
        return [self._monday + timedelta(days=number) for number in range(DAYS)]

    def _show_heads(self) -> None:
        """Show which week it is, before what is in it has been read."""
        days = self._week()
        self.title.setText(_("{first} to {last}").format(first=days[0].isoformat(), last=days[-1].isoformat()))
        years = unarranged_text(unarranged_years(days))
        self.open_years.setText(years)
        self.open_years.setVisible(bool(years))
        for day, head, entries in zip(days, self.heads, self.days, strict=True):
            note = day_note(day)
            text = f"{weekday_name(day)} {day.strftime('%m-%d')}"
            head.setText(
                "\n".join([text, note if day != self._today else " · ".join(filter(None, (_("today"), note)))])
            )
            restyle(head, "tone", "primary" if day == self._today else "" if is_working(day) else "warn")
            entries.setAccessibleName(f"{text} {note}".strip())

    def _show_clocks(self, leads: Sequence[LeadClocks]) -> None:
        self.clocks.clear()
        for lead in leads:
            waiting = [one for one in lead.clocks if one.state in (ClockState.DUE, ClockState.OVERDUE)]
            told = [clock_text(one, self._today) for one in waiting]
            item = QListWidgetItem("\n".join([lead.name or lead.code, *told]))
            item.setData(LEAD, lead.lead_id)
            self.clocks.addItem(item)
        self.clocks_head.setText(_("Response clocks: {count}").format(count=len(leads)))

    def _choose(self, entry: AgendaRow | None) -> None:
        if entry is not None or self.sender() is None:
            self._show_acts(entry)

    def _show_acts(self, entry: AgendaRow | None) -> None:
        """Show what can be done with the entry that is chosen."""
        self._row = entry
        self.chosen.setText(
            "" if entry is None else " · ".join(part for part in (entry.name, entry.text, entry.by) if part)
        )
        planned = entry is not None and entry.source != HELD and not entry.done
        is_task = entry is not None and entry.task_id is not None
        decided = entry is not None and entry.source == HELD and entry.kind in ("meeting", "visit")
        able = {
            "done": planned,
            "put_off": planned,
            "edit": is_task,
            "open": entry is not None and entry.lead_id is not None,
            "decide": decided,
            "ics": is_task,
            "eml": is_task,
            "delete": is_task,
        }
        for name, on in able.items():
            self.buttons[name].setEnabled(on)

    # -- acting

    def _act(self, name: str) -> None:
        entry = self._row
        if name == "new":
            self.acts.new(self._day_in_focus())
        elif entry is None:
            return
        elif name == "open" and entry.lead_id is not None:
            self.lead_asked.emit(entry.lead_id)
        elif name == "decide":
            self.acts.new(self._today, entry)
        elif name == "ics" and entry.task_id is not None:
            save_calendar(self._desk, [entry.task_id], self)
        elif name == "eml" and entry.task_id is not None:
            save_draft(self._desk, entry.task_id, self)
        elif name in ("done", "put_off", "edit", "delete"):
            getattr(self.acts, name)(entry)

    def _day_in_focus(self) -> date:
        for number, entries in enumerate(self.days):
            if entries.hasFocus():
                return self._monday + timedelta(days=number)
        return self._today

    def _go_beside(self, place: int, way: int) -> None:
        """Go to the day beside, at the ends of the week to the week beside."""
        target = place + way
        if 0 <= target < DAYS:
            self.days[target].setFocus()
        else:
            self._step(way)
            self.days[target % DAYS].setFocus()

    def _step(self, way: int) -> None:
        self.show_week(self._monday + timedelta(days=DAYS * way))

    def _take(self) -> None:
        take_calendar_file(self._desk, self, lambda told: self._desk.tell(told.split("\n")[0]))

    def _save_week(self) -> None:
        rows = [entries.item(place).data(0x0100) for entries in self.days for place in range(entries.count())]
        ids = [each.task_id for each in rows if each.task_id is not None]
        if ids:
            save_calendar(self._desk, ids, self)
        else:
            self._desk.tell(_("Nothing is planned in this week."))

    # -- making

    def _make_acts(self) -> None:
        names = {
            "done": _("Done (D)"),
            "put_off": _("Put off (P)"),
            "edit": _("Edit (F2)"),
            "open": _("Lead (Enter)"),
            "decide": _("Task of a decision"),
            "ics": _("Calendar file"),
            "eml": _("Mail draft"),
            "delete": _("Delete"),
        }
        roles = {"done": "soft", "delete": "danger"}
        self.buttons = {
            name: button(words, partial(self._act, name), role=roles.get(name, "")) for name, words in names.items()
        }

    def _lay_out(self) -> None:
        tokens = self._desk.tokens
        head = row(
            icon_button(Glyph.BACK, tokens, _("The week before"), partial(self._step, -1)),
            icon_button(Glyph.NEXT, tokens, _("The week after"), partial(self._step, 1)),
            button(_("This week"), lambda: self.show_week(self._today)),
            self.title,
            self.mine,
            None,
            button(_("Take .ics"), self._take),
            button(_("Week as .ics"), self._save_week),
            button(_("Plan (N)"), lambda: self._act("new"), role="soft", glyph=Glyph.ADD, tokens=tokens),
        )
        beside = column(self.overdue_head, self.overdue, self.clocks_head, self.clocks, spacing=6)
        holder = QWidget()
        holder.setFixedWidth(tokens.px(BESIDE_WIDTH))
        holder.setLayout(beside)
        week = QHBoxLayout()
        week.setSpacing(8)
        for name, entries in zip(self.heads, self.days, strict=True):
            name.setMinimumHeight(tokens.px(40))
            week.addLayout(column(name, entries, spacing=4), 1)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(holder)
        middle.addLayout(week, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 10)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.open_years)
        self.states = States(boxed(middle), tokens)
        layout.addWidget(self.states, 1)
        layout.addWidget(self.chosen)
        layout.addLayout(row(*self.buttons.values(), None))

    def _wire(self) -> None:
        for place, entries in enumerate(self.days):
            entries.beside_asked.connect(partial(self._go_beside, place))
        for entries in (*self.days, self.overdue):
            entries.chosen.connect(self._choose)
            entries.act_asked.connect(self._act)
