"""Conditions as SQL, from an allow-list of columns: nothing a person wrote becomes part of a statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Text, and_, case, exists, false, func, or_, select, true, type_coerce

from crm.database import Session
from crm.database.derived import SCALES, bounds
from crm.domain.conditions import LISTS, ORDERED, All, AnyOf, Comparison, Condition, Emptiness, Operator
from crm.domain.exchange.choices import SortKey
from crm.domain.fields.registry import Field, Kind
from crm.domain.fields.standing import STANDING_FIELDS
from crm.models import RECORD_MODELS, Lead, Standing, table_of

Column: TypeAlias = ColumnElement[Any]

MATCH_SCALE = 100
"""Whole units in one point of a match, as standings keep it."""


def matching_ids(session: Session, kind: str, condition: Condition | None) -> list[int]:
    """Return the ids of the records of a kind that meet a condition (all when None), in the order they were made."""
    return ordered_ids(session, kind, condition)


def sql_of(kind: str, condition: Condition, *, indexed: bool = True) -> ColumnElement[bool]:
    """Return a condition on the table of a kind of record; unless ``indexed`` in a form that fits no index."""
    if isinstance(condition, All | AnyOf):
        parts = [sql_of(kind, part, indexed=indexed) for part in condition.parts]
        if isinstance(condition, AnyOf):
            return or_(*parts)
        return and_(*parts, *(_ends_of_ranges(kind, condition) if indexed else []))
    if condition.field is STANDING_FIELDS.get(condition.field.name):
        return _of_standing(condition)
    table = table_of(RECORD_MODELS[kind])

    def column_of(name: str) -> Column:
        column: Column = table.c[name]
        return column if indexed else _unindexed(column)

    return _one(column_of, condition)


def _ends_of_ranges(kind: str, condition: All) -> Iterator[ColumnElement[bool]]:
    """Yield what follows for the lower end where a field is bounded on both sides: its index then ends there too."""
    table = table_of(RECORD_MODELS[kind])
    compared = [part for part in condition.parts if isinstance(part, Comparison)]
    low_known = {part.field.name for part in compared if part.operator in (Operator.AT_LEAST, Operator.MORE)}
    for part in compared:
        field, most = part.field, part.operator in (Operator.AT_MOST, Operator.LESS)
        if most and field.name in low_known and f"{field.name}_low" in table.c:
            _low, high = bounds(field.kind, part.value)
            if high is not None:
                yield table.c[f"{field.name}_low"] <= high


def _unindexed(column: Column) -> Column:
    """Return a column as an expression of the same value that no index holds."""
    return func.coalesce(column, column)


def _of_standing(condition: Comparison | Emptiness) -> ColumnElement[bool]:
    """Return a condition on what is worked out for a lead; a lead it was not worked out for is empty."""
    kept, leads = table_of(Standing).alias(), table_of(Lead)
    has = exists().where(kept.c.lead_id == leads.c.id).correlate(leads)
    column = kept.c[condition.field.name]
    if isinstance(condition, Emptiness):
        filled = has.where(column.is_not(None))
        return ~filled if condition.empty else filled
    scale = SCALES[Kind.NUMBER] // MATCH_SCALE if condition.field.name == "match" else 1
    columns = dict.fromkeys(("", "_low", "_high"), column * scale if scale > 1 else column)
    return has.where(_one(lambda name: columns[name.removeprefix(condition.field.name)], condition))


def _one(column_of: Callable[[str], Column], condition: Comparison | Emptiness) -> ColumnElement[bool]:
    """Return a condition on one field; ``column_of`` gives a column of the record by its name."""
    if isinstance(condition, Emptiness):
        column = column_of(condition.field.name)
        return column.is_(None) if condition.empty else column.is_not(None)
    field, operator, value = condition.field, condition.operator, condition.value
    if field.kind in ORDERED and field.kind is not Kind.YEAR:
        low, high = bounds(field.kind, value)
        return _ORDER[operator](column_of(f"{field.name}_low"), column_of(f"{field.name}_high"), low, high)
    column = column_of(field.name)
    if field.kind is Kind.YEAR and isinstance(value, int):
        return _ORDER[operator](column, column, value, value)
    if field.kind in LISTS:
        # A list is stored as JSON text, the entry stands there in quotes; LIKE would not tell P2 from p2 on SQLite.
        text, entry = type_coerce(column, Text()), json.dumps(value, ensure_ascii=False)
        without = func.replace(text, entry, "")
        return without == text if operator is Operator.NOT_EQUAL else without != text
    if operator is Operator.CONTAINS:
        return func.lower(column).contains(str(value).lower(), autoescape=True)
    return column != value if operator is Operator.NOT_EQUAL else column == value


def _equal(least: Column, most: Column, low: int | None, high: int | None) -> ColumnElement[bool]:
    """All that the value can be lies within what was given."""
    within = [least >= low] if low is not None else []
    return and_(true(), *within, *([most <= high] if high is not None else []))


def _not_equal(least: Column, most: Column, low: int | None, high: int | None) -> ColumnElement[bool]:
    """Nothing that the value can be lies within what was given."""
    below = [most < low] if low is not None else []
    return or_(false(), *below, *([least > high] if high is not None else []))


_ORDER: Mapping[Operator, Callable[[Column, Column, int | None, int | None], ColumnElement[bool]]] = {
    Operator.EQUAL: _equal,
    Operator.NOT_EQUAL: _not_equal,
    Operator.LESS: lambda _least, most, low, _high: false() if low is None else most < low,
    Operator.AT_MOST: lambda _least, most, _low, high: false() if high is None else most <= high,
    Operator.MORE: lambda least, _most, _low, high: false() if high is None else least > high,
    Operator.AT_LEAST: lambda least, _most, low, _high: false() if low is None else least >= low,
}
"""By the operator: least and most of the record (columns) against least and most given (whole numbers)."""


def ordered_ids(session: Session, kind: str, condition: Condition | None, order: Sequence[SortKey] = ()) -> list[int]:
    """Return the ids of the records of a kind that meet a condition, sorted; what is unknown stands last both ways."""
    table = table_of(RECORD_MODELS[kind])
    query = select(table.c.id)
    if condition is not None:
        query = query.where(sql_of(kind, condition))
    for key in order:
        column = _sorted_by(table.c, key.field)
        query = query.order_by(column.is_(None), column.desc() if key.descending else column)
    return list(session.connection().execute(query.order_by(table.c.id)).scalars())


def _sorted_by(columns: Any, field: Field) -> Column:  # noqa: ANN401  (columns of a table)
    """Return the column that gives the order of a field: figures by their lower end, stages by their course."""
    if field.name == "name" and "sort_name" in columns:
        return func.nullif(columns.sort_name, "")
    column: Column = columns[field.name]
    if field.kind in ORDERED and field.kind is not Kind.YEAR:
        return func.coalesce(columns[f"{field.name}_low"], columns[f"{field.name}_high"])
    if field.choices and field.kind is Kind.CHOICE:
        places = {choice.code: place for place, choice in enumerate(field.choices)}
        return case(places, value=column)
    return column
