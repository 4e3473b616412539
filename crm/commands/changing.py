"""What ``set``, ``stage`` and ``add`` share: one change of a record, in one transaction, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm.commands.line import Context
from crm.commands.opening import opened
from crm.commands.values import shown
from crm.database import Session, Writing, writing_of
from crm.domain.fields.changes import changed_fields
from crm.domain.fields.reading import entry_of, read_assignment
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.fields.writing import record_to_json
from crm.errors import StepNotAllowedError, ValueRefusedError
from crm.i18n import _
from crm.queries.duplicates import COMPARED
from crm.queries.known import known_lines
from crm.queries.records import Record, load_one
from crm.services.leads import change_lead
from crm.services.records import update

LEADS = "leads"


@dataclass(frozen=True, slots=True)
class Changed:
    """A record before and after, the change set that did it (None: nothing differs), leads it may be one with."""

    before: Record
    after: Record
    change_set: int | None
    known: tuple[str, ...] = ()


def change(context: Context, changes: Callable[[Record], Mapping[str, Any]], why: str, kind: str = LEADS) -> Changed:
    """Change the record that the command line names.

    Args:
        context: its arguments have ``lead`` and ``reason``.
        changes: gives the new values from the record as it is.
        why: what the history says when no reason was given.
        kind: of the record; a lead obeys the rules of its stages.

    Raises:
        StepNotAllowedError: a step is refused; where a reason would allow it, the message names the option.
    """
    reason: str = (context.arguments.reason or "").strip()

    def work(session: Session) -> tuple[Record, Record, Writing]:
        before = load_one(session, kind, context.arguments.lead)
        if kind == LEADS:
            return before, change_lead(session, before.id, changes(before), reason=reason), writing_of(session)
        return before, update(session, kind, before.id, changes(before), before.version), writing_of(session)

    try:
        with opened(context) as workspace:
            before, after, writing = workspace.database.change(work, by=workspace.user, why=reason or why)
            keys = any(before.values.get(name) != after.values.get(name) for name in COMPARED)
            with workspace.database.read() as session:
                known = tuple(known_lines(session, [after.code] if kind == LEADS and keys else ()))
    except StepNotAllowedError as error:
        if not error.wants_reason:
            raise
        message = _("{message} (Give the reason by --reason.)").format(message=error.message)
        raise StepNotAllowedError(message, where=error.where, wants_reason=True) from error
    return Changed(before, after, writing.change_set_id, known)


def assigned(kind: str, known: Mapping[str, Any], assignments: Sequence[str]) -> dict[str, Any]:
    """Return the new values of ``field=value`` words; a later one sees what an earlier one set.

    Raises:
        ValueRefusedError: a word that is no assignment, a field the kind does not have or that is given twice, a value
            that cannot be read.
    """
    values = dict(known)
    changes: dict[str, Any] = {}
    given: set[tuple[str, str]] = set()
    for word in assignments:
        name, value = read_assignment(kind, word, values)
        place = name, entry_of(word)
        if place in given:
            message = _("The field “{label}” is given twice. Give it once.")
            raise ValueRefusedError(message.format(label=_(RECORD_FIELDS[kind][name].label)), where=name)
        given.add(place)
        changes[name] = values[name] = value
    return changes


def tell(context: Context, changed: Changed) -> None:
    """Print what a change did."""
    kind, before, after = changed.after.kind, changed.before.values, changed.after.values
    names = changed_fields(before, after)

    def text() -> str:
        if not names:
            return _("{code}: nothing differs, nothing was changed.").format(code=changed.after.code)
        lines = [_("{code} {name} was changed:").format(code=changed.after.code, name=after.get("name") or "").strip()]
        for name in names:
            field = RECORD_FIELDS[kind][name]
            old, new = shown(field, before.get(name), before), shown(field, after.get(name), after)
            lines.append(_("  {label}: {old} → {new}").format(label=_(field.label), old=old, new=new))
        taken_back = _("Change set {number} (xiangtu undo {number} takes it back)").format(number=number)
        return "\n".join([*lines, taken_back, *changed.known])

    number = changed.change_set
    old, new = (record_to_json(kind, each) for each in (before, after))
    document = {
        "lead" if kind == LEADS else "record": changed.after.code,
        "changed": [{"field": name, "before": old[name], "after": new[name]} for name in names],
        "change_set": number,
        "may_be_known": list(changed.known),
    }
    context.answer(document, text)
