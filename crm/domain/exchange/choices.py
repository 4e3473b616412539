"""Which columns of a ledger, and in which order its rows: as people write it (``name, land, 达产年税收``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from crm.domain.conditions import ORDERED
from crm.domain.fields.reading import fields_of
from crm.domain.fields.registry import Field, Kind
from crm.domain.fields.standing import STANDING_FIELDS
from crm.domain.fields.words import list_mark
from crm.domain.imports.labels import field_of_label
from crm.domain.imports.texts import plain
from crm.errors import ValueRefusedError
from crm.i18n import _

RESULTS: Mapping[str, str] = {name: field.label for name, field in STANDING_FIELDS.items()}
"""What the program works out for a lead; the list shows it, and so can a ledger."""

_PARTED = frozenset((Kind.SPACES, Kind.TAX_YEARS))
_SORTED = ORDERED | {Kind.TEXT, Kind.CHOICE, Kind.CREDIT_CODE, Kind.FLAG}
_BETWEEN = re.compile(r"[,，、;；]\s*")
_DIRECTIONS = {"desc": True, "降序": True, "asc": False, "升序": False}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A column that was asked for: a field, one entry of a field, or (``field`` is None) a result of the program."""

    name: str
    field: Field | None
    part: str = ""


@dataclass(frozen=True, slots=True)
class SortKey:
    """What rows are sorted by; what is unknown stands last both ways."""

    field: Field
    descending: bool = False


def read_columns(kind: str, text: str) -> list[Chosen]:
    """Return the columns of a list of names or labels: ``name, land, space.研发, verdict``; [] for "".

    Raises:
        ValueRefusedError: no column is called so, or it is named twice; the message tells the nearest or the possible.
    """
    found: list[Chosen] = []
    for word in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        chosen = _column(kind, word)
        if chosen in found:
            raise ValueRefusedError(_("The column {name} is named twice.").format(name=word), where="--columns")
        found.append(chosen)
    return found


def read_order(kind: str, text: str) -> list[SortKey]:
    """Return what rows are sorted by: ``area, annual_tax desc``; [] for "".

    Raises:
        ValueRefusedError: no field is called so, or rows cannot be sorted by it.
    """
    found: list[SortKey] = []
    for word in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        name, _blank, last = word.rpartition(" ")
        descending = _DIRECTIONS.get(last.lower())
        field = _field(kind, name.strip() if name and descending is not None else word)
        if field is None or field.kind not in _SORTED or field.personal:
            message = _("Rows cannot be sorted by “{name}”.")
            raise ValueRefusedError(message.format(name=word), where="--sort")
        found.append(SortKey(field, bool(descending)))
    return found


def nearest(word: str, names: Mapping[str, str]) -> list[str]:
    """Return the names (or labels, the values) that a mistyped word may mean, the likeliest first, at most three."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (only a mistyped word costs its start)

    words = {**{name: name for name in names}, **{label: name for name, label in names.items()}}
    found = process.extract(word, words.keys(), scorer=fuzz.ratio, limit=6, score_cutoff=50)
    return list(dict.fromkeys(words[each] for each, _score, _place in found))[:3]


def _column(kind: str, word: str) -> Chosen:
    if kind == "leads":
        for name, label in RESULTS.items():
            if word.lower() == name or plain(word) == plain(_(label)):
                return Chosen(name, None)
    name, _dot, part = word.partition(".")
    field = _field(kind, name)
    if field is None or (part and (field.kind not in _PARTED or not _is_part(field, part))):
        raise ValueRefusedError(_unknown(kind, word), where="--columns")
    return Chosen(field.name, field, part)


def _is_part(field: Field, part: str) -> bool:
    return field.kind is Kind.SPACES or (part.isascii() and part.isdigit())


def _field(kind: str, word: str) -> Field | None:
    fields = fields_of(kind)
    name = field_of_label(fields, plain(word)) or field_of_label(fields, word.strip())
    return fields.get(name) if name else None


def _unknown(kind: str, word: str) -> str:
    names = {name: _(field.label) for name, field in fields_of(kind).items()}
    near = nearest(word, names)
    if near:
        message = _("There is no column “{name}”. Perhaps: {near}.")
        return message.format(name=word, near=list_mark().join(_said(names, each) for each in near))
    message = _("There is no column “{name}”. Possible are: {names}.")
    return message.format(name=word, names=list_mark().join(names))


def _said(names: Mapping[str, str], name: str) -> str:
    return _("{text} ({note})").format(text=name, note=names[name])
