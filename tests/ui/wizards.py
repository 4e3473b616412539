"""What the tests of the import wizard share: a ledger on disk, and waiting for the wizard's job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

from ui.imports.page import ImportPage
from ui.pictures import settle, wait_for


def ledger(path: Path, *rows: Sequence[object]) -> Path:
    """Write a workbook of one sheet; return its path."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def wait(wizard: ImportPage) -> None:
    """Wait until the wizard has read, looked through or written what it was asked to."""
    settle(5)
    wait_for(lambda: wizard._job is None)
