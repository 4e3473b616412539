"""What a list says of each kind of record: fields of the registry and how wide their columns are."""

from __future__ import annotations

from crm.domain.fields.masking import masked
from crm.domain.fields.registry import RECORD_FIELDS, Kind
from crm.domain.fields.writing import value_to_text
from crm.i18n import _
from crm.queries.resources import Resource

LISTED: dict[str, tuple[str, ...]] = {
    "communities": ("code", "name", "area", "fields", "space", "ready"),
    "funds": ("code", "name", "kind", "origin", "fields", "stages", "ticket_low", "ticket_high", "invest_until"),
    "plots": ("code", "area", "functional_area", "land", "land_use", "status", "locked_by", "locked_until"),
}
"""The fields of a list, the most telling first; a kind that is not here is listed by its first ones."""

FIRST = 7
WIDE_KINDS = frozenset({Kind.TEXTS, Kind.SPACES, Kind.PLATFORMS, Kind.NOTE})
WIDTHS = {"code": 92, "name": 200}
USUAL, WIDE, LAST = 110, 170, 80
UNKNOWN = "—"


def listed(kind: str) -> tuple[str, ...]:
    """Return the names of the fields a list of a kind shows."""
    return LISTED.get(kind) or tuple(RECORD_FIELDS[kind])[:FIRST]


def widths(kind: str) -> list[int]:
    """Return the widths of the columns in logical pixels at 100 %."""
    fields = RECORD_FIELDS[kind]
    return [*(WIDTHS.get(name, WIDE if fields[name].kind in WIDE_KINDS else USUAL) for name in listed(kind)), LAST]


def titles(kind: str) -> tuple[str, ...]:
    """Return the headings of the columns."""
    return (*(_(RECORD_FIELDS[kind][name].label) for name in listed(kind)), _("Facts known"))


def line(one: Resource) -> tuple[str, ...]:
    """Return one record as a line of texts; contacts masked."""
    fields, values = RECORD_FIELDS[one.record.kind], one.record.values
    cells = [masked(fields[name], value_to_text(fields[name], values.get(name))) for name in listed(one.record.kind)]
    known = _("to be entered") if one.slot else f"{one.known}/{one.asked}"
    return (*(cell or UNKNOWN for cell in cells), known)
