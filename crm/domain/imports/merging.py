"""An edited row against its record: what was changed in the file, in the program, or in both (a choice by cell).

Base is what the program exported, theirs what the file says now, ours what the program has now. A figure retyped in
another way (1.2亿 for 12000万) is no change; what both sides changed differently is asked, never decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm.domain.fields.changes import same_value
from crm.domain.fields.masking import masked
from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.domain.fields.writing import value_to_text
from crm.domain.imports.keyed import Edit, Target
from crm.domain.imports.notes import Note
from crm.domain.imports.questions import CONFLICT, CONFLICTS, Proof, Questions
from crm.domain.imports.rows import SourceRow

KEPT = {"code": "code_stays", "name": "name_stays"}
"""Fields that never become empty; and a code is no value that a file changes."""

GIVEN_UP = "not_given"
"""The note on a cell whose word (待定, /) says that nothing is known: of an exported row that is an edit too."""


@dataclass(slots=True)
class Merged:
    """What an edited row comes to.

    Attributes:
        changes: field → (before, after).
        notes: what was left as it is, and why.
    """

    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def merge_edits(row: SourceRow, edit: Edit, now: Mapping[str, Any], questions: Questions) -> Merged:
    """Return what an edited row changes in its record; what both sides changed is asked with all three values."""
    merger = _Merger(row, edit, now, questions)
    for target, theirs in _theirs(row, edit):
        merger.take(target, theirs)
    return merger.merged


class _Merger:
    """Goes through the edited cells of a row."""

    def __init__(self, row: SourceRow, edit: Edit, now: Mapping[str, Any], questions: Questions) -> None:
        self._row = row
        self._edit = edit
        self._now = now
        self._questions = questions
        self.merged = Merged()

    def take(self, target: Target, theirs: object) -> None:
        """Take the value of an edited cell, None for an emptied one."""
        name, part = target
        base, ours = self._edit.base, _at(self._now, target)
        if (base is not None and same_value(theirs, _at(base, target))) or same_value(theirs, ours):
            return
        if name == "code" or (theirs is None and name in KEPT):
            self.merged.notes.append(Note(KEPT[name], doubtful=True))
        elif (base is not None and same_value(ours, _at(base, target))) or self._ask(target, theirs) == "file":
            before = self._now.get(name)
            so_far = self.merged.changes.get(name, (before, before))[1]
            self.merged.changes[name] = (before, _with(so_far, part, theirs, name) if part else theirs)

    def _ask(self, target: Target, theirs: object) -> str | None:
        """Return what was answered about a cell that both sides changed; unanswered, the program's value stays."""
        (name, part), now = target, self._now
        of = RECORD_FIELDS[self._edit.kind][name]
        said = {
            "base": masked(of, _text(of, _at(self._edit.base or {}, target), part)),
            "program": masked(of, _text(of, _at(now, target), part)),
            "file": _text(of, theirs, part),
        }
        said |= {"field": name, "part": part, "name": str(now.get("name") or now.get("code") or "")}
        key = f"{CONFLICT}:{now.get('code')}/{name}{'.' * bool(part)}{part}"
        answer = self._questions.answered(CONFLICTS)
        if answer is None or self._questions.answered(key) is not None:
            columns = self._row.columns.items()
            letter = next((letter for letter, one in columns if (one.field, one.part) == target), "")
            proof = Proof(self._row.record.row, said["file"])
            answer = self._questions.ask(
                key, CONFLICT, sheet=self._row.sheet, column=letter, choices=(), proof=proof, **said
            )
        if answer != "file":
            known = {**said, "key": key, "base_known": self._edit.base is not None}
            code = "conflict" if answer is None else "conflict_kept"
            self.merged.notes.append(Note(code, known, doubtful=answer is None))
        return answer


def _theirs(row: SourceRow, edit: Edit) -> Iterator[tuple[Target, Any]]:
    """Yield what the changed cells of a row say, an entry at a time; None for an emptied one."""
    for name, value in row.record.values.items():
        if isinstance(value, Mapping):
            for part, entry in value.items():
                yield (name, str(part)), entry
        else:
            yield (name, ""), value
    given_up = {note.column for note in row.record.notes if note.note.code == GIVEN_UP}
    for letter, column in row.columns.items():
        if letter in given_up and column.index in edit.columns and column.field not in {None, *row.record.values}:
            yield (column.field or "", column.part), None
    for target in edit.emptied:
        yield target, None


def _at(values: Mapping[str, Any], target: Target) -> Any:  # noqa: ANN401  (a domain value)
    name, part = target
    value = values.get(name)
    if not part or value is None:
        return value
    return next((entry for key, entry in value.items() if str(key) == part), None)


def _with(entries: Mapping[Any, Any] | None, part: str, entry: object, name: str) -> dict[Any, Any] | None:
    """Return the entries of a field with one of them changed, or taken out; None when none is left."""
    key: Any = int(part) if name == "tax_by_year" else part
    found = {**(entries or {}), key: entry}
    return {each: value for each, value in found.items() if value is not None} or None


def _text(of: Field, value: object, part: str) -> str:
    if value is None:
        return ""
    if part and of.kind in (Kind.SPACES, Kind.TAX_YEARS):
        return value_to_text(of, {part: value}).partition("=")[2] or value_to_text(of, {part: value})
    return value_to_text(of, value)
