"""Reading records: by id, code or exact name; frozen, as mappings of domain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS
from crm.errors import AmbiguousError, NotFoundError
from crm.i18n import _
from crm.models import RECORD_MODELS, table_of

FEW = 20
"""Codes listed when a name is ambiguous."""

BIGGEST_ID = 2**63 - 1

MERGED: Mapping[str, str] = {"leads": "lead", "enterprises": "enterprise"}
"""The kinds that are merged, and the field of a merge that names the record that stays."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it was read.

    Attributes:
        kind: of ``crm.domain.fields.registry``.
        values: field name -> domain value; what is not known is missing.
    """

    kind: str
    id: int
    uid: str
    code: str
    version: int
    values: Mapping[str, Any]


def find(session: Session, kind: str, ref: str | int) -> int:
    """Return the id of the record that a person means by its id, its code or its exact name.

    A code whose record was merged means the record that stayed.

    Raises:
        NotFoundError: there is none.
        AmbiguousError: a name that several records have; the message lists their codes.
    """
    table = table_of(RECORD_MODELS[kind])
    word = str(ref).strip()
    if not word:
        raise NotFoundError(_("Say which record is meant: by its id, its code or its exact name."))
    found = _ids(session, table, table.c.code == word)
    if not found and _is_id(word):
        found = _ids(session, table, table.c.id == int(word))
    if not found and "name" in table.c:
        found = _ids(session, table, table.c.name == word)
    if not found and kind in MERGED:
        found = _merged_into(session, kind, word)
    if not found:
        raise NotFoundError(_not_there(kind, word), where=word)
    if len(found) > 1:
        codes = session.connection().execute(select(table.c.code).where(table.c.id.in_(found[:FEW]))).scalars()
        more = " …" if len(found) > FEW else ""
        raise AmbiguousError(
            _("{number} records are named {name}: {codes}. Give the code of one.").format(
                number=len(found), name=word, codes="、".join(sorted(codes)) + more
            ),
            where=word,
        )
    return found[0]


def load(session: Session, kind: str, ids: Sequence[int] | None = None) -> list[Record]:
    """Return the records with these ids, in the order of ``ids`` and without those that are gone; all when None."""
    names = tuple(RECORD_FIELDS[kind])
    table = table_of(RECORD_MODELS[kind])
    query = select(table.c.id, table.c.uid, table.c.version, *(table.c[name] for name in names)).order_by(table.c.id)
    rows: dict[int, Record] = {}
    for chunk in _chunks(ids):
        where = query if chunk is None else query.where(table.c.id.in_(chunk))
        for row in session.connection().execute(where):
            values = {name: value for name, value in zip(names, row[3:], strict=True) if value is not None}
            rows[row[0]] = Record(kind, row[0], row[1], values["code"], row[2], values)
    return [rows[each] for each in (rows if ids is None else ids) if each in rows]


def load_one(session: Session, kind: str, ref: str | int) -> Record:
    """Return the record that a person means by its id, its code or its exact name.

    Raises:
        NotFoundError: there is none.
        AmbiguousError: a name that several records have.
    """
    found = load(session, kind, [find(session, kind, ref)])
    if not found:
        raise NotFoundError(_not_there(kind, str(ref)), where=str(ref))
    return found[0]


def _ids(session: Session, table: Any, where: Any) -> list[int]:  # noqa: ANN401  (a table and a condition on it)
    return list(session.connection().execute(select(table.c.id).where(where).order_by(table.c.code)).scalars())


def _merged_into(session: Session, kind: str, code: str) -> list[int]:
    """Return the record that a code stands for since its own was merged; ``[]`` when none was."""
    merges, table = table_of(RECORD_MODELS["merges"]), table_of(RECORD_MODELS[kind])
    query = select(table.c.id).join(merges, merges.c[MERGED[kind]] == table.c.code).where(merges.c.gone_code == code)
    return list(session.connection().execute(query).scalars())


def _chunks(ids: Sequence[int] | None, size: int = 5_000) -> list[Sequence[int] | None]:
    if ids is None:
        return [None]
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def _is_id(word: str) -> bool:
    return word.isascii() and word.isdigit() and int(word) <= BIGGEST_ID


def _not_there(kind: str, word: str) -> str:
    told = {
        "leads": _("There is no lead {name} (any more)."),
        "communities": _("There is no research community {name} (any more)."),
        "funds": _("There is no fund {name} (any more)."),
        "plots": _("There is no plot {name} (any more)."),
    }.get(kind)
    message = told or _("There is no “{name}” (any more) among {kind}.")
    return message.format(name=word, kind=_(KIND_LABELS[kind]))
