"""The records that imported rows name, under their codes; and the code that the key of a row gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm.database import Session
from crm.domain.fields.codec import CODECS
from crm.domain.fields.keys import key_code, missing_needed
from crm.domain.fields.registry import RECORD_KINDS
from crm.domain.imports.notes import Note
from crm.domain.imports.rows import SourceRow
from crm.errors import UserError, ValueRefusedError
from crm.queries.imports import ids_by_code
from crm.queries.records import load
from crm.services.references import many_with_codes
from crm.services.rules import has_rule, refuse_broken


def name_others(
    session: Session, kind: str, rows: Sequence[SourceRow], documents: Mapping[int, dict[str, Any]]
) -> None:
    """Put the codes of the records that rows name into them; a row that names one that is not there is faulty.

    Args:
        session: reading.
        kind: of the rows; only described kinds name others.
        rows: of the file; their values are changed.
        documents: the JSON documents of each row's values, by its place; changed too.
    """
    if kind not in RECORD_KINDS:
        return
    good = [place for place, row in enumerate(rows) if row.record.fault is None]
    outcomes = many_with_codes(session, kind, [rows[place].record.values for place in good])
    for place, outcome in zip(good, outcomes, strict=True):
        if isinstance(outcome, ValueRefusedError):
            rows[place].record.fault = Note("refused", {"why": outcome.message})
            continue
        code = outcome.get("code") or key_code(kind, outcome)
        _put(kind, rows[place], outcome | ({"code": code} if code else {}), documents[place])
    if has_rule(kind):
        _refuse_broken(session, kind, rows)


def _refuse_broken(session: Session, kind: str, rows: Sequence[SourceRow]) -> None:
    """Make each row faulty that would break a rule of its kind; what it leaves out is as the known record has it."""
    good = [row for row in rows if row.record.fault is None and row.record.values.get("code")]
    ids = ids_by_code(session, kind, (str(row.record.values["code"]) for row in good))
    known = {record.code: record.values for record in load(session, kind, sorted(ids.values()))}
    for row in rows:
        if row.record.fault is not None:
            continue
        before = known.get(str(row.record.values.get("code")))
        whole = dict.fromkeys(RECORD_KINDS[kind].fields) | dict(before or {}) | row.record.values
        if missing_needed(kind, whole):
            continue  # the plan says what is missing
        try:
            refuse_broken(session, kind, whole, before and {**dict.fromkeys(whole), **before})
        except UserError as error:
            row.record.fault = Note("refused", {"why": error.message})


def _put(kind: str, row: SourceRow, values: Mapping[str, Any], documents: dict[str, Any]) -> None:
    fields, record = RECORD_KINDS[kind].fields, row.record
    for name, value in values.items():
        if record.values.get(name) != value:
            record.values[name] = value
            documents[name] = CODECS[fields[name].kind].write(value)
