"""What an import of follow-ups would do: each goes to its lead with its own author and day; none is made twice.

A row names its lead by code, else by the exact name of the project or its investor. The lead's own fields stay as they
are: what is written down afterwards is history, not the next step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.imports.records import SourceRow
from crm.domain.quantities import PartialDate


class Entry(NamedTuple):
    """A follow-up by what makes it one: the same lead, day, author and words are the same follow-up."""

    lead_id: int
    at: str
    by: str
    note: str


class Leads(Protocol):
    """What a plan asks of the leads there are."""

    def by_code(self, code: str) -> int | None:
        """Return the lead with a code."""

    def called(self, name: str) -> Sequence[int]:
        """Return the leads whose name, or else whose investor, is exactly this."""

    def code(self, lead_id: int) -> str:
        """Return the code of a lead."""


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
    found = [] if fault else _leads_of(values, leads)
    if fault is None and len(found) != 1:
        fault = _nobody(values) if not found else Note("several", {"codes": tuple(map(leads.code, found))})
    if fault is not None:
        return PlannedRow(row, Effect.FAULTY, notes=[fault])
    values.setdefault("by", by)
    values.setdefault("kind", "note")
    planned = PlannedRow(row, Effect.NEW, target=found[0])
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


def _leads_of(values: Mapping[str, Any], leads: Leads) -> Sequence[int]:
    code = values.get("code")
    if code:
        owner = leads.by_code(code)
        return [] if owner is None else [owner]
    for name in (values.get("name"), values.get("investor")):
        if name and (found := leads.called(name)):
            return found
    return []


def _nobody(values: Mapping[str, Any]) -> Note:
    name = values.get("code") or values.get("name") or values.get("investor") or ""
    return Note("no_lead", {"name": str(name)})
