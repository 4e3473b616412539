"""Two-character search among a million leads, beside fetching 50 rows by key (performance.md §4, §10).

The database is built once, by the program's own bulk path with history and search index, into the folder ``.bench``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from bench.leads import BRANDS, leads
from bench.table import Line, best, median, percentile95
from crm.database import Database, Session
from crm.queries.search import first_leads
from crm.services.bulk import create_many
from crm.workspace import open_workspace

FOLDER = Path(__file__).resolve().parent.parent / ".bench"
MILLION = 1_000_000
STEP = 50_000
PAGE = 50
COLUMNS = "id, code, name, investor, stage, status, industry, area, owner, next_date, updated_at"
TIMES_OVER_FLOOR = 4


def lines(count: int = MILLION, queries: int = 200, seed: int = 5, folder: Path = FOLDER) -> list[Line]:
    """Return the figures; the database is built when it is not in the folder."""
    path = built(count, folder)
    database = Database(path)
    chance = random.Random(seed)
    texts = ["".join(chance.sample(BRANDS, 2)) for _ in range(queries)]
    try:
        with database.read() as session:
            return [
                *_beside_floor(session, count, texts, chance, "two characters, first page of 50"),
                *_beside_floor(
                    session, count, ["苏州", "科技", "智能", "项目"] * 10, chance, "two very common characters"
                ),
                *_beside_floor(session, count, BRANDS[:40], chance, "one character"),
                *_beside_floor(session, count, _initials(chance), chance, "three initials", limit=20),
            ]
    finally:
        database.close()


def built(count: int, folder: Path = FOLDER) -> Path:
    """Return the database of so many leads; it is made first when it is not there whole."""
    folder.mkdir(exist_ok=True)
    path = folder / f"leads-{count}.db"
    if path.exists():
        return path
    making = path.with_suffix(".making")
    for left in folder.glob(f"{making.name}*"):
        left.unlink()
    workspace = open_workspace(making, by="bench", settings_folder=folder)
    source = leads(count)
    done = 0
    while rows := list(islice(source, STEP)):
        with workspace.database.write(by="bench", why="bench", kind="import") as session:
            create_many(session, "leads", rows)
        done += len(rows)
        sys.stderr.write(f"\r{path.name}: {done:,} of {count:,} leads")
        sys.stderr.flush()
    sys.stderr.write("\n")
    workspace.database.close()
    making.rename(path)
    return path


def _beside_floor(
    session: Session, count: int, texts: Sequence[str], chance: random.Random, what: str, *, limit: float | None = None
) -> list[Line]:
    """Return median and p95 over the searches beside fetches of 50 rows by key, each the best of some runs.

    The budget is four times the floor's median, or ``limit`` milliseconds where given.
    """
    keys = [[chance.randrange(1, count + 1) for _ in range(PAGE)] for _ in texts]
    for text, some in zip(texts[:10], keys, strict=False):  # warm: the file's pages, the statements
        _page(session, text)
        _rows(session, some)
    floor = median([best(partial(_rows, session, some)) for some in keys])
    ours = [best(partial(_page, session, text)) for text in texts]
    beside = "50 rows by key, median"
    budget = f"{TIMES_OVER_FLOOR} x the floor" if limit is None else f"{limit:g} ms"
    return [
        Line(f"{what}, median", median(ours), beside, floor),
        Line(f"{what}, p95", percentile95(ours), beside, floor, limit or TIMES_OVER_FLOOR * floor, budget),
    ]


def _page(session: Session, text: str) -> object:
    return _rows(session, first_leads(session, text, PAGE))


def _rows(session: Session, keys: Sequence[int]) -> object:
    marks = ", ".join("?" * len(keys))
    sql = f"SELECT {COLUMNS} FROM leads WHERE id IN ({marks})"
    return session.connection().exec_driver_sql(sql, tuple(keys)).all()


def _initials(chance: random.Random) -> list[str]:
    return ["".join(chance.choices("bcdfghjklmnpqrstwxyz", k=3)) for _ in range(40)]
