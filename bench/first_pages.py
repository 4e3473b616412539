"""The first page of the list of leads among a million: by every order, both ways, plain and with every chip set."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import thread_time
from typing import Any

from bench.table import Line, median, once, percentile95
from crm.database import Database, Session
from crm.queries.first_page import first_lead_ids
from crm.queries.lead_filter import ORDERS, WORDS
from crm.queries.lead_list import FIRST_PAGE, LeadFilter, LeadOrder
from crm.queries.leads import facet, load_lead_rows
from ui.leads.filter_bar import OFTEN_MISSING

MOST_MS = 10.0
HOPELESS_MS = 100.0
"""A page that takes so long is not taken again."""

MOST_WORDS = 12
"""Words of one chip that are tried: all stages, areas and industries, the commonest owners."""


def lines(database: Path, words: int = MOST_WORDS, seed: int = 7) -> list[Line]:
    """Return median and p95 over the pages, ids and rows, beside as many rows fetched by key; each the best of some.

    The time is that of the processor, which a busy machine does not lengthen.
    """
    opened = Database(database)
    try:
        with opened.read() as session:
            floor = _by_key(session, random.Random(seed))
            plain = [_page(session, LeadFilter(), order) for order in _orders()]
            chips = list(_chips(session, words))
            chosen = [_page(session, where, order) for where in chips for order in _orders()]
    finally:
        opened.close()
    beside, budget = f"{FIRST_PAGE} rows by key, median", f"{MOST_MS:g} ms"
    one_chip = f"first page by any order, one of {len(chips)} chips"
    return [
        Line("first page by any order, p95", percentile95(plain), beside, floor, MOST_MS, budget),
        Line(f"{one_chip}, median", median(chosen), beside, floor),
        Line(f"{one_chip}, p95", percentile95(chosen), beside, floor, MOST_MS, budget),
        Line(f"{one_chip}, the slowest of {len(chosen)}", max(chosen), beside, floor),
    ]


def _orders() -> Iterator[LeadOrder]:
    for key in ORDERS:
        yield LeadOrder(key, descending=False)
        yield LeadOrder(key, descending=True)


def _chips(session: Session, words: int) -> Iterator[LeadFilter]:
    """Yield the filters that one tick makes: every word the menus offer, every field that may be missing."""
    for name in WORDS:
        for word, _count in facet(session, name)[:words]:
            chosen: dict[str, Any] = {name: frozenset({word})}
            yield LeadFilter(**chosen)
    for name in OFTEN_MISSING[:words]:
        yield LeadFilter(missing=frozenset({name}))


def _page(session: Session, where: LeadFilter, order: LeadOrder) -> float:
    def page() -> object:
        return load_lead_rows(session, first_lead_ids(session, where, order))

    first = once(page, thread_time)
    return first if first > HOPELESS_MS else min(first, *(once(page, thread_time) for _again in range(3)))


def _by_key(session: Session, chance: random.Random, times: int = 50) -> float:
    count = session.connection().exec_driver_sql("SELECT max(id) FROM leads").scalar_one()
    pages = [[chance.randrange(1, count + 1) for _row in range(FIRST_PAGE)] for _time in range(times)]
    return median([once(partial(load_lead_rows, session, ids), thread_time) for ids in pages])
