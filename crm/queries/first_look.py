"""The first page of leads as the window shows it while the database is still being opened (decision 17)."""

from __future__ import annotations

from pathlib import Path

from crm.database.first_look import newest_leads
from crm.domain.fields.codec import value_of
from crm.domain.fields.registry import LEAD_FIELDS, Kind
from crm.queries.lead_list import FIRST_PAGE, OF_LEAD, OF_STANDING, LeadRow, lead_row

_DOCUMENTS = (Kind.MONEY, Kind.LAND, Kind.NUMBER, Kind.DATE)
_KINDS = tuple(
    LEAD_FIELDS[name].kind if name in LEAD_FIELDS and LEAD_FIELDS[name].kind in _DOCUMENTS else None for name in OF_LEAD
)
"""Of each column of a lead the kind its JSON is read by, or None where the column holds the value itself."""


def first_look(place: str) -> list[LeadRow] | None:
    """Return the leads changed last, as ``first_lead_ids`` and ``load_lead_rows`` would, or None.

    None is the answer for a server, an encrypted or missing file, another schema: then one waits for the database.
    """
    if "://" in place:
        return None
    found = newest_leads(Path(place), OF_LEAD, OF_STANDING, FIRST_PAGE)
    if found is None:
        return None
    return [lead_row([*map(_read, _KINDS, row), *row[len(_KINDS) :]]) for row in found]


def _read(kind: Kind | None, stored: object) -> object:
    return stored if kind is None or stored is None else value_of(kind, str(stored))
