"""What becomes of two records that are made one: field by field, nothing is lost unsaid (practice.md §2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm.domain.companies.first_reports import Report, first_of
from crm.domain.fields.field import Field, Kind
from crm.domain.fields.registry import RECORD_FIELDS

LISTS = frozenset({Kind.TEXTS, Kind.CHOICES, Kind.NOTE})
"""Kinds of field that can hold what both say."""

REPORTED = ("first_reported_at", "first_reporter")
"""Fields of a lead that go together: those of the lead that was reported first."""

FIXED = ("code",)
"""Fields that stay those of the record that stays."""


class Take(StrEnum):
    """Whose value a field has after the merge."""

    KEPT = "kept"
    GONE = "gone"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of both records.

    Attributes:
        kept: of the record that stays; None: not known.
        gone: of the other.
        take: what is proposed.
        choices: what may be taken; one alone where there is nothing to choose.
    """

    field: Field
    kept: Any
    gone: Any
    take: Take
    choices: tuple[Take, ...]

    @property
    def differs(self) -> bool:
        """Whether a person should look: both say something, and not the same."""
        return len(self.choices) > 1

    def value(self, take: Take | None = None) -> Any:  # noqa: ANN401  (any value of a field)
        """Return the value after the merge."""
        chosen = take or self.take
        if chosen is Take.BOTH:
            return both(self.field, self.kept, self.gone)
        return self.kept if chosen is Take.KEPT else self.gone


def field_pairs(kind: str, kept: Mapping[str, Any], gone: Mapping[str, Any]) -> list[FieldPair]:
    """Return every field that either record knows, in the order of the form, with what is proposed.

    What one alone knows is taken; of two lists and notes both; of two values that of the record that stays. The first
    report is that of the lead reported first (decision 50).
    """
    return list(_pairs(kind, kept, gone))


def _pairs(kind: str, kept: Mapping[str, Any], gone: Mapping[str, Any]) -> Iterator[FieldPair]:
    earlier = _reported_earlier(kept, gone) if kind == "leads" else False
    for name, field in RECORD_FIELDS[kind].items():
        mine, other = kept.get(name), gone.get(name)
        if name in FIXED or (mine is None and other is None):
            continue
        if mine == other or other is None:
            yield FieldPair(field, mine, other, Take.KEPT, (Take.KEPT,))
        elif name in REPORTED and kind == "leads":
            take = Take.GONE if earlier else Take.KEPT
            yield FieldPair(field, mine, other, take, (take,))
        elif mine is None:
            yield FieldPair(field, mine, other, Take.GONE, (Take.GONE, Take.KEPT))
        elif field.kind in LISTS:
            yield FieldPair(field, mine, other, Take.BOTH, (Take.BOTH, Take.KEPT, Take.GONE))
        else:
            yield FieldPair(field, mine, other, Take.KEPT, (Take.KEPT, Take.GONE))


def both(field: Field, kept: Any, gone: Any) -> Any:  # noqa: ANN401  (lists or notes)
    """Return what both say, each thing once."""
    if kept is None or gone is None:
        return gone if kept is None else kept
    if field.kind is Kind.NOTE:
        return kept if gone in kept else f"{kept}\n{gone}"
    return tuple(dict.fromkeys((*kept, *gone)))


def names_kept(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what an enterprise is also called after the merge: the other's name and all it was called."""
    names = (*(kept.get("aliases") or ()), gone.get("name"), *(gone.get("aliases") or ()))
    return tuple(dict.fromkeys(name for name in names if name and name != kept.get("name")))


def _reported_earlier(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> bool:
    """Return whether the record that goes was reported first; where the times do not tell, the other stays."""
    mine, other = (values.get("first_reported_at") for values in (kept, gone))
    if mine is None or other is None:
        return mine is None
    return first_of(Report("kept", mine), Report("gone", other)) == "gone"
