"""What an import of follow-ups would do: each goes to its lead with its own author and day; none is made twice.

A row names its lead by code, else by the exact name of the project or its investor. The lead's own fields stay as they
are: what is written down afterwards is history, not the next step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from crm.domain.imports.contacts import Leads, named_lead
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.imports.rows import SourceRow
from crm.domain.quantities import PartialDate


class Entry(NamedTuple):
    """A follow-up by what makes it one: the same lead, day, author and words are the same follow-up."""

    lead_id: int
    at: str
    by: str
    note: str


def plan_follow_ups(rows: Sequence[SourceRow], leads: Leads, written: set[Entry], by: str) -> list[PlannedRow]:
    """Return what is done with each row, in their order; ``target`` is the lead it belongs to.

    Args:
        rows: every data row.
        leads: the leads there are.
        written: the follow-ups there are; those planned as new are added.
        by: the officer who imports: the author of a row that names none.
    """
    return [_planned(row, leads, written, by) for row in rows]


def entry_of(row: PlannedRow) -> Entry:
    """Return the follow-up of a planned row.

    Raises:
        KeyError: the row is faulty.
    """
    values = row.record.values
    return Entry(row.target or 0, str(values["at"]), values["by"], values["note"])


def _planned(row: SourceRow, leads: Leads, written: set[Entry], by: str) -> PlannedRow:
    values = row.record.values
    fault = row.record.fault or _fault(values)
    lead = fault or named_lead(values, leads)
    if isinstance(lead, Note):
        return PlannedRow(row, Effect.FAULTY, notes=[lead])
    values.setdefault("by", by)
    values.setdefault("kind", "note")
    planned = PlannedRow(row, Effect.NEW, target=lead)
    entry = entry_of(planned)
    if entry in written:
        planned.effect = Effect.SAME
    written.add(entry)
    return planned


def _fault(values: Mapping[str, Any]) -> Note | None:
    at = values.get("at")
    if not isinstance(at, PartialDate) or at.day is None:
        return Note("no_day")
    return None if values.get("note") else Note("no_words")
