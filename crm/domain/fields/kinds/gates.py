"""What a project must pass: access list, background checks, reviews, exceptions, proofs, approvals, requirements."""

from __future__ import annotations

from crm.domain.fields import codes
from crm.domain.fields.field import Field, Kind, RecordKind, fields_table
from crm.domain.fields.kinds import choices
from crm.domain.fields.kinds.shared import (
    AS_OF,
    CODE,
    DOCUMENT_NUMBER,
    ENTERPRISE,
    NAME,
    NOTES,
    SAID_OF_LEAD,
    SOURCE,
    THE_LEAD,
    VALID_FROM,
    VALID_UNTIL,
)
from crm.i18n import N_

THE_APPROVAL = Field("approval", Kind.TEXT, N_("Approval"), to="approvals", needed=True)

ACCESS_LIST = RecordKind(
    "access-list",
    N_("Access list"),
    "ZR",
    fields_table(
        CODE,
        Field("name", Kind.TEXT, N_("Item"), needed=True),
        Field("level", Kind.CHOICE, N_("Access level"), choices.ACCESS_LEVELS, needed=True),
        Field("gbt4754", Kind.TEXTS, N_("GB/T 4754 classes")),
        Field("edition", Kind.CHOICE, N_("Edition of the classes"), choices.GBT_EDITIONS),
        Field("words", Kind.TEXTS, N_("Words")),
        Field("list_version", Kind.TEXT, N_("Version of the list")),
        VALID_FROM,
        VALID_UNTIL,
        DOCUMENT_NUMBER,
        Field("clause", Kind.TEXT, N_("Clause")),
        SOURCE,
        NOTES,
    ),
    telling=("list_version", "level"),
    headings={
        "name": "条目 清单条目 内容 事项 项目 禁止事项",
        "level": "类别 管控类别 准入类别 级别",
        "gbt4754": "行业代码 国民经济行业代码 行业分类代码",
        "words": "关键词 工艺词 关键字",
        "list_version": "清单版本 版本",
        "clause": "条款 条款号",
    },
)

APPROVALS = RecordKind(
    "approvals",
    N_("Approval items"),
    "SX",
    fields_table(
        CODE,
        NAME,
        Field("kind", Kind.TEXT, N_("Kind of item")),
        Field("level", Kind.CHOICE, N_("Level of decision"), choices.DECISION_LEVELS),
        Field("authority", Kind.TEXT, N_("Authority")),
        Field("online", Kind.FLAG, N_("Without meeting")),
        Field("days", Kind.NUMBER, N_("Promised days")),
        Field("legal_days", Kind.NUMBER, N_("Legal days")),
        Field("basis", Kind.TEXT, N_("Legal basis")),
        VALID_FROM,
        VALID_UNTIL,
        SOURCE,
        AS_OF,
        NOTES,
    ),
    own_codes=True,
    headings={
        "code": "事项编码 事项代码 编码 编号",
        "name": "事项名称 事项",
        "kind": "事项类型 类型",
        "level": "行使层级 办理层级 层级",
        "authority": "实施主体 实施部门 办理部门 主管部门",
        "online": "不见面审批 是否不见面 网上办理",
        "days": "承诺时限 承诺办结时限 承诺期限",
        "legal_days": "法定时限 法定办结时限 法定期限",
        "basis": "设定依据 法律依据 依据",
    },
)

APPROVAL_CHAINS = RecordKind(
    "approval-chains",
    N_("Chains of approvals"),
    "SL",
    fields_table(
        CODE,
        Field("project_type", Kind.TEXT, N_("Type of project"), needed=True),
        Field("approval", Kind.TEXT, N_("Approval"), to="approvals", needed=True),
        Field("place", Kind.NUMBER, N_("Place in the order"), needed=True),
        Field("after", Kind.TEXTS, N_("Only after"), to="approvals"),
        SOURCE,
        NOTES,
    ),
    key=("project_type", "approval"),
    headings={
        "project_type": "项目类型",
        "approval": "事项 事项名称 事项编码",
        "place": "顺序 序号",
        "after": "前置事项",
    },
)

APPROVAL_STEPS = RecordKind(
    "approval-steps",
    N_("Approvals of projects"),
    "SB",
    fields_table(
        CODE,
        THE_LEAD,
        THE_APPROVAL,
        Field("place", Kind.NUMBER, N_("Place in the order")),
        Field("due", Kind.DATE, N_("Due")),
        Field("applied_on", Kind.DATE, N_("Applied on")),
        Field("done_on", Kind.DATE, N_("Done on")),
        DOCUMENT_NUMBER,
        Field("officer", Kind.TEXT, N_("Officer")),
        NOTES,
    ),
    key=("lead", "approval"),
    headings={
        "lead": SAID_OF_LEAD,
        "approval": "事项 事项名称 事项编码",
        "due": "计划完成 计划完成时间 计划日期 办结期限",
        "applied_on": "申报日期 受理日期",
        "done_on": "办结日期 完成日期 办结时间",
    },
)

BACKGROUND_CHECKS = RecordKind(
    "background-checks",
    N_("Background checks"),
    "HC",
    fields_table(
        CODE,
        THE_LEAD,
        Field("item", Kind.CHOICE, N_("What is checked"), choices.CHECK_ITEMS, needed=True),
        Field("result", Kind.CHOICE, N_("Result"), choices.CHECK_RESULTS),
        Field("finding", Kind.NOTE, N_("Finding")),
        Field("checked_on", Kind.DATE, N_("Checked on")),
        Field("checked_by", Kind.TEXT, N_("Check made by")),
        Field("resolved_on", Kind.DATE, N_("Resolved on")),
        Field("resolution", Kind.NOTE, N_("How it was resolved")),
        ENTERPRISE,
        SOURCE,
    ),
    key=("lead", "item"),
    headings={
        "lead": SAID_OF_LEAD,
        "item": "核查事项 核查内容",
        "result": "核查结果 结果",
        "finding": "核查情况 情况",
        "checked_on": "核查日期",
        "checked_by": "核查人",
    },
)

PLANNING_CHECKS = RecordKind(
    "planning-checks",
    N_("Checks of conformity with plans"),
    "GF",
    fields_table(
        CODE,
        THE_LEAD,
        Field("plot", Kind.TEXT, N_("Plot"), to="plots"),
        Field("result", Kind.CHOICE, N_("Result"), choices.PLANNING_RESULTS),
        Field("reason", Kind.NOTE, N_("Reason")),
        Field("checked_on", Kind.DATE, N_("Checked on")),
        Field("checked_by", Kind.TEXT, N_("Check made by")),
        SOURCE,
    ),
    key=("lead", "plot"),
    headings={"lead": SAID_OF_LEAD, "plot": "地块 地块编号", "result": "核验结果 结论", "reason": "理由 说明"},
)

REVIEWS = RecordKind(
    "reviews",
    N_("Reviews"),
    "PS",
    fields_table(
        CODE,
        THE_LEAD,
        Field("reviewer", Kind.TEXT, N_("Reviewer"), needed=True),
        Field("held_on", Kind.DATE, N_("Held on"), needed=True),
        Field("decision", Kind.CHOICE, N_("Review decision"), choices.REVIEW_DECISIONS),
        Field("score", Kind.NUMBER, N_("Score")),
        Field("conditions", Kind.NOTE, N_("Conditions")),
        Field("minutes_number", Kind.TEXT, N_("Number of the minutes")),
        NOTES,
    ),
    key=("lead", "reviewer", "held_on"),
    headings={
        "lead": SAID_OF_LEAD,
        "reviewer": "评审人 审核人 专家",
        "held_on": "评审日期 评审时间",
        "decision": "评审结论 评审意见 结论",
        "minutes_number": "纪要编号 会议纪要编号",
    },
)

EXCEPTIONS = RecordKind(
    "exceptions",
    N_("Exceptions granted"),
    "LW",
    fields_table(
        CODE,
        THE_LEAD,
        Field("gate", Kind.CHOICE, N_("Gate"), choices.GATES, needed=True),
        Field("reason", Kind.NOTE, N_("Reason"), needed=True),
        Field("approver", Kind.TEXT, N_("Approved by"), needed=True),
        Field("approved_on", Kind.DATE, N_("Approved on"), needed=True),
        VALID_UNTIL,
        DOCUMENT_NUMBER,
    ),
    key=("lead", "gate"),
    headings={
        "lead": SAID_OF_LEAD,
        "gate": "例外事项 关口",
        "reason": "理由 例外理由",
        "approver": "批准人",
        "approved_on": "批准日期",
    },
)

PROOFS = RecordKind(
    "proofs",
    N_("Proofs of stages"),
    "ZJ",
    fields_table(
        CODE,
        NAME,
        THE_LEAD,
        Field("stage", Kind.CHOICE, N_("Stage"), codes.STAGES, needed=True),
        Field("dated", Kind.DATE, N_("Date of the document")),
        DOCUMENT_NUMBER,
        Field("file", Kind.TEXT, N_("Where the file is")),
        SOURCE,
        NOTES,
    ),
    telling=("stage",),
    headings={"name": "佐证名称 佐证材料 材料名称", "lead": SAID_OF_LEAD, "stage": "阶段 节点", "dated": "材料日期"},
)

REQUIREMENTS = RecordKind(
    "requirements",
    N_("Requirements of stages"),
    "YQ",
    fields_table(
        CODE,
        Field("stage", Kind.CHOICE, N_("Stage"), codes.STAGES, needed=True),
        Field("needs", Kind.TEXT, N_("Field needed"), needed=True),
        Field("condition", Kind.TEXT, N_("Only where")),
        Field("basis", Kind.TEXT, N_("Basis"), needed=True),
        VALID_FROM,
        VALID_UNTIL,
    ),
    key=("stage", "needs", "condition"),
    headings={"stage": "阶段", "needs": "必填字段 要求字段", "condition": "适用条件 条件", "basis": "依据"},
)

KINDS = (
    ACCESS_LIST,
    APPROVALS,
    APPROVAL_CHAINS,
    APPROVAL_STEPS,
    BACKGROUND_CHECKS,
    PLANNING_CHECKS,
    REVIEWS,
    EXCEPTIONS,
    PROOFS,
    REQUIREMENTS,
)
