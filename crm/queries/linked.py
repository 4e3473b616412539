"""The records that name a lead or an enterprise, as documents print them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import exists, select

from crm.database import Session
from crm.domain.dossier import Linked
from crm.domain.fields.registry import RECORD_KINDS, Field, Kind
from crm.models import RECORD_MODELS, table_of
from crm.queries.links import ids_naming, naming_fields
from crm.queries.records import load

RESTRICTED = frozenset(("talents", "sign-ups"))
"""Kinds about persons that no document of a project lists (decisions 48)."""

Print = Callable[[Field, Any], Any]
"""Turns a value of a field into what may be printed of it: personal ones masked."""


@dataclass(slots=True)
class LinkReader:
    """Reads what names a record; which kinds have any record at all is asked once, what a code is called too.

    Attributes:
        to: the kind of record that is named: leads, enterprises.
    """

    to: str
    _used: tuple[tuple[str, Field], ...] | None = None
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, session: Session, code: str, printed: Print) -> tuple[Linked, ...]:
        """Return the records that name the one with this code, by kind, in the order they were entered."""
        return tuple(self._linked(session, code, printed))

    def _linked(self, session: Session, code: str, printed: Print) -> Iterator[Linked]:
        for word, by in self._kinds(session):
            ids = ids_naming(session, word, by.name, code)
            records = load(session, word, ids) if ids else []
            rows = tuple(self._values(session, each.kind, each.values, by.name, printed) for each in records)
            if rows:
                yield Linked(word, rows)

    def _kinds(self, session: Session) -> Iterable[tuple[str, Field]]:
        if self._used is None:
            fields = [(word, by) for word, by in naming_fields(self.to) if word not in RESTRICTED]
            self._used = tuple((word, by) for word, by in fields if _has_any(session, word))
        return self._used

    def _values(
        self,
        session: Session,
        word: str,
        values: Mapping[str, Any],
        without: str,
        printed: Print,
    ) -> dict[str, object]:
        fields = RECORD_KINDS[word].fields
        return {
            name: self._named(session, fields[name], printed(fields[name], value))
            for name, value in values.items()
            if name in fields and name != without
        }

    def _named(self, session: Session, by: Field, value: Any) -> Any:  # noqa: ANN401  (any value of a field)
        """Return the name beside the code of another record: people know it by that."""
        if by.kind is not Kind.TEXT or not by.to or not isinstance(value, str):
            return value
        key = (by.to, value)
        if key not in self._names:
            self._names[key] = _name_of(session, *key)
        name = self._names[key]
        return f"{name}（{value}）" if name else value


def _has_any(session: Session, word: str) -> bool:
    return bool(session.connection().execute(select(exists(select(table_of(RECORD_MODELS[word]).c.id)))).scalar())


def _name_of(session: Session, kind: str, code: str) -> str:
    table = table_of(RECORD_MODELS[kind])
    if "name" not in table.c:
        return ""
    name = session.connection().execute(select(table.c.name).where(table.c.code == code)).scalar()
    return name if name and name != code else ""
