"""Import of 10,000 rows of 25 columns, beside the floor of the machine and what a user would write by hand.

Ours does everything: guarded child process, headings understood, units, checks, duplicates looked for among the rows,
backup before, one transaction with history, provenance of every cell and search index, counts read back.

The floor: python-calamine in the same process, and one ``executemany`` of the cells as they are into the same tables of
the same database file, with its indexes and its search table (whose tokens it has to make too). Nothing is understood,
checked, compared or remembered, and no code is given.

The peer (``make peers``): ``pandas.read_excel(engine="openpyxl")`` and ``to_sql``: no index, no history, no search.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlcipher3 import dbapi2

from bench.leads import leads
from bench.table import Line, alternating, processor
from crm.database import Database
from crm.database.search import tokens_of
from crm.domain.companies.names import read_name
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.models.types import new_uid
from crm.workspace import open_workspace

ROWS = 10_000
TIMES_FLOOR = 4
ROUNDS = 3
PEERS = Path(__file__).resolve().parent.parent / ".bench" / "peers"

NUMBER = "序号"
"""The running number is of no field; nearly every ledger has it."""

COLUMNS = {
    NUMBER: NUMBER,
    "name": "项目名称",
    "kind": "线索类别",
    "investor": "投资方",
    "source": "信息来源",
    "industry": "所属产业",
    "nature": "项目性质",
    "planned_investment": "计划总投资（万元）",
    "fixed_investment": "固定资产投资（万元）",
    "area": "片区",
    "address": "地址",
    "land": "用地需求（亩）",
    "land_use": "土地用途",
    "annual_tax": "达产年税收（万元）",
    "tax_basis": "税收口径",
    "annual_output": "年产值（万元）",
    "jobs": "就业人数",
    "stage": "项目阶段",
    "status": "状态",
    "owner": "责任人",
    "bureau": "责任单位",
    "contact": "联系人",
    "contact_phone": "联系电话",
    "next_date": "下次跟进日期",
    "notes": "备注",
}
"""The headings of the ledger, by field; as officers write them."""

PEER = """
import sys, time, sqlite3, pandas
start = time.perf_counter()
frame = pandas.read_excel(sys.argv[1], engine="openpyxl")
with sqlite3.connect(sys.argv[2]) as connection:
    frame.to_sql("leads", connection, if_exists="replace", index=False)
print((time.perf_counter() - start) * 1000)
"""


def lines(rows: int = ROWS, rounds: int = ROUNDS) -> list[Line]:
    """Return the figures: ours beside the floor, ours beside the peer; the best of some runs in turn."""
    with tempfile.TemporaryDirectory(prefix="xiangtu-bench-") as folder:
        ledger, empty = Path(folder) / "ledger.xlsx", Path(folder) / "empty.db"
        write_ledger(ledger, rows)
        open_workspace(empty, by="bench", settings_folder=Path(folder)).database.close()
        works = [
            _on_a_copy(empty, lambda path: _ours(path, ledger)),
            _on_a_copy(empty, lambda path: _floor(path, ledger)),
        ]
        ours, floor = alternating(rounds, *works)
        ours_processor, floor_processor = map(processor, works)
        peer = _peer(ledger, Path(folder) / "peer.db")
    what = f"import of {rows:,} rows x {len(COLUMNS)} columns"
    limit, budget = TIMES_FLOOR * min(floor), f"{TIMES_FLOOR} x the floor"
    named = "pandas + openpyxl + to_sql" + ("" if peer else " (not installed: make peers)")
    return [
        Line(what, min(ours), "calamine + raw executemany", min(floor), limit, budget),
        Line("  the same, processor time", ours_processor, "calamine + raw executemany", floor_processor),
        Line(what, min(ours), named, peer),
    ]


def write_ledger(path: Path, rows: int) -> None:
    """Write a ledger as a bureau keeps it: a title, the headings, the rows."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("在谈项目")
    sheet.write_row(0, 0, ["在谈项目台账"])
    sheet.write_row(1, 0, list(COLUMNS.values()))
    for number, lead in enumerate(leads(rows)):
        sheet.write_row(number + 2, 0, [number + 1, *(_cell(name, lead[name]) for name in COLUMNS if name != NUMBER)])
    book.close()


def _cell(name: str, value: Any) -> str | int:  # noqa: ANN401  (any value of a lead)
    figure = getattr(value, "exact", None)
    return int(figure) if figure is not None else value_to_text(LEAD_FIELDS[name], value)


def _on_a_copy(empty: Path, work: Callable[[Path], None]) -> Callable[[], None]:
    """Return work that begins with a fresh copy of the empty database each time."""

    def run() -> None:
        path = empty.with_name("copy.db")
        for left in empty.parent.glob("copy.db*"):
            left.unlink()
        shutil.copyfile(empty, path)
        work(path)

    return run


def _ours(path: Path, ledger: Path) -> None:
    from crm.jobs import finish  # noqa: PLC0415  (with the job: the floor does not pay for it)
    from crm.jobs.imports import Imported, Request, run_import  # noqa: PLC0415

    read_name.cache_clear()  # no round knows the names of the one before
    database = Database(path)
    request = Request("leads", ledger, by="bench", answers={"duplicates": "new"})
    done = finish(run_import(database, request))
    database.close()
    if not isinstance(done, Imported) or not done.counts["new"] or done.counts["new"] != done.counts["data"]:
        raise AssertionError(done)


def _floor(path: Path, ledger: Path) -> None:
    cells = CalamineWorkbook.from_path(str(ledger)).get_sheet_by_index(0).to_python(skip_empty_area=False)[2:]
    names = ["code", *list(COLUMNS)[1:]]  # the running number stands for the code
    places = [names.index(name) for name in ("name", "investor")]
    own = ("id", "uid", "version", "created_at", "updated_at", "sort_name")
    columns, marks = ", ".join((*own, *names)), ", ".join("?" * (len(own) + len(names)))
    rows = [
        (number, new_uid(), 1, "2026-11-22 00:00:00", "2026-11-22 00:00:00", str(row[1]), *map(str, row))
        for number, row in enumerate(cells, 1)
    ]
    tokens = [
        (number, " ".join(tokens_of([str(row[place]) for place in places]))) for number, row in enumerate(cells, 1)
    ]
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO leads ({columns}) VALUES ({marks})", rows)
    connection.executemany("INSERT INTO lead_search (rowid, tokens) VALUES (?, ?)", tokens)
    connection.execute("COMMIT")
    connection.close()


def _peer(ledger: Path, target: Path) -> float | None:
    """Return what the peer takes, the better of two; None when its environment is not there."""
    python = next(
        (path for path in (PEERS / "bin" / "python", PEERS / "Scripts" / "python.exe") if path.exists()), None
    )
    if python is None:
        return None
    runs = [
        subprocess.run((python, "-c", PEER, ledger, target), capture_output=True, text=True, check=True).stdout
        for _run in range(2)
    ]
    return min(map(float, runs))
