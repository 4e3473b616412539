"""Records as the cells of a ledger: exact figures as numbers, everything else in the words people use.

A figure that is more than one number (约5亿元, 5–8亿元, 700万美元) is written in words with its unit, which goes before
the unit of the column wherever it is read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm.domain.fields.masking import mask_person, mask_phone
from crm.domain.fields.reading import CHINA_TIME
from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.domain.fields.writing import value_to_text
from crm.domain.quantities import Land, Money, PartialDate, Span
from crm.domain.quantities.numbers import SHARE
from crm.domain.stages.explain import stage_name
from crm.domain.thresholds.explain import conclusion
from crm.domain.thresholds.ground import Ground, judge_values
from crm.domain.thresholds.judgement import Verdict
from crm.i18n import N_, _
from crm.workbooks.ledgers import Column, LedgerValue, Look, Tone, Toned

ALWAYS = ("code", "name")
"""Columns every ledger has."""

IDENTIFYING = (
    "investor",
    "credit_code",
    "address",
    "site",
    "referrer",
    "contact",
    "contact_phone",
    "next_step",
    "notes",
    "status_reason",
)
"""What would tell who a confidential project is; its name is replaced (decisions 20)."""

CONFIDENTIAL_NAME = N_("(confidential project)")

CODES = frozenset({"code", "gbt4754"})
_LOOKS = {
    Kind.MONEY: Look.MONEY,
    Kind.LAND: Look.NUMBER,
    Kind.NUMBER: Look.NUMBER,
    Kind.YEAR: Look.NUMBER,
    Kind.DATE: Look.DATE,
    Kind.MOMENT: Look.DATE,
    Kind.CREDIT_CODE: Look.CODE,
    Kind.PHONE: Look.CODE,
}
_TONES = {
    Verdict.MET: Tone.GOOD,
    Verdict.NOT_MET: Tone.BAD,
    Verdict.UNCERTAIN: Tone.DOUBTFUL,
    Verdict.INCOMPLETE: Tone.DOUBTFUL,
    Verdict.CONSULT: Tone.DOUBTFUL,
}
_UNIT_CURRENCIES = {"万元": "CNY", "万美元": "USD"}


@dataclass(frozen=True, slots=True)
class Released:
    """A record as it may leave the house.

    Attributes:
        values: what may be seen.
        withheld: fields that are masked or left out.
    """

    values: Mapping[str, Any]
    withheld: frozenset[str]


def release(kind: str, values: Mapping[str, Any], *, whole: bool) -> Released:
    """Return a record with contacts masked, a confidential one without what would tell who it is (decisions 20, 36).

    Args:
        kind: of the record.
        values: all that is known.
        whole: purpose and recipient were given: nothing is withheld.
    """
    if whole:
        return Released(values, frozenset())
    shown = dict(values)
    for name, field in RECORD_FIELDS[kind].items():
        if field.personal and isinstance(values.get(name), str):
            shown[name] = mask_phone(values[name]) if field.kind is Kind.PHONE else mask_person(values[name])
    if values.get("confidential"):
        shown = {name: value for name, value in shown.items() if name not in IDENTIFYING}
        shown["name"] = _(CONFIDENTIAL_NAME)
    withheld = {name for name in values if shown.get(name) is not values[name]}
    return Released(shown, frozenset(withheld))


def columns(kind: str, fields: Sequence[Field]) -> list[Column]:
    """Return the columns of these fields, and of the verdict where leads have one."""
    found = [
        Column(heading(field), Look.CODE if field.name in CODES else _LOOKS.get(field.kind, Look.TEXT))
        for field in fields
    ]
    return [*found, Column(_("Threshold verdict"))] if kind == "leads" else found


def heading(field: Field) -> str:
    """Return the heading of a field: its label and, for figures, its unit."""
    label = _(field.label)
    if not field.unit or field.unit == SHARE:
        return label
    return _("{text} ({note})").format(text=label, note=field.unit)


def cells(kind: str, fields: Sequence[Field], values: Mapping[str, Any], ground: Ground | None) -> list[LedgerValue]:
    """Return the cells of a record, in the order of ``columns``; unknown is blank."""
    row = [cell(field, values.get(field.name), values) for field in fields]
    if kind == "leads" and ground is not None:
        judgement = judge_values(values, ground)
        tone = _TONES.get(judgement.verdict)
        row.append(Toned(conclusion(judgement), tone) if tone else conclusion(judgement))
    return row


def cell(field: Field, value: Any, record: Mapping[str, Any]) -> LedgerValue:  # noqa: ANN401  (the class is the field's)
    """Return the cell of a value: a number or a day where it is exactly one, else its text."""
    if value is None:
        return None
    if field.name == "stage":
        return stage_name(value, record)
    if isinstance(value, datetime):
        return value.astimezone(CHINA_TIME).replace(tzinfo=None)
    if isinstance(value, PartialDate):
        return date(value.year, value.month, value.day) if value.month and value.day else value_to_text(field, value)
    if isinstance(value, Span):
        number = _exactly(field, value)
        return value_to_text(field, value) if number is None else number
    return value if field.kind is Kind.YEAR else value_to_text(field, value)


def _exactly(field: Field, value: Span) -> Decimal | None:
    """Return the number that says all of a figure in the unit of its column, or None."""
    said = value.exact
    if said is None or value.approximate or field.unit == SHARE:
        return None
    if isinstance(value, Money) and value.currency != _UNIT_CURRENCIES.get(field.unit):
        return None
    return None if isinstance(value, Land) and value.phase1 is not None else said
