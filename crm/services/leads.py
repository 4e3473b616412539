"""Changing a lead: one way for form, drag, bulk edit and command line; no rule of the pipeline is walked around."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.database import Session
from crm.domain.stages.explain import explain_refusals
from crm.domain.stages.pipeline import DATES, STEPS, WANTING_REASON, reason_of_status, refusals
from crm.errors import NotFoundError, StepNotAllowedError, ValueRefusedError
from crm.i18n import _
from crm.models import Lead
from crm.queries.records import Record, load
from crm.services.gates import closed_gates
from crm.services.records import update
from crm.services.values import checked


def change_lead(
    session: Session, lead_id: int, changes: Mapping[str, Any], *, reason: str = "", base_version: int | None = None
) -> Record:
    """Change fields of a lead; a new stage or status must be a step the pipeline allows.

    A lead that rests or ends keeps the reason as ``status_reason``; one that goes on loses it.

    Args:
        session: of ``Database.write``.
        lead_id: the lead's id.
        changes: field name -> new value; None empties the field.
        reason: why a stage is passed over or gone back to, why the lead rests or ends.
        base_version: the version the person saw (``crm.services.records.update``).

    Raises:
        NotFoundError: the lead is gone.
        StepNotAllowedError: the step is refused; the message names the fields and what to do.
        ConflictError: somebody else changed one of these fields since ``base_version``.
        ValueRefusedError: a field leads do not have, or a value it cannot hold.
    """
    wanted = dict(changes)
    if "name" in wanted and not wanted["name"]:
        raise ValueRefusedError(_("A lead needs the name of its project."), where="name")
    if any(name in wanted for name in (*STEPS, *DATES)):
        before = _locked(session, lead_id)
        after = {**before, **checked("leads", wanted)}
        refused = [*refusals(before, after, reason), *closed_gates(session, before, after, reason)]
        if refused:
            wants_reason = any(each.code in WANTING_REASON for each in refused)
            message = explain_refusals(refused, after)
            raise StepNotAllowedError(message, where=str(before["code"]), wants_reason=wants_reason)
        wanted |= reason_of_status(before, wanted, reason)
    return update(session, "leads", lead_id, wanted, base_version)


def _locked(session: Session, lead_id: int) -> Mapping[str, Any]:
    """Return the lead's fields, which nobody changes until the transaction ends."""
    session.get(Lead, lead_id, with_for_update=True, populate_existing=True)
    found = load(session, "leads", [lead_id])
    if not found:
        raise NotFoundError(_("This record is no longer there."), where=str(lead_id))
    return found[0].values
