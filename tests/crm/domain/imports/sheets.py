"""Sheets for the tests, written as they look: cells by bars, merges by their A1 names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from crm.domain.imports.grid import CellValue, Merge, Sheet, column_number


def sheet(text: str, merges: str = "", name: str = "台账") -> Sheet:
    """Return a sheet: a line a row, cells between bars; a bare number is one, ``'5`` is the text 5, ⏎ a line break."""
    lines = text.strip("\n").split("\n")
    rows = [[_value(cell.strip()) for cell in line.split("|")] for line in lines]
    width = max(len(row) for row in rows)
    filled: Sequence[Sequence[CellValue]] = [[*row, *[None] * (width - len(row))] for row in rows]
    return Sheet(name, filled, merges=tuple(_merge(part) for part in merges.split()))


def _value(cell: str) -> CellValue:
    if not cell:
        return None
    if cell.startswith("'"):
        return cell[1:]
    if re.fullmatch(r"\d+", cell):
        return int(cell)
    if re.fullmatch(r"\d+\.\d+", cell):
        return Decimal(cell)
    return cell.replace("⏎", "\n")


def _merge(text: str) -> Merge:
    match = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", text)
    assert match, text
    return Merge(int(match[2]) - 1, column_number(match[1]), int(match[4]) - 1, column_number(match[3]))
