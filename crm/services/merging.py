"""Making two leads or two enterprises one, and splitting them again: one change (features.md 23-26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from crm.database import Session, writing_of
from crm.domain.companies.merging import REPORTED, FieldPair, Take, names_kept
from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS
from crm.domain.fields.words import list_mark
from crm.domain.quantities.calendar_days import exact
from crm.errors import ConflictError, ValueRefusedError
from crm.i18n import N_, _
from crm.models import DATA_MODELS, RECORD_MODELS, ChangeLine, table_of
from crm.queries.merging import MergePreview, later_merge, merge_preview, merge_set
from crm.queries.records import MERGED, Record, load, load_one
from crm.queries.relations import BY_ID, Reference
from crm.services.clock import today
from crm.services.company_rules import is_lasting
from crm.services.first_reports import carry_over
from crm.services.history import Reverted, revert
from crm.services.leads import change_lead
from crm.services.records import create, delete, update
from crm.services.rules import refuse_broken


@dataclass(frozen=True, slots=True)
class Split:
    """What splitting did.

    Attributes:
        done: as taking any change set back.
        since: follow-ups and tasks written after the merge: they stay with the record that stayed.
    """

    done: Reverted
    since: int


def merge(
    session: Session,
    preview: MergePreview,
    reason: str,
    take: Mapping[str, Take] | None = None,
) -> Record:
    """Make two records one as the preview says; return the one that stays.

    The other goes under its code, which leads to the one that stays from then on.

    Args:
        session: of ``Database.write``; the change set becomes a merge.
        preview: what the person saw; looked at again, for somebody may have written meanwhile.
        reason: why they are one; kept.
        take: field name → whose value, where it is not the one proposed.

    Raises:
        ValueRefusedError: no reason, or a choice there is not.
        ConflictError: a record was changed since the preview, or something that moves contradicts what is there.
        StepNotAllowedError: a stage or status that is taken is no step the pipeline allows.
    """
    if not reason.strip():
        raise ValueRefusedError(_("Say why the two are one; it is kept with the merge."), where="reason")
    kind, seen = preview.kind, preview
    now = merge_preview(session, kind, seen.kept.id, seen.gone.id)
    if (now.kept.version, now.gone.version, now.moves) != (seen.kept.version, seen.gone.version, seen.moves):
        message = _("{one} or {other} was changed meanwhile. Nothing was merged; look at it again.")
        raise ConflictError(message.format(one=seen.kept.code, other=seen.gone.code), where=seen.kept.code)
    values = _values(now, take or {})
    writing_of(session).kind = "merge"
    if kind == "leads" and any(pair.field.name in REPORTED and pair.take is Take.GONE for pair in now.fields):
        carry_over(session, now.kept, now.gone)
    for reference in now.moves:
        _move(session, reference, now)
    _note(session, now, reason.strip())
    delete(session, kind, now.gone.id)
    return _change(session, now.kept, values, reason.strip())


def split(session: Session, ref: str) -> Split:
    """Take a merge back, however long ago it was; ``ref`` is the record of it or the code of what went.

    What was changed since stays and is listed.

    Raises:
        NotFoundError: there is no such merge.
        ConflictError: the record that stayed was itself merged since, or the code of the other is taken.
    """
    found = _merge_of(session, ref)
    blocking = later_merge(session, found)
    if blocking is not None:
        message = _("{merge}: {code} was merged since ({later}); split that one first.")
        told = {"merge": found.code, "code": found.values["gone_code"], "later": blocking.code}
        raise ConflictError(message.format(**told), where=blocking.code)
    number = merge_set(session, found.id)
    since = _written_since(session, found, number)
    done = revert(session, number)
    if done.failed:
        raise ConflictError(f"{done.failed[0].code}: {done.failed[0].reason}", where=done.failed[0].code)
    return Split(done, since)


def _merge_of(session: Session, ref: str) -> Record:
    merges = table_of(RECORD_MODELS["merges"])
    query = select(merges.c.id).where(merges.c.gone_code == ref).order_by(merges.c.id.desc())
    gone = session.connection().execute(query).scalars().first()
    return load(session, "merges", [gone])[0] if gone is not None else load_one(session, "merges", ref)


def _values(preview: MergePreview, take: Mapping[str, Take]) -> dict[str, Any]:
    """Return what changes in the record that stays.

    Raises:
        ValueRefusedError: a field or a choice there is not.
    """
    pairs = {pair.field.name: pair for pair in preview.fields}
    for name, wanted in take.items():
        if name not in pairs or wanted not in pairs[name].choices:
            raise ValueRefusedError(_refusal(preview.kind, name, pairs.get(name)), where=name)
    values = {name: pair.value(take.get(name)) for name, pair in pairs.items()}
    if preview.kind == "enterprises":
        values["aliases"] = names_kept({**preview.kept.values, "aliases": values.get("aliases")}, preview.gone.values)
    return {name: value for name, value in values.items() if value != preview.kept.values.get(name)}


def _refusal(kind: str, name: str, pair: FieldPair | None) -> str:
    field = RECORD_FIELDS[kind].get(name)
    label = _(field.label) if field else name
    if pair is None:
        return _("“{label}”: neither record says anything.").format(label=label)
    return _("“{label}”: there is nothing to choose, or not this.").format(label=label)


def _move(session: Session, reference: Reference, preview: MergePreview) -> None:
    """Let rows name the record that stays.

    Raises:
        ConflictError: one of them then contradicts another (two stewards on one day); the message names it.
    """
    if reference.kind in BY_ID:
        for each in reference.ids:
            session.get_one(DATA_MODELS[reference.kind], each).lead_id = preview.kept.id
        return
    before, after = preview.gone.code, preview.kept.code
    model: Any = RECORD_MODELS[reference.kind]
    for row in load(session, reference.kind, reference.ids):
        record = session.get_one(model, row.id)
        named = _renamed(row.values[reference.field], before, after)
        if not is_lasting(reference.kind):
            whole = dict.fromkeys(RECORD_FIELDS[reference.kind]) | dict(row.values) | {reference.field: named}
            _refuse_contradiction(session, reference.kind, whole)
        setattr(record, reference.field, named)
        session.flush()


def _renamed(now: Any, before: str, after: str) -> Any:  # noqa: ANN401  (a code or name, or a tuple of codes)
    """Return what names a record with the one that stays in its place; a name gives way to the code."""
    return after if isinstance(now, str) else tuple(dict.fromkeys(after if one == before else one for one in now))


def _refuse_contradiction(session: Session, kind: str, values: Mapping[str, Any]) -> None:
    """Ask the rules as for a new record of the lead that stays: what it was for the other (a reservation) goes on."""
    try:
        refuse_broken(session, kind, values)
    except (ConflictError, ValueRefusedError) as error:
        message = _("{kind} {code} cannot move: {why} Settle that first; nothing was merged.")
        told = {"kind": _(KIND_LABELS[kind]), "code": values["code"], "why": error.message}
        raise ConflictError(message.format(**told), where=str(values["code"])) from error


def _note(session: Session, preview: MergePreview, reason: str) -> None:
    """Write down what was merged: the code that went leads to the one that stays."""
    moved = list_mark().join(
        f"{_(KIND_LABELS[each.kind]) if each.kind in KIND_LABELS else _(DATA_LABELS[each.kind])} {len(each.ids)}"
        for each in preview.moves
    )
    create(
        session,
        "merges",
        {
            MERGED[preview.kind]: preview.kept.code,
            "gone_code": preview.gone.code,
            "gone_name": preview.gone.values.get("name"),
            "merged_on": exact(today()),
            "merged_by": writing_of(session).by,
            "reason": reason,
            "moved": moved or None,
        },
    )


def _change(session: Session, kept: Record, values: Mapping[str, Any], reason: str) -> Record:
    if kept.kind == "leads":
        return change_lead(session, kept.id, values, reason=reason)
    return update(session, kept.kind, kept.id, values)


def _written_since(session: Session, merge_record: Record, number: int) -> int:
    """Return how many follow-ups and tasks were written for the record that stayed after the merge."""
    if "lead" not in merge_record.values:
        return 0
    lines, kept = table_of(ChangeLine), load_one(session, "leads", merge_record.values["lead"])
    count = 0
    for kind in BY_ID:
        table = table_of(DATA_MODELS[kind])
        query = (
            select(func.count())
            .select_from(table)
            .join(lines, (lines.c.record_id == table.c.id) & (lines.c.record_kind == kind))
            .where(table.c.lead_id == kept.id, lines.c.action == "created", lines.c.change_set_id > number)
        )
        count += int(session.connection().execute(query).scalar_one())
    return count


DATA_LABELS: Mapping[str, str] = {"follow_up": N_("Follow-up"), "task": N_("Task")}
"""What rows that are no records are called (messages)."""
