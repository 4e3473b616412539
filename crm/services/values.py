"""Values on their way into a record: read as people write them, or taken as they are; then through the text gate."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, TypeAlias

from crm.database.bulk import Encoded
from crm.database.derived import derive
from crm.domain.fields.codec import CODECS
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.domain.fields.values import Lease, Phase, Platform, Plot
from crm.domain.quantities import Money, Space, Span
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.services.text_gate import are_clean, clean_document, clean_text

WORDS = frozenset((Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.CREDIT_CODE, Kind.PHONE))
"""Kinds whose value is a text: what is given is always read, so that a word becomes its code on every way in."""

WITHOUT_TEXT = frozenset((Kind.FLAG, Kind.YEAR, Kind.DATE, Kind.MOMENT))
"""Kinds in whose values there is no text to clean."""

PARTS: Mapping[Kind, type] = {
    Kind.TEXTS: str,
    Kind.PLOTS: Plot,
    Kind.PHASES: Phase,
    Kind.LEASES: Lease,
    Kind.PLATFORMS: Platform,
    Kind.SPACES: Space,
    Kind.TAX_YEARS: Money,
}
"""Of what class the parts of a structured value are."""

Fitted: TypeAlias = tuple[dict[str, Any], dict[str, Any]]
"""The domain values of a record and their JSON documents for storage, by name of the field."""

_LEFT_OUT = object()
"""Stands in a column for a record without that field."""


def checked(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of fields as a record holds them; None empties a field.

    Args:
        kind: leads, communities, funds or plots.
        values: field name -> domain value, JSON value, or text as people write it.

    Raises:
        ValueRefusedError: the kind has no such field, the value cannot be read, or a text cannot be stored.
    """
    return {name: fitting(field, given)[0] for name, field, given in _fields(kind, values)}


def encoded(kind: str, values: Mapping[str, Any]) -> Encoded:
    """Return the values of fields ready for the set-based statements of ``crm.database.bulk``.

    Raises:
        ValueRefusedError: as ``checked``.
    """
    found = {name: fitting(field, given) for name, field, given in _fields(kind, values)}
    documents = {name: document for name, (_value, document) in found.items()}
    return Encoded(documents, derive(kind, {name: value for name, (value, _document) in found.items()}))


def fitted(kind: str, values: Mapping[str, Any]) -> Fitted:
    """Return domain values and their JSON documents for storage, by name; what says nothing is left out.

    For many records whose values were read before: a text is read again only when the text gate changes it.

    Raises:
        ValueRefusedError: as ``checked``.
    """
    found: dict[str, Any] = {}
    documents: dict[str, Any] = {}
    for name, field, given in _fields(kind, values):
        if field.kind in WORDS and given and clean_text(field, given) == given:
            found[name] = documents[name] = given
            continue
        value, document = fitting(field, given)
        if value is not None:
            found[name], documents[name] = value, document
    return found, documents


def fitted_many(kind: str, rows: Sequence[dict[str, Any]]) -> list[Fitted | ValueRefusedError]:
    """Return of each record what ``fitted`` returns or raises: field by field, each value that several share once.

    Args:
        kind: leads, communities, funds or plots.
        rows: field name -> domain value, of each record; what is read again is as for ``fitted``.
    """
    documents = [dict(row) for row in rows]
    alone: set[int] = set()  # rows with a value that does not fit as it is: looked at by themselves
    for name in dict.fromkeys(chain.from_iterable(rows)):
        field, column = RECORD_FIELDS[kind].get(name), [row.get(name, _LEFT_OUT) for row in rows]
        if field is None:
            alone.update(place for place, given in enumerate(column) if given is not _LEFT_OUT)
        elif field.kind in WORDS:
            alone.update(_unclean(column))
        else:
            alone.update(_put_documents(field, column, documents))
    return [_alone(kind, row) if place in alone else (row, documents[place]) for place, row in enumerate(rows)]


def _unclean(column: Sequence[Any]) -> Iterator[int]:
    """Yield the places of the texts of a field that the text gate changes or refuses; nearly always none."""
    texts = [given for given in column if isinstance(given, str)]
    if len(texts) < len(column) or not are_clean(texts):
        for place, given in enumerate(column):
            if given is not _LEFT_OUT and not (isinstance(given, str) and are_clean((given,))):
                yield place


def _put_documents(field: Field, column: Sequence[Any], documents: Sequence[dict[str, Any]]) -> Iterator[int]:
    """Put the documents of a field's values into the records; yield the places of values that do not fit as they are.

    Values are told apart by identity: equal cells were read as one value, and to compare figures takes longer.
    """
    values = {id(given): given for given in column if given is not _LEFT_OUT}
    write = CODECS[field.kind].write if _are_clean_figures(field, values.values()) else partial(_document, field)
    known = {key: write(given) for key, given in values.items()}
    for place, given in enumerate(column):
        if given is _LEFT_OUT:
            continue
        document = known[id(given)]
        if document is None:
            yield place
        else:
            documents[place][field.name] = document


def _are_clean_figures(field: Field, values: Collection[Any]) -> bool:
    """Return whether all are figures of the field's class that fit as they are: what was entered is their only text."""
    holds = CODECS[field.kind].holds
    if not (isinstance(holds, type) and issubclass(holds, Span)) or any(
        value.__class__ is not holds for value in values
    ):
        return False
    return are_clean([value.text for value in values if value.text])


def _document(field: Field, given: Any) -> Any:  # noqa: ANN401  (what a field may be given; a JSON document)
    """Return the JSON document of a value that fits as it is; None of any other."""
    with suppress(ValueRefusedError):
        value, document = fitting(field, given)
        return document if value is given else None
    return None


def _alone(kind: str, row: Mapping[str, Any]) -> Fitted | ValueRefusedError:
    try:
        return fitted(kind, row)
    except ValueRefusedError as error:
        return error


def fitting(field: Field, given: Any) -> tuple[Any, Any]:  # noqa: ANN401  (what a field may be given)
    """Return the domain value of a field, every text in it in one form, and its JSON document for storage.

    Both are None where nothing is said.

    Raises:
        ValueRefusedError: it cannot be read, or a text in it cannot be stored.
    """
    if isinstance(given, str):
        given = clean_text(field, given)
    value = given if is_value(field.kind, given) else read_value(field, given)
    if value is None or field.kind in WORDS:
        return value, value
    if field.kind in WITHOUT_TEXT:
        return value, CODECS[field.kind].write(value)
    codec = CODECS[field.kind]
    if isinstance(value, Span):  # of a figure, what was entered is the only text
        clean = clean_text(field, value.text) if value.text else ""
        value = value if clean == value.text else replace(value, text=clean)
        return value, codec.write(value)
    document = codec.write(value)
    clean = clean_document(field, document)
    return (value, document) if clean == document else (codec.read(clean), clean)


def is_value(kind: Kind, given: Any) -> bool:  # noqa: ANN401  (what a field may be given)
    """Return whether it is a domain value of the kind already, to the last part."""
    if kind in WORDS or kind is Kind.CHOICES or not isinstance(given, CODECS[kind].holds):
        return False
    part = PARTS.get(kind)
    if part is None:
        return not (isinstance(given, bool) and kind is not Kind.FLAG)
    parts: Any = given.values() if isinstance(given, Mapping) else given
    return all(isinstance(each, part) for each in parts)


def _fields(kind: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Field, Any]]:
    fields = RECORD_FIELDS[kind]
    for name, given in values.items():
        if name not in fields:
            raise ValueRefusedError(_("There is no field {field}.").format(field=name), where=name)
        yield name, fields[name], given
