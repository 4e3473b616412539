"""The fields of every record, once: names of the contract, what they hold, what people call them.

Import, export, ``show``, ``set``, history, forms and reports all read this table; nothing lists the fields again.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from crm.domain.fields import codes
from crm.domain.fields.field import Field, Kind, RecordKind, fields_table
from crm.domain.fields.kinds import KINDS
from crm.domain.quantities import SHARE
from crm.i18n import N_

MOST_PLOT_RATIO = Decimal(20)
"""Some forms ask for the plot ratio in per cent by mistake: a larger one is asked back (practice.md §4)."""


LEAD_FIELDS = fields_table(
    Field("code", Kind.TEXT, N_("Code")),
    Field("name", Kind.TEXT, N_("Project")),
    Field("kind", Kind.CHOICE, N_("Kind of lead"), codes.LEAD_KINDS),
    Field("investor", Kind.TEXT, N_("Investor")),
    Field("credit_code", Kind.CREDIT_CODE, N_("Credit code")),
    Field("country", Kind.TEXT, N_("Country/region"), codes.REGIONS),
    Field("source", Kind.TEXT, N_("Source")),
    Field("station", Kind.TEXT, N_("Station")),
    Field("campaign", Kind.TEXT, N_("Campaign")),
    Field("referrer", Kind.TEXT, N_("Referrer")),
    Field("first_reported_at", Kind.MOMENT, N_("First reported at")),
    Field("first_reporter", Kind.TEXT, N_("First reporter")),
    Field("industry", Kind.TEXT, N_("Industry")),
    Field("industries", Kind.TEXTS, N_("Further industries")),
    Field("gbt4754", Kind.TEXT, N_("GB/T 4754 class")),
    Field("nature", Kind.CHOICE, N_("Nature of project"), codes.NATURES),
    Field("increment", Kind.CHOICE, N_("New or existing"), codes.INCREMENTS),
    Field("chain_position", Kind.TEXT, N_("Place in the chain")),
    Field("planned_investment", Kind.MONEY, N_("Planned investment"), unit="万元"),
    Field("fixed_investment", Kind.MONEY, N_("Fixed investment"), unit="万元"),
    Field("registered_capital", Kind.MONEY, N_("Registered capital"), unit="万元"),
    Field("contracted_investment", Kind.MONEY, N_("Contracted investment"), unit="万元"),
    Field("paid_in_investment", Kind.MONEY, N_("Paid-in investment"), unit="万元"),
    Field("paid_in_foreign", Kind.MONEY, N_("Paid-in foreign capital"), unit="万美元"),
    Field("area", Kind.CHOICE, N_("Threshold area"), codes.AREAS),
    Field("functional_area", Kind.TEXT, N_("Functional area")),
    Field("address", Kind.TEXT, N_("Address")),
    Field("site", Kind.TEXT, N_("Site")),
    Field("land", Kind.LAND, N_("Land needed"), unit="亩"),
    Field("land_use", Kind.CHOICE, N_("Land use"), codes.LAND_USES),
    Field("plots", Kind.PLOTS, N_("Plots")),
    Field("phases", Kind.PHASES, N_("Phases")),
    Field("lease", Kind.LEASES, N_("Leased space")),
    Field("space", Kind.SPACES, N_("Space needed")),
    Field("ceiling_height", Kind.NUMBER, N_("Ceiling height"), unit="m"),
    Field("floor_load", Kind.NUMBER, N_("Floor load"), unit="kg/㎡"),
    Field("power", Kind.NUMBER, N_("Power"), unit="kVA"),
    Field("environment", Kind.TEXTS, N_("Environmental needs")),
    Field("needed_by", Kind.DATE, N_("Needed by")),
    Field("annual_tax", Kind.MONEY, N_("Annual tax at full production"), unit="万元"),
    Field("tax_basis", Kind.CHOICE, N_("Tax basis"), codes.TAX_BASES),
    Field("tax_by_year", Kind.TAX_YEARS, N_("Tax by year"), unit="万元"),
    Field("full_year", Kind.YEAR, N_("Year of full production")),
    Field("annual_output", Kind.MONEY, N_("Annual output"), unit="万元"),
    Field("annual_revenue", Kind.MONEY, N_("Annual revenue"), unit="万元"),
    Field("rd_spend", Kind.MONEY, N_("Research spending"), unit="万元"),
    Field("rd_staff", Kind.NUMBER, N_("Research staff"), unit="人"),
    Field("jobs", Kind.NUMBER, N_("Jobs"), unit="人"),
    Field("energy", Kind.NUMBER, N_("Energy"), unit="tce"),
    Field("financing_stage", Kind.TEXT, N_("Financing stage"), codes.FINANCING_STAGE_CHOICES),
    Field("financing_need", Kind.MONEY, N_("Financing need"), unit="万元"),
    Field("financing_use", Kind.TEXT, N_("Use of financing")),
    Field("landing", Kind.CHOICES, N_("What will land here"), codes.LANDINGS),
    Field("probability", Kind.NUMBER, N_("Probability"), unit=SHARE, most=Decimal(1)),
    Field("stage", Kind.CHOICE, N_("Stage"), codes.STAGES),
    Field("status", Kind.CHOICE, N_("Status"), codes.STATUSES),
    Field("status_reason", Kind.TEXT, N_("Reason of the status")),
    Field("owner", Kind.TEXT, N_("Officer in charge")),
    Field("bureau", Kind.TEXT, N_("Bureau in charge")),
    Field("contact", Kind.TEXT, N_("Contact"), personal=True),
    Field("contact_phone", Kind.PHONE, N_("Contact phone"), personal=True),
    Field("confidential", Kind.FLAG, N_("Confidential")),
    Field("next_step", Kind.TEXT, N_("Next step")),
    Field("next_date", Kind.DATE, N_("Next date")),
    Field("signed_on", Kind.DATE, N_("Signed on")),
    Field("registered_on", Kind.DATE, N_("Registered on")),
    Field("land_supplied_on", Kind.DATE, N_("Land supplied on")),
    Field("started_on", Kind.DATE, N_("Construction started on")),
    Field("completed_on", Kind.DATE, N_("Completed on")),
    Field("production_on", Kind.DATE, N_("In production on")),
    Field("full_production_on", Kind.DATE, N_("Full production on")),
    Field("notes", Kind.NOTE, N_("Notes")),
)

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
    Field("origin", Kind.TEXT, N_("Origin")),
    Field("status", Kind.CHOICE, N_("Status"), codes.PLOT_STATUSES),
    Field("locked_by", Kind.TEXT, N_("Reserved for")),
    Field("locked_until", Kind.DATE, N_("Reserved until")),
    Field("plans", Kind.TEXTS, N_("Plans")),
    Field("source", Kind.TEXT, N_("Source")),
    Field("as_of", Kind.DATE, N_("As of")),
)

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
