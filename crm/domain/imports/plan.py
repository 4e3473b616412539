"""What an import would do to the records there are: make, change, leave; hold back what may be known already.

Pure: the job gives what it knows of the database and writes what the plan says (decisions 35).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

from crm.domain.companies.duplicates import DuplicateIndex, Likelihood, Match
from crm.domain.companies.parties import Party, is_another, read_party
from crm.domain.fields.changes import same_value
from crm.domain.imports.keyed import Edit
from crm.domain.imports.merging import merge_edits
from crm.domain.imports.notes import Note
from crm.domain.imports.questions import DUPLICATES, Proof, Questions
from crm.domain.imports.records import RowRecord, SourceRow
from crm.domain.stages.pipeline import STEPS, reason_of_status, refusals

HOLDING = frozenset((Likelihood.CERTAIN, Likelihood.LIKELY))
"""How likely it must be that a row is known for it to be held back; a possible one is only noted."""


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

    def by_name(self, name: str, credit_code: str | None) -> int | None:
        """Return the one record with a name, and with this credit code where one is given."""

    def values(self, record_id: int) -> Mapping[str, Any]:
        """Return the fields of a record."""

    def index(self) -> DuplicateIndex:
        """Return the records to compare with; the keys are their ids."""


@dataclass(slots=True)
class PlannedRow:
    """What is done with one row.

    Attributes:
        source: the row.
        effect: what is done.
        target: the id of the record that is changed or stays the same; None for a new one.
        twin: the row of the file this one goes into, when the answer is to fill; (sheet, row).
        changes: field → (before, after), of a changed record.
        notes: why.
    """

    source: SourceRow
    effect: Effect
    target: int | None = None
    twin: tuple[str, int] | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    @property
    def record(self) -> RowRecord:
        """As the row was read."""
        return self.source.record


@dataclass(frozen=True, slots=True)
class _Twin:
    """The key of a row of the file in the index of duplicates."""

    sheet: str
    row: int


def plan_rows(
    rows: Sequence[SourceRow], known: Known, questions: Questions, *, by_name: bool = False, why: str = ""
) -> list[PlannedRow]:
    """Return what is done with each row, in their order.

    A row that this file gave before fills what is still blank, one with the code of a record changes what differs, any
    other is new unless it looks like a record or a row above it. A known lead only takes a step that the pipeline
    allows; another leaves its stage and status as they are, and is told.

    Args:
        rows: every data row.
        known: the records there are.
        questions: of the file; the question what to do with duplicates is asked here.
        by_name: the same name, with the same credit code where there are two, also names a record (a ``.json`` of our
            own, kinds of record that have no duplicates).
        why: stands for the reason of a lead's change of stage or status.
    """
    planner = _Planner(known, questions, by_name=by_name, why=why)
    return [planner.plan(row) for row in rows]


class _Planner:
    def __init__(self, known: Known, questions: Questions, *, by_name: bool, why: str) -> None:
        self.known = known
        self.questions = questions
        self.by_name = by_name
        self.why = why
        self.here = DuplicateIndex()
        self.planned: dict[_Twin, PlannedRow] = {}
        self.codes: dict[str, _Twin] = {}
        self._last: tuple[SourceRow | None, Party] = None, read_party(None, {})

    @cached_property
    def index(self) -> DuplicateIndex:
        """The records there are, read only when a row must be compared with them."""
        return self.known.index()

    def plan(self, row: SourceRow) -> PlannedRow:
        """Return what is done with a row, and remember it for the rows after it."""
        if row.record.fault:
            return PlannedRow(row, Effect.FAULTY, notes=[row.record.fault])
        planned = self._planned(row)
        twin = _Twin(row.sheet, row.record.row)
        self.planned[twin] = planned
        if row.record.edit is not None:
            return planned
        if planned.effect in (Effect.NEW, Effect.CHANGED, Effect.SAME) and not self.by_name:
            self.here.add(self._party(row)._replace(key=twin))
        return planned

    def _party(self, row: SourceRow) -> Party:
        """Return what is compared of a row; the last one is kept, for it is asked for twice."""
        if self._last[0] is not row:
            self._last = row, read_party(None, row.record.values)
        return self._last[1]

    def _planned(self, row: SourceRow) -> PlannedRow:
        record = row.record
        if record.edit is not None:
            return self._edited(row, record.edit)
        before = self.known.imported(row.sheet, record.row)
        if before is not None:
            settled = self.known.settled(before)
            return self._filled(PlannedRow(row, Effect.SAME, before), self.known.values(before), settled)
        code = record.values.get("code")
        if isinstance(code, str) and code:
            if code in self.codes:
                note = Note("code_twice", {"code": code, "row": str(self.codes[code].row)})
                return PlannedRow(row, Effect.FAULTY, notes=[note])
            self.codes[code] = _Twin(row.sheet, record.row)
        owner = self._owner(record)
        if owner is None:
            return PlannedRow(row, Effect.NEW) if self.by_name else self._compared(row)
        values = self.known.values(owner)
        if not self.by_name and is_another(record.values, values):
            note = Note("code_of_another", {"code": str(code), "name": str(values.get("name"))})
            return self._held(row, owner, note)
        return self._updated(PlannedRow(row, Effect.SAME, owner), values)

    def _edited(self, row: SourceRow, edit: Edit) -> PlannedRow:
        """Return the plan for an exported row: what was changed in it, and what must be asked."""
        if edit.record_id is None:
            return self._held(row, None, Note("gone"))
        planned, now = PlannedRow(row, Effect.SAME, edit.record_id), self.known.values(edit.record_id)
        merged = merge_edits(row, edit, now, self.questions)
        planned.changes, planned.notes = merged.changes, merged.notes
        return self._stepped(planned, now, doubtful=True)

    def _owner(self, record: RowRecord) -> int | None:
        """Return the record that a row names by its code, or, where that is enough, by name and credit code."""
        code, name = record.values.get("code"), record.values.get("name")
        owner = self.known.by_code(code) if isinstance(code, str) and code else None
        if owner is not None or not self.by_name or not isinstance(name, str):
            return owner
        return self.known.by_name(name, record.values.get("credit_code"))

    def _compared(self, row: SourceRow) -> PlannedRow:
        """Return the plan for a row nothing names: new, unless it looks like a known record or a row above it."""
        party = self._party(row)
        matches = [*(self.index.find(party) if len(self.index) else ()), *self.here.find(party)]
        holding = [match for match in matches if match.likelihood in HOLDING]
        for match in holding:
            if isinstance(match.key, int) and self._is_same(row.record, match.key):
                return PlannedRow(row, Effect.SAME, match.key, notes=[self._note(match)])
        if holding:
            return self._held(row, holding[0].key, self._note(holding[0]))
        return PlannedRow(row, Effect.NEW, notes=[self._note(match) for match in matches[:1]])

    def _is_same(self, record: RowRecord, record_id: int) -> bool:
        values = self.known.values(record_id)
        return all(same_value(values.get(name), value) for name, value in record.values.items())

    def _held(self, row: SourceRow, key: Hashable, why: Note) -> PlannedRow:
        """Return a row held back, or done with as answered; made anyway, it leaves another's code to that one."""
        proof = Proof(row.record.row, str(row.record.values.get("name", "")))
        answer = self.questions.ask(DUPLICATES, DUPLICATES, proof=proof)
        planned = PlannedRow(row, Effect.HELD, notes=[why])
        if answer == "new":
            planned.effect = Effect.NEW
            if why.code == "code_of_another":
                del row.record.values["code"]
        elif answer == "skip":
            planned.effect = Effect.LEFT
        elif answer == "fill" and isinstance(key, int):
            planned.target = key
            return self._filled(planned, self.known.values(key))
        elif answer == "fill" and isinstance(key, _Twin):
            self._fill_row(planned, key)
        return planned

    def _fill_row(self, planned: PlannedRow, key: _Twin) -> None:
        """Put what a row knows more into the row of the file it repeats."""
        first = self.planned[key]
        planned.effect, planned.target = Effect.SAME, first.target
        planned.twin = first.twin or (key.sheet, key.row)
        for name, value in planned.record.values.items():
            step_of_known = first.target is not None and name in STEPS  # a step must not come in by a side door
            if first.record.values.get(name) is None and not step_of_known:
                first.record.values[name] = value
                if first.effect in (Effect.SAME, Effect.CHANGED):
                    first.effect = Effect.CHANGED
                    first.changes.setdefault(name, (None, value))

    def _filled(
        self, planned: PlannedRow, values: Mapping[str, Any], settled: frozenset[str] = frozenset()
    ) -> PlannedRow:
        """Fill what the record does not know; what differs or is settled stays as it is, and is said."""
        for name, value in planned.record.values.items():
            now = values.get(name)
            merged = now if name in settled else _with_blanks_filled(now, value)
            if merged != now:
                planned.changes[name] = (now, merged)
            elif not same_value(now, value) and name != "code":
                planned.notes.append(Note("kept", {"field": name}))
        return self._stepped(planned, values, doubtful=False)

    def _updated(self, planned: PlannedRow, values: Mapping[str, Any]) -> PlannedRow:
        """Change what differs; what the row does not say stays."""
        for name, value in planned.record.values.items():
            now = values.get(name)
            if not same_value(now, value):
                planned.changes[name] = (now, value)
        return self._stepped(planned, values, doubtful=True)

    def _stepped(self, planned: PlannedRow, values: Mapping[str, Any], *, doubtful: bool) -> PlannedRow:
        """Take a step that the pipeline refuses out of the changes, and say so; then say what is done with the row."""
        changes = {name: after for name, (_before, after) in planned.changes.items()}
        if not self.by_name and any(name in changes for name in STEPS):
            after = {**values, **changes}
            refused = refusals(values, after, self.why)
            if refused:
                note = Note("step_refused", {"refusals": tuple(refused), "record": after}, doubtful=doubtful)
                planned.notes.append(note)
                planned.changes = {name: change for name, change in planned.changes.items() if name not in STEPS}
            else:
                reason = reason_of_status(values, changes, self.why)
                planned.changes |= {name: (values.get(name), given) for name, given in reason.items()}
        planned.effect = Effect.CHANGED if planned.changes else Effect.SAME
        return planned

    def _note(self, match: Match) -> Note:
        params: dict[str, object] = {"likelihood": match.likelihood, "reasons": match.reasons}
        if isinstance(match.key, _Twin):
            return Note("like_row", params | {"sheet": match.key.sheet, "row": str(match.key.row)})
        return Note("like_known", params | {"code": str(self.known.values(_as_id(match.key)).get("code", ""))})


def _as_id(key: Hashable) -> int:
    if not isinstance(key, int):
        raise TypeError(f"not the id of a record: {key!r}")
    return key


def _with_blanks_filled(now: Any, value: Any) -> Any:  # noqa: ANN401  (domain values of any kind)
    if now is None:
        return value
    if isinstance(now, Mapping) and isinstance(value, Mapping):
        return {**value, **now}
    return now
