"""The first leads of a SQLite file by plain SQL: what the window shows before SQLAlchemy is imported (decision 17).

It only reads, and only a plain file; whether the file is sound, ours and of this schema is judged when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2


def newest_leads(
    path: Path, of_lead: Sequence[str], of_standing: Sequence[str], limit: int
) -> list[tuple[Any, ...]] | None:
    """Return the leads that were changed last, as they are stored, or None where the file does not give them so.

    Args:
        path: the file.
        of_lead: columns of the table of leads.
        of_standing: columns of the table of standings; None in the answer where a lead has none.
        limit: how many at the most.
    """
    columns = ", ".join((*(f"l.{name}" for name in of_lead), *(f"s.{name}" for name in of_standing)))
    query = (
        f"SELECT {columns} FROM leads l LEFT JOIN standing s ON s.lead_id = l.id"  # noqa: S608  (names of our own)
        " ORDER BY l.updated_at DESC, l.id DESC LIMIT ?"
    )
    try:
        with closing(dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return list(connection.execute(query, (limit,)))
    except dbapi2.Error:
        return None
