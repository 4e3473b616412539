"""Sums in a ledger checked against its rows: they verify what was read and are never imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crm.domain.fields.registry import Field, Kind
from crm.domain.imports.body import BodyRow, RowKind
from crm.domain.imports.cells import Settings, read_cell
from crm.domain.imports.currency_columns import in_one_currency
from crm.domain.imports.grid import CellValue, Sheet, column_letter
from crm.domain.imports.headers import Column
from crm.domain.imports.texts import cell_text
from crm.domain.imports.units import Dimension, Unit
from crm.domain.quantities import Span

SUMMED = frozenset((Kind.MONEY, Kind.LAND, Kind.NUMBER))
"""Kinds of field a sum is checked for."""


@dataclass(frozen=True, slots=True)
class SumCheck:
    """One sum.

    Attributes:
        row: as people count, from 1.
        column: its letter.
        field: what is summed.
        stated: the cell's text.
        computed: low and high of the rows' sum, in the field's unit.
        unit: what bare numbers of the column are in; None where nothing says it.
        holds: whether the rows give what is stated.
    """

    row: int
    column: str
    field: str
    stated: str
    computed: tuple[Decimal, Decimal]
    holds: bool
    unit: Unit | None = None

    @property
    def shown(self) -> tuple[Decimal, Decimal, str]:
        """Low and high of the rows' sum as the column would have it, and that unit: 9.2, 10.2, 亿元."""
        unit = self.unit
        if unit is None or unit.dimension is not Dimension.MONEY:  # a step of ten divides exactly, a mu does not
            return *self.computed, ""
        return self.computed[0] / unit.factor, self.computed[1] / unit.factor, unit.word


@dataclass(slots=True)
class _Total:
    """The sum of some rows of a column: of all readable cells, and of those that hold a number, as SUM adds them."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    numbers: Decimal = Decimal(0)

    def add(self, span: Span, cell: CellValue) -> None:
        low = span.low if span.low is not None else span.high
        high = span.high if span.high is not None else span.low
        self.low += low or 0
        self.high += high or 0
        if isinstance(cell, int | Decimal) and low is not None:
            self.numbers += low

    def gives(self, stated: Span) -> bool:
        if stated.low is None or stated.high is None:
            return False
        return (stated.low, stated.high) in ((self.low, self.high), (self.numbers, self.numbers))


def check_sums(
    sheet: Sheet, columns: Sequence[Column], fields: Mapping[str, Field], rows: Sequence[BodyRow]
) -> list[SumCheck]:
    """Return the sums of a table, each with what its rows give: of its section, or of all rows above it."""
    if not any(row.kind is RowKind.SUBTOTAL for row in rows):
        return []
    data = [row.index for row in rows if row.kind is RowKind.DATA]
    summed = [
        column
        for column in columns
        if column.field
        and fields[column.field].kind in SUMMED
        and in_one_currency(column, columns, fields, lambda index: (sheet.rows[row][index] for row in data))
    ]
    return [check for column in summed for check in _column_checks(sheet, column, fields[column.field or ""], rows)]


def _column_checks(sheet: Sheet, column: Column, of: Field, rows: Sequence[BodyRow]) -> list[SumCheck]:
    section, whole, every = _Total(), _Total(), _total(sheet, column, of, rows)
    known: dict[Any, Span | None] = {}
    found = []
    for row in rows:
        cell = sheet.rows[row.index][column.index]
        if row.kind is RowKind.SECTION:
            section = _Total()
        span = _span(cell, column, of, known) if row.kind in (RowKind.DATA, RowKind.SUBTOTAL) else None
        if span is None:
            continue
        if row.kind is RowKind.DATA:
            section.add(span, cell)
            whole.add(span, cell)
            continue
        holds = section.gives(span) or whole.gives(span) or every.gives(span)
        nearest = section if "小" in row.text else whole if whole.low or whole.high else every
        letter = column_letter(column.index)
        computed = (nearest.low, nearest.high)
        found.append(SumCheck(row.index + 1, letter, of.name, cell_text(cell).strip(), computed, holds, column.unit))
        section = _Total()
    return found


def _total(sheet: Sheet, column: Column, of: Field, rows: Sequence[BodyRow]) -> _Total:
    """Return the sum of all rows, for a sum that stands above them."""
    total, known = _Total(), dict[Any, Span | None]()
    for row in rows:
        cell = sheet.rows[row.index][column.index]
        span = _span(cell, column, of, known) if row.kind is RowKind.DATA else None
        if span is not None:
            total.add(span, cell)
    return total


def _span(cell: CellValue, column: Column, of: Field, known: dict[Any, Span | None]) -> Span | None:
    if cell is None:
        return None
    case = type(cell), cell
    if case not in known:
        value = read_cell(cell, column, of, Settings()).values.get(of.name)
        known[case] = value if isinstance(value, Span) and not value.vague else None
    return known[case]
