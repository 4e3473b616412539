"""Finding records of any kind but leads by any part of their names, by pinyin or initials, by code or credit code.

There are thousands of them, not a million: their names are read and compared one by one, without an index to keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.domain.companies.search import checks
from crm.domain.companies.texts import plain_text
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.quantities import narrow
from crm.models import RECORD_MODELS, table_of

CODES = ("code", "credit_code")
NAMES = ("name", "former_names", "aliases", "company_group")
"""What records are found by, where their kind has it."""


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One record of a search; the name is "" where it has none."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundRecords:
    """How many a search found, and the first of them: those named by their code, then the newest."""

    total: int
    rows: list[FoundRecord]


def search_records(session: Session, kind: str, text: str, limit: int = 50) -> FoundRecords:
    """Return the records of a kind whose code begins with the text or is its credit code, and those named so.

    Of several words each must be in one of the names.
    """
    word, words = narrow(text).strip().upper(), checks(text)
    by_code: list[FoundRecord] = []
    by_name: list[FoundRecord] = []
    for record, codes, names in _rows(session, kind):
        if word and (codes[0].upper().startswith(word) or word in (code.upper() for code in codes)):
            by_code.append(record)
        elif words and all(any(map(check, names)) for check in words):
            by_name.append(record)
    return FoundRecords(len(by_code) + len(by_name), (by_code + by_name)[:limit])


def _rows(session: Session, kind: str) -> Iterator[tuple[FoundRecord, Sequence[str], Sequence[str]]]:
    """Give each record, the newest first, with its codes and its names as they are compared."""
    table = table_of(RECORD_MODELS[kind])
    codes = [name for name in CODES if name in RECORD_FIELDS[kind]]
    names = [name for name in NAMES if name in RECORD_FIELDS[kind]]
    columns = [table.c[name] for name in (*codes, *names)]
    for row in session.connection().execute(select(table.c.id, *columns).order_by(table.c.id.desc())):
        coded, named = row[1 : 1 + len(codes)], row[1 + len(codes) :]
        called = named[0] if names and names[0] == "name" else None
        found = FoundRecord(row[0], row[1], called or "")
        yield found, [each for each in coded if each], [plain_text(each) for each in _texts(named)]


def _texts(values: Sequence[Any]) -> Iterator[str]:
    for value in values:
        if value is not None:
            yield from (value,) if isinstance(value, str) else value
