"""Speed of the rules: the threshold verdict and the match of one lead against 12 communities and 119 funds.

All targets are fictional. They are read once, as the program does; what is timed is what one lead costs.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from bench.table import Line, median, once, percentile95
from crm.domain.fields.values import Platform
from crm.domain.matching.ground import MatchGround, judge_lead, match_lead
from crm.domain.matching.match import Match, targets_from_values
from crm.domain.matching.to_json import match_document
from crm.domain.quantities import Land, Money, Number, PartialDate, Space
from crm.domain.thresholds import Judgement
from crm.domain.thresholds.ground import Ground

ON = date(2026, 11, 22)
BUDGET = 5
WARM_UP = 20
TIMES = 3
FIELDS = ("人工智能", "大数据", "工业互联网", "新材料", "光电信息", "无人驾驶", "生物医药", "科技金融")
KINDS = ("研发", "中试", "办公", "洁净", "GMP中试")
AREAS = ("高铁新城", "高新区", "开发区", "其他区域")
STAGES = ("种子", "天使", "Pre-A", "A", "B", "C")
COUNTRIES = ("日本", "以色列", "德国", "意大利")


def lines() -> list[Line]:
    """Return the figures of the rules; checking and matching one lead has a budget, at the median and at p95."""
    found = measure()
    rows = [
        Line("check one lead", median(found["check"])),
        Line("match one lead, 12 communities + 119 funds", median(found["match"])),
    ]
    both = "check and match one lead"
    rows.append(Line(f"{both} (median)", median(found["both"]), limit=BUDGET, budget=f"{BUDGET} ms"))
    rows.append(Line(f"{both} (p95)", percentile95(found["both"]), limit=BUDGET, budget=f"{BUDGET} ms"))
    rows.append(Line(f"{both}, with all words (median)", median(found["words"])))
    return rows


def measure(leads: int = 500, seed: int = 1) -> dict[str, list[float]]:
    """Return the milliseconds of each step for each lead: the best of three, so that other programs count less."""
    chance = random.Random(seed)
    targets = targets_from_values(
        [_community(chance, number) for number in range(12)], [_fund(chance, number) for number in range(119)]
    )
    ground = MatchGround(Ground(ON), targets)
    records = [_lead(chance, number) for number in range(leads)]
    verdicts = {record["code"]: judge_lead(record, ground) for record in records}

    def matched(lead: dict[str, Any], verdict: Judgement | None = None) -> Match:
        return match_lead(lead, ground, verdict or judge_lead(lead, ground))

    steps: dict[str, Callable[[dict[str, Any]], object]] = {
        "check": lambda lead: judge_lead(lead, ground),
        "match": lambda lead: matched(lead, verdicts[lead["code"]]),
        "both": matched,
        "words": lambda lead: match_document(matched(lead), lead["code"], {"verdict": "met"}),
    }
    for record in records[:WARM_UP]:
        for step in steps.values():
            step(record)
    return {
        name: [min(once(partial(step, record)) for _time in range(TIMES)) for record in records]
        for name, step in steps.items()
    }


def _span(of: Any, low: int, high: int, chance: random.Random) -> Any:  # noqa: ANN401  (any kind of figure)
    value = Decimal(chance.randrange(low, high))
    return of(value, value)


def _community(chance: random.Random, number: int) -> dict[str, Any]:
    kinds = chance.sample(KINDS, 3)
    return {
        "code": f"RC-{number + 1:02}",
        "name": f"研发社区{number + 1}（虚构）",
        "status": "open",
        "area": chance.choice(AREAS),
        "fields": tuple(chance.sample(FIELDS, 2)),
        "space": {kind: _span(Space, 500, 20000, chance) for kind in kinds},
        "ceiling_height": _span(Number, 3, 7, chance),
        "floor_load": _span(Number, 300, 1500, chance),
        "power": _span(Number, 800, 3000, chance),
        "environment": ("中试", "P2"),
        "platforms": tuple(Platform(f"平台{each}（虚构）", chance.choice(FIELDS)) for each in range(3)),
        "international": (chance.choice(COUNTRIES),),
        "ready": PartialDate(2027, chance.randrange(1, 13)),
    }


def _fund(chance: random.Random, number: int) -> dict[str, Any]:
    stages = tuple(chance.sample(STAGES, 3))
    return {
        "code": f"F-{number + 1:03}",
        "name": f"基金{number + 1}（虚构）",
        "kind": "sub",
        "origin": chance.choice(("joint", "attracted")),
        "fields": tuple(chance.sample(FIELDS, 4)),
        "stages": stages,
        "core_stages": stages[:1],
        "ticket_low": _span(Money, 200, 2000, chance),
        "ticket_high": _span(Money, 3000, 20000, chance),
        "remaining": _span(Money, 2000, 50000, chance),
        "size": _span(Money, 20000, 300000, chance),
        "per_project_cap": Number(Decimal(20), Decimal(20)),
        "invest_until": PartialDate(chance.randrange(2026, 2031), 12),
        "leads_rounds": chance.choice((True, False, None)),
    }


def _lead(chance: random.Random, number: int) -> dict[str, Any]:
    with_land = chance.random() < 0.5
    return {
        "code": f"L-{number + 1:04}",
        "name": f"项目{number + 1}（虚构）",
        "industry": chance.choice(FIELDS),
        "industries": (chance.choice(FIELDS),),
        "country": chance.choice((*COUNTRIES, "中国", None)),
        "area": chance.choice(AREAS),
        "land": _span(Land, 10, 80, chance) if with_land else Land(Decimal(0), Decimal(0)),
        "land_use": "industrial",
        "annual_tax": _span(Money, 500, 9000, chance),
        "tax_basis": "full",
        "space": {kind: _span(Space, 300, 6000, chance) for kind in chance.sample(KINDS, 2)},
        "ceiling_height": _span(Number, 3, 6, chance),
        "power": _span(Number, 500, 2000, chance),
        "environment": chance.choice(((), ("P2",), ("中试",))),
        "needed_by": PartialDate(2027, chance.randrange(1, 13)),
        "financing_stage": chance.choice(STAGES),
        "financing_need": _span(Money, 500, 15000, chance),
        "landing": ("registration",),
    }
