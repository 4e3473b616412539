"""Which fields of a record differ: figures by what they say, not by how it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

from crm.domain.quantities import Span


def changed_fields(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Return the names of the fields whose values differ, in the order of ``after``, then of ``before``.

    A missing field is an unknown one. 5亿元 and 50000万元 are the same sum; 约5亿元 is not.
    """
    return [name for name in {**after, **before} if not same_value(before.get(name), after.get(name))]


def same_value(left: object, right: object) -> bool:
    """Return whether two values of a field say the same, however they were written."""
    return left == right or _bare(left) == _bare(right)


def _bare(value: object) -> object:
    """Return the value without the text it was entered as."""
    if isinstance(value, Span):
        return replace(value, text="")
    if isinstance(value, Mapping):
        return {key: _bare(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(_bare(inner) for inner in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), tuple(_bare(getattr(value, field.name)) for field in fields(value))
    return value
