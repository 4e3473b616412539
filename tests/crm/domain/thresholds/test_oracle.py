"""The judge against a second one in plain integers, written from the four sentences of the founding document alone."""

from __future__ import annotations

import random
from decimal import Decimal

from crm.domain.thresholds import Case, Verdict
from tests.crm.domain.thresholds.building import mu, verdict_of, wan

YUAN = 10_000  # in one 万元
UNITS = 200_000  # of 1/300 m² in one 亩

# 元 of the whole project; 元 for each 亩.
SENTENCES = {
    "高铁新城": (50_000_000, 2_000_000),
    "高新区": (30_000_000, 1_000_000),
    "开发区": (20_000_000, 800_000),
    "其他区域": (0, 500_000),
}


def oracle(area: str, units: int, yuan: int) -> tuple[bool, bool, int]:
    """Return whether the total and the tax per 亩 are reached, and the gap in 1/200000 of a 元."""
    whole, each = SENTENCES[area]
    need = max(whole * UNITS, units * each)
    return yuan >= whole, yuan * UNITS >= units * each, max(0, need - yuan * UNITS)


def a_project(dice: random.Random) -> tuple[str, int, int]:
    """Return an area, land in units and tax in 元; every other one within a hair of a line."""
    area = dice.choice(tuple(SENTENCES))
    units = dice.choice((dice.randrange(1, 100 * UNITS), dice.randrange(1, 100) * UNITS))
    whole, each = SENTENCES[area]
    line = max(whole, -(-units * each // UNITS))
    yuan = dice.choice(
        (dice.randrange(200_000_000), line + dice.randrange(-2, 3), line * dice.randrange(95, 106) // 100)
    )
    return area, units, max(0, yuan)


def test_five_thousand_projects_are_judged_alike() -> None:
    dice = random.Random(20261122)  # noqa: S311  (dice, no secret)
    seen: dict[Verdict, int] = {}
    for _ in range(5_000):
        area, units, yuan = a_project(dice)
        case = Case(
            area=area,
            land=mu(Decimal(units) / UNITS),
            land_use="industrial",
            annual_tax=wan(Decimal(yuan) / YUAN),
        )
        got = verdict_of(case)
        total, per_mu, gap = oracle(area, units, yuan)
        assert (got.verdict is Verdict.MET) == (total and per_mu), case
        assert got.gap_tax is not None
        assert got.gap_tax.exact == Decimal(gap) / UNITS / YUAN, case
        met = {line.measure: line.met for line in got.tests}
        assert met == ({"tax_per_mu": per_mu} | ({"project_tax": total} if SENTENCES[area][0] else {})), case
        seen[got.verdict] = seen.get(got.verdict, 0) + 1
    assert min(seen[Verdict.MET], seen[Verdict.NOT_MET]) > 1_000
