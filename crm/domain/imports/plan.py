"""The words of a plan: what an import does with each row, what a row may be, what is asked of the records there are.

Rows of ledgers and entries of a ``.json`` are planned alike by :mod:`crm.domain.imports.planner`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from crm.domain.companies.duplicates import DuplicateIndex
from crm.domain.imports.choices import Choice
from crm.domain.imports.notes import Note
from crm.domain.imports.rows import RowRecord, SourceRow
from crm.domain.magnitudes.guard import Suspicion


class Effect(StrEnum):
    """What is done with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    HELD = "held"
    """Waits for the answer to the question ``duplicates``."""
    LEFT = "left"
    """Left out, as answered."""
    FAULTY = "faulty"


class Known(Protocol):
    """What a plan asks of the records there are."""

    def imported(self, sheet: str, row: int) -> int | None:
        """Return the record that this very row of this very file made before, if it is still there."""

    def settled(self, record_id: int) -> frozenset[str]:
        """Return the fields somebody changed after this very file came in: an emptied one stays empty."""

    def by_code(self, code: str) -> int | None:
        """Return the record with a code."""

    def by_credit_code(self, credit_code: str) -> Sequence[int]:
        """Return the records with a credit code."""

    def by_name(self, name: str) -> Sequence[int]:
        """Return the records called exactly so."""

    def values(self, record_id: int) -> Mapping[str, Any]:
        """Return the fields of a record."""

    def index(self) -> DuplicateIndex:
        """Return the leads to compare with; the keys are their ids."""


class Twin(NamedTuple):
    """A row of the file itself."""

    sheet: str
    row: int


class Candidate(NamedTuple):
    """What a row may be: a record (its id) or a row above it, and why."""

    key: int | Twin
    why: Note


@dataclass(slots=True)
class PlannedRow:
    """What is done with one row.

    Attributes:
        source: the row.
        effect: what is done.
        target: the id of the record that is changed or stays the same; None for a new one.
        twin: the row of the file this one goes into, when the answer is to fill.
        changes: field → (before, after), of a changed record.
        notes: why.
        candidates: what it may be, the likeliest first; empty for a row that no question is about.
        differs: field → (what is known, what the row says), against the first candidate; a blank one is None.
        choice: what was answered, None while nobody did.
        suspicions: figures that may be slips of a unit; nothing is changed by them.
    """

    source: SourceRow
    effect: Effect
    target: int | None = None
    twin: Twin | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    candidates: Sequence[Candidate] = ()
    differs: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    choice: Choice | None = None
    suspicions: Sequence[Suspicion] = ()

    @property
    def record(self) -> RowRecord:
        """As the row was read."""
        return self.source.record
