"""Making and changing a record: inside the caller's transaction, with every rule that holds for all ways to do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.database.upsert import take_numbers
from crm.domain.fields.agreement import crossed, crossed_text
from crm.domain.fields.keys import key_code, missing_needed, needed_text
from crm.domain.fields.registry import RECORD_FIELDS, RECORD_KINDS
from crm.errors import ConflictError, NotFoundError, ValueRefusedError
from crm.i18n import _
from crm.models import RECORD_MODELS, ChangeLine, ChangeSet, table_of
from crm.models.types import now
from crm.queries.records import Record, load
from crm.services.company_rules import is_lasting
from crm.services.references import follow_code, refuse_named, with_codes
from crm.services.rules import refuse_broken
from crm.services.slots import with_status
from crm.services.values import checked

CHUNK = 5_000

PREFIXES: Mapping[str, str] = {
    "leads": "XT",
    "communities": "RC",
    "funds": "F",
    "plots": "PL",
    **{word: kind.prefix for word, kind in RECORD_KINDS.items()},
}
"""How codes begin that the program gives: ``XT-2026-0001``."""


def create(session: Session, kind: str, values: Mapping[str, Any]) -> Record:
    """Make a record; without a code it gets the next one of its kind and year.

    Args:
        session: of ``Database.write``.
        kind: of ``crm.domain.fields.registry``.
        values: field name -> domain value, JSON value, or text as people write it.

    Raises:
        ValueRefusedError: a field the kind does not have, a value it cannot hold, or a code already in use.
    """
    fitting = {name: value for name, value in checked(kind, values).items() if value is not None}
    fitting = with_codes(session, kind, fitting)
    _refuse_crossed(kind, fitting)
    _refuse_missing(kind, fitting)
    refuse_broken(session, kind, fitting)
    code = fitting.pop("code", None) or key_code(kind, fitting)
    if code is None:
        code = next_codes(session, kind, 1)[0]
    elif _code_taken(session, kind, code):
        raise ValueRefusedError(_("There is already a record with the code {code}.").format(code=code), where="code")
    model: Any = RECORD_MODELS[kind]
    record = model(code=code, **fitting)
    session.add(record)
    session.flush()
    return load(session, kind, [record.id])[0]


def update(
    session: Session, kind: str, record_id: int, changes: Mapping[str, Any], base_version: int | None = None
) -> Record:
    """Change fields of a record; a value of None empties the field.

    Args:
        session: of ``Database.write``.
        kind: of ``crm.domain.fields.registry``.
        record_id: the record's id.
        changes: field name -> new value, as in ``create``; only what the person changed.
        base_version: the version the person saw; edits of other fields made since are kept beside these.

    Raises:
        NotFoundError: the record is gone.
        ConflictError: somebody else changed one of these fields since ``base_version``.
        ValueRefusedError: a field the kind does not have, or a value it cannot hold.
    """
    model: Any = RECORD_MODELS[kind]
    session.flush()  # reading the row anew must not lose what the caller has changed
    record = session.get(model, record_id, with_for_update=True, populate_existing=True)
    if record is None:
        raise NotFoundError(_("This record is no longer there."), where=str(record_id))
    fitting = with_status(kind, with_codes(session, kind, checked(kind, changes)), getattr(record, "status", None))
    known = {name: getattr(record, name) for name in RECORD_FIELDS[kind]}
    whole = known | fitting
    _refuse_crossed(kind, whole)
    _refuse_missing(kind, whole)
    refuse_broken(session, kind, whole, known)
    if base_version is not None and base_version != record.version:
        _refuse_overwriting(session, kind, record, fitting, base_version)
    before = record.code
    if "code" in fitting and fitting["code"] != before:
        _refuse_code(session, kind, fitting["code"])
    for name, value in fitting.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    session.flush()
    if record.code != before:
        follow_code(session, kind, before, record.code)
    return load(session, kind, [record_id])[0]


def delete(session: Session, kind: str, record_id: int) -> None:
    """Delete a record; its history and where it came from stay.

    Raises:
        NotFoundError: it is gone already.
        ConflictError: other records name it, or it stands in a ledger that only grows.
    """
    model: Any = RECORD_MODELS[kind]
    session.flush()  # reading the row anew must not lose what the caller has changed
    record = session.get(model, record_id, with_for_update=True, populate_existing=True)
    if record is None:
        raise NotFoundError(_("This record is no longer there."), where=str(record_id))
    if is_lasting(kind):
        message = _("{code} stands in a ledger that is only added to: enter a correction instead.")
        raise ConflictError(message.format(code=record.code), where=record.code)
    refuse_named(session, kind, record.code)
    session.delete(record)
    session.flush()


def next_codes(session: Session, kind: str, count: int, *, but_not: Iterable[str] = ()) -> list[str]:
    """Return so many new codes of a kind, none of those in use; two writers never get the same one."""
    avoided = frozenset(but_not)
    prefix = f"{PREFIXES[kind]}-{now().year}-"
    codes: list[str] = []
    while len(codes) < count:
        last = take_numbers(session.connection(), prefix, wanted := count - len(codes))
        fresh = [f"{prefix}{number:04d}" for number in range(last - wanted + 1, last + 1)]
        taken = codes_taken(session, kind, fresh) | avoided
        codes += [code for code in fresh if code not in taken]
    return codes


def _refuse_overwriting(session: Session, kind: str, record: Any, changes: Mapping[str, Any], base: int) -> None:  # noqa: ANN401  (any record model)
    """Refuse when a field was changed by somebody else since the version the person saw."""
    sets, lines = table_of(ChangeSet), table_of(ChangeLine)
    query = (
        select(sets.c.by, lines.c.field)
        .join(lines, lines.c.change_set_id == sets.c.id)
        .where(lines.c.record_kind == kind, lines.c.record_id == record.id)
        .where(lines.c.record_version > base, lines.c.field.in_(tuple(changes)))
        .order_by(lines.c.id.desc())
    )
    found = session.connection().execute(query).all()
    if found:
        fields = "、".join(dict.fromkeys(field for _by, field in found))
        raise ConflictError(
            _("{by} changed {fields} of {code} meanwhile. Nothing was changed; look at it again.").format(
                by=found[0].by, fields=fields, code=record.code
            ),
            where=record.code,
        )


def _refuse_crossed(kind: str, values: Mapping[str, Any]) -> None:
    ends = crossed(kind, values)
    if ends is not None:
        raise ValueRefusedError(crossed_text(kind, *ends), where=ends[0])


def _refuse_missing(kind: str, values: Mapping[str, Any]) -> None:
    missing = missing_needed(kind, values)
    if missing:
        raise ValueRefusedError(needed_text(kind, missing), where=missing[0])


def _refuse_code(session: Session, kind: str, code: str | None) -> None:
    if code is None:
        raise ValueRefusedError(_("A record cannot be without a code."), where="code")
    if _code_taken(session, kind, code):
        raise ValueRefusedError(_("There is already a record with the code {code}.").format(code=code), where="code")


def _code_taken(session: Session, kind: str, code: str) -> bool:
    return bool(codes_taken(session, kind, [code]))


def codes_taken(session: Session, kind: str, codes: Sequence[str]) -> set[str]:
    """Return which of these codes are in use."""
    column = table_of(RECORD_MODELS[kind]).c.code
    taken: set[str] = set()
    for start in range(0, len(codes), CHUNK):
        query = select(column).where(column.in_(codes[start : start + CHUNK]))
        taken.update(session.connection().execute(query).scalars())
    return taken
