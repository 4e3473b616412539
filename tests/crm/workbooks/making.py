"""Workbooks from raw XML, as spreadsheets write them and as attackers would."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

CONTENT_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def relationships(*targets: tuple[str, str]) -> str:
    """Return a part of relationships rId1, rId2 … of kinds and targets."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    """Return a worksheet around its rows."""
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{declaration}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def styles_xml(formats: Sequence[str]) -> str:
    """Return the styles: style 0 is plain, style n has the n-th format."""
    codes = "".join(f"<numFmt numFmtId='{164 + n}' formatCode={quoteattr(code)}/>" for n, code in enumerate(formats))
    uses = "".join(f"<xf numFmtId='{164 + n}'/>" for n in range(len(formats)))
    return (
        f"<styleSheet xmlns='{MAIN}'><numFmts count='{len(formats)}'>{codes}</numFmts>"
        f"<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>"
        f"<cellXfs count='{len(formats) + 1}'><xf numFmtId='0'/>{uses}</cellXfs></styleSheet>"
    )


def strings_xml(items: str = "", unique: int = 0) -> str:
    """Return the shared strings."""
    return f'<sst xmlns="{MAIN}" count="{unique}" uniqueCount="{unique}">{items}</sst>'


def parts(
    *sheets: str,
    formats: Sequence[str] = (),
    strings: str = "",
    states: Sequence[str] = (),
    from_1904: bool = False,
) -> dict[str, str | bytes]:
    """Return the parts of a workbook with these sheets, named 表1, 表2 …."""
    tabs = "".join(
        f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"{state}/>'
        for n, state in zip(range(1, len(sheets) + 1), [*states, *[""] * len(sheets)], strict=False)
    )
    properties = '<workbookPr date1904="1"/>' if from_1904 else ""
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{tabs}</sheets></workbook>'
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": relationships(
            *targets, ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/styles.xml": styles_xml(formats),
        "xl/sharedStrings.xml": strings or strings_xml(),
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets, 1)},
    }


def pack(content: Mapping[str, str | bytes]) -> bytes:
    """Return the zip of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in content.items():
            file.writestr(name, part)
    return target.getvalue()


def save(folder: Path, content: Mapping[str, str | bytes] | bytes, name: str = "台账.xlsx") -> Path:
    """Save parts, or bytes as they are, as a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else pack(content))
    return path


def record(kind: int, body: bytes) -> bytes:
    """Return one BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def xls(globals_: bytes, *sheets: tuple[str, bytes]) -> bytes:
    """Return an .xls of these records: those of the workbook, then those of each sheet with its name."""
    bof, eof = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)), record(0x000A, b"")
    page = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))

    def tabs(places: Sequence[int]) -> bytes:
        names = [(place, name.encode("utf-16-le")) for place, (name, _body) in zip(places, sheets, strict=True)]
        return b"".join(
            record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name) for place, name in names
        )

    start = len(bof + globals_ + tabs([0] * len(sheets)) + eof)
    bodies = [page + body + eof for _name, body in sheets]
    places = [start + sum(map(len, bodies[:number])) for number in range(len(bodies))]
    return compound("Workbook", bof + globals_ + tabs(places) + eof + b"".join(bodies))


def compound(name: str, stream: bytes) -> bytes:
    """Return an OLE file with one stream, in sectors of 512 bytes: FAT, directory, stream."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    fat = [table, end, *range(3, sectors + 2), end]
    entries = b"".join(
        (label.encode("utf-16-le")).ljust(64, b"\0")
        + struct.pack("<HBBIII", 2 * len(label) + 2, kind, 1, free, free, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
        for label, kind, child, first, size in (("Root Entry", 5, 1, end, 0), (name, 2, free, 2, len(stream)))
    )
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
        + struct.pack("<109I", 0, *[free] * 108)
    )
    parts = [struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff"), entries.ljust(512, b"\0"), stream]
    return header + b"".join(parts).ljust(512 * (sectors + 2), b"\0")
