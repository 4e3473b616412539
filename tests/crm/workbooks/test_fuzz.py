"""Damaged workbooks by the thousand: each is read or refused in a sentence, and what is read is understood."""

from __future__ import annotations

import random
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.understanding import understand_workbook
from crm.errors import WorkbookError
from crm.workbooks.reading import read_workbook
from tests.crm.workbooks.making import pack, parts, sheet_xml
from tests.crm.workbooks.test_html_tables import PAGE

ONE = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>项目名称</t></is></c></row>'

FEW, MANY = 12, 2_000
LONGEST = 20
"""Seconds one file may take on a loaded machine."""

OWN: tuple[tuple[str, bytes], ...] = (
    ("xlsx", pack(parts(sheet_xml(ONE)))),
    ("xls", PAGE.format(charset="utf-8").encode()),
    ("csv", "项目名称,总投资（亿元）,用地（亩）\n甲项目（虚构）,约5亿,25\n".encode("gb18030")),
)
SHARED = ("ledgers_labelled/D00*", "ledgers_labelled/D01*", "excel_torture/calamine/tests/*.ods")


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file with some bytes changed, doubled, taken out or cut off; of a package also inside its parts."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        return _inside(content, chance) or _bytes(content, chance)
    return _bytes(content, chance)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    found = bytearray(content)
    for _change in range(chance.choice((1, 2, 8, 64))):
        place = chance.randrange(len(found) or 1)
        way = chance.randrange(5)
        if way == 0:
            found[place : place + 1] = bytes((chance.randrange(256),))
        elif way == 1:
            found[place : place + chance.randrange(1, 50)] = b""
        elif way == 2:
            found[place:place] = found[place : place + chance.randrange(1, 500)]
        elif way == 3:
            found[place:place] = chance.choice((b"\0" * 9, b"9" * 30, b"<c>", b"&#0;", b"\xff\xfe", b'"', b"1048577"))
        else:
            found = found[: max(len(found) - chance.randrange(1, 200), 1)]
    return bytes(found)


def _inside(content: bytes, chance: random.Random) -> bytes | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as source:
            inner = {name: source.read(name) for name in source.namelist()}
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return None
    name = chance.choice(sorted(inner))
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for each, part in inner.items():
            copy.writestr(each, _bytes(part, chance) if each == name else part)
    return target.getvalue()


def survive(files: list[tuple[str, bytes]], folder: Path, times: int) -> tuple[int, int]:
    """Read so many damaged files; return how many were read and how many were refused."""
    read = refused = 0
    for seed in range(times):
        chance = random.Random(seed)  # noqa: S311  (what to damage)
        ending, content = chance.choice(files)
        path = folder / f"damaged.{ending}"
        path.write_bytes(damaged(content, chance))
        begun = time.perf_counter()
        try:
            book = read_workbook(path)
        except WorkbookError as error:
            refused += 1
            assert "\n" not in error.message, seed  # noqa: PT017  (refused or read: both are good ends)
        else:
            read += 1
            assert understand_workbook(book.sheets, LEAD_FIELDS) is not None, seed
        assert time.perf_counter() - begun < LONGEST, seed
    return read, refused


def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    assert sum(survive(list(OWN), tmp_path, FEW)) == FEW


@pytest.mark.soak
@pytest.mark.shared
def test_two_thousand_damaged_files_are_read_or_refused(tmp_path: Path, shared: Path) -> None:
    paths = [path for pattern in SHARED for path in sorted((shared / "data").glob(pattern))]
    files = [*OWN, *((path.suffix.lstrip("."), path.read_bytes()) for path in paths)]
    read, refused = survive(files, tmp_path, MANY)
    assert (read + refused, read > 0, refused > 0) == (MANY, True, True)
