"""The history writes itself: every changed field of a transaction becomes a line, and the lines are sealed in a chain.

The session is listened to, so no service can forget it (decisions 8, 41). Set-based statements go past the session;
they hand their lines to ``Writing.add`` themselves.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, event, insert, select, text, update
from sqlalchemy.orm import ORMExecuteState, PassiveFlag
from sqlalchemy.orm.attributes import get_history
from sqlmodel import Session, SQLModel

from crm.database import search
from crm.database.derived import derive
from crm.database.postgresql import CHAIN_LOCK
from crm.database.rows import insert_rows
from crm.domain.fields.codec import CODECS, canonical, canonical_text
from crm.domain.fields.registry import RECORD_FIELDS, Kind
from crm.models import DATA_MODELS, RECORD_MODELS, ChangeLine, ChangeSet, Fact, table_of
from crm.models.types import now

WRITING = "xiangtu_writing"
"""Where a session keeps its ``Writing`` (``session.info``)."""

CREATED, CHANGED, DELETED = "created", "changed", "deleted"
CHAIN_KEY = "chain_key"
_SYSTEM = ("id", "uid", "version")

MODELS: Mapping[str, type[SQLModel]] = ChainMap(cast("Any", DATA_MODELS), cast("Any", RECORD_MODELS))
"""Every table with a history, by the word for its rows in a line; those of described kinds are made when asked for."""

TRACKED: dict[type[SQLModel], str] = {}
"""The tables whose changes are noted, with the word for them in a line; those of kinds of record as they are made."""

FIELDS: Mapping[str, Mapping[str, Kind]] = {
    **{kind: {name: each.kind for name, each in fields.items()} for kind, fields in RECORD_FIELDS.items()},
    **{
        kind: {
            name: Kind.YEAR if info.annotation in (int, int | None) else Kind.TEXT
            for name, info in model.model_fields.items()
            if name not in _SYSTEM
        }
        for kind, model in DATA_MODELS.items()
    },
}
"""The fields that are noted, by kind of record."""


class Line(NamedTuple):
    """One line of a change set, as ``ChangeLine`` has it."""

    record_kind: str
    record_id: int
    record_uid: str
    record_version: int
    action: str
    field: str
    before: str | None
    after: str | None


@dataclass(slots=True)
class _Touched:
    """What a transaction did to one record so far."""

    record_kind: str
    record_id: int
    record_uid: str
    version: int
    action: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Writing:
    """One transaction that writes: who, why, and what it has changed so far.

    Attributes:
        change_set_id: its number, or None as long as nothing was changed and nobody asked for it.
    """

    by: str
    why: str
    kind: str
    undoes: int | None = None
    change_set_id: int | None = None
    _touched: dict[tuple[str, int], _Touched] = field(default_factory=dict)
    _kinds: set[str] = field(default_factory=set)
    _renamed: dict[int, Sequence[str | None] | None] = field(default_factory=dict)
    _digest: Any = field(default_factory=hashlib.sha256)
    _lines: int = 0

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of record it has changed."""
        return frozenset(self._kinds)

    def number(self, session: Session) -> int:
        """Return the number of the change set, which is written even if no record changes."""
        if self.change_set_id is None:
            row = {"by": self.by, "why": self.why, "kind": self.kind, "undoes": self.undoes}
            done = session.connection().execute(insert(ChangeSet).values(**row))
            key = done.inserted_primary_key
            self.change_set_id = int(key[0])  # type: ignore[index]  # an insert of one row has its key
        return self.change_set_id

    def add(self, session: Session, lines: Iterable[Line]) -> None:
        """Write lines now: for set-based statements, which the session does not see."""
        source = iter(lines)
        first = next(source, None)
        if first is not None:
            told = self._told(self.number(session), chain((first,), source))
            insert_rows(session.connection(), ChangeLine, ("change_set_id", *Line._fields), told)

    def close(self, session: Session) -> None:
        """Write what is left and seal the change set; the last thing before the commit."""
        session.flush()
        self._index(session.connection())
        self.add(session, self._folded())
        if self.change_set_id is not None:
            _seal(session.connection(), self.change_set_id, self._lines, self._digest.hexdigest())

    def _index(self, connection: Connection) -> None:
        """Bring the search index up to date with the leads the session changed."""
        search.remove(connection, [lead_id for lead_id, names in self._renamed.items() if names is None])
        search.put(connection, ((lead_id, names) for lead_id, names in self._renamed.items() if names is not None))

    def note_names(self, lead: Any, *, gone: bool = False) -> None:  # noqa: ANN401  (a Lead)
        """Note that the names of a lead changed."""
        self._renamed[lead.id] = None if gone else [getattr(lead, name) for name in search.SEARCHED]

    def _told(self, number: int, lines: Iterable[Line]) -> Iterator[tuple[Any, ...]]:
        for line in lines:
            self._digest.update(line_bytes(line))
            self._lines += 1
            self._kinds.add(line.record_kind)
            yield (number, *line)

    def _folded(self) -> Iterator[Line]:
        """Yield one line for a new or a deleted record, and one for each field that ends up different."""
        for each in self._touched.values():
            told = (each.record_kind, each.record_id, each.record_uid, each.version, each.action)
            if each.action != CHANGED:
                before, after = (each.before, None) if each.action == DELETED else (None, each.after)
                yield Line(*told, "", _known(before), _known(after))
                continue
            for name, old in each.before.items():
                new = each.after[name]
                if old != new:
                    yield Line(*told, name, _text(old), _text(new))

    def note_new(self, record_kind: str, record: Any) -> None:  # noqa: ANN401  (any tracked model)
        """Note a record that was just inserted."""
        values = _documents(record_kind, record)
        touched = _Touched(record_kind, record.id, record.uid, record.version, CREATED, after=values)
        self._touched[record_kind, record.id] = touched
        if record_kind == "leads":
            self.note_names(record)

    def note_change(self, record_kind: str, record: Any) -> None:  # noqa: ANN401  (any tracked model)
        """Note the fields of a record that were just updated."""
        default = _Touched(record_kind, record.id, record.uid, record.version, CHANGED)
        touched = self._touched.setdefault((record_kind, record.id), default)
        touched.version = record.version
        for name, kind in FIELDS[record_kind].items():
            change = get_history(record, name, PassiveFlag.PASSIVE_NO_INITIALIZE)
            if not change.added:
                continue
            old = change.deleted[0] if change.deleted else None
            if touched.action == CHANGED:
                touched.before.setdefault(name, _document(kind, old))
            touched.after[name] = _document(kind, change.added[0])
            if record_kind == "leads" and name in search.SEARCHED:
                self.note_names(record)

    def note_deleted(self, record_kind: str, record: Any, values: dict[str, Any]) -> None:  # noqa: ANN401
        """Note a record that was just deleted; ``values`` are its documents before this flush."""
        key = (record_kind, record.id)
        if record_kind == "leads":
            self.note_names(record, gone=True)
        touched = self._touched.pop(key, None)
        if touched is not None and touched.action == CREATED:
            return
        before = values | (touched.before if touched else {})
        self._touched[key] = _Touched(record_kind, record.id, record.uid, record.version, DELETED, before=before)


def line_bytes(line: Line) -> bytes:
    """Return the bytes of a line that the chain covers: the canonical text of the list of its parts."""
    kind, uid, *texts = map(canonical_text, (line.record_kind, line.record_uid, *line[4:]))
    return f"[{kind},{line.record_id},{uid},{line.record_version},{','.join(texts)}]\n".encode()


def seal_of(key: bytes, before: str, row: Mapping[str, Any]) -> str:
    """Return the HMAC over the seal before and a change set's own row (reliability.md §4.7)."""
    at: datetime = row["at"]
    names = ("place", "uid", "by", "why", "kind", "undoes", "lines", "digest")
    told = canonical([before, at.isoformat(timespec="microseconds"), *(row[name] for name in names)])
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def chain_key(connection: Connection) -> bytes:
    """Return the key of the chain. It lies in the database itself: whoever can write the file can forge the chain.

    What shows a forgery are the seals kept elsewhere: in the manifest of each backup, on the last page of a dossier.
    """
    facts = table_of(Fact)
    return bytes.fromhex(connection.execute(select(facts.c.value).where(facts.c.name == CHAIN_KEY)).scalar_one())


def writing_of(session: Session) -> Writing:
    """Return what the transaction of a session has noted.

    Raises:
        RuntimeError: the session only reads.
    """
    writing = session.info.get(WRITING)
    if not isinstance(writing, Writing):
        raise RuntimeError("this session only reads; changes go through Database.write")  # noqa: TRY004  (a state)
    return writing


def listen(session: Session) -> None:
    """Note what this session changes."""
    event.listen(session, "before_flush", _before_flush)
    event.listen(session, "after_flush", _after_flush)
    event.listen(session, "do_orm_execute", _refuse_bypass)


def _seal(connection: Connection, change_set_id: int, lines: int, digest: str) -> None:
    """Give the change set its place in the chain; on PostgreSQL one at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    table = table_of(ChangeSet)
    last = connection.execute(
        select(table.c.place, table.c.seal).order_by(table.c.place.desc().nulls_last()).limit(1)
    ).first()
    place, before = ((last.place or 0) + 1, last.seal or "") if last else (1, "")
    row = dict(connection.execute(select(table).where(table.c.id == change_set_id)).mappings().one())
    row |= {"place": place, "lines": lines, "digest": digest}
    told = {name: row[name] for name in ("place", "lines", "digest")}
    seal = seal_of(chain_key(connection), before, row)
    connection.execute(update(table).where(table.c.id == change_set_id).values(**told, seal=seal))


def _before_flush(session: Session, _context: object, _instances: object) -> None:
    for record in session.new | session.dirty:
        kind = TRACKED.get(type(record))
        if kind is not None and kind in RECORD_FIELDS and (record in session.new or session.is_modified(record)):
            _refresh(kind, record)
    deleted = session.info["xiangtu_deleted"] = []
    for record in session.deleted:
        kind = TRACKED.get(type(record))
        if kind is not None:
            deleted.append((kind, record, _documents(kind, record)))


def _refresh(kind: str, record: Any) -> None:  # noqa: ANN401  (any record model)
    values = {
        name: getattr(record, name)
        for name in FIELDS[kind]
        if get_history(record, name, PassiveFlag.PASSIVE_NO_INITIALIZE).added
    }
    for name, value in derive(kind, values).items():
        setattr(record, name, value)
    record.updated_at = now()


def _refuse_bypass(state: ORMExecuteState) -> None:
    """Refuse ``session.execute(update(Lead) …)``: it overwrites without version and history (reliability.md §4.3)."""
    changes = state.is_update or state.is_delete or state.is_insert
    if changes and state.bind_mapper is not None and state.bind_mapper.class_ in TRACKED:
        raise RuntimeError("set-based changes of records go through crm.services.bulk, which writes their history")


def _after_flush(session: Session, _context: object) -> None:
    writing = writing_of(session)
    for record in session.new:
        if kind := TRACKED.get(type(record)):
            writing.note_new(kind, record)
    for record in session.dirty:
        if (kind := TRACKED.get(type(record))) and record not in session.deleted:
            writing.note_change(kind, record)
    for kind, record, values in session.info.pop("xiangtu_deleted"):
        writing.note_deleted(kind, record, values)


def _document(kind: Kind, value: Any) -> Any:  # noqa: ANN401  (the class is the kind's)
    return None if value is None else CODECS[kind].write(value)


def _documents(record_kind: str, record: Any) -> dict[str, Any]:  # noqa: ANN401  (any tracked model)
    return {name: _document(kind, getattr(record, name)) for name, kind in FIELDS[record_kind].items()}


def _text(document: Any) -> str | None:  # noqa: ANN401  (a JSON document)
    return None if document is None else canonical(document)


def _known(documents: dict[str, Any] | None) -> str | None:
    """Return the JSON text of a whole record: what is known of it."""
    return (
        None if documents is None else canonical({name: each for name, each in documents.items() if each is not None})
    )


def _must_fit(kind: Kind, name: str) -> Any:  # noqa: ANN401  (a listener)
    """Return a listener that refuses a value of a wrong class at the moment it is set: SQLModel tables do not check."""
    holds = CODECS[kind].holds

    def check(record: object, value: Any, _old: object, _initiator: object) -> None:  # noqa: ANN401
        if value is not None and (not isinstance(value, holds) or (isinstance(value, bool) and holds is not bool)):
            raise TypeError(f"{type(record).__name__}.{name} cannot hold {type(value).__name__}")

    return check


def track(record_kind: str, model: type[SQLModel]) -> None:
    """Note what is changed in the table of a kind."""
    for name, kind in FIELDS[record_kind].items():
        # active_history: the value before is loaded even when the record was expired (decisions 41).
        event.listen(getattr(model, name), "set", _must_fit(kind, name), active_history=True)
    TRACKED[model] = record_kind


for _record_kind, _model in DATA_MODELS.items():
    track(_record_kind, _model)
RECORD_MODELS.tell(track)
