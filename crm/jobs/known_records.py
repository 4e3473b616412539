"""The records there are, as the plan of an import asks for them: read once for the whole file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm.database import Session
from crm.domain.companies.duplicates import DuplicateIndex
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.imports.rows import SourceRow
from crm.queries.duplicates import known_leads
from crm.queries.exchange import ids_by
from crm.queries.imports import ids_by_code, imported_rows, settled_fields
from crm.queries.records import load


class KnownRecords:
    """What the database knows of the rows of one file; see ``crm.domain.imports.plan.Known``."""

    def __init__(self, session: Session, kind: str, sha256: str, rows: Sequence[SourceRow], *, by_name: bool) -> None:
        self._session = session
        self._kind = kind
        records = [row.record.values for row in rows if row.record.fault is None]
        self._imported = imported_rows(session, kind, sha256)
        self._settled = settled_fields(session, kind, sha256) if self._imported else {}
        self._codes = ids_by_code(session, kind, (str(one["code"]) for one in records if one.get("code")))
        named = [name for name in ("credit_code", "name") if by_name and name in RECORD_FIELDS[kind]]
        self._ids = {
            name: ids_by(session, kind, name, (str(one[name]) for one in records if one.get(name))) for name in named
        }
        alike = {each for found in self._ids.values() for ids in found.values() for each in ids}
        wanted = {*self._imported.values(), *self._codes.values(), *alike}
        self._values = {record.id: record.values for record in load(session, kind, sorted(wanted))}

    def imported(self, sheet: str, row: int) -> int | None:
        """Return the record that this very row of this very file made before, if it is still there."""
        return self._imported.get((sheet, row))

    def settled(self, record_id: int) -> frozenset[str]:
        """Return the fields somebody changed after this very file came in."""
        return self._settled.get(record_id, frozenset())

    def by_code(self, code: str) -> int | None:
        """Return the record with a code."""
        return self._codes.get(code)

    def by_credit_code(self, credit_code: str) -> Sequence[int]:
        """Return the records with a credit code."""
        return self._ids.get("credit_code", {}).get(credit_code, ())

    def by_name(self, name: str) -> Sequence[int]:
        """Return the records called exactly so."""
        return self._ids.get("name", {}).get(name, ())

    def values(self, record_id: int) -> Mapping[str, Any]:
        """Return the fields of a record."""
        if record_id not in self._values:
            found = load(self._session, self._kind, [record_id])
            self._values[record_id] = found[0].values if found else {}
        return self._values[record_id]

    def index(self) -> DuplicateIndex:
        """Return the leads to compare with; the keys are their ids."""
        return known_leads(self._session)
