"""The tables of the kinds of record that follow from their description, made when they are first used.

To make all of them takes a fifth of a second, which no command should pay that needs two (decisions 17).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from threading import RLock
from typing import Any

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from crm.domain.fields.field import Field as RecordField
from crm.domain.fields.field import RecordKind
from crm.domain.fields.registry import RECORD_KINDS, Kind
from crm.models.records import RecordColumns
from crm.models.types import flag, table_of, text, value, whole

TEXTS = frozenset((Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.CREDIT_CODE, Kind.PHONE))
"""Kinds of field whose column is plain text."""

BOUNDED = frozenset((Kind.MONEY, Kind.LAND, Kind.NUMBER, Kind.DATE, Kind.MOMENT))
"""Kinds of field with bounds beside them; see crm.models.types."""


def table_name(word: str) -> str:
    """Return the table of a kind of record: its word, with ``_`` for ``-``."""
    return word.replace("-", "_")


def make_model(kind: RecordKind) -> type[RecordColumns]:
    """Return the model of a kind: its code, a column for each field, the bounds of figures and dates."""
    body: dict[str, Any] = {"__annotations__": {}, "__module__": __name__, "__doc__": f"The table of {kind.word}."}
    for name, field in kind.fields.items():
        _put(body, name, _annotation(field), _column(field))
    for name, field in kind.fields.items():
        if field.kind in BOUNDED:
            for side in ("low", "high"):
                _put(body, f"{name}_{side}", int | None, whole())
    body["__tablename__"] = table_name(kind.word)
    metaclass: Any = type(SQLModel)
    made: Any = metaclass(_class_name(kind.word), (RecordColumns,), body, table=True)
    made.__mapper__.version_id_col = table_of(made).c.version
    return made  # type: ignore[no-any-return]  # made by a class of classes


def _put(body: dict[str, Any], name: str, annotation: Any, column: Any) -> None:  # noqa: ANN401  (a type and a column)
    body["__annotations__"][name] = annotation
    body[name] = column


def _annotation(field: RecordField) -> Any:  # noqa: ANN401  (a type)
    if field.name == "code":
        return str
    if field.kind in TEXTS:
        return str | None
    known = {Kind.FLAG: bool | None, Kind.YEAR: int | None}
    return known.get(field.kind, Any | None)


def _column(field: RecordField) -> Any:  # noqa: ANN401  (what sqlmodel.Field returns)
    if field.name == "code":
        return Field(sa_type=Text(), unique=True)
    if field.kind in TEXTS:
        return text(index=is_indexed(field))
    if field.kind is Kind.FLAG:
        return flag()
    return whole() if field.kind is Kind.YEAR else value(field.kind)


def is_indexed(field: RecordField) -> bool:
    """Return whether records are looked up by a field: one other record that it names, a credit code."""
    return field.kind is Kind.CREDIT_CODE or (bool(field.to) and field.kind is Kind.TEXT)


def _class_name(word: str) -> str:
    return "".join(part.capitalize() for part in word.split("-"))


class RecordModels(Mapping[str, type[RecordColumns]]):
    """The table of each kind of record, by its word; those of described kinds are made when they are asked for."""

    def __init__(self, written: Mapping[str, type[RecordColumns]]) -> None:
        self._made = dict(written)
        self._words = (*written, *RECORD_KINDS)
        self._told: list[Callable[[str, type[RecordColumns]], None]] = []
        self._one_at_a_time = RLock()

    def __getitem__(self, word: str) -> type[RecordColumns]:
        if word not in self._made:
            self._make(RECORD_KINDS[word])
        return self._made[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def tell(self, listener: Callable[[str, type[RecordColumns]], None]) -> None:
        """Call the listener with each model there is, and with each that is made from now on."""
        with self._one_at_a_time:
            for word, model in self._made.items():
                listener(word, model)
            self._told.append(listener)

    def _make(self, kind: RecordKind) -> None:
        with self._one_at_a_time:
            if kind.word in self._made:  # another thread was quicker
                return
            model = make_model(kind)
            for listener in self._told:
                listener(kind.word, model)
            self._made[kind.word] = model
