"""The database: its one door, its history, its search. What is named here comes from ``door`` when it is asked for.

SQLAlchemy is not imported before that: the window paints its first page of leads without it (decision 17).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm.database.door import Committed, Database, Session, Writing, hidden, sqlite_path, writing_of

__all__ = ["Committed", "Database", "Session", "Writing", "hidden", "sqlite_path", "writing_of"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the door has)
    """Return a name of the door.

    Raises:
        AttributeError: it has none of this name; a module of this room is then looked for.
    """
    if name not in __all__:
        raise AttributeError(name)
    from crm.database import door  # noqa: PLC0415  (see above)

    return getattr(door, name)
