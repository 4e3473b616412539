"""The news of the database as a Qt signal: which kinds of record a transaction touched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal


class _Announcing(Protocol):
    def on_commit(self, listener: Callable[[Any], None]) -> Any: ...  # noqa: ANN401


class Changes(QObject):
    """Emits ``changed`` on the thread it was made on, whichever thread wrote."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard: _Announcing | None = None

    def listen(self, database: _Announcing) -> None:
        """Tell the news of a database from now on; of the one that is heard already, not twice."""
        if self._heard is not database:
            self._heard = database
            database.on_commit(lambda news: self.changed.emit(news) if self._heard is database else None)
