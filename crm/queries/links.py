"""Which records name which: a field of one holds the code of another (``Field.to``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, func, null, or_, select, type_coerce

from crm.database import Session
from crm.domain.fields.registry import RECORD_KINDS, Field, Kind
from crm.models import RECORD_MODELS, table_of

CHUNK = 5_000
_MOST = 100


@dataclass(frozen=True, slots=True)
class Link:
    """A record that names another.

    Attributes:
        kind: of the record that names.
        name: of it; "" where it has none.
        field: in which it names the other.
    """

    kind: str
    id: int
    code: str
    name: str
    field: str


def naming_fields(kind: str) -> Iterator[tuple[str, Field]]:
    """Give the kinds of record and their fields that name records of a kind."""
    for word, described in RECORD_KINDS.items():
        for field in described.fields.values():
            if field.to == kind:
                yield word, field


def naming_depth(kind: str) -> int:
    """Return how far a kind stands before those it names: who takes records away begins with the least."""
    described = RECORD_KINDS.get(kind)
    if described is None:
        return 1 if kind in RECORD_MODELS else -_MOST
    named = {described.fields[name].to for name in described.references} - {kind}
    return min(map(naming_depth, named), default=1) - 1


def links_to(session: Session, kind: str, code: str) -> list[Link]:
    """Return the records that name the record with this code, by kind and code."""
    found: list[Link] = []
    for word, field in naming_fields(kind):
        table = table_of(RECORD_MODELS[word])
        name = table.c.name if "name" in table.c else null()
        query = select(table.c.id, table.c.code, name).where(names(table.c[field.name], field, code))
        rows = session.connection().execute(query.order_by(table.c.code))
        found += [Link(word, row[0], row[1], row[2] or "", field.name) for row in rows]
    return found


def ids_naming(session: Session, kind: str, field: str, code: str) -> list[int]:
    """Return the records of a kind whose field names the record with this code, the oldest first."""
    table = table_of(RECORD_MODELS[kind])
    named = names(table.c[field], RECORD_KINDS[kind].fields[field], code)
    return list(session.connection().execute(select(table.c.id).where(named).order_by(table.c.id)).scalars())


def named_among(session: Session, kind: str, codes: Iterable[str]) -> set[str]:
    """Return which of these codes of a kind other records name."""
    wanted, found = frozenset(codes), set[str]()
    for word, field in naming_fields(kind) if wanted else ():
        table = table_of(RECORD_MODELS[word])
        column = table.c[field.name]
        for value in session.connection().execute(select(column).where(column.is_not(None)).distinct()).scalars():
            found.update((value,) if isinstance(value, str) else value)
    return found & wanted


def names(column: ColumnElement[Any], field: Field, code: str) -> ColumnElement[bool]:
    """Return the condition that a field names a record: is its code, or has it among its entries."""
    if field.kind is Kind.TEXT:
        return column == code
    text, entry = type_coerce(column, Text()), json.dumps(code, ensure_ascii=False)
    return func.replace(text, entry, "") != text  # LIKE would not tell P2 from p2 on SQLite


def codes_meant(session: Session, kind: str, words: Iterable[str]) -> Mapping[str, list[str]]:
    """Return by word the codes of the records it means: the one with this code, else those with this name."""
    table, wanted = table_of(RECORD_MODELS[kind]), sorted(set(words))
    found: dict[str, list[str]] = {}
    named = [table.c.name] if "name" in table.c else []
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        query = select(table.c.code, *named).where(or_(*(column.in_(some) for column in (table.c.code, *named))))
        for code, *name in session.connection().execute(query.order_by(table.c.code)):
            if code in some:
                found[code] = [code]
            if name and name[0] in some and found.get(name[0]) != [name[0]]:
                found.setdefault(name[0], []).append(code)
    return found
