"""双招双引: campaigns and what comes of them, talents, stations abroad, services to talents."""

from __future__ import annotations

from crm.domain.fields.field import Field, Kind, RecordKind, fields_table
from crm.domain.fields.kinds import choices
from crm.domain.fields.kinds.shared import (
    ADDRESS,
    AS_OF,
    BUREAU,
    CODE,
    COUNTRY,
    ENTERPRISE,
    LEAD,
    LEADS,
    NAME,
    NOTES,
    OWNER,
    PERSON,
    PHONE,
    SAID_OF_LEAD,
    SOURCE,
)
from crm.i18n import N_

CAMPAIGN = Field("campaign", Kind.TEXT, N_("Campaign"), to="campaigns")
STATION = Field("station", Kind.TEXT, N_("Station abroad"), to="stations")
TALENT = Field("talent", Kind.TEXT, N_("Talent"), to="talents")

TALENTS = RecordKind(
    "talents",
    N_("Talents and teams"),
    "TA",
    fields_table(
        CODE,
        PERSON,
        Field("kind", Kind.CHOICE, N_("Person or team"), choices.TALENT_KINDS),
        Field("level", Kind.TEXT, N_("Level")),
        Field("team_size", Kind.NUMBER, N_("Team size"), unit="人"),
        Field("field", Kind.TEXT, N_("Field of work")),
        Field("organisation", Kind.TEXT, N_("Present organisation")),
        COUNTRY,
        Field("programme", Kind.TEXT, N_("Programme")),
        Field("programme_document", Kind.TEXT, N_("Document of the programme")),
        Field("state", Kind.CHOICE, N_("State"), choices.TALENT_STATES),
        LEADS,
        Field("community", Kind.TEXT, N_("Research community"), to="communities"),
        STATION,
        CAMPAIGN,
        PHONE,
        OWNER,
        BUREAU,
        Field("first_contact_on", Kind.DATE, N_("First contact on")),
        Field("next_step", Kind.TEXT, N_("Next step")),
        Field("next_date", Kind.DATE, N_("Next date")),
        Field("told_on", Kind.DATE, N_("Told about the use of the data on")),
        Field("keep_until", Kind.DATE, N_("Kept until")),
        SOURCE,
        NOTES,
    ),
    telling=("organisation",),
    headings={
        "name": "姓名 人才姓名 团队名称 领军人才 负责人",
        "level": "人才层次 人才级别 层次 级别",
        "team_size": "团队人数 人数",
        "field": "研究方向 专业领域 领域",
        "organisation": "现单位 工作单位 单位",
        "programme": "人才计划 申报计划",
        "leads": SAID_OF_LEAD,
        "phone": "电话 联系电话 手机",
    },
)
"""Only what the purpose needs: there is no field for an identity card, a birth date or a family."""

CAMPAIGNS = RecordKind(
    "campaigns",
    N_("Campaigns"),
    "HD",
    fields_table(
        CODE,
        NAME,
        Field("kind", Kind.CHOICE, N_("Kind"), choices.CAMPAIGN_KINDS),
        Field("held_on", Kind.DATE, N_("Held on")),
        Field("held_until", Kind.DATE, N_("Held until")),
        Field("place", Kind.TEXT, N_("Place")),
        COUNTRY,
        STATION,
        Field("organiser", Kind.TEXT, N_("Organiser")),
        OWNER,
        BUREAU,
        SOURCE,
        NOTES,
    ),
    headings={
        "name": "活动名称 活动",
        "kind": "活动类型 类型",
        "held_on": "活动时间 活动日期 举办时间 开始日期 日期",
        "place": "活动地点 举办地点 地点",
        "organiser": "主办单位 承办单位",
    },
)

SIGN_UPS = RecordKind(
    "sign-ups",
    N_("Sign-ups of campaigns"),
    "BM",
    fields_table(
        CODE,
        PERSON,
        Field("campaign", Kind.TEXT, N_("Campaign"), to="campaigns", needed=True),
        Field("organisation", Kind.TEXT, N_("Organisation")),
        Field("wants", Kind.CHOICE, N_("Comes for"), choices.SIGN_UP_WANTS),
        Field("topic", Kind.TEXT, N_("Topic")),
        PHONE,
        Field("signed_up_on", Kind.DATE, N_("Signed up on")),
        LEAD,
        TALENT,
        SOURCE,
        NOTES,
    ),
    telling=("organisation",),
    headings={
        "name": "姓名 嘉宾姓名 报名人 联系人",
        "campaign": "活动 活动名称",
        "organisation": "单位 单位名称 企业名称 公司名称",
        "wants": "意向类型 类型",
        "topic": "项目 项目名称 意向内容",
        "phone": "电话 手机 联系电话",
        "signed_up_on": "报名时间 报名日期",
    },
)

STATIONS = RecordKind(
    "stations",
    N_("Stations abroad"),
    "YZ",
    fields_table(
        CODE,
        NAME,
        COUNTRY,
        Field("time_zone", Kind.TEXT, N_("Time zone")),
        Field("language", Kind.TEXT, N_("Language")),
        ADDRESS,
        Field("contact", Kind.TEXT, N_("Contact"), personal=True),
        PHONE,
        Field("status", Kind.CHOICE, N_("Status"), choices.STATION_STATUSES),
        SOURCE,
        AS_OF,
        NOTES,
    ),
    headings={"name": "站点名称 引才站 联络站 机构名称", "country": "国别 所在国家"},
)

SERVICES = RecordKind(
    "services",
    N_("Services to talents and industry"),
    "SY",
    fields_table(
        CODE,
        NAME,
        Field("status", Kind.CHOICE, N_("Status"), choices.SLOT_STATUSES),
        Field("content", Kind.NOTE, N_("Content")),
        SOURCE,
        NOTES,
    ),
    headings={"name": "服务事项 服务名称"},
)
"""The ten (十优) are not listed in the founding document (fact L02): ten empty entries."""

SERVICE_RECORDS = RecordKind(
    "service-records",
    N_("Services delivered"),
    "FJ",
    fields_table(
        CODE,
        Field("service", Kind.TEXT, N_("Service"), to="services", needed=True),
        LEAD,
        TALENT,
        ENTERPRISE,
        Field("delivered_on", Kind.DATE, N_("Delivered on")),
        Field("delivered_by", Kind.TEXT, N_("Delivered by")),
        NOTES,
    ),
    key=("service", "lead", "talent", "enterprise"),
    headings={"service": "服务事项 服务", "lead": SAID_OF_LEAD, "talent": "人才 人才姓名"},
)

KINDS = (CAMPAIGNS, SIGN_UPS, TALENTS, STATIONS, SERVICES, SERVICE_RECORDS)
