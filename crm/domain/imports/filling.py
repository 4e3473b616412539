"""A row put into a record that is there, or into the row above that it repeats: blanks filled, figures changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm.domain.fields.changes import same_value
from crm.domain.imports.choices import Choice
from crm.domain.imports.notes import Note
from crm.domain.imports.plan import Effect, PlannedRow, Twin
from crm.domain.stages.pipeline import STEPS, reason_of_status, refusals


@dataclass(frozen=True, slots=True)
class Filling:
    """Puts rows into records.

    Attributes:
        kind: of record.
        why: stands for the reason of a lead's change of stage or status.
    """

    kind: str
    why: str

    def updated(self, planned: PlannedRow, values: Mapping[str, Any]) -> PlannedRow:
        """Change what differs; what the row does not say stays."""
        for name, change in differing(planned.record.values, values).items():
            if name != "code":
                planned.changes[name] = change
        return self.stepped(planned, values, doubtful=True)

    def filled(
        self,
        planned: PlannedRow,
        values: Mapping[str, Any],
        *,
        settled: frozenset[str] = frozenset(),
        choice: Choice | None = None,
    ) -> PlannedRow:
        """Fill what the record does not know, and take what was chosen; what else differs stays, and is said.

        Args:
            planned: about the record.
            values: of the record.
            settled: fields that stay as they are, empty ones too.
            choice: what was answered about the row.
        """
        for name, value in planned.record.values.items():
            if name == "code":
                continue
            now = values.get(name)
            if choice is not None and choice.takes(name):
                merged = now if same_value(now, value) else value
            else:
                merged = now if name in settled else _with_blanks_filled(now, value)
            if merged != now:
                planned.changes[name] = (now, merged)
            elif not same_value(now, value):
                planned.notes.append(Note("kept", {"field": name}))
        return self.stepped(planned, values, doubtful=choice is not None and bool(choice.take))

    @staticmethod
    def joined(planned: PlannedRow, key: Twin, first: PlannedRow, choice: Choice) -> PlannedRow:
        """Put what a row knows more, or what was chosen of it, into the row of the file it repeats; return that one."""
        planned.effect, planned.target = Effect.SAME, first.target
        planned.twin = first.twin or key
        for name, value in planned.record.values.items():
            now = first.record.values.get(name)
            step_of_known = first.target is not None and name in STEPS  # a step must not come in by a side door
            wanted = now is None or (choice.takes(name) and not same_value(now, value))
            if name == "code" or step_of_known or not wanted:
                continue
            first.record.values[name] = value
            if first.effect in (Effect.SAME, Effect.CHANGED):
                first.effect = Effect.CHANGED
                first.changes[name] = (first.changes.get(name, (now,))[0], value)
        return first

    def stepped(self, planned: PlannedRow, values: Mapping[str, Any], *, doubtful: bool) -> PlannedRow:
        """Take a step that the pipeline refuses out of the changes, and say so; then say what is done with the row."""
        changes = {name: after for name, (_before, after) in planned.changes.items()}
        if self.kind == "leads" and any(name in changes for name in STEPS):
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


def differing(values: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what a row says otherwise than a record, a blank of it too: field → (known, said)."""
    return {name: (known.get(name), value) for name, value in values.items() if not same_value(known.get(name), value)}


def _with_blanks_filled(now: Any, value: Any) -> Any:  # noqa: ANN401  (domain values of any kind)
    if now is None:
        return value
    if isinstance(now, Mapping) and isinstance(value, Mapping):
        return {**value, **now}
    return now
