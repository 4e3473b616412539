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

    def __init__(self, database: _Announcing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        database.on_commit(self.changed.emit)
