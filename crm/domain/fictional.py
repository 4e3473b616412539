"""Made-up leads for a demonstration of any size: the same ones for the same seed, every name marked （虚构）.

No contact is made up: a random number may be somebody's telephone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar

from crm.domain.quantities import Land, Money, Number, PartialDate, Span

MARK = "（虚构）"
MADE_UP = "随机生成（虚构）"
"""The source of every such lead."""

SEED = 20261122

PLACES = ("苏州", "上海", "南京", "无锡", "杭州", "北京", "深圳", "")
BRANDS = "华信科创联众恒达鑫宏远博海天元泰和安嘉迪拓锐星云智汇光明德力通佳伟丰源阳升凯龙腾飞跃石林森川江湖岳峰松竹"
TRADES = ("智能科技", "生物医药", "新材料", "半导体", "精密机械", "信息技术", "光电", "汽车零部件", "医疗器械")
FORMS = ("有限公司", "股份有限公司", "（苏州）有限公司", "集团有限公司")
PROJECTS = ("总部项目", "研发中心", "生产基地二期", "中试线", "智能工厂项目", "华东总部")
INDUSTRIES = ("人工智能", "大数据", "工业互联网", "新材料", "光电信息", "无人驾驶", "生物医药", "科技金融")
AREAS = ("高铁新城", "高新区", "开发区", "其他区域")
STAGES = ("lead", "assessment", "negotiation", "review")
BUREAUS = ("第一招商片组", "第二招商片组", "驻上海招商组", "驻深圳招商组")
OFFICERS = ("刘某", "孙某", "周某", "吴某", "郑某")

S = TypeVar("S", bound=Span)


def made_leads(count: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Give so many leads as records (field name -> domain value), without codes."""
    chance = random.Random(seed)  # noqa: S311  (nothing secret: the same leads for the same seed)
    for number in range(1, count + 1):
        yield _lead(chance, number)


def _lead(chance: random.Random, number: int) -> dict[str, Any]:
    brand = chance.choice(PLACES) + "".join(chance.choices(BRANDS, k=3)) + chance.choice(TRADES)
    day = PartialDate(chance.randrange(2023, 2027), chance.randrange(1, 13), chance.randrange(1, 29))
    values = {
        "name": f"{brand}{chance.choice(PROJECTS)}{number}号{MARK}",
        "kind": "investment",
        "investor": f"{brand}{chance.choice(FORMS)}{MARK}",
        "industry": chance.choice(INDUSTRIES),
        "planned_investment": _of(Money, 100 * chance.randrange(10, 1_000)),
        "area": chance.choice(AREAS),
        "land": _of(Land, chance.randrange(0, 120)),
        "land_use": "industrial",
        "annual_tax": _of(Money, 10 * chance.randrange(10, 2_000)),
        "annual_output": _of(Money, 100 * chance.randrange(10, 3_000)),
        "jobs": _of(Number, chance.randrange(10, 2_000)),
        "stage": chance.choice(STAGES),
        "status": "active",
        "owner": chance.choice(OFFICERS),
        "bureau": chance.choice(BUREAUS),
        "first_reported_at": day,
        "source": MADE_UP,
    }
    if chance.randrange(10) == 0:  # a ledger always has gaps
        del values[chance.choice(("annual_tax", "land", "area"))]
    return values


def _of(kind: type[S], value: int) -> S:
    return kind(Decimal(value), Decimal(value))
