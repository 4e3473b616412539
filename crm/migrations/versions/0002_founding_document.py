"""What the founding document gives (about 2019): four rules on trial, 12 communities and 119 funds to be entered.

It names no fund and no community, and four fields of the twelve: slots hold no invented name (decisions 14, 21; facts
G01, N03). Their uids are fixed, so that a slot filled in on two machines is one record.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DOCUMENT = "相城区双招双引文稿（约2018–2019年），"
G01 = "G01：打造新材料、光电信息、生物医药、人工智能等12个特色国际研发社区"
H03 = "H03"
N03 = "N03：累计引进投资基金119支"
FIELDS_NAMED = ("新材料", "光电信息", "生物医药", "人工智能")

RULES = (
    (
        "TH-HSR",
        "高铁新城",
        None,
        50_000_000,
        2_000_000,
        "高铁新城单个项目年税收不低于5000万元，亩均税收不低于200万元",
    ),
    ("TH-HT", "高新区", None, 30_000_000, 1_000_000, "高新区单个项目年税收不低于3000万元，亩均税收不低于100万元"),
    ("TH-DZ", "开发区", None, 20_000_000, 800_000, "开发区单个项目年税收不低于2000万元，亩均税收不低于80万元"),
    ("TH-OT", "其他区域", "industrial", None, 500_000, "其他区域工业供地标准亩均税收不低于50万元"),
)
"""Code, area, land use (None: every use), least tax a year (元), the same of each 亩, the sentence itself."""


ALIASES = {"智能交通": "无人驾驶", "智能网联汽车": "无人驾驶", "智能车联网": "无人驾驶", "先进材料": "新材料"}
"""Facts C01, C07, I03: one slot of the six future industries has two labels in the document."""

FAMILIES = (("人工智能", "大数据", "工业互联网"), ("新材料", "光电信息"), ("无人驾驶", "人工智能"))
PROBABILITIES = {
    "lead": "0.05",
    "assessment": "0.05",
    "negotiation": "0.20",
    "review": "0.50",
    "signed": "0.80",
    "registered": "0.80",
}
TRIAL = "试算约定，待核"


def upgrade() -> None:
    """Enter the rules, the dictionaries on trial and the slots."""
    moment: object = datetime.now(UTC)
    if op.get_bind().dialect.name == "sqlite":
        moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    _rules()
    _dictionaries()
    _slots("communities", _communities(), moment)
    _slots("funds", _funds(), moment)


def _rules() -> None:
    rule_set = {
        "id": 1,
        "uid": _uid(1, 1),
        "version": 1,
        "code": "2019-seed",
        "name": "文稿口径(约2019)",
        "source": DOCUMENT + H03,
        "as_of_year": 2019,
    }
    op.bulk_insert(_of("rule_set", rule_set), [rule_set])
    names = ("code", "area", "land_use", "least_tax_yuan", "least_tax_per_mu_yuan", "quote")
    rules = [
        {"id": number, "uid": _uid(2, number), "version": 1, "rule_set_id": 1, "source": DOCUMENT + H03}
        | dict(zip(names, rule, strict=True))
        for number, rule in enumerate(RULES, start=1)
    ]
    op.bulk_insert(_of("rule", rules[0]), rules)
    _go_on_after("rule_set", "rule")


def _dictionaries() -> None:
    """Enter what the matching and the checks work with until the bureau confirms or changes it."""
    words = [("industry_alias", term, meaning, DOCUMENT + "I03") for term, meaning in ALIASES.items()]
    words += [
        ("industry_family", f"{number}", field, TRIAL)
        for number, family in enumerate(FAMILIES, start=1)
        for field in family
    ]
    words += [("stage_probability", stage, share, TRIAL) for stage, share in PROBABILITIES.items()]
    names = ("dictionary", "term", "meaning", "source")
    rows = [
        {"id": number, "uid": _uid(5, number), "version": 1, **dict(zip(names, word, strict=True))}
        for number, word in enumerate(words, start=1)
    ]
    op.bulk_insert(_of("entry", rows[0]), rows)
    _go_on_after("entry")


def _communities() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number in range(1, 13):
        field = FIELDS_NAMED[number - 1] if number <= len(FIELDS_NAMED) else None
        fields = f'["{field}"]' if field else None
        rows.append({"code": f"RC-{number:02d}", "fields": fields, "status": "slot", "source": DOCUMENT + G01})
    return rows


def _funds() -> list[dict[str, object]]:
    source = DOCUMENT + N03
    return [{"code": f"F-{number:03d}", "origin": "attracted", "source": source} for number in range(1, 120)]


def _slots(table: str, rows: list[dict[str, object]], moment: object) -> None:
    space = {"communities": 3, "funds": 4}[table]
    for number, row in enumerate(rows, start=1):
        row |= {
            "id": number,
            "uid": _uid(space, number),
            "version": 1,
            "created_at": moment,
            "updated_at": moment,
            "sort_name": "",
        }
    op.bulk_insert(_of(table, rows[0]), rows)
    _go_on_after(table)


def _uid(space: int, number: int) -> str:
    """Return a fixed UUID in the form of version 7."""
    return f"01900000-0000-7000-8{space:03x}-{number:012x}"


def _of(table: str, row: dict[str, object]) -> sa.TableClause:
    return sa.table(table, *(sa.column(name) for name in row))


def _go_on_after(*tables: str) -> None:
    """Let PostgreSQL's counters of ids go on after the ids given here."""
    if op.get_bind().dialect.name == "postgresql":
        for table in tables:
            op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608  (names of our own)
