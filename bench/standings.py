"""Made-up standings for made-up leads: a million take a quarter of an hour, and only their spread matters."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from crm.database.sqlite import connect

VERDICTS = ("met", "not_met", "uncertain", "incomplete", "not_applicable")
WEIGHTS = (40, 48, 6, 5, 1)
KNOWN = 0.8
"""The share of leads with a tax per 亩, and of those with a match."""

STEP = 50_000


def fill_standings(database: Path, seed: int = 11) -> int:
    """Give every lead of a database a standing where it has none; return how many were given one."""
    chance = random.Random(seed)
    connection = connect(database)
    try:
        missing = connection.execute(
            "SELECT id, version FROM leads WHERE id NOT IN (SELECT lead_id FROM standing)"
        ).fetchall()
        rows = _standings(chance, missing)
        connection.execute("BEGIN IMMEDIATE")
        while some := list(islice(rows, STEP)):
            connection.executemany(
                "INSERT INTO standing (lead_id, lead_version, basis, verdict, critical, tax_per_mu, match)"
                " VALUES (?, ?, 'bench', ?, 0, ?, ?)",
                some,
            )
        connection.execute("COMMIT")
    finally:
        connection.close()
    return len(missing)


def _standings(chance: random.Random, leads: list[tuple[int, int]]) -> Iterator[tuple[int | str | None, ...]]:
    for lead_id, version in leads:
        verdict = chance.choices(VERDICTS, WEIGHTS)[0]
        tax = chance.randrange(10_000, 30_000_000) if chance.random() < KNOWN else None
        match = chance.randrange(10_001) if chance.random() < KNOWN else None
        yield lead_id, version, verdict, tax, match
