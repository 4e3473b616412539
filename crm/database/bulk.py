"""Set-based statements past the ORM, on the session's own connection and in its transaction (decisions 18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

CHUNK = 5_000


def insert_rows(
    connection: Connection, model: type[SQLModel], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> int:
    """Insert rows of driver values (text and whole numbers); return how many.

    The rows go to the driver as they are: column types do not see them.
    """
    sql = _insert_sql(connection, model, columns)
    source = iter(rows)
    count = 0
    while chunk := list(islice(source, CHUNK)):
        connection.exec_driver_sql(sql, chunk)
        count += len(chunk)
    return count


def _insert_sql(connection: Connection, model: type[SQLModel], columns: Sequence[str]) -> str:
    quoted = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(quoted(name) for name in columns)
    marks = ", ".join([mark] * len(columns))
    return f"INSERT INTO {quoted(str(model.__tablename__))} ({names}) VALUES ({marks})"  # noqa: S608  (our own names)
