"""What was promised and what came of it: performance, evaluation, incentives, financing, targets, registers, texts."""

from __future__ import annotations

from crm.domain.fields import codes
from crm.domain.fields.field import Field, Kind, RecordKind, fields_table
from crm.domain.fields.kinds import choices
from crm.domain.fields.kinds.shared import (
    AS_OF,
    CODE,
    DOCUMENT_NUMBER,
    ENTERPRISE,
    FIELDS,
    LEAD,
    NAME,
    NOTES,
    SAID_OF_ENTERPRISE,
    SAID_OF_LEAD,
    SOURCE,
    THE_ENTERPRISE,
    THE_LEAD,
    VALID_FROM,
    VALID_UNTIL,
)
from crm.i18n import N_

THE_YEAR = Field("year", Kind.YEAR, N_("Business year"), needed=True)

STEWARDS = RecordKind(
    "stewards",
    N_("Project stewards"),
    "GJ",
    fields_table(
        CODE,
        THE_LEAD,
        Field("steward", Kind.TEXT, N_("Steward"), needed=True),
        Field("since", Kind.DATE, N_("Since"), needed=True),
        Field("until", Kind.DATE, N_("Until")),
        Field("handover", Kind.NOTE, N_("Handover")),
    ),
    key=("lead", "since"),
    headings={"lead": SAID_OF_LEAD, "steward": "项目管家 管家 服务专员", "since": "起始日期 接手日期"},
)

PERFORMANCE = RecordKind(
    "performance",
    N_("Figures of enterprises by year"),
    "ND",
    fields_table(
        CODE,
        THE_ENTERPRISE,
        THE_YEAR,
        Field("kind", Kind.CHOICE, N_("Promised or actual"), choices.YEAR_FIGURES, needed=True),
        LEAD,
        Field("investment", Kind.MONEY, N_("Investment made"), unit="万元"),
        Field("output", Kind.MONEY, N_("Output"), unit="万元"),
        Field("revenue", Kind.MONEY, N_("Revenue"), unit="万元"),
        Field("tax", Kind.MONEY, N_("Tax"), unit="万元"),
        Field("tax_basis", Kind.CHOICE, N_("Tax basis"), codes.TAX_BASES),
        Field("land", Kind.LAND, N_("Land held"), unit="亩"),
        Field("jobs", Kind.NUMBER, N_("Jobs"), unit="人"),
        Field("rd_spend", Kind.MONEY, N_("Research spending"), unit="万元"),
        Field("energy", Kind.NUMBER, N_("Energy"), unit="tce"),
        Field("declared_by", Kind.TEXT, N_("Given by")),
        Field("seen_by", Kind.TEXT, N_("May be seen by")),
        SOURCE,
        AS_OF,
        NOTES,
    ),
    key=("enterprise", "year", "kind"),
    headings={
        "enterprise": SAID_OF_ENTERPRISE,
        "year": "年度 年份",
        "kind": "数据类型 口径类型",
        "investment": "投资额 完成投资 固定资产投资",
        "output": "产值 工业总产值",
        "revenue": "营业收入 销售收入 开票销售",
        "tax": "税收 纳税额 入库税收 实缴税收",
        "land": "用地面积 占地面积",
        "jobs": "用工 用工人数 从业人数",
        "rd_spend": "研发经费 研发费用 研发投入",
        "energy": "能耗 综合能耗",
        "declared_by": "提供单位 数据来源单位",
    },
)
"""What one firm declared (decisions 45): source, who gave it and who may see it stand beside every figure."""

EVALUATIONS = RecordKind(
    "evaluations",
    N_("Evaluations of firms"),
    "PJ",
    fields_table(
        CODE,
        THE_ENTERPRISE,
        THE_YEAR,
        Field("tax_per_mu", Kind.NUMBER, N_("Tax per mu")),
        Field("sales_per_mu", Kind.NUMBER, N_("Sales per mu")),
        Field("green", Kind.NUMBER, N_("Tax by unit of energy")),
        Field("bonus", Kind.NUMBER, N_("Points added or taken")),
        Field("score", Kind.NUMBER, N_("Score")),
        Field("grade", Kind.CHOICE, N_("Class"), choices.EVALUATION_CLASSES),
        Field("weights", Kind.TEXT, N_("Weights used")),
        Field("objection_until", Kind.DATE, N_("Objections until")),
        Field("objection", Kind.NOTE, N_("Objection")),
        SOURCE,
        NOTES,
    ),
    key=("enterprise", "year"),
    headings={
        "enterprise": SAID_OF_ENTERPRISE,
        "year": "评价年度 年度 年份",
        "tax_per_mu": "亩均税收",
        "sales_per_mu": "亩均销售 亩均销售收入",
        "score": "得分 综合得分",
        "grade": "评价等级 等级 类别",
    },
)

"""Tax and sales in 万元 for each 亩, tax in 万元 for each tce; how the score is made: crm.domain.evaluation."""

INCENTIVES = RecordKind(
    "incentives",
    N_("Incentives"),
    "ZC",
    fields_table(
        CODE,
        NAME,
        Field("head", Kind.CHOICE, N_("Head of policy"), choices.INCENTIVE_HEADS),
        ENTERPRISE,
        LEAD,
        Field("time", Kind.CHOICE, N_("New or earlier"), choices.PROMISE_TIMES),
        Field("basis", Kind.TEXT, N_("Legal basis")),
        Field("conditions", Kind.NOTE, N_("Conditions of payment")),
        Field("text", Kind.NOTE, N_("Wording of the promise")),
        Field("promised", Kind.MONEY, N_("Promised"), unit="万元"),
        Field("promised_on", Kind.DATE, N_("Promised on")),
        Field("due", Kind.DATE, N_("Due")),
        Field("paid", Kind.MONEY, N_("Paid"), unit="万元"),
        Field("paid_on", Kind.DATE, N_("Paid on")),
        Field("review", Kind.CHOICE, N_("Fair-competition review"), choices.INCENTIVE_REVIEWS),
        Field("reviewer", Kind.TEXT, N_("Reviewer")),
        Field("reviewed_on", Kind.DATE, N_("Reviewed on")),
        SOURCE,
        NOTES,
    ),
    headings={
        "name": "政策事项 兑现事项 承诺事项 事项",
        "head": "政策类别 类别",
        "enterprise": SAID_OF_ENTERPRISE,
        "lead": SAID_OF_LEAD,
        "basis": "政策依据 法律依据 依据",
        "conditions": "兑现条件 条件",
        "promised": "承诺金额 应兑现金额",
        "due": "兑现期限 应兑现日期 应付日期",
        "paid": "已兑现金额 已付金额 兑现金额",
        "paid_on": "兑现日期 支付日期",
    },
)

FINANCING_NEEDS = RecordKind(
    "financing-needs",
    N_("Financing needs"),
    "RZ",
    fields_table(
        CODE,
        THE_LEAD,
        Field("kind", Kind.CHOICE, N_("Kind of financing"), choices.FINANCING_KINDS, needed=True),
        Field("amount", Kind.MONEY, N_("Amount"), unit="万元"),
        Field("institution", Kind.TEXT, N_("Institution")),
        Field("fund", Kind.TEXT, N_("Fund"), to="funds"),
        Field("referred_on", Kind.DATE, N_("Referred on")),
        Field("state", Kind.CHOICE, N_("State"), choices.FINANCING_STATES),
        Field("result", Kind.TEXT, N_("Result")),
        SOURCE,
        NOTES,
    ),
    key=("lead", "kind", "institution", "fund"),
    headings={
        "lead": SAID_OF_LEAD,
        "kind": "融资方式 需求类型",
        "amount": "融资金额 需求金额 金额",
        "institution": "金融机构 对接机构 银行",
        "state": "对接状态 状态",
    },
)

TARGETS = RecordKind(
    "targets",
    N_("Targets"),
    "MB",
    fields_table(
        CODE,
        Field("holder_kind", Kind.CHOICE, N_("Whose target"), choices.TARGET_HOLDERS, needed=True),
        Field("holder", Kind.TEXT, N_("Holder")),
        Field("period", Kind.DATE, N_("Period"), needed=True),
        Field("measure", Kind.CHOICE, N_("Measure"), choices.TARGET_MEASURES, needed=True),
        Field("target", Kind.NUMBER, N_("Target"), needed=True),
        DOCUMENT_NUMBER,
        SOURCE,
        NOTES,
    ),
    key=("holder_kind", "holder", "period", "measure"),
    headings={
        "holder_kind": "对象类型",
        "holder": "任务对象 单位 责任单位 板块",
        "period": "考核期 年度 期间",
        "measure": "指标 考核指标",
        "target": "目标值 目标 任务数",
    },
)
"""Counts in their own number, money in 万元."""

ENROLMENTS = RecordKind(
    "enrolments",
    N_("Enrolments in programmes"),
    "CY",
    fields_table(
        CODE,
        THE_ENTERPRISE,
        Field("programme", Kind.TEXT, N_("Programme"), needed=True),
        Field("enrolled_on", Kind.DATE, N_("Enrolled on")),
        Field("state", Kind.CHOICE, N_("State"), choices.ENROLMENT_STATES),
        SOURCE,
        NOTES,
    ),
    key=("enterprise", "programme"),
    headings={
        "enterprise": SAID_OF_ENTERPRISE,
        "programme": "专项行动 行动计划 项目",
        "enrolled_on": "参与日期 入选日期",
    },
)

RD_INSTITUTIONS = RecordKind(
    "rd-institutions",
    N_("Research institutions of firms"),
    "YF",
    fields_table(
        CODE,
        NAME,
        ENTERPRISE,
        Field("kind", Kind.CHOICE, N_("Kind"), choices.RD_INSTITUTION_KINDS),
        Field("level", Kind.CHOICE, N_("Recognised level"), choices.INSTITUTION_LEVELS),
        Field("year", Kind.YEAR, N_("Business year")),
        FIELDS,
        SOURCE,
        AS_OF,
        NOTES,
    ),
    headings={
        "name": "机构名称 研发机构名称",
        "enterprise": "依托单位 企业 企业名称",
        "kind": "机构类型 类型",
        "level": "级别 认定级别",
        "year": "认定年度 认定年份 年度",
    },
)

ENTERPRISE_REQUESTS = RecordKind(
    "enterprise-requests",
    N_("Requests of enterprises"),
    "QS",
    fields_table(
        CODE,
        Field("name", Kind.TEXT, N_("Matter"), needed=True),
        ENTERPRISE,
        LEAD,
        Field("asked_on", Kind.DATE, N_("Asked on")),
        Field("due", Kind.DATE, N_("Due")),
        Field("handled_by", Kind.TEXT, N_("Handled by")),
        Field("answered_on", Kind.DATE, N_("Answered on")),
        Field("answer", Kind.NOTE, N_("Answer")),
        SOURCE,
        NOTES,
    ),
    headings={
        "name": "诉求 诉求内容 诉求事项 事项",
        "enterprise": SAID_OF_ENTERPRISE,
        "lead": SAID_OF_LEAD,
        "due": "办理期限",
        "handled_by": "承办单位 办理部门",
        "answered_on": "答复日期 办结日期",
    },
)

FUND_CONTACTS = RecordKind(
    "fund-contacts",
    N_("Contacts with fund managers"),
    "JL",
    fields_table(
        CODE,
        Field("fund", Kind.TEXT, N_("Fund"), to="funds", needed=True),
        Field("held_on", Kind.DATE, N_("Day"), needed=True),
        Field("officer", Kind.TEXT, N_("Officer")),
        LEAD,
        Field("note", Kind.NOTE, N_("What was said")),
        Field("next_step", Kind.TEXT, N_("Next step")),
        Field("next_date", Kind.DATE, N_("Next date")),
    ),
    key=("fund", "held_on", "lead"),
    headings={"fund": "基金 基金名称", "held_on": "联络日期 日期", "note": "沟通内容 内容", "lead": SAID_OF_LEAD},
)

TEXTS = RecordKind(
    "texts",
    N_("Policies and reference texts"),
    "WB",
    fields_table(
        CODE,
        NAME,
        Field("kind", Kind.CHOICE, N_("Kind"), choices.TEXT_KINDS, needed=True),
        Field("head", Kind.TEXT, N_("Head")),
        Field("text", Kind.NOTE, N_("Text")),
        DOCUMENT_NUMBER,
        Field("issued_by", Kind.TEXT, N_("Issued by")),
        VALID_FROM,
        VALID_UNTIL,
        Field("basis", Kind.TEXT, N_("What is counted")),
        SOURCE,
        AS_OF,
        NOTES,
    ),
    telling=("kind", "head"),
    headings={"name": "标题 政策名称 名称", "text": "正文 内容 条文", "issued_by": "发文单位 制定机关"},
)

KINDS = (
    STEWARDS,
    PERFORMANCE,
    EVALUATIONS,
    INCENTIVES,
    FINANCING_NEEDS,
    TARGETS,
    ENROLMENTS,
    RD_INSTITUTIONS,
    ENTERPRISE_REQUESTS,
    FUND_CONTACTS,
    TEXTS,
)
