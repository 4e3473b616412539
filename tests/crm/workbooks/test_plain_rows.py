"""What is known of a sheet is the same whether its plain rows are passed over or read by the parser."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.workbooks.limits import Limits, Refusal
from crm.workbooks.package import Package
from crm.workbooks.plain_rows import PlainRows, Taken
from crm.workbooks.scanning import SheetScan

TELLING = {"3": "0%", "12": '0.00"亿元"'}
HEAD, FOOT = '<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>', "</sheetData></worksheet>"

CELLS = (
    '<c r="{}"><v>12</v></c>',
    '<c r="{}"><v>-1.5E-3</v></c>',
    '<c r="{}" s="1" t="s"><v>7</v></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> 苏州华信 </t></is></c>',
    '<c r="{}" t="inlineStr"><is><t>甲</t></is></c>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}" s="2"/>',
    "",
    # not plain
    '<c r="{}" s="3"><v>0.5</v></c>',
    '<c r="{}" s="3"/>',
    '<c r="{}" s="12" t="s"><v>5</v></c>',
    '<c r="{}" t="e"><v>#N/A</v></c>',
    '<c r="{}"><f>A1*2</f><v>24</v></c>',
    '<c r="{}" t="str"><f>A1&amp;"甲"</f></c>',
    '<c r="{}" t="inlineStr"><is><t>甲 &lt;乙</t></is></c>',
    '<c r="{}" t="inlineStr"><is><r><t>分</t></r><r><t>段</t></r></is></c>',
    '<c t="s"><v>3</v></c>',
    '<x:c xmlns:x="u" r="{}"><v>4</v></x:c>',
)
PLAIN = CELLS[:7]
ROWS = ('<row r="{}">', '<row r="{}" spans="1:4" ht="15" customHeight="1">', '<row r="{}" hidden="1">', "<row>")
BETWEEN = ("", "", "", "\n", '<!-- </row><row r="9"><c r="A9"><v>1</v></c></row> -->', "<?pi </row>?>")
ENDS = (FOOT, '</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>', "</sheetData>", "</row>")


def _sheet(content: bytes) -> Package:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("sheet.xml", content)
    return Package(packed.getvalue(), Limits())


def _known(content: bytes, limits: Limits | None = None) -> Any:  # noqa: ANN401  (compared as a whole)
    scan = SheetScan(TELLING, limits or Limits(), "表一")
    try:
        scan.read(_sheet(content), "sheet.xml")
    except Refusal as refusal:
        return refusal.code, refusal.cell, refusal.detail if refusal.code != "damaged" else ""
    found = {name: getattr(scan, name) for name in ("hidden_rows", "merges", "formulas", "errors", "formats")}
    return found, scan.height, scan.width, scan._cells


def _parsed(content: bytes, limits: Limits | None = None) -> Any:  # noqa: ANN401  (compared as a whole)
    """Return what is known when no row is passed over: two blanks are the same to the parser."""
    return _known(content.replace(b"<row ", b"<row  "), limits)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    parts, number = [HEAD], 0
    for _row in range(draw(st.integers(1, 8))):
        number += draw(st.sampled_from((1, 1, 1, 2, -1))) if number > 1 else 1
        cells = draw(st.lists(st.sampled_from(draw(st.sampled_from((PLAIN, PLAIN, CELLS)))), min_size=0, max_size=5))
        letters = draw(st.sampled_from(("ABCDE", "ABCDE", "ACBED")))
        parts.append(draw(st.sampled_from(ROWS if number > 1 else ROWS[:1])).format(number))
        parts += [cell.format(f"{letter}{number}") for cell, letter in zip(cells, letters, strict=False)]
        parts += ["</row>", draw(st.sampled_from(BETWEEN))]
    return "".join([*parts, draw(st.sampled_from((FOOT, FOOT, FOOT, *ENDS)))]).encode()


@given(sheets())
def test_all_that_is_known_is_the_same(content: bytes) -> None:
    assert _known(content) == _parsed(content)
    few = Limits(rows=4, columns=3, cells=9)
    assert _known(content, few) == _parsed(content, few)


def _rows(first: int, last: int, cell: str = CELLS[3]) -> str:
    return "".join(f'<row r="{row}">{cell.format(f"A{row}")}</row>' for row in range(first, last + 1))


def _taken(content: str, size: int = 1 << 18) -> list[Taken]:
    """Return what is passed over when a sheet comes in chunks of so many bytes."""
    found: list[Taken] = []
    scan = SheetScan(TELLING, Limits(), "表一")
    scan._parser.StartElementHandler = scan._handler()
    rows = PlainRows(scan._parser, scan._columns, TELLING, most=1_000, take=found.append)
    raw = content.encode()
    for place in range(0, len(raw), size):
        rows.parse(raw[place : place + size], False)
    rows.parse(b"", True)
    return found


def test_plain_rows_are_passed_over() -> None:
    assert _taken(HEAD + _rows(1, 300) + FOOT) == [Taken(299, 300, 300, "A300")]


@pytest.mark.parametrize("size", [1, 7, 100, 1_000])
def test_chunks_may_break_anywhere(size: int) -> None:
    taken = _taken(HEAD + _rows(1, 300) + FOOT, size)
    assert sum(each.cells for each in taken) > (250 if size > 6 else -1)
    content = (HEAD + _rows(1, 3) + _rows(4, 5, CELLS[12]) + _rows(6, 9) + FOOT).encode()
    assert _known(content) == _parsed(content)


def test_rows_in_a_comment_are_none() -> None:
    comment = f"<!-- {_rows(2, 9)} -->"
    assert _taken(HEAD + _rows(1, 1) + comment + FOOT) == []


def test_blank_rows_do_not_make_a_sheet_longer() -> None:
    assert _taken(HEAD + _rows(1, 2) + '<row r="3"></row><row r="4"><c r="A4" s="1"/></row>' + FOOT) == [
        Taken(2, 2, 4, "A4")
    ]


@pytest.mark.parametrize("text", ["甲]]>乙", "\ufffe", "\x0b", "a & b"])
def test_what_no_text_may_hold_is_refused(text: str) -> None:
    bad = CELLS[4].replace("甲", text)
    content = (HEAD + _rows(1, 2) + _rows(3, 3, bad) + _rows(4, 5) + FOOT).encode()
    assert _known(content)[0] == _parsed(content)[0] == "damaged"


def test_bytes_that_are_no_utf8_are_refused() -> None:
    content = (HEAD + _rows(1, 3) + FOOT).encode().replace("华".encode(), b"\xe5\x8d")
    assert _known(content)[0] == _parsed(content)[0] == "damaged"


def test_rows_beyond_the_last_are_left_to_the_parser() -> None:
    content = (HEAD + _rows(1, 30) + FOOT).encode()
    few = Limits(rows=20)
    assert _known(content, few) == _parsed(content, few) == ("rows", "A21", "20")


def test_a_column_more_in_each_row_takes_no_time() -> None:
    rows = []
    for row in range(1, 400):
        cells = (CELLS[0].format(f"{letters}{row}") for letters in LETTERS[:row])
        rows.append(f'<row r="{row}">{"".join(cells)}</row>')
    content = "".join([HEAD, *rows, FOOT]).encode()
    assert _known(content) == _parsed(content)


LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
LETTERS += [first + second for first in LETTERS for second in LETTERS]
