"""What an import of contacts would do: the people of a lead are filled in where none are known; others are asked about.

A lead has one contact and its telephone numbers. A list that names somebody else is held back, row by row: to take the
new one, to keep the known one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from crm.domain.imports.choices import DUPLICATES, row_key
from crm.domain.imports.filling import differing
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Candidate, Effect, PlannedRow
from crm.domain.imports.questions import Proof, Questions
from crm.domain.imports.rows import SourceRow

GIVEN = ("contact", "contact_phone")
"""What a row gives its lead; all else only names the lead."""


class Leads(Protocol):
    """What a plan asks of the leads there are."""

    def of(self, values: Mapping[str, Any]) -> Sequence[int]:
        """Return the leads that a row names."""

    def values(self, lead_id: int) -> Mapping[str, Any]:
        """Return the fields of a lead."""


def plan_contacts(rows: Sequence[SourceRow], leads: Leads, questions: Questions) -> list[PlannedRow]:
    """Return what is done with each row, in their order; ``target`` is the lead it belongs to.

    A row whose lead has another contact, in the program or by a row above, waits for the question ``duplicates``: fill
    takes what is blank, ``fill:contact,contact_phone`` the new one.

    Raises:
        ValueRefusedError: an answer about a row there is not.
    """
    questions.check_rows(row_key(row.sheet, row.record.row) for row in rows)
    planner = _Planner(leads, questions)
    return [planner.plan(row) for row in rows]


def named_lead(values: Mapping[str, Any], leads: Leads) -> int | Note:
    """Return the one lead that a row names, or why there is not one."""
    found = leads.of(values)
    if len(found) == 1:
        return found[0]
    if found:
        return Note("several", {"codes": tuple(str(leads.values(each).get("code")) for each in found)})
    name = values.get("code") or values.get("name") or values.get("investor") or ""
    return Note("no_lead", {"name": str(name)})


class _Planner:
    def __init__(self, leads: Leads, questions: Questions) -> None:
        self._leads = leads
        self._questions = questions
        self._now: dict[int, dict[str, Any]] = {}

    def plan(self, row: SourceRow) -> PlannedRow:
        """Return what is done with a row, and remember it for the rows after it."""
        given = {name: row.record.values[name] for name in GIVEN if row.record.values.get(name)}
        fault = row.record.fault or (None if given else Note("no_contact"))
        lead = fault or named_lead(row.record.values, self._leads)
        if isinstance(lead, Note):
            return PlannedRow(row, Effect.FAULTY, notes=[lead])
        now = self._now.setdefault(lead, dict(self._leads.values(lead)))
        planned = PlannedRow(row, Effect.SAME, target=lead)
        differs = differing(given, now)
        if any(known is not None for known, _said in differs.values()):
            self._ask(planned, differs)
        if planned.effect is Effect.SAME:
            self._fill(planned, differs, now)
        return planned

    def _ask(self, planned: PlannedRow, differs: Mapping[str, tuple[Any, Any]]) -> None:
        """Hold a row back whose lead has another contact, or do with it as answered."""
        row, lead = planned.record.row, self._leads.values(planned.target or 0)
        called = {"code": str(lead.get("code", "")), "name": str(lead.get("name") or lead.get("code") or "")}
        note = Note("other_contact", called)
        planned.notes, planned.candidates, planned.differs = [note], [Candidate(planned.target or 0, note)], differs
        planned.choice = self._questions.choice(planned.source.sheet, row)
        if planned.choice is None:
            self._questions.ask(DUPLICATES, DUPLICATES, proof=Proof(row, str(differs.get("contact", ("", ""))[1])))
            planned.choice = self._questions.choice()
        if planned.choice is None:
            planned.effect = Effect.HELD
        elif planned.choice.do == "skip":
            planned.effect = Effect.LEFT

    @staticmethod
    def _fill(planned: PlannedRow, differs: Mapping[str, tuple[Any, Any]], now: dict[str, Any]) -> None:
        """Fill what is blank, and take what was chosen; ``new`` means the new contact."""
        choice = planned.choice
        for name, (known, said) in differs.items():
            if known is None or (choice is not None and (choice.do == "new" or choice.takes(name))):
                planned.changes[name] = (known, said)
                now[name] = said
            else:
                planned.notes.append(Note("kept", {"field": name}))
        planned.effect = Effect.CHANGED if planned.changes else Effect.SAME
