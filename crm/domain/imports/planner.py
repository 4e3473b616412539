"""What an import would do to the records there are: make, change, leave; hold back what may be known already.

Pure: the job gives what it knows of the database and writes what the plan says (decisions 35). Rows of ledgers and
entries of a ``.json`` go the same way; they differ only in whether an exact name is enough to name a record.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, TypeAlias

from crm.domain.companies.duplicates import DuplicateIndex, Likelihood, Match
from crm.domain.companies.parties import COMPANY, Party, agree_on, is_another, read_party
from crm.domain.fields.agreement import crossed
from crm.domain.fields.changes import same_value
from crm.domain.fields.keys import missing_needed
from crm.domain.fields.registry import RECORD_FIELDS, RECORD_KINDS, Kind
from crm.domain.imports.choices import DUPLICATES, EVERY, Choice, row_key
from crm.domain.imports.filling import Filling, differing
from crm.domain.imports.keyed import Edit
from crm.domain.imports.merging import merge_edits
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Candidate, Effect, Known, PlannedRow, Twin
from crm.domain.imports.questions import Proof, Questions
from crm.domain.imports.rows import RowRecord, SourceRow
from crm.domain.magnitudes.guard import Suspicion, suspect
from crm.errors import ValueRefusedError
from crm.i18n import _

HOLDING = frozenset((Likelihood.CERTAIN, Likelihood.LIKELY))
"""How likely it must be that a row is known for it to be held back; a possible one is only noted."""

GUARDED = frozenset((Effect.NEW, Effect.CHANGED, Effect.HELD))
"""What is done with rows whose figures are looked at: they are, or may be, written."""

MOST_CANDIDATES = 5
"""Records a person may choose between for one row."""

PartyOf: TypeAlias = Callable[[Mapping[str, Any]], Party]
"""Gives what is compared of a record."""

KEYLESS: PartyOf = partial(read_party, None)


def plan_rows(
    kind: str,
    rows: Sequence[SourceRow],
    known: Known,
    questions: Questions,
    *,
    by_name: bool = False,
    why: str = "",
    party_of: PartyOf = KEYLESS,
) -> list[PlannedRow]:
    """Return what is done with each row, in their order.

    A row that this file gave before fills what is still blank, one with the code of a record changes what differs, any
    other is new unless it looks like a record or a row above it. A known lead only takes a step that the pipeline
    allows; another leaves its stage and status as they are, and is told.

    Args:
        kind: of record.
        rows: every data row, or every entry of a ``.json``.
        known: the records there are.
        questions: of the file; the question what to do with duplicates is asked here.
        by_name: a credit code with the name, or the exact name of one company, names a record too (a ``.json`` of our
            own, kinds of record that have no duplicates).
        why: stands for the reason of a lead's change of stage or status.
        party_of: gives what is compared of a record, as ``read_party`` does.

    Raises:
        ValueRefusedError: an answer about a row there is not, that takes a field there is not, or that goes into a
            record it cannot be.
    """
    questions.check_rows(row_key(row.sheet, row.record.row) for row in rows)
    planner = _Planner(kind, known, questions, party_of, by_name=by_name, why=why)
    return [planner.plan(row) for row in rows]


class _Planner:
    def __init__(
        self,
        kind: str,
        known: Known,
        questions: Questions,
        party_of: PartyOf,
        *,
        by_name: bool,
        why: str,
    ) -> None:
        self.kind = kind
        self.fields = RECORD_FIELDS[kind]
        self.telling = (*COMPANY, *telling_of(kind))
        self.known = known
        self.questions = questions
        self.by_name = by_name
        self.filling = Filling(kind, why)
        self.here = DuplicateIndex()
        self.planned: dict[Twin, PlannedRow] = {}
        self.codes: dict[str, Twin] = {}
        self.names: dict[str, Twin] = {}
        self.first: dict[int, PlannedRow] = {}
        self.pending: dict[int, dict[str, Any]] = {}
        self._party_of = party_of
        self._last: tuple[SourceRow | None, Party] = None, read_party(None, {})

    @cached_property
    def index(self) -> DuplicateIndex:
        """The records there are, read only when a row must be compared with them."""
        return self.known.index()

    def plan(self, row: SourceRow) -> PlannedRow:
        """Return what is done with a row, and remember it for the rows after it."""
        if row.record.fault:
            return PlannedRow(row, Effect.FAULTY, notes=[row.record.fault])
        planned = self._agreeing(self._planned(row))
        if self.kind == "leads" and planned.effect in GUARDED:
            planned.suspicions = self._suspicions(planned)
        twin = Twin(row.sheet, row.record.row)
        self.planned[twin] = planned
        self._await(planned)
        if row.record.edit is not None:
            return planned
        if planned.effect in (Effect.NEW, Effect.CHANGED, Effect.SAME):
            self._remember(row, twin, planned)
        return planned

    def _agreeing(self, planned: PlannedRow) -> PlannedRow:
        """Return the plan, or that the row is faulty: what the record would be contradicts itself."""
        if planned.effect not in (Effect.NEW, Effect.CHANGED):
            return planned
        values = planned.record.values if planned.target is None else self.known.values(planned.target)
        if planned.changes:
            values = dict(values) | {name: value for name, (_before, value) in planned.changes.items()}
        ends = crossed(self.kind, values)
        if ends is None:
            return planned
        return _faulty(planned.source, Note("crossed", {"kind": self.kind, "low": ends[0], "high": ends[1]}))

    def _suspicions(self, planned: PlannedRow) -> list[Suspicion]:
        """Return the figures of a row that may be slips of a unit; its record tells what is known beside them."""
        if planned.target is None:
            return suspect(planned.record.values)
        known, said = self.known.values(planned.target), planned.record.values
        if planned.effect is Effect.CHANGED:
            said = {name: after for name, (_before, after) in planned.changes.items() if after is not None}
        return [each for each in suspect({**known, **said}, known) if each.field.partition(".")[0] in said]

    def _await(self, planned: PlannedRow) -> None:
        """Note what a record will be, for the rows that fill its blanks after this one."""
        if planned.effect is Effect.CHANGED and planned.target is not None:
            after = {name: value for name, (_before, value) in planned.changes.items()}
            self.pending.setdefault(planned.target, {}).update(after)

    def _remember(self, row: SourceRow, twin: Twin, planned: PlannedRow) -> None:
        if self.kind == "leads":
            self.here.add(Party(twin, *self._party(row)[1:]))
        name = row.record.values.get("name")
        if planned.effect is Effect.NEW and name:
            self.names.setdefault(name, twin)

    def _party(self, row: SourceRow) -> Party:
        """Return what is compared of a row; the last one is kept, for it is asked for twice."""
        if self._last[0] is not row:
            self._last = row, self._party_of(row.record.values)
        return self._last[1]

    # -------------------------------------------------------------------------------- whose record a row is

    def _planned(self, row: SourceRow) -> PlannedRow:
        record = row.record
        if record.edit is not None:
            return self._edited(row, record.edit)
        before = self.known.imported(row.sheet, record.row)
        if before is not None:
            settled = self.known.settled(before)
            planned = self.filling.filled(
                PlannedRow(row, Effect.SAME, before), self.known.values(before), settled=settled
            )
            self.first.setdefault(before, planned)
            return planned
        code = record.values.get("code")
        if isinstance(code, str) and code:
            return self._by_code(row, code)
        return self._by_company(row) if self.by_name else self._compared(row)

    def _edited(self, row: SourceRow, edit: Edit) -> PlannedRow:
        """Return the plan for an exported row: what was changed in it, and what must be asked."""
        if edit.record_id is None:
            return self._held(row, [], Note("gone"))
        planned, now = PlannedRow(row, Effect.SAME, edit.record_id), self.known.values(edit.record_id)
        merged = merge_edits(row, edit, now, self.questions)
        planned.changes, planned.notes = merged.changes, merged.notes
        return self.filling.stepped(planned, now, doubtful=True)

    def _by_code(self, row: SourceRow, code: str) -> PlannedRow:
        if code in self.codes:
            return _faulty(row, Note("code_twice", {"code": code, "row": str(self.codes[code].row)}))
        self.codes[code] = Twin(row.sheet, row.record.row)
        owner = self.known.by_code(code)
        if owner is None:
            return self._compared(row)
        values = self.known.values(owner)
        if is_another(row.record.values, values):
            note = Note("code_of_another", {"code": code, "name": str(values.get("name"))})
            return self._held(row, [Candidate(owner, note)])
        return self._updated(row, owner)

    def _by_company(self, row: SourceRow) -> PlannedRow:
        """Return the plan for a row without a code: named by credit code and name, else by its name."""
        name, credit_code = row.record.values.get("name"), row.record.values.get("credit_code")
        owners = self.known.by_credit_code(credit_code) if credit_code else ()
        same = [each for each in owners if name in (None, self.known.values(each).get("name"))]
        if not owners and name:
            owners = self.known.by_name(name)
            same = [each for each in owners if agree_on(self.telling, row.record.values, self.known.values(each))]
        if len(same) == 1:
            return self._updated(row, same[0])
        if same:
            codes = tuple(str(self.known.values(each).get("code")) for each in same)
            return _faulty(row, Note("several", {"codes": codes}))
        return self._compared(row)

    def _compared(self, row: SourceRow) -> PlannedRow:
        """Return the plan for a row nothing names: new, unless it looks like a known record or a row above it."""
        named = self._named_alike(row) if self.by_name else []
        if named:
            return self._held(row, named)
        matches = self._matches(row)
        holding = [match for match in matches if match.likelihood in HOLDING]
        for match in holding:
            if isinstance(match.key, int) and self._says_the_same(row.record, match.key):
                return PlannedRow(row, Effect.SAME, match.key, notes=[self._note(match)])
        if holding:
            return self._held(row, [Candidate(_as_key(match.key), self._note(match)) for match in holding])
        return self._new(row, [self._note(match) for match in matches[:1]])

    def _named_alike(self, row: SourceRow) -> list[Candidate]:
        """Return what has the credit code or the name of a row, and is still not plainly the same."""
        values = row.record.values
        name, credit_code = values.get("name"), values.get("credit_code")
        found = [
            Candidate(owner, Note("credit_code_of", {"credit_code": credit_code, **self._called(owner)}))
            for owner in (self.known.by_credit_code(credit_code) if credit_code else ())
        ]
        found += [
            Candidate(owner, Note("name_of", self._called(owner)))
            for owner in (self.known.by_name(name) if name else ())
            if self._may_be(values, self.known.values(owner))
        ]
        twin = self.names.get(str(name)) if name and "code" not in values else None
        if twin is not None and not found and self._may_be(values, self.planned[twin].record.values):
            found.append(Candidate(twin, Note("name_twice", {"name": name, "row": str(twin.row), "sheet": twin.sheet})))
        return found

    def _may_be(self, values: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
        """Return whether two records of one name may be one: what tells them apart does not differ."""
        return agree_on(self.telling[len(COMPANY) :], values, known)

    def _matches(self, row: SourceRow) -> list[Match]:
        """Return the leads, then the rows above, that a row may be; two rows that each have a code are two records."""
        if self.kind != "leads":
            return []
        party = self._party(row)
        here = self.here.find(party)
        if here and "code" in row.record.values:
            here = [match for match in here if "code" not in self.planned[_as_twin(match.key)].record.values]
        return [*(self.index.find(party) if len(self.index) else ()), *here]

    def _says_the_same(self, record: RowRecord, record_id: int) -> bool:
        values = self.known.values(record_id)
        return all(same_value(values.get(name), value) for name, value in record.values.items())

    def _new(self, row: SourceRow, notes: list[Note]) -> PlannedRow:
        values = row.record.values
        described = RECORD_KINDS.get(self.kind)
        if described is not None:
            missing = missing_needed(self.kind, values)
            if missing:
                return _faulty(row, Note("needed", {"kind": self.kind, "fields": tuple(missing)}))
            without = described.own_codes and not values.get("code")
            return _faulty(row, Note("no_code")) if without else PlannedRow(row, Effect.NEW, notes=notes)
        named = values.get("name") or (values.get("code") if self.kind != "leads" else None)  # slots have no name yet
        if "name" in self.fields and not named:
            return _faulty(row, Note("no_name"))
        if "name" not in self.fields and not values.get("code"):
            return _faulty(row, Note("no_code"))
        return PlannedRow(row, Effect.NEW, notes=notes)

    # -------------------------------------------------------------------------------- rows held back

    def _held(self, row: SourceRow, candidates: Sequence[Candidate], why: Note | None = None) -> PlannedRow:
        """Return a row held back, or done with as answered; ``why`` stands where it may be no record at all."""
        notes = [why] if why else [candidates[0].why]
        planned = PlannedRow(row, Effect.HELD, notes=notes, candidates=candidates[:MOST_CANDIDATES])
        planned.choice = choice = self._choice(row)
        chosen = self._chosen(row, candidates, choice.into if choice else "")
        if chosen is not None:
            planned.target = chosen if isinstance(chosen, int) else None
            known = self.known.values(chosen) if isinstance(chosen, int) else self.planned[chosen].record.values
            planned.differs = differing(row.record.values, known)
        if choice is None:
            return planned
        if choice.do == "new":
            return self._make_anyway(planned)
        if choice.do == "skip":
            planned.effect = Effect.LEFT
        elif isinstance(chosen, int):
            now = {**self.known.values(chosen), **self.pending.get(chosen, {})}
            self.filling.filled(planned, now, choice=choice)
        elif chosen is not None:
            self._await(self.filling.joined(planned, chosen, self.planned[chosen], choice))
        return planned

    def _choice(self, row: SourceRow) -> Choice | None:
        """Return what was answered about a row, by itself or for all rows; else the question stays open."""
        own = self.questions.choice(row.sheet, row.record.row)
        if own is None:
            proof = Proof(row.record.row, str(row.record.values.get("name", "")))
            self.questions.ask(DUPLICATES, DUPLICATES, proof=proof)
            own = self.questions.choice()
        unknown = sorted(own.take - {*self.fields, EVERY}) if own else []
        if unknown:
            message = _("Row {row}: there is no field “{field}” to take.")
            raise ValueRefusedError(message.format(row=row.record.row, field=unknown[0]), where=DUPLICATES)
        return own

    def _chosen(self, row: SourceRow, candidates: Sequence[Candidate], code: str) -> int | Twin | None:
        """Return what a row is compared with: the likeliest it may be, or the record that was named."""
        if not code:
            return candidates[0].key if candidates else None
        for each in candidates:
            if isinstance(each.key, int) and self.known.values(each.key).get("code") == code:
                return each.key
        message = _("Row {row} cannot go into {code}: it is none of the records it may be.")
        raise ValueRefusedError(message.format(row=row.record.row, code=code), where=DUPLICATES)

    def _make_anyway(self, planned: PlannedRow) -> PlannedRow:
        """Make a new record of a row; one that has the code of another gets a code of its own."""
        if planned.notes[0].code == "code_of_another":
            del planned.record.values["code"]
        made = self._new(planned.source, planned.notes)
        planned.effect, planned.target, planned.notes = made.effect, None, made.notes
        return planned

    # -------------------------------------------------------------------------------- records that are there

    def _updated(self, row: SourceRow, owner: int) -> PlannedRow:
        """Change what differs; what the row does not say stays. A record that two rows change is held back."""
        planned = self.filling.updated(PlannedRow(row, Effect.SAME, owner), self.known.values(owner))
        first = self.first.setdefault(owner, planned)
        if first is planned or Effect.CHANGED not in (first.effect, planned.effect):
            return planned
        twice = {"row": str(first.record.row), **self._called(owner)}
        return self._held(row, [Candidate(owner, Note("record_twice", twice))])

    # -------------------------------------------------------------------------------- words

    def _note(self, match: Match) -> Note:
        params: dict[str, object] = {"likelihood": match.likelihood, "reasons": match.reasons}
        if isinstance(match.key, Twin):
            return Note("like_row", params | {"sheet": match.key.sheet, "row": str(match.key.row)})
        return Note("like_known", params | self._called(_as_id(match.key)))

    def _called(self, record_id: int) -> dict[str, object]:
        values = self.known.values(record_id)
        code = str(values.get("code", ""))
        return {"code": code, "name": str(values.get("name") or code)}


def telling_of(kind: str) -> tuple[str, ...]:
    """Return the fields that tell two records of one name apart, beside the credit code of companies."""
    described = RECORD_KINDS.get(kind)
    if described is None:
        return ()
    return (*described.telling, *(name for name in described.references if described.fields[name].kind is Kind.TEXT))


def _faulty(row: SourceRow, why: Note) -> PlannedRow:
    return PlannedRow(row, Effect.FAULTY, notes=[why])


def _as_key(key: Hashable) -> int | Twin:
    return key if isinstance(key, Twin) else _as_id(key)


def _as_twin(key: Hashable) -> Twin:
    if not isinstance(key, Twin):
        raise TypeError(f"not a row of the file: {key!r}")
    return key


def _as_id(key: Hashable) -> int:
    if not isinstance(key, int):
        raise TypeError(f"not the id of a record: {key!r}")
    return key
