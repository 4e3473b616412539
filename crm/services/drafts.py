"""Drafts: what stands in a form, kept while one types, gone when it is saved or thrown away. No history."""

from __future__ import annotations

import json
from collections.abc import Mapping

from crm.database import Session
from crm.database.upsert import upsert
from crm.models import Draft
from crm.models.types import now


def keep_draft(session: Session, key: str, content: Mapping[str, str], base_version: int | None) -> None:
    """Keep what stands in a form.

    Args:
        session: of ``Database.write``.
        key: ``lead:new``, ``lead:<id>``, ``follow_up:<id of the lead>``, ``capture`` for a pasted message;
            ``form:<SHA-256>`` for the cells of a bureau's own form that somebody pointed at.
        content: field name -> text as typed.
        base_version: of the record when the form was opened.
    """
    row = {
        "key": key,
        "content": json.dumps(dict(content), ensure_ascii=False, sort_keys=True),
        "base_version": base_version,
        "updated_at": now(),
    }
    upsert(session.connection(), Draft, [row], key=["key"])


def drop_draft(session: Session, key: str) -> None:
    """Forget a draft; nothing happens when there is none."""
    draft = session.get(Draft, key)
    if draft is not None:
        session.delete(draft)
        session.flush()
