"""Rows of tables without a history, set-based: put in or replaced in one statement, removed, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete
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


def remove(connection: Connection, model: type[SQLModel], name: str, keys: Sequence[int]) -> None:
    """Delete the rows whose column ``name`` is one of these.

    For tables without a history only: the session does not see what this changes.
    """
    table = table_of(model)
    if keys:
        statement = delete(table).where(table.c[name] == bindparam("key"))
        connection.execute(statement, [{"key": each} for each in keys])


def take_numbers(connection: Connection, prefix: str, count: int) -> int:
    """Take the next ``count`` numbers of a prefix and return the last; another writer waits until this one ends."""
    statement = _insert(connection, Counter).values(prefix=prefix, last=count)
    table = table_of(Counter)
    added = statement.on_conflict_do_update(index_elements=["prefix"], set_={"last": table.c.last + count})
    return int(connection.execute(added.returning(table.c.last)).scalar_one())


def _insert(connection: Connection, model: type[SQLModel]) -> Any:  # noqa: ANN401  (one of two dialects' classes)
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
    return dialect.insert(model)
