"""Who reported first, which leads are one, what was merged, and how units share a project (practice.md §2)."""

from __future__ import annotations

from decimal import Decimal

from crm.domain.fields.field import Field, Kind, RecordKind, fields_table
from crm.domain.fields.kinds import choices
from crm.domain.fields.kinds.shared import (
    BUREAU,
    CODE,
    DOCUMENT_NUMBER,
    LEAD,
    NOTES,
    SAID_OF_ENTERPRISE,
    SAID_OF_LEAD,
    SOURCE,
    THE_LEAD,
)
from crm.i18n import N_

WHOLE = Decimal(100)
"""Percent of one project: what the shares of those who share it come to."""

FIRST_REPORTS = RecordKind(
    "first-reports",
    N_("Ledger of first reports"),
    "DJ",
    fields_table(
        CODE,
        THE_LEAD,
        Field("reporter", Kind.TEXT, N_("Reported by"), needed=True),
        Field("reported_at", Kind.MOMENT, N_("Reported at"), needed=True),
        Field("kind", Kind.CHOICE, N_("Kind of report"), choices.REPORT_KINDS, needed=True),
        BUREAU,
        Field("referrer", Kind.TEXT, N_("Referrer of the report")),
        Field("proof", Kind.TEXT, N_("Proof of the report")),
        Field("received_at", Kind.MOMENT, N_("Received by the bureau's book at")),
        Field("corrects", Kind.TEXT, N_("Corrects the entry"), to="first-reports"),
        Field("reason", Kind.NOTE, N_("Reason")),
        SOURCE,
        NOTES,
    ),
    key=("lead", "reporter", "reported_at"),
    headings={
        "lead": SAID_OF_LEAD,
        "reporter": "首报人 填报人 报送人 首谈联系人 报送单位",
        "reported_at": "首报时间 报送时间 登记时间",
        "kind": "首报类别 登记类别",
        "bureau": "首报单位 首谈单位 所属单位",
        "referrer": "引荐单位 引荐人",
        "proof": "佐证材料 证明材料",
        "received_at": "收文时间 收件时间",
        "reason": "更正理由 理由",
    },
    lasting=True,
)
"""Append-only: an entry is completed or corrected by a further one, never changed (practice.md §2, decision 50)."""

DECISIONS = RecordKind(
    "duplicate-decisions",
    N_("Decisions on duplicates"),
    "HS",
    fields_table(
        CODE,
        LEAD,
        Field("other_lead", Kind.TEXT, N_("The other lead"), to="leads"),
        Field("enterprise", Kind.TEXT, N_("Enterprise"), to="enterprises"),
        Field("other_enterprise", Kind.TEXT, N_("The other enterprise"), to="enterprises"),
        Field("conclusion", Kind.CHOICE, N_("Conclusion"), choices.CONCLUSIONS, needed=True),
        Field("decided_by", Kind.TEXT, N_("Decided by"), needed=True),
        Field("decided_on", Kind.DATE, N_("Decided on"), needed=True),
        Field("asked_by", Kind.TEXT, N_("Asked for by")),
        Field("asked_on", Kind.DATE, N_("Asked for on")),
        Field("papers", Kind.NOTE, N_("Papers of the first")),
        Field("other_papers", Kind.NOTE, N_("Papers of the second")),
        Field("leading_unit", Kind.TEXT, N_("Leading unit")),
        Field("joining_unit", Kind.TEXT, N_("Joining unit")),
        Field("reason", Kind.NOTE, N_("Reason")),
        DOCUMENT_NUMBER,
        NOTES,
    ),
    telling=("decided_on",),
    headings={
        "lead": SAID_OF_LEAD,
        "other_lead": "另一线索 对方线索 重复线索",
        "enterprise": SAID_OF_ENTERPRISE,
        "other_enterprise": "另一企业 重复企业",
        "conclusion": "会商结论 认定结论 结论",
        "decided_by": "裁定人 认定人",
        "decided_on": "裁定日期 认定日期 裁定时间",
        "asked_by": "申请人 申请单位",
        "asked_on": "申请日期 申请时间",
        "leading_unit": "主办单位 牵头单位",
        "joining_unit": "协办单位 协同单位",
    },
)

TRANSFERS = RecordKind(
    "transfers",
    N_("Projects passed on"),
    "LZ",
    fields_table(
        CODE,
        THE_LEAD,
        Field("first_unit", Kind.TEXT, N_("Unit of the first talk"), needed=True),
        Field("first_share", Kind.NUMBER, N_("Share of the first talk"), unit="%", most=WHOLE, needed=True),
        Field("landing_unit", Kind.TEXT, N_("Unit of the landing"), needed=True),
        Field("landing_share", Kind.NUMBER, N_("Share of the landing"), unit="%", most=WHOLE, needed=True),
        Field("helping_unit", Kind.TEXT, N_("Unit that helped")),
        Field("helping_share", Kind.NUMBER, N_("Share of the help"), unit="%", most=WHOLE),
        Field("agreed_on", Kind.DATE, N_("Agreed on"), needed=True),
        Field("state", Kind.CHOICE, N_("State of the transfer"), choices.TRANSFER_STATES, needed=True),
        Field("first_contact", Kind.TEXT, N_("Contact of the first talk")),
        Field("follower", Kind.TEXT, N_("Responsible for following up")),
        Field("reason", Kind.NOTE, N_("Reason")),
        DOCUMENT_NUMBER,
        NOTES,
    ),
    key=("lead", "landing_unit"),
    headings={
        "lead": SAID_OF_LEAD,
        "first_unit": "首谈单位 转出单位",
        "first_share": "首谈单位比例 首谈比例",
        "landing_unit": "落地单位 承接单位 流转方向",
        "landing_share": "落地单位比例 落地比例",
        "helping_unit": "协助单位",
        "helping_share": "协助单位比例 协助比例",
        "agreed_on": "商定日期 流转时间 流转日期",
        "state": "流转状态",
        "first_contact": "首谈联系人",
        "follower": "跟踪负责人",
    },
)

MERGES = RecordKind(
    "merges",
    N_("Merges"),
    "HB",
    fields_table(
        CODE,
        Field("lead", Kind.TEXT, N_("Lead that stays"), to="leads"),
        Field("enterprise", Kind.TEXT, N_("Enterprise that stays"), to="enterprises"),
        Field("gone_code", Kind.TEXT, N_("Code it had"), needed=True),
        Field("gone_name", Kind.TEXT, N_("Name it had")),
        Field("merged_on", Kind.DATE, N_("Merged on"), needed=True),
        Field("merged_by", Kind.TEXT, N_("Merged by"), needed=True),
        Field("reason", Kind.NOTE, N_("Reason"), needed=True),
        Field("moved", Kind.NOTE, N_("What was handed over")),
    ),
    telling=("gone_code",),
    headings={
        "gone_code": "曾用编号 并入编号",
        "gone_name": "并入名称",
        "merged_on": "合并日期",
        "merged_by": "合并人",
        "reason": "合并理由",
        "moved": "移交内容",
    },
)

KINDS = (FIRST_REPORTS, DECISIONS, TRANSFERS, MERGES)
