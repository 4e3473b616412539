"""What a list of records does to the records there are: make, change, leave, hold back (decisions 35).

Pure: the job hands in what it knows of the database, and writes what the plan says. A record is named by its code, else
by its credit code and name, else by its exact name. What is only alike, or what the file and the program call
differently, is held back until a person says what it is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from crm.domain.companies.duplicates import DuplicateIndex, Likelihood, Match
from crm.domain.companies.parties import COMPANY, agree_on, is_another, read_party
from crm.domain.fields.changes import same_value
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.reasons import Reason
from crm.domain.stages.pipeline import STEPS, reason_of_status, refusals

ANSWERS = ("new", "fill", "skip")
"""What may be done with an entry that is held back: make it anyway, fill the blanks of the known one, leave it."""

HOLDING = frozenset((Likelihood.CERTAIN, Likelihood.LIKELY))
"""How alike a new lead must be to a known one to be held back; a possible likeness is only noted."""


class Effect(StrEnum):
    """What is done with an entry."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    HELD = "held"
    """Waits for an answer."""
    LEFT = "left"
    """Left out, as answered."""
    FAULTY = "faulty"


@dataclass(slots=True)
class Entry:
    """One object of the file.

    Attributes:
        number: as people count, from 1.
        raw: key → what stood there, as text.
        values: the fields that say something, as domain values.
        faults: key → why its value cannot be taken, in the user's words; "" for the whole entry.
    """

    number: int
    raw: Mapping[str, str]
    values: dict[str, Any]
    faults: dict[str, str] = field(default_factory=dict)


class Known(Protocol):
    """What a plan asks of the records there are."""

    def imported(self, number: int) -> int | None:
        """Return the record this very entry of this very file made or changed before, if it is still there."""

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


@dataclass(slots=True)
class Planned:
    """What is done with one entry.

    Attributes:
        target: the record that is changed or stays the same, or that a held entry may be.
        twin: the earlier entry this one may be, by its number.
        changes: field → (before, after), of a changed record.
        notes: why; of a faulty or held entry the first one is the reason.
    """

    entry: Entry
    effect: Effect
    target: int | None = None
    twin: int | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    notes: list[Reason] = field(default_factory=list)


def plan_entries(
    kind: str, entries: Iterable[Entry], known: Known, answer: str | None = None, why: str = ""
) -> list[Planned]:
    """Return what is done with each entry, in their order.

    Args:
        kind: leads, communities, funds or plots.
        entries: of the file.
        known: the records there are.
        answer: what to do with those held back, one of ``ANSWERS``; None as long as nobody said.
        why: stands for the reason of a lead's change of stage or status.
    """
    planner = _Planner(kind, known, answer, why)
    return [planner.plan(entry) for entry in entries]


@dataclass(frozen=True, slots=True)
class _Twin:
    """The key of an entry in the index of the file's own leads."""

    number: int


class _Planner:
    def __init__(self, kind: str, known: Known, answer: str | None, why: str) -> None:
        self.kind = kind
        self.known = known
        self.answer = answer
        self.why = why
        self.there: DuplicateIndex | None = None
        self.here = DuplicateIndex()
        self.named = "name" in RECORD_FIELDS[kind]
        self.planned: dict[int, Planned] = {}
        self.codes: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.targets: dict[int, int] = {}
        self.pending: dict[int, dict[str, Any]] = {}
        self.settled = 0

    def plan(self, entry: Entry) -> Planned:
        """Return what is done with an entry, and remember it for those after it."""
        planned = self._planned(entry)
        if planned.target is not None and planned.effect in (Effect.CHANGED, Effect.SAME):
            planned = self._once(planned)
        if planned.effect is Effect.HELD:
            self._answer(planned)
        if planned.effect is Effect.CHANGED and planned.target is not None:
            after = {name: value for name, (_before, value) in planned.changes.items()}
            self.pending.setdefault(planned.target, {}).update(after)
        if planned.effect is Effect.NEW:
            self._remember(planned)
        self.planned[entry.number] = planned
        return planned

    def _planned(self, entry: Entry) -> Planned:
        if entry.faults:
            return Planned(entry, Effect.FAULTY)
        before = self.known.imported(entry.number)
        if before is not None:
            self.settled = entry.number
            return self._as_it_was(entry, before)
        return self._by_code(entry) if "code" in entry.values else self._by_company(entry)

    def _by_code(self, entry: Entry) -> Planned:
        """Return the plan for an entry with a code."""
        code: str = entry.values["code"]
        if code in self.codes:
            return _faulty(entry, Reason("code_twice", {"code": code, "entry": self.codes[code]}))
        self.codes[code] = entry.number
        owner = self.known.by_code(code)
        if owner is None:
            return self._alike(entry) or self._new(entry)
        if is_another(entry.values, self.known.values(owner)):
            return self._held(entry, owner, Reason("code_of_another", {"code": code, **self._named(owner)}))
        return self._updated(entry, owner)

    def _by_company(self, entry: Entry) -> Planned:
        """Return the plan for an entry without a code: named by credit code and name, else by its name."""
        name, credit_code = entry.values.get("name"), entry.values.get("credit_code")
        owners = self.known.by_credit_code(credit_code) if credit_code else ()
        same = [each for each in owners if name in (None, self.known.values(each).get("name"))]
        if not owners and name:
            owners = self.known.by_name(name)
            same = [each for each in owners if agree_on(COMPANY, entry.values, self.known.values(each))]
        if len(same) == 1:
            return self._updated(entry, same[0])
        if same:
            codes = tuple(str(self.known.values(each).get("code")) for each in same)
            return _faulty(entry, Reason("several", {"codes": codes}))
        return self._alike(entry) or self._new(entry)

    def _alike(self, entry: Entry) -> Planned | None:
        """Return an entry that nothing names held back when it looks like a known record or an earlier entry."""
        name, credit_code = entry.values.get("name"), entry.values.get("credit_code")
        for owner in self.known.by_credit_code(credit_code) if credit_code else ():
            return self._held(
                entry, owner, Reason("credit_code_of", {"credit_code": credit_code, **self._named(owner)})
            )
        for owner in self.known.by_name(name) if name else ():
            return self._held(entry, owner, Reason("name_of", self._named(owner)))
        match = self._likeness(entry)
        if match is not None:
            parameters = {"likelihood": match.likelihood, "reasons": match.reasons}
            if isinstance(match.key, _Twin):
                return self._held_twin(entry, match.key.number, Reason("like_entry", parameters))
            owner = _as_id(match.key)
            return self._held(entry, owner, Reason("like_known", parameters | self._named(owner)))
        twin = self.names.get(str(name)) if name and "code" not in entry.values else None
        return None if twin is None else self._held_twin(entry, twin, Reason("name_twice", {"name": name}))

    def _likeness(self, entry: Entry) -> Match | None:
        """Return the first known lead that a new one is likely to be, else an earlier entry of the file.

        Two entries that each have a code are two records: whoever wrote the file said so.
        """
        if self.kind != "leads":
            return None
        if self.there is None:
            self.there = self.known.index()
        party = read_party(None, entry.values)
        found = [*self.there.find(party), *self.here.find(party)]
        return next((match for match in found if match.likelihood in HOLDING and self._counts(entry, match.key)), None)

    def _counts(self, entry: Entry, key: Hashable) -> bool:
        if not isinstance(key, _Twin):
            return True
        return not ("code" in entry.values and "code" in self.planned[key.number].entry.values)

    def _new(self, entry: Entry) -> Planned:
        if self.named and not (entry.values.get("name") or entry.values.get("code")):
            return _faulty(entry, Reason("no_name"))
        if not self.named and not entry.values.get("code"):
            return _faulty(entry, Reason("no_code"))
        return Planned(entry, Effect.NEW)

    def _held(self, entry: Entry, owner: int, why: Reason) -> Planned:
        return Planned(entry, Effect.HELD, target=owner, notes=[why])

    def _held_twin(self, entry: Entry, number: int, why: Reason) -> Planned:
        return Planned(entry, Effect.HELD, twin=number, notes=[Reason(why.code, {**why.parameters, "entry": number})])

    def _answer(self, planned: Planned) -> None:
        """Do with an entry that is held back what was answered."""
        if self.answer == "skip":
            planned.effect = Effect.LEFT
        elif self.answer == "new":
            self._make_anyway(planned)
        elif self.answer == "fill" and planned.target is not None:
            now = {**self.known.values(planned.target), **self.pending.get(planned.target, {})}
            self._change(planned, now, {k: v for k, v in planned.entry.values.items() if now.get(k) is None})
        elif self.answer == "fill" and planned.twin is not None:
            self._fill_twin(planned, self.planned[planned.twin])

    def _make_anyway(self, planned: Planned) -> None:
        """Make a new record of an entry; one that has the code of another gets a code of its own."""
        if planned.notes[0].code == "code_of_another":
            del planned.entry.values["code"]
        made = self._new(planned.entry)
        planned.effect, planned.target, planned.twin = made.effect, None, None
        planned.notes = made.notes + planned.notes

    @staticmethod
    def _fill_twin(planned: Planned, first: Planned) -> None:
        """Put what an entry knows more into the earlier one, which is a new record."""
        for name, value in planned.entry.values.items():
            first.entry.values.setdefault(name, value)
        planned.effect = Effect.SAME

    def _once(self, planned: Planned) -> Planned:
        """Hold back an entry about a record that an earlier one is about already; not one that was settled before."""
        target, number = planned.target or 0, planned.entry.number
        first = self.targets.setdefault(target, number)
        if number in (first, self.settled):
            return planned
        return self._held(planned.entry, target, Reason("record_twice", {"entry": first, **self._named(target)}))

    def _remember(self, planned: Planned) -> None:
        number, name = planned.entry.number, planned.entry.values.get("name")
        if name:
            self.names.setdefault(name, number)
        if self.kind == "leads":
            self.here.add(read_party(_Twin(number), planned.entry.values))

    def _as_it_was(self, entry: Entry, record_id: int) -> Planned:
        """Leave the record that this file gave before: what differs was changed in the program since."""
        now = self.known.values(record_id)
        kept = [name for name, value in entry.values.items() if not same_value(now.get(name), value)]
        notes = [Reason("kept", {"field": name}) for name in kept if name != "code"]
        return Planned(entry, Effect.SAME, record_id, notes=notes)

    def _updated(self, entry: Entry, record_id: int) -> Planned:
        """Change what the entry says differently; what it does not say stays."""
        now = self.known.values(record_id)
        planned = Planned(entry, Effect.SAME, record_id)
        self._change(planned, now, {k: v for k, v in entry.values.items() if not same_value(now.get(k), v)})
        return planned

    def _change(self, planned: Planned, now: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        """Plan the changes of a record; a step of a lead that the pipeline refuses makes the entry faulty."""
        changes = {name: value for name, value in wanted.items() if name != "code"}
        if self.kind == "leads" and any(name in changes for name in STEPS):
            after = {**now, **changes}
            refused = refusals(now, after, self.why)
            if refused:
                planned.effect = Effect.FAULTY
                planned.notes = [Reason("step_refused", {"refusals": tuple(refused), "record": after})]
                return
            changes |= reason_of_status(now, changes, self.why)
        planned.changes = {name: (now.get(name), value) for name, value in changes.items()}
        planned.effect = Effect.CHANGED if changes else Effect.SAME

    def _named(self, record_id: int) -> dict[str, Any]:
        values = self.known.values(record_id)
        return {"known": values.get("code"), "name": values.get("name") or values.get("code")}


def _faulty(entry: Entry, why: Reason) -> Planned:
    return Planned(entry, Effect.FAULTY, notes=[why])


def _as_id(key: Hashable) -> int:
    if not isinstance(key, int):
        raise TypeError(f"not the id of a record: {key!r}")
    return key
