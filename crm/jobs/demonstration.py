"""A demonstration: a database of its own, filled from the sample files by the same jobs as real ones (decisions 14).

Everything in it is made up and says so. Filling it again makes nothing twice.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from crm.database import Database, Session
from crm.domain.fictional import MADE_UP, made_leads
from crm.domain.fields.reading import read_record
from crm.domain.matching.allocation import Allocation, allocate
from crm.domain.matching.board import Quotas
from crm.domain.matching.candidates import Candidate, LeftOut
from crm.domain.quantities import Span, read_land, read_money
from crm.errors import DatabaseError
from crm.files import make_folder
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.jobs.imports import Request, import_file
from crm.migrations.opening import open_database
from crm.queries.demonstration import BEGUN, FILLED, count_made, demonstration_state, has_leads, ids_but_from
from crm.queries.matching import load_candidates
from crm.queries.records import load_one
from crm.resources import resource_folder
from crm.services.bulk import create_many
from crm.services.demonstration import mark_demonstration
from crm.services.follow_ups import add_follow_up
from crm.services.leads import change_lead
from crm.services.records import create

DATABASE = "演示.db"
"""Name of the database file."""

DAY = date(2026, 11, 22)
"""The day of the demonstration: its ledgers are of November 2026, so its verdicts are of that day too."""

OFFICER = "演示经办人"
FOLLOW_UPS = "后续更新.json"
RESOURCES = (("communities", "研发社区.json"), ("funds", "基金.json"), ("plots", "地块.json"))
LEDGERS = ("周报.xlsx", "月度台账.xlsx", "系统导出.xlsx")
Result = TypeVar("Result")

CHUNK = 5_000
"""Made-up leads in one transaction."""


@dataclass(slots=True)
class Filled:
    """What filling did.

    Attributes:
        imports: the answer of each import, by file (contract, ``import``).
        changed: how many leads the follow-up notes changed.
        made: how many leads were made up.
        seconds: how long each step took.
    """

    place: Path
    imports: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: int = 0
    made: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Measure a step."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - begin


def samples() -> Path:
    """Return the folder of the sample files."""
    return resource_folder() / "samples"


def follow_ups() -> dict[str, Any]:
    """Return what happens after the imports: answers, changes, stages, documents to print."""
    document: dict[str, Any] = json.loads((samples() / FOLLOW_UPS).read_text(encoding="utf-8"))
    return document


def fill_demonstration(place: Path, leads: int = 0) -> Job[Filled]:
    """Make or open the demonstration database and fill it; cancelled between two steps, whole steps remain.

    Args:
        place: the database file; its folder is made.
        leads: how many made-up leads to add to those of the samples.

    Raises:
        DatabaseError: there is a database at ``place`` that is no demonstration, or it cannot be made.
    """
    filled = Filled(place)
    total = len(RESOURCES) + len(LEDGERS) + 2
    make_folder(place.parent)
    with filled.timed("open"):
        database = open_database(place)
        new = _begin(database)
    try:
        for number, (kind, name) in enumerate(_files()):
            with filled.timed("import"):
                filled.imports[name] = yield from _within(_imported(database, kind, name), number, total)
        if new:
            yield Progress(total - 2, total, _("noting what became of them"))
            with filled.timed("follow_ups"):
                filled.changed = _follow_up(database)
        with filled.timed("leads"):
            filled.made = yield from _made(database, leads)
        if new:
            _mark(database, FILLED)
    finally:
        database.close()
    return filled


def _files() -> Iterator[tuple[str, str]]:
    yield from RESOURCES
    yield from (("leads", name) for name in LEDGERS)


def _within(job: Job[Result], number: int, total: int) -> Job[Result]:
    """Run a job as one step of another."""
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            result: Result = end.value
            return result
        yield Progress(number, total, step.text)


def _begin(database: Database) -> bool:
    """Mark a new database; return whether it is still to be filled.

    Raises:
        DatabaseError: it holds real data.
    """
    with database.read() as session:
        state = demonstration_state(session)
        real = state is None and has_leads(session)
    if real:
        message = _("{place} is no demonstration: it holds other leads. Choose another folder.")
        raise DatabaseError(message.format(place=database.place), where=database.place)
    if state is None:
        _mark(database, BEGUN)
    return state != FILLED


def _mark(database: Database, state: str) -> None:
    with database.write(by=OFFICER, why=_("demonstration")) as session:
        mark_demonstration(session, state)


def _imported(database: Database, kind: str, name: str) -> Job[dict[str, Any]]:
    answers = follow_ups()["answers"].get(name, {})
    document = yield from import_file(database, Request(kind, samples() / name, OFFICER, answers=answers))
    return document


def _follow_up(database: Database) -> int:
    """Change fields and stages as the samples say, each in a transaction with its reason; return how many changed."""
    notes = follow_ups()
    changed = 0
    for each in notes["set"]:
        changed += _changed(database, each["name"], each["fields"], notes["note"])
    for each in notes["stage"]:
        changed += _changed(database, each["name"], {**each.get("fields", {}), "stage": each["stage"]}, each["reason"])
    with database.write(by=OFFICER, why=notes["note"]) as session:
        for each in notes["records"]:
            create(session, each["kind"], each["values"])
        for each in notes["visits"]:
            _visited(session, each)
    return changed


def _visited(session: Session, told: Mapping[str, str]) -> None:
    """Write down a visit or meeting of the samples."""
    lead = load_one(session, "leads", told["name"])
    at, next_date = (date.fromisoformat(told[name]) for name in ("at", "next_date"))
    add_follow_up(
        session,
        lead.id,
        kind=told["kind"],
        at=at,
        by=OFFICER,
        note=told["note"],
        next_step=told["next_step"],
        next_date=next_date,
    )


def _changed(database: Database, name: str, fields: Mapping[str, Any], reason: str) -> int:
    with database.write(by=OFFICER, why=reason) as session:
        lead = load_one(session, "leads", name)
        return int(change_lead(session, lead.id, read_record("leads", fields), reason=reason).version != lead.version)


def _made(database: Database, count: int) -> Job[int]:
    """Make up leads by the bulk path until there are so many; return how many are new."""
    with database.read() as session:
        there = count_made(session, MADE_UP)
    source = islice(made_leads(count), there, None)
    done = there
    while chunk := list(islice(source, CHUNK)):
        with database.write(by=OFFICER, why=_("{count} made-up leads").format(count=len(chunk))) as session:
            done += len(create_many(session, "leads", chunk))
        yield Progress(done, count, _("made-up leads: {done} of {count}").format(done=done, count=count))
    return done - there


def lead_ids(session: Session, *, samples_only: bool) -> list[int]:
    """Return the ids of the leads; with ``samples_only`` without those made up beside the samples."""
    return ids_but_from(session, MADE_UP if samples_only else "")


def allocation_of(database: Database, ids: Sequence[int]) -> Allocation:
    """Return the best use of the land and money that the samples put up, over these leads."""
    wanted = follow_ups()["allocate"]
    land = {area: _exact(read_land(text)) for area, text in wanted["land"].items()}
    with database.read() as session:
        refs = [str(each) for each in ids]
        rows = load_candidates(session, DAY, refs)
    fit = [row for row in rows if isinstance(row, Candidate)]
    return allocate(
        fit,
        Quotas(land, _exact(read_money(wanted["funds"]))),
        unfit=[row for row in rows if isinstance(row, LeftOut)],
    )


def _exact(span: Span | None) -> Decimal:
    if span is None or span.exact is None:
        raise ValueError("a quota of the samples is no exact figure")
    return span.exact
