"""Where a project may settle beside communities and plots: carriers, platforms, plans, areas, cleared land."""

from __future__ import annotations

from crm.domain.fields import codes
from crm.domain.fields.field import Field, Kind, RecordKind, fields_table
from crm.domain.fields.kinds import choices
from crm.domain.fields.kinds.shared import (
    ADDRESS,
    AREA,
    AS_OF,
    CODE,
    COUNTRY,
    DOCUMENT_NUMBER,
    FIELDS,
    FUNCTIONAL_AREA,
    NAME,
    NOTES,
    SOURCE,
    VALID_FROM,
    VALID_UNTIL,
)
from crm.i18n import N_

OPERATING_GROUP = Field("operating_group", Kind.TEXT, N_("Operating group"), to="groups")
OWNING_GROUP = Field("owning_group", Kind.TEXT, N_("Owning group"), to="groups")

CARRIERS = RecordKind(
    "carriers",
    N_("Carriers"),
    "ZT",
    fields_table(
        CODE,
        NAME,
        Field("kind", Kind.CHOICE, N_("Kind of carrier"), choices.CARRIER_KINDS),
        Field("listed_as", Kind.CHOICE, N_("Listed as"), choices.CARRIER_LISTS),
        AREA,
        FUNCTIONAL_AREA,
        ADDRESS,
        FIELDS,
        Field("space", Kind.SPACES, N_("Space available")),
        Field("ceiling_height", Kind.NUMBER, N_("Ceiling height"), unit="m"),
        Field("floor_load", Kind.NUMBER, N_("Floor load"), unit="kg/㎡"),
        Field("power", Kind.NUMBER, N_("Power"), unit="kVA"),
        Field("environment", Kind.TEXTS, N_("Environmental abilities")),
        Field("ready", Kind.DATE, N_("Ready on")),
        Field("rent", Kind.TEXT, N_("Rent")),
        Field("operator", Kind.TEXT, N_("Operator")),
        OPERATING_GROUP,
        OWNING_GROUP,
        Field("state_asset", Kind.FLAG, N_("State-owned asset")),
        Field("tags", Kind.TEXTS, N_("Tags")),
        Field("transport", Kind.NOTE, N_("Transport")),
        Field("community", Kind.TEXT, N_("Research community"), to="communities"),
        Field("conversion", Kind.CHOICE, N_("Conversion into a research community"), choices.CONVERSIONS),
        Field("converted_on", Kind.DATE, N_("Conversion done on")),
        Field("former_use", Kind.TEXT, N_("Former use")),
        Field("status", Kind.CHOICE, N_("Status"), codes.COMMUNITY_STATUSES),
        SOURCE,
        AS_OF,
        NOTES,
    ),
    headings={
        "name": "载体名称 园区名称 楼宇名称 载体",
        "code": "载体编号 编号 编码",
        "kind": "载体类型 类型",
        "operator": "运营单位 运营方 运营公司",
        "owning_group": "产权单位 业主单位",
        "state_asset": "国有资产 是否国资",
        "transport": "交通 交通条件",
        "ready": "交付时间 可交付时间",
    },
)

PLATFORMS = RecordKind(
    "platforms",
    N_("Innovation and cooperation platforms"),
    "PT",
    fields_table(
        CODE,
        NAME,
        Field("kind", Kind.CHOICE, N_("Kind"), choices.PLATFORM_KINDS),
        COUNTRY,
        Field("field", Kind.TEXT, N_("Field of work")),
        AREA,
        FUNCTIONAL_AREA,
        Field("community", Kind.TEXT, N_("Research community"), to="communities"),
        Field("operator", Kind.TEXT, N_("Operator")),
        Field("status", Kind.CHOICE, N_("Status"), choices.SLOT_STATUSES),
        SOURCE,
        AS_OF,
        NOTES,
    ),
    headings={"name": "平台名称 平台", "kind": "平台类型 类型", "field": "服务领域 领域", "country": "合作国别 国别"},
)

PLANS = RecordKind(
    "plans",
    N_("Plans of the district"),
    "GH",
    fields_table(
        CODE,
        NAME,
        Field("kind", Kind.CHOICE, N_("Kind of plan"), choices.PLAN_KINDS),
        DOCUMENT_NUMBER,
        Field("approved_on", Kind.DATE, N_("Approved on")),
        VALID_FROM,
        VALID_UNTIL,
        Field("content", Kind.NOTE, N_("Content")),
        Field("status", Kind.CHOICE, N_("Status"), choices.SLOT_STATUSES),
        SOURCE,
        AS_OF,
    ),
    headings={"name": "规划名称", "kind": "规划类型 类型", "document_number": "批复文号 文号"},
)

PLAN_USES = RecordKind(
    "plan-uses",
    N_("What plans say of plots"),
    "GT",
    fields_table(
        CODE,
        Field("plan", Kind.TEXT, N_("Plan"), to="plans", needed=True),
        Field("plot", Kind.TEXT, N_("Plot"), to="plots", needed=True),
        Field("land_use", Kind.CHOICE, N_("Land use"), codes.LAND_USES),
        Field("plot_ratio", Kind.NUMBER, N_("Plot ratio")),
        Field("clause", Kind.TEXT, N_("Clause")),
        SOURCE,
        NOTES,
    ),
    key=("plan", "plot"),
    headings={"plan": "规划 规划名称", "plot": "地块 地块编号", "land_use": "规划用途 用途"},
)

FUNCTIONAL_AREAS = RecordKind(
    "functional-areas",
    N_("Functional areas"),
    "PQ",
    fields_table(
        CODE,
        NAME,
        Field("status", Kind.CHOICE, N_("Status"), choices.AREA_STATUSES),
        Field("places", Kind.TEXTS, N_("Streets and towns")),
        VALID_FROM,
        SOURCE,
        NOTES,
    ),
    headings={"name": "片区名称 功能片区"},
)
"""Five, unnamed in the founding document (fact D06, inconsistency I07)."""

CLEARINGS = RecordKind(
    "clearings",
    N_("Cleared firms"),
    "QL",
    fields_table(
        CODE,
        Field("name", Kind.TEXT, N_("Firm"), needed=True),
        Field("credit_code", Kind.CREDIT_CODE, N_("Credit code")),
        Field("cleared_on", Kind.DATE, N_("Cleared on")),
        ADDRESS,
        Field("land", Kind.LAND, N_("Land freed"), unit="亩"),
        Field("plots", Kind.TEXTS, N_("Plots made of it"), to="plots"),
        Field("reason", Kind.TEXT, N_("Reason")),
        SOURCE,
        AS_OF,
        NOTES,
    ),
    telling=("credit_code",),
    headings={
        "name": "企业名称 企业 单位名称",
        "cleared_on": "清理日期 整治日期 腾退日期 整治时间",
        "land": "腾出面积 腾出土地 腾退面积",
        "plots": "形成地块 地块编号",
        "reason": "整治原因 类型",
    },
)

CLUSTERS = RecordKind(
    "clusters",
    N_("Industry clusters"),
    "JQ",
    fields_table(
        CODE,
        NAME,
        Field("target", Kind.MONEY, N_("Target (not achieved)"), unit="万元"),
        FIELDS,
        Field("gaps", Kind.TEXTS, N_("Gaps in the chain")),
        SOURCE,
        AS_OF,
        NOTES,
    ),
    headings={"name": "集群名称 产业集群", "gaps": "缺链环节 断点 薄弱环节"},
)

KINDS = (CARRIERS, PLATFORMS, PLANS, PLAN_USES, FUNCTIONAL_AREAS, CLEARINGS, CLUSTERS)
