"""``python -m bench.hostile``: every kind of hostile workbook of reliability.md §4.9, read or refused, at what cost.

Each is read in a process of its own, so that the memory of its child is known: seconds of the processor and the
largest resident memory of the children. Exit code 1 where one takes more than 10 s or 600 MB.
"""

from __future__ import annotations

import json
import random
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from crm.errors import WorkbookError
from crm.workbooks.reading import read_workbook
from tests.crm.workbooks.making import MAIN, pack, parts, relationships, sheet_xml, strings_xml

MOST_SECONDS, MOST_MEGABYTES = 10.0, 600
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
TEXT = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
Kind = tuple[str, Callable[[], bytes]]


def main() -> int:
    """Read one file where it is named, else make and read every kind, and print the table."""
    if len(sys.argv) > 1:
        print(json.dumps(_cost(Path(sys.argv[1]))))
        return 0
    worst = 0
    with tempfile.TemporaryDirectory(prefix="xiangtu-hostile-") as folder:
        for name, make in KINDS:
            path = Path(folder) / name.rpartition(" ")[2]
            path.write_bytes(make())
            words = (sys.executable, "-m", "bench.hostile", str(path))
            found = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
            bad = found["seconds"] > MOST_SECONDS or found["megabytes"] > MOST_MEGABYTES
            worst |= bad
            size, mark = path.stat().st_size / 1024, "!" if bad else " "
            cost = f"{found['seconds']:6.2f} s {found['wall']:6.1f} s wall {found['megabytes']:5.0f} MB"
            print(f"{mark} {name:46} {size:9,.0f} KB {cost}  {found['outcome']}", flush=True)
    return worst


def _cost(path: Path) -> dict[str, object]:
    begun = time.perf_counter()
    try:
        book = read_workbook(path)
        outcome = f"read: {len(book.sheets)} sheets, {sum(sheet.height for sheet in book.sheets):,} rows"
    except WorkbookError as error:
        outcome = f"refused: {error.message[:90]}"
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "outcome": outcome,
        "seconds": used.ru_utime + used.ru_stime,
        "wall": time.perf_counter() - begun,
        "megabytes": used.ru_maxrss / 1024,
    }


def _book(rows: str, *, after: str = "", strings: str = "", **more: str | bytes) -> bytes:
    return pack(
        parts(sheet_xml(rows, after=after), strings=strings)
        | {name.replace("__", "/"): part for name, part in more.items()}
    )


def _rows(count: int, cells: Callable[[int], str]) -> str:
    return "".join(f'<row r="{row}">{cells(row)}</row>' for row in range(1, count + 1))


def _lying() -> bytes:
    whole = bytearray(_book(ONE + " " * 300_000))
    place = whole.rfind(b"PK\x01\x02", 0, whole.rfind(b"sheet1.xml"))
    struct.pack_into("<I", whole, place + 24, 200)
    return bytes(whole)


def _with(name: str, part: str) -> bytes:
    return pack(parts(sheet_xml(ONE)) | {name: part})


def _merges(*areas: str) -> str:
    each = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return f"<mergeCells>{each}</mergeCells>"


def _many_merges() -> bytes:
    rows = _rows(200_000, lambda row: f'<c r="B{row}"><v>1</v></c>')
    return _book(rows, after=_merges(*(f"A{row}:B{row}" for row in range(1, 200_001))))


def _strings(items: str, unique: int) -> bytes:
    return _book(TEXT, strings=strings_xml(items, unique))


def _item(text: str) -> str:
    return f"<si><t>{text}</t></si>"


def _styles() -> bytes:
    return _with("xl/styles.xml", f"<styleSheet xmlns='{MAIN}'><cellXfs>{'<xf/>' * 400_000}</cellXfs></styleSheet>")


def _leading_outside() -> bytes:
    return _with("xl/_rels/workbook.xml.rels", relationships(("worksheet", "../../../etc/passwd")))


def _far() -> bytes:
    return _book('<row r="1"><c r="SR1"><v>1</v></c></row><row r="200000"><c r="A200000"><v>1</v></c></row>')


def _encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def _ods() -> bytes:
    content = (
        f'<o:document-content xmlns:o="{OFFICE}office:1.0" xmlns:t="{OFFICE}table:1.0"><o:body><o:spreadsheet>'
        '<t:table t:name="a"><t:table-row t:number-rows-repeated="1048576"><t:table-cell '
        't:number-columns-repeated="16384" o:value-type="float" o:value="1"/></t:table-row></t:table>'
        "</o:spreadsheet></o:body></o:document-content>"
    )
    return pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _letters(count: int) -> str:
    return "".join(random.Random(1).choices("abcdefghij", k=count))


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w>&c;</w>'
)
DDE = "cmd|'/C calc'!A0"
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'

KINDS: tuple[Kind, ...] = (
    ("500 MB of blanks blanks.xlsx", lambda: _book(ONE + " " * 500_000_000)),
    ("a part that lies about its size lies.xlsx", _lying),
    ("a cell in the far corner corner.xlsx", lambda: _book(f'{ONE}<row><c r="XFD1048576"><v>1</v></c></row>')),
    ("two far cells far.xlsx", _far),
    ("shared strings that claim 4 G strings.xlsx", lambda: _strings(_item("a"), 4_000_000_000)),
    ("a shared string that is not there missing.xlsx", lambda: _book(TEXT.replace("<v>0", "<v>7"))),
    ("3 M shared strings million.xlsx", lambda: _strings(_item("a") * 3_000_001, 3_000_001)),
    ("a text of 200 MB long.xlsx", lambda: _strings(_item("a" * 200_000_000), 1)),
    ("a text of 4 MB, hardly packed noise.xlsx", lambda: _strings(_item(_letters(4_000_000)), 1)),
    ("the whole sheet merged whole.xlsx", lambda: _book(ONE, after=_merges("A1:XFD1048576"))),
    ("200,000 merges merges.xlsx", _many_merges),
    ("400,000 styles styles.xlsx", _styles),
    ("16,384 columns wide.xlsx", lambda: _book('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
    ("6 M blank cells blank.xlsx", lambda: _book(_rows(120_000, lambda _row: "<c/>" * 50))),
    ("NaN as a number nan.xlsx", lambda: _book('<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>1e999</v></c></row>')),
    ("billion laughs laughs.xlsx", lambda: _with("docProps/app.xml", LAUGHS)),
    ("an entity from outside entity.xlsx", lambda: _with("xl/sharedStrings.xml", OUTSIDE)),
    ("a part outside the package part.xlsx", lambda: _with("../../etc/passwd", "x")),
    ("a relationship that leads outside relation.xlsx", _leading_outside),
    ("nesting without end deep.xlsx", lambda: _with("xl/workbook.xml", "<a>" * 2_000_000)),
    ("an external link external.xlsx", lambda: _with("xl/externalLinks/externalLink1.xml", "<externalLink/>")),
    ("a DDE formula dde.xlsx", lambda: _book(f'<row r="1"><c r="A1"><f>{DDE}</f><v>1</v></c></row>')),
    ("macros macros.xlsm", lambda: _with("xl/vbaProject.bin", "x")),
    ("an .ods of 16 G cells cells.ods", _ods),
    ("cut off cut.xlsx", lambda: _book(ONE)[:-300]),
    ("a password password.xlsx", _encrypted),
)


if __name__ == "__main__":
    sys.exit(main())
