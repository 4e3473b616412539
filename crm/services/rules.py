"""Rules of single kinds of record that hold on every way in: asked when a record is made or changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from sqlalchemy import select

from crm.database import Session
from crm.domain.conditions import asks_standing, parse_condition
from crm.domain.fields.reading import field_called
from crm.domain.fields.registry import RECORD_FIELDS, RECORD_KINDS
from crm.domain.fields.words import list_mark
from crm.domain.incentives import LEGACY, Light, judge
from crm.domain.incentives_explain import missing_text, red_line_text
from crm.domain.reservations import RESERVED, holder
from crm.domain.stewardship import overlapping
from crm.errors import ConflictError, ValueRefusedError
from crm.i18n import _
from crm.models import ChangeLine, ChangeSet, table_of
from crm.queries.links import ids_naming
from crm.queries.records import load, load_one
from crm.services.clock import today
from crm.services.company_rules import (
    check_decision,
    check_merge,
    check_shares,
    keep_entry,
    keep_first_report,
    one_identity,
)

Values: TypeAlias = Mapping[str, Any]


def has_rule(kind: str) -> bool:
    """Return whether records of a kind obey a rule beyond what each field says."""
    return kind in _RULES


def refuse_broken(session: Session, kind: str, values: Values, before: Values | None = None) -> None:
    """Refuse a record that breaks a rule of its kind.

    Args:
        session: of a transaction.
        kind: of the record.
        values: as it would be.
        before: as it is; None for a new one.

    Raises:
        ValueRefusedError: it does; the message says which rule.
        ConflictError: it contradicts another record.
    """
    rule = _RULES.get(kind)
    if rule is not None:
        rule(session, values, before)


def _review(session: Session, values: Values, _before: Values | None) -> None:
    """S64: who filed a lead does not sign its review."""
    lead = load_one(session, "leads", str(values["lead"]))
    sets, lines = table_of(ChangeSet), table_of(ChangeLine)
    made = (
        select(sets.c.by)
        .join(lines, lines.c.change_set_id == sets.c.id)
        .where(lines.c.record_kind == "leads", lines.c.record_id == lead.id, lines.c.action == "created")
    )
    filed = {lead.values.get("first_reporter"), *session.connection().execute(made).scalars()}
    if values["reviewer"] in filed:
        message = _("{reviewer} filed the lead {code} and cannot sign its review: another officer must.")
        raise ValueRefusedError(message.format(reviewer=values["reviewer"], code=lead.code), where="reviewer")


def _figure(_session: Session, values: Values, before: Values | None) -> None:
    """S10: a reference figure is what a document says; it is never edited."""
    if before is not None and before.get("kind") == "figure" and dict(values) != dict(before):
        raise ValueRefusedError(_("A reference figure is quoted from its document and is not edited."), where="text")


def _incentive(_session: Session, values: Values, _before: Values | None) -> None:
    """S67: a red line stops a new promise; without basis and review nothing is paid."""
    gate = judge(values)
    if gate.light is Light.RED:
        raise ValueRefusedError(red_line_text(gate), where="text")
    settled = values.get("paid") is not None or values.get("paid_on") is not None
    if settled and gate.missing and values.get("time") != LEGACY:
        raise ValueRefusedError(missing_text(gate), where=gate.missing[0])


def _steward(session: Session, values: Values, before: Values | None) -> None:
    """S58: one steward at any time."""
    ids = ids_naming(session, "stewards", "lead", str(values["lead"]))
    others = [each.values for each in load(session, "stewards", ids)]
    mine = before.get("code") if before else None
    if overlapping([*(each for each in others if each["code"] != mine), values]):
        message = _("The lead {lead} would have two stewards on one day; end the term of the first, or hand over.")
        raise ConflictError(message.format(lead=values["lead"]), where=str(values["lead"]))


def _plot(_session: Session, values: Values, before: Values | None) -> None:
    """S20: a plot reserved for one lead is not reserved for another before the day is over."""
    now = holder(before, today()) if before else None
    wanted = values.get("locked_by") if values.get("status") == RESERVED else None
    if now is not None and wanted not in (None, now):
        message = _("The plot {plot} is reserved for {lead} until {until}. Wait, or release it first.")
        told = {"plot": values["code"], "lead": now, "until": (before or {}).get("locked_until") or _("further notice")}
        raise ConflictError(message.format(**told), where=str(values["code"]))


def _obligation(session: Session, values: Values, _before: Values | None) -> None:
    """What is owed under an agreement is owed by the project of that agreement."""
    if not values.get("agreement"):
        return
    agreement = load_one(session, "agreements", str(values["agreement"]))
    if agreement.values["lead"] != values["lead"]:
        message = _("The agreement {agreement} is one of {other}, not of {lead}: name the right one.")
        told = {"agreement": agreement.code, "other": agreement.values["lead"], "lead": values["lead"]}
        raise ValueRefusedError(message.format(**told), where="agreement")


def _requirement(_session: Session, values: Values, _before: Values | None) -> None:
    """A requirement names a real field, and its condition can be read."""
    field_called("leads", str(values["needs"]))
    if values.get("condition"):
        condition = parse_condition("leads", str(values["condition"]))
        if asks_standing(condition):  # it is worked out after the change that the gate is asked about
            message = _("A requirement may ask what is entered of a lead, not what is worked out from it.")
            raise ValueRefusedError(message, where="condition")


def _needs_party(kind: str) -> Callable[[Session, Values, Values | None], None]:
    """A record about a lead, an enterprise or a talent names at least one of them."""
    parties = tuple(name for name in ("lead", "enterprise", "talent") if name in RECORD_KINDS[kind].fields)

    def rule(_session: Session, values: Values, _before: Values | None) -> None:
        if not any(values.get(name) for name in parties):
            fields = RECORD_FIELDS[kind]
            labels = list_mark().join(_(fields[name].label) for name in parties)
            raise ValueRefusedError(
                _("One of these must be filled in: {fields}.").format(fields=labels), where=parties[0]
            )

    return rule


_RULES: Mapping[str, Callable[[Session, Values, Values | None], None]] = {
    "reviews": _review,
    "texts": _figure,
    "incentives": _incentive,
    "stewards": _steward,
    "plots": _plot,
    "requirements": _requirement,
    "leads": keep_first_report,
    "enterprises": one_identity,
    "first-reports": keep_entry,
    "duplicate-decisions": check_decision,
    "transfers": check_shares,
    "merges": check_merge,
    "obligations": _obligation,
    **{kind: _needs_party(kind) for kind in ("cooperations", "referrals", "service-records", "enterprise-requests")},
}
