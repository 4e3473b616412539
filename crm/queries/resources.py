"""Communities, funds, plots and whatever else a lead may be given: all records of a kind, ready to be listed.

There are hundreds of them, seldom more: they are read whole, filtered and sorted here. Of a kind with more than
``MOST`` the newest are listed, and the filter looks through the names and codes of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from crm.database import Session
from crm.domain.companies.pinyin import readings
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.domain.matching.communities import community_from_values
from crm.domain.matching.funds import fund_from_values
from crm.domain.matching.reasons import code_order
from crm.models import RECORD_MODELS, table_of
from crm.queries.history import Change, changes_of, shared_sets, undone_sets
from crm.queries.record_search import search_records
from crm.queries.records import Record, load

DOCUMENTS_OWN = "01900000-0000-7000-8"
"""How the uids of the entries begin that the founding document counts without naming them (decisions 14)."""

MOST = 3_000
"""Records of a kind that are listed at once."""

UNCOUNTED = frozenset({"code", "source", "as_of"})
"""Fields that say nothing of the resource itself."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One record of a list.

    Attributes:
        slot: nothing but a place in the founding document's count (待补录).
        known: how many of its facts are known, of ``asked``.
    """

    record: Record
    slot: bool
    known: int
    asked: int


@dataclass(frozen=True, slots=True)
class Resources:
    """All records of a kind that fit, those with facts first, each part in the order of the codes.

    Attributes:
        total: of the kind, whatever fits.
        slots: how many entries the founding document counts; 0 where it counts none.
        filled: how many of those hold facts by now.
    """

    kind: str
    rows: tuple[Resource, ...]
    total: int
    slots: int
    filled: int


@dataclass(frozen=True, slots=True)
class ResourceFacts:
    """What is shown of one resource beside the list."""

    record: Record
    slot: bool
    changes: tuple[Change, ...]
    shared: frozenset[int]
    undone: frozenset[int]


def load_resources(session: Session, kind: str, text: str = "") -> Resources:
    """Return the records of a kind in whose facts a text stands (characters, pinyin or initials of the name too)."""
    total = count_resources(session, (kind,))[kind]
    if total > MOST:
        return _first_of_many(session, kind, text, total)
    every = [_resource(record) for record in load(session, kind)]
    own = [one for one in every if one.record.uid.startswith(DOCUMENTS_OWN)]
    wanted = "".join(text.split()).casefold()
    rows = [one for one in every if not wanted or _has(one.record, wanted)]
    rows.sort(key=lambda one: (one.slot, code_order(one.record.code)))
    return Resources(kind, tuple(rows), len(every), len(own), sum(not one.slot for one in own))


def _first_of_many(session: Session, kind: str, text: str, total: int) -> Resources:
    if text.strip():
        ids = [one.id for one in search_records(session, kind, text, MOST).rows]
    else:
        table = table_of(RECORD_MODELS[kind])
        ids = list(session.connection().execute(select(table.c.id).order_by(table.c.id.desc()).limit(MOST)).scalars())
    rows = tuple(_resource(record) for record in load(session, kind, ids))
    return Resources(kind, rows, total, 0, 0)


def count_resources(session: Session, kinds: Iterable[str]) -> dict[str, int]:
    """Return how many records each kind has."""
    counted = {kind: select(func.count()).select_from(table_of(RECORD_MODELS[kind])) for kind in kinds}
    return {kind: int(session.connection().execute(query).scalar_one()) for kind, query in counted.items()}


def load_resource(session: Session, kind: str, record_id: int) -> ResourceFacts | None:
    """Return what is shown of a resource, or None when it is gone."""
    found = load(session, kind, [record_id])
    if not found:
        return None
    return ResourceFacts(
        found[0],
        is_slot(kind, found[0].values),
        tuple(changes_of(session, kind, record_id)),
        shared_sets(session, kind, record_id),
        undone_sets(session),
    )


def is_slot(kind: str, values: Mapping[str, Any]) -> bool:
    """Return whether a record is an empty entry, which is never recommended."""
    if kind == "communities":
        return community_from_values(values).slot
    if kind == "carriers":
        return values.get("status") == "slot"
    return kind == "funds" and fund_from_values(values).slot


def _resource(record: Record) -> Resource:
    asked = [name for name in RECORD_FIELDS[record.kind] if name not in UNCOUNTED]
    known = sum(name in record.values for name in asked)
    return Resource(record, is_slot(record.kind, record.values), known, len(asked))


def _has(record: Record, wanted: str) -> bool:
    fields = RECORD_FIELDS[record.kind]
    texts = (value_to_text(fields[name], value) for name, value in record.values.items())
    if any(wanted in "".join(text.split()).casefold() for text in texts):
        return True
    name = str(record.values.get("name") or "")
    return wanted.isascii() and bool(name) and (sounds(name, wanted))


def sounds(name: str, wanted: str) -> bool:
    """Return whether a part of a name reads as this, in full pinyin or by initials; any reading of a character counts.

    Args:
        name: with Chinese characters.
        wanted: small letters and digits.
    """
    return any(_reads(name, place, wanted) for place in range(len(name)))


def _reads(name: str, place: int, wanted: str) -> bool:
    if not wanted:
        return True
    if place == len(name):
        return False
    spelt = readings(name[place]) or (name[place].casefold(),)
    for each in spelt:
        if each.startswith(wanted):  # the last syllable may be begun only
            return True
        for part in {each, each[:1]}:
            if part and wanted.startswith(part) and _reads(name, place + 1, wanted[len(part) :]):
                return True
    return False
