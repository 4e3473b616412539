"""Reading and writing a ledger of 10,000 rows and 25 columns, beside the floor of the machine.

Reading does everything: a process of its own, the guard, the scan for flaws and formats, plain values back. The floor
is python-calamine inside this process, which guards nothing.

Writing makes the printable ledger; its floor is deflating the finished sheet at level 1. xlsxwriter in constant memory,
cell by cell, is the peer.
"""

from __future__ import annotations

import random
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.table import Line, alternating
from crm.workbooks.ledgers import Column, LedgerSheet, LedgerValue, Look
from crm.workbooks.reading import read_workbook
from crm.workbooks.writing import write_ledger

ROWS = 10_000
ROUNDS = 5
READ_TIMES, READ_START = 2.5, 300
"""Ours against the floor, and the milliseconds a process of its own may add (a child has to start)."""
WRITE_TIMES = 8

LOOKS = [Look.TEXT] * 12 + [Look.DATE] * 3 + [Look.MONEY] * 10
MADE_AT = datetime(2026, 11, 28, 9, 0)  # noqa: DTZ001  (a file's own clock)


def lines(rows: int = ROWS, rounds: int = ROUNDS) -> list[Line]:
    """Return the figures of reading and writing a ledger."""
    with tempfile.TemporaryDirectory(prefix="xiangtu-bench-") as folder:
        return measure(Path(folder), rows, rounds)


def measure(folder: Path, rows: int, rounds: int) -> list[Line]:
    """Return the figures; the best of the rounds, for the machine has other work too."""
    path, sheet = folder / "ledger.xlsx", ledger(rows)
    write = partial(write_ledger, path, [sheet], made_at=MADE_AT)
    write()
    with zipfile.ZipFile(path) as package:
        xml = package.read("xl/worksheets/sheet1.xml")
    reading, floor = alternating(rounds, partial(read_workbook, path), partial(_read_here, path))
    writing, deflating = alternating(rounds, write, partial(zlib.compress, xml, 1))
    (peer,) = alternating(1, partial(_write_by_cells, folder / "peer.xlsx", sheet))
    size = f"{rows} x {len(LOOKS)}"
    return [
        Line(
            f"read a workbook, {size}",
            min(reading),
            "calamine, unguarded",
            min(floor),
            READ_TIMES * min(floor) + READ_START,
            f"{READ_TIMES} x + {READ_START} ms",
        ),
        Line(
            f"write a ledger, {size}",
            min(writing),
            "deflating its sheet",
            min(deflating),
            WRITE_TIMES * min(deflating),
            f"{WRITE_TIMES} x",
        ),
        Line(f"write a ledger, {size}", min(writing), "xlsxwriter, cell by cell", min(peer)),
    ]


def ledger(rows: int) -> LedgerSheet:
    """Return a ledger of fictional projects."""
    chance = random.Random(7)
    columns = [Column(f"列{number}", look) for number, look in enumerate(LOOKS)]
    return LedgerSheet("台账", "招商项目台账（虚构）", columns, [_row(chance, number) for number in range(rows)])


def _row(chance: random.Random, number: int) -> list[LedgerValue]:
    texts: list[LedgerValue] = [f"苏州示例{number % 5000}科技{place}有限公司（虚构）" for place in range(12)]
    days: list[LedgerValue] = [date(2024, 1, 1) + timedelta(days=chance.randrange(1000)) for _place in range(3)]
    figures: list[LedgerValue] = [Decimal(chance.randrange(10**7)).scaleb(-2) for _place in range(10)]
    return [*texts, *days, *figures]


def _read_here(path: Path) -> Sequence[object]:
    book = CalamineWorkbook.from_path(path)
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def _write_by_cells(path: Path, sheet: LedgerSheet) -> None:
    """Write the same ledger as anybody would with xlsxwriter."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet(sheet.name)
    text = book.add_format({"border": 1})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    figure = book.add_format({"border": 1, "num_format": "#,##0.00"})
    for number, row in enumerate(sheet.rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, place, value, day)
            elif isinstance(value, Decimal):
                page.write_number(number, place, value, figure)
            else:
                page.write_string(number, place, str(value), text)
    book.close()
