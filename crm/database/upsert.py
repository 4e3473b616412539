"""Insert or update in one statement, on both databases by one function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from crm.models import Counter, table_of


def upsert(
    connection: Connection, model: type[SQLModel], rows: Sequence[Mapping[str, Any]], *, key: Sequence[str]
) -> None:
    """Insert the rows; a row whose ``key`` is there already replaces its other columns.

    For tables without a history only: the session does not see what this changes.
    """
    statement = _insert(connection, model)
    others = [name for name in rows[0] if name not in key] if rows else []
    for_update = {name: statement.excluded[name] for name in others}
    if rows:
        connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=for_update), list(rows))


def take_numbers(connection: Connection, prefix: str, count: int) -> int:
    """Take the next ``count`` numbers of a prefix and return the last; another writer waits until this one ends."""
    statement = _insert(connection, Counter).values(prefix=prefix, last=count)
    table = table_of(Counter)
    added = statement.on_conflict_do_update(index_elements=["prefix"], set_={"last": table.c.last + count})
    return int(connection.execute(added.returning(table.c.last)).scalar_one())


def _insert(connection: Connection, model: type[SQLModel]) -> Any:  # noqa: ANN401  (one of two dialects' classes)
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
    return dialect.insert(model)
