"""What the program works out for a lead, as fields: they can be asked for and shown, never entered."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.fields.codes import VERDICTS
from crm.domain.fields.field import Field, Kind, fields_table
from crm.i18n import N_

STANDING_FIELDS = fields_table(
    Field("tax_per_mu", Kind.MONEY, N_("Tax per mu (10k yuan)"), unit="万元"),
    Field("verdict", Kind.CHOICE, N_("Threshold verdict"), VERDICTS),
    Field("match", Kind.NUMBER, N_("Best match (points)")),
)

WORKED_OUT: Mapping[str, Mapping[str, Field]] = {"leads": STANDING_FIELDS}
"""By kind of record what is worked out for it."""
