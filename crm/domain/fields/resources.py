"""The fields of what a lead is matched with: research communities, funds and plots of land."""

from __future__ import annotations

from decimal import Decimal

from crm.domain.fields import codes
from crm.domain.fields.field import Field, Kind, fields_table
from crm.i18n import N_

MOST_PLOT_RATIO = Decimal(20)
"""Some forms ask for the plot ratio in per cent by mistake: a larger one is asked back (practice.md §4)."""


COMMUNITY_FIELDS = fields_table(
    Field("code", Kind.TEXT, N_("Code")),
    Field("name", Kind.TEXT, N_("Research community")),
    Field("area", Kind.CHOICE, N_("Threshold area"), codes.AREAS),
    Field("functional_area", Kind.TEXT, N_("Functional area")),
    Field("fields", Kind.TEXTS, N_("Fields")),
    Field("space", Kind.SPACES, N_("Space available")),
    Field("ceiling_height", Kind.NUMBER, N_("Ceiling height"), unit="m"),
    Field("floor_load", Kind.NUMBER, N_("Floor load"), unit="kg/㎡"),
    Field("power", Kind.NUMBER, N_("Power"), unit="kVA"),
    Field("environment", Kind.TEXTS, N_("Environmental abilities")),
    Field("platforms", Kind.PLATFORMS, N_("Platforms")),
    Field("international", Kind.TEXTS, N_("International cooperation")),
    Field("ready", Kind.DATE, N_("Ready on")),
    Field("parent_area", Kind.TEXT, N_("Larger area it lies in")),
    Field("transport", Kind.NOTE, N_("Transport")),
    Field("operator", Kind.TEXT, N_("Operator")),
    Field("rent", Kind.TEXT, N_("Rent")),
    Field("status", Kind.CHOICE, N_("Status"), codes.COMMUNITY_STATUSES),
    Field("source", Kind.TEXT, N_("Source")),
    Field("as_of", Kind.DATE, N_("As of")),
)

FUND_FIELDS = fields_table(
    Field("code", Kind.TEXT, N_("Code")),
    Field("name", Kind.TEXT, N_("Fund")),
    Field("kind", Kind.CHOICE, N_("Kind of fund"), codes.FUND_KINDS),
    Field("origin", Kind.CHOICE, N_("Origin"), codes.FUND_ORIGINS),
    Field("manager", Kind.TEXT, N_("Manager")),
    Field("fields", Kind.TEXTS, N_("Fields")),
    Field("stages", Kind.TEXTS, N_("Stages invested in"), codes.FINANCING_STAGE_CHOICES),
    Field("core_stages", Kind.TEXTS, N_("Core stages"), codes.FINANCING_STAGE_CHOICES),
    Field("ticket_low", Kind.MONEY, N_("Least ticket"), unit="万元"),
    Field("ticket_high", Kind.MONEY, N_("Largest ticket"), unit="万元"),
    Field("remaining", Kind.MONEY, N_("Still to invest"), unit="万元"),
    Field("size", Kind.MONEY, N_("Fund size"), unit="万元"),
    Field("size_basis", Kind.TEXT, N_("Basis of the size")),
    Field("invest_until", Kind.DATE, N_("Invests until")),
    Field("per_project_cap", Kind.NUMBER, N_("Cap for one project"), unit="%", most=Decimal(100)),
    Field("leads_rounds", Kind.FLAG, N_("Leads rounds")),
    Field("similar_investments", Kind.NUMBER, N_("Similar investments")),
    Field("return_ratio", Kind.NUMBER, N_("Return ratio")),
    Field("return_confirmed", Kind.FLAG, N_("Return terms confirmed")),
    Field("region", Kind.TEXT, N_("Region")),
    Field("source", Kind.TEXT, N_("Source")),
    Field("as_of", Kind.DATE, N_("As of")),
)

PLOT_FIELDS = fields_table(
    Field("code", Kind.TEXT, N_("Code")),
    Field("area", Kind.CHOICE, N_("Threshold area"), codes.AREAS),
    Field("functional_area", Kind.TEXT, N_("Functional area")),
    Field("land", Kind.LAND, N_("Area of the plot"), unit="亩"),
    Field("land_use", Kind.CHOICE, N_("Land use"), codes.LAND_USES),
    Field("plot_ratio", Kind.NUMBER, N_("Plot ratio"), most=MOST_PLOT_RATIO),
    Field("transport", Kind.NOTE, N_("Transport")),
    Field("origin", Kind.TEXT, N_("Origin")),
    Field("status", Kind.CHOICE, N_("Status"), codes.PLOT_STATUSES),
    Field("locked_by", Kind.TEXT, N_("Reserved for")),
    Field("locked_until", Kind.DATE, N_("Reserved until")),
    Field("plans", Kind.TEXTS, N_("Plans")),
    Field("source", Kind.TEXT, N_("Source")),
    Field("as_of", Kind.DATE, N_("As of")),
)
