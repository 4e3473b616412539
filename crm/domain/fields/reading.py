"""Values of fields from what is given: JSON, a cell, or text as people write it. One function for every door."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from crm.domain.fields.contacts import read_credit_code_value, read_phone
from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS, Field, Kind
from crm.domain.fields.spans import read_land_value, read_money_value, read_number_value
from crm.domain.fields.structures import (
    canonical_kind,
    read_leases,
    read_phases,
    read_platforms,
    read_plots,
    read_spaces,
    read_tax_years,
)
from crm.domain.fields.words import list_mark, read_choice, read_choices, read_flag, read_note, read_text, read_texts
from crm.domain.quantities import CHINA_TIME, PartialDate, is_empty, narrow, quoted, read_date, read_year
from crm.domain.quantities.plain import plain
from crm.errors import NotFoundError, ValueRefusedError
from crm.i18n import LANGUAGES, _, use_language

NEAREST, NEAR = 3, 0.6
"""How many fields are proposed for a word that is none, and how like it they must be (of ``difflib``)."""

_UNIT_BEHIND = re.compile(r"\([^()]*\)$")
"""The unit behind the heading of an export: 用地需求（亩）."""

_MAY_HAVE_NONE = frozenset((Kind.TEXTS, Kind.CHOICES, Kind.PLATFORMS))


def read_value(field: Field, given: object) -> object | None:
    """Return the domain value of a field (what ``field.kind`` says it holds), or None where nothing is said.

    An empty list says something: a community with ``"environment": []`` has none of these abilities, which refuses a
    lead that needs one; null leaves it to be checked.

    Args:
        field: of the registry.
        given: a JSON value, a cell's value (text, int, float, Decimal, date), or text as people write it. Lists may be
            ``a|b``; spaces 研发=1200㎡|办公=300㎡; plots 高铁新城:25亩:工业:5000.

    Raises:
        ValueRefusedError: one clear sentence on what cannot be read; ``where`` is the name of the field.
    """
    if given is None or given == "":
        return None
    if field.kind in _MAY_HAVE_NONE and isinstance(given, list | tuple) and not given:
        return ()
    try:
        return _READERS[field.kind](field, given)
    except ValueRefusedError as error:
        if error.where is None:
            error.where = field.name
        raise


def read_record(kind: str, document: Mapping[str, object]) -> dict[str, object]:
    """Return the record of a JSON object: field name → domain value; a field given as null or empty is None.

    Args:
        kind: ``leads``, ``communities``, ``funds`` or ``plots``.
        document: field name → value as :func:`read_value` takes it.

    Raises:
        ValueRefusedError: a key that is no field (named in the message), or a value that cannot be read.
    """
    fields = fields_of(kind)
    return {
        name: read_value(fields[name] if name in fields else field_named(kind, name), given)
        for name, given in document.items()
    }


def fields_of(kind: str) -> Mapping[str, Field]:
    """Return the fields of a kind of record.

    Raises:
        NotFoundError: there is no such kind of record.
    """
    if kind not in RECORD_FIELDS:
        raise NotFoundError(
            _("There are no records of kind “{kind}”; there are {kinds}.").format(
                kind=kind, kinds=", ".join(RECORD_FIELDS)
            )
        )
    return RECORD_FIELDS[kind]


def field_named(kind: str, name: str) -> Field:
    """Return the field of a kind of record.

    Raises:
        NotFoundError: there is no such kind of record.
        ValueRefusedError: the kind has no such field.
    """
    fields = fields_of(kind)
    if name not in fields:
        raise ValueRefusedError(_no_field(kind, name), where=name)
    return fields[name]


def field_called(kind: str, word: str) -> Field:
    """Return the field that a person names: by its name, or its label in either language, in any width and case.

    Raises:
        NotFoundError: there is no such kind of record.
        ValueRefusedError: the kind has no such field; the message proposes the nearest.
    """
    known, key = spellings(kind), spelling(word)
    return known.get(key) or known.get(_UNIT_BEHIND.sub("", key)) or field_named(kind, word.strip())


@cache
def spellings(kind: str) -> Mapping[str, Field]:
    """Return the fields of a kind of record by every spelling of theirs: the name, the label in each language.

    Raises:
        NotFoundError: there is no such kind of record.
    """
    found: dict[str, Field] = {}
    for name, field in fields_of(kind).items():
        found[spelling(name)] = field
    for language in LANGUAGES:
        with use_language(language):
            for field in RECORD_FIELDS[kind].values():
                found.setdefault(spelling(_(field.label)), field)
    return found


def spelling(word: str) -> str:
    """Return a name or label as it is compared: narrow, without blanks, in small letters."""
    return "".join(narrow(word).split()).casefold()


def _no_field(kind: str, name: str) -> str:
    """Return that a kind of record has no such field, with the fields whose names are nearest."""
    from difflib import get_close_matches  # noqa: PLC0415  (only for a word that is no field)

    text = _("There is no field “{name}” in {kind}.").format(name=quoted(name), kind=_(KIND_LABELS[kind]))
    near = get_close_matches(spelling(name), spellings(kind), NEAREST, NEAR)
    fields = {spellings(kind)[each].name: _(spellings(kind)[each].label) for each in near}
    if fields:
        shown = list_mark().join(_("{label} ({name})").format(label=label, name=own) for own, label in fields.items())
        text = _("{message} Is one of these meant: {fields}?").format(message=text, fields=shown)
    return text


def read_assignment(kind: str, text: str, current: Mapping[str, object]) -> tuple[str, object | None]:
    """Return the field and its new value of ``field=value``, ``field=`` (empties) or an entry ``space.研发=1200㎡``.

    Args:
        kind: of the record.
        text: as on the command line; the field by its name or its label, in any width.
        current: the record as it is: an entry is put into the mapping its field holds now, or taken out of it.

    Raises:
        ValueRefusedError: no ``=``, no such field, a field without entries, or a value that cannot be read.
    """
    place = narrow(text).find("=")
    if place < 0:
        raise ValueRefusedError(_("“{text}” is not of the form field=value.").format(text=quoted(text)))
    word, given = text[:place], text[place + 1 :]
    dot = narrow(word).find(".")
    field = field_called(kind, word if dot < 0 else word[:dot])
    try:
        if dot < 0:
            return field.name, read_value(field, given)
        return field.name, with_entry(field, current.get(field.name), word[dot + 1 :].strip(), given)
    except ValueRefusedError as error:
        raise of_field(field, error) from error


def entry_of(text: str) -> str:
    """Return the entry that an assignment names, such as 研发 of ``space.研发=1200㎡``; "" for the whole field."""
    word = narrow(text).partition("=")[0]
    return spelling(word.partition(".")[2])


def of_field(field: Field, error: ValueRefusedError) -> ValueRefusedError:
    """Return an error about a value with the field named: for a place where people do not see which one they filled."""
    text = _("{field}: {message}").format(field=_(field.label), message=error.message)
    return ValueRefusedError(text, where=error.where or field.name)


def with_entry(field: Field, current: object, key: str, given: object) -> Mapping[object, object] | None:
    """Return what a field with entries (space, tax by year) holds with one entry changed, or taken out when empty.

    Raises:
        ValueRefusedError: the field has no entries, or the entry cannot be read.
    """
    if field.kind not in {Kind.SPACES, Kind.TAX_YEARS}:
        raise ValueRefusedError(_("it has no entries of its own; give the value without a dot."), where=field.name)
    entries: dict[object, object] = dict(current) if isinstance(current, Mapping) else {}
    name: object = canonical_kind(key) if field.kind is Kind.SPACES else read_year(key)
    changed = read_value(field, {key: given})
    entries.pop(name, None)
    if isinstance(changed, Mapping):
        entries |= changed
    return entries or None


def _date(_field: Field, given: object) -> PartialDate | None:
    if isinstance(given, str | int | float | Decimal | dt.date | PartialDate) and not isinstance(given, bool):
        return read_date(given)
    raise ValueRefusedError(_("“{text}” is not a date from 1900 to 2100.").format(text=quoted(given)))


def _year(_field: Field, given: object) -> int | None:
    if isinstance(given, str | int | float | Decimal) and not isinstance(given, bool):
        return read_year(given)
    raise ValueRefusedError(_("“{text}” is not a year from 1900 to 2100.").format(text=quoted(given)))


def _moment(_field: Field, given: object) -> dt.datetime | PartialDate | None:
    """Return an aware moment where a time of day is given; a day, a month or a half-year stays what it is.

    Midnight to the second without a zone is how spreadsheets write a day.
    """
    if isinstance(given, str) and is_empty(given):
        return None
    moment = given if isinstance(given, dt.datetime) else _written_moment(given)
    if moment is None or _is_a_day(given, moment):
        return _date(_field, given if moment is None else moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA_TIME)


def _is_a_day(given: object, moment: dt.datetime) -> bool:
    midnight = moment.tzinfo is None and moment.time() == dt.time()
    return midnight and (isinstance(given, dt.datetime) or str(given).endswith("00:00:00"))


def _written_moment(given: object) -> dt.datetime | None:
    if not isinstance(given, str) or ":" not in given:
        return None
    try:
        return dt.datetime.fromisoformat(plain(given).replace("/", "-"))
    except ValueError:
        return None


_READERS: Mapping[Kind, Callable[[Field, object], object | None]] = {
    Kind.TEXT: read_text,
    Kind.NOTE: read_note,
    Kind.CHOICE: read_choice,
    Kind.CHOICES: read_choices,
    Kind.TEXTS: read_texts,
    Kind.MONEY: read_money_value,
    Kind.LAND: read_land_value,
    Kind.NUMBER: read_number_value,
    Kind.FLAG: read_flag,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.YEAR: _year,
    Kind.SPACES: read_spaces,
    Kind.PLOTS: read_plots,
    Kind.PHASES: read_phases,
    Kind.LEASES: read_leases,
    Kind.PLATFORMS: read_platforms,
    Kind.TAX_YEARS: read_tax_years,
    Kind.CREDIT_CODE: read_credit_code_value,
    Kind.PHONE: read_phone,
}
