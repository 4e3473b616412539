"""What is planned: visits, meetings, calls and tasks, each on a day, with or without a lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from crm.domain.fields.codes import Choice
from crm.i18n import N_

TASK = "task"
KINDS = (
    Choice("visit", N_("Visit"), ("走访", "拜访", "考察", "上门")),
    Choice("meeting", N_("Meeting"), ("会议", "会谈", "座谈", "洽谈", "接待")),
    Choice("call", N_("Call"), ("电话", "电话联系", "微信")),
    Choice(TASK, N_("Task"), ("任务", "待办", "事项")),
)
"""The first three are follow-ups once they were held; their codes are those of ``crm.domain.follow_ups``."""

HELD = frozenset({"visit", "meeting", "call"})
"""Kinds of which a follow-up is written when they are done."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One of them, as it goes out to a calendar or comes in from one.

    Attributes:
        kind: code of ``KINDS``.
        title: what is to be done.
        day: on which day.
        at: from when, by the clock of China; None: the whole day.
        until: to when; None: not known.
        people: who comes along.
        outline: what is to be asked or settled.
        done: it has been.
        uid: the name of the entry in calendars, the same for ever.
    """

    kind: str
    title: str
    day: date
    uid: str
    at: time | None = None
    until: time | None = None
    place: str = ""
    people: str = ""
    outline: str = ""
    done: bool = False
