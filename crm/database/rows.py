"""Rows of driver values, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

CHUNK = 5_000
"""Rows handed to the driver at once."""


def insert_rows(
    connection: Connection, model: type[SQLModel], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> int:
    """Insert rows of driver values (text, whole numbers, yes and no); return how many.

    Column types do not see them. For tables without a history, and for those who write it themselves.
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
