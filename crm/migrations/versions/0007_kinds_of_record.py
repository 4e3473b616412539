"""The kinds of record of the district's way of working, and the empty entries the founding document tells of.

It names six state groups, four stations abroad, four cooperation platforms, three providers, two culture parks and
three clusters; 24 carriers, 26 plans, five areas and ten services are only counted: nameless slots (decisions 14).
Only new tables: a database of a million leads is not touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG: sa.types.TypeEngine[Any] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "bytes": sa.Text(collation="C").with_variant(sa.Text(), "sqlite"),
    "big": BIG,
    "flag": sa.Boolean().with_variant(sa.Integer(), "sqlite"),
    "moment": sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"),
}

RECORD = "id:big! uid! version:big! created_at:moment! updated_at:moment! sort_name:bytes!"

TABLES = {
    "enterprises": """
code! name former_names aliases credit_code^ company_group leads roles industry gbt4754 scale leading:flag
led_by^ registered_on~ registered_capital~ production_on~ land~ area functional_area address owner bureau source
as_of~ notes
""",
    "persons": """
code! name enterprise^ organisation leads position phone email told_on~ keep_until~ source notes
""",
    "officers": """
code! name bureau position area phone active:flag notes
""",
    "groups": """
code! name kind aliases contact phone source as_of~ notes
""",
    "group_requests": """
code! name state_group^ lead^ about asked_on~ due~ asked_by replied_on~ reply source
""",
    "institutions": """
code! name kind country fields contact phone source as_of~ notes
""",
    "cooperations": """
code! name institution^ lead^ enterprise^ stage started_on~ source notes
""",
    "providers": """
code! name credit_code^ services contact phone source as_of~ notes
""",
    "referrals": """
code! provider^ service enterprise^ lead^ referred_on~ result result_on~ notes
""",
    "campaigns": """
code! name kind held_on~ held_until~ place country station^ organiser owner bureau source notes
""",
    "sign_ups": """
code! name campaign^ organisation wants topic phone signed_up_on~ lead^ talent^ source notes
""",
    "talents": """
code! name kind level team_size~ field organisation country programme programme_document state leads community^
station^ campaign^ phone owner bureau first_contact_on~ next_step next_date~ told_on~ keep_until~ source notes
""",
    "stations": """
code! name country time_zone language address contact phone status source as_of~ notes
""",
    "services": """
code! name status content source notes
""",
    "service_records": """
code! service^ lead^ talent^ enterprise^ delivered_on~ delivered_by notes
""",
    "carriers": """
code! name kind listed_as area functional_area address fields space ceiling_height~ floor_load~ power~
environment ready~ rent operator operating_group^ owning_group^ state_asset:flag tags transport community^
conversion converted_on~ former_use status source as_of~ notes
""",
    "platforms": """
code! name kind country field area functional_area community^ operator status source as_of~ notes
""",
    "plans": """
code! name kind document_number approved_on~ valid_from~ valid_until~ content status source as_of~
""",
    "plan_uses": """
code! plan^ plot^ land_use plot_ratio~ clause source notes
""",
    "functional_areas": """
code! name status places valid_from~ source notes
""",
    "clearings": """
code! name credit_code^ cleared_on~ address land~ plots reason source as_of~ notes
""",
    "clusters": """
code! name target~ fields gaps source as_of~ notes
""",
    "access_list": """
code! name level gbt4754 edition words list_version valid_from~ valid_until~ document_number clause source notes
""",
    "approvals": """
code! name kind level authority online:flag days~ legal_days~ basis valid_from~ valid_until~ source as_of~ notes
""",
    "approval_chains": """
code! project_type approval^ place~ after source notes
""",
    "approval_steps": """
code! lead^ approval^ place~ due~ applied_on~ done_on~ document_number officer notes
""",
    "background_checks": """
code! lead^ item result finding checked_on~ checked_by resolved_on~ resolution enterprise^ source
""",
    "planning_checks": """
code! lead^ plot^ result reason checked_on~ checked_by source
""",
    "reviews": """
code! lead^ reviewer held_on~ decision score~ conditions minutes_number notes
""",
    "exceptions": """
code! lead^ gate reason approver approved_on~ valid_until~ document_number
""",
    "proofs": """
code! name lead^ stage dated~ document_number file source notes
""",
    "requirements": """
code! stage needs condition basis valid_from~ valid_until~
""",
    "stewards": """
code! lead^ steward since~ until~ handover
""",
    "performance": """
code! enterprise^ year:big kind lead^ investment~ output~ revenue~ tax~ tax_basis land~ jobs~ rd_spend~ energy~
declared_by seen_by source as_of~ notes
""",
    "evaluations": """
code! enterprise^ year:big tax_per_mu~ sales_per_mu~ green~ bonus~ score~ grade weights objection_until~
objection source notes
""",
    "incentives": """
code! name head enterprise^ lead^ time basis conditions text promised~ promised_on~ due~ paid~ paid_on~ review
reviewer reviewed_on~ source notes
""",
    "financing_needs": """
code! lead^ kind amount~ institution fund^ referred_on~ state result source notes
""",
    "targets": """
code! holder_kind holder period~ measure target~ document_number source notes
""",
    "enrolments": """
code! enterprise^ programme enrolled_on~ state source notes
""",
    "rd_institutions": """
code! name enterprise^ kind level year:big fields source as_of~ notes
""",
    "enterprise_requests": """
code! name enterprise^ lead^ asked_on~ due~ handled_by answered_on~ answer source notes
""",
    "fund_contacts": """
code! fund^ held_on~ officer lead^ note next_step next_date~
""",
    "texts": """
code! name kind head text document_number issued_by valid_from~ valid_until~ basis source as_of~ notes
""",
}
"""Columns of each table: ``name:type``, text where none is told; ``!`` NOT NULL, ``^`` an index, ``~`` with bounds."""

DOCUMENT = "相城区双招双引文稿（约2018–2019年），"

GROUPS = (
    ("城投集团", "group", "cheng2 tou2 ji2 tuan2"),
    ("交投集团", "group", "jiao1 tou2 ji2 tuan2"),
    ("水务集团", "group", "shui3 wu4 ji2 tuan2"),
    ("金控集团", "group", "jin1 kong4 ji2 tuan2"),
    ("文商旅集团", "group", "wen2 shang1 lv3 ji2 tuan2"),
    ("生态建设公司", "company", "sheng1 tai4 jian4 she4 gong1 si1"),
)
STATIONS = (
    ("苏州阳澄湖美国（硅谷）科创中心", "美国", "su1 zhou1 yang2 cheng2 hu2 mei3 guo2 gui1 gu3 ke1 chuang4 zhong1 xin1"),
    ("澳大利亚海外引才联络站", "澳大利亚", "ao4 da4 li4 ya4 hai3 wai4 yin3 cai2 lian2 luo4 zhan4"),
    ("欧洲（德国）海外引才联络站", "德国", "ou1 zhou1 de2 guo2 hai3 wai4 yin3 cai2 lian2 luo4 zhan4"),
    ("日本海外引才联络站", "日本", "ri4 ben3 hai3 wai4 yin3 cai2 lian2 luo4 zhan4"),
)
PLATFORMS = (
    (
        "苏州（相城）中日智能制造协同创新区",
        "日本",
        "su1 zhou1 xiang1 cheng2 zhong1 ri4 zhi4 neng2 zhi4 zao4 xie2 tong2 chuang4 xin1 qu1",
    ),
    ("中意汽车技术（苏州）创新基地", "意大利", "zhong1 yi4 qi4 che1 ji4 shu4 su1 zhou1 chuang4 xin1 ji1 di4"),
    ("中以创新创业合作中心", "以色列", "zhong1 yi3 chuang4 xin1 chuang4 ye4 he2 zuo4 zhong1 xin1"),
    ("中英创新数字文化国际工作站", "英国", "zhong1 ying1 chuang4 xin1 shu4 zi4 wen2 hua4 guo2 ji4 gong1 zuo4 zhan4"),
)
PROVIDERS = (
    ("紫光云引擎", "zi3 guang1 yun2 yin3 qing2"),
    ("清华汽车研究院", "qing1 hua2 qi4 che1 yan2 jiu1 yuan4"),
    ("苏大机器人研究院", "su1 da4 ji1 qi4 ren2 yan2 jiu1 yuan4"),
)
PARKS = (
    ("阳澄湖数字文创园", "yang2 cheng2 hu2 shu4 zi4 wen2 chuang4 yuan2"),
    ("相城影视产业园", "xiang1 cheng2 ying3 shi4 chan3 ye4 yuan2"),
)
CLUSTERS = (
    ("新一代电子信息", "xin1 yi2 dai4 dian4 zi5 xin4 xi1"),
    ("智能制造", "zhi4 neng2 zhi4 zao4"),
    ("新材料", "xin1 cai2 liao4"),
)
"""Names as the document gives them, with their country or kind, and the pinyin they are sorted by."""

PLAN_KINDS = ("master", "detailed", "land_use", "urban_design", "transport", "industry")
TARGET = '{"currency":"CNY","high":null,"low":"5000000","text":"500亿级以上"}'


def upgrade() -> None:
    """Make the tables, then the entries that wait for what the document does not tell."""
    for name, columns in TABLES.items():
        _table(name, columns)
    moment: object = datetime.now(UTC)
    if op.get_bind().dialect.name == "sqlite":
        moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    for space, (name, rows) in enumerate(_slots(), start=16):
        _enter(name, space, rows, moment)


def _slots() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Give the entries of each table; what the document does not tell is left out."""
    yield "groups", [_row("GQ", n, "O10", name, key, kind=kind) for n, (name, kind, key) in enumerate(GROUPS, 1)]
    stations = enumerate(STATIONS, 1)
    yield "stations", [_row("YZ", n, "L04", name, key, country=of, status="slot") for n, (name, of, key) in stations]
    platforms = [_row("PT", n, "K09", name, key, country=of) for n, (name, of, key) in enumerate(PLATFORMS, 1)]
    yield "platforms", [row | {"kind": "international", "status": "slot"} for row in platforms]
    yield "providers", [_row("FW", n, "M01", name, key) for n, (name, key) in enumerate(PROVIDERS, 1)]
    carriers = [_row("ZT", n, "K11", listed_as="rd_carrier", status="slot") for n in range(1, 25)]
    parks = [_row("ZT", n, "J03", name, key) for n, (name, key) in enumerate(PARKS, 25)]
    yield "carriers", carriers + [row | {"listed_as": "culture_park", "status": "slot"} for row in parks]
    kinds = [*PLAN_KINDS, *[None] * (26 - len(PLAN_KINDS))]
    yield "plans", [_row("GH", n, "E01", kind=kind, status="slot") for n, kind in enumerate(kinds, 1)]
    yield "functional_areas", [_row("PQ", n, "D06", status="to_confirm") for n in range(1, 6)]
    yield "services", [_row("SY", n, "L02", status="slot") for n in range(1, 11)]
    clusters = [_row("JQ", n, "C09", name, key) for n, (name, key) in enumerate(CLUSTERS, 1)]
    yield "clusters", [row | {"target": TARGET, "target_low": 50_000_000_000} for row in clusters]


def _row(
    prefix: str, number: int, fact: str, name: str | None = None, key: str = "", **more: str | None
) -> dict[str, object]:
    """Return an entry under its code, with the fact that tells of it."""
    told = {"code": f"{prefix}-{number:02d}", "name": name, "sort_name": key, "source": DOCUMENT + fact}
    return {**told, **more}


def _enter(name: str, space: int, rows: list[dict[str, object]], moment: object) -> None:
    """Enter rows under fixed uids, so that a slot filled in on two machines is one record."""
    for number, row in enumerate(rows, start=1):
        uid = f"01900000-0000-7000-8{space:03x}-{number:012x}"
        row |= {"id": number, "uid": uid, "version": 1, "created_at": moment, "updated_at": moment}
    op.bulk_insert(sa.table(name, *(sa.column(column) for column in rows[0])), rows)
    if op.get_bind().dialect.name == "postgresql":  # its counters of ids go on after those given here
        op.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {len(rows)})")


def _table(name: str, columns: str) -> None:
    """Make a table of records; the id of a deleted one is never given again, for the history names it."""
    parts: list[sa.schema.SchemaItem] = []
    indexed = ["updated_at", "sort_name"]
    for word in f"{RECORD} {columns}".split():
        column, _colon, kind = word.rstrip("!^~").partition(":")
        parts.append(sa.Column(column, TYPES[kind or "text"], nullable=not word.endswith("!")))
        indexed += [column] if word.endswith("^") else []
    bounded = [word.rstrip("~") for word in columns.split() if word.endswith("~")]
    parts += [sa.Column(f"{column}_{side}", BIG) for column in bounded for side in ("low", "high")]
    checks = {"code_given": "code <> ''", "uid_whole": "length(uid) = 36", "version_counts": "version >= 1"}
    parts += [sa.CheckConstraint(rule, name=f"ck_{name}_{called}") for called, rule in checks.items()]
    parts += [sa.UniqueConstraint(column, name=f"uq_{name}_{column}") for column in ("uid", "code")]
    parts.append(sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=True)
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column])
