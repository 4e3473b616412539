"""What an .xls says beside its values."""

from __future__ import annotations

import random
import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from crm.domain.imports.grid import Flaw, Flawed
from crm.errors import WorkbookError
from crm.workbooks.biff import sheet_records
from crm.workbooks.limits import Limits
from crm.workbooks.reading import read_workbook
from tests.crm.workbooks.making import compound, record, save, xls

PLAIN, MONTH, PERCENT = range(3)


def style(number_format: int) -> bytes:
    return record(0x00E0, struct.pack("<HH", 0, number_format) + bytes(16))


def number(row: int, column: int, style: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def row_of(number: int, *, hidden: bool = False, height: int = 300) -> bytes:
    return record(0x0208, struct.pack("<HHHHHHI", number, 0, 9, height, 0, 0, 0x20 * hidden))


CODE = 'yyyy"年"m"月"'.encode("utf-16-le")
GLOBALS = record(0x041E, struct.pack("<HHB", 164, len(CODE) // 2, 1) + CODE) + style(0) + style(164) + style(9)
SHEET = b"".join(
    (
        record(0x007D, struct.pack("<6H", 2, 3, 2000, 0, 1, 0)),
        row_of(0),
        row_of(1, hidden=True),
        row_of(2, height=0),
        number(0, 0, PLAIN, 2024.5),
        number(0, 1, MONTH, 45366),
        record(0x027E, struct.pack("<HHHI", 1, 0, PERCENT, 60 << 2 | 3)),  # RK: the whole number 60, by a hundred
        record(0x00BD, struct.pack("<HHHIHIH", 2, 0, PLAIN, 5 << 2 | 2, PERCENT, 7 << 2 | 2, 1)),
        record(0x0205, struct.pack("<HHHBB", 3, 0, PLAIN, 42, 1)),
        record(0x0205, struct.pack("<HHHBB", 3, 1, PLAIN, 1, 0)),
        record(0x0006, struct.pack("<HHHdHIH", 3, 2, PERCENT, 0.5, 0, 0, 0)),
        record(0x0006, struct.pack("<HHHBBBBBBHHIH", 3, 3, PLAIN, 2, 0, 7, 0, 0, 0, 0xFFFF, 0, 0, 0)),
    )
)
WHOLE = xls(GLOBALS, ("台账", SHEET))


def test_errors_formats_formulas_and_what_is_hidden(tmp_path: Path) -> None:
    book = read_workbook(save(tmp_path, WHOLE, "a.xls"))
    (sheet,) = book.sheets
    assert (book.kind, book.notes, sheet.name) == ("xls", (), "台账")
    assert sheet.rows == [
        [Decimal("2024.5"), date(2024, 3, 15), None, None],
        [Decimal("0.6"), None, None, None],
        [5, 7, None, None],
        [Flawed(Flaw.ERROR, "#N/A"), True, Decimal("0.5"), Flawed(Flaw.ERROR, "#DIV/0!")],
    ]
    assert sheet.formats == {(0, 1): 'yyyy"年"m"月"', (1, 0): "0%", (2, 1): "0%", (3, 2): "0%"}
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({1, 2}), frozenset({2, 3}))
    assert sheet.formulas == frozenset({(3, 2), (3, 3)})


def test_a_workbook_with_a_password_is_called_so(tmp_path: Path) -> None:
    locked = xls(record(0x002F, bytes(6)) + GLOBALS, ("台账", SHEET))
    with pytest.raises(WorkbookError, match="设有打开密码"):
        read_workbook(save(tmp_path, locked, "a.xls"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        WHOLE[:600],
        compound("WordDocument", b""),
        compound("Workbook", b"\x09\x08\x10\x00\x00\x05"),
        WHOLE.replace(struct.pack("<HH", 0x000A, 0), struct.pack("<HH", 0x000B, 0)),
        WHOLE[:512] + struct.pack("<I", 0) * 128 + WHOLE[1024:],
    ],
)
def test_what_cannot_be_followed_is_not_known(content: bytes) -> None:
    assert sheet_records(content, Limits(cells=10_000)) == []


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(some.tuples(some.integers(0, 2000), some.integers(0, 255)), max_size=8))
def test_any_damage_ends_in_something_known_or_nothing(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in changes:
        content[place] = byte
    assert isinstance(sheet_records(bytes(content), Limits(cells=10_000)), list)


TWINS = ["date", "date_1904", "any_sheets", "issues", "merge_cells", "merged_range"]


@pytest.mark.shared
@pytest.mark.parametrize("name", TWINS)
def test_the_same_workbook_in_both_formats_says_the_same(shared: Path, name: str) -> None:
    folder = shared / "data" / "excel_torture" / "calamine" / "tests"
    old, new = read_workbook(folder / f"{name}.xls"), read_workbook(folder / f"{name}.xlsx")
    for left, right in zip(old.sheets, new.sheets, strict=False):  # one has a sheet more
        assert left.rows == right.rows
        assert (left.hidden_rows, left.hidden_columns) == (right.hidden_rows, right.hidden_columns)
        assert (left.formats, left.formulas) == (right.formats, right.formulas)
        assert set(left.merges) == set(right.merges)


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(6))
def test_real_workbooks_with_damage_do_not_take_the_reader_along(shared: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (which bytes to damage)
    files = sorted((shared / "data" / "ledgers_labelled").glob("*.xls"))
    content = bytearray(chance.choice(files).read_bytes())
    for _change in range(chance.randint(1, 30)):
        content[chance.randrange(512, len(content))] = chance.randrange(256)
    path = save(tmp_path, bytes(content), "a.xls")
    try:
        assert read_workbook(path).sheets
    except WorkbookError as error:
        assert error.where  # noqa: PT017  (read or refused: both are good ends)
