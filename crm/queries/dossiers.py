"""The facts that documents of a lead print: its record, the verdict and match of a day, history, origins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.domain.dossier import Change, LeadFacts, Origin
from crm.domain.fields.masking import mask_person, mask_phone
from crm.domain.fields.registry import LEAD_FIELDS, Field, Kind
from crm.domain.matching.land import LandGate
from crm.domain.matching.match import Targets, match, targets_from_values
from crm.domain.matching.need import need_from_values
from crm.domain.thresholds import Judgement, judge
from crm.domain.thresholds.alternatives import Alternative, alternatives
from crm.domain.thresholds.ground import Ground
from crm.models import ChangeSet, ImportBatch, Provenance, table_of
from crm.queries.history import changes_of
from crm.queries.records import Record, load
from crm.queries.thresholds import load_ground

PRINTED = "print"
"""Kind of the change sets that note what was printed; they are no part of the head a document carries."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the unit wants on its documents.

    Attributes:
        contacts: personal fields are printed in full; else masked (decisions 36).
    """

    unit: str = ""
    header: str = ""
    marking: str = ""
    contacts: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What the documents of any number of leads share, read once.

    Attributes:
        ground: day, rules and rates.
        targets: all communities and funds.
        head: seal of the last change set that changed a record, and its place.
    """

    ground: Ground
    targets: Targets
    head: tuple[str, int]
    paper: Paper = field(default_factory=Paper)


def load_reading(session: Session, on: date, paper: Paper) -> Reading:
    """Return what the documents made on a day share."""
    communities = [record.values for record in load(session, "communities")]
    funds = [record.values for record in load(session, "funds")]
    ground = load_ground(session, on)
    targets = targets_from_values(communities, funds, rates=_plain_rates(ground))
    return Reading(ground, targets, head_of_history(session), paper)


def load_facts(session: Session, lead: Record, reading: Reading) -> LeadFacts:
    """Return the facts of a lead."""
    ground, on = reading.ground, reading.ground.on
    case = ground.case(lead.values)
    judgement = judge(case, ground.rules, on)
    others = alternatives(case, judgement, ground.rules, on)
    need = need_from_values(lead.values, rates=_plain_rates(ground))
    return LeadFacts(
        values=_printed_values(lead.values, reading.paper),
        on=on,
        case=case,
        judgement=judgement,
        rules=ground.rules,
        elsewhere=others,
        match=match(need, reading.targets, gate_of(judgement, others), on=on),
        changes=tuple(_changes(session, lead.id, reading.paper)),
        origins=tuple(_origins(session, lead.id, reading.paper)),
        head=reading.head[0],
        head_place=reading.head[1],
        unit=reading.paper.unit,
        header=reading.paper.header,
        marking=reading.paper.marking,
    )


def gate_of(judgement: Judgement, others: tuple[Alternative, ...]) -> LandGate:
    """Return what the threshold says to a community: of the lead's own areas, or of each it might choose."""
    areas = frozenset(plot.area for plot in judgement.plots if plot.area)
    return LandGate(judgement.verdict.value, areas, {other.area: other.verdict.value for other in others})


def head_of_history(session: Session) -> tuple[str, int]:
    """Return the seal and place of the last change set that is no note of a print; ("", 0) for an empty history."""
    sets = table_of(ChangeSet)
    query = (
        select(sets.c.seal, sets.c.place)
        .where(sets.c.kind != PRINTED, sets.c.place.is_not(None))
        .order_by(sets.c.place.desc())
        .limit(1)
    )
    row = session.connection().execute(query).first()
    return (row.seal or "", row.place) if row else ("", 0)


def _plain_rates(ground: Ground) -> dict[str, Decimal]:
    return {rate.currency: rate.rate for rate in ground.rates}


def _printed_values(values: Mapping[str, Any], paper: Paper) -> dict[str, object]:
    return {name: _printed(LEAD_FIELDS[name], value, paper) for name, value in values.items()}


def _printed(known: Field | None, value: Any, paper: Paper) -> Any:  # noqa: ANN401  (any value of a field)
    """Return a value as it may be printed: personal ones masked."""
    if known is None or not known.personal or paper.contacts or not isinstance(value, str):
        return value
    return mask_phone(value) if known.kind is Kind.PHONE else mask_person(value)


def _changes(session: Session, lead_id: int, paper: Paper) -> list[Change]:
    found = []
    for each in changes_of(session, "leads", lead_id):
        known = LEAD_FIELDS.get(each.field)
        one = Change(each.at, each.by, each.why, each.action, each.field)
        if known is not None:
            one = replace(one, before=_printed(known, each.before, paper), after=_printed(known, each.after, paper))
        found.append(one)
    return found


def _origins(session: Session, lead_id: int, paper: Paper) -> list[Origin]:
    """Return the rows of files that gave the lead its figures, cells by field; the oldest first."""
    rows, batches = table_of(Provenance), table_of(ImportBatch)
    query = (
        select(batches.c.file_name, batches.c.sheets, rows.c.sheet, rows.c.row, rows.c.raw, rows.c.notes)
        .join(batches, rows.c.batch_id == batches.c.id)
        .where(rows.c.record_kind == "leads", rows.c.record_id == lead_id)
        .order_by(rows.c.id)
    )
    return [
        Origin(
            row.file_name,
            row.sheet,
            row.row,
            _cells(json.loads(row.raw), _fields_of(json.loads(row.sheets), row.sheet), paper),
            tuple(str(note) for note in json.loads(row.notes or "[]")),
        )
        for row in session.connection().execute(query)
    ]


def _fields_of(sheets: Any, name: str) -> dict[str, str]:  # noqa: ANN401  (a JSON document)
    """Return the field of each column of a sheet, by the letter of the column."""
    for sheet in sheets:
        if sheet.get("name", "") == name:
            return {column["column"]: column["field"] for column in sheet.get("columns", ()) if column.get("field")}
    return {}


def _cells(raw: Mapping[str, str], fields: Mapping[str, str], paper: Paper) -> dict[str, str]:
    cells: dict[str, str] = {}
    for column, text in raw.items():
        name = fields.get(column)
        if name is not None and text:
            shown = str(_printed(LEAD_FIELDS.get(name), str(text), paper))
            cells[name] = f"{cells[name]} {shown}" if name in cells else shown
    return cells
