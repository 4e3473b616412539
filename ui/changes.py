"""The news of the database as Qt signals: which kinds of record a transaction touched, here or elsewhere."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from crm.database import Database


class Changes(QObject):
    """Emits its signals on the thread it was made on, whichever thread, program or machine wrote."""

    changed = Signal(object)  # Committed, by this window
    changed_elsewhere = Signal(object)  # Committed, by another program or client

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard: Database | None = None
        self._stop, self._thread = Event(), Thread()

    def listen(self, database: Database) -> None:
        """Tell the news of a database from now on; of the one that is heard already, not twice."""
        if self._heard is database:
            return
        self.stop()
        self._heard = database
        database.on_commit(lambda news: self.changed.emit(news) if self._heard is database else None)
        self._stop = Event()
        self._thread = Thread(target=self._hear, args=(database, self._stop))
        self._thread.start()

    def stop(self) -> None:
        """Hear nothing any more; before the database is closed."""
        self._heard = None
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _hear(self, database: Database, stop: Event) -> None:
        from crm.jobs.news import OthersNews  # noqa: PLC0415  (not on the window's thread)

        for news in OthersNews(database, stop).come():
            self.changed_elsewhere.emit(news)
