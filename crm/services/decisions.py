"""Deciding on two records that may be the same: kept with who, when and why; both sides are told (practice.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.database import Session, writing_of
from crm.domain.fields.kinds.choices import CONCLUSIONS
from crm.domain.fields.words import label_of
from crm.domain.quantities.calendar_days import exact
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.queries.decisions import PAIRS
from crm.queries.records import Record, load_one
from crm.services.clock import today
from crm.services.follow_ups import add_follow_up
from crm.services.leads import change_lead
from crm.services.records import create

ONE_PROJECT, TRANSFERRED = "one_project", "transferred"


def decide(session: Session, kind: str, refs: tuple[str, str], values: Mapping[str, Any]) -> Record:
    """Keep a decision on two leads or enterprises; both records stay (C28).

    Both leads get a note of it. Where they are one project, the second goes on as joint follow-up under the first.

    Args:
        session: of ``Database.write``.
        kind: leads or enterprises.
        refs: id, code or exact name of each; the first is the one that leads.
        values: conclusion, reason, decided_by, decided_on, papers … as ``create`` takes them; who and when are
            the writer and today where they are not given.

    Raises:
        NotFoundError: one of them is not there.
        ValueRefusedError: no reason, or a value that cannot be.
    """
    if not str(values.get("reason") or "").strip():
        raise ValueRefusedError(_("Say why it was decided so; it is kept with the decision."), where="reason")
    first, second = (load_one(session, kind, ref) for ref in refs)
    given = {"decided_by": writing_of(session).by, "decided_on": exact(today())}
    given |= {name: value for name, value in values.items() if value not in (None, "")}
    made = create(
        session, "duplicate-decisions", given | dict(zip(PAIRS[kind], (first.code, second.code), strict=True))
    )
    if kind == "leads":
        _tell(session, made, (first, second))
    return made


def _tell(session: Session, decision: Record, leads: tuple[Record, Record]) -> None:
    """Write the decision into both leads, and let the second of one project follow up jointly."""
    values = decision.values
    conclusion = label_of(CONCLUSIONS, str(values["conclusion"]))
    for lead, other in (leads, leads[::-1]):
        note = _("Decision {code} on {other}: {conclusion}. {reason}").format(
            code=decision.code, other=other.code, conclusion=conclusion, reason=values["reason"]
        )
        add_follow_up(session, lead.id, kind="note", note=note, at=today(), by=writing_of(session).by)
    if values["conclusion"] == ONE_PROJECT:
        reason = _("Joint follow-up under {code} (decision {decision})").format(
            code=leads[0].code, decision=decision.code
        )
        change_lead(session, leads[1].id, {"status": TRANSFERRED}, reason=reason)
