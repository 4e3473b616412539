"""Reserving a plot among officers (S20, decisions 46): for one lead, until a day, in the history like all else."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm.database import Session
from crm.domain.quantities.calendar_days import exact
from crm.domain.reservations import AVAILABLE, RESERVED, is_free
from crm.errors import ConflictError, ValueRefusedError
from crm.i18n import _
from crm.models import RECORD_MODELS
from crm.queries.records import Record, find, load, load_one
from crm.services.clock import today
from crm.services.records import update


def reserve(session: Session, plot: str | int, lead: str | int, until: date) -> Record:
    """Reserve a plot for a lead until a day; the lead that has it may prolong.

    Raises:
        NotFoundError: there is no such plot or lead.
        ConflictError: it is reserved for another lead, supplied or withdrawn.
        ValueRefusedError: the day is over.
    """
    if until < today():
        raise ValueRefusedError(_("A plot is reserved until a day that is still to come."), where="locked_until")
    record, code = _locked(session, plot), load_one(session, "leads", lead).code
    own = record.values.get("status") == RESERVED and record.values.get("locked_by") == code
    if not own and record.values.get("status") != RESERVED and not is_free(record.values, today()):
        raise ConflictError(_("The plot {plot} is not available.").format(plot=record.code), where=record.code)
    changes: dict[str, Any] = {"status": RESERVED, "locked_by": code, "locked_until": exact(until)}
    return update(session, "plots", record.id, changes)  # refuses another's while it holds


def release(session: Session, plot: str | int) -> Record:
    """Make a reserved plot available again.

    Raises:
        NotFoundError: there is no such plot.
        ConflictError: it is not reserved.
    """
    record = _locked(session, plot)
    if record.values.get("status") != RESERVED:
        raise ConflictError(_("The plot {plot} is not reserved.").format(plot=record.code), where=record.code)
    return update(session, "plots", record.id, {"status": AVAILABLE, "locked_by": None, "locked_until": None})


def _locked(session: Session, plot: str | int) -> Record:
    """Return a plot that nobody changes until the transaction ends: of two who reserve it one waits and is refused."""
    model: Any = RECORD_MODELS["plots"]
    found = find(session, "plots", plot)
    session.get(model, found, with_for_update=True, populate_existing=True)
    return load(session, "plots", [found])[0]
