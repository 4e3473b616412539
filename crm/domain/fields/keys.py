"""What names a record of a described kind: the fields it cannot be without, and the code its key gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS, RECORD_KINDS
from crm.domain.fields.words import list_mark
from crm.domain.quantities import CHINA_TIME
from crm.i18n import _

BETWEEN = "/"


def key_code(kind: str, values: Mapping[str, object]) -> str | None:
    """Return the code that the key of a record gives it: ``QY-2026-0001/2027/actual``; None where its kind has no key.

    Parts that are not known are left out; those that are needed are asked for elsewhere.
    """
    described = RECORD_KINDS.get(kind)
    if described is None or not described.key:
        return None
    return BETWEEN.join(_part(values[name]) for name in described.key if values.get(name) is not None) or None


def _part(value: object) -> str:
    """Return a value as a part of a code: a moment as the clocks of China show it, wherever it was read."""
    if isinstance(value, datetime):
        return value.astimezone(CHINA_TIME).strftime("%Y-%m-%dT%H:%M")
    return str(value)


def missing_needed(kind: str, values: Mapping[str, object]) -> list[str]:
    """Return the fields that a record cannot be without and that say nothing; none for a kind that needs none.

    An empty entry (待补录) waits for its name.
    """
    if values.get("status") in ("slot", "to_confirm"):
        return []
    return [name for name, field in RECORD_FIELDS[kind].items() if field.needed and not values.get(name)]


def needed_text(kind: str, names: Sequence[str]) -> str:
    """Return the sentence about fields that are missing."""
    fields = RECORD_FIELDS[kind]
    labels = list_mark().join(_(fields[name].label) for name in names)
    return _("{kind}: {fields} must be filled in.").format(kind=_(KIND_LABELS[kind]), fields=labels)
