"""Records as the cells of a ledger: exact figures as numbers, everything else in the words people use.

A figure that is more than one number (约5亿元, 5–8亿元, 700万美元) is written in words with its unit, which goes before
the unit of the column wherever it is read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any, TypeAlias

from crm.domain.exchange.choices import RESULTS, Chosen
from crm.domain.exchange.marks import WORKED_OUT
from crm.domain.fields.masking import CONFIDENTIAL_NAME, holds_contacts, masked
from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.domain.fields.writing import value_to_text
from crm.domain.quantities import CHINA_TIME, Land, Money, PartialDate, Space, Span, money_text, space_text
from crm.domain.quantities.values import SHARE
from crm.domain.stages.explain import stage_name
from crm.domain.thresholds.explain import conclusion
from crm.domain.thresholds.ground import Ground, conclude_values
from crm.domain.thresholds.judgement import Verdict
from crm.i18n import _
from crm.queries.lead_list import LeadRow
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


CODES = frozenset({"code", "gbt4754"})
_SPLIT = frozenset({Kind.SPACES, Kind.TAX_YEARS})
_LOOKS = {
    Kind.MONEY: Look.MONEY,
    Kind.LAND: Look.NUMBER,
    Kind.NUMBER: Look.NUMBER,
    Kind.YEAR: Look.NUMBER,
    Kind.SPACES: Look.NUMBER,
    Kind.TAX_YEARS: Look.MONEY,
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
_CENT = Decimal("0.01")
_UNIT_CURRENCIES = {"万元": "CNY", "万美元": "USD"}


@dataclass(frozen=True, slots=True)
class Part:
    """What one column shows: a field, or one entry of a field with entries (space by kind, tax by year)."""

    field: Field
    key: str | int | None = None

    @property
    def heading(self) -> str:
        """The heading: 投资额（万元）, 研发面积（㎡）, 2028年税收（万元）."""
        if self.key is None:
            return heading(self.field)
        text = _("{kind} space") if self.field.kind is Kind.SPACES else _("tax of {kind}")
        return _("{text} ({note})").format(text=text.format(kind=self.key), note=self.field.unit or "㎡")

    @property
    def target(self) -> str:
        """The field with its entry, as ``--map`` and the columns of an import name it: ``space.研发``."""
        return self.field.name if self.key is None else f"{self.field.name}.{self.key}"

    @property
    def look(self) -> Look:
        """How its cells look."""
        if self.field.name in CODES:
            return Look.CODE
        return _LOOKS.get(self.field.kind, Look.TEXT)

    def cell(self, record: Mapping[str, Any]) -> LedgerValue:
        """Return the cell of a record."""
        value = record.get(self.field.name)
        if self.key is None or value is None:
            return cell(self.field, value, record)
        entry: Span | None = value.get(self.key)
        if entry is None:
            return None
        number = _exactly(self.field, entry)
        return number if number is not None else _entry_text(entry)


@dataclass(frozen=True, slots=True)
class Result:
    """What one column shows of what the program works out: ``verdict``, ``tax_per_mu``, ``match``."""

    name: str

    @property
    def heading(self) -> str:
        """The heading."""
        return _(RESULTS[self.name])

    @property
    def target(self) -> str:
        """The key that says that the column is never read back."""
        return WORKED_OUT

    @property
    def look(self) -> Look:
        """How its cells look."""
        return Look.TEXT if self.name == "verdict" else Look.NUMBER

    def cell(self, record: Mapping[str, Any], ground: Ground, standing: LeadRow | None) -> LedgerValue:
        """Return the cell of a lead; figures are cut, never rounded up (practice.md §4)."""
        if self.name == "verdict":
            reached = conclude_values(record, ground)
            tone = _TONES.get(reached.verdict)
            return Toned(conclusion(reached), tone) if tone else conclusion(reached)
        if standing is None:
            return None
        if self.name == "match":
            return None if standing.match is None else int(standing.match)
        figure = standing.tax_per_mu
        return None if figure is None else figure.quantize(_CENT, ROUND_DOWN)


Shown: TypeAlias = Part | Result
"""A column of a ledger."""


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
            shown[name] = masked(field, values[name])
    if values.get("confidential"):
        shown = {name: value for name, value in shown.items() if name not in IDENTIFYING}
        shown["name"] = _(CONFIDENTIAL_NAME)
    withheld = {name for name in values if shown.get(name) is not values[name]}
    return Released(shown, frozenset(withheld))


def guarded(kind: str, values: Mapping[str, Any]) -> bool:
    """Return whether a record has what only goes out with purpose and recipient."""
    return holds_contacts(kind, values) or bool(values.get("confidential"))


def shown_parts(kind: str, records: Sequence[Mapping[str, Any]], *, every: bool = False) -> list[Shown]:
    """Return the columns that hold something in any of the records (``every``: the others too), then the verdict."""
    found: list[Shown] = []
    for name, field in RECORD_FIELDS[kind].items():
        if field.kind in _SPLIT:
            found += _entries(field, records)
        elif every or name in ALWAYS or any(name in record for record in records):
            found.append(Part(field))
    return [*found, Result("verdict")] if kind == "leads" else found


def chosen_parts(chosen: Sequence[Chosen], records: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """Return the columns that were asked for; a field with entries stands for each entry there is."""
    found: list[Shown] = []
    for each in chosen:
        if each.field is None:
            found.append(Result(each.name))
        elif each.field.kind in _SPLIT and not each.part:
            found += _entries(each.field, records)
        elif each.part:
            found.append(Part(each.field, int(each.part) if each.field.kind is Kind.TAX_YEARS else each.part))
        else:
            found.append(Part(each.field))
    return found


def _entries(field: Field, records: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """Return a column for each entry that a field has in any of the records; years in order."""
    keys = dict.fromkeys(key for record in records for key in record.get(field.name) or ())
    return [Part(field, key) for key in (sorted(keys) if field.kind is Kind.TAX_YEARS else keys)]


def columns(parts: Sequence[Shown]) -> list[Column]:
    """Return the columns as they are written."""
    return [Column(part.heading, part.look, key=part.target) for part in parts]


def heading(field: Field) -> str:
    """Return the heading of a field: its label and, for figures, its unit."""
    label = _(field.label)
    if not field.unit or field.unit == SHARE:
        return label
    return _("{text} ({note})").format(text=label, note=field.unit)


def cells(
    parts: Sequence[Shown], values: Mapping[str, Any], ground: Ground, standing: LeadRow | None = None
) -> list[LedgerValue]:
    """Return the cells of a record, in the order of ``columns``; unknown is blank."""
    return [part.cell(values) if isinstance(part, Part) else part.cell(values, ground, standing) for part in parts]


def cell(field: Field, value: Any, record: Mapping[str, Any]) -> LedgerValue:  # noqa: ANN401  (the class is the field's)
    """Return the cell of a value: a number or a day where it is exactly one, else its text."""
    if value is None:
        return None
    if isinstance(value, str):
        return stage_name(value, record) if field.name == "stage" else value_to_text(field, value)
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


def _entry_text(entry: Span) -> str:
    return (
        money_text(entry) if isinstance(entry, Money) else space_text(Space(entry.low, entry.high, entry.approximate))
    )
