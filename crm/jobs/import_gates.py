"""What records forbid holds for imports too: a closed step, another's reserved plot are left out of a row, and told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from crm.database import Session
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Effect, PlannedRow
from crm.domain.reservations import RESERVATION
from crm.domain.stages.pipeline import STEPS
from crm.errors import ConflictError
from crm.queries.records import load
from crm.services.gates import closed_gates, may_close
from crm.services.rules import refuse_broken


def hold_steps(session: Session, planned: Sequence[PlannedRow], why: str) -> None:
    """Take a step forward that records close out of the changes of a known lead, and say so (S17, S57, S63, N2).

    Args:
        session: reading.
        planned: the rows of leads; they are changed.
        why: what the history says of the import: the reason of its steps.
    """
    steps = _changing(planned, frozenset(("stage",)))
    if not steps or not may_close(session):
        return
    for row, before, after in _befores_and_afters(session, "leads", steps):
        refused = closed_gates(session, before, after, why)
        if refused:
            note = Note("step_refused", {"refusals": tuple(refused), "record": after}, doubtful=True)
            _leave_out(row, STEPS, note)


def hold_reservations(session: Session, planned: Sequence[PlannedRow]) -> None:
    """Take a change of a plot's reservation that a rule forbids out of its changes, and say so (S20).

    Args:
        session: reading.
        planned: the rows of plots; they are changed.
    """
    for row, before, after in _befores_and_afters(session, "plots", _changing(planned, RESERVATION)):
        try:
            refuse_broken(session, "plots", after, before)
        except ConflictError as error:
            _leave_out(row, RESERVATION, Note("reservation_stays", {"why": error.message}, doubtful=True))


def _changing(planned: Sequence[PlannedRow], fields: frozenset[str]) -> list[PlannedRow]:
    """Return the rows that change one of these fields of a known record."""
    return [row for row in planned if row.effect is Effect.CHANGED and not fields.isdisjoint(row.changes)]


def _befores_and_afters(
    session: Session, kind: str, rows: Sequence[PlannedRow]
) -> Iterator[tuple[PlannedRow, Mapping[str, Any], Mapping[str, Any]]]:
    """Yield each row with its record as it is and as it would be."""
    ids = sorted({row.target for row in rows if row.target is not None})
    known = {record.id: record.values for record in load(session, kind, ids)} if ids else {}
    for row in rows:
        before = known.get(row.target or 0)
        if before is not None:
            yield row, before, {**before, **{name: said for name, (_before, said) in row.changes.items()}}


def _leave_out(row: PlannedRow, names: Collection[str], note: Note) -> None:
    row.notes.append(note)
    row.changes = {name: change for name, change in row.changes.items() if name not in names}
    row.effect = Effect.CHANGED if row.changes else Effect.SAME
