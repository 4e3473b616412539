"""One cell of a column as the domain value of its field; what is doubtful is left empty and said (decisions 35)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from crm.domain.companies.credit_codes import normalise_credit_code, read_credit_code
from crm.domain.fields.codes import FINANCING_STAGE_CHOICES
from crm.domain.fields.masking import is_withheld
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import Field, Kind
from crm.domain.fields.words import lookup
from crm.domain.imports.grid import DAMAGED_FROM, CellValue, Flaw, Flawed
from crm.domain.imports.headers import Column
from crm.domain.imports.notes import Note
from crm.domain.imports.places import area_of
from crm.domain.imports.resource_headings import WHOLE_RANGE
from crm.domain.imports.rooms import read_rooms
from crm.domain.imports.texts import cell_text, plain
from crm.domain.imports.units import unit_of
from crm.domain.imports.words import land_use_of, planned_stage_of, stage_of, stages_between
from crm.domain.matching.taxonomy import TAXONOMY, split_words
from crm.domain.quantities import (
    EMPTY_WORDS,
    NO_LAND_QUESTION,
    SPACE_KIND_QUESTION,
    AmbiguousDateError,
    Land,
    Money,
    PartialDate,
    UnitMissingError,
    date_question,
    find_dates,
    is_empty,
    read_date,
    read_land,
    read_money,
    read_site,
    read_space,
)
from crm.errors import ValueRefusedError

Values = Mapping[str, Any]
"""Field name → domain value."""

_PLAIN_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SCIENCE = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_WITHOUT_YEAR = re.compile(
    r"第?[一二三四1-4]个?季度|[上下]半年|Q[1-4]|\d{1,2}月(?:份|\d{1,2}日)?(?:[上中下]旬)?|年[初中末底]"
)
_SHORT_YEAR = re.compile(r"['’]?([0-4]\d)(?:年|[./-])(\d{1,2})(?:[./-]|月)(\d{1,2})日?|['’]?([0-4]\d)年(\d{1,2})月份?")
_NOT_YET = re.compile(
    r"(?:尚|暂)?未(?:注册|办理|取得|登记|设立|成立)|待(?:注册|设立|办理)|注册中|办理中|筹建中|拟注册|新设"
)
_PHONE_IN_TEXT = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[- ]?\d{7,8}")


class Reading(NamedTuple):
    """What one cell says.

    Attributes:
        values: field name → domain value; empty when it says nothing or nothing sure.
        notes: remarks on it.
        question: the code of what must be asked about it, "" when nothing must; with values when it was answered.
    """

    values: Values = MappingProxyType({})
    notes: tuple[Note, ...] = ()
    question: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether a value was left empty because of a doubt."""
        return bool(self.question) or any(note.doubtful for note in self.notes)


EMPTY = Reading()

LONGEST_EMPTY = max(map(len, EMPTY_WORDS))
"""Longer texts are no words for an empty cell."""

PLACEHOLDERS = frozenset(("nah", "nan", "null", "nil", "undefined", "void", "<na>", "(null)", "[null]"))
"""What programs write where there is nothing; no field has such a value."""

_LONGEST_PLACEHOLDER = max(map(len, PLACEHOLDERS))


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a whole column while its cells are read.

    Attributes:
        untyped: the file knows no numbers (csv): a text 2024.1 may have been the number.
        year: of dates without a year, as answered.
        month: ``1`` or ``10``, what a number like 2024.1 means, as answered.
        order: ``month_first`` or ``day_first``, what 3/4/2024 means, as answered.
        no_land: ``none`` or ``unknown``, what a bare 无 about land means, as answered.
    """

    untyped: bool = False
    year: int | None = None
    month: str = ""
    order: str = ""
    no_land: str = ""


def read_cell(value: CellValue, column: Column, of: Field, settings: Settings, form: str = "") -> Reading:
    """Return what a cell says of its column's field.

    Args:
        value: of the cell.
        column: understood, with its unit.
        of: the field.
        settings: of the column.
        form: the cell's number format, where it tells more than the value.
    """
    if value is None or (isinstance(value, str) and _is_placeholder(value)):
        return EMPTY
    if isinstance(value, str) and is_withheld(of, value):
        return Reading(notes=(Note("withheld", {"raw": value.strip()}),))
    if isinstance(value, Flawed) and not (of.kind is Kind.CREDIT_CODE and value.flaw is Flaw.DAMAGED):
        return _doubt(value.flaw.value, value.text)
    try:
        return _READERS.get(of.kind, _plainly)(value, column, of, settings, form)
    except UnitMissingError:
        return Reading(question="unit")
    except ValueRefusedError as error:
        return Reading(
            notes=(Note("unreadable", {"raw": cell_text(value).strip(), "why": error.message}, doubtful=True),)
        )


def _is_placeholder(text: str) -> bool:
    bare = text.strip()
    return len(bare) <= _LONGEST_PLACEHOLDER and bare.casefold() in PLACEHOLDERS


def _doubt(code: str, raw: str, **more: str) -> Reading:
    return Reading(notes=(Note(code, {"raw": raw.strip(), **more}, doubtful=True),))


def _one(of: Field, value: object, *notes: Note) -> Reading:
    return Reading({} if value is None else {of.name: value}, notes)


def _plainly(value: CellValue, _column: Column, of: Field, _settings: Settings, _form: str) -> Reading:
    if isinstance(value, date | datetime):
        value = value.isoformat()
    return _one(of, read_value(of, value))


# ------------------------------------------------------------------------------------------- figures


def _money(value: CellValue, column: Column, of: Field, _settings: Settings, form: str) -> Reading:
    money = _read_money(value, column, form)
    if money is None:
        return EMPTY
    if column.part == WHOLE_RANGE:
        ends = {"ticket_low": money.low, "ticket_high": money.high}
        told = {name: replace(money, low=end, high=end, text="") for name, end in ends.items() if end is not None}
        return Reading(told, _remarks(money, column))
    if column.part and of.kind is Kind.TAX_YEARS:
        return Reading({of.name: {int(column.part): money}}, _remarks(money, column))
    return _one(of, money, *_remarks(money, column))


def _read_money(value: CellValue, column: Column, form: str) -> Money | None:
    unit = (_unit_in_format(form) if form else None) or (column.unit.word if column.unit else None)
    return read_money(value if isinstance(value, int | Decimal) else cell_text(value), unit=unit)


def _remarks(money: Money, column: Column) -> tuple[Note, ...]:
    if money.vague:
        return (Note("vague", {"raw": money.text}),)
    expected = column.unit.currency if column.unit else money.currency
    if money.currency != expected:
        return (Note("other_currency", {"raw": money.text, "currency": money.currency, "expected": expected}),)
    return ()


def _unit_in_format(form: str) -> str | None:
    """Return the unit a number format writes behind the number: 0.00"亿元"."""
    words = re.findall(r'"([^"]+)"', form)
    unit = unit_of(words[-1]) if words else None
    return unit.word if unit else None


def _land(value: CellValue, column: Column, of: Field, settings: Settings, _form: str) -> Reading:
    unit = column.unit.word if column.unit else None
    if not isinstance(value, str):
        return _one(of, read_land(value if isinstance(value, int | Decimal) else cell_text(value), unit=unit))
    if is_empty(value) and plain(value) not in ("无", "没有"):
        return Reading(notes=(Note("not_given", {"raw": value.strip()}),))
    site = read_site(value, unit)
    if site.question == NO_LAND_QUESTION and site.space is None:
        none = settings.no_land == "none"
        return Reading({of.name: Land(Decimal(0), Decimal(0), text=value.strip())} if none else {}, question="no_land")
    values: dict[str, Any] = {} if site.land is None else {of.name: site.land}
    notes: list[Note] = []
    if site.land is not None and site.land.phase1 is not None:
        notes.append(Note("phase1", {"raw": value.strip(), "phase1": format(site.land.phase1, "f")}))
    if site.space is not None and site.space_kind:
        values["space"] = {site.space_kind: site.space}
        notes.append(Note("space_in_land", {"raw": value.strip(), "kind": site.space_kind}))
    if site.question == SPACE_KIND_QUESTION:
        notes.append(Note("space_kind", {"raw": value.strip()}, doubtful=True))
    return Reading(values, tuple(notes))


def _space(value: CellValue, column: Column, of: Field, _settings: Settings, _form: str) -> Reading:
    unit = column.unit.word if column.unit else None
    if not column.part:
        rooms, notes = read_rooms(cell_text(value), unit)
        return Reading({of.name: rooms} if rooms else {}, notes)
    space = read_space(value if isinstance(value, str | int | Decimal) else cell_text(value), unit=unit)
    return Reading({} if space is None else {of.name: {column.part: space}})


def _number(value: CellValue, column: Column, of: Field, _settings: Settings, form: str) -> Reading:
    given: object = cell_text(value) if isinstance(value, date | datetime) else value
    unit = column.unit
    bare = plain(cell_text(value)) if not isinstance(value, Flawed) else ""
    if unit and unit.factor != 1 and _PLAIN_NUMBER.fullmatch(bare):
        given = format(Decimal(bare.replace(",", "")) * unit.factor, "f")
    if "%" in form and isinstance(value, int | Decimal):
        given = f"{value * 100}%"
    number = read_value(of, given)
    return _one(of, number)


# ------------------------------------------------------------------------------------------- dates


def _date(value: CellValue, _column: Column, of: Field, settings: Settings, form: str) -> Reading:
    given, typed = value, not isinstance(value, str)
    if isinstance(value, str) and settings.untyped and re.fullmatch(r"\s*(?:19|20)\d\d\.\d\s*|\s*\d{5}\s*", value):
        given = Decimal(value.strip())
    short = _SHORT_YEAR.fullmatch(plain(given)) if isinstance(given, str) else None
    if short:
        return _in_this_century(short, cell_text(value), of)
    if isinstance(given, Decimal) and date_question(given):
        return _january_or_october(given, of, settings)
    if isinstance(given, str) and _WITHOUT_YEAR.fullmatch(plain(given)):
        answered = None if settings.year is None else read_date(given, year=settings.year)
        return Reading({} if answered is None else {of.name: answered}, question="year")
    try:
        found = read_value(of, given)
    except AmbiguousDateError as error:
        return _month_or_day(error.choices, of, settings)
    if isinstance(found, PartialDate) and typed:
        found = _as_shown(found, form)
    serial = isinstance(given, int | Decimal) and given > 2200  # noqa: PLR2004  (a day number, no year)
    notes = (Note("serial_date", {"raw": cell_text(value), "date": str(found)}),) if serial and found else ()
    return _one(of, found, *notes)


def _in_this_century(short: re.Match[str], raw: str, of: Field) -> Reading:
    """Return the date of 24.10.2 or 24年10月: the year comes first, as Chinese dates go, and is of this century."""
    parts = [part for part in short.groups() if part]
    found = read_date("-".join((f"20{parts[0]}", *parts[1:])))
    return _one(of, found, Note("short_year", {"raw": raw.strip(), "date": str(found)}))


def _january_or_october(number: Decimal, of: Field, settings: Settings) -> Reading:
    values = {of.name: PartialDate(int(number), int(settings.month))} if settings.month else {}
    return Reading(values, question="month")


def _month_or_day(choices: tuple[PartialDate, ...], of: Field, settings: Settings) -> Reading:
    meant = {"month_first": choices[0], "day_first": choices[-1]}.get(settings.order)
    return Reading({} if meant is None else {of.name: meant}, question="day_month")


def _as_shown(found: PartialDate, form: str) -> PartialDate:
    """Return a date as its cell shows it: without its day where the number format has none."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]', "", form).lower()
    if "y" in shown and "d" not in shown and found.day == 1:
        return replace(found, day=None) if "m" in shown else PartialDate(found.year)
    return found


# ------------------------------------------------------------------------------------------- words


def _text(value: CellValue, column: Column, of: Field, settings: Settings, form: str) -> Reading:
    if of.name == "industry":
        return _industry(value)
    if of.name == "contact":
        return _contact(value)
    if isinstance(value, str) and value.isalpha() and not of.choices and len(value) > LONGEST_EMPTY:
        return Reading({of.name: value})  # nearly every text: one word, nothing to trim, no word for empty
    if isinstance(value, str) and "\n" in value:
        value = re.sub(r"(?<=[^\x00-\x7f])\s*[\r\n]+\s*|\s*[\r\n]+\s*(?=[^\x00-\x7f])", "", value.strip())
    return _plainly(value, column, of, settings, form)


def _texts(value: CellValue, column: Column, of: Field, settings: Settings, form: str) -> Reading:
    if isinstance(value, str) and of.name == "fields":
        value = "、".join(split_words(value)) or value
    if isinstance(value, str) and of.choices is FINANCING_STAGE_CHOICES and (between := stages_between(value)):
        told = "、".join(between)
        return _plainly(told, column, of, settings, form)._replace(
            notes=(Note("stages_between", {"raw": value.strip(), "stages": told}),)
        )
    return _plainly(value, column, of, settings, form)


def _industry(value: CellValue) -> Reading:
    text = cell_text(value)
    if is_empty(text):
        return EMPTY
    words = split_words(re.sub(r"\s*[\r\n]+\s*", "、", text.strip()))
    known = tuple(dict.fromkeys(TAXONOMY.aliases.get(plain(word), word) for word in words if not is_empty(word)))
    if not known:
        return EMPTY
    renamed = [word for word in words if plain(word) in TAXONOMY.aliases]
    notes = tuple(Note("alias", {"raw": word, "field": TAXONOMY.aliases[plain(word)]}) for word in renamed)
    return Reading({"industry": known[0], **({"industries": known[1:]} if known[1:] else {})}, notes)


def _contact(value: CellValue) -> Reading:
    text = cell_text(value)
    if is_empty(text):
        return EMPTY
    phones = _PHONE_IN_TEXT.findall(text)
    name = re.sub(r"\s+", " ", _PHONE_IN_TEXT.sub(" ", text)).strip(" ,，、:：()（）;；/")
    values: dict[str, Any] = {"contact": name} if name else {}
    if phones:
        values["contact_phone"] = "、".join(dict.fromkeys(re.sub(r"[ ]", "", phone) for phone in phones))
    return Reading(values)


def _choice(value: CellValue, column: Column, of: Field, settings: Settings, form: str) -> Reading:
    text = cell_text(value).strip()
    if of.name == "area":
        return _area(text)
    if is_empty(text) and of.name != "status":
        return EMPTY
    if of.name == "stage":
        found = stage_of(plain(text))
        if found is None and planned_stage_of(plain(text)):
            return Reading(question="stage_ahead")
        return Reading({found[0]: found[1]}) if found else _doubt("unknown_stage", text)
    if of.name == "land_use" and (use := land_use_of(plain(text))):
        told = () if plain(text).lower() in lookup(of.choices) else (Note("land_use", {"raw": text, "use": use}),)
        return Reading({of.name: use}, told)
    return _plainly(value, column, of, settings, form)


def _area(text: str) -> Reading:
    if is_empty(text):
        return Reading(notes=(Note("not_given", {"raw": text}),))
    area = area_of(text)
    return Reading({"area": area}) if area else Reading(question="area")


def _credit_code(value: CellValue, _column: Column, of: Field, _settings: Settings, _form: str) -> Reading:
    text = cell_text(value).strip()
    if is_empty(text) or _NOT_YET.fullmatch(plain(text)):
        return EMPTY
    number = isinstance(value, int | Decimal) and value >= DAMAGED_FROM
    if isinstance(value, Flawed) or number or _SCIENCE.fullmatch(plain(text)):
        return _doubt("damaged", text)
    read = read_credit_code(text)
    if read.fault is None:
        return _one(of, read.code)
    more = {name: str(found) for name, found in read.fault.parameters.items()}
    if read.hint:
        more["hint"] = read.hint
    return _doubt(read.fault.code, normalise_credit_code(text), **more)


def _phone(value: CellValue, column: Column, of: Field, settings: Settings, form: str) -> Reading:
    try:
        listed = re.sub(r"[\r\n]+", "、", value.strip()) if isinstance(value, str) else value
        return _plainly(listed, column, of, settings, form)
    except ValueRefusedError:
        if any(character.isdigit() for character in cell_text(value)):
            raise
        return Reading(notes=(Note("no_phone", {"raw": cell_text(value).strip()}),))


def _note(value: CellValue, column: Column, of: Field, settings: Settings, form: str) -> Reading:
    """Return telling text; a date in it is pointed out and makes no other field."""
    reading = _plainly(value, column, of, settings, form)
    dates = [str(found) for found in find_dates(value)] if isinstance(value, str) and reading.values else []
    if not dates or column.labelled:
        return reading
    return Reading(reading.values, (Note("date_in_text", {"raw": cell_text(value).strip(), "date": dates[0]}),))


_READERS: Mapping[Kind, Callable[[CellValue, Column, Field, Settings, str], Reading]] = {
    Kind.MONEY: _money,
    Kind.TAX_YEARS: _money,
    Kind.LAND: _land,
    Kind.SPACES: _space,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.MOMENT: _date,
    Kind.TEXT: _text,
    Kind.TEXTS: _texts,
    Kind.NOTE: _note,
    Kind.CHOICE: _choice,
    Kind.CREDIT_CODE: _credit_code,
    Kind.PHONE: _phone,
}
