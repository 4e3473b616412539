"""Marks in a bureau's own form: ``{{项目名称}}``, ``{{annual_tax:亿元}}``, ``{{*name}}`` in a row that repeats.

A mark names a field by its name or label, an entry of one (``space.研发``), a result of the program, or something of
the sheet (``today``). After a colon stands the unit that the form counts in. A star: this row once for every lead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from crm.domain.exchange.choices import RESULTS, nearest
from crm.domain.fields.registry import LEAD_FIELDS, Field, Kind
from crm.domain.fields.words import list_mark
from crm.domain.fields.writing import value_to_text
from crm.domain.imports.labels import field_of_label
from crm.domain.imports.texts import plain
from crm.domain.imports.units import UNIT_CHOICES, Unit, suits, unit_of
from crm.domain.quantities import SPACE_KINDS, Money, Space, Span, money_text, space_text
from crm.errors import ValueRefusedError
from crm.i18n import N_, _

OWN: Mapping[str, str] = {
    "today": N_("Day of the form"),
    "by": N_("Filled in by"),
    "number": N_("No. (running)"),
    "count": N_("Number of leads"),
}
"""Marks that are no fields: of the sheet, and the running number of a row."""

_MARK = re.compile(r"\{\{\s*(\*?)\s*([^{}]{1,80}?)\s*\}\}")
_PARTED = frozenset((Kind.SPACES, Kind.TAX_YEARS))
_MOST_DECIMALS = 10
OFFERED_YEARS = 8
"""Years of a tax by year that are offered where somebody points at a cell."""

FormValue: TypeAlias = str | int | Decimal | date | None
"""What goes into a cell; None: nothing is known, the cell stays empty."""


@dataclass(frozen=True, slots=True)
class FormMark:
    """A mark, understood.

    Attributes:
        text: as it stands in the form, braces and all.
        name: of a field, a result (``RESULTS``) or one of ``OWN``.
        part: the entry of a field with entries.
        unit: what a bare number in it is in; None for that of the field.
        repeats: whether its row is written once for every lead.
    """

    text: str
    name: str
    part: str = ""
    unit: Unit | None = None
    repeats: bool = False

    @property
    def of_sheet(self) -> bool:
        """Whether it says the same for every lead."""
        return self.name in OWN and self.name != "number"


@dataclass(frozen=True, slots=True)
class MarkChoice:
    """What a cell of a form may take.

    Attributes:
        mark: without braces and unit: ``annual_tax``, ``space.研发``, ``today``.
        label: what people call it.
        units: that its bare number may be in, the program's own first; () where it is no figure.
    """

    mark: str
    label: str
    units: tuple[str, ...] = ()


def mark_choices(year: int) -> list[MarkChoice]:
    """Return what a cell may take: the fields, entries of fields that have some, results, what is of the sheet.

    Args:
        year: the first of the years that are offered for a tax by year.
    """
    found: list[MarkChoice] = []
    for name, field in LEAD_FIELDS.items():
        parts: Sequence[str] = SPACE_KINDS if field.kind is Kind.SPACES else ()
        if field.kind is Kind.TAX_YEARS:
            parts = [str(each) for each in range(year, year + OFFERED_YEARS)]
        units = UNIT_CHOICES.get(field.kind, ())
        own = tuple(dict.fromkeys((*((field.unit,) if field.unit in units else ()), *units)))
        label = _(field.label)
        if field.kind in _PARTED:
            found += [
                MarkChoice(f"{name}.{part}", _("{text} ({note})").format(text=label, note=part), own) for part in parts
            ]
        else:
            found.append(MarkChoice(name, label, own))
    return found + [MarkChoice(name, _(label)) for name, label in (*RESULTS.items(), *OWN.items())]


def has_marks(text: str) -> bool:
    """Return whether a text of a form holds a mark."""
    return "{{" in text and _MARK.search(text) is not None


def marks_in(text: str) -> list[FormMark]:
    """Return the marks of a text.

    Raises:
        ValueRefusedError: one that names nothing; the message says what it is nearest to.
    """
    return [_mark(found[0], found[2], repeats=bool(found[1])) for found in _MARK.finditer(text)]


def mark_of(text: str) -> FormMark:
    """Return the mark that a mapping names without braces: ``annual_tax:亿元``, ``*name``.

    Raises:
        ValueRefusedError: as ``marks_in``.
    """
    bare = text.strip()
    return _mark(bare, bare.lstrip("*").strip(), repeats=bare.startswith("*"))


def without_marks(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its marks replaced, by their text; unknown values leave nothing."""
    return _MARK.sub(lambda found: values.get(found[0], found[0]), text)


def value_of(mark: FormMark, values: Mapping[str, Any]) -> FormValue:
    """Return what a field says of a lead, as a form holds it: a figure in the unit asked for, else words.

    Args:
        mark: of a field.
        values: of the lead, as it may leave the house.
    """
    field = LEAD_FIELDS[mark.name]
    value = values.get(mark.name)
    if mark.part and value is not None:
        value = next((entry for key, entry in value.items() if str(key) == mark.part), None)
    if value is None:
        return None
    if not isinstance(value, Span):
        return value_to_text(field, value)
    exact = _exactly(field, value, mark.unit)
    return _words(field, value, mark.part) if exact is None else exact


def _words(field: Field, value: Span, part: str) -> str:
    if not part:
        return value_to_text(field, value)
    return (
        money_text(value) if isinstance(value, Money) else space_text(Space(value.low, value.high, value.approximate))
    )


def _exactly(field: Field, value: Span, unit: Unit | None) -> Decimal | None:
    """Return the one number that says all of a figure in a unit; None where there is none, or it would not end."""
    exact = value.exact
    if exact is None or value.approximate or getattr(value, "phase1", None) is not None:
        return None
    home = unit_of("㎡" if field.kind is Kind.SPACES else field.unit)
    asked = unit or home
    if isinstance(value, Money) and value.currency != (asked.currency if asked else "CNY"):
        return None
    if asked is None or home is None or asked == home:
        return exact
    number = exact * home.factor / asked.factor
    rounded = round(number, _MOST_DECIMALS).normalize() + 0
    return rounded if rounded * asked.factor == exact * home.factor else None


def _mark(text: str, said: str, *, repeats: bool) -> FormMark:
    name, colon, unit_word = said.replace("：", ":").partition(":")
    name = name.strip()
    for own, label in (*OWN.items(), *RESULTS.items()):
        if name.lower() == own or plain(name) == plain(_(label)):
            return FormMark(text, own, repeats=repeats)
    word, _dot, part = name.partition(".")
    known = field_of_label(LEAD_FIELDS, plain(word))
    field = LEAD_FIELDS.get(known or "")
    if field is None or bool(part) is not (field.kind in _PARTED):
        raise ValueRefusedError(_unknown(text, word, field), where=text)
    unit = unit_of(unit_word) if colon else None
    if colon and (unit is None or not suits(unit, field)):
        message = _("{mark}: {field} cannot be in “{unit}”.")
        raise ValueRefusedError(message.format(mark=text, field=_(field.label), unit=unit_word.strip()), where=text)
    return FormMark(text, field.name, part, unit, repeats=repeats)


def _unknown(text: str, word: str, field: Field | None) -> str:
    if field is not None and field.kind in _PARTED:
        return _("{mark}: say which entry, as {name}.研发 or {name}.2028.").format(mark=text, name=field.name)
    names = {name: _(each.label) for name, each in LEAD_FIELDS.items()}
    names |= {name: _(label) for name, label in (*RESULTS.items(), *OWN.items())}
    near = nearest(word, names)
    if not near:
        return _("{mark} names no field.").format(mark=text)
    shown = list_mark().join(_("{text} ({note})").format(text=names[each], note=each) for each in near)
    return _("{mark} names no field. Perhaps: {near}.").format(mark=text, near=shown)


def unknown_marks(texts: Sequence[tuple[str, str]]) -> list[str]:
    """Return what is wrong with the marks of a form, a sentence each, with its place.

    Args:
        texts: place (sheet and cell) and text.
    """
    wrong: list[str] = []
    for place, text in texts:
        for found in _MARK.finditer(text):
            try:
                _mark(found[0], found[2], repeats=bool(found[1]))
            except ValueRefusedError as error:
                wrong.append(_("{place}: {message}").format(place=place, message=error.message))
    return wrong
