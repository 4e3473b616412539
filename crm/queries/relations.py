"""What refers to a record, by the schema of the database itself: nothing may be forgotten when two are made one.

Every table and column that is there must be one the program knows, and every column that looks like a reference to a
record must be told here what becomes of it; else the answer is refused (features.md 24).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, inspect, select
from sqlmodel import SQLModel

from crm.database import Session
from crm.domain.fields.registry import RECORD_KINDS
from crm.errors import ConflictError
from crm.i18n import _
from crm.models import DATA_MODELS, RECORD_MODELS, table_of
from crm.models.kinds import table_name
from crm.queries.links import ids_naming, naming_fields
from crm.queries.records import Record

OWN_TABLES = ("alembic_version", "sqlite_", "lead_search")
"""How the names of tables begin that hold nothing of their own: schema version, counters, search index."""

LOOKS_LIKE = ("lead", "enterprise", "record")
"""Words in the name of a column that may refer to a record."""

STAYS: Mapping[tuple[str, str], str] = {
    ("change_line", "record_kind"): "history",
    ("change_line", "record_id"): "history",
    ("change_line", "record_uid"): "history",
    ("change_line", "record_version"): "history",
    ("import_batch", "record_kind"): "history",
    ("provenance", "record_kind"): "history",
    ("provenance", "record_id"): "history",
    ("standing", "lead_version"): "derived",
    ("standing", "lead_id"): "derived",
    ("enterprises", "leading"): "fact",
    ("funds", "leads_rounds"): "fact",
    ("duplicate_decisions", "leading_unit"): "fact",
}
"""Columns that look like references and are none that move: the history stays, a kept answer is worked out again."""

BY_ID = ("follow_up", "task")
"""Kinds of data that name their lead by its id."""

RESERVED = ("plots", "locked_by")
"""The lead a plot is reserved for, by its code."""

LED_BY = ("leads", "led_by")
"""The leading firm that brought a lead, by its code or its name."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What of one kind refers to a record in one field.

    Attributes:
        kind: word of the kind of record or data.
        field: name of the column.
        ids: of the rows.
        titles: what people call them, as far as they have a name: code, day, title.
    """

    kind: str
    field: str
    ids: tuple[int, ...]
    titles: tuple[str, ...]


def references_to(session: Session, record: Record) -> list[Reference]:
    """Return all that refers to a lead or an enterprise, in the order of the registry.

    Raises:
        ConflictError: the database has a table or column that this program does not know, or of which it is not told
            what becomes of it.
    """
    _refuse_unknown(session)
    found = [_described(session, word, field.name, record) for word, field in naming_fields(record.kind)]
    if record.kind == "leads":
        found += [_by_id(session, kind, record.id) for kind in BY_ID]
        found.append(_by_words(session, *RESERVED, (record.code,)))
    else:
        found.append(_by_words(session, *LED_BY, (record.code, str(record.values.get("name") or record.code))))
    return [each for each in found if each.ids]


def _described(session: Session, word: str, field: str, record: Record) -> Reference:
    ids = ids_naming(session, word, field, record.code)
    return Reference(word, field, tuple(ids), tuple(_titles(session, table_of(RECORD_MODELS[word]), ids)))


def _by_id(session: Session, kind: str, lead_id: int) -> Reference:
    table = table_of(DATA_MODELS[kind])
    title = table.c.title if "title" in table.c else table.c.note
    day = table.c.day if "day" in table.c else table.c["at"]
    rows = session.connection().execute(
        select(table.c.id, day, title).where(table.c.lead_id == lead_id).order_by(table.c.id)
    )
    found = [(row[0], f"{row[1]} {row[2]}") for row in rows]
    return Reference(kind, "lead_id", tuple(each for each, _title in found), tuple(title for _id, title in found))


def _by_words(session: Session, kind: str, field: str, words: Sequence[str]) -> Reference:
    table = table_of(RECORD_MODELS[kind])
    query = select(table.c.id, table.c.code).where(table.c[field].in_(words)).order_by(table.c.id)
    found = session.connection().execute(query).all()
    return Reference(kind, field, tuple(row.id for row in found), tuple(row.code for row in found))


def _titles(session: Session, table: Table, ids: list[int]) -> Iterator[str]:
    names = [table.c.name] if "name" in table.c else []
    query = select(table.c.code, *names).where(table.c.id.in_(ids)).order_by(table.c.id)
    for row in session.connection().execute(query) if ids else ():
        yield " ".join(str(part) for part in row if part)


def _refuse_unknown(session: Session) -> None:
    for word in RECORD_KINDS:
        table_of(RECORD_MODELS[word])  # made when it is first used
    known: Mapping[str, Table] = SQLModel.metadata.tables
    moved = set(_moved())
    there = inspect(session.connection())
    for name in sorted(there.get_table_names()):
        if name.startswith(OWN_TABLES):
            continue
        if name not in known:
            _refuse(name, "")
        for column in there.get_columns(name):
            if column["name"] not in known[name].c:
                _refuse(name, column["name"])
            key = (name, str(column["name"]))
            if _refers(known[name].c[key[1]]) and key not in moved and key not in STAYS:
                _refuse(*key)


def _moved() -> Iterator[tuple[str, str]]:
    """Give the columns whose references move."""
    for kind in ("leads", "enterprises"):
        for word, field in naming_fields(kind):
            yield table_name(word), field.name
    for kind in BY_ID:
        yield str(DATA_MODELS[kind].__tablename__), "lead_id"
    yield from (RESERVED, LED_BY)


def _refers(column: Column[Any]) -> bool:
    """Return whether a column may refer to a lead or an enterprise: by a foreign key, or by its name."""
    keys = {key.column.table.name for key in column.foreign_keys}
    return (
        bool(keys & {"leads", "enterprises"})
        or column.name == LED_BY[1]
        or any(word in column.name for word in LOOKS_LIKE)
    )


def _refuse(table: str, column: str) -> None:
    place = f"{table}.{column}" if column else table
    message = _(
        "This version does not know what becomes of {place} when two records are made one. Nothing was changed; "
        "use the newest version."
    )
    raise ConflictError(message.format(place=place), where=place)
