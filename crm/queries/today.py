"""What waits for an officer today, part by part: each is a question of its own, so that none waits for another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from crm.database import Session
from crm.domain.deadlines.clocks import Rest
from crm.domain.stages.pipeline import ACTIVE, STAGES
from crm.models import ChangeSet, ImportBatch, Lead, Provenance, Standing, table_of
from crm.queries.agenda import HELD, AgendaRow, agenda, overdue
from crm.queries.deadlines import LeadClocks, clocks_due, clocks_of, load_limits, quiet_leads
from crm.queries.history import undone_sets
from crm.queries.leads import count_leads
from crm.queries.staying import count_staying, staying_leads

SHOWN = 6
"""Lines of a part; the others are behind its count."""

LOOKED_BACK = 90
"""Days of imports whose doubts are still asked about."""

MOST_DOUBTS = 500
MOST_COMPARED = 20_000
"""Leads among which duplicates are looked for without being asked; in more the command ``duplicates`` looks."""

LEADS, STANDINGS = table_of(Lead), table_of(Standing)


@dataclass(frozen=True, slots=True)
class Due:
    """Tasks and next steps: overdue, of today, of the rest of the week; ``late`` counts all overdue, up to 1000."""

    overdue: Sequence[AgendaRow]
    late: int
    today: Sequence[AgendaRow]
    week: Sequence[AgendaRow]


@dataclass(frozen=True, slots=True)
class Staying:
    """The leads of a stage that stay longer than its limit: how many, and the first of them."""

    stage: str
    limit: int
    count: int
    leads: Sequence[LeadClocks]

    @staticmethod
    def rest(lead: LeadClocks) -> Rest | None:
        """Return how long a lead stays in its stage."""
        return next((rest for rest in lead.rests if rest.code == "stay"), None)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A lead without a verdict, and the fields that are missing for one."""

    lead_id: int
    code: str
    name: str
    owner: str
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A lead with fields that an import left empty because the cell could not be read for certain, empty still."""

    lead_id: int
    code: str
    name: str
    file: str
    sheet: str
    row: int
    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class Held:
    """An import of which rows wait: held back as perhaps known, or not taken as faulty."""

    change_set: int
    file: str
    on: date
    held: int
    faulty: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A lead that was opened lately."""

    lead_id: int
    code: str
    name: str
    stage: str
    owner: str


def due_on(session: Session, on: date, owner: str | None = None) -> Due:
    """Return what is due: overdue, today, and until Sunday; with ``owner`` only this officer's."""
    late = overdue(session, on, owner=owner)
    sunday = on + timedelta(days=6 - on.weekday())
    rows = [row for row in agenda(session, on, sunday, owner=owner) if row.source != HELD and not row.done]
    return Due(late.rows, late.count, [row for row in rows if row.day == on], [row for row in rows if row.day > on])


def clocks_on(session: Session, on: date, owner: str | None, most: int) -> Sequence[LeadClocks]:
    """Return at most so many leads whose response clock is due or overdue, the longest overdue first."""
    return clocks_due(session, on, owner=owner, most=most)[:most]


def staying_on(session: Session, on: date, owner: str | None = None) -> Sequence[Staying]:
    """Return by stage, in their order, the leads that stay longer than its limit; a stage without any is left out."""
    limits, found = load_limits(session, on).stay, []
    for stage in (each.code for each in STAGES if each.code in limits):
        count = count_staying(session, stage, limits[stage], on, owner=owner)
        if count:
            ids = staying_leads(session, stage, limits[stage], on, owner=owner, most=SHOWN)
            found.append(Staying(stage, limits[stage], count, clocks_of(session, ids, on)))
    return found


def quiet_on(session: Session, on: date, owner: str | None, most: int) -> Sequence[LeadClocks]:
    """Return at most so many active leads nobody has spoken of for longer than their limit, the longest first."""
    return quiet_leads(session, on, owner=owner, most=most)


def incomplete_leads(session: Session, owner: str | None = None, most: int = SHOWN) -> tuple[int, list[Incomplete]]:
    """Return how many active leads have no verdict for want of facts, and the last changed of them."""
    where = [STANDINGS.c.verdict == "incomplete", func.coalesce(LEADS.c.status, ACTIVE) == ACTIVE]
    if owner is not None:
        where.append(LEADS.c.owner == owner)
    query = select(LEADS.c.id, LEADS.c.code, LEADS.c.name, LEADS.c.owner, STANDINGS.c.missing)
    query = query.join(STANDINGS, STANDINGS.c.lead_id == LEADS.c.id).where(*where)
    count = session.connection().execute(query.with_only_columns(func.count())).scalar_one()
    rows = session.connection().execute(query.order_by(LEADS.c.updated_at.desc(), LEADS.c.id.desc()).limit(most))
    return int(count), [
        Incomplete(row.id, row.code, row.name or "", row.owner or "", json.loads(row.missing or "[]")) for row in rows
    ]


def doubts_of_imports(session: Session, on: date) -> list[Doubt]:
    """Return leads with fields an import of late left empty as doubtful, as long as they are empty; newest first."""
    undone = undone_sets(session)
    columns: dict[int, Mapping[tuple[str, str], str]] = {}
    found: list[Doubt] = []
    for row in session.connection().execute(_doubtful_rows(on)):
        if row.change_set_id in undone:
            continue
        if row.batch not in columns:
            columns[row.batch] = _fields_by_column(row.sheets)
        names = dict.fromkeys(_fields_of(row.sheet, json.loads(row.doubts), columns[row.batch]))
        empty = [name for name in names if name in LEADS.c and getattr(row, name) is None]
        if empty:
            found.append(Doubt(row.id, row.code, row.name or "", row.file_name, row.sheet, row.row, empty))
    return found


def held_rows(session: Session, on: date) -> list[Held]:
    """Return the imports of late of which rows wait for an answer or could not be taken, the newest first."""
    batches, sets = table_of(ImportBatch), table_of(ChangeSet)
    query = (
        select(batches.c.change_set_id, batches.c.file_name, batches.c.rows, sets.c.at)
        .join(sets, sets.c.id == batches.c.change_set_id)
        .where(batches.c.record_kind == "leads", sets.c.at >= _since(on))
        .order_by(batches.c.id.desc())
    )
    undone, found, seen = undone_sets(session), [], set[str]()
    for number, file, rows, at in session.connection().execute(query):
        if number in undone or file in seen:
            continue
        seen.add(file)  # the same file again has answered what the earlier import left
        counts = json.loads(rows)
        held, faulty = counts.get("held", 0), counts.get("faulty", 0)
        if held or faulty:
            found.append(Held(number, file, at.astimezone().date(), held, faulty))
    return found


def opened_leads(session: Session, ids: Sequence[int]) -> list[Opened]:
    """Return these leads in this order; those that are gone are left out."""
    names = (LEADS.c.id, LEADS.c.code, LEADS.c.name, LEADS.c.stage, LEADS.c.owner)
    rows = session.connection().execute(select(*names).where(LEADS.c.id.in_(list(ids))))
    found = {row[0]: Opened(row[0], row[1], row[2] or "", row[3] or "", row[4] or "") for row in rows}
    return [found[each] for each in ids if each in found]


def may_be_compared(session: Session) -> bool:
    """Return whether the leads are few enough to look for duplicates among all of them at once."""
    return count_leads(session) <= MOST_COMPARED


def _doubtful_rows(on: date) -> Select[Any]:
    batches, rows, sets = table_of(ImportBatch), table_of(Provenance), table_of(ChangeSet)
    return (
        select(
            LEADS,
            batches.c.id.label("batch"),
            batches.c.change_set_id,
            batches.c.file_name,
            batches.c.sheets,
            rows.c.sheet,
            rows.c.row,
            rows.c.notes.label("doubts"),
        )
        .join(rows, rows.c.record_id == LEADS.c.id)
        .join(batches, batches.c.id == rows.c.batch_id)
        .join(sets, sets.c.id == batches.c.change_set_id)
        .where(rows.c.record_kind == "leads", rows.c.notes.is_not(None), sets.c.at >= _since(on))
        .order_by(rows.c.id.desc())
        .limit(MOST_DOUBTS)
    )


def _since(on: date) -> datetime:
    return datetime.combine(on - timedelta(days=LOOKED_BACK), time()).astimezone()


def _fields_by_column(sheets: str) -> dict[tuple[str, str], str]:
    """Return by sheet and letter of the column the field it was read as."""
    return {
        (sheet["name"], each["column"]): each["field"]
        for sheet in json.loads(sheets)
        for each in sheet.get("columns", ())
        if each.get("field")
    }


def _fields_of(sheet: str, doubts: Sequence[str], columns: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Yield the fields that doubts (``column:code``) are about; one about the whole row names none."""
    for doubt in doubts:
        field = columns.get((sheet, doubt.partition(":")[0]))
        if field:
            yield field
