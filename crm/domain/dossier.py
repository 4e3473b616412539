"""What is printed of a lead: its facts, frozen, so that the same facts give the same bytes; and their digest.

Made by ``crm.queries.dossiers``; a page reads nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import repeat
from types import NoneType
from typing import Any, Protocol

from crm.domain.follow_ups import FollowUp
from crm.domain.matching.match import Match
from crm.domain.quantities import decimal_text
from crm.domain.thresholds.alternatives import Alternative
from crm.domain.thresholds.case import Case
from crm.domain.thresholds.judgement import Conclusion, Judgement
from crm.domain.thresholds.rules import RuleSet

FACTS_VERSION = 7
"""Grows when the same facts would print other words; part of every digest (decisions 44)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the lead that a change set changed, or the making of the record.

    Attributes:
        at: aware.
        field: name of the field; "" when the whole record was made or deleted.
        before: domain value; None: not known before.
        after: likewise.
        change_set: its number.
    """

    at: datetime
    by: str
    why: str
    action: str
    field: str
    before: object = None
    after: object = None
    change_set: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """A row of a file that the lead's figures come from.

    Attributes:
        sheet: "" for a file without sheets.
        row: as people count it, from 1.
        cells: field -> the cell's text as it was, for the fields that the row filled.
        notes: what was doubtful in it.
        change_set: number of the import.
    """

    file: str
    sheet: str
    row: int
    cells: Mapping[str, str]
    notes: tuple[str, ...] = ()
    change_set: int = 0


@dataclass(frozen=True, slots=True)
class Linked:
    """The records of one kind that name what a document is about.

    Attributes:
        kind: of ``crm.domain.fields.registry``.
        records: field name -> domain value of each, in the order they were entered; personal ones already masked.
    """

    kind: str
    records: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class PastVerdict:
    """The verdict that held after a change of a figure it rests on.

    Attributes:
        change: the last line of the change set that brought it.
        values: of the figures the verdict rests on.
    """

    change: Change
    values: Mapping[str, object]
    conclusion: Conclusion


class PaperFacts(Protocol):
    """What the facts of every document have in common."""

    @property
    def values(self) -> Mapping[str, object]: ...  # noqa: D102  (told by the facts)
    @property
    def on(self) -> date: ...  # noqa: D102
    @property
    def head(self) -> str: ...  # noqa: D102
    @property
    def head_place(self) -> int: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def header(self) -> str: ...  # noqa: D102
    @property
    def marking(self) -> str: ...  # noqa: D102
    @property
    def recipient(self) -> str: ...  # noqa: D102
    @property
    def fictional(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """Everything the documents of one lead say.

    Attributes:
        values: field name -> domain value, personal ones already masked; missing is unknown.
        on: the day the verdicts are made for; the day of the document.
        elsewhere: the same project on a plot in each other area class (decisions 46).
        match: None where nothing was matched.
        changes: of the lead, oldest first.
        origins: of its figures, oldest first.
        follow_ups: of the lead, oldest first.
        verdicts: what came of each change of a figure that the thresholds need, oldest first; the last is today's.
        linked: the records that name the lead: reviews, promises, incentives, approvals, proofs …
        givers: field name -> the change set that gave it the value it has.
        head: seal of the last change set of the whole database: it anchors the history outside the file (decisions 8).
        head_place: how many change sets the chain had then.
        unit: name of the unit that prints; "" when nobody entered it.
        header: text over the page that the unit set itself; "" for none (decisions 10).
        marking: a standing text of the unit such as 内部资料; "" for none (decisions 50).
        recipient: who this copy is for; "" where nobody said.
        transport: of the plot, community or carrier that is the project's site; "" where none is entered (S06).
        profile: name and text of the blocks on the district, where they were asked for (S01).
    """

    values: Mapping[str, object]
    on: date
    case: Case
    judgement: Judgement
    rules: RuleSet
    elsewhere: tuple[Alternative, ...] = ()
    match: Match | None = None
    changes: tuple[Change, ...] = ()
    origins: tuple[Origin, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    verdicts: tuple[PastVerdict, ...] = ()
    linked: tuple[Linked, ...] = ()
    givers: Mapping[str, int] = field(default_factory=dict)
    head: str = ""
    head_place: int = 0
    unit: str = ""
    header: str = ""
    marking: str = ""
    recipient: str = ""
    transport: str = ""
    profile: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """The lead's code."""
        return str(self.values.get("code") or "")

    @property
    def name(self) -> str:
        """The project's name, else its code."""
        return str(self.values.get("name") or self.values.get("code") or "")

    @property
    def fictional(self) -> bool:
        """Whether the data are invented for a demonstration: their names say so (decisions 14)."""
        named = (self.values.get(field) for field in ("name", "investor", "notes"))
        return any("虚构" in str(text) for text in named if text)

    def origin_of(self, field: str) -> Origin | None:
        """Return the row of a file that gave a field the value it has; None: a person did, or nobody knows."""
        number = self.givers.get(field)
        return next((one for one in reversed(self.origins) if one.change_set == number and field in one.cells), None)

    def giver_of(self, field: str) -> Change | None:
        """Return the change that gave a field the value it has."""
        number = self.givers.get(field)
        changes = (one for one in reversed(self.changes) if one.field in ("", field))
        return next((one for one in changes if one.change_set == number), None)


def digest(facts: PaperFacts, template: str) -> str:
    """Return the SHA-256 of the facts a document is made of and of its template (decisions 44).

    The match counts by what came of it, not by the record of every community and fund it was compared with.
    """
    given: Any = facts
    parts = {one.name: getattr(facts, one.name) for one in fields(given)}
    if match := parts.get("match"):
        parts["match"] = (
            match.need,
            match.on,
            match.weights,
            match.communities,
            match.funds,
            match.carriers,
            match.plots,
        )
    content = [FACTS_VERSION, template, plain(parts)]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain(value: object) -> object:
    """Return a domain value as plain JSON that is the same on every machine; numbers are exact texts.

    Raises:
        TypeError: a type that is no fact.
    """
    kind: Any = type(value)
    write = _WRITERS.get(kind)
    if write is None:
        write = _WRITERS[kind] = _writer(kind)
    return write(value)


def _writer(kind: Any) -> Callable[[Any], object]:  # noqa: ANN401  (a type)
    """Return how values of a type are written.

    Raises:
        TypeError: a type that is no fact.
    """
    for kinds, write in _PLAIN:
        if issubclass(kind, kinds):
            return write
    name_of_kind: str = kind.__name__
    if not is_dataclass(kind):
        raise TypeError(f"{name_of_kind} is no fact")
    names = tuple(one.name for one in fields(kind))
    return lambda value: [name_of_kind, _entries(zip(names, map(getattr, repeat(value), names), strict=True))]


def _entries(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {name: value if type(value) in _AS_IT_IS else plain(value) for name, value in pairs}


_AS_IT_IS = frozenset((NoneType, str, bool, int))
"""Types that are JSON already: most values, so they are not looked up."""


def _decimal(value: Decimal) -> str:
    text = str(value)
    return decimal_text(value) if value.is_finite() and not text.isdigit() else text


_PLAIN: tuple[tuple[Any, Callable[[Any], object]], ...] = (
    (NoneType, lambda value: value),
    (Enum, lambda value: value.value),
    ((str, bool, int), lambda value: value),
    (Decimal, _decimal),
    (Fraction, lambda value: f"{value.numerator}/{value.denominator}"),
    (date, lambda value: value.isoformat()),  # a datetime is one
    (Mapping, lambda value: _entries((str(key), each) for key, each in value.items())),
    ((frozenset, set), lambda value: sorted(map(str, value))),
    ((tuple, list), lambda value: [each if type(each) in _AS_IT_IS else plain(each) for each in value]),
)
"""How each kind of value is written, the first that fits."""

_WRITERS: dict[Any, Callable[[Any], object]] = {}
"""What was found for each type so far."""
