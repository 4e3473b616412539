"""Words for a merge: whose value a field has, what moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from crm.domain.companies.merging import Take
from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS
from crm.domain.fields.words import list_mark
from crm.i18n import N_, _

TAKES: Mapping[Take, str] = {Take.KEPT: N_("keep"), Take.GONE: N_("take the other's"), Take.BOTH: N_("both")}
DATA: Mapping[str, str] = {"follow_up": N_("Follow-up"), "task": N_("Task")}
SHOWN = 5
"""Records of one kind that are named."""


class Moving(Protocol):
    """What refers to the record that goes (``crm.queries.relations.Reference``)."""

    @property
    def kind(self) -> str:
        """Word of the kind."""

    @property
    def field(self) -> str:
        """Name of the field that refers."""

    @property
    def ids(self) -> Sequence[int]:
        """Of the rows."""

    @property
    def titles(self) -> Sequence[str]:
        """What people call them."""


def take_word(take: Take) -> str:
    """Return the word for whose value a field has."""
    return _(TAKES[take])


def moves_text(moves: Iterable[Moving]) -> list[str]:
    """Return a line for each kind of record that moves: how many, and the first of them by name."""
    lines = []
    for each in moves:
        kind = _(KIND_LABELS.get(each.kind) or DATA[each.kind])
        label = RECORD_FIELDS[each.kind][each.field].label if each.field in RECORD_FIELDS.get(each.kind, {}) else ""
        named = list_mark().join(each.titles[:SHOWN]) + (" …" if len(each.titles) > SHOWN else "")
        field = _("{kind} ({field})").format(kind=kind, field=_(label)) if label else kind
        lines.append(_("{kind}: {count} – {names}").format(kind=field, count=len(each.ids), names=named))
    return lines
