"""Export of 10,000 leads as a workbook, beside writing the same cells with xlsxwriter and nothing else.

Ours does everything: the records read of the database, what is confidential withheld, cells with their styles, hidden
marks for the way back, a sheet that says what it is, the file proved by its digest and noted in the history.

The peer is xlsxwriter in constant memory, cell by cell, on rows that lie in memory: what anybody would write.
100,000 rows are measured with ``python -m bench.exports 100000``.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.leads import leads
from bench.table import Line, alternating, machine, processor, table
from crm.database import Database
from crm.domain.quantities import CHINA_TIME
from crm.jobs import finish
from crm.jobs.exports import Order, export_records
from crm.services.bulk import create_many
from crm.workspace import open_workspace

ROWS = 10_000
ROUNDS = 2
TIMES_PEER = 1.3
AT_ONCE = 5_000
MADE_AT = datetime(2026, 11, 28, 9, 0, tzinfo=CHINA_TIME)


def lines(rows: int = ROWS, rounds: int = ROUNDS) -> list[Line]:
    """Return the figures: ours beside the peer, on the clock and on the processor; the best of some runs in turn."""
    with tempfile.TemporaryDirectory(prefix="xiangtu-bench-") as name:
        folder = Path(name)
        database = _database(folder, rows)
        target = folder / "out.xlsx"
        export = partial(_export, database, target)
        export()
        cells = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        works = [export, partial(_write_by_cells, folder / "peer.xlsx", cells)]
        ours, theirs = alternating(rounds, *works)
        ours_processor, their_processor = map(processor, works)
        database.close()
    what, peer = f"export of {rows:,} leads", "xlsxwriter alone, the same cells"
    limit, budget = TIMES_PEER * min(theirs), f"{TIMES_PEER} x xlsxwriter"
    return [
        Line(what, min(ours), peer, min(theirs), limit, budget),
        Line("  the same, processor time", ours_processor, peer, their_processor),
    ]


def _database(folder: Path, rows: int) -> Database:
    database = open_workspace(folder / "leads.db", by="bench", settings_folder=folder).database
    with database.write(by="bench", why="bench") as session:
        source = leads(rows)
        while some := list(islice(source, AT_ONCE)):
            create_many(session, "leads", some)
    return database


def _export(database: Database, target: Path) -> None:
    order = Order("leads", by="bench", made_at=MADE_AT, purpose="bench", recipient="bench")
    done = finish(export_records(database, order, target))
    if not done.rows:
        raise AssertionError(done)


def _write_by_cells(path: Path, rows: list[list[Any]]) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet("leads")
    look = book.add_format({"border": 1})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, place, value, look)
            elif isinstance(value, int | float):
                page.write_number(number, place, value, look)
            else:
                page.write_datetime(number, place, value, day)
    book.close()


if __name__ == "__main__":
    found = lines(int(sys.argv[1]))
    print(machine())
    print(table(found))
