"""Reminders of what is planned for today: half an hour before, by the tray where there is one, else over the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from crm.i18n import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSystemTrayIcon

    from crm.queries.agenda import AgendaRow
    from ui.desk import Desk

LOOK_EVERY_MS = 60_000
AHEAD = timedelta(minutes=30)


class Reminders(QObject):
    """Tells of the officer's own entries that begin soon, each once; quiet about all else."""

    def __init__(self, desk: Desk, show: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._show = desk, show
        self._told: set[int] = set()
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(lambda: self.look(datetime.now().astimezone()))

    def start(self) -> None:
        """Look every minute."""
        self._timer.start()

    def look(self, now: datetime) -> None:
        """Tell of what begins in the next half hour and has not been told of."""
        today = now.date()

        def work(session: Any) -> Sequence[AgendaRow]:  # noqa: ANN401  (a session)
            from crm.queries.agenda import agenda  # noqa: PLC0415  (the database is open then)

            return agenda(session, today, today, owner=self._desk.workspace.user)

        self._desk.ask(work, lambda rows: self._tell(soon(rows, now)))

    def _tell(self, rows: Sequence[AgendaRow]) -> None:
        for row in rows:
            if row.task_id is None or row.task_id in self._told:
                continue
            self._told.add(row.task_id)
            text = " · ".join(part for part in (row.at, row.name, row.text, row.place) if part)
            tray = self._in_tray()
            if tray is not None:
                tray.showMessage(_("Soon"), text)
            else:
                self._desk.tell(_("Soon: {entry}").format(entry=text), _("Agenda"), self._show)

    def _in_tray(self) -> QSystemTrayIcon | None:
        """Return the icon in the tray; None where the screen has no tray or shows no messages."""
        from PySide6.QtGui import QIcon  # noqa: PLC0415  (at the first reminder)
        from PySide6.QtWidgets import QSystemTrayIcon  # noqa: PLC0415

        from ui.icons import Glyph, picture  # noqa: PLC0415

        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return None
        if self._tray is None:
            self._tray = QSystemTrayIcon(QIcon(picture(Glyph.CALENDAR, self._desk.tokens.primary.strong, 32)), self)
            self._tray.messageClicked.connect(self._show)
            self._tray.show()
        return self._tray


def soon(rows: Sequence[AgendaRow], now: datetime) -> list[AgendaRow]:
    """Return the entries that are not done and begin within half an hour of a moment of the same day."""
    return [
        row
        for row in rows
        if row.task_id is not None
        and not row.done
        and row.at
        and timedelta() <= datetime.combine(now.date(), time.fromisoformat(row.at), now.tzinfo) - now <= AHEAD
    ]
