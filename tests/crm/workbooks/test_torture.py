"""Workbooks of eleven reader and writer projects: read, or refused in one sentence; never a crash, never a hang."""

from __future__ import annotations

import csv
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from crm.errors import WorkbookError
from crm.workbooks.reading import Book, read_workbook

EVERY = 8
"""One file in eight is tried in the daily run, all in the long one."""

MUST_SAY = {
    "calamine/tests/pass_protected.xlsx": "设有打开密码",
    "calamine/tests/pass_protected.ods": "设有打开密码",
    "calamine/tests/pass_protected.xlsb": "设有打开密码",
    "python_calamine/tests/data/password.xls": "设有打开密码",
    "calamine/tests/issue_594_dos.ods": "已损坏",
    "exceljs/spec/integration/data/numbers.numbers": "Numbers",
    "python_calamine/tests/data/empty_file.xlsx": "没有可读取的内容",
    "xlrd/tests/samples/biff4_no_format_no_window2.xls": "Excel 97 以前",
    "xlrd/tests/samples/sample.zip": "是压缩文件",
}


def corpus(shared: Path) -> list[Path]:
    folder = shared / "data" / "excel_torture"
    with (folder / "INVENTORY.csv").open(encoding="utf-8-sig", newline="") as file:
        return [folder / row["path"] for row in csv.DictReader(file)]


def outcome(path: Path) -> tuple[Book | None, str, float]:
    """Return the workbook or the refusal, and the seconds it took."""
    begun = time.perf_counter()
    try:
        book, said = read_workbook(path), ""
    except WorkbookError as error:
        book, said = None, error.message
    return book, said, time.perf_counter() - begun


def check(files: Sequence[Path]) -> None:
    for path in files:
        book, said, seconds = outcome(path)
        assert seconds < 20, path
        assert (book is None) == (0 < len(said) < 500 and "\n" not in said), path
        for sheet in book.sheets if book else ():
            assert {len(row) for row in sheet.rows} <= {sheet.width}, path
            assert all(merge.top <= merge.bottom and merge.left <= merge.right for merge in sheet.merges), path
            assert all(row < sheet.height and column < sheet.width for row, column in sheet.formats), path


@pytest.mark.shared
def test_a_part_of_the_corpus_is_read_or_refused(shared: Path) -> None:
    check(corpus(shared)[::EVERY])


@pytest.mark.shared
@pytest.mark.soak
def test_the_whole_corpus_is_read_or_refused(shared: Path) -> None:
    check(corpus(shared))


@pytest.mark.shared
@pytest.mark.parametrize(("name", "words"), MUST_SAY.items())
def test_known_troubles_are_called_by_their_name(shared: Path, name: str, words: str) -> None:
    book, said, _seconds = outcome(shared / "data" / "excel_torture" / name)
    assert book is None
    assert words in said


@pytest.mark.shared
def test_every_labelled_ledger_is_read_as_it_is(shared: Path) -> None:
    kinds = {path.name: read_workbook(path).kind for path in (shared / "data" / "ledgers_labelled").glob("D*")}
    assert len(kinds) == 40
    assert {name for name, kind in kinds.items() if not name.endswith(f".{kind}")} == set()


@pytest.mark.shared
def test_a_ledger_of_many_merges_and_one_of_ten_thousand_rows(shared: Path) -> None:
    folder = shared / "data" / "workbooks"
    sheet = read_workbook(folder / "台账.xlsx").sheets[0]
    assert (sheet.name, sheet.height, len(sheet.merges)) == ("路基时间台账", 766, 808)
    neeq = read_workbook(folder / "neeq.xlsx").sheets[0]
    assert (neeq.height, neeq.width) == (9768, 10)
