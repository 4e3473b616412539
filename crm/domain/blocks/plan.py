"""What a pasted block would do to records, cell by cell, before anything is done.

A cell is read as a cell of an import is: the unit is that of the column, 亿 and 万 go before it, a long number whose
end a spreadsheet has lost is doubtful. A doubtful cell leaves its field as it is (decisions 35).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

from crm.domain.fields.changes import same_value
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.domain.fields.writing import value_to_text
from crm.domain.imports.cells import Reading, Settings, read_cell
from crm.domain.imports.grid import CellValue, Flaw, Flawed
from crm.domain.imports.headers import Column
from crm.domain.imports.notes import Note
from crm.domain.imports.texts import plain
from crm.domain.imports.units import Unit, unit_of
from crm.domain.magnitudes.guard import Suspicion, suspect
from crm.domain.quantities import is_empty
from crm.domain.reasons import Reason
from crm.domain.stages.explain import stage_name
from crm.domain.stages.pipeline import DATES, STAGES, STEPS, refusals
from crm.errors import ValueRefusedError

Values: TypeAlias = Mapping[str, Any]

STEPPING = frozenset({*STEPS, *DATES})
"""Fields whose change the rules of the pipeline judge."""

_AS_TYPED = frozenset({Kind.SPACES, Kind.TAX_YEARS, Kind.PLOTS, Kind.PHASES, Kind.LEASES, Kind.PLATFORMS})
"""Kinds with entries: a ledger gives each entry a column of its own, a list shows them in one cell."""

_FROM_A_SPREADSHEET = Settings(untyped=True)


class Fate(StrEnum):
    """What becomes of a cell."""

    CHANGED = "changed"
    EMPTIED = "emptied"
    SAME = "same"
    SUSPECT = "suspect"
    """It can be read, but may be a slip of its unit: taken only when a person says so."""
    DOUBTFUL = "doubtful"
    """It cannot be read for sure: the field stays as it is."""
    REFUSED = "refused"


TAKEN = frozenset({Fate.CHANGED, Fate.EMPTIED})


@dataclass(frozen=True, slots=True)
class Given:
    """One cell of a block for one field of one record.

    Attributes:
        unit: what a bare number is in; None: that of the field.
    """

    field: str
    raw: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell would do.

    Attributes:
        field: the column's.
        changes: field name → new value: mostly of ``field`` alone; a stage word such as 搁置 is a status.
        notes: remarks of the reading, and what is doubtful.
        refusals: why the rules of the pipeline do not take it.
        suspicion: with both readings.
    """

    field: str
    raw: str
    fate: Fate
    changes: Values
    notes: tuple[Note, ...] = ()
    refusals: tuple[Reason, ...] = ()
    suspicion: Suspicion | None = None

    @property
    def steps(self) -> bool:
        """Whether the rules of the pipeline judge it."""
        return bool(STEPPING & self.changes.keys())


def plan_record(kind: str, values: Values, given: Sequence[Given], reason: str = "") -> tuple[Cell, ...]:
    """Return what each cell would do to a record, in the order given.

    Args:
        kind: of the record.
        values: its fields as they are.
        given: the cells of its line.
        reason: what the officer says about steps.
    """
    cells = [_plan_cell(kind, values, each) for each in given]
    return _with_suspicions(values, refuse_steps(values, cells, reason)) if kind == "leads" else tuple(cells)


def refuse_steps(values: Values, cells: Sequence[Cell], reason: str, *more: Reason) -> tuple[Cell, ...]:
    """Return the cells with those refused that the pipeline does not take as they come together.

    Args:
        values: of the lead as it is.
        cells: of its line.
        reason: what the officer says.
        more: refusals from records (gates), which no domain rule knows.
    """
    stepping = [each for each in cells if each.steps and each.fate in TAKEN]
    if not stepping:
        return tuple(cells)
    refused = (*refusals(values, after(values, cells), reason), *more)
    if not refused:
        return tuple(cells)
    return tuple(replace(each, fate=Fate.REFUSED, refusals=refused) if each in stepping else each for each in cells)


def after(values: Values, cells: Sequence[Cell]) -> Values:
    """Return the record as it would be with the cells that are taken."""
    return {**values, **changes_of(cells)}


def changes_of(cells: Sequence[Cell], *, suspect_too: bool = False) -> dict[str, Any]:
    """Return the changes of the cells that are taken, ``suspect_too`` with those a person has confirmed."""
    fates = TAKEN | {Fate.SUSPECT} if suspect_too else TAKEN
    return {name: value for cell in cells if cell.fate in fates for name, value in cell.changes.items()}


def is_open(kind: str, field: str) -> str:
    """Return why cells of a field are not changed in a table: ``code``, ``contact``; "" where they are.

    Contacts are shown masked there (decisions 36): what is pasted over them would be a guess at what they hide.
    """
    of = RECORD_FIELDS[kind][field]
    return "code" if field == "code" else "contact" if of.personal else ""


def read_given(field: Field, raw: str, unit: Unit | None = None) -> Reading:
    """Return what a cell of a block says of a field, as a cell of an import says it."""
    if field.kind in _AS_TYPED or (field.kind is Kind.CHOICE and _choice_of(field, raw) is not None):
        try:
            value = _choice_of(field, raw) if field.kind is Kind.CHOICE else read_value(field, raw.strip())
        except ValueRefusedError as error:
            return Reading(notes=(Note("unreadable", {"raw": raw.strip(), "why": error.message}, doubtful=True),))
        return Reading({} if value is None else {field.name: value})
    column = Column(0, "", field.name, unit=unit or unit_of(plain(field.unit)) if field.unit else None)
    return read_cell(_value(raw), column, field, _FROM_A_SPREADSHEET)


def _value(raw: str) -> CellValue:
    """Return the text of a cell; what a spreadsheet shows in place of a value empties no field."""
    text = raw.strip()
    if is_empty(text) and text.startswith(("#", "=")):
        return Flawed(Flaw.ERROR if text.startswith("#") else Flaw.FORMULA, text)
    return raw


def _plan_cell(kind: str, values: Values, given: Given) -> Cell:
    field, raw = RECORD_FIELDS[kind][given.field], given.raw.strip()
    closed = is_open(kind, field.name)
    if closed:
        return Cell(field.name, raw, Fate.REFUSED, {}, (Note(closed, {"raw": raw}),))
    if raw == value_to_text(field, values.get(field.name)):  # what was copied here comes back as it is
        return Cell(field.name, raw, Fate.SAME, {})
    reading = Reading() if not raw else read_given(field, raw, given.unit)
    notes = reading.notes
    if reading.question:
        return Cell(field.name, raw, Fate.DOUBTFUL, {}, (*notes, Note(f"asked_{reading.question}", {"raw": raw})))
    if any(note.code == "withheld" for note in notes):
        return Cell(field.name, raw, Fate.REFUSED, {}, notes)
    if reading.doubtful:
        return Cell(field.name, raw, Fate.DOUBTFUL, {}, notes)
    changes = dict(reading.values) or {field.name: None}
    return _judged(field, raw, values, changes, notes)


def _judged(field: Field, raw: str, values: Values, changes: Values, notes: tuple[Note, ...]) -> Cell:
    if all(same_value(values.get(name), value) for name, value in changes.items()):
        return Cell(field.name, raw, Fate.SAME, {}, notes)
    if changes.get("name", "") is None:
        return Cell(field.name, raw, Fate.REFUSED, {}, (Note("needs_name", {"raw": raw}),))
    emptied = all(value is None for value in changes.values())
    return Cell(field.name, raw, Fate.EMPTIED if emptied else Fate.CHANGED, changes, notes)


def _with_suspicions(values: Values, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells with those marked whose figure may be a slip of its unit."""
    changed = changes_of(cells)
    found = {
        each.field.partition(".")[0]: each
        for each in (suspect({**values, **changed}, values) if changed else ())
        if each.field.partition(".")[0] in changed
    }
    return tuple(
        replace(each, fate=Fate.SUSPECT, suspicion=found[each.field])
        if each.fate is Fate.CHANGED and each.field in found
        else each
        for each in cells
    )


def _choice_of(field: Field, raw: str) -> str | None:
    """Return the code of a word of our own lists in the language in use; None for other words, which an import reads.

    A stage of a lead without land has a word of its own (供地 → 载体交付).
    """
    said = plain(raw)
    named = {plain(value_to_text(field, choice.code)): choice.code for choice in field.choices}
    if field.name == "stage" and said not in named:
        no_land: dict[str, Any] = {"land": read_value(RECORD_FIELDS["leads"]["land"], "0亩")}
        named |= {plain(stage_name(stage.code, no_land)): stage.code for stage in STAGES}
    return named.get(said)
