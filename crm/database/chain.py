"""The chain of the history, gone through from its first seal; and the records against what the history says of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, select

from crm.database.bulk import rows_of
from crm.database.history import CHANGED, DELETED, MODELS, Line, chain_key, line_bytes, seal_of
from crm.models import ChangeLine, ChangeSet, table_of

READ_AT_ONCE = 2_000
"""Records compared with their history at once."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal of a chain: what is written down elsewhere to show a later cut or forgery.

    Attributes:
        place: how many change sets it seals; 0 for an empty history.
        seal: the last seal; "" for an empty history.
    """

    place: int
    seal: str


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What going through the chain found.

    Attributes:
        broken: the change set (its id) where it first does not hold, with what is wrong in a word; None when it holds.
    """

    head: Head
    lines: int
    broken: tuple[int, str] | None

    @property
    def ok(self) -> bool:
        """Whether the whole chain holds."""
        return self.broken is None


def head_of(connection: Connection) -> Head:
    """Return the last seal."""
    sets = table_of(ChangeSet)
    query = select(sets.c.place, sets.c.seal).where(sets.c.place.is_not(None)).order_by(sets.c.place.desc()).limit(1)
    row = connection.execute(query).first()
    return Head(row.place, row.seal or "") if row else Head(0, "")


def verify_chain(connection: Connection) -> ChainCheck:
    """Go through every change set and every line; say where the chain first does not hold."""
    sets = table_of(ChangeSet)
    key = chain_key(connection)
    digests = _digests(connection)
    broken: tuple[int, str] | None = None
    place, seal, lines = 0, "", 0
    for row in connection.execute(select(sets).order_by(sets.c.place.nulls_last(), sets.c.id)).mappings().all():
        digest, count = digests.pop(row["id"], (hashlib.sha256().hexdigest(), 0))
        place, lines = place + 1, lines + count
        wrong = _wrong(row, place, seal, (digest, count), key)
        if wrong and broken is None:
            broken = row["id"], wrong
        seal = row["seal"] or ""
    if digests and broken is None:
        broken = min(digests), "lines without a change set"
    return ChainCheck(Head(place, seal), lines, broken)


def _wrong(row: Any, place: int, before: str, counted: tuple[str, int], key: bytes) -> str | None:  # noqa: ANN401  (a row)
    """Return what is wrong with a change set, or None."""
    if row["place"] != place:
        return "place"
    if (row["digest"], row["lines"]) != counted:
        return "lines"
    return None if row["seal"] == seal_of(key, before, row) else "seal"


def _digests(connection: Connection) -> dict[int, tuple[str, int]]:
    """Return SHA-256 and number of the lines of each change set."""
    found: dict[int, tuple[str, int]] = {}
    lines = table_of(ChangeLine)
    columns = (lines.c[name] for name in Line._fields)
    query = select(lines.c.change_set_id, *columns).order_by(lines.c.change_set_id, lines.c.id)
    rows = connection.execution_options(yield_per=READ_AT_ONCE).execute(query)
    for number, group in groupby(rows, key=lambda row: row[0]):
        digest, count = hashlib.sha256(), 0
        for row in group:
            digest.update(line_bytes(Line(*row[1:])))
            count += 1
        found[number] = digest.hexdigest(), count
    return found


def drifted(connection: Connection) -> list[tuple[str, int]]:
    """Return kind and id of the records that are not as their history says: changed by something else, or damaged.

    A record of the first schema (a slot) has no line of its making; then only its changed fields are compared.
    """
    wrong: list[tuple[str, int]] = []
    for kind in MODELS:
        told = _told(connection, kind)
        while chunk := dict(islice(told, READ_AT_ONCE)):
            current = {row.id: row.documents for row in rows_of(connection, kind, list(chunk))}
            wrong += [(kind, each) for each, expected in chunk.items() if not _agrees(expected, current.get(each))]
    return wrong


@dataclass(slots=True)
class _Told:
    """What the history says of a record: all of its fields, or only those it mentions; gone or there."""

    whole: bool
    gone: bool
    documents: dict[str, Any]


def _told(connection: Connection, kind: str) -> Iterator[tuple[int, _Told]]:
    lines = table_of(ChangeLine)
    query = (
        select(lines.c.record_id, lines.c.action, lines.c.field, lines.c.after)
        .where(lines.c.record_kind == kind)
        .order_by(lines.c.record_id, lines.c.id)
    )
    rows = connection.execution_options(yield_per=READ_AT_ONCE).execute(query)
    for record_id, group in groupby(rows, key=attrgetter("record_id")):
        yield record_id, _replayed(group)


def _replayed(rows: Iterable[Any]) -> _Told:
    told = _Told(whole=False, gone=False, documents={})
    for row in rows:
        after = None if row.after is None else json.loads(row.after)
        if row.action == CHANGED:
            told.documents[row.field] = after
        elif row.action == DELETED:
            told = _Told(whole=True, gone=True, documents={})
        else:
            told = _Told(whole=True, gone=False, documents=after or {})
    return told


def _agrees(told: _Told, current: Mapping[str, Any] | None) -> bool:
    if current is None or told.gone:
        return current is None and told.gone
    names = current if told.whole else told.documents
    return all(current[name] == told.documents.get(name) for name in names)
