"""Conditions in groups, as a person puts them together: all or any of the groups, each all or any of its tests.

``text_of`` writes them in the form of the contract (``--where``), so that a filter of the window, a saved view and the
command line say the same thing; ``groups_of`` takes such a text apart again where it has no deeper brackets.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crm.domain.conditions import (
    LISTS,
    ORDERED,
    WORDS,
    All,
    AnyOf,
    Comparison,
    Condition,
    Emptiness,
    Operator,
    parse_condition,
)
from crm.domain.fields.field import Field, Kind
from crm.domain.fields.writing import value_to_text
from crm.domain.quantities import PartialDate, Span
from crm.errors import ValueRefusedError
from crm.i18n import _, use_language


class Relation(StrEnum):
    """How a test compares a field with what is given."""

    IS = "is"  # one of the values; of a list: it has one of them
    IS_NOT = "is_not"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"  # both ends belong to it
    MORE = "more"
    LESS = "less"
    EMPTY = "empty"
    FILLED = "filled"


VALUES: Mapping[Relation, int] = {Relation.EMPTY: 0, Relation.FILLED: 0, Relation.BETWEEN: 2}
"""How many values a relation takes, where it is not one; ``IS`` and ``IS_NOT`` take one or more."""

SEVERAL = (Relation.IS, Relation.IS_NOT)

_SIGNS = {
    Relation.CONTAINS: Operator.CONTAINS,
    Relation.AT_LEAST: Operator.AT_LEAST,
    Relation.AT_MOST: Operator.AT_MOST,
    Relation.MORE: Operator.MORE,
    Relation.LESS: Operator.LESS,
}
_RELATIONS = {operator: relation for relation, operator in _SIGNS.items()} | {
    Operator.EQUAL: Relation.IS,
    Operator.NOT_EQUAL: Relation.IS_NOT,
}
_PLAIN = re.compile(r"[\w.%㎡/:+-]+")
_LINKS = frozenset(("and", "or", "in", "is", "not", "empty", "contains"))
_QUOTES = (('"', '"'), ("'", "'"), ("“", "”"))


@dataclass(frozen=True, slots=True)
class Test:
    """One field, how it is compared, and with what, as a person types it."""

    __test__ = False  # not one of pytest's

    field: str
    relation: Relation
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Tests of which all hold, or at least one (``any_of``)."""

    tests: tuple[Test, ...]
    any_of: bool = False


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of which all hold, or at least one (``any_of``)."""

    groups: tuple[Group, ...]
    any_of: bool = False


NO_GROUPS = Groups(())


def relations_of(field: Field) -> tuple[Relation, ...]:
    """Return how a field can be compared, the usual way first; any can be asked whether it is filled in."""
    filled = (Relation.EMPTY, Relation.FILLED)
    if field.personal:
        return filled
    if field.kind in ORDERED:
        ordered = (Relation.AT_LEAST, Relation.AT_MOST, Relation.BETWEEN, Relation.MORE, Relation.LESS, Relation.IS)
        return (*ordered, *filled)
    if field.kind in (Kind.CHOICE, Kind.FLAG) or field.kind in LISTS:
        return (Relation.IS, Relation.IS_NOT, *filled)
    if field.kind in WORDS:
        return (Relation.CONTAINS, Relation.IS, Relation.IS_NOT, *filled)
    return filled


def text_of(groups: Groups) -> str:
    """Return the condition of the contract that says the same; "" for no test.

    Raises:
        ValueRefusedError: a value with every kind of quotation mark in it.
    """
    shown = [group for group in groups.groups if group.tests]
    texts = []
    for group in shown:
        tests = [_test_text(test) for test in group.tests]
        text = (" or " if group.any_of else " and ").join(tests)
        texts.append(f"({text})" if len(shown) > 1 and len(tests) > 1 else text)
    return (" or " if groups.any_of else " and ").join(texts)


def checked(kind: str, groups: Groups) -> Condition | None:
    """Return the condition that groups of tests state, None for no test.

    Raises:
        ValueRefusedError: a value that cannot be read, or none where one is needed; it names the field.
    """
    text = text_of(groups)
    return parse_condition(kind, text) if text else None


def groups_of(condition: Condition) -> Groups | None:
    """Return a condition in groups; None where its brackets lie deeper than two levels."""
    test = _test_of(condition)
    if test is not None:
        return Groups((Group((test,)),))
    if not isinstance(condition, All | AnyOf):
        return None
    any_of = isinstance(condition, AnyOf)
    tests = [_test_of(part) for part in condition.parts]
    if all(tests):
        return Groups((Group(tuple(test for test in tests if test is not None), any_of),))
    groups = [
        Group((test,)) if test is not None else _group_of(part)
        for test, part in zip(tests, condition.parts, strict=True)
    ]
    known = tuple(group for group in groups if group is not None)
    return Groups(known, any_of) if len(known) == len(groups) else None


def written(field: Field, value: object) -> str:
    """Return a value as one types it where conditions are written: what was entered, a code's word, an ISO date."""
    if isinstance(value, Span) and value.text:
        return value.text
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime | PartialDate) and field.kind is Kind.DATE:
        return str(value)
    with use_language("zh_CN"):  # what the readers read back; a code without a word stays as it is
        return value_to_text(field, (value,) if field.kind in LISTS else value)


# A condition taken apart.


def _group_of(condition: Condition) -> Group | None:
    if not isinstance(condition, All | AnyOf):
        return None
    tests = tuple(test for part in condition.parts if (test := _test_of(part)) is not None)
    return Group(tests, isinstance(condition, AnyOf)) if len(tests) == len(condition.parts) else None


def _test_of(condition: Condition) -> Test | None:
    """Return a condition as one test: a comparison, a choice of values, a range."""
    if isinstance(condition, Emptiness):
        return Test(condition.field.name, Relation.EMPTY if condition.empty else Relation.FILLED)
    if isinstance(condition, Comparison):
        relation = _RELATIONS[condition.operator]
        return Test(condition.field.name, relation, (written(condition.field, condition.value),))
    compared = [part for part in condition.parts if isinstance(part, Comparison)]
    if len(compared) < len(condition.parts) or len({part.field.name for part in compared}) > 1:
        return None
    operators = [part.operator for part in compared]
    common = _relation_of(operators, any_of=isinstance(condition, AnyOf))
    if common is None:
        return None
    return Test(compared[0].field.name, common, tuple(written(part.field, part.value) for part in compared))


def _relation_of(operators: Sequence[Operator], *, any_of: bool) -> Relation | None:
    if any_of:
        return Relation.IS if set(operators) == {Operator.EQUAL} else None
    if set(operators) == {Operator.NOT_EQUAL}:
        return Relation.IS_NOT
    return Relation.BETWEEN if operators == [Operator.AT_LEAST, Operator.AT_MOST] else None


# Tests as text.


def _test_text(test: Test) -> str:
    relation, values = test.relation, [value.strip() for value in test.values if value.strip()]
    if relation in (Relation.EMPTY, Relation.FILLED):
        return f"{test.field} is {'empty' if relation is Relation.EMPTY else 'not empty'}"
    if len(values) < VALUES.get(relation, 1):
        raise ValueRefusedError(_("A value is missing."), where=test.field)
    if relation is Relation.BETWEEN:
        return f"({test.field} >= {_quoted(values[0])} and {test.field} <= {_quoted(values[1])})"
    if relation in SEVERAL:
        listed = ", ".join(map(_quoted, values))
        return f"{test.field} {'in' if relation is Relation.IS else 'not in'} ({listed})"
    return f"{test.field} {_SIGNS[relation]} {_quoted(values[0])}"


def _quoted(value: str) -> str:
    """Return a value so that nothing in it is taken for a sign or a link."""
    if _PLAIN.fullmatch(value) and value.casefold() not in _LINKS:
        return value
    for begin, end in _QUOTES:
        if begin not in value and end not in value:
            return f"{begin}{value}{end}"
    raise ValueRefusedError(_("A value cannot have all three kinds of quotation marks in it."), where=value)
