"""Backups while one works: at the start, every half hour when something has changed, and when asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crm.i18n import _

if TYPE_CHECKING:
    from crm.workspace import Workspace
    from ui.desk import Desk

EVERY_MS = 30 * 60 * 1000
OLD, OLD_AT_START = timedelta(minutes=25), timedelta(hours=4)
"""How old the last proved backup may be while one works, and at the start (reliability.md §4.4)."""


class Backups(QObject):
    """Of the database on a desk; it works off the window's thread."""

    made = Signal(object)  # the last proved backup's moment as text, "" where there is none

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(lambda: self._when_due(OLD))

    def start(self) -> None:
        """Back up now if the last backup is old, and look again every half hour."""
        self._when_due(OLD_AT_START)
        self._timer.start()

    def stop(self) -> None:
        """Make no further backup."""
        self._timer.stop()

    def make(self, told: Callable[[Path], object]) -> None:
        """Make a verified backup now; ``told`` gets the file."""
        from crm.jobs.backups import back_up  # noqa: PLC0415

        workspace = self._desk.workspace
        database, folder = workspace.database, workspace.settings.backup_folder

        def made(file: Path) -> None:
            told(file)
            self._tell(datetime.now().astimezone())

        self._desk.runner.change(lambda: back_up(database, folder), made, self._desk.fail)

    def _when_due(self, after: timedelta) -> None:
        from crm.jobs.backups import back_up_when_due, last_backup  # noqa: PLC0415

        workspace: Workspace = self._desk.workspace
        database, folder = workspace.database, workspace.settings.backup_folder

        def work() -> datetime | None:
            back_up_when_due(database, after, folder)
            return last_backup(database, folder)

        self._desk.runner.query(work, self._tell, self._desk.fail)

    def _tell(self, at: datetime | None) -> None:
        self.made.emit("" if at is None else _("backup {when}").format(when=f"{at.astimezone():%m-%d %H:%M}"))
