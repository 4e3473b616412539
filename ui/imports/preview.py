"""What a dry run found, made ready to be looked at row by row and cell by cell. Made on the job's thread.

Two hundred thousand rows are numbers in arrays here; a row is put into words when somebody looks at it.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm.domain.fields.writing import value_to_text
from crm.domain.imports.body import BodyRow, RowKind
from crm.domain.imports.explain import cell_note_text, column_reason, how_text, note_text
from crm.domain.imports.grid import column_letter
from crm.domain.imports.headers import Column
from crm.domain.imports.kinds import import_fields
from crm.domain.imports.to_json import action_of, row_to_json, suspects_to_json
from crm.domain.magnitudes.explain import SLIPS, label_of, suspicion_text
from crm.domain.magnitudes.guard import Slip, Suspicion
from crm.i18n import _

if TYPE_CHECKING:
    from crm.domain.imports.plan import PlannedRow
    from crm.domain.imports.understanding import TableRead
    from crm.jobs.headings import Heading
    from crm.jobs.imports import Imported

SUSPECT = "suspect"
"""Beside the actions: rows with figures that may be in another unit."""

SAMPLED_ROWS, SAMPLES = 200, 3
"""Rows in which samples of a column are looked for, and how many are shown."""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column as the wizard shows it.

    Attributes:
        target: the field with its part; "" for none.
        example: how a cell of it was read: 1.2 → 12,000万元.
        why: how it got its field, or why it has none.
        sure: percent; None for a column without a field.
    """

    letter: str
    header: str
    samples: str
    target: str
    unit: str
    example: str
    why: str
    sure: int | None


@dataclass(slots=True)
class Preview:
    """A dry run, or what an import did.

    Attributes:
        by_action: action -> places of its rows in ``planned``.
        held: places of the rows that may be known already.
        cells: places of the rows with remarks on cells, one entry a remark; ``remarks``: which remark of the row, below
            zero which of its figures that may be in another unit, counted from -1.
        slips: columns most of whose figures may be in another unit, in words.
        passed: the rows that are no records, each with its sheet.
    """

    imported: Imported
    by_action: dict[str, array[int]] = field(default_factory=dict)
    held: array[int] = field(default_factory=lambda: array("l"))
    cells: array[int] = field(default_factory=lambda: array("l"))
    remarks: array[int] = field(default_factory=lambda: array("l"))
    slips: Sequence[str] = ()
    passed: Sequence[tuple[str, BodyRow]] = ()

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.imported.kind

    @property
    def planned(self) -> Sequence[PlannedRow]:
        """Every data row with what is done with it."""
        return self.imported.planned

    def document(self, place: int) -> dict[str, Any]:
        """Return a row as the contract tells it."""
        return row_to_json(self.kind, self.planned[place], self.imported.codes.get(place))

    def row_line(self, place: int) -> tuple[str, str, str]:
        """Return where a row stands, what it is about, and what there is to say of it."""
        row = self.planned[place]
        code = self.imported.codes.get(place)
        name = row.record.values.get("name") or row.record.values.get("code") or code or ""
        told = [change_text(self.kind, name_, *ends) for name_, ends in row.changes.items()]
        told += [note_text(note, entry=row.source.entry) for note in row.notes]
        told += [suspicion_text(each) for each in row.suspicions]
        told += [self._remark(row, number) for number in range(len(row.record.notes))]
        return self.where(row), str(name), _("; ").join(one.rstrip("。.") for one in told)

    def cell_line(self, number: int) -> tuple[str, str, str, str]:
        """Return a remark on a cell: the cell, its heading, its text as it was, what was done."""
        row = self.planned[self.cells[number]]
        which = self.remarks[number]
        if which < 0:
            return self._slip_line(row, row.suspicions[-which - 1])
        remark = row.record.notes[which]
        column = row.source.columns.get(remark.column)
        cell = f"{remark.column}{row.record.row}" if remark.column else self.where(row)
        place = f"{row.source.sheet}!{cell}" if row.source.sheet and remark.column else cell
        raw = row.record.raw.get(remark.column, "")
        return place, column.header if column else "", raw, note_text(remark.note, entry=row.source.entry)

    def _slip_line(self, row: PlannedRow, suspicion: Suspicion) -> tuple[str, str, str, str]:
        columns = row.source.columns.items()
        letter, column = next(((*one,) for one in columns if one[1].target == suspicion.field), ("", None))
        cell = f"{letter}{row.record.row}" if letter else self.where(row)
        place = f"{row.source.sheet}!{cell}" if row.source.sheet and letter else cell
        heading = column.header if column else label_of(suspicion.field)
        return place, heading, row.record.raw.get(letter, ""), suspicion_text(suspicion)

    def where(self, row: PlannedRow) -> str:
        """Return where a row stands in the file."""
        several = len(self.imported.understood.tables) > 1
        number = str(row.record.row)
        return f"{row.source.sheet}!{number}" if several and row.source.sheet else number

    def columns(self, table: TableRead) -> list[ColumnLine]:
        """Return the columns of a table, the running number left out."""
        rows = [one for one in self.planned[: SAMPLED_ROWS * 20] if one.source.sheet == table.sheet][:SAMPLED_ROWS]
        return [self._column(column, rows) for column in table.columns if column.reason != "serial" or column.field]

    def _column(self, column: Column, rows: Sequence[PlannedRow]) -> ColumnLine:
        letter = column_letter(column.index)
        raws = dict.fromkeys(raw for one in rows if (raw := one.record.raw.get(letter)))
        return ColumnLine(
            letter,
            column.header,
            _("; ").join(list(raws)[:SAMPLES]),
            column.target,
            column.unit.word if column.unit else "",
            self._example(column, letter, rows),
            how_text(column.how) if column.field else column_reason(column),
            column.confidence if column.field else None,
        )

    def _example(self, column: Column, letter: str, rows: Sequence[PlannedRow]) -> str:
        """Return how the first filled cell of a column was read."""
        if column.field is None:
            return ""
        of = import_fields(self.kind)[column.field]
        for one in rows:
            raw, value = one.record.raw.get(letter), one.record.values.get(column.field)
            if not raw or value is None:
                continue
            if column.part:
                parts = {str(name): (name, each) for name, each in value.items()}
                if column.part not in parts:
                    continue
                name, each = parts[column.part]
                value = {name: each}
            return _("{raw} → {value}").format(raw=raw, value=value_to_text(of, value))
        return ""

    def _remark(self, row: PlannedRow, number: int) -> str:
        note = row.record.notes[number]
        return cell_note_text(note, row.source.columns, row.record.row, entry=row.source.entry)


def heading_lines(heading: Heading) -> list[ColumnLine]:
    """Return the columns of a table whose records could not be told: no cell of it was read yet."""
    return [
        ColumnLine(
            letter := column_letter(one.index),
            one.header,
            _("; ").join(heading.samples.get(letter, ())),
            one.target,
            one.unit.word if one.unit else "",
            "",
            how_text(one.how) if one.field else column_reason(one),
            one.confidence if one.field else None,
        )
        for one in heading.columns
    ]


def change_text(kind: str, name: str, before: object, after: object) -> str:
    """Return a change of a field: what it was, what it becomes."""
    of = import_fields(kind)[name]
    was = _("(nothing)") if before is None else value_to_text(of, before)
    becomes = _("(nothing)") if after is None else value_to_text(of, after)
    return _("{field}: {before} → {after}").format(field=_(of.label), before=was, after=becomes)


def preview_of(imported: Imported) -> Preview:
    """Return an import made ready to be looked at: one walk over its rows."""
    made = Preview(imported)
    for place, row in enumerate(imported.planned):
        made.by_action.setdefault(action_of(row), array("l")).append(place)
        if row.candidates:
            made.held.append(place)
        if row.suspicions:
            made.by_action.setdefault(SUSPECT, array("l")).append(place)
        for number in range(-len(row.suspicions), len(row.record.notes)):
            made.cells.append(place)
            made.remarks.append(number)
    made.passed = [
        (table.sheet, one)
        for table in imported.understood.tables
        for one in table.passed
        if one.kind is not RowKind.BLANK
    ]
    made.slips = [slip_text(one) for one in suspects_to_json(imported.planned)["columns"]]
    return made


def slip_text(column: Mapping[str, Any]) -> str:
    """Return that most figures of a column may be in another unit."""
    words = _(
        "{label}, the whole column: {rows} of {of} figures may be in another unit ({slip}). Please check the unit."
    )
    slip = _(SLIPS[Slip(column["slip"])])
    return words.format(label=label_of(column["field"]), rows=column["rows"], of=column["of"], slip=slip)


def labels_of(kind: str) -> Mapping[str, str]:
    """Return what the fields of a kind of record are called."""
    return {name: _(of.label) for name, of in import_fields(kind).items()}
