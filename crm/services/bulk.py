"""Many records at once, by the same rules as one: for imports and for what takes them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm.database import Session
from crm.database.bulk import Encoded, insert_records, update_records
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.services.records import codes_taken, next_codes
from crm.services.slots import SLOT, fills_a_slot, slots_among, with_status
from crm.services.values import encoded


def create_many(session: Session, kind: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Make records; one without a code gets the next one of its kind and year. Return their ids, in order.

    Raises:
        ValueRefusedError: a field the kind does not have, a value it cannot hold, a code in use or given twice.
    """
    known = ({name: value for name, value in row.items() if value is not None} for row in rows)
    return create_encoded(session, kind, [encoded(kind, values) for values in known])


def create_encoded(
    session: Session, kind: str, records: Sequence[Encoded], tokens: Iterable[str] | None = None
) -> list[int]:
    """Make records of values that were made fit before; otherwise as ``create_many``.

    Args:
        session: of ``Database.write``.
        kind: of record.
        records: one without a code gets the next one.
        tokens: of leads, as ``insert_records`` takes them.

    Raises:
        ValueRefusedError: a code in use or given twice.
    """
    given = [each.documents["code"] for each in records if each.documents.get("code") is not None]
    twice = [code for code, times in Counter(given).items() if times > 1]
    for code in (*twice, *sorted(codes_taken(session, kind, given))):
        raise ValueRefusedError(_("There is already a record with the code {code}.").format(code=code), where="code")
    fresh = iter(next_codes(session, kind, len(records) - len(given), but_not=given))
    for each in records:
        if each.documents.get("code") is None:
            each.documents["code"] = next(fresh)
    return insert_records(session, kind, records, tokens=tokens)


def update_many(session: Session, kind: str, changes: Mapping[int, Mapping[str, Any]]) -> list[int]:
    """Change fields of records by id (None empties a field); return the ids of those that became different.

    Codes are not changed here. A record that is gone is left out.

    Raises:
        ValueRefusedError: a field the kind does not have, or a value it cannot hold.
    """
    for change in changes.values():
        if "code" in change:
            raise ValueRefusedError(_("The code of a record is changed one by one."), where="code")
    slots = slots_among(session, kind, (each for each, change in changes.items() if fills_a_slot(kind, change)))
    return update_records(
        session,
        kind,
        {
            each: encoded(kind, with_status(kind, change, SLOT if each in slots else None))
            for each, change in changes.items()
        },
    )
