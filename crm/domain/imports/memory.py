"""What was said of a heading when a file with it came in before: offered again for the next month's file.

A heading is known by its words, units and shape, never by the name of the file or sheet (11月台账, 12月台账). What was
said of the form itself (which field a column is, its unit, which area a word stands for) holds again when the heading
is the same to the letter; what was said of the values of one file (January or October?) is only offered, and so is
everything when the heading is merely alike. Years and duplicates are of one file: they are never remembered. Where a
person had to say which rows the heading is, the same words are looked for wherever they stand in the next file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from crm.domain.imports.grid import Sheet, column_letter
from crm.domain.imports.headers import Column, Said, header_text
from crm.domain.imports.questions import Question
from crm.domain.imports.tables import SEARCHED_ROWS, Table, find_tables
from crm.domain.imports.texts import plain
from crm.domain.imports.units import unit_of

OF_THE_FORM = (
    "unit",
    "unit_doubted",
    "column",
    "same_heading",
    "no_land",
    "area",
    "area_elsewhere",
    "site_area",
    "stage_text",
    "stage_ahead",
)
"""Questions about the form: their answers hold again under the same heading."""

OF_THE_VALUES = ("month", "day_month")
"""Questions about how the values of one file were typed: their answers are offered, never taken unasked."""

OF_A_WORD = ("area", "area_elsewhere", "site_area", "stage_ahead")
"""Questions about a word, whichever column it stands in."""

ALIKE = 60
"""The percentage of headings that two tables must share for what was said of one to be offered for the other."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a heading is known by.

    Attributes:
        rows: how many rows it has.
        units: named beside or above it, for the whole table.
        headings: of its columns from left to right, plain, with their units; equal ones are numbered.
    """

    rows: int
    units: tuple[str, ...]
    headings: tuple[str, ...]

    def fingerprint(self, kind: str) -> str:
        """Return what names this heading of a kind of record, in 64 characters."""
        text = json.dumps([kind, self.rows, self.units, self.headings], ensure_ascii=False)
        return sha256(text.encode()).hexdigest()

    def likeness(self, other: Layout) -> int:
        """Return the percentage of headings that two tables share."""
        here, there = Counter(self.headings), Counter(other.headings)
        whole = (here | there).total()
        return 100 * (here & there).total() // whole if whole else 0


def layout_of(table: Table) -> Layout:
    """Return what the heading of a table is known by."""
    seen: Counter[str] = Counter()
    headings = []
    for path in table.paths:
        name = plain(header_text(path)) + (f"[{path.unit.word}]" if path.unit else "")
        seen[name] += 1
        headings.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return Layout(len(table.header_rows), tuple(unit.word for unit in table.corner), tuple(headings))


@dataclass(frozen=True, slots=True)
class Memory:
    """What was said of one heading.

    Attributes:
        kind: of record.
        layout: of the heading.
        columns: heading → field and unit that was said of it (``--map``); None for a column left out.
        answers: question and heading, ``unit@投资额``, or question and word, ``area:漕湖`` → answer.
        named: a person said which rows the heading is.
        file: that came in then.
        on: the day it came in, in China.
        by: the officer who said it.
    """

    kind: str
    layout: Layout
    columns: Mapping[str, Said] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    named: bool = False
    file: str = ""
    on: date | None = None
    by: str = ""

    @property
    def fingerprint(self) -> str:
        """What names the heading."""
        return self.layout.fingerprint(self.kind)

    def of(self, file: str, by: str) -> Memory:
        """Return the memory with the file it came with and the officer who said it."""
        return replace(self, file=file, by=by)

    def document(self) -> dict[str, Any]:
        """Return the JSON object that is stored; ``read_memory`` reads it."""
        return {
            "rows": self.layout.rows,
            "units": list(self.layout.units),
            "headings": list(self.layout.headings),
            "columns": {heading: said_to_json(said) for heading, said in self.columns.items()},
            "answers": dict(self.answers),
            "named": self.named,
            "file": self.file,
            "by": self.by,
        }


def said_to_json(said: Said) -> dict[str, str | None] | None:
    """Return what was said of a column as ``--map`` writes it: field and unit, or null to leave it."""
    if said.field is None:
        return None
    target = f"{said.field}.{said.part}" if said.part else said.field
    return {"field": target, "unit": said.unit.word if said.unit else None}


def read_memory(kind: str, document: Mapping[str, Any], on: date | None) -> Memory:
    """Return a memory as it was stored."""
    layout = Layout(int(document["rows"]), tuple(document["units"]), tuple(document["headings"]))
    columns = {heading: _said(given) for heading, given in document["columns"].items()}
    named = bool(document.get("named"))  # what was kept by an older version says nothing of it
    return Memory(
        kind, layout, columns, dict(document["answers"]), named, str(document["file"]), on, str(document["by"])
    )


def _said(given: Mapping[str, str | None] | None) -> Said:
    if given is None:
        return Said(None, how="memory")
    name, _dot, part = str(given["field"]).partition(".")
    return Said(name, part, unit_of(given["unit"]) if given["unit"] else None, how="memory")


@dataclass(frozen=True, slots=True)
class Recalled:
    """A memory brought back for a table.

    Attributes:
        memory: what was said.
        same: the heading is the same to the letter.
        whole: all of it is taken, what is else only offered too: the user said "as last time".
    """

    memory: Memory
    same: bool
    whole: bool = False

    def columns(self, table: Table) -> dict[int, Said]:
        """Return what was said of columns and holds again, by their numbers in the table it is about now."""
        if not (self.same or self.whole):
            return {}
        places = zip(table.paths, layout_of(table).headings, strict=True)
        return {path.column: said for path, heading in places if (said := self.memory.columns.get(heading))}

    def answers(self, table: Table, place: str) -> tuple[dict[str, str], dict[str, str]]:
        """Return the answers that hold again and those that are offered, by the keys of this file's questions.

        Args:
            table: that the memory is about now.
            place: as the keys of questions name the table.
        """
        letters = dict(
            zip(layout_of(table).headings, (column_letter(path.column) for path in table.paths), strict=True)
        )
        taken: dict[str, str] = {}
        offered: dict[str, str] = {}
        for name, answer in self.memory.answers.items():
            code, _at, heading = name.partition("@") if name.split(":")[0] not in OF_A_WORD else (name, "", "")
            key = f"{code}:{place}/{letters[heading]}" if heading in letters else code
            if heading and heading not in letters:
                continue
            holds = self.whole or (self.same and code.split(":")[0] in OF_THE_FORM)
            (taken if holds else offered)[key] = answer
        return taken, offered


@dataclass(frozen=True, slots=True)
class Memories:
    """What is remembered of a kind of record.

    Attributes:
        kind: of record.
        each: what was said of each heading.
        whole: take all of it, what is else only offered too.
    """

    kind: str
    each: Sequence[Memory] = ()
    whole: bool = False

    def of(self, table: Table) -> Recalled | None:
        """Return what was said of the heading of a table: of the same one, else of the one most like it, or None."""
        if not self.each:
            return None
        layout = layout_of(table)
        wanted = layout.fingerprint(self.kind)
        for memory in self.each:
            if memory.fingerprint == wanted:
                return Recalled(memory, same=True, whole=self.whole)
        best = max(self.each, key=lambda memory: layout.likeness(memory.layout))
        return Recalled(best, same=False, whole=self.whole) if layout.likeness(best.layout) >= ALIKE else None

    def heading_in(self, sheet: Sheet) -> tuple[int, ...]:
        """Return the rows of a heading that a person had to name before, where the same one stands in a sheet.

        Empty where none was ever named, or none of them stands here.
        """
        for memory in self.each:
            if memory.named:
                for start in range(min(SEARCHED_ROWS, sheet.height - memory.layout.rows)):
                    rows = tuple(range(start, start + memory.layout.rows))
                    if self._is_heading(sheet, rows, memory):
                        return rows
        return ()

    def _is_heading(self, sheet: Sheet, rows: Sequence[int], memory: Memory) -> bool:
        """Return whether rows are the heading of a memory; most rows are told from it by their texts alone."""
        words = {plain(value) for row in rows for value in sheet.rows[row] if isinstance(value, str)}
        if not any(heading.split("/")[-1].split("[")[0].split("#")[0] in words for heading in memory.layout.headings):
            return False
        tables = find_tables(sheet, rows)
        return bool(tables) and layout_of(tables[0]).fingerprint(self.kind) == memory.fingerprint


def to_remember(
    kind: str,
    table: Table,
    place: str,
    columns: Sequence[Column],
    questions: Iterable[Question],
    *,
    named: bool = False,
) -> Memory | None:
    """Return what was said of a table and is worth remembering; None when the program understood all by itself.

    Args:
        kind: of record.
        table: the table.
        place: as the keys of questions name it.
        columns: as they were understood.
        questions: of the file that have an answer.
        named: a person said which rows the heading is, now or before.
    """
    layout = layout_of(table)
    headings = {path.column: heading for path, heading in zip(table.paths, layout.headings, strict=True)}
    said = {headings[column.index]: _said_of(column) for column in columns if column.how in ("map", "memory")}
    keys = {f"{place}/{column_letter(column)}": heading for column, heading in headings.items()}
    answers: dict[str, str] = {}
    for question in questions:
        code, _colon, where = question.key.partition(":")
        if question.answer is None or code not in (*OF_THE_FORM, *OF_THE_VALUES):
            continue
        if code in OF_A_WORD:
            answers[question.key] = question.answer
        elif where in keys:
            answers[f"{code}@{keys[where]}"] = question.answer
    return Memory(kind, layout, said, answers, named) if said or answers or named else None


def _said_of(column: Column) -> Said:
    unit = column.unit if column.unit_from in ("map", "memory") else None
    return Said(column.field, column.part, unit, how="memory")
