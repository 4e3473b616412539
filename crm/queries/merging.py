"""What a merge of two leads or two enterprises would do, before anything is changed; which merges there were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from crm.database import Session
from crm.domain.companies.merging import FieldPair, field_pairs
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.models import RECORD_MODELS, ChangeLine, ChangeSet, table_of
from crm.queries.history import Change, changes_of, givers
from crm.queries.records import MERGED, Record, load
from crm.queries.relations import Reference, references_to


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Everything that a merge would do.

    Attributes:
        kept: the record that stays, with its code.
        gone: the one that is taken into it.
        fields: of both, with what is proposed.
        moves: all that names the one that goes, and will name the one that stays.
        sources: by record id and field, who gave the value, when and why.
    """

    kept: Record
    gone: Record
    fields: tuple[FieldPair, ...]
    moves: tuple[Reference, ...]
    sources: Mapping[tuple[int, str], Change]

    @property
    def kind(self) -> str:
        """The kind of both records."""
        return self.kept.kind


def merge_preview(session: Session, kind: str, kept_id: int, gone_id: int) -> MergePreview:
    """Return what a merge would do; ``crm.services.merging.merge`` does exactly this.

    Raises:
        ValueRefusedError: a kind that is not merged, or one record twice, or one that is gone.
        ConflictError: the database has a relation this program does not know.
    """
    if kind not in MERGED:
        raise ValueRefusedError(_("Leads and enterprises are merged, not {kind}.").format(kind=kind), where=kind)
    found = {record.id: record for record in load(session, kind, [kept_id, gone_id])}
    if kept_id == gone_id or len(found) != len({kept_id, gone_id}):
        raise ValueRefusedError(_("A merge needs two different records that are there."), where=kind)
    kept, gone = found[kept_id], found[gone_id]
    return MergePreview(
        kept,
        gone,
        tuple(field_pairs(kind, kept.values, gone.values)),
        tuple(references_to(session, gone)),
        {**_sources(session, kept), **_sources(session, gone)},
    )


def merge_set(session: Session, merge_id: int) -> int:
    """Return the change set that made a merge, by the record of it."""
    lines = table_of(ChangeLine)
    query = (
        select(lines.c.change_set_id)
        .where(lines.c.record_kind == "merges", lines.c.record_id == merge_id, lines.c.action == "created")
        .order_by(lines.c.id.desc())
        .limit(1)
    )
    return int(session.connection().execute(query).scalar_one())


def later_merge(session: Session, merge: Record) -> Record | None:
    """Return the merge that took the record which a merge left into another one: it must be split first."""
    lines, sets = table_of(ChangeLine), table_of(ChangeSet)
    field = MERGED["leads"] if "lead" in merge.values else MERGED["enterprises"]
    query = (
        select(lines.c.before, lines.c.change_set_id)
        .join(sets, sets.c.id == lines.c.change_set_id)
        .where(lines.c.record_kind == "merges", lines.c.record_id == merge.id, lines.c.field == field)
        .where(sets.c.kind == "merge")
        .order_by(lines.c.id.desc())
    )
    sets_found = {row.change_set_id for row in session.connection().execute(query)}
    made = {merge_set(session, each.id): each for each in load(session, "merges")}
    return next((made[number] for number in sorted(sets_found, reverse=True) if number in made), None)


def merged_into(session: Session, kind: str, code: str) -> list[Record]:
    """Return the merges that left a record, the oldest first."""
    merges = table_of(RECORD_MODELS["merges"])
    query = select(merges.c.id).where(merges.c[MERGED[kind]] == code).order_by(merges.c.id)
    return load(session, "merges", list(session.connection().execute(query).scalars()))


def _sources(session: Session, record: Record) -> dict[tuple[int, str], Change]:
    """Return who gave each field of a record the value it has."""
    changes = {change.change_set: change for change in changes_of(session, record.kind, record.id)}
    given = givers(session, record.kind, record.id)
    return {(record.id, name): changes[number] for name, number in given.items() if number in changes}
