"""Leads that may be the one somebody is typing: looked for while the form is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select

from crm.database import Session
from crm.domain.companies.duplicates import DuplicateIndex
from crm.domain.companies.explain import explain_duplicate
from crm.domain.companies.parties import read_party
from crm.i18n import _
from crm.models import Lead, table_of
from crm.queries.duplicates import COMPARED
from crm.queries.records import find, load
from crm.queries.search import first_leads

MOST = 5
TOLD = 20
"""Leads of one change that are looked at afterwards."""

PLAIN = frozenset({"same_credit_code", "same_name", "name_is_investor"})
"""Reasons that stop a conversion until somebody says that it is another one."""

ASKED = 200
"""Leads compared at the most: those that share a code, a phone, or a part of a name."""


def leads_like(session: Session, party: Mapping[str, Any], *, but: int = 0) -> list[tuple[int, str, str]]:
    """Return the leads that may be the same as the party typed: id, name, why; the surest first.

    Args:
        session: of a reading transaction.
        party: field name -> value, as far as it is typed: name, investor, credit_code, contact, contact_phone.
        but: the id of the lead that is being edited.
    """
    return _like(session, party, but, None)


def _like(
    session: Session, party: Mapping[str, Any], but: int, only: frozenset[str] | None
) -> list[tuple[int, str, str]]:
    """Return what ``leads_like`` does; of ``only`` some reasons where given."""
    table = table_of(Lead)
    ids = {lead_id for lead_id in _candidates(session, party) if lead_id != but}
    if not ids:
        return []
    index = DuplicateIndex()
    names: dict[int, str] = {}
    query = select(table.c.id, *(table.c[name] for name in COMPARED)).where(table.c.id.in_(sorted(ids)))
    for row in session.connection().execute(query):
        values = {name: value for name, value in zip(COMPARED, row[1:], strict=True) if value is not None}
        names[row[0]] = str(values.get("name") or values.get("code"))
        index.add(read_party(row[0], values))
    found = index.find(read_party(0, party))
    if only is not None:
        found = [one for one in found if any(reason.code in only for reason in one.reasons)]
    return [
        (int(str(one.key)), names[int(str(one.key))], "；".join(explain_duplicate(one.reasons))) for one in found[:MOST]
    ]


def certain_known(session: Session, party: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    """Return the leads that a new one plainly is: same credit code, or the same name; as ``leads_like``."""
    return _like(session, party, 0, PLAIN)


def known_lines(session: Session, codes: Iterable[str]) -> list[str]:
    """Return a sentence for each of these leads that may be one with another: told after it was written."""
    told = []
    for code in list(codes)[:TOLD]:
        (record,) = load(session, "leads", [find(session, "leads", code)])
        for _id, name, why in leads_like(session, record.values, but=record.id):
            told.append(_("{code} may be one with {name}: {why}").format(code=code, name=name, why=why))
    return told


def _candidates(session: Session, party: Mapping[str, Any]) -> list[int]:
    table = table_of(Lead)
    equal = [table.c[name] == party[name] for name in ("credit_code", "contact_phone") if party.get(name)]
    ids: list[int] = []
    if equal:
        ids += session.connection().execute(select(table.c.id).where(or_(*equal)).limit(ASKED)).scalars()
    for name in ("name", "investor"):
        text = str(party.get(name) or "").strip()
        for part in dict.fromkeys((text, text[:4], text[:2])) if len(text) > 1 else ():
            ids += first_leads(session, part, ASKED // 4)
    return ids[: 2 * ASKED]
