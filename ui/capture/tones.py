"""The colour of each field's marks: who, how much, where and when are told apart."""

from __future__ import annotations

from crm.domain.capture.marks import UNASSIGNED
from crm.domain.fields.registry import LEAD_FIELDS, Kind

_WHO = frozenset(("name", "investor", "credit_code", "contact", "contact_phone", "country"))
_FROM = frozenset(("source", "referrer", "first_reporter", "station", "campaign"))


def tone_of(field: str) -> str:
    """Return the name of the tone of a field: of people, sums, ground, days, origin, all else."""
    if field == UNASSIGNED:
        return "grey"
    if field in _WHO:
        return "primary"
    if field in _FROM:
        return "warn"
    kind = LEAD_FIELDS[field].kind
    if kind is Kind.MONEY:
        return "violet"
    if kind in (Kind.LAND, Kind.SPACES) or field in ("area", "land_use", "site", "address"):
        return "ok"
    return "info"
