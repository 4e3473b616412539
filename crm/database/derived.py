"""What is worked out from a record's fields and stored beside them: bounds to sort by, the name's pinyin."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from crm.domain.companies.pinyin import sort_key
from crm.domain.fields.registry import RECORD_FIELDS, Kind
from crm.domain.quantities import CHINA_TIME, LAND_UNITS_PER_MU, YUAN_PER_WAN, Money, PartialDate, Span

MILLIONTHS = 1_000_000
LARGEST = 2**63 - 1

SCALES = {Kind.MONEY: YUAN_PER_WAN, Kind.LAND: LAND_UNITS_PER_MU, Kind.NUMBER: MILLIONTHS}
"""Whole units in one unit of the value: 元 in 万元, 1/300 m² in 亩, millionths."""

BOUNDED: Mapping[str, Mapping[str, Kind]] = {
    record: {
        name: field.kind
        for name, field in fields.items()
        if field.kind in SCALES or field.kind in (Kind.DATE, Kind.MOMENT)
    }
    for record, fields in RECORD_FIELDS.items()
}
"""The fields of each kind of record that have bounds beside them."""


_PLACES = {
    record: tuple((name, kind, f"{name}_low", f"{name}_high") for name, kind in fields.items())
    for record, fields in BOUNDED.items()
}


def bounds(kind: Kind, value: Any) -> tuple[int | None, int | None]:  # noqa: ANN401  (the class is the kind's)
    """Return the least and the most a value can be, in whole units; None where it is open or unknown.

    Money in a foreign currency has none: without a dated rate it cannot stand in one order with 元.
    """
    if value is None or (isinstance(value, Money) and value.currency != "CNY"):
        return None, None
    if isinstance(value, datetime):
        value = value.astimezone(CHINA_TIME)
        value = PartialDate(value.year, value.month, value.day)
    if isinstance(value, PartialDate):
        return _days(value)
    span: Span = value
    scale = SCALES[kind]
    if span.low is not None and span.low == span.high:
        scaled = span.low * scale
        whole = int(scaled)
        if whole == scaled and -LARGEST <= whole <= LARGEST:  # one figure, nothing to round: nearly every span
            return whole, whole
    return _whole(span.low, scale, ROUND_FLOOR), _whole(span.high, scale, ROUND_CEILING)


def derive(record_kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the derived columns that go with these fields; fields not given leave theirs out."""
    columns: dict[str, Any] = {}
    for name, kind, low, high in _PLACES[record_kind]:
        if name in values:
            columns[low], columns[high] = bounds(kind, values[name])
    if "name" in values:
        columns["sort_name"] = sort_key(values["name"] or "")
    return columns


def derive_many(
    record_kind: str, rows: Sequence[Mapping[str, Any]], sort_names: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """Return of each record what ``derive`` returns: column by column, each value that several share once.

    Args:
        record_kind: leads, communities, …
        rows: field name -> domain value, of each record.
        sort_names: the ``sort_key`` of each record's name, where they were worked out before.
    """
    found: list[dict[str, Any]] = [{} for _row in rows]
    given = frozenset[str]().union(*rows)
    for name, kind, low, high in _PLACES[record_kind]:
        if name not in given:
            continue
        known: dict[int, tuple[int | None, int | None]] = {}
        for row, columns in zip(rows, found, strict=True):
            if name in row:
                value = row[name]
                both = known.get(id(value)) or known.setdefault(id(value), bounds(kind, value))
                columns[low], columns[high] = both
    names = (sort_key(row.get("name") or "") for row in rows) if sort_names is None else sort_names
    for row, columns, sort_name in zip(rows, found, names, strict=True):
        if "name" in row:
            columns["sort_name"] = sort_name
    return found


def _whole(bound: Decimal | None, scale: int, rounding: str) -> int | None:
    if bound is None:
        return None
    number = int((bound * scale).to_integral_value(rounding=rounding))
    return max(-LARGEST, min(LARGEST, number))


def _days(date: PartialDate) -> tuple[int, int]:
    """Return the first and the last day as ``yyyymmdd``."""
    if date.quarter:
        first, last = 3 * date.quarter - 2, 3 * date.quarter
    elif date.half:
        first, last = 6 * date.half - 5, 6 * date.half
    elif date.month:
        first = last = date.month
    else:
        first, last = 1, 12
    if date.day:
        return (only := date.year * 10000 + first * 100 + date.day), only
    end = calendar.monthrange(date.year, last)[1]
    return date.year * 10000 + first * 100 + 1, date.year * 10000 + last * 100 + end
