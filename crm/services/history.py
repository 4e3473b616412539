"""Taking a change set back: what still is as it left it; what was changed since is kept and listed (decisions 35)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select

from crm.database import Session
from crm.database.bulk import Encoded, Row, decode, delete_records, encode, insert_records, rows_of, update_records
from crm.database.history import CHANGED, CREATED, DELETED, writing_of
from crm.database.rows import CHUNK
from crm.domain.quantities import CHINA_TIME
from crm.i18n import _
from crm.models import RECORD_MODELS, ChangeLine, ChangeSet, FollowUp, Task, table_of
from crm.queries.history import change_set
from crm.queries.links import named_among, naming_depth
from crm.services.company_rules import is_lasting
from crm.services.records import codes_taken
from crm.services.undo_rules import refused_by_rules

LEADS, MERGE = "leads", "merge"


class Kept(NamedTuple):
    """What was not put back: the record's kind and code, the field ("" for a whole record), and why."""

    kind: str
    code: str
    field: str
    reason: str


@dataclass(slots=True)
class Reverted:
    """What taking a change set back did.

    Attributes:
        reversed: kind and code of the records that are as before now, wholly or in some fields.
        kept: fields that were changed since, and stay.
        failed: what could not be put back.
        names: kind and code → what the record is called.
    """

    reversed: list[tuple[str, str]] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    failed: list[Kept] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def name(self, kind: str, code: str) -> str:
        """Return what a record is called, "" where it has no name."""
        return self.names.get((kind, code), "")

    @property
    def partly(self) -> int:
        """How many records are not, or not wholly, as before."""
        return len({(each.kind, each.code) for each in (*self.kept, *self.failed)})


class _Line(NamedTuple):
    """A line of the change set, its texts read."""

    id: int
    record_id: int
    record_uid: str
    record_version: int
    action: str
    field: str
    before: Any
    after: Any


def revert(session: Session, change_set_id: int) -> Reverted:
    """Take a change set back, or an undo (that is the redo); there is no time limit.

    The transaction becomes an ``undo`` or ``redo`` that names what it takes back. Doing it again does nothing.

    Raises:
        NotFoundError: there is no such change set.
    """
    target = change_set(session, change_set_id)
    writing = writing_of(session)
    writing.kind = "redo" if target.kind == "undo" else "undo"
    writing.undoes = change_set_id
    done = Reverted()
    found = _lines(session, change_set_id)
    merging = MERGE in (target.kind, change_set(session, target.undoes).kind if target.undoes else "")
    for kind, lines in sorted(found.items(), key=lambda each: naming_depth(each[0])):  # what names others goes first
        _take_out(session, kind, [line for line in lines if line.action == CREATED], done)
        _put_back(session, kind, [line for line in lines if line.action == DELETED], done)
        changed = [line for line in lines if line.action == CHANGED]
        _set_back(session, kind, changed, done, follows=merging and kind == "plots")
    return done


def take_back_of_record(session: Session, change_set_id: int, kind: str, record_id: int) -> Reverted:
    """Take back what a change set did to one record; what it did to others holds.

    It is a change of its own: the change set as a whole is not undone by it.

    Raises:
        NotFoundError: there is no such change set.
    """
    change_set(session, change_set_id)
    done = Reverted()
    lines = [line for line in _lines(session, change_set_id).get(kind, ()) if line.record_id == record_id]
    _take_out(session, kind, [line for line in lines if line.action == CREATED], done)
    _put_back(session, kind, [line for line in lines if line.action == DELETED], done)
    _set_back(session, kind, [line for line in lines if line.action == CHANGED], done)
    return done


def _lines(session: Session, change_set_id: int) -> dict[str, list[_Line]]:
    """Return the lines of a change set by kind of record."""
    table = table_of(ChangeLine)
    query = select(table).where(table.c.change_set_id == change_set_id).order_by(table.c.id)
    found: dict[str, list[_Line]] = {}
    for row in session.connection().execute(query):
        told = (row.id, row.record_id, row.record_uid, row.record_version, row.action, row.field)
        line = _Line(*told, *(None if text is None else json.loads(text) for text in (row.before, row.after)))
        found.setdefault(row.record_kind, []).append(line)
    return found


def _take_out(session: Session, kind: str, lines: list[_Line], done: Reverted) -> None:
    """Delete the records it made, but those that were changed since, and leads with follow-ups written since."""
    current = _current(session, kind, lines)
    followed = _followed(session, current) if kind == LEADS else set()
    named = named_among(session, kind, (_code(row) for row in current.values()))
    unchanged: list[Row] = []
    changed: list[tuple[_Line, Row, str]] = []
    _call(kind, current.values(), done)
    for line in lines:
        row = current.get(line.record_id)
        if row is None:
            continue  # taken back already
        different = [name for name, each in row.documents.items() if each != line.after.get(name)]
        changed += [(line, row, name) for name in different]
        if row.id in followed:
            done.kept.append(Kept(kind, _code(row), "", _("Follow-ups were written down since.")))
        elif _code(row) in named:
            done.kept.append(Kept(kind, _code(row), "", _("Other records name it.")))
        elif is_lasting(kind) and not _goes_with_lead(session, row, line):
            done.kept.append(Kept(kind, _code(row), "", _("The ledger is only added to: enter a correction.")))
        elif not different:
            unchanged.append(row)
    delete_records(session, kind, [row.id for row in unchanged])
    done.reversed += [(kind, _code(row)) for row in unchanged]
    done.kept += _kept(session, kind, changed)


def _goes_with_lead(session: Session, row: Row, line: _Line) -> bool:
    """Return whether what stands in a ledger is about a lead that the same change set made, or came by a merge."""
    sets = table_of(ChangeSet)
    leads, lines = table_of(RECORD_MODELS[LEADS]), table_of(ChangeLine)
    own = select(lines.c.change_set_id).where(lines.c.id == line.id).scalar_subquery()
    made = (
        select(leads.c.id)
        .join(lines, (lines.c.record_id == leads.c.id) & (lines.c.record_kind == LEADS))
        .where(leads.c.code == row.documents["lead"], lines.c.action == CREATED, lines.c.change_set_id == own)
    )
    merged = select(sets.c.id).where(sets.c.id == own, sets.c.kind == MERGE)
    return any(session.connection().execute(query).first() is not None for query in (made, merged))


def _put_back(session: Session, kind: str, lines: list[_Line], done: Reverted) -> None:
    """Bring the records it deleted back, under their old keys."""
    there = _current(session, kind, lines)
    missing = [line for line in lines if line.record_id not in there]
    taken = codes_taken(session, kind, [line.before["code"] for line in missing]) if kind in RECORD_MODELS else set()
    free = [line for line in missing if line.before.get("code") not in taken]
    for line in missing:
        if line.before.get("code") in taken:
            reason = _("Another record has this code now.")
            done.failed.append(Kept(kind, line.before["code"], "", reason))
    keys = [(line.record_id, line.record_uid, line.record_version + 1) for line in free]
    insert_records(session, kind, [encode(kind, decode(kind, line.before)) for line in free], keys)
    done.reversed += [(kind, _name(line)) for line in free]
    done.names |= {(kind, _name(line)): str(line.before.get("name") or "") for line in missing}


def _set_back(session: Session, kind: str, lines: list[_Line], done: Reverted, *, follows: bool = False) -> None:
    """Give the fields it changed their old values, but those that were changed since.

    A reservation ``follows`` its lead into a merge and out of it again: no rule stands between the two.
    """
    current = _current(session, kind, lines)
    _call(kind, current.values(), done)
    changes: dict[int, dict[str, Any]] = {}
    changed: list[tuple[_Line, Row, str]] = []
    taken = _taken_codes(session, kind, lines)
    for line in lines:
        row = current.get(line.record_id)
        if row is None:
            done.kept.append(Kept(kind, line.record_uid, line.field, _("The record was deleted since.")))
        elif line.field == "code" and line.before in taken and row.documents["code"] == line.after:
            done.kept.append(Kept(kind, _code(row), "code", _("Another record has this code now.")))
        elif row.documents[line.field] == line.after:
            changes.setdefault(row.id, {})[line.field] = line.before
        elif row.documents[line.field] != line.before:
            changed.append((line, row, line.field))
    for refused in () if follows else refused_by_rules(session, kind, changes):
        for name in refused.fields:
            del changes[refused.record_id][name]
            done.kept.append(Kept(kind, refused.code, name, refused.why))
    encoded = {each: _encoded(kind, documents) for each, documents in changes.items() if documents}
    done.reversed += [(kind, _code(current[each])) for each in update_records(session, kind, encoded)]
    done.kept += _kept(session, kind, changed)


def _taken_codes(session: Session, kind: str, lines: Iterable[_Line]) -> set[str]:
    """Return which codes that records had before are another's now."""
    before = [line.before for line in lines if line.field == "code" and line.before is not None]
    return codes_taken(session, kind, before) if before and kind in RECORD_MODELS else set()


def _encoded(kind: str, documents: Mapping[str, Any]) -> Encoded:
    """Return documents with what is derived from them; an emptied field empties what was derived from it."""
    values = decode(kind, documents)
    return encode(kind, {name: values.get(name) for name in documents})


def _current(session: Session, kind: str, lines: Iterable[_Line]) -> dict[int, Row]:
    session.flush()
    ids = {line.record_id for line in lines}
    return {row.id: row for row in rows_of(session.connection(), kind, list(ids))}


def _followed(session: Session, lead_ids: Iterable[int]) -> set[int]:
    """Return which of these leads have follow-ups or tasks: without their lead nobody would see them again."""
    ids, found = sorted(lead_ids), set[int]()
    for table in (table_of(FollowUp), table_of(Task)):
        for start in range(0, len(ids), CHUNK):
            query = select(table.c.lead_id).where(table.c.lead_id.in_(ids[start : start + CHUNK])).distinct()
            found.update(session.connection().execute(query).scalars())
    return found


def _kept(session: Session, kind: str, changed: list[tuple[_Line, Row, str]]) -> Iterator[Kept]:
    """Say who changed each field since, and when."""
    sets, table = table_of(ChangeSet), table_of(ChangeLine)
    for line, row, name in changed:
        query = (
            select(sets.c.by, sets.c.at)
            .join(table, table.c.change_set_id == sets.c.id)
            .where(table.c.record_kind == kind, table.c.record_id == row.id)
            .where(table.c.field == name, table.c.id > line.id)
            .order_by(table.c.id.desc())
            .limit(1)
        )
        found = session.connection().execute(query).first()
        reason = _("It was changed since.")
        if found is not None:
            day = found.at.astimezone(CHINA_TIME).date()
            reason = _("{by} changed it since, on {day}.").format(by=found.by, day=day)
        yield Kept(kind, _code(row), name, reason)


def _call(kind: str, rows: Iterable[Row], done: Reverted) -> None:
    """Note what records are called, before any of them is gone."""
    done.names |= {(kind, _code(row)): str(row.documents.get("name") or "") for row in rows}


def _code(row: Row) -> str:
    return str(row.documents.get("code") or row.uid)


def _name(line: _Line) -> str:
    return str(line.before.get("code") or line.record_uid)
