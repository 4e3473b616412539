"""The fields of every record, once: names of the contract, what they hold, what people call them.

Import, export, ``show``, ``set``, history, forms and reports all read this table; nothing lists the fields again.
"""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.fields.field import Field, Kind, RecordKind
from crm.domain.fields.kinds import KINDS
from crm.domain.fields.leads import LEAD_FIELDS
from crm.domain.fields.resources import COMMUNITY_FIELDS, FUND_FIELDS, MOST_PLOT_RATIO, PLOT_FIELDS
from crm.i18n import N_

RECORD_FIELDS: Mapping[str, Mapping[str, Field]] = {
    "leads": LEAD_FIELDS,
    "communities": COMMUNITY_FIELDS,
    "funds": FUND_FIELDS,
    "plots": PLOT_FIELDS,
    **{kind.word: kind.fields for kind in KINDS},
}
"""The fields of each kind of record, by the word the command line uses for it."""

KIND_LABELS: Mapping[str, str] = {
    "leads": N_("Leads"),
    "communities": N_("Research communities"),
    "funds": N_("Funds"),
    "plots": N_("Plots of land"),
    **{kind.word: kind.label for kind in KINDS},
}
"""What people call each kind of record."""

RECORD_KINDS: Mapping[str, RecordKind] = {kind.word: kind for kind in KINDS}
"""The kinds of record that follow from their description alone."""

__all__ = [
    "COMMUNITY_FIELDS",
    "FUND_FIELDS",
    "KIND_LABELS",
    "LEAD_FIELDS",
    "MOST_PLOT_RATIO",
    "PLOT_FIELDS",
    "RECORD_FIELDS",
    "RECORD_KINDS",
    "Field",
    "Kind",
    "RecordKind",
]
