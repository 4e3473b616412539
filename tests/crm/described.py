"""Full records of the kinds that are only described, made from the description: every field filled in."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from crm.domain.fields.field import Field, Kind
from crm.domain.fields.registry import RECORD_KINDS
from crm.services.records import create

VALUES: dict[Kind, Any] = {
    Kind.TEXT: "甲（虚构）",
    Kind.NOTE: "第一行\n第二行",
    Kind.TEXTS: ["甲", "乙"],
    Kind.MONEY: "约5000万元",
    Kind.LAND: "25.5亩",
    Kind.NUMBER: "12.5",
    Kind.FLAG: True,
    Kind.DATE: "2026-11",
    Kind.YEAR: 2026,
    Kind.SPACES: {"研发": "1200㎡"},
    Kind.MOMENT: "2026-11-03 09:12",
    Kind.CREDIT_CODE: "91320507MA9XC00178",
    Kind.PHONE: "13800001111",
}


SHARED = {
    "first_unit": "甲（虚构）",
    "first_share": "40",
    "landing_unit": "乙（虚构）",
    "landing_share": "60",
    "helping_unit": "丙（虚构）",
    "helping_share": "0",
}
RULED: dict[str, dict[str, Any]] = {
    "requirements": {"needs": "energy", "condition": "nature = manufacturing"},
    "transfers": SHARED,
    "first-reports": {"kind": "complete", "corrects": None},
    "duplicate-decisions": {"enterprise": None, "other_enterprise": None},
    "merges": {"enterprise": None},
    "obligations": {"agreement": None},  # one of the same lead: made by tests of their own
}
"""Values that a rule of the kind wants (``crm.services.rules``)."""

ABOUT_SOMEBODY = {
    **dict.fromkeys(("cooperations", "referrals", "service-records", "enterprise-requests"), ("enterprise",)),
    "duplicate-decisions": ("lead", "other_lead"),
    "merges": ("lead",),
}
"""Kinds whose records name a lead or an enterprise."""


def full(session: Session, kind: str) -> dict[str, Any]:
    """Return a value for every field of a kind; the records it names are made."""
    given = {name: _value(session, kind, field) for name, field in RECORD_KINDS[kind].fields.items() if name != "code"}
    return {"code": f"T-{kind}", **given, **RULED.get(kind, {})}


def least(session: Session, kind: str) -> dict[str, Any]:
    """Return values for the fields that a record of a kind cannot be without."""
    fields = RECORD_KINDS[kind].fields.items()
    needed = [*(field.name for _name, field in fields if field.needed), *ABOUT_SOMEBODY.get(kind, ())]
    given = {name: _value(session, kind, RECORD_KINDS[kind].fields[name]) for name in needed}
    ruled = {name: value for name, value in RULED.get(kind, {}).items() if name in given}
    return given | ruled


def _value(session: Session, kind: str, field: Field) -> Any:  # noqa: ANN401  (whatever the field takes)
    if field.to == kind:
        return None
    if field.to:
        code = _named(session, field.to)
        return [code] if field.kind is Kind.TEXTS else code
    if field.kind is Kind.CHOICE:
        return field.choices[-1].code
    if field.kind is Kind.CHOICES:
        return [choice.code for choice in field.choices[:2]]
    return VALUES[field.kind]


def _named(session: Session, kind: str) -> str:
    """Make a record that another names, and return its code."""
    if kind in RECORD_KINDS:
        given = least(session, kind) | ({"code": "T-OWN"} if RECORD_KINDS[kind].own_codes else {})
        given |= {"name": f"被引用的{kind}"} if "name" in given else {}
    else:
        given = {"code": "T-P"} if kind == "plots" else {"name": f"被引用的{kind}"}
    from crm.errors import ValueRefusedError  # noqa: PLC0415  (only where it was made for another field)
    from crm.queries.records import load  # noqa: PLC0415

    try:
        return create(session, kind, given).code
    except ValueRefusedError:
        return next(each.code for each in load(session, kind) if each.code.startswith("T-"))
