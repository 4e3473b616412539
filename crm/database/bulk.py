"""Set-based statements past the ORM: on the session's own connection, in its transaction, with their history.

By ``add_all`` an import takes 7 times as long (performance.md §3, decisions 18). What is written is the same as by
single records: columns, derived columns, search index, history lines (a test compares).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, text
from sqlmodel import Session

from crm.database import search
from crm.database.derived import derive
from crm.database.history import CHANGED, CREATED, DELETED, FIELDS, MODELS, Line, writing_of
from crm.database.rows import CHUNK, insert_rows
from crm.domain.companies.search import search_text
from crm.domain.fields.codec import CODECS, canonical, canonical_texts
from crm.domain.fields.registry import RECORD_FIELDS, Kind
from crm.models.types import new_uid, now

PLAIN = frozenset((Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.CREDIT_CODE, Kind.PHONE, Kind.FLAG, Kind.YEAR))
"""Kinds whose column holds the value itself; of all others it holds the canonical JSON text."""


_KEY = ("id", "uid", "version")


@dataclass(frozen=True, slots=True)
class Encoded:
    """The fields of one record, ready for the database.

    Attributes:
        documents: field name -> JSON document; None empties the field.
        derived: the columns worked out from them.
    """

    documents: dict[str, Any]
    derived: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One record as it stands in the database, its fields as JSON documents (None: unknown)."""

    id: int
    uid: str
    version: int
    documents: Mapping[str, Any]


def encode(kind: str, values: Mapping[str, Any]) -> Encoded:
    """Return domain values ready for the database."""
    fields = FIELDS[kind]
    documents = {name: None if value is None else CODECS[fields[name]].write(value) for name, value in values.items()}
    return Encoded(documents, derive(kind, values) if kind in RECORD_FIELDS else {})


def decode(kind: str, documents: Mapping[str, Any]) -> dict[str, Any]:
    """Return the domain values of JSON documents; what is unknown is left out."""
    fields = FIELDS[kind]
    return {name: CODECS[fields[name]].read(each) for name, each in documents.items() if each is not None}


def insert_records(
    session: Session,
    kind: str,
    records: Sequence[Encoded],
    keys: Sequence[tuple[int, str, int]] | None = None,
    *,
    tokens: Iterable[str] | None = None,
) -> list[int]:
    """Insert records with history and search index; return their ids.

    Args:
        session: of ``Database.write``; what it has pending is flushed first.
        kind: of ``crm.database.history.TRACKED``.
        records: each with its ``code``.
        keys: id, uid and version of each, to bring deleted records back; new ones when None.
        tokens: of leads, the ``search_text`` of the names of each, where somebody else works it out; asked for last.
    """
    session.flush()
    if not records:
        return []
    connection = session.connection()
    if keys is None:
        keys = [(each, new_uid(), 1) for each in _new_ids(connection, kind, len(records))]
    documents = _columns([record.documents for record in records])
    texts = {name: canonical_texts(column) for name, column in documents.items()}
    stored = {name: documents[name] if FIELDS[kind][name] in PLAIN else texts[name] for name in documents}
    if kind in RECORD_FIELDS:
        stamp = _moment(connection)
        derived = _columns([record.derived for record in records])
        derived["sort_name"] = [_derived(record.derived, "sort_name") for record in records]
        stored |= {"created_at": [stamp] * len(records), "updated_at": [stamp] * len(records), **derived}
    own = zip(*keys, strict=True)
    insert_rows(connection, MODELS[kind], (*_KEY, *stored), zip(*own, *stored.values(), strict=True))
    wholes = zip(keys, _wholes(texts), strict=True)
    writing_of(session).add(session, (Line(kind, *key, CREATED, "", None, whole) for key, whole in wholes))
    ids = [key[0] for key in keys]
    if kind == "leads":
        if tokens is None:
            tokens = (search_text(_searched(record.documents)) for record in records)
        search.put_new(connection, zip(ids, tokens, strict=True))
    return ids


def update_records(session: Session, kind: str, changes: Mapping[int, Encoded]) -> list[int]:
    """Change fields of records with history and search index; return the ids of those that became different."""
    session.flush()
    connection = session.connection()
    current = {row.id: row for row in rows_of(connection, kind, list(changes), lock=True)}
    differing: dict[int, dict[str, Any]] = {}
    for record_id, row in current.items():
        wanted = changes[record_id].documents
        different = {name: each for name, each in wanted.items() if each != row.documents[name]}
        if different:
            differing[record_id] = different
    _update(connection, kind, differing, changes)
    writing_of(session).add(session, _changed_lines(kind, current, differing))
    if kind == "leads":
        renamed = [each for each, different in differing.items() if set(different) & set(search.SEARCHED)]
        names = ((each, _searched({**current[each].documents, **differing[each]})) for each in renamed)
        search.put(connection, names)
    session.expire_all()
    return list(differing)


def delete_records(session: Session, kind: str, record_ids: Sequence[int]) -> list[int]:
    """Delete records with history and search index; return the ids of those that were there."""
    session.flush()
    connection = session.connection()
    current = list(rows_of(connection, kind, record_ids, lock=True))
    ids = [row.id for row in current]
    mark = _mark(connection)
    if ids:
        sql = f"DELETE FROM {_quoted(connection, kind)} WHERE id = {mark}"  # noqa: S608  (our own names)
        connection.exec_driver_sql(sql, [(each,) for each in ids])
    if kind == "leads":
        search.remove(connection, ids)
    lines = (
        Line(kind, row.id, row.uid, row.version, DELETED, "", canonical(_known(row.documents)), None) for row in current
    )
    writing_of(session).add(session, lines)
    session.expire_all()
    return ids


def rows_of(connection: Connection, kind: str, record_ids: Sequence[int], *, lock: bool = False) -> Iterator[Row]:
    """Yield the records with these ids, by id, without those that are gone; ``lock`` keeps others off (PostgreSQL)."""
    fields = FIELDS[kind]
    names = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in fields)
    more = " FOR UPDATE" if lock and connection.dialect.name == "postgresql" else ""
    source = iter(sorted(record_ids))
    while chunk := list(islice(source, CHUNK)):
        marks = ", ".join([_mark(connection)] * len(chunk))
        sql = (
            f"SELECT id, uid, version, {names} FROM {_quoted(connection, kind)} WHERE id IN ({marks}) ORDER BY id{more}"  # noqa: S608
        )
        for record_id, uid, version, *columns in connection.exec_driver_sql(sql, tuple(chunk)).all():
            documents = {name: _read(fields[name], raw) for name, raw in zip(fields, columns, strict=True)}
            yield Row(record_id, uid, version, documents)


def stored(kind: Kind, document: Any) -> Any:  # noqa: ANN401  (a JSON document; text, whole number or yes and no)
    """Return what the column of a field holds for a JSON document."""
    return document if document is None or kind in PLAIN else canonical(document)


def _read(kind: Kind, raw: Any) -> Any:  # noqa: ANN401  (the driver's value; a JSON document)
    if raw is None:
        return None
    if kind is Kind.FLAG:
        return bool(raw)
    return raw if kind in PLAIN else json.loads(raw)


def _update(
    connection: Connection, kind: str, differing: Mapping[int, Mapping[str, Any]], changes: Mapping[int, Encoded]
) -> None:
    """Send one statement for each set of fields that change together."""
    fields = FIELDS[kind]
    stamp = _moment(connection) if kind in RECORD_FIELDS else None
    mark = _mark(connection)
    quote = connection.dialect.identifier_preparer.quote
    shapes = sorted(differing, key=lambda each: (tuple(sorted(differing[each])), each))
    for names, group in groupby(shapes, key=lambda each: tuple(sorted(differing[each]))):
        derived = sorted(name for name in derive(kind, dict.fromkeys(names))) if kind in RECORD_FIELDS else []
        stamped = [f"updated_at = {mark}"] if stamp else []
        assigned = ", ".join(
            [*(f"{quote(name)} = {mark}" for name in (*names, *derived)), *stamped, "version = version + 1"]
        )
        sql = f"UPDATE {_quoted(connection, kind)} SET {assigned} WHERE id = {mark}"  # noqa: S608  (our own names)
        rows = [
            (
                *(stored(fields[name], differing[each][name]) for name in names),
                *(_derived(changes[each].derived, name) for name in derived),
                *((stamp,) if stamp else ()),
                each,
            )
            for each in group
        ]
        connection.exec_driver_sql(sql, rows)


def _changed_lines(kind: str, current: Mapping[int, Row], differing: Mapping[int, Mapping[str, Any]]) -> Iterator[Line]:
    for record_id, different in differing.items():
        row = current[record_id]
        for name in FIELDS[kind]:
            if name in different:
                told = (kind, record_id, row.uid, row.version + 1, CHANGED, name)
                yield Line(*told, _text(row.documents[name]), _text(different[name]))


def _text(document: Any) -> str | None:  # noqa: ANN401  (a JSON document)
    return None if document is None else canonical(document)


def _known(documents: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in documents.items() if each is not None}


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return rows by column, None where a row has no such column: each step then runs over thousands of values."""
    return {name: [row.get(name) for row in rows] for name in sorted(set().union(*rows))}


def _wholes(texts: Mapping[str, Sequence[str | None]]) -> list[str]:
    """Return of each record the canonical text of all that is known of it, put together of the texts of its fields.

    Args:
        texts: canonical, of every record, by field; the fields sorted.
    """
    labelled = ([text and f'"{name}":{text}' for text in column] for name, column in texts.items())
    return [f"{{{','.join(filter(None, parts))}}}" for parts in zip(*labelled, strict=True)]


def _searched(documents: Mapping[str, Any]) -> list[str | None]:
    return [documents.get(name) for name in search.SEARCHED]


def _derived(columns: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401  (text or whole number)
    return columns.get(name, "" if name == "sort_name" else None)


def _new_ids(connection: Connection, kind: str, count: int) -> range | list[int]:
    """Return ids nobody has had; on SQLite the transaction is the only writer."""
    table = str(MODELS[kind].__tablename__)
    if connection.dialect.name == "postgresql":
        sql = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
        return list(connection.execute(sql, {"table": table, "count": count}).scalars())
    sql = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
    last = connection.execute(sql, {"table": table}).scalar()
    if last is None:  # a table that does not count its keys itself: the history knows those that are gone
        sql = text("SELECT max(record_id) FROM change_line WHERE record_kind = :kind")
        last = connection.execute(sql, {"kind": kind}).scalar() or 0
    return range(last + 1, last + 1 + count)


def _moment(connection: Connection) -> datetime | str:
    """Return this moment as the driver takes it: SQLite keeps text without a zone, in UTC."""
    moment = now()
    return moment if connection.dialect.name == "postgresql" else f"{moment:%Y-%m-%d %H:%M:%S.%f}"


def _quoted(connection: Connection, kind: str) -> str:
    return connection.dialect.identifier_preparer.quote(str(MODELS[kind].__tablename__))


def _mark(connection: Connection) -> str:
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"
