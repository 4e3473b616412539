"""Made-up leads, the same ones for the same seed: names as dense as real ones, 25 fields as ledgers have them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar

from crm.domain.quantities import Land, Money, Number, PartialDate, Span

S = TypeVar("S", bound=Span)

PLACES = ("苏州", "上海", "南京", "无锡", "杭州", "北京", "深圳", "常州", "宁波", "合肥", "重庆", "")
BRANDS = (
    "华信科创联众瑞恒达鑫宏远博海天元泰盛和安嘉美康迪拓普锐星云智汇光明德力通佳伟业"
    "丰源阳升凯旋龙腾飞跃石玉林森川江河湖岳峰松柏竹兰荷莲"
)
TRADES = (
    "智能科技",
    "生物医药",
    "新材料",
    "半导体",
    "精密机械",
    "信息技术",
    "新能源",
    "光电",
    "汽车零部件",
    "医疗器械",
    "供应链管理",
)
FORMS = ("有限公司", "股份有限公司", "（苏州）有限公司", "集团有限公司")
PROJECTS = ("总部项目", "研发中心", "生产基地二期", "中试线", "智能工厂项目", "华东总部")
INDUSTRIES = ("人工智能", "大数据", "工业互联网", "新材料", "光电信息", "无人驾驶", "生物医药", "科技金融")
AREAS = ("高铁新城", "高新区", "开发区", "其他区域")
STAGES = ("lead", "assessment", "negotiation", "review")
OFFICES = ("招商一科", "招商二科", "驻上海办事处", "驻深圳办事处", "科技招商中心")
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴", "伟芳娜敏静丽强磊军洋艳勇杰娟涛明超秀霞平"


def leads(count: int, seed: int = 20261122) -> Iterator[dict[str, Any]]:
    """Give so many leads as records (field name -> domain value)."""
    chance = random.Random(seed)
    for number in range(count):
        yield _lead(chance, number)


def company(chance: random.Random) -> str:
    """Return a company's name."""
    brand = "".join(chance.choices(BRANDS, k=chance.choice((2, 2, 2, 3, 3, 4))))
    return chance.choice(PLACES) + brand + chance.choice(TRADES) + chance.choice(FORMS)


def _lead(chance: random.Random, number: int) -> dict[str, Any]:
    investor = company(chance)
    day = PartialDate(chance.randrange(2022, 2027), chance.randrange(1, 13), chance.randrange(1, 29))
    return {
        "code": f"XT-{number + 1:07d}",
        "name": investor[: chance.choice((6, 8, 10))] + chance.choice(PROJECTS),
        "kind": "investment",
        "investor": investor,
        "source": "驻点招商",
        "industry": chance.choice(INDUSTRIES),
        "nature": chance.choice(("research", "pilot", "manufacturing")),
        "planned_investment": _money(chance, 1_000, 100_000),
        "fixed_investment": _money(chance, 500, 50_000),
        "area": chance.choice(AREAS),
        "address": f"相城区元和街道{chance.randrange(1, 3000)}号",
        "land": _of(Land, chance.randrange(0, 200)),
        "land_use": "industrial",
        "annual_tax": _money(chance, 100, 20_000),
        "tax_basis": "full",
        "annual_output": _money(chance, 1_000, 300_000),
        "jobs": _of(Number, chance.randrange(10, 2_000)),
        "stage": chance.choice(STAGES),
        "status": "active",
        "owner": chance.choice(SURNAMES) + chance.choice(GIVEN),
        "bureau": chance.choice(OFFICES),
        "contact": chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
        "contact_phone": f"1{chance.randrange(3 * 10**9, 10**10)}",
        "next_date": day,
        "notes": f"第{number}条，对方要求{chance.randrange(10, 90)}天内给出选址方案。",
    }


def _money(chance: random.Random, low: int, high: int) -> Money:
    return _of(Money, chance.randrange(low, high))


def _of(kind: type[S], number: int) -> S:
    return kind(Decimal(number), Decimal(number))
