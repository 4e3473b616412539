"""A workbook understood: its tables, columns and rows, and what it leaves open. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from crm.domain.fields.registry import Field
from crm.domain.fields.words import list_mark
from crm.domain.imports.body import BodyRow, RowKind, classify, section_stage
from crm.domain.imports.currency_columns import with_currencies
from crm.domain.imports.forms import is_form
from crm.domain.imports.grid import Sheet, Visibility, column_letter
from crm.domain.imports.headers import Column, Said, header_text, heading_names, understand, with_unit
from crm.domain.imports.keyed import Edits, keyed_columns
from crm.domain.imports.kinds import naming
from crm.domain.imports.memory import Memories, Recalled
from crm.domain.imports.notes import Note
from crm.domain.imports.questions import Questions
from crm.domain.imports.records import TableReader, is_untyped, title_year
from crm.domain.imports.rows import CellNote, RowRecord, SourceRow
from crm.domain.imports.said import HeadingRows, rows_named
from crm.domain.imports.sums import SumCheck, check_sums
from crm.domain.imports.tables import Table, find_tables, lone_heading
from crm.domain.imports.texts import plain
from crm.domain.imports.words import stage_of
from crm.errors import ValueRefusedError
from crm.i18n import _


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table of records.

    Attributes:
        sheet: its name.
        table: where it stands.
        columns: what each column is.
        rows: every row of the body with what it is.
        records: the data rows, read.
        hidden_columns: letters of the columns the user has hidden; None where that is not known.
        above: the filled rows above its heading.
        sums: its sums, checked against the rows.
        place: as the keys of questions name it.
        named: a person said which rows its heading is, now or when the same one came in before.
        recalled: what was said of its heading before; None for a new one.
        grid: the sheet as it was read.
    """

    sheet: str
    table: Table
    columns: tuple[Column, ...]
    rows: tuple[BodyRow, ...]
    records: list[RowRecord]
    hidden_columns: tuple[str, ...] | None = ()
    above: tuple[BodyRow, ...] = ()
    sums: tuple[SumCheck, ...] = ()
    place: str = ""
    named: bool = False
    recalled: Recalled | None = None
    grid: Sheet | None = None

    @property
    def passed(self) -> list[BodyRow]:
        """The rows that are no records: titles and notes above, sections, sums, notes below; no blank lines."""
        return [*self.above, *(row for row in self.rows if row.kind not in (RowKind.DATA, RowKind.BLANK))]


@dataclass(slots=True)
class Understood:
    """What a file holds.

    Attributes:
        tables: its tables of records, in their order.
        refused: sheets without one, with the reason: ``empty``, ``no_heading``, ``no_rows``, ``no_name``, ``hidden``,
            ``not_below``.
        questions: what it leaves open.
        grids: the sheets in which none was found, as they were read: a person may name their heading.
    """

    tables: list[TableRead] = field(default_factory=list)
    refused: dict[str, Note] = field(default_factory=dict)
    questions: Questions = field(default_factory=Questions)
    grids: dict[str, Sheet] = field(default_factory=dict)

    @property
    def rows(self) -> list[SourceRow]:
        """All data rows with where they stand, in the order of the file."""
        return [
            SourceRow(table.sheet, record, columns)
            for table in self.tables
            for columns in ({column_letter(column.index): column for column in table.columns},)
            for record in table.records
        ]


class Foresight(Protocol):
    """Who works something out of the rows of a table while they are still read."""

    @property
    def fields(self) -> Sequence[str]:
        """The fields whose texts are wanted."""

    def ask(self, rows: Iterable[tuple[str | None, ...]]) -> None:
        """Take the texts of the fields, of every data row, as their cells stand; None for a blank one."""


def understand_workbook(
    sheets: Sequence[Sheet],
    fields: Mapping[str, Field],
    *,
    only: str | None = None,
    said: Mapping[str, Said] | None = None,
    answers: Mapping[str, str] | None = None,
    edits: Mapping[str, Edits] | None = None,
    memories: Memories | None = None,
    headings: HeadingRows | None = None,
    foresight: Foresight | None = None,
) -> Understood:
    """Return what the sheets of a workbook hold.

    Args:
        sheets: as the reader gave them.
        fields: of the kind of record that is imported.
        only: the name of the one sheet to take; a hidden sheet is taken only when it is named.
        said: what the user said of headings, by plain text.
        answers: to the questions of the file.
        edits: by sheet, what was done to those that the program exported.
        memories: what was said of headings before.
        headings: the rows of the headings where a person named them; they are looked up elsewhere.
        foresight: is told the rows of each table as soon as its columns are known.

    Raises:
        ValueRefusedError: an answer, a heading or a sheet that was named and is not there.
    """
    found = Understood(questions=Questions(answers))
    _check_sheets(headings or {}, sheets)
    wanted = [sheet for sheet in sheets if only is None or sheet.name == only]
    for sheet in wanted:
        if sheet.visibility is not Visibility.VISIBLE and only is None:
            found.refused[sheet.name] = Note("hidden")
        elif edits and sheet.name in edits:
            found.tables.append(_read_edits(sheet, edits[sheet.name], fields, said or {}, found.questions))
        else:
            heading = rows_named(headings, sheet.name) or (memories.heading_in(sheet) if memories else ())
            _understand_sheet(sheet, fields, said or {}, found, memories, heading=heading, foresight=foresight)
    found.questions.check()
    _check_said(said or {}, found)
    return found


def _check_said(said: Mapping[str, Said], found: Understood) -> None:
    """Refuse what was said of a heading that no table has: it would be passed over without a word.

    Raises:
        ValueRefusedError: naming the headings there are.
    """
    paths = [path for table in found.tables for path in table.table.paths]
    there = {name for path in paths for name in heading_names(path)}
    unknown = [name for name in said if name not in there]
    if not unknown or not paths:
        return
    mark = list_mark()
    message = _("--map: there is no heading “{heading}”. The headings are: {headings}.").format(
        heading=mark.join(unknown), headings=mark.join(dict.fromkeys(filter(None, map(header_text, paths))))
    )
    raise ValueRefusedError(message, where=unknown[0])


def _check_sheets(headings: HeadingRows, sheets: Sequence[Sheet]) -> None:
    """Refuse heading rows of a sheet that is not there: they would be passed over without a word.

    Raises:
        ValueRefusedError: naming the sheets there are.
    """
    names = [sheet.name for sheet in sheets]
    for name in headings:
        if name and name not in names:
            message = _("Heading rows: there is no sheet “{sheet}”. The sheets are: {sheets}.")
            raise ValueRefusedError(message.format(sheet=name, sheets=list_mark().join(names)), where=name)


def _understand_sheet(
    sheet: Sheet,
    fields: Mapping[str, Field],
    said: Mapping[str, Said],
    found: Understood,
    memories: Memories | None,
    *,
    heading: Sequence[int] = (),
    foresight: Foresight | None = None,
) -> None:
    beyond = bool(heading) and heading[-1] >= sheet.height - 1
    tables = () if beyond else find_tables(sheet, heading)
    if not tables:
        found.grids[sheet.name] = sheet
        found.refused[sheet.name] = _why_not_below(heading) if heading else _why_no_table(sheet)
        return
    usable = []
    for table in tables:
        recalled = memories.of(table) if memories else None
        columns = understand(sheet, table, fields, said, recalled.columns(table) if recalled else None)
        columns = with_currencies(columns, fields)
        if not heading and is_form(sheet, table, columns, fields):
            found.grids[sheet.name] = sheet
            found.refused[sheet.name] = Note("form")
            return
        if _named(columns, fields):
            usable.append((table, columns, recalled))
    if not usable:
        found.grids[sheet.name] = sheet
        found.refused[sheet.name] = Note("no_name")
    for number, (table, columns, recalled) in enumerate(usable, 1):
        place = sheet.name if len(usable) == 1 else f"{sheet.name}#{_ordinal(number)}"
        if recalled:
            found.questions.recall(*recalled.answers(table, place))
        read = _read(sheet, table, columns, fields, questions=found.questions, place=place, foresight=foresight)
        named = tuple(heading) == table.header_rows
        found.tables.append(replace(read, place=place, named=named, recalled=recalled, grid=sheet))


def _why_not_below(heading: Sequence[int]) -> Note:
    """Return that there is no table under the heading rows a person named."""
    first, last = heading[0] + 1, heading[-1] + 1
    return Note("not_below", {"rows": str(first) if first == last else f"{first}-{last}"})


def _why_no_table(sheet: Sheet) -> Note:
    if all(value is None for row in sheet.rows for value in row):
        return Note("empty")
    heading = lone_heading(sheet)
    return Note("no_heading") if heading is None else Note("no_rows", {"row": str(heading + 1)})


def _ordinal(number: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[number - 1] if number <= 26 else f"t{number}"  # noqa: PLR2004


def _named(columns: Sequence[Column], fields: Mapping[str, Field]) -> bool:
    """Whether a table has what names its records: a name, or a code where records have no name."""
    wanted = naming(fields)
    return any(column.field in wanted for column in columns)


def _read(
    sheet: Sheet,
    table: Table,
    columns: tuple[Column, ...],
    fields: Mapping[str, Field],
    *,
    questions: Questions,
    place: str,
    foresight: Foresight | None,
) -> TableRead:
    rows = classify(sheet, table, columns)
    reader = TableReader(
        sheet,
        table,
        columns,
        fields,
        questions,
        place,
        year=title_year(table, sheet),
        stage=_stage_of_title(table, sheet),
        untyped=is_untyped(sheet),
    )
    columns = tuple(reader.settled(column) for column in _ask_about_columns(reader, columns))
    reader = replace(reader, columns=columns)
    if foresight is not None:
        foresight.ask(reader.as_they_stand(rows, foresight.fields))
    records = reader.records(rows)
    hidden = sheet.hidden_columns
    letters = None if hidden is None else tuple(column_letter(index) for index in sorted(hidden))
    return TableRead(
        sheet.name,
        table,
        columns,
        rows,
        records,
        hidden_columns=letters,
        above=tuple(BodyRow(row, RowKind.TITLE, text) for row, text in table.above),
        sums=tuple(check_sums(sheet, columns, fields, rows)),
    )


def _read_edits(
    sheet: Sheet, edits: Edits, fields: Mapping[str, Field], said: Mapping[str, Said], questions: Questions
) -> TableRead:
    """Return an exported table: of the rows the program wrote what was changed in them, added rows as they are."""
    keyed = edits.keyed
    columns = keyed_columns(sheet, keyed, said)
    rows = tuple(
        BodyRow(row.index, RowKind.DATA) if row.index in edits.rows else row
        for row in classify(sheet, keyed.table, columns)
    )
    reader = TableReader(
        edits.only_changed(sheet), keyed.table, columns, fields, questions, sheet.name, edits=edits.rows
    )
    hidden = sheet.hidden_columns
    shown = None if hidden is None else tuple(column_letter(each) for each in sorted(hidden - {keyed.marked}))
    records = reader.records(rows)
    for record in records:
        if record.row - 1 in edits.copies:
            copied = Note("copied_row", {"row": str(edits.copies[record.row - 1] + 1)})
            record.notes.append(CellNote("", copied))
    above = tuple(BodyRow(row, RowKind.TITLE, text) for row, text in keyed.table.above)
    return TableRead(
        sheet.name, keyed.table, columns, rows, records, hidden_columns=shown, above=above, place=sheet.name, grid=sheet
    )


def _stage_of_title(table: Table, sheet: Sheet) -> tuple[str, str] | None:
    """Return the stage that the heading over all columns, the line above or the sheet's name is only a word for.

    Two tables side by side have such headings: 在谈项目 over the one, 签约项目 over the other.
    """
    over = {path.parts[0] for path in table.paths if path.parts}
    whole = over.pop() if len(over) == 1 and all(len(path.parts) > 1 for path in table.paths if path.parts) else ""
    line = plain(table.above[-1][1]) if table.above else ""
    return section_stage(plain(whole)) or section_stage(line) or stage_of(plain(sheet.name))


def _ask_about_columns(reader: TableReader, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns after the questions about them: equal headings, and headings that are only like money."""
    by_index = {column.index: column for column in columns}
    for column in columns:
        if column.reason == "asked" and column.proposed:
            by_index[column.index] = _ask_proposed(reader, column)
        elif column.reason == "same_heading" and column.rival is not None:
            _ask_same(reader, column, by_index)
    return tuple(by_index.values())


def _ask_proposed(reader: TableReader, column: Column) -> Column:
    answer = reader.questions.ask(
        reader.key("column", column),
        "column",
        sheet=reader.sheet.name,
        column=column_letter(column.index),
        choices=(column.proposed or "", "none"),
        heading=column.header,
        field=column.proposed or "",
    )
    if answer in (None, "none"):
        return column
    known = replace(column, field=answer, how="answer", confidence=100, reason="answer", proposed=None)
    return with_unit(known, reader.table, reader.fields)


def _ask_same(reader: TableReader, column: Column, by_index: dict[int, Column]) -> None:
    """Ask which of two equal headings counts; the first does until it is answered."""
    rival = by_index[column.rival if column.rival is not None else column.index]
    answer = reader.questions.ask(
        reader.key("same_heading", column),
        "same_heading",
        sheet=reader.sheet.name,
        column=column_letter(column.index),
        heading=column.header,
        first=column_letter(rival.index),
        second=column_letter(column.index),
    )
    if answer == "second":
        by_index[column.index] = replace(rival, index=column.index)
        by_index[rival.index] = replace(column, index=rival.index, rival=column.index)
