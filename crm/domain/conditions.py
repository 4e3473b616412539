"""Conditions on records as people write them (contract, ``--where``), parsed into what a query can be built from.

``area = 高铁新城 and annual_tax >= 5000万元 and land is empty and stage in (在谈, 评审)``: fields by their names of the
contract or their labels (达产年税收 >= 5000万元), signs in any width, values as people write them, ``and`` before
``or``, brackets. What the program works out for a lead can be asked too: tax_per_mu (as the list shows it, the lower
end of a range), verdict, match. Nothing of the text itself reaches a database.

What is not known meets no condition but ``is empty``. A range meets one only when all of it does: 4500–5500万元 is not
``>= 5000万元``, and a month is ``>= 2024-03-01`` when its first day is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeAlias

from crm.domain.fields.reading import field_called, of_field, read_value, spelling, spellings
from crm.domain.fields.registry import Field, Kind
from crm.domain.fields.standing import STANDING_FIELDS, WORKED_OUT
from crm.domain.quantities import Money, Span, narrow
from crm.errors import ValueRefusedError
from crm.i18n import LANGUAGES, _, use_language

PLACE = "--where"
DEEPEST = 50
LONGEST = 5_000


class Operator(StrEnum):
    """How a field is compared with a value."""

    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    CONTAINS = "contains"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field and a value. On a list ``=`` asks whether the value is one of its entries."""

    field: Field
    operator: Operator
    value: object


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Whether a field is (``empty``) or is not filled in."""

    field: Field
    empty: bool


@dataclass(frozen=True, slots=True)
class All:
    """Each of the conditions holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the conditions holds."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Comparison | Emptiness | All | AnyOf

ORDERED = frozenset({Kind.MONEY, Kind.LAND, Kind.NUMBER, Kind.DATE, Kind.MOMENT, Kind.YEAR})
"""Kinds with a less and a more."""

LISTS = frozenset({Kind.TEXTS, Kind.CHOICES})

WORDS = frozenset({Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.CREDIT_CODE})
_COMPARED = ORDERED | LISTS | WORDS | {Kind.FLAG}
_SIGNS = re.compile(
    r"\s*(<=|>=|!=|<>|=|<|>|≤|≥|≠|contains\b|is\s+not\s+empty\b|is\s+empty\b|not\s+in\b|in\b)", re.IGNORECASE
)
_OTHER_SIGNS = {"<>": "!=", "≤": "<=", "≥": ">=", "≠": "!="}
_WORD = re.compile(r"\s*([^\s<>=!≤≥≠()]+)")
_AFTER_NAME = re.compile(r"\s|[<>=!≤≥≠)]|$")
_LINK = re.compile(r"\s+(and|or)(?=[\s(]|$)", re.IGNORECASE)
_UNIT_BEHIND = re.compile(r"\([^()]*\)$")
_QUOTES = {'"': '"', "'": "'", "“": "”"}


def parse_condition(kind: str, text: str) -> Condition:
    """Return the condition that a text states on records of a kind.

    Raises:
        ValueRefusedError: what cannot be understood, and where; or a field, comparison or value that does not fit.
        NotFoundError: there is no such kind of record.
    """
    if len(text) > LONGEST:
        raise ValueRefusedError(_("The condition is longer than {most} characters.").format(most=LONGEST), where=PLACE)
    return _Parser(kind, text).whole()


def fields_asked(condition: Condition) -> frozenset[Field]:
    """Return the fields a condition asks about."""
    if isinstance(condition, All | AnyOf):
        return frozenset[Field]().union(*map(fields_asked, condition.parts))
    return frozenset((condition.field,))


def asks_standing(condition: Condition) -> bool:
    """Return whether a condition asks about what is worked out for a lead, which is to be up to date then."""
    return bool(fields_asked(condition) & frozenset(STANDING_FIELDS.values()))


class _Parser:
    """Reads a condition from left to right."""

    def __init__(self, kind: str, text: str) -> None:
        self._kind = kind
        self._text = text
        self._narrow = narrow(text)  # the same places: names and signs are looked for here
        self._place = 0
        self._depth = 0

    def whole(self) -> Condition:
        condition = self._any()
        if self._rest().strip():
            raise self._unclear()
        return condition

    def _any(self) -> Condition:
        parts = [self._all()]
        while self._takes_link("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all(self) -> Condition:
        parts = [self._one()]
        while self._takes_link("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Condition:
        if not self._takes("("):
            return self._simple()
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._unclear()
        condition = self._any()
        if not self._takes(")"):
            raise self._unclear()
        self._depth -= 1
        return condition

    def _simple(self) -> Condition:
        field = self._field()
        sign = self._match(_SIGNS)
        if sign is None:
            raise self._unclear()
        word = " ".join(sign.lower().split())
        if word in {"is empty", "is not empty"}:
            return Emptiness(field, word == "is empty")
        if word in {"in", "not in"}:
            operator = Operator.EQUAL if word == "in" else Operator.NOT_EQUAL
            parts = tuple(_compared(field, operator, value) for value in self._values())
            return AnyOf(parts) if word == "in" else All(parts)
        return _compared(field, Operator(_OTHER_SIGNS.get(word, word)), self._value(""))

    def _field(self) -> Field:
        """Return the field that stands next: the longest name or label there, blanks inside it counting for nothing."""
        start = self._place + len(self._rest()) - len(self._rest().lstrip())
        for pattern, field in _named_fields(self._kind):
            match = pattern.match(self._narrow, start)
            if match and _AFTER_NAME.match(self._narrow, match.end()):
                self._place = match.end()
                return field
        word = self._match(_WORD)
        if word is None:
            raise self._unclear()
        return field_called(self._kind, word)

    def _values(self) -> Sequence[str]:
        """Return the values of ``(a, b)``."""
        if not self._takes("(") and not self._takes("（"):
            raise self._unclear()
        values = [self._value(",，、")]
        while self._takes(",") or self._takes("，") or self._takes("、"):
            values.append(self._value(",，、"))
        if not self._takes(")") and not self._takes("）"):
            raise self._unclear()
        return values

    def _value(self, ends: str) -> str:
        """Return a value: in quotation marks, or up to a link, a closing bracket, or one of ``ends``."""
        rest = self._rest()
        begun = len(rest) - len(rest.lstrip())
        closing = _QUOTES.get(rest[begun : begun + 1])
        if closing:
            stop = rest.find(closing, begun + 1)
            if stop < 0:
                raise self._unclear()
            self._place += stop + 1
            return rest[begun + 1 : stop]
        stop = self._end_of_value(rest, ends)
        value = rest[:stop].strip()
        if not value or value[0] in "<>=!≤≥≠":
            raise self._unclear()
        self._place += stop
        return value

    @staticmethod
    def _end_of_value(rest: str, ends: str) -> int:
        """Return where a value without quotation marks ends; brackets inside it belong to it."""
        link = None if ends else _LINK.search(rest)
        limit = link.start() if link else len(rest)
        depth = 0
        for place, character in enumerate(rest[:limit]):
            if character in "(（":
                depth += 1
            elif character == ")" or (ends and character == "）"):
                if depth == 0:
                    return place
                depth -= 1
            elif character == "）":
                depth = max(0, depth - 1)
            elif depth == 0 and character in ends:
                return place
        return limit

    def _rest(self) -> str:
        return self._text[self._place :]

    def _takes(self, sign: str) -> bool:
        rest = self._rest()
        if not rest.lstrip().startswith(sign):
            return False
        self._place += rest.index(sign) + 1
        return True

    def _takes_link(self, word: str) -> bool:
        match = re.compile(rf"\s*{word}(?=[\s(]|$)", re.IGNORECASE).match(self._narrow, self._place)
        if match:
            self._place = match.end()
        return match is not None

    def _match(self, pattern: re.Pattern[str]) -> str | None:
        match = pattern.match(self._narrow, self._place)
        if match is None:
            return None
        self._place = match.end()
        return match.group(1)

    def _unclear(self) -> ValueRefusedError:
        here = self._rest().strip()[:20] or _("the end")
        message = _("The condition cannot be understood at “{here}”. Write it as: area = 高铁新城 and land is empty")
        return ValueRefusedError(message.format(here=here), where=PLACE)


@cache
def _named_fields(kind: str) -> Sequence[tuple[re.Pattern[str], Field]]:
    """Return the fields of a kind, and what is worked out for it, by patterns of their spellings, the longest first."""
    known = _worked_out(kind) | dict(spellings(kind))
    longest = sorted(known.items(), key=lambda each: -len(each[0]))
    return [(re.compile(r"\s*".join(map(re.escape, word)), re.IGNORECASE), field) for word, field in longest]


def _worked_out(kind: str) -> dict[str, Field]:
    """Return what is worked out for a kind of record by its spellings: name, label, label without its unit."""
    found: dict[str, Field] = {}
    for name, field in WORKED_OUT.get(kind, {}).items():
        found[spelling(name)] = field
        for language in LANGUAGES:
            with use_language(language):
                label = spelling(_(field.label))
            found |= {label: field, _UNIT_BEHIND.sub("", label): field}
    return found


def _compared(field: Field, operator: Operator, text: str) -> Comparison:
    """Return the comparison of a field with a value as people write it.

    Raises:
        ValueRefusedError: the field cannot be compared so, or the value cannot be read or put in an order.
    """
    ordering = operator in {Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST}
    allowed = field.kind in _COMPARED and not field.personal
    if not allowed or (ordering and field.kind not in ORDERED):
        raise _unfit(field, operator)
    if operator is Operator.CONTAINS:
        if field.kind not in WORDS:
            raise _unfit(field, operator)
        return Comparison(field, operator, text)
    if field.kind in LISTS:
        return Comparison(field, operator, _entry(field, text))
    try:
        value = read_value(field, text)
    except ValueRefusedError as error:
        raise of_field(field, error) from error
    foreign = isinstance(value, Money) and value.currency != "CNY"
    if value is None or foreign or (isinstance(value, Span) and value.low is None and value.high is None):
        message = _("“{text}” cannot be compared with the field {name}: give one amount, in CNY for money.")
        raise ValueRefusedError(message.format(text=text, name=_(field.label)), where=PLACE)
    return Comparison(field, operator, value)


def _entry(field: Field, text: str) -> object:
    """Return the one entry of a list that a text stands for."""
    try:
        entries = read_value(field, [text])
    except ValueRefusedError as error:
        raise of_field(field, error) from error
    if not isinstance(entries, tuple) or len(entries) != 1:
        raise _unfit(field, Operator.EQUAL)
    return entries[0]


def _unfit(field: Field, operator: Operator) -> ValueRefusedError:
    message = _(
        "The field {name} cannot be compared by “{operator}”; “is empty” and “is not empty” always can be asked."
    )
    return ValueRefusedError(message.format(name=_(field.label), operator=operator), where=PLACE)
