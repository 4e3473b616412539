"""The kinds of record of the district's way of working (S01-S71), each told once: table, form, import follow from it.

A new kind is a description here, its table in a migration, and the words in the catalogue.
"""

from __future__ import annotations

from crm.domain.fields.field import RecordKind
from crm.domain.fields.kinds import agreements, attraction, companies, gates, parties, places, results

KINDS: tuple[RecordKind, ...] = (
    *parties.KINDS,
    *companies.KINDS,
    *attraction.KINDS,
    *places.KINDS,
    *gates.KINDS,
    *agreements.KINDS,
    *results.KINDS,
)
"""Every kind, in the order in which people are offered them."""
