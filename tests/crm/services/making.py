"""Records for the tests of the mechanisms, made and moved in one transaction each."""

from __future__ import annotations

from typing import Any

from crm.database import Database
from crm.queries.records import Record
from crm.services.leads import change_lead
from crm.services.records import create


def made(database: Database, table: str, /, by: str = "李", **values: Any) -> Record:  # noqa: ANN401  (any field)
    with database.write(by=by, why="录入") as session:
        return create(session, table, values)


def lead(database: Database, **values: Any) -> Record:  # noqa: ANN401  (any field)
    return made(database, "leads", **({"name": "甲项目（虚构）", "nature": "research"} | values))


def step(database: Database, record: Record, reason: str = "", **changes: Any) -> Record:  # noqa: ANN401
    with database.write(by="李", why="推进") as session:
        return change_lead(session, record.id, changes, reason=reason)
