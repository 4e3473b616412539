"""What is done with an entry of the agenda; every change is one undo away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm.domain.deadlines.working_days import add_working_days
from crm.domain.tasks import HELD as KINDS_HELD
from crm.errors import UserError
from crm.i18n import _
from crm.queries.agenda import HELD, NEXT_STEP, AgendaRow
from ui.agenda.minutes_dialog import MinutesDialog
from ui.agenda.task_dialog import TaskDialog
from ui.widgets.dialogs import open_dialog
from ui.widgets.lead_line import MOST, Named

if TYPE_CHECKING:
    from ui.desk import Desk


class Acts(QObject):
    """Changes the agenda through the services, in the user's name."""

    undo_asked = Signal()

    def __init__(self, desk: Desk, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._today, self._window = desk, today, parent

    def done(self, row: AgendaRow) -> None:
        """Note that an entry was done; of a visit, meeting or call with a lead the minutes are asked for."""
        if row.source == HELD or row.done:
            return
        if row.source == "task" and row.kind in KINDS_HELD and row.lead_id is not None:
            dialog = MinutesDialog(row, self._desk.tokens, self._window)
            dialog.kept.connect(partial(self._finish, row))
            open_dialog(dialog)
        else:
            self._finish(row, "")

    def _finish(self, row: AgendaRow, note: str) -> None:
        from crm.services.tasks import finish_next_step, finish_task  # noqa: PLC0415  (at the first change)

        user, today = self._desk.workspace.user, self._today

        def work(session: Any) -> None:  # noqa: ANN401  (a session)
            if row.source == NEXT_STEP:
                finish_next_step(session, row.lead_id or 0, today, by=user, note=note)
            else:
                finish_task(session, row.task_id or 0, today, by=user, note=note)

        self._change(work, _("Done: {step}").format(step=row.text.split("\n")[0]))

    def put_off(self, row: AgendaRow) -> None:
        """Put an entry off to the next working day after its own, or after today."""
        if row.source == HELD or row.done:
            return
        day = add_working_days(max(row.day, self._today), 1)
        self._change(partial(_move, row, day), _("Put off to {day}").format(day=day.isoformat()))

    def delete(self, row: AgendaRow) -> None:
        """Delete what was planned."""
        if row.task_id is not None:
            from crm.services.tasks import delete_task  # noqa: PLC0415

            number = row.task_id
            self._change(lambda session: delete_task(session, number), _("Deleted: {step}").format(step=row.text))

    def new(self, day: date, decided: AgendaRow | None = None) -> TaskDialog:
        """Open the form for something to be planned; ``decided`` is the meeting or visit it was decided at."""
        follow_up_id = None if decided is None else decided.follow_up_id
        lead, name = ("", "") if decided is None else (decided.code, decided.name)
        dialog = TaskDialog(day, self._desk.tokens, self._find, self._window, lead=lead, name=name)
        if follow_up_id is not None:
            dialog.kind.setCurrentIndex(dialog.kind.count() - 1)
        dialog.kept.connect(lambda given: self._keep(dialog, given, None, follow_up_id))
        open_dialog(dialog)
        return dialog

    def edit(self, row: AgendaRow) -> None:
        """Open the form of something planned."""
        if row.task_id is not None:
            dialog = TaskDialog(row.day, self._desk.tokens, self._find, self._window, known=row)
            dialog.kept.connect(lambda given: self._keep(dialog, given, row.task_id, None))
            open_dialog(dialog)

    def _find(self, text: str, done: Callable[[Sequence[Named]], None]) -> None:
        """Look for leads that are called so."""
        from crm.queries.leads import load_lead_rows  # noqa: PLC0415
        from crm.queries.search import first_found  # noqa: PLC0415

        def ask(session: Any) -> list[Named]:  # noqa: ANN401  (a session)
            rows = load_lead_rows(session, first_found(session, text, MOST))
            return [Named(row.code, row.name or "", row.investor or "") for row in rows if row is not None]

        def failed(error: BaseException) -> None:
            done(())
            self._desk.fail(error)

        self._desk.ask(ask, done, failed)

    def _keep(
        self, dialog: TaskDialog, given: Mapping[str, Any], task_id: int | None, follow_up_id: int | None
    ) -> None:
        user = self._desk.workspace.user

        def work(session: Any) -> None:  # noqa: ANN401  (a session)
            from crm.queries.records import find  # noqa: PLC0415  (at the first change)
            from crm.services.tasks import add_task, change_task  # noqa: PLC0415

            told = dict(given)
            lead, kind = told.pop("lead"), told.pop("kind")
            if task_id is not None:
                change_task(session, task_id, told)
                return
            lead_id = find(session, "leads", lead) if lead else None
            add_task(session, kind=kind, by=user, lead_id=lead_id, follow_up_id=follow_up_id, **told)

        def failed(error: BaseException) -> None:
            if isinstance(error, UserError):
                dialog.refuse(error.message)
            else:
                dialog.reject()
                self._desk.fail(error)

        why = _("Planned: {step}").format(step=given["title"])
        self._change(work, why, dialog.accept, failed)

    def _change(
        self,
        work: Callable[[Any], None],
        why: str,
        then: Callable[[], object] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        def told(_none: None) -> None:
            if then is not None:
                then()
            self._desk.tell(why, _("Undo"), self.undo_asked.emit)

        self._desk.change(work, why, told, failed)


def _move(row: AgendaRow, day: date, session: Any) -> None:  # noqa: ANN401  (a session)
    from crm.services.tasks import change_task, move_next_step  # noqa: PLC0415  (at the first change)

    if row.source == NEXT_STEP:
        move_next_step(session, row.lead_id or 0, day)
    else:
        change_task(session, row.task_id or 0, {"day": day})
