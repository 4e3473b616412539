"""The rows of a table as records: every cell read by its column, the section's stage, merged cells filled down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Any

from crm.domain.fields.registry import Field
from crm.domain.imports.area_questions import AreaQuestions
from crm.domain.imports.body import BodyRow, RowKind, planned_in_section, section_stage
from crm.domain.imports.cells import EMPTY, Reading, Settings, Values, read_cell
from crm.domain.imports.column_cells import ColumnCells
from crm.domain.imports.currency_columns import in_currency, sums_of
from crm.domain.imports.doubted_units import doubted
from crm.domain.imports.grid import CellValue, Sheet, column_letter
from crm.domain.imports.headers import Column
from crm.domain.imports.keyed import Edit
from crm.domain.imports.kinds import naming
from crm.domain.imports.notes import Note
from crm.domain.imports.progress import PROGRESS, reached
from crm.domain.imports.questions import Proof, Questions
from crm.domain.imports.rows import CellNote, RowRecord
from crm.domain.imports.tables import Table
from crm.domain.imports.texts import cell_text, plain
from crm.domain.imports.units import UNIT_CHOICES, unit_of
from crm.domain.imports.words import stages_before
from crm.domain.quantities import Money

YEARS = tuple(range(2015, 2041))
"""The years a date without one may be of, where the file's title says none."""

LEAST_TELLING = 2
"""Rows whose text must say what is reached before it is asked whether that is the stage."""


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads the rows of one table.

    Attributes:
        place: names the table in the keys of questions: its sheet, and its number where the sheet has several.
        year: of the title, or None.
        stage: what the title or the sheet's name says of the stage.
        untyped: no cell holds a number or a date (csv), so a text 2024.1 may have been the number.
        edits: of the rows that the program exported: only what was changed in them is read.
    """

    sheet: Sheet
    table: Table
    columns: Sequence[Column]
    fields: Mapping[str, Field]
    questions: Questions
    place: str
    year: int | None = None
    stage: tuple[str, str] | None = None
    untyped: bool = False
    edits: Mapping[int, Edit] = field(default_factory=dict)

    def records(self, rows: Sequence[BodyRow]) -> list[RowRecord]:
        """Return the records of the data rows, in their order."""
        data = [row for row in rows if row.kind is RowKind.DATA]
        cells = ColumnCells(self.sheet, self.table, [row.index for row in data])
        records = [RowRecord(row.index + 1, raw=raw) for row, raw in zip(data, cells.raw(), strict=True)]
        for column in self.columns:
            if column.field:
                self._read_column(column, cells, records)
        for column in self.columns:
            if column.reason == "currency_of":
                self._take_currencies(column, records)
        for column in doubted(self.columns, records):
            self._read_again(replace(column, unit=None, unit_from=""), cells, records)
        names = (*naming(self.fields), "code") if "name" in self.fields else ()
        telling, areas = self._telling(records), self._areas
        for row, record in zip(data, records, strict=True):
            self._finish(row, record, names, telling, areas)
        return records

    def as_they_stand(self, rows: Sequence[BodyRow], names: Sequence[str]) -> Iterable[tuple[str | None, ...]]:
        """Return of each data row the texts of some fields as their cells stand, before they are read; None: blank."""
        data = [row.index for row in rows if row.kind is RowKind.DATA]
        cells = ColumnCells(self.sheet, self.table, data)
        places = {column.field: column.index for column in self.columns}
        blank = [None] * len(data)
        return zip(*(_texts(cells.column(places[name])) if name in places else blank for name in names), strict=True)

    @property
    def _areas(self) -> AreaQuestions:
        return AreaQuestions(self.sheet.name, self.columns, self.questions)

    def key(self, code: str, column: Column) -> str:
        """Return the key of a question about a column."""
        return f"{code}:{self.place}/{column_letter(column.index)}"

    # -------------------------------------------------------------------------------- columns

    def _read_column(self, column: Column, cells: ColumnCells, records: Sequence[RowRecord]) -> None:
        """Read the cells of a column, those that are alike once."""
        of, settings = self.fields[column.field or ""], self._settings(column)
        values, forms = cells.column(column.index), cells.forms(column.index)
        alike = forms is None and len({value.__class__ for value in values if value is not None}) < 2  # noqa: PLR2004
        # 1, True and 1.0 are equal: where classes or formats differ they tell cells apart as the values do
        cases: Sequence[Any] = values if alike else [*zip(map(type, values), values, forms or repeat(""), strict=False)]
        single: dict[Any, Any] = {}
        others: dict[Any, Reading] = {}
        for case in dict.fromkeys(cases):
            value, form = (case, "") if alike else case[1:]
            reading = EMPTY if value is None or _is_blank(value) else read_cell(value, column, of, settings, form)
            only = _only_value(reading, of.name)
            if only is not None:
                single[case] = only
            elif value is not None:
                others[case] = reading
        name = of.name
        for record, found, case, value in zip(records, map(single.get, cases), cases, values, strict=True):
            if found is not None:
                record.values[name] = found
            elif case in others:
                self._take(others[case], record, column, value)

    def _take(self, reading: Reading, record: RowRecord, column: Column, value: CellValue) -> None:
        """Take what a cell says that is more than one value: its question, other fields, remarks."""
        if reading.question:
            reading = self._asked(reading, column, record.row, cell_text(value))
        if reading.values:
            self._put(record, column, reading.values)
        letter = column_letter(column.index)
        record.notes += [CellNote(letter, note) for note in reading.notes]

    def _read_again(self, column: Column, cells: ColumnCells, records: Sequence[RowRecord]) -> None:
        """Read a column anew that lost the unit it had inherited: its bare figures are asked about."""
        letter = column_letter(column.index)
        for record in records:
            record.values.pop(column.field or "", None)
            record.notes = [note for note in record.notes if note.column != letter]
        self._read_column(column, cells, records)

    def _take_currencies(self, column: Column, records: Sequence[RowRecord]) -> None:
        """Put the sums beside a column of currencies into what it says."""
        letter, names = column_letter(column.index), [each.field for each in sums_of(column, self.columns, self.fields)]
        for record in records:
            said = record.raw.get(letter, "")
            for name in filter(None, names):
                money = record.values.get(name)
                if not isinstance(money, Money):
                    continue
                money, note = in_currency(money, said)
                if money is None:
                    del record.values[name]
                else:
                    record.values[name] = money
                if note and CellNote(letter, note) not in record.notes:
                    record.notes.append(CellNote(letter, note))

    def settled(self, column: Column) -> Column:
        """Return a column with the unit that was answered for it, where its heading does not say one."""
        key = self.key("unit", column)
        unit = self.questions.answered(key)
        known = column.unit and not column.inferred
        if known or not unit or not column.field or self.fields[column.field].kind not in UNIT_CHOICES:
            return column
        self._ask(key, "unit", column)
        return replace(column, unit=unit_of(unit), unit_from="answer")

    def _settings(self, column: Column) -> Settings:
        codes = ("month", "day_month", "no_land", "year")
        month, order, no_land, year = (self.questions.answered(self.key(code, column)) or "" for code in codes)
        return Settings(
            untyped=self.untyped,
            year=int(year) if year.isdigit() else None,
            month=month,
            order=order,
            no_land=no_land,
        )

    def _asked(self, reading: Reading, column: Column, row: int, raw: str) -> Reading:
        """Return the reading after its question was asked; an answered area is put in."""
        code, proof = reading.question, Proof(row, raw.strip())
        if code == "area":
            return self._areas.of_cell(raw, proof, column)
        if code == "stage_ahead":
            return self._stage_ahead(raw, proof, column_letter(column.index))
        key, doubted_unit = self.key(code, column), self._doubted_unit(column) if code == "unit" else ""
        if doubted_unit:
            self._ask(key, "unit_doubted", column, proof, unit=doubted_unit)
            note = Note("asked_unit_doubted", {"raw": raw.strip(), "unit": doubted_unit}, doubtful=True)
            return reading._replace(notes=(*reading.notes, note))
        if self._ask(key, code, column, proof):
            return reading
        return reading._replace(notes=(*reading.notes, Note(f"asked_{code}", {"raw": raw.strip()}, doubtful=True)))

    def _doubted_unit(self, column: Column) -> str:
        """Return the unit that a column inherited and lost, because its figures make no sense in it; else ""."""
        before = next(each.unit for each in self.columns if each.index == column.index)
        return before.word if before and not column.unit else ""

    def _ask(self, key: str, code: str, column: Column, proof: Proof | None = None, **parameters: str) -> str | None:
        return self.questions.ask(
            key,
            code,
            sheet=self.sheet.name,
            column=column_letter(column.index),
            choices=self._choices(code, column),
            proof=proof,
            heading=column.header,
            **parameters,
        )

    def _choices(self, code: str, column: Column) -> tuple[str, ...]:
        if code in ("unit", "unit_doubted"):
            return UNIT_CHOICES[self.fields[column.field or ""].kind]
        if code != "year":
            return ()
        around = (self.year, self.year - 1, self.year + 1) if self.year else YEARS
        return tuple(str(year) for year in around)

    def _stage_ahead(self, raw: str, proof: Proof, letter: str = "") -> Reading:
        """Return the stage that was answered for words that only name one that is still ahead: 拟签约."""
        ahead = planned_in_section(raw) or ""
        answer = self.questions.ask(
            f"stage_ahead:{plain(raw)}",
            "stage_ahead",
            sheet=self.sheet.name,
            column=letter,
            choices=(*stages_before(ahead), "none"),
            proof=proof,
            raw=raw.strip(),
            stage=ahead,
        )
        if answer is None:
            return Reading(notes=(Note("asked_stage_ahead", {"raw": raw.strip()}, doubtful=True),))
        note = Note("stage_from_text", {"raw": raw.strip()})
        return Reading({} if answer == "none" else {"stage": answer}, (note,))

    @staticmethod
    def _put(record: RowRecord, column: Column, values: Values) -> None:
        for name, value in values.items():
            own = name == column.field
            if name == "notes":
                _add_note_text(record, column, value)
            elif not own:
                _add_beside(record, name, value)
            elif isinstance(value, dict) and isinstance(before := record.values.get(name), dict):
                record.values[name] = {**before, **value}
            else:
                record.values[name] = value

    # -------------------------------------------------------------------------------- rows

    def _finish(
        self, row: BodyRow, record: RowRecord, names: Sequence[str], telling: Column | None, areas: AreaQuestions
    ) -> None:
        record.edit = self.edits.get(row.index)
        if record.edit is not None:
            return
        if names and not any(map(record.values.get, names)):
            record.fault = Note("no_name")  # a masked name stands beside its code
        if self.sheet.hidden_rows and row.index in self.sheet.hidden_rows:
            record.notes.append(CellNote("", Note("hidden_row")))
        if "area" in self.fields:
            areas.check(record)
        if "stage" in self.fields:
            self._take_stage(row, record, telling)

    def _take_stage(self, row: BodyRow, record: RowRecord, telling: Column | None) -> None:
        if "stage" in record.values or "status" in record.values:
            return
        found = section_stage(row.section) if row.section else None
        if found is None and row.section and planned_in_section(row.section):
            told = self._stage_ahead(row.section, Proof(record.row, str(record.values.get("name", ""))))
            record.values |= told.values
            record.notes += [CellNote("", note) for note in told.notes]
            return
        found = found or self.stage
        if found is None and telling is not None:
            self._ask_about_progress(record, telling)
        elif found:
            record.values[found[0]] = found[1]
            record.notes.append(CellNote("", Note("stage_from_section", {"raw": row.section or self.sheet.name})))

    def _telling(self, records: Sequence[RowRecord]) -> Column | None:
        """Return the column whose text says how far the projects are, where no column is for that; else None.

        One row that says so is no reason to ask, unless there is no other.
        """
        if "stage" not in self.fields or any(column.field in ("stage", "status") for column in self.columns):
            return None
        for column in self.columns:
            if column.field == "notes" and PROGRESS.search(column.header):
                letter = column_letter(column.index)
                says = sum(reached(record.raw.get(letter, "")) is not None for record in records)
                if says >= min(LEAST_TELLING, len(records)):
                    return column
        return None

    def _ask_about_progress(self, record: RowRecord, column: Column) -> None:
        """Ask, once for a column of telling text, whether what it says is reached is the stage."""
        letter = column_letter(column.index)
        told = reached(record.raw.get(letter, ""))
        if told is None:
            return
        (name, code), words = told
        if self._ask(self.key("stage_text", column), "stage_text", column, Proof(record.row, words)) == "yes":
            record.values[name] = code
            record.notes.append(CellNote(letter, Note("stage_from_text", {"raw": words})))


def _texts(values: Sequence[CellValue]) -> list[str | None]:
    return [value if value is None or value.__class__ is str else cell_text(value) for value in values]


def _is_blank(value: CellValue) -> bool:
    return isinstance(value, str) and value.isspace()


def _only_value(reading: Reading, field: str) -> Any:  # noqa: ANN401  (a domain value)
    """Return the value of a reading that says nothing else; None for any other reading."""
    if reading.question or reading.notes or len(reading.values) != 1 or field == "notes":
        return None
    value = reading.values.get(field)
    return None if isinstance(value, dict) else value


def _add_beside(record: RowRecord, name: str, value: Any) -> None:  # noqa: ANN401  (a domain value)
    """Add what a cell says of another field than its column's; what a column of its own says goes before it."""
    before = record.values.get(name)
    if before is None:
        record.values[name] = value
    elif isinstance(value, dict) and isinstance(before, dict):
        record.values[name] = {**value, **before}


def _add_note_text(record: RowRecord, column: Column, text: str) -> None:
    """Add to the notes: what stands in the column for notes first, then the others under their headings."""
    before = record.values.get("notes")
    if column.labelled:
        entry = f"{column.header}：{text}"
        record.values["notes"] = f"{before}\n{entry}" if before else entry
    else:
        record.values["notes"] = f"{text}\n{before}" if before else text


def is_untyped(sheet: Sheet) -> bool:
    """Whether a sheet holds nothing but text."""
    return all(value is None or isinstance(value, str) for row in sheet.rows for value in row)


def title_year(table: Table, sheet: Sheet) -> int | None:
    """Return the year that the title of a table or the sheet's name says, when they say one only."""
    texts = " ".join((*(text for _row, text in table.above), sheet.name))
    years = set(re.findall(r"(20\d\d)年", texts))
    return int(years.pop()) if len(years) == 1 else None
