"""Who the district works with: enterprises and their people, state groups, institutions, providers, officers."""

from __future__ import annotations

from crm.domain.fields.field import Field, Kind, RecordKind, fields_table
from crm.domain.fields.kinds import choices
from crm.domain.fields.kinds.shared import (
    ADDRESS,
    AREA,
    AS_OF,
    BUREAU,
    CODE,
    COUNTRY,
    ENTERPRISE,
    FIELDS,
    FUNCTIONAL_AREA,
    LEAD,
    LEADS,
    NAME,
    NOTES,
    OWNER,
    PERSON,
    PHONE,
    SAID_OF_ENTERPRISE,
    SAID_OF_LEAD,
    SOURCE,
)
from crm.i18n import N_

ENTERPRISES = RecordKind(
    "enterprises",
    N_("Enterprises"),
    "QY",
    fields_table(
        CODE,
        NAME,
        Field("former_names", Kind.TEXTS, N_("Former names")),
        Field("aliases", Kind.TEXTS, N_("Also called")),
        Field("credit_code", Kind.CREDIT_CODE, N_("Credit code")),
        Field("company_group", Kind.TEXT, N_("Group of companies")),
        LEADS,
        Field("roles", Kind.CHOICES, N_("Roles"), choices.ROLES),
        Field("industry", Kind.TEXT, N_("Industry")),
        Field("gbt4754", Kind.TEXTS, N_("GB/T 4754 classes")),
        Field("scale", Kind.CHOICE, N_("Size class"), choices.ENTERPRISE_SCALES),
        Field("leading", Kind.FLAG, N_("Leading firm")),
        Field("led_by", Kind.TEXT, N_("Brought by the leading firm"), to="enterprises"),
        Field("registered_on", Kind.DATE, N_("Registered on")),
        Field("registered_capital", Kind.MONEY, N_("Registered capital"), unit="万元"),
        Field("production_on", Kind.DATE, N_("In production on")),
        Field("land", Kind.LAND, N_("Land held"), unit="亩"),
        AREA,
        FUNCTIONAL_AREA,
        ADDRESS,
        OWNER,
        BUREAU,
        SOURCE,
        AS_OF,
        NOTES,
    ),
    telling=("credit_code",),
    headings={
        "name": "企业名称 企业 公司名称 单位名称 企业全称 公司全称",
        "code": "企业编号 编号 编码",
        "former_names": "曾用名 原名称",
        "aliases": "简称 别名 企业简称",
        "company_group": "所属集团 集团",
        "leads": SAID_OF_LEAD,
        "registered_on": "成立日期 注册日期 注册时间 成立时间",
        "address": "注册地址 企业地址 地址",
    },
)

PERSONS = RecordKind(
    "persons",
    N_("Contact persons"),
    "LX",
    fields_table(
        CODE,
        PERSON,
        ENTERPRISE,
        Field("organisation", Kind.TEXT, N_("Organisation")),
        LEADS,
        Field("position", Kind.TEXT, N_("Position")),
        PHONE,
        Field("email", Kind.TEXT, N_("Work e-mail"), personal=True),
        Field("told_on", Kind.DATE, N_("Told about the use of the data on")),
        Field("keep_until", Kind.DATE, N_("Kept until")),
        SOURCE,
        NOTES,
    ),
    telling=("organisation",),
    headings={
        "name": "姓名 联系人 联系人姓名",
        "enterprise": SAID_OF_ENTERPRISE,
        "organisation": "单位 机构",
        "position": "职务 职位",
        "phone": "电话 手机 手机号 联系电话 工作电话",
        "email": "邮箱 电子邮箱 工作邮箱",
    },
)
"""No more of a person than is needed to call (practice.md §11)."""

GROUPS = RecordKind(
    "groups",
    N_("State-owned groups"),
    "GQ",
    fields_table(
        CODE,
        NAME,
        Field("kind", Kind.CHOICE, N_("Kind"), choices.GROUP_KINDS),
        Field("aliases", Kind.TEXTS, N_("Also called")),
        Field("contact", Kind.TEXT, N_("Contact"), personal=True),
        PHONE,
        SOURCE,
        AS_OF,
        NOTES,
    ),
    headings={"name": "集团名称 集团 公司名称"},
)

GROUP_REQUESTS = RecordKind(
    "group-requests",
    N_("Requests to groups"),
    "SQ",
    fields_table(
        CODE,
        Field("name", Kind.TEXT, N_("Matter"), needed=True),
        Field("state_group", Kind.TEXT, N_("Group"), to="groups", needed=True),
        LEAD,
        Field("about", Kind.CHOICE, N_("About"), choices.GROUP_MATTERS),
        Field("asked_on", Kind.DATE, N_("Asked on")),
        Field("due", Kind.DATE, N_("Due")),
        Field("asked_by", Kind.TEXT, N_("Asked by")),
        Field("replied_on", Kind.DATE, N_("Replied on")),
        Field("reply", Kind.NOTE, N_("Reply")),
        SOURCE,
    ),
    headings={
        "name": "事项 请示事项 商请事项",
        "state_group": "集团 国企集团 承办集团",
        "lead": SAID_OF_LEAD,
        "due": "办理期限 回复期限",
        "replied_on": "回复日期 回复时间",
        "reply": "回复内容 回复意见",
    },
)

INSTITUTIONS = RecordKind(
    "institutions",
    N_("Partner institutions"),
    "YX",
    fields_table(
        CODE,
        NAME,
        Field("kind", Kind.CHOICE, N_("Kind"), choices.INSTITUTION_KINDS),
        COUNTRY,
        FIELDS,
        Field("contact", Kind.TEXT, N_("Contact"), personal=True),
        PHONE,
        SOURCE,
        AS_OF,
        NOTES,
    ),
    headings={"name": "院校名称 院所名称 机构名称 单位名称", "fields": "研究领域 领域 学科方向"},
)

COOPERATIONS = RecordKind(
    "cooperations",
    N_("Cooperations with institutions"),
    "HZ",
    fields_table(
        CODE,
        Field("name", Kind.TEXT, N_("Subject"), needed=True),
        Field("institution", Kind.TEXT, N_("Institution"), to="institutions", needed=True),
        LEAD,
        ENTERPRISE,
        Field("stage", Kind.CHOICE, N_("Stage"), choices.COOPERATION_STAGES),
        Field("started_on", Kind.DATE, N_("Started on")),
        SOURCE,
        NOTES,
    ),
    headings={
        "name": "合作内容 合作项目 合作事项",
        "institution": "合作院校 院校名称 合作单位",
        "lead": SAID_OF_LEAD,
        "enterprise": SAID_OF_ENTERPRISE,
        "started_on": "合作日期 合作时间 日期",
    },
)

PROVIDERS = RecordKind(
    "providers",
    N_("Service providers"),
    "FW",
    fields_table(
        CODE,
        NAME,
        Field("credit_code", Kind.CREDIT_CODE, N_("Credit code")),
        Field("services", Kind.CHOICES, N_("Services"), choices.PROVIDER_SERVICES),
        Field("contact", Kind.TEXT, N_("Contact"), personal=True),
        PHONE,
        SOURCE,
        AS_OF,
        NOTES,
    ),
    telling=("credit_code",),
    headings={"name": "服务商 服务商名称 机构名称", "services": "服务领域 服务内容 服务类型"},
)

REFERRALS = RecordKind(
    "referrals",
    N_("Referrals to providers"),
    "TJ",
    fields_table(
        CODE,
        Field("provider", Kind.TEXT, N_("Provider"), to="providers", needed=True),
        Field("service", Kind.CHOICE, N_("Service"), choices.PROVIDER_SERVICES),
        ENTERPRISE,
        LEAD,
        Field("referred_on", Kind.DATE, N_("Referred on"), needed=True),
        Field("result", Kind.TEXT, N_("Result")),
        Field("result_on", Kind.DATE, N_("Result on")),
        NOTES,
    ),
    key=("provider", "enterprise", "lead", "referred_on"),
    headings={"provider": "服务商 服务商名称", "enterprise": SAID_OF_ENTERPRISE, "lead": SAID_OF_LEAD},
)

OFFICERS = RecordKind(
    "officers",
    N_("Officers"),
    "RY",
    fields_table(
        CODE,
        NAME,
        BUREAU,
        Field("position", Kind.TEXT, N_("Position")),
        AREA,
        PHONE,
        Field("active", Kind.FLAG, N_("On duty")),
        NOTES,
    ),
    telling=("bureau",),
    headings={"name": "姓名 人员", "bureau": "单位 部门 所属单位", "position": "职务 岗位"},
)

KINDS = (
    ENTERPRISES,
    PERSONS,
    OFFICERS,
    GROUPS,
    GROUP_REQUESTS,
    INSTITUTIONS,
    COOPERATIONS,
    PROVIDERS,
    REFERRALS,
)
