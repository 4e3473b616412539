"""A block pasted from a spreadsheet into records: what it would do is looked at first, then done as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm.database import Session
from crm.domain.blocks.plan import TAKEN, Cell, Fate, Given, after, changes_of, plan_record, refuse_steps
from crm.domain.fields.registry import RECORD_FIELDS
from crm.errors import UserError
from crm.i18n import _
from crm.queries.records import load
from crm.services.gates import closed_gates
from crm.services.leads import change_lead
from crm.services.records import update

MOST_ROWS = 2000
"""Records a block changes at the most: each is judged by all rules that a form is; more come by an import."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of a block would do to one record.

    Attributes:
        version: of the record when it was looked at.
        values: its fields then.
        cells: in the order of the block.
    """

    record_id: int
    code: str
    name: str
    version: int
    values: Mapping[str, Any]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a block would do.

    Attributes:
        gone: lines whose record is no longer there.
    """

    kind: str
    lines: tuple[Line, ...]
    gone: int = 0

    def count(self, *fates: Fate) -> int:
        """Return how many cells have one of these fates."""
        return sum(cell.fate in fates for line in self.lines for cell in line.cells)


def plan_block(session: Session, kind: str, given: Mapping[int, Sequence[Given]], reason: str = "") -> Plan:
    """Return what a block would do; nothing is changed.

    Args:
        session: to read from.
        kind: of the records.
        given: the cells by the id of their record, in the order of the block; ``MOST_ROWS`` at the most.
        reason: what the officer says about steps of the pipeline.
    """
    found = load(session, kind, list(given))
    lines = []
    for record in found:
        cells = plan_record(kind, record.values, given[record.id], reason)
        if kind == "leads" and any(cell.steps and cell.fate in TAKEN for cell in cells):
            gates = closed_gates(session, record.values, after(record.values, cells), reason)
            cells = refuse_steps(record.values, cells, reason, *gates) if gates else cells
        name = str(record.values.get("name") or "")
        lines.append(Line(record.id, record.code, name, record.version, record.values, cells))
    return Plan(kind, tuple(lines), len(given) - len(found))


def apply_block(session: Session, plan: Plan, reason: str = "", *, suspect_too: bool = False) -> int:
    """Make the changes of a plan, all or none; return how many cells were changed.

    Args:
        session: of ``Database.write``.
        plan: as it was shown.
        reason: what the officer says about steps of the pipeline.
        suspect_too: a person has confirmed the figures that may be slips of their unit.

    Raises:
        ConflictError: somebody else changed one of these fields since the plan was made.
        UserError: a record does not take its values as they come together; the message names it.
    """
    fates = TAKEN | {Fate.SUSPECT} if suspect_too else TAKEN
    changed = 0
    for line in plan.lines:
        changes = changes_of(line.cells, suspect_too=suspect_too)
        if not changes:
            continue
        try:
            _change(session, plan.kind, line, changes, reason)
        except UserError as error:
            told = _("{code} {name}: {message}").format(code=line.code, name=line.name, message=error.message)
            error.message, error.args = told, (told,)
            raise
        changed += sum(cell.fate in fates for cell in line.cells)
    return changed


def emptied(kind: str, fields: Sequence[str], ids: Sequence[int]) -> dict[int, list[Given]]:
    """Return the block that empties these fields of these records."""
    return {each: [Given(name, "") for name in fields if name in RECORD_FIELDS[kind]] for each in ids}


def _change(session: Session, kind: str, line: Line, changes: Mapping[str, Any], reason: str) -> None:
    if kind == "leads":
        change_lead(session, line.record_id, changes, reason=reason, base_version=line.version)
    else:
        update(session, kind, line.record_id, changes, base_version=line.version)
