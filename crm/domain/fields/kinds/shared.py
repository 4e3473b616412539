"""Fields that many kinds of record have."""

from __future__ import annotations

from crm.domain.fields import codes
from crm.domain.fields.field import Field, Kind
from crm.i18n import N_

CODE = Field("code", Kind.TEXT, N_("Code"))
NAME = Field("name", Kind.TEXT, N_("Name"), needed=True)
PERSON = Field("name", Kind.TEXT, N_("Name of the person"), personal=True, needed=True)
COUNTRY = Field("country", Kind.TEXT, N_("Country/region"), codes.REGIONS)
AREA = Field("area", Kind.CHOICE, N_("Threshold area"), codes.AREAS)
FUNCTIONAL_AREA = Field("functional_area", Kind.TEXT, N_("Functional area"))
ADDRESS = Field("address", Kind.TEXT, N_("Address of the place"))
FIELDS = Field("fields", Kind.TEXTS, N_("Fields"))
PHONE = Field("phone", Kind.PHONE, N_("Phone"), personal=True)
OWNER = Field("owner", Kind.TEXT, N_("Officer in charge"))
BUREAU = Field("bureau", Kind.TEXT, N_("Bureau in charge"))
SOURCE = Field("source", Kind.TEXT, N_("Source"))
AS_OF = Field("as_of", Kind.DATE, N_("As of"))
NOTES = Field("notes", Kind.NOTE, N_("Notes"))
VALID_FROM = Field("valid_from", Kind.DATE, N_("Valid from"))
VALID_UNTIL = Field("valid_until", Kind.DATE, N_("Valid until"))
DOCUMENT_NUMBER = Field("document_number", Kind.TEXT, N_("Document number"))

LEAD = Field("lead", Kind.TEXT, N_("Lead"), to="leads")
LEADS = Field("leads", Kind.TEXTS, N_("Leads"), to="leads")
ENTERPRISE = Field("enterprise", Kind.TEXT, N_("Enterprise"), to="enterprises")

THE_LEAD = Field("lead", Kind.TEXT, N_("Lead"), to="leads", needed=True)
THE_ENTERPRISE = Field("enterprise", Kind.TEXT, N_("Enterprise"), to="enterprises", needed=True)

SAID_OF_LEAD = "项目 项目名称 项目编号 线索 线索编号 对应项目 关联项目"
SAID_OF_ENTERPRISE = "企业 企业名称 公司名称 单位名称 企业编号"
