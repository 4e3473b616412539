"""What an officer should know of a lead, from the registers: only what concerns it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from crm.database import Session
from crm.domain.hints import hints
from crm.domain.reasons import Reason
from crm.models import RECORD_MODELS, table_of
from crm.queries.calibration import calibration_of
from crm.queries.dictionaries import taxonomy
from crm.queries.records import load


def hints_on(session: Session, lead: Mapping[str, Any], on: date) -> list[Reason]:
    """Return the hints on a lead on a day (S12, S19, S28, S63, S68; ``crm.domain.hints``).

    The last is what promises were worth: the factor of projects like it (decisions 47), told of a lead that promises a
    tax; it stands in no document.
    """
    code, site = lead.get("credit_code"), lead.get("site")
    clearings, carriers = table_of(RECORD_MODELS["clearings"]).c, table_of(RECORD_MODELS["carriers"]).c
    named = or_(carriers.code == site, carriers.name == site)
    found = hints(
        lead,
        on,
        clearings=_values(session, "clearings", clearings.credit_code == code) if code else (),
        access=[record.values for record in load(session, "access-list")],
        carriers=_values(session, "carriers", named) if site else (),
        taxonomy=taxonomy(session, on),
    )
    factor = calibration_of(session, lead, on) if lead.get("annual_tax") is not None else None
    if factor is None:
        return found
    told = {"cases": factor.cases, "median": factor.median, "low": factor.low, "high": factor.high}
    return [*found, Reason("calibration", told)]


def _values(session: Session, kind: str, where: ColumnElement[bool]) -> Sequence[Mapping[str, Any]]:
    query = select(table_of(RECORD_MODELS[kind]).c.id).where(where)
    ids = list(session.connection().execute(query).scalars())
    return [record.values for record in load(session, kind, ids)] if ids else ()
