"""The gates on a lead's way (S17, S57, S63, requirements) hold for imports too: a step they close is left out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from crm.database import Session
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.stages.pipeline import STEPS
from crm.models import RECORD_MODELS, table_of
from crm.queries.records import load
from crm.services.gates import closed_gates

CLOSING = ("access-list", "background-checks", "planning-checks", "requirements")
"""Kinds of record that can close a gate; without any the leads need not be asked."""


def hold_steps(session: Session, planned: Sequence[PlannedRow], why: str) -> None:
    """Take a step forward that records close out of the changes of a known lead, and say so.

    Args:
        session: reading.
        planned: the rows of leads; they are changed.
        why: what the history says of the import: the reason of its steps.
    """
    stepping = (row for row in planned if row.effect is Effect.CHANGED and "stage" in row.changes)
    steps = {row.target: row for row in stepping if row.target is not None}
    if not steps or not _may_close(session):
        return
    for record in load(session, "leads", sorted(steps)):
        row = steps[record.id]
        after = {**record.values, **{name: said for name, (_before, said) in row.changes.items()}}
        refused = closed_gates(session, record.values, after, why)
        if refused:
            row.notes.append(Note("step_refused", {"refusals": tuple(refused), "record": after}, doubtful=True))
            row.changes = {name: change for name, change in row.changes.items() if name not in STEPS}
            row.effect = Effect.CHANGED if row.changes else Effect.SAME


def _may_close(session: Session) -> bool:
    tables = (table_of(RECORD_MODELS[kind]) for kind in CLOSING)
    return any(session.connection().execute(select(table.c.id).limit(1)).first() for table in tables)
