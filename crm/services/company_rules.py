"""Rules of the ledger of first reports, of decisions, transfers and merges: asked on every way in (practice.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import select

from crm.database import Session
from crm.domain.companies.credit import PARTS, shares_of
from crm.domain.companies.first_reports import span
from crm.domain.fields.registry import RECORD_FIELDS, RECORD_KINDS
from crm.domain.fields.words import list_mark
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.models import RECORD_MODELS, table_of
from crm.queries.links import ids_naming
from crm.queries.records import load

Values: TypeAlias = Mapping[str, Any]

PAIRS = (("lead", "other_lead"), ("enterprise", "other_enterprise"))


def keep_entry(_session: Session, values: Values, before: Values | None) -> None:
    """An entry of the ledger may be completed; what it says is never changed."""
    if before is None:
        if values.get("kind") == "correction" and not (values.get("corrects") and values.get("reason")):
            message = _("A correction names the entry it corrects, and the reason.")
            raise ValueRefusedError(message, where="corrects")
        return
    changed = [name for name, value in before.items() if value is not None and values.get(name) != value]
    if changed:
        fields = RECORD_FIELDS["first-reports"]
        labels = list_mark().join(_(fields[name].label) for name in changed)
        message = _("The ledger of first reports is only added to: {fields} stays. Enter a correction instead.")
        raise ValueRefusedError(message.format(fields=labels), where=changed[0])


def keep_first_report(session: Session, values: Values, before: Values | None) -> None:
    """The first report of a lead, once known, only changes to what its ledger says."""
    at, reporter = ("first_reported_at", "first_reporter")
    if before is None or all(before.get(name) in (None, values.get(name)) for name in (at, reporter)):
        return
    if _is_closer(before.get(at), values.get(at)) and before.get(reporter) in (None, values.get(reporter)):
        return
    code = str(before.get("code"))
    entries = [
        each.values for each in load(session, "first-reports", ids_naming(session, "first-reports", "lead", code))
    ]
    if any(
        entry["reported_at"] == values.get(at) and values.get(reporter) in (entry["reporter"], None)
        for entry in entries
    ):
        return
    message = _(
        "{code}: its first report is registered and stays as it is. Enter a further report or a correction "
        "in the ledger of first reports, with its proof; the lead may then take it."
    )
    raise ValueRefusedError(message.format(code=code), where=at)


def one_identity(session: Session, values: Values, _before: Values | None) -> None:
    """A credit code names one enterprise: another name with it is a former name, or one of the two is mistaken."""
    code = values.get("credit_code")
    if not code:
        return
    table = table_of(RECORD_MODELS["enterprises"])
    query = select(table.c.code, table.c.name).where(table.c.credit_code == code)
    for known in session.connection().execute(query):
        if known.code != values.get("code") and known.name != values.get("name"):
            message = _(
                "{code} {name} has this credit code already: it is one enterprise. Enter the other name there as a "
                "former name or alias, or correct the code."
            )
            raise ValueRefusedError(message.format(code=known.code, name=known.name or ""), where="credit_code")


def check_decision(_session: Session, values: Values, _before: Values | None) -> None:
    """A decision is about two leads or two enterprises, and they differ."""
    given = [pair for pair in PAIRS if any(values.get(name) for name in pair)]
    if len(given) != 1 or not all(values.get(name) for name in given[0]):
        raise ValueRefusedError(_("A decision is about two leads, or about two enterprises."), where="other_lead")
    one, other = given[0]
    if values[one] == values[other]:
        raise ValueRefusedError(_("A decision is about two different records."), where=other)


def check_shares(_session: Session, values: Values, _before: Values | None) -> None:
    """The shares of a project come to exactly 100 %, each of another unit."""
    if shares_of(values) is None:
        fields = RECORD_FIELDS["transfers"]
        labels = list_mark().join(_(fields[share].label) for _unit, share in PARTS)
        message = _("{fields} are exact figures of different units and come to exactly 100 %.")
        raise ValueRefusedError(message.format(fields=labels), where="landing_share")


def check_merge(_session: Session, values: Values, _before: Values | None) -> None:
    """A merge has one record that stays."""
    if bool(values.get("lead")) == bool(values.get("enterprise")):
        raise ValueRefusedError(_("A merge names the lead or the enterprise that stays."), where="lead")


def is_lasting(kind: str) -> bool:
    """Return whether a kind of record is a ledger that only grows."""
    described = RECORD_KINDS.get(kind)
    return described is not None and described.lasting


def _is_closer(before: Any, after: Any) -> bool:  # noqa: ANN401  (a datetime, a PartialDate or None)
    """Return whether a time is the one before, known more precisely, or was not known before."""
    if before is None or before == after:
        return True
    if after is None:
        return False
    return span(before)[0] <= span(after)[0] and span(after)[1] <= span(before)[1]
