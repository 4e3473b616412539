"""What officers work with around a lead: follow-ups, tasks, saved views, drafts of forms, where each lead stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from crm.models.types import BIG, new_uid, now, text, whole


class FollowUp(SQLModel, table=True):
    """One contact with the people of a lead, or a note about it.

    Attributes:
        kind: call, visit, meeting or note.
        at: ISO date of the contact.
        by: the officer.
        note: what was said.
        next_step: what is to be done next, or None.
        next_date: ISO date of it, or None.
    """

    __tablename__ = "follow_up"

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    version: int = Field(default=None, nullable=False, sa_type=BIG)
    lead_id: int = Field(index=True, sa_type=BIG)
    kind: str = Field(sa_type=Text())
    at: str = Field(sa_type=Text())
    by: str = Field(sa_type=Text())
    note: str = Field(sa_type=Text())
    next_step: str | None = text()
    next_date: str | None = text()


class Task(SQLModel, table=True):
    """Something planned for a day: a visit, a meeting, a call or a task.

    Attributes:
        lead_id: of the lead it is about, or None.
        kind: code of ``crm.domain.tasks.KINDS``.
        day: ISO date it is due.
        at: from when, ``HH:MM`` by the clock of China; None: the whole day.
        until: to when, the same.
        people: who comes along.
        outline: what is to be asked or settled.
        by: the officer who is to do it.
        done_on: ISO date it was done; None: it still is to be.
        follow_up_id: the meeting it was decided at, or None.
        calendar_uid: the name of the calendar entry it came in with, or None.
    """

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_day", "day", "id"),)

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    version: int = Field(default=None, nullable=False, sa_type=BIG)
    lead_id: int | None = whole(index=True)
    kind: str = Field(sa_type=Text())
    title: str = Field(sa_type=Text())
    day: str = Field(sa_type=Text())
    at: str | None = text()
    until: str | None = text()
    place: str | None = text()
    people: str | None = text()
    outline: str | None = text()
    by: str = Field(sa_type=Text())
    done_on: str | None = text()
    follow_up_id: int | None = whole()
    calendar_uid: str | None = text(index=True)


class SavedView(SQLModel, table=True):
    """A filter and an order that somebody gave a name.

    Attributes:
        page: the list it belongs to: leads.
        content: canonical JSON of filter, order and columns.
    """

    __tablename__ = "saved_view"

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    version: int = Field(default=None, nullable=False, sa_type=BIG)
    page: str = Field(sa_type=Text())
    name: str = Field(sa_type=Text())
    content: str = Field(sa_type=Text())


class Draft(SQLModel, table=True):
    """What stands in a form that has not been saved: it survives a crash (promise 8). No history.

    Attributes:
        key: of the form: ``lead:new``, ``lead:<id>`` or ``follow_up:<id of the lead>``.
        content: JSON, field name -> text as typed.
        base_version: of the record when the form was opened; None for a new one.
    """

    __tablename__ = "draft"

    key: str = Field(primary_key=True, sa_type=Text())
    content: str = Field(sa_type=Text())
    base_version: int | None = whole()
    updated_at: datetime = Field(default_factory=now, sa_type=UTCDateTime())


class Standing(SQLModel, table=True):
    """Where a lead stands, worked out from its fields, the rules and the targets: to filter and sort by. No history.

    It is a kept answer, never a source: ``crm.jobs.standings`` makes it again when the lead or ``basis`` has changed.

    Attributes:
        lead_version: of the lead it was made from.
        basis: names the rules, weights and targets it was made with.
        verdict: code of the verdict.
        critical: 1 close to the line.
        tax_per_mu: 元 a year for each 亩, the lower bound; NULL: not known.
        match: hundredths of a point: the best community's score, else the best fund's; NULL: none fits.
        match_code: code of that target.
        missing: JSON list: codes of the fields without which there is no verdict.
    """

    __tablename__ = "standing"
    __table_args__ = (
        Index("ix_standing_verdict", "verdict", "lead_id"),
        Index("ix_standing_match", "match", "lead_id"),
    )

    lead_id: int = Field(primary_key=True, sa_type=BIG)
    lead_version: int = Field(sa_type=BIG)
    basis: str = Field(sa_type=Text())
    verdict: str = Field(sa_type=Text())
    critical: int = Field(sa_type=BIG)
    tax_per_mu: int | None = whole(index=True)
    match: int | None = whole()
    match_code: str | None = text()
    missing: str | None = text()
