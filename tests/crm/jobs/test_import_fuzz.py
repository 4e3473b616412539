"""Cells of real ledgers changed at random, then imported as an officer does it: taken, or refused in one sentence."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from crm.commands.line import run

FEW, MANY = 3, 400
KINDS = ("leads", "leads", "leads", "enterprises", "communities", "funds", "plots", "talents", "contacts", "follow-ups")

STRANGE: tuple[str | int | float | datetime, ...] = (
    *(
        "#N/A",
        "=1/0",
        "＝1+1",
        "@SUM(A1)",
        "-",
        "待定",
        "1e400",
        "2024.1",
        "2024-02-30",
        "1900-02-29",
        "二季度",
        "∞",
        "½",
    ),
    *(
        "5亿-3亿",
        "5亿美元",
        "1.2亿欧元（约9亿）",
        "25亩（一期20亩）",
        "1，000",
        "100%",
        "1000000000000亿",
        "138****1234",
    ),
    *("高铁新城/高新区", "91320507MA1XXXXX0X", "合计", "一、签约项目（3个）", "项目名称", "𠮷野家", "\u202e反", "   "),
    *("9" * 5_000, "一" * 32_767, "1," * 9_000, 123456789012345678, 1e300, -1, 0, True),
    *(datetime(1900, 1, 1, tzinfo=UTC).replace(tzinfo=None), datetime(9999, 12, 31, tzinfo=UTC).replace(tzinfo=None)),
)
"""What stands in cells where nobody expects it."""


def change(source: Path, target: Path, chance: random.Random) -> None:
    """Write a workbook of which some cells, rows and columns were changed."""
    book = openpyxl.load_workbook(source)
    for sheet in book.worksheets:
        merged = {place for area in sheet.merged_cells.ranges for place in area.cells}
        for _change in range(chance.choice((1, 3, 10, 40))):
            row, column = chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column)
            if (row, column) not in merged:
                sheet.cell(row, column).value = chance.choice(STRANGE)
        _move(sheet, chance)
    book.save(target)


def _move(sheet: Worksheet, chance: random.Random) -> None:
    row, column = chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column)
    way = chance.randrange(8)
    if way == 0:
        sheet.delete_rows(row)
    elif way == 1:
        sheet.insert_rows(row, 2)
    elif way == 2 and sheet.max_column > 1:
        sheet.delete_cols(column)
    elif way == 3:
        sheet.row_dimensions[row].hidden = True


def survive(files: list[Path], folder: Path, times: int) -> dict[int, int]:
    """Import so many changed ledgers, every second one really; return how often each exit code came."""
    codes: dict[int, int] = {}
    target, database = folder / "变.xlsx", folder / "a.db"
    for seed in range(times):
        chance = random.Random(seed)  # noqa: S311  (what to change)
        change(chance.choice(files), target, chance)
        words = ["--database", str(database), "--json", "import", chance.choice(KINDS), str(target)]
        out = StringIO()
        code = run([*words, *(["--dry-run"] if seed % 2 else [])], out=out, err=StringIO())
        document = json.loads(out.getvalue())
        assert code in (0, 1), (seed, document)
        if "error" in document:
            assert "变" in document["error"]["message"], seed
            assert "\n" not in document["error"]["message"], seed
        codes[code] = codes.get(code, 0) + 1
    return codes


def test_a_few_changed_ledgers_are_taken_or_refused(sqlite_template: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("11月台账",),
        ("项目名称", "总投资（亿元）", "用地（亩）", "签约时间"),
        ("甲", 5, 25, "2024.3"),
        ("乙", 6, 20, 1),
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "own.xlsx")
    (tmp_path / "a.db").write_bytes(sqlite_template.read_bytes())
    assert sum(survive([tmp_path / "own.xlsx"], tmp_path, FEW).values()) == FEW


@pytest.mark.soak
@pytest.mark.shared
def test_hundreds_of_changed_ledgers_are_taken_or_refused(tmp_path: Path, shared: Path) -> None:
    files = sorted((shared / "data" / "ledgers_labelled").glob("D0*.xlsx"))
    codes = survive(files, tmp_path, MANY)
    assert codes[0] > codes[1] > 0
