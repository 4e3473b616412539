"""Conditions in words: on a chip, over a printed list. 达产年税收 ≥ 5000万元 或 用地需求 为空."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.condition_groups import Group, Groups, Relation, Test, groups_of
from crm.domain.conditions import LISTS, Condition, parse_condition
from crm.domain.fields.field import Field, Kind
from crm.domain.fields.reading import fields_of, read_value
from crm.domain.fields.standing import WORKED_OUT
from crm.domain.fields.words import list_mark
from crm.domain.fields.writing import value_to_text
from crm.errors import UserError
from crm.i18n import N_, _, pgettext

RELATION_WORDS: Mapping[Relation, str] = {
    Relation.IS: N_("is one of"),
    Relation.IS_NOT: N_("is none of"),
    Relation.CONTAINS: N_("has in it"),
    Relation.AT_LEAST: N_("at least"),
    Relation.AT_MOST: N_("at most"),
    Relation.BETWEEN: N_("from … to"),
    Relation.MORE: N_("more than"),
    Relation.LESS: N_("less than"),
    Relation.EMPTY: N_("is empty (missing)"),
    Relation.FILLED: N_("is filled in"),
}
"""What a person chooses a relation by."""

_SIGNS = {Relation.AT_LEAST: "≥", Relation.AT_MOST: "≤", Relation.MORE: ">", Relation.LESS: "<"}


def askable_fields(kind: str) -> Mapping[str, Field]:
    """Return the fields of a kind of record that can be asked about, with what is worked out for it, by name.

    Raises:
        NotFoundError: there is no such kind of record.
    """
    return {**fields_of(kind), **WORKED_OUT.get(kind, {})}


def explain_text(kind: str, text: str) -> str:
    """Return a condition of the contract in words.

    Raises:
        ValueRefusedError: it cannot be understood.
    """
    return explain_condition(kind, parse_condition(kind, text), text)


def explain_condition(kind: str, condition: Condition, text: str) -> str:
    """Return a condition in words; one with deeper brackets than groups have stays as it was written."""
    groups = groups_of(condition)
    return text if groups is None else explain_groups(kind, groups)


def explain_groups(kind: str, groups: Groups) -> str:
    """Return groups of tests in words, with brackets where they are needed."""
    several = len(groups.groups) > 1
    parts = [
        pgettext("brackets", "({text})").format(text=text) if several and len(group.tests) > 1 else text
        for group in groups.groups
        if (text := explain_group(kind, group))
    ]
    return link_word(any_of=groups.any_of).join(parts)


def explain_group(kind: str, group: Group) -> str:
    """Return the tests of one group in words."""
    return link_word(any_of=group.any_of).join(explain_test(kind, test) for test in group.tests)


def link_word(*, any_of: bool) -> str:
    """Return what stands between two conditions."""
    return _(" or ") if any_of else _(" and ")


def explain_test(kind: str, test: Test) -> str:
    """Return one test in words."""
    field = askable_fields(kind)[test.field]
    name, relation = _(field.label), test.relation
    values = [_value_text(field, value) for value in test.values]
    if relation is Relation.EMPTY:
        return _("{name} is empty").format(name=name)
    if relation is Relation.FILLED:
        return _("{name} is filled in").format(name=name)
    if relation is Relation.CONTAINS:
        return _("{name} has “{text}” in it").format(name=name, text=values[0] if values else "")
    if relation is Relation.BETWEEN:
        return _("{name} from {low} to {high}").format(name=name, low=values[0], high=values[-1])
    if relation in _SIGNS:
        return f"{name} {_SIGNS[relation]} {values[0]}"
    listed = list_mark().join(values)
    form = _("{name}: {values}") if relation is Relation.IS else _("{name} is not: {values}")
    return form.format(name=name, values=listed)


def _value_text(field: Field, text: str) -> str:
    """Return a typed value as the program shows it; one that cannot be read as it was typed."""
    try:
        value = read_value(field, [text] if field.kind in LISTS else text)
    except UserError:
        return text
    if value is None or field.kind in (Kind.TEXT, Kind.NOTE):
        return text if value is None else value_to_text(field, _with_choice(field, value))
    return value_to_text(field, value)


def _with_choice(field: Field, value: object) -> object:
    """Return a text, or the word of the choice it stands for."""
    return next((_(choice.label) for choice in field.choices if choice.code == value), value)
