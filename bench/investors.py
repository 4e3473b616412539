"""How often a true investor is among the first twenty, on deals later than those known, beside popularity alone."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from crm.domain.matching.investors import SHOWN, Deal, DealBook, investor_key, read_investors
from crm.domain.quantities.dates import read_date
from crm.domain.quantities.money import read_money
from crm.errors import ValueRefusedError

LAST_QUARTER = "2015-10-01"
YEAR_AFTER = "2016"
EVERY = 4
"""Of the last quarter, one deal of so many is asked for: the whole would take minutes."""


def investor_scores(folder: Path) -> Iterator[str]:
    """Yield a line for the last quarter of the known deals, and for each later year of other companies."""
    early = [
        _deal(row, "company field round place amount investors") for row in _rows(folder / "deals_before_2016.csv")
    ]
    names = "公司名称 行业 轮次 地点 融资金额 投资方"
    late = [_deal(row, names, on="融资时间") for row in _rows(folder / "deals_itjuzi_820_companies_2018.csv")]
    known = [deal for day, deal in early if deal and day < LAST_QUARTER]
    yield _line(
        "investors of the last quarter of 2015",
        known,
        [deal for day, deal in early if deal and day >= LAST_QUARTER][::EVERY],
    )
    known = [deal for _day, deal in early if deal]
    for year in ("2016", "2017", "2018"):
        earlier = [deal for day, deal in late if deal and YEAR_AFTER <= day[:4] < year]
        yield _line(
            f"investors of {year}, other companies", known + earlier, [d for day, d in late if d and day[:4] == year]
        )


def _line(title: str, known: Sequence[Deal], asked: Sequence[Deal]) -> str:
    book = DealBook(known)
    popular = Counter(key for deal in known for key in {investor_key(name) for name in deal.investors})
    first = {key for key, _count in popular.most_common(SHOWN)}
    ours = _share(asked, lambda deal: {investor_key(fit.name) for fit in book.suggest(deal)})
    plain = _share(asked, lambda _deal: first)
    return f"{title}: {len(asked)} deals, a true one among {SHOWN}: {ours:.3f} (popularity alone {plain:.3f})"


def _share(asked: Iterable[Deal], named: Callable[[Deal], set[str]]) -> float:
    hits = [bool(named(deal) & {investor_key(name) for name in deal.investors}) for deal in asked]
    return sum(hits) / len(hits)


def _deal(row: Mapping[str, str], columns: str, on: str = "date") -> tuple[str, Deal | None]:
    company, field, stage, place, amount, investors = (row[name].strip() for name in columns.split())
    names = tuple(read_investors(investors))
    day = read_date(row[on]) if row[on].strip(" -") else None
    if day is None or not names:
        return "", None
    try:
        money = read_money(amount)
    except ValueRefusedError:
        money = None
    return row[on], Deal(day, company, names, field, stage, place.split("-")[0], money)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
