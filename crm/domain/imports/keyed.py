"""An export of our own that comes back: its columns by their keys, its rows by their marks, whatever else was changed.

Columns may have been moved, hidden, deleted and renamed, rows sorted, filtered, deleted and added: a hidden row of keys
stands above the headings, and a mark in every row that the program wrote (``crm.domain.exchange.marks``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crm.domain.exchange.marks import SIGN, WORKED_OUT, Mark, read_mark
from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.domain.imports.grid import Sheet
from crm.domain.imports.headers import Column, Said, header_text, understand
from crm.domain.imports.tables import Path, Table
from crm.domain.imports.units import Unit, split_unit, suits, unit_of

SEARCHED_ROWS = 60
"""The row of keys stands above this row."""

Target = tuple[str, str]
"""A field and its entry: ``("space", "研发")``; the entry is "" for a field of one value."""

_PARTED = frozenset((Kind.SPACES, Kind.TAX_YEARS))


@dataclass(frozen=True, slots=True)
class Keyed:
    """An exported table.

    Attributes:
        kind: of its records.
        table: where it stands; its columns are those with a key or a heading.
        keys: column → the field and entry the program wrote there; None where it wrote what it had worked out.
        marks: row → its mark; rows that were added have none.
        marked: the column of the marks.
    """

    kind: str
    table: Table
    keys: Mapping[int, Target | None]
    marks: Mapping[int, Mark]
    marked: int


@dataclass(frozen=True, slots=True)
class Edit:
    """What was done to an exported row.

    Attributes:
        kind: of the record.
        record_id: the record; None when it is no longer in the program.
        base: its values when it left; None when this is not known any more.
        columns: the columns that were changed.
        emptied: the fields and entries whose cell is blank now, and was not.
    """

    kind: str
    record_id: int | None
    base: Mapping[str, Any] | None = None
    columns: frozenset[int] = frozenset()
    emptied: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Edits:
    """What was done to an exported table.

    Attributes:
        rows: row → what was done to it; a row that is not here is read like that of any ledger.
        copies: row → the row it was copied from.
    """

    keyed: Keyed
    rows: Mapping[int, Edit] = field(default_factory=dict)
    copies: Mapping[int, int] = field(default_factory=dict)

    def only_changed(self, sheet: Sheet) -> Sheet:
        """Return the sheet with nothing but the changed cells in the rows of records: nothing else is to be read."""
        kept = set(range(sheet.width)) - set(self.keyed.keys)
        code = next((column for column, target in self.keyed.keys.items() if target == ("code", "")), None)
        rows = list(sheet.rows)
        for number, edit in self.rows.items():
            if edit.record_id is not None:
                keep = kept | edit.columns
                rows[number] = [value if column in keep else None for column, value in enumerate(rows[number])]
        for number, original in self.copies.items():
            if code is not None and sheet.rows[number][code] == sheet.rows[original][code]:
                rows[number] = [None if column == code else value for column, value in enumerate(rows[number])]
        return replace(sheet, rows=rows)


def find_keyed(sheet: Sheet) -> Keyed | None:
    """Return the exported table of a sheet; None for any other sheet."""
    for row, values in enumerate(sheet.rows[:SEARCHED_ROWS]):
        for column, value in enumerate(values):
            if isinstance(value, str) and value.startswith(SIGN) and value[len(SIGN) :] in RECORD_FIELDS:
                return _keyed(sheet, row, column, value[len(SIGN) :])
    return None


def _keyed(sheet: Sheet, key_row: int, marked: int, kind: str) -> Keyed:
    head, fields = key_row + 1, RECORD_FIELDS[kind]
    headings = sheet.rows[head] if head < sheet.height else [None] * sheet.width
    paths = tuple(
        Path(column, (str(heading),) if heading is not None else ())
        for column, heading in enumerate(headings)
        if column != marked
    )
    keys = {marked: None, **_keys(sheet.rows[key_row], fields)}
    above = tuple((row, _row_text(sheet.rows[row])) for row in range(key_row) if _row_text(sheet.rows[row]))
    table = Table((head,), paths, head + 1, sheet.height - 1, above)
    marks = {row: mark for row in range(head + 1, sheet.height) if (mark := read_mark(sheet.rows[row][marked]))}
    return Keyed(kind, table, keys, marks, marked)


def _keys(values: Sequence[object], fields: Mapping[str, Field]) -> dict[int, Target | None]:
    """Return what each column is; a second column of one field, made by copying a column, is none of ours."""
    found: dict[int, Target | None] = {}
    for column, value in enumerate(values):
        name, _dot, part = value.partition(".") if isinstance(value, str) else ("", "", "")
        if name in fields and bool(part) is (fields[name].kind in _PARTED):
            found[column] = None if (name, part) in found.values() else (name, part)
        elif name == WORKED_OUT:
            found[column] = None
    return found


def keyed_columns(sheet: Sheet, keyed: Keyed, said: Mapping[str, Said]) -> tuple[Column, ...]:
    """Return the columns of an exported table: its own by their keys, added ones like those of any ledger."""
    fields = RECORD_FIELDS[keyed.kind]
    added = tuple(path for path in keyed.table.paths if path.column not in keyed.keys)
    others = understand(sheet, replace(keyed.table, paths=added), fields, said) if added else ()
    targets = {target: column for column, target in keyed.keys.items() if target}
    own = [_own(path, keyed, fields) for path in keyed.table.paths if path.column in keyed.keys]
    return tuple(sorted([*own, *(_beside(column, targets) for column in others)], key=lambda column: column.index))


def _own(path: Path, keyed: Keyed, fields: Mapping[str, Field]) -> Column:
    target, header = keyed.keys[path.column], header_text(path)
    if target is None:
        return Column(path.column, header, reason="worked_out")
    name, part = target
    said = split_unit(path.parts[0])[1] if path.parts else None
    told = said is not None and suits(said, fields[name])
    unit = said if told else own_unit(fields[name])
    return Column(
        path.column,
        header,
        name,
        part,
        unit=unit,
        unit_from=("header" if told else "export") if unit else "",
        how="export",
        confidence=100,
        reason="export",
    )


def own_unit(field: Field) -> Unit | None:
    """Return the unit that the program writes the bare numbers of a field in; None where they have none."""
    return unit_of("㎡" if field.kind is Kind.SPACES else field.unit)


def _beside(column: Column, targets: Mapping[Target, int]) -> Column:
    """Return an added column; one that says again what an exported one says, or only adds to the notes, is left."""
    rival = targets.get((column.field or "", column.part))
    if column.field is None or (rival is None and not column.labelled):
        return column
    return Column(column.index, column.header, reason="taken" if rival is not None else "not_ours", rival=rival)


def _row_text(values: Sequence[object]) -> str:
    return " ".join(str(value).strip() for value in values if value is not None)
