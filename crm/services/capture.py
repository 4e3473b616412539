"""Registering a lead from a pasted text: the lead and, as its first follow-up, the text it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from crm.database import Session
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.queries.records import Record
from crm.services.follow_ups import add_follow_up
from crm.services.records import create


def register(session: Session, values: Mapping[str, Any], pasted: str, *, by: str, on: date) -> Record:
    """Make a lead of what an officer confirmed, and keep the pasted text, to the letter, as its first follow-up.

    Args:
        session: of ``Database.write``.
        values: field name -> value, as confirmed.
        pasted: the text it was read from.
        by: the officer.
        on: the day the text was registered.

    Raises:
        ValueRefusedError: no name for the project, or a value a field cannot hold.
    """
    if not values.get("name"):
        raise ValueRefusedError(_("A lead needs the name of its project."), where="name")
    made = create(session, "leads", {"status": "active", "stage": "lead", **values})
    note = _("Registered from this text:\n{text}").format(text=pasted.strip())
    add_follow_up(session, made.id, kind="note", at=on, by=by, note=note)
    return made


def name_of(values: Mapping[str, Any]) -> str | None:
    """Return what a lead is called where the text names no project: by its company."""
    name = values.get("name") or values.get("investor")
    return None if not name else str(name)
