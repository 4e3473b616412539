"""What a Word file has beside its words: contents that count their pages themselves, and the QR code."""

from __future__ import annotations

import io
import zlib
from struct import pack
from typing import TYPE_CHECKING, Any

from reports.qr import code_squares
from reports.styles import MM

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

CODE, QUIET = 16 * MM, 4
"""Side of the QR code, in points; modules of white around it, as the standard asks for."""

SCALE = 6
"""Dots of the picture for each module."""


def mark(paragraph: Paragraph, number: int) -> None:
    """Give a heading the name by which the contents find it."""
    begin, end = _element("w:bookmarkStart"), _element("w:bookmarkEnd")
    for each in (begin, end):
        _set(each, "w:id", str(number))
    _set(begin, "w:name", name_of(number))
    paragraph._p.append(begin)  # noqa: SLF001  (python-docx has no word for bookmarks)
    paragraph._p.append(end)  # noqa: SLF001


def name_of(number: int) -> str:
    """Return the name of a heading in the file."""
    return f"_Toc{number:06d}"


def add_entry(paragraph: Paragraph, text: str, number: int, width: float) -> None:
    """Write an entry of the contents: the heading, dots, and a field that Word and WPS fill with its page.

    Args:
        paragraph: to write in.
        text: of the heading.
        number: as given to ``mark``.
        width: of the line, in points.
    """
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER  # noqa: PLC0415  (the start is budgeted)
    from docx.shared import Pt  # noqa: PLC0415

    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    paragraph.add_run(f"{text}\t")
    for kind in ("begin", "instruction", "separate", "end"):
        run: Any = paragraph.add_run()
        if kind == "instruction":
            told = _element("w:instrText")
            told.text = f" PAGEREF {name_of(number)} "
            run._r.append(told)  # noqa: SLF001
            continue
        sign = _element("w:fldChar")
        _set(sign, "w:fldCharType", kind)
        if kind == "begin":
            _set(sign, "w:dirty", "true")  # counted when the file is opened: its pages are Word's own
        run._r.append(sign)  # noqa: SLF001


def add_code(made: WordDocument, text: str, told: str) -> None:
    """Put the QR code below the last line; ``told`` says what it is to whoever has the file read aloud."""
    from docx.shared import Pt  # noqa: PLC0415  (the start is budgeted)

    picture: Any = made.add_picture(io.BytesIO(code_picture(text)), Pt(CODE))
    picture._inline.docPr.set("descr", told)  # noqa: SLF001  (python-docx has no word for it)


def code_picture(text: str) -> bytes:
    """Return a QR code as a PNG of black and white; the same text gives the same bytes."""
    side, runs = code_squares(text)
    whole = side + 2 * QUIET
    rows = [bytearray(b"\xff" * whole) for _row in range(whole)]
    for row, column, length in runs:
        rows[row + QUIET][column + QUIET : column + QUIET + length] = bytes(length)
    lines = b"".join((b"\0" + b"".join(bytes((dot,)) * SCALE for dot in row)) * SCALE for row in rows)
    head = pack(">LLBBBBB", whole * SCALE, whole * SCALE, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">L", len(data)) + kind + data + pack(">L", zlib.crc32(kind + data)) for kind, data in parts
    )


def _element(name: str) -> Any:  # noqa: ANN401  (an element of lxml)
    from docx.oxml import OxmlElement  # noqa: PLC0415

    return OxmlElement(name)


def _set(element: Any, name: str, value: str) -> None:  # noqa: ANN401  (an element of lxml)
    from docx.oxml.ns import qn  # noqa: PLC0415

    element.set(qn(name), value)
