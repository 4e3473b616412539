"""Column types: a domain value is stored as one canonical JSON text, so that both databases give back the same value.

Bounds that lists filter and sort by stand beside a value as whole numbers, in ``<field>_low`` and ``<field>_high``:
money in 元, land in 1/300 m², other figures in millionths of their unit, dates as ``yyyymmdd`` (decisions 5, 40).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, Text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime
from uuid_utils import uuid7

from crm.domain.fields.codec import text_of, value_of
from crm.domain.fields.registry import Kind

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BIG = BigInteger().with_variant(Integer(), "sqlite")
"""Whole numbers of 64 bits on both databases; on SQLite the word INTEGER makes a key the row's own number."""

BYTES_TEXT = Text(collation="C").with_variant(Text(), "sqlite")
"""Text that sorts by its bytes: PostgreSQL would else sort by the language of the server."""


class DomainValue(TypeDecorator[Any]):
    """The value of a field of one kind as canonical JSON text; NULL is unknown."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401, ARG002  (SQLAlchemy's)
        """Return what is stored."""
        return text_of(self.kind, value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002  (SQLAlchemy's)
        """Return the domain value."""
        return value_of(self.kind, value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:  # noqa: ARG002
        """Return what reads a stored text as ``process_result_value``, without a step between: most are NULL."""
        kind = self.kind
        return lambda text: None if text is None else value_of(kind, text)


def table_of(model: type[SQLModel]) -> Any:  # noqa: ANN401  (columns are attributes no type checker knows)
    """Return the ``sqlalchemy.Table`` of a model, for statements past the ORM."""
    return model.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it


def new_uid() -> str:
    """Return a new UUID of version 7: unique everywhere, in the order of making (decisions 7)."""
    return str(uuid7())


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def text(*, index: bool = False) -> Any:  # noqa: ANN401  (what sqlmodel.Field returns)
    """Return a column of text; NULL is unknown."""
    return Field(default=None, sa_type=Text(), index=index)


def value(kind: Kind) -> Any:  # noqa: ANN401  (what sqlmodel.Field returns)
    """Return a column of domain values; NULL is unknown."""
    return Field(default=None, sa_type=DomainValue(kind))


def flag() -> Any:  # noqa: ANN401  (what sqlmodel.Field returns)
    """Return a column of yes, no or unknown."""
    return Field(default=None, sa_type=Boolean())


def moment() -> Any:  # noqa: ANN401  (what sqlmodel.Field returns)
    """Return a column of moments in UTC; NULL is unknown."""
    return Field(default=None, sa_type=UTCDateTime())


def whole(*, index: bool = False) -> Any:  # noqa: ANN401  (what sqlmodel.Field returns)
    """Return a column of whole numbers; NULL is unknown."""
    return Field(default=None, sa_type=BIG, index=index)
