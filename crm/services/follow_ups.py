"""Follow-ups of a lead: a call, a visit, a meeting or a note, with the next step and its date."""

from __future__ import annotations

from datetime import date

from crm.database import Session
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.follow_ups import KINDS
from crm.domain.quantities import PartialDate
from crm.errors import NotFoundError, ValueRefusedError
from crm.i18n import _
from crm.models import FollowUp, Lead
from crm.services.records import update
from crm.services.text_gate import clean_text


def add_follow_up(
    session: Session,
    lead_id: int,
    *,
    kind: str,
    at: date,
    by: str,
    note: str,
    next_step: str | None = None,
    next_date: date | None = None,
) -> FollowUp:
    """Write down a contact; the next step, when given, becomes the lead's.

    Raises:
        NotFoundError: the lead is gone.
        ValueRefusedError: no words, or a kind there is not.
    """
    if session.get(Lead, lead_id) is None:
        raise NotFoundError(_("This lead is no longer there."), where=str(lead_id))
    if kind not in {each.code for each in KINDS}:
        raise ValueRefusedError(_("There is no kind of follow-up {kind}.").format(kind=kind), where="kind")
    words = clean_text(LEAD_FIELDS["notes"], note).strip()
    if not words:
        raise ValueRefusedError(_("Write what was said or agreed."), where="note")
    step = clean_text(LEAD_FIELDS["next_step"], next_step).strip() if next_step else None
    made = FollowUp(
        lead_id=lead_id,
        kind=kind,
        at=at.isoformat(),
        by=by,
        note=words,
        next_step=step or None,
        next_date=next_date.isoformat() if next_date else None,
    )
    session.add(made)
    session.flush()
    changes: dict[str, object] = {}
    if step:
        changes["next_step"] = step
    if next_date is not None:
        changes["next_date"] = PartialDate(next_date.year, next_date.month, next_date.day)
    if changes:
        update(session, "leads", lead_id, changes)
    return made
