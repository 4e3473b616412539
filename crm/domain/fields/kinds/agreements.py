"""What was agreed at signing, as data: the agreements of a project, and what each side owes by when."""

from __future__ import annotations

from crm.domain.fields import codes
from crm.domain.fields.field import Field, Kind, RecordKind, fields_table
from crm.domain.fields.kinds import choices
from crm.domain.fields.kinds.shared import (
    CODE,
    DOCUMENT_NUMBER,
    ENTERPRISE,
    NOTES,
    SAID_OF_ENTERPRISE,
    SAID_OF_LEAD,
    SOURCE,
    THE_LEAD,
    VALID_UNTIL,
)
from crm.i18n import N_

AGREEMENTS = RecordKind(
    "agreements",
    N_("Agreements"),
    "XY",
    fields_table(
        CODE,
        Field("name", Kind.TEXT, N_("Name")),
        THE_LEAD,
        ENTERPRISE,
        Field("kind", Kind.CHOICE, N_("Kind of agreement"), choices.AGREEMENT_KINDS, needed=True),
        DOCUMENT_NUMBER,
        Field("signed_on", Kind.DATE, N_("Signed on")),
        VALID_UNTIL,
        Field("parties", Kind.TEXTS, N_("Parties")),
        Field("linked", Kind.TEXTS, N_("Belongs to"), to="agreements"),
        Field("investment", Kind.MONEY, N_("Agreed investment"), unit="万元"),
        Field("fixed_investment", Kind.MONEY, N_("Fixed investment"), unit="万元"),
        Field("land", Kind.LAND, N_("Land needed"), unit="亩"),
        Field("annual_tax", Kind.MONEY, N_("Annual tax at full production"), unit="万元"),
        Field("tax_basis", Kind.CHOICE, N_("Tax basis"), codes.TAX_BASES),
        Field("full_year", Kind.YEAR, N_("Year of full production")),
        Field("deposit", Kind.MONEY, N_("Performance deposit"), unit="万元"),
        SOURCE,
        NOTES,
    ),
    telling=("document_number",),
    headings={
        "name": "协议名称 合同名称",
        "lead": SAID_OF_LEAD,
        "enterprise": SAID_OF_ENTERPRISE,
        "kind": "协议类型 合同类型 类型",
        "document_number": "协议编号 合同编号",
        "signed_on": "签订日期 签约日期 签署日期",
        "parties": "签约方 协议各方",
        "linked": "关联协议 主协议",
        "investment": "协议投资额 合同投资额",
        "deposit": "履约保证金 保证金",
    },
)
"""Investment, performance and land contract are three documents; ``linked`` says which belong together."""

OBLIGATIONS = RecordKind(
    "obligations",
    N_("Obligations under agreements"),
    "LY",
    fields_table(
        CODE,
        Field("name", Kind.TEXT, N_("Matter"), needed=True),
        THE_LEAD,
        Field("agreement", Kind.TEXT, N_("Agreement"), to="agreements"),
        Field("clause", Kind.TEXT, N_("Clause")),
        Field("obliged", Kind.CHOICE, N_("Who owes it"), choices.OBLIGED, needed=True),
        Field("measure", Kind.CHOICE, N_("What is owed"), choices.OBLIGATION_MEASURES, needed=True),
        Field("year", Kind.YEAR, N_("Business year")),
        Field("due", Kind.DATE, N_("Due")),
        Field("amount", Kind.MONEY, N_("Agreed amount"), unit="万元"),
        Field("number", Kind.NUMBER, N_("Agreed number")),
        Field("performed_on", Kind.DATE, N_("Performed on")),
        Field("performed_amount", Kind.MONEY, N_("Performed amount"), unit="万元"),
        Field("performed_number", Kind.NUMBER, N_("Performed number")),
        Field("proof", Kind.TEXT, N_("Proof")),
        Field("declared_by", Kind.TEXT, N_("Given by")),
        SOURCE,
        NOTES,
    ),
    telling=("clause", "measure", "year", "due"),
    headings={
        "name": "约定事项 履约事项 事项",
        "lead": SAID_OF_LEAD,
        "agreement": "协议 所属协议 协议编号",
        "clause": "条款",
        "obliged": "责任方 义务方",
        "measure": "约定指标 指标",
        "year": "年度 年份",
        "due": "约定期限 履约期限 到期日",
        "amount": "约定金额 约定值",
        "performed_on": "履约日期 完成日期",
        "performed_amount": "实际金额 完成金额",
        "proof": "佐证 佐证材料",
    },
)
"""A count in its own number, money with its currency; whether it was kept says ``crm.domain.agreements``."""

KINDS = (AGREEMENTS, OBLIGATIONS)
