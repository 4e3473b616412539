"""What an undo may not bring back: a step forward that rules forbid by now, a plot that another lead has by now.

Undo is one of the ways to change a record, and no rule is walked around by it (S17, S20, S57, S63). What goes back, or
lets rest, is what the rules allowed before and is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from crm.database import Session
from crm.database.bulk import decode
from crm.domain.reservations import RESERVATION
from crm.domain.stages.explain import explain_refusals
from crm.domain.stages.pipeline import PLACES, STAGES, STEPS, refusals
from crm.errors import ConflictError
from crm.i18n import _
from crm.queries.records import Record, load
from crm.services.gates import closed_gates
from crm.services.rules import refuse_broken

Changes: TypeAlias = Mapping[int, Mapping[str, Any]]
"""Id of a record → field → JSON document that it would get back."""

WITH_A_STEP = (*STEPS, "status_reason")


class Refused(NamedTuple):
    """Fields of a record that stay as they are, and why."""

    record_id: int
    code: str
    fields: Sequence[str]
    why: str


def refused_by_rules(session: Session, kind: str, changes: Changes) -> list[Refused]:
    """Return what of an undo a rule forbids, by record.

    Args:
        session: of ``Database.write``.
        kind: of the records.
        changes: what they would get back.
    """
    rule = {"leads": (frozenset(("stage",)), _step), "plots": (RESERVATION, _reservation)}.get(kind)
    if rule is None:
        return []
    fields, ask = rule
    ids = [each for each, documents in changes.items() if not fields.isdisjoint(documents)]
    found = load(session, kind, ids) if ids else []
    return [refused for record in found for refused in ask(session, record, decode(kind, changes[record.id]))]


def _step(session: Session, record: Record, given: Mapping[str, Any]) -> Iterator[Refused]:
    after = {**record.values, **given}
    old, new = (PLACES[str(each.get("stage") or STAGES[0].code)] for each in (record.values, after))
    if new <= old:
        return
    reason = _("undo")
    refused = [*refusals(record.values, after, reason), *closed_gates(session, record.values, after, reason)]
    if refused:
        fields = [name for name in WITH_A_STEP if name in given]
        yield Refused(record.id, record.code, fields, explain_refusals(refused, after, with_names=False))


def _reservation(session: Session, record: Record, given: Mapping[str, Any]) -> Iterator[Refused]:
    try:
        refuse_broken(session, record.kind, {**record.values, **given}, record.values)
    except ConflictError as error:
        yield Refused(record.id, record.code, [name for name in given if name in RESERVATION], error.message)
