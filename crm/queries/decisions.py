"""What people decided of two records that may be the same, and whether that still holds (features.md 27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import func, select

from crm.database import Session
from crm.domain.fields.kinds.choices import CONCLUSIONS
from crm.domain.fields.words import label_of
from crm.i18n import _
from crm.models import ChangeLine, table_of
from crm.queries.records import Record, load

TO_CLARIFY = "to_clarify"
PAIRS: Mapping[str, tuple[str, str]] = {
    "leads": ("lead", "other_lead"),
    "enterprises": ("enterprise", "other_enterprise"),
}
"""By kind of record, the fields of a decision that name two of them."""

CHUNK = 5_000

Pair: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision on two records.

    Attributes:
        record: the decision.
        reopened: a key field of one of them (name, credit code, contact …) was changed since.
    """

    record: Record
    reopened: bool

    @property
    def settles(self) -> bool:
        """Whether nobody has to look at the two again."""
        return not self.reopened and self.record.values["conclusion"] != TO_CLARIFY


def decided_text(decided: Decided) -> str:
    """Return who decided what and when, and whether it is open again."""
    values = decided.record.values
    told = _("{by} decided on {on}: {conclusion} ({code})").format(
        by=values["decided_by"],
        on=values["decided_on"],
        conclusion=label_of(CONCLUSIONS, str(values["conclusion"])),
        code=decided.record.code,
    )
    return (
        _("{decision}; open again, for a key field was changed since").format(decision=told)
        if decided.reopened
        else told
    )


def decisions(session: Session, kind: str, ids: Mapping[str, int], compared: Sequence[str]) -> dict[Pair, Decided]:
    """Return the last decision on each pair of codes.

    Args:
        session: of a reading transaction.
        kind: leads or enterprises.
        ids: code → id of the records asked about.
        compared: the key fields: a change of one of them opens the question again.
    """
    one, other = PAIRS[kind]
    found: dict[Pair, Record] = {}
    for record in load(session, "duplicate-decisions"):
        if one in record.values and other in record.values:
            found[frozenset((record.values[one], record.values[other]))] = record
    if not found:
        return {}
    made = _made(session, [record.id for record in found.values()])
    asked = sorted({ids[code] for pair in found for code in pair if code in ids})
    changed = _changed(session, kind, asked, compared)
    return {
        pair: Decided(record, any(changed.get(ids.get(code, 0), 0) > made[record.id] for code in pair))
        for pair, record in found.items()
    }


def _made(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Return by decision the change set that last wrote it: one that is confirmed anew holds anew."""
    lines = table_of(ChangeLine)
    found: dict[int, int] = {}
    for start in range(0, len(ids), CHUNK):
        query = (
            select(lines.c.record_id, func.max(lines.c.change_set_id))
            .where(lines.c.record_kind == "duplicate-decisions", lines.c.record_id.in_(ids[start : start + CHUNK]))
            .group_by(lines.c.record_id)
        )
        found |= {row[0]: row[1] for row in session.connection().execute(query)}
    return found


def _changed(session: Session, kind: str, ids: Sequence[int], fields: Sequence[str]) -> dict[int, int]:
    """Return by record the last change set that changed one of these fields."""
    lines = table_of(ChangeLine)
    found: dict[int, int] = {}
    for start in range(0, len(ids), CHUNK):
        query = (
            select(lines.c.record_id, func.max(lines.c.change_set_id))
            .where(lines.c.record_kind == kind, lines.c.record_id.in_(ids[start : start + CHUNK]))
            .where(lines.c.field.in_(tuple(fields)))
            .group_by(lines.c.record_id)
        )
        found |= {row[0]: row[1] for row in session.connection().execute(query)}
    return found
