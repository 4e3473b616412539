"""Reading what officers work with around a lead: follow-ups, saved views, drafts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from crm.database import Session
from crm.models import Draft, FollowUp, SavedView


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One follow-up as it is shown."""

    id: int
    kind: str
    at: date
    by: str
    note: str
    next_step: str | None
    next_date: date | None


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One saved view; ``content`` is the JSON it was saved with."""

    id: int
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form that was not saved: field name -> text as typed."""

    key: str
    content: Mapping[str, str]
    base_version: int | None
    updated_at: datetime


def follow_ups(session: Session, lead_id: int, limit: int = 200) -> list[FollowUpRow]:
    """Return the follow-ups of a lead, newest first."""
    query = select(FollowUp).where(col(FollowUp.lead_id) == lead_id)
    query = query.order_by(col(FollowUp.at).desc(), col(FollowUp.id).desc()).limit(limit)
    return [
        FollowUpRow(
            one.id,
            one.kind,
            date.fromisoformat(one.at),
            one.by,
            one.note,
            one.next_step,
            date.fromisoformat(one.next_date) if one.next_date else None,
        )
        for one in session.exec(query)
    ]


def saved_views(session: Session, page: str) -> list[ViewRow]:
    """Return the views of a page, in the order they were made."""
    query = select(SavedView).where(col(SavedView.page) == page).order_by(col(SavedView.id))
    return [ViewRow(one.id, one.name, one.content) for one in session.exec(query)]


def drafts(session: Session) -> list[DraftRow]:
    """Return every draft, the newest first."""
    query = select(Draft).order_by(col(Draft.updated_at).desc())
    return [DraftRow(one.key, json.loads(one.content), one.base_version, one.updated_at) for one in session.exec(query)]


def draft(session: Session, key: str) -> DraftRow | None:
    """Return the draft of a form, or None."""
    found = session.get(Draft, key)
    if found is None:
        return None
    return DraftRow(found.key, json.loads(found.content), found.base_version, found.updated_at)
