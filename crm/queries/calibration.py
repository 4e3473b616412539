"""Predicted beside realised (decisions 47): the tax promised and paid, the chance of a stage and what became of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.domain.calibration import LEAST_CASES, Calibration, Case, calibrate, case_of, traits_of
from crm.domain.stages.pipeline import FIRST_HERE, PLACES, STAGES
from crm.models import RECORD_MODELS, ChangeLine, Lead, table_of
from crm.queries.dictionaries import stage_probabilities, taxonomy
from crm.queries.records import load

ENDED = frozenset(("ended", "transferred", "moved_out"))


def tax_cases(session: Session, on: date) -> list[Case]:
    """Return the projects whose realised tax stands beside what they promised."""
    table = table_of(RECORD_MODELS["performance"])
    actual = select(table.c.id).where(table.c.kind == "actual", table.c.tax.is_not(None))
    ids = list(session.connection().execute(actual).scalars())
    if len(ids) < LEAST_CASES:
        return []
    of_lead: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    projects = _projects(session)
    for record in load(session, "performance", ids):
        lead = record.values.get("lead") or projects.get(str(record.values["enterprise"]))
        if lead:
            of_lead[str(lead)].append(record.values)
    leads, field = table_of(Lead), taxonomy(session, on).field
    query = select(leads.c.id).where(leads.c.code.in_(of_lead), leads.c.annual_tax.is_not(None))
    wanted = list(session.connection().execute(query).scalars())
    cases = (case_of(record.values, of_lead[record.code], field) for record in load(session, "leads", wanted))
    return [case for case in cases if case is not None]


def _projects(session: Session) -> dict[str, str]:
    """Return the one project of each enterprise that has just one: its figures are those of the project."""
    table = table_of(RECORD_MODELS["enterprises"])
    rows = session.connection().execute(select(table.c.code, table.c.leads).where(table.c.leads.is_not(None)))
    return {code: leads[0] for code, leads in rows if leads is not None and len(leads) == 1}


def calibration_of(session: Session, lead: Mapping[str, Any], on: date) -> Calibration | None:
    """Return the factor of projects like a lead; None where there are too few cases."""
    cases = tax_cases(session, on)
    return calibrate(cases, traits_of(lead, taxonomy(session, on).field)) if len(cases) >= LEAST_CASES else None


@dataclass(frozen=True, slots=True)
class Chance:
    """What the bureau expects of a stage, and what became of the leads that stood in it and whose fate is known.

    Attributes:
        predicted: probability of the stage; None where the bureau has none for it.
        cases: leads that stood in the stage and were registered or ended since.
        registered: those that came as far as a registered company.
    """

    stage: str
    predicted: Decimal | None
    cases: int
    registered: int

    @property
    def realised(self) -> Fraction | None:
        """The share that was registered; None for fewer than ``LEAST_CASES``."""
        return Fraction(self.registered, self.cases) if self.cases >= LEAST_CASES else None


def stage_chances(session: Session, on: date) -> list[Chance]:
    """Return of each stage before the registration what was expected and what came, by the history of the leads."""
    expected = stage_probabilities(session, on)
    stood, here = _stages_stood(session)
    leads = table_of(Lead)
    rows = session.connection().execute(select(leads.c.id, leads.c.stage, leads.c.status))
    cases, registered = dict.fromkeys(PLACES, 0), dict.fromkeys(PLACES, 0)
    for lead_id, stage, status in rows:
        came = lead_id in here or PLACES.get(stage or "", 0) >= PLACES[FIRST_HERE]
        if not (came or status in ENDED):
            continue
        for each in stood.get(lead_id, set()) | ({stage} if stage else set()):
            cases[each] += 1
            registered[each] += came
    before = STAGES[: PLACES[FIRST_HERE]]
    return [Chance(each.code, expected.get(each.code), cases[each.code], registered[each.code]) for each in before]


def _stages_stood(session: Session) -> tuple[dict[int, set[str]], set[int]]:
    """Return the stages each lead stood in by the history, and the leads that were ever registered."""
    lines = table_of(ChangeLine)
    moved = select(lines.c.record_id, lines.c.before, lines.c.after).where(
        lines.c.record_kind == "leads", lines.c.field == "stage"
    )
    stood: dict[int, set[str]] = defaultdict(set)
    for lead_id, before, after in session.connection().execute(moved):
        stood[lead_id].update(stage for stage in map(_stage, (before, after)) if stage is not None)
    first = PLACES[FIRST_HERE]
    here = {lead_id for lead_id, stages in stood.items() if any(PLACES[stage] >= first for stage in stages)}
    return stood, here


def _stage(document: str | None) -> str | None:
    """Return the stage of a line of the history; None for another text, or one that is no stage any more."""
    stage = json.loads(document) if document else None
    return stage if isinstance(stage, str) and stage in PLACES else None
