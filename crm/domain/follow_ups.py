"""What officers do with the people of a lead: calls, visits, meetings and notes, each with what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.domain.fields.codes import Choice
from crm.i18n import N_

KINDS = (
    Choice("call", N_("Call"), ("电话", "电话联系", "微信")),
    Choice("visit", N_("Visit"), ("走访", "拜访", "考察", "上门")),
    Choice("meeting", N_("Meeting"), ("会议", "会谈", "座谈", "洽谈", "接待")),
    Choice("note", N_("Note"), ("备注", "记录")),
)
IN_PERSON = frozenset({"visit", "meeting"})
"""Kinds of which minutes are written."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One of them.

    Attributes:
        kind: code of ``KINDS``.
        by: the officer who wrote it down.
        note: what was said or agreed; "" where only the count matters.
    """

    kind: str
    at: date
    by: str
    note: str = ""
    next_step: str = ""
    next_date: date | None = None
