"""The facts that documents of a lead print: its record, the verdict and match of a day, history, origins."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import or_, select

from crm.database import Session
from crm.domain.companies.duplicates import find_duplicates
from crm.domain.companies.first_reports import Report, first_of
from crm.domain.companies.pair import PairFacts
from crm.domain.dossier import Change, LeadFacts, Origin, PastVerdict
from crm.domain.enterprise_file import EnterpriseFacts
from crm.domain.fields.masking import masked
from crm.domain.fields.registry import LEAD_FIELDS, RECORD_FIELDS, Field
from crm.domain.follow_ups import FollowUp
from crm.domain.matching.ground import MatchGround, judge_lead, match_lead
from crm.domain.matching.match import EVERY
from crm.domain.quantities import CHINA_TIME, Rate
from crm.domain.thresholds import judge
from crm.domain.thresholds.alternatives import alternatives
from crm.domain.thresholds.ground import Ground
from crm.domain.thresholds.judgement import Conclusion
from crm.models import RECORD_MODELS, ChangeSet, ImportBatch, Provenance, table_of
from crm.queries.history import NOTES, changes_of, givers
from crm.queries.history import Change as Noted
from crm.queries.linked import LinkReader
from crm.queries.matching import load_match_ground
from crm.queries.records import Record, load
from crm.queries.thresholds import load_ground
from crm.queries.working import follow_ups

JUDGED_BY = frozenset(
    (
        "area",
        "land",
        "land_use",
        "annual_tax",
        "tax_basis",
        "plots",
        "phases",
        "lease",
        "tax_by_year",
        "full_year",
        "address",
    )
)
"""The fields a threshold verdict rests on, as ``crm.domain.thresholds.case`` takes them."""

FOLLOW_UPS_MOST = 1_000
"""Follow-ups of one lead that are read for a document, the newest."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the unit wants on its documents.

    Attributes:
        contacts: personal fields are printed in full; else masked (decisions 36).
        recipient: who the copy is for; "" where nobody said.
        profile: the blocks on the district are printed first (S01).
    """

    unit: str = ""
    header: str = ""
    marking: str = ""
    contacts: bool = False
    recipient: str = ""
    profile: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What the documents of any number of leads share, read once.

    Attributes:
        ground: day, rules, rates, communities and funds.
        rates: given for these documents; they stand before those known.
        head: seal of the last change set that changed a record, and its place.
        links: reads the records that name a lead.
        grounds: rules and rates of each day on which a figure was changed, as they are asked for.
    """

    ground: MatchGround
    rates: tuple[Rate, ...]
    head: tuple[str, int]
    paper: Paper = field(default_factory=Paper)
    links: LinkReader = field(default_factory=lambda: LinkReader("leads"))
    grounds: dict[date, Ground] = field(default_factory=dict)


def load_reading(session: Session, on: date, paper: Paper, rates: Iterable[Rate] = ()) -> Reading:
    """Return what the documents made on a day share."""
    given = tuple(rates)
    return Reading(load_match_ground(session, on, given), given, head_of_history(session), paper)


def load_facts(session: Session, lead: Record, reading: Reading) -> LeadFacts:
    """Return the facts of a lead; verdict and match are those of ``check`` and ``match``."""
    ground = reading.ground.ground
    case = ground.case(lead.values, reading.rates)
    judgement = judge_lead(lead.values, reading.ground, reading.rates)
    history = changes_of(session, "leads", lead.id)
    changes = tuple(_changes(history, reading.paper))
    return LeadFacts(
        values=_printed_values(lead.values, reading.paper),
        on=ground.on,
        case=case,
        judgement=judgement,
        rules=ground.rules,
        elsewhere=alternatives(case, judgement, ground.rules, ground.on),
        match=match_lead(lead.values, reading.ground, judgement, rates=reading.rates, kinds=EVERY),
        changes=changes,
        verdicts=tuple(_verdicts(session, history, changes, reading)),
        linked=reading.links.read(session, lead.code, partial(_printed, paper=reading.paper)),
        origins=tuple(_origins(session, lead.id, reading.paper)),
        follow_ups=tuple(_follow_ups(session, lead.id)),
        givers=givers(session, "leads", lead.id),
        head=reading.head[0],
        head_place=reading.head[1],
        transport=_transport(session, lead.values.get("site")),
        profile=tuple(_profile(session)) if reading.paper.profile else (),
        unit=reading.paper.unit,
        header=reading.paper.header,
        marking=reading.paper.marking,
        recipient=reading.paper.recipient,
    )


def load_pair(session: Session, a: Record, b: Record, reading: Reading) -> PairFacts:
    """Return the facts of two leads, why they may be one, and which was reported first."""
    found = find_duplicates([(a.code, a.values), (b.code, b.values)])
    reports = (Report(each.code, each.values.get("first_reported_at")) for each in (a, b))
    return PairFacts(
        load_facts(session, a, reading),
        load_facts(session, b, reading),
        found[0].likelihood if found else None,
        found[0].reasons if found else (),
        first_of(*reports),
    )


def load_enterprise(session: Session, enterprise: Record, on: date, paper: Paper) -> EnterpriseFacts:
    """Return the facts of an enterprise: its record, its projects, the records that name it."""
    fields, (head, place) = RECORD_FIELDS["enterprises"], head_of_history(session)
    printed = partial(_printed, paper=paper)
    names = list(enterprise.values.get("leads") or ())
    leads = {each.code: each.values for each in load(session, "leads", _ids_of(session, names))} if names else {}
    return EnterpriseFacts(
        values={name: printed(fields[name], value) for name, value in enterprise.values.items()},
        on=on,
        leads=tuple(leads[code] for code in names if code in leads),
        linked=LinkReader("enterprises").read(session, enterprise.code, printed),
        changes=tuple(_changes(changes_of(session, "enterprises", enterprise.id), paper, fields)),
        head=head,
        head_place=place,
        unit=paper.unit,
        header=paper.header,
        marking=paper.marking,
        recipient=paper.recipient,
    )


def _ids_of(session: Session, codes: Sequence[str]) -> list[int]:
    leads = table_of(RECORD_MODELS["leads"])
    return list(session.connection().execute(select(leads.c.id).where(leads.c.code.in_(codes))).scalars())


def head_of_history(session: Session) -> tuple[str, int]:
    """Return the seal and place of the last change set that changed data; ("", 0) for an empty history."""
    sets = table_of(ChangeSet)
    query = (
        select(sets.c.seal, sets.c.place)
        .where(sets.c.kind.not_in(NOTES), sets.c.place.is_not(None))
        .order_by(sets.c.place.desc())
        .limit(1)
    )
    row = session.connection().execute(query).first()
    return (row.seal or "", row.place) if row else ("", 0)


def _transport(session: Session, site: object) -> str:
    """Return what is entered of the transport of a site: a plot, community or carrier by its code or name."""
    if not isinstance(site, str) or not site:
        return ""
    for kind in ("plots", "communities", "carriers"):
        table = table_of(RECORD_MODELS[kind])
        named = [table.c.code == site, *([table.c.name == site] if "name" in table.c else [])]
        query = select(table.c.transport).where(or_(*named), table.c.transport.is_not(None)).limit(1)
        found = session.connection().execute(query).scalar()
        if found:
            return str(found)
    return ""


def _profile(session: Session) -> Iterator[tuple[str, str]]:
    """Yield name and text of the blocks on the district, as they are now."""
    for record in load(session, "texts"):
        if record.values.get("kind") == "profile" and record.values.get("text"):
            yield str(record.values.get("name") or ""), str(record.values["text"])


def _printed_values(values: Mapping[str, Any], paper: Paper) -> dict[str, object]:
    return {name: _printed(LEAD_FIELDS[name], value, paper) for name, value in values.items()}


def _printed(known: Field | None, value: Any, paper: Paper) -> Any:  # noqa: ANN401  (any value of a field)
    """Return a value as it may be printed: personal ones masked."""
    if known is None or paper.contacts or not isinstance(value, str):
        return value
    return masked(known, value)


def _changes(history: Iterable[Noted], paper: Paper, fields: Mapping[str, Field] = LEAD_FIELDS) -> list[Change]:
    found = []
    for each in history:
        known = fields.get(each.field)
        one = Change(each.at, each.by, each.why, each.action, each.field, change_set=each.change_set)
        if known is not None:
            one = replace(one, before=_printed(known, each.before, paper), after=_printed(known, each.after, paper))
        found.append(one)
    return found


def _verdicts(
    session: Session, history: Sequence[Noted], changes: Sequence[Change], reading: Reading
) -> Iterator[PastVerdict]:
    """Yield the verdict after each change set that touched a figure the thresholds need, where it differs."""
    values: dict[str, Any] = {}
    last: object = None
    for place, each in enumerate(history):
        values |= (each.after or {}) if not each.field else {each.field: each.after}
        if place + 1 < len(history) and history[place + 1].change_set == each.change_set:
            continue  # the lines of one change set are one step
        known = {name: value for name, value in values.items() if name in JUDGED_BY and value is not None}
        if known == last:
            continue
        last = known
        ground = _ground(session, each.at.astimezone(CHINA_TIME).date(), reading)
        found = judge(ground.case(known, reading.rates), ground.rules, ground.on)
        conclusion = Conclusion(found.verdict, found.critical, found.rule_set_status)
        yield PastVerdict(changes[place], known, conclusion)


def _ground(session: Session, day: date, reading: Reading) -> Ground:
    """Return rules and rates of a day; those of the document's day are at hand."""
    if day == reading.ground.ground.on:
        return reading.ground.ground
    if day not in reading.grounds:
        reading.grounds[day] = load_ground(session, day)
    return reading.grounds[day]


def _follow_ups(session: Session, lead_id: int) -> Iterator[FollowUp]:
    for each in reversed(follow_ups(session, lead_id, limit=FOLLOW_UPS_MOST)):
        yield FollowUp(each.kind, each.at, each.by, each.note, each.next_step or "", each.next_date)


def _origins(session: Session, lead_id: int, paper: Paper) -> list[Origin]:
    """Return the rows of files that gave the lead its figures, cells by field; the oldest first."""
    rows, batches = table_of(Provenance), table_of(ImportBatch)
    query = (
        select(batches, rows.c.sheet, rows.c.row, rows.c.raw, rows.c.notes)
        .join(batches, rows.c.batch_id == batches.c.id)
        .where(rows.c.record_kind == "leads", rows.c.record_id == lead_id)
        .order_by(rows.c.id)
    )
    return [
        Origin(
            row.file_name,
            row.sheet,
            row.row,
            _cells(json.loads(row.raw), json.loads(row.sheets), row.sheet, paper),
            tuple(str(note) for note in json.loads(row.notes or "[]")),
            row.change_set_id,
        )
        for row in session.connection().execute(query)
    ]


def _cells(raw: Mapping[str, str], sheets: Any, name: str, paper: Paper) -> dict[str, str]:  # noqa: ANN401  (a JSON document)
    """Return the cells of a row by field, as they may be printed; of an entry of a field (space.研发) with its name."""
    columns = [column for sheet in sheets if sheet.get("name", "") == name for column in sheet.get("columns", ())]
    fields = {each["column"]: each["field"] or "" for each in columns} if sheets else {each: each for each in raw}
    cells: dict[str, str] = {}
    for place, text in raw.items():
        field, _dot, entry = fields.get(place, "").partition(".")
        if field in LEAD_FIELDS and text:
            shown = str(_printed(LEAD_FIELDS[field], str(text), paper))
            shown = f"{entry} {shown}" if entry else shown
            cells[field] = f"{cells[field]} {shown}" if field in cells else shown
    return cells
