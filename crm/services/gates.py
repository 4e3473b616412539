"""The gates on a lead's way that records close (S17, S57, S63, N2): asked when it takes a step forward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import and_, select

from crm.database import Session
from crm.domain.conditions import parse_condition
from crm.domain.fields.reading import field_called
from crm.domain.gates.access import FORBIDDEN, hits, holds
from crm.domain.gates.background import open_flags
from crm.domain.reasons import Reason
from crm.domain.stages.pipeline import PLACES, STAGES, has_no_land
from crm.models import RECORD_MODELS, Lead, table_of
from crm.queries.conditions import sql_of
from crm.queries.links import ids_naming
from crm.queries.records import load
from crm.services.clock import today

Values: TypeAlias = Mapping[str, Any]

CLOSING = ("access-list", "background-checks", "planning-checks", "requirements")
"""Kinds of record that can close a gate; without any the leads need not be asked."""

ASSESSMENT, SIGNED, SUPPLIED, STARTED = "assessment", "signed", "land_supplied", "started"


def closed_gates(session: Session, before: Values, after: Values, reason: str, on: date | None = None) -> list[Reason]:
    """Return why records stop a lead on its step from ``before`` to ``after``; ``[]`` for no step forward.

    An exception granted for the gate (``exceptions``) that still holds opens it.

    Args:
        session: of a transaction.
        before: the lead's fields as they are.
        after: as they would be.
        reason: what the officer says about the step.
        on: the day; today when None.
    """
    old, new = (PLACES[str(each.get("stage") or STAGES[0].code)] for each in (before, after))
    if new <= old:
        return []
    step = _Step(session, after, reason, on or today())
    passed = range(old + 1, new + 1)
    found: list[Reason] = []
    for gate, place, ask in _GATES:
        if place in passed and not step.excepted(gate):
            found += ask(step)
    return found + list(step.requirements(passed))


def may_close(session: Session) -> bool:
    """Return whether there is any record that can close a gate whatever reason is given."""
    tables = (table_of(RECORD_MODELS[kind]) for kind in CLOSING)
    return any(session.connection().execute(select(table.c.id).limit(1)).first() for table in tables)


class _Step:
    """One step of a lead, with the records that tell of it."""

    def __init__(self, session: Session, lead: Values, reason: str, on: date) -> None:
        self.session = session
        self.lead = lead
        self.reason = reason
        self.on = on
        self.exceptions = self.records("exceptions")

    def records(self, kind: str) -> list[Values]:
        """Return the records of a kind that name the lead."""
        ids = ids_naming(self.session, kind, "lead", str(self.lead["code"]))
        return [record.values for record in load(self.session, kind, ids)]

    def excepted(self, gate: str) -> bool:
        """Return whether an exception for a gate was granted and holds."""
        return any(each["gate"] == gate and holds(each, self.on) for each in self.exceptions)

    def requirements(self, passed: range) -> Iterator[Reason]:
        """Give what the bureau's own requirements miss (``requirements``): field × stage × condition."""
        if self.excepted("requirement"):
            return
        stages = {STAGES[place].code for place in passed}
        for record in load(self.session, "requirements"):
            rule = record.values
            if rule["stage"] in stages and holds(rule, self.on) and self._meets(rule.get("condition")):
                name = field_called("leads", rule["needs"]).name
                if self.lead.get(name) in (None, "", (), {}):
                    yield Reason("step_needs", {"stage": rule["stage"], "fields": ((name,),)})

    def _meets(self, condition: str | None) -> bool:
        if not condition:
            return True
        leads = table_of(Lead)
        where = and_(leads.c.code == self.lead["code"], sql_of("leads", parse_condition("leads", condition)))
        return self.session.connection().execute(select(leads.c.id).where(where)).first() is not None


def _access(step: _Step) -> Iterator[Reason]:
    items = [record.values for record in load(step.session, "access-list")]
    for hit in hits(items, step.lead, step.on):
        if hit.level == FORBIDDEN:
            source = hit.item.get("document_number") or hit.item.get("list_version") or hit.item.get("source") or ""
            told = {"item": hit.item["name"], "source": source or hit.item["code"], "stage": ASSESSMENT}
            yield Reason("access_forbidden", told)


def _background(step: _Step) -> Iterator[Reason]:
    for check in open_flags(step.records("background-checks")):
        finding = check.get("finding") or check["code"]
        yield Reason("red_flag", {"item": check["item"], "finding": finding, "stage": SIGNED})


def _planning(step: _Step) -> Iterator[Reason]:
    for check in step.records("planning-checks"):
        if check.get("result") == "not_conforming":
            yield Reason("not_planned", {"why": check.get("reason") or check["code"], "stage": SUPPLIED})


def _proof(step: _Step) -> Iterator[Reason]:
    proven = any(each["stage"] == STARTED for each in step.records("proofs"))
    if not (proven or step.reason or has_no_land(step.lead)):
        yield Reason("proof_missing", {"stage": STARTED, "proof": STAGES[PLACES[STARTED]].proof})


_GATES: tuple[tuple[str, int, Callable[[_Step], Iterator[Reason]]], ...] = (
    ("access", PLACES[ASSESSMENT] + 1, _access),
    ("background", PLACES[SIGNED], _background),
    ("planning", PLACES[SUPPLIED], _planning),
    ("proof", PLACES[STARTED], _proof),
)
"""What an exception is granted for, the first stage behind the gate, and what asks."""
