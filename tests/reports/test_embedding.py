"""The part of a face inside a file: a TrueType file of its own, with only the glyphs that are used."""

from __future__ import annotations

import io
from struct import unpack, unpack_from
from typing import Any

import pytest
from pypdf import PdfReader

from reports.content import Body, Document, line
from reports.page import compose
from reports.pdf_file import PdfFile, text_string


def programs(text: str) -> list[bytes]:
    reader = PdfReader(io.BytesIO(compose(Document("", "", "", "zh_CN", [Body(line(text))])).pdf()))
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    descriptors = (font.get_object()["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts.values())
    return [each["/FontFile2"].get_data() for each in descriptors]


def tables(program: bytes) -> dict[bytes, bytes]:
    entries = (unpack_from(">4sLLL", program, 12 + 16 * at) for at in range(unpack_from(">H", program, 4)[0]))
    return {tag: program[offset : offset + length] for tag, _sum, offset, length in entries}


@pytest.mark.parametrize("text", ["项目", "éŁşĄ", "昇璟喆䶮𬭎𠮷"])
def test_a_part_of_a_face_is_a_whole_font_file(text: str) -> None:
    for program in programs(text):
        assert sum(unpack(f">{len(program) // 4}L", program)) & 0xFFFFFFFF == 0xB1B0AFBA
        found = tables(program)
        (count,) = unpack_from(">H", found[b"maxp"], 4)
        ends = unpack(f">{count + 1}L", found[b"loca"])
        assert list(ends) == sorted(ends)
        assert ends[-1] == len(found[b"glyf"])
        assert len(found[b"hmtx"]) == 4 * count
        assert len(program) < 30_000  # of a face of ten megabytes


def test_a_letter_made_of_parts_brings_them() -> None:
    found = tables(programs("ĄĆ")[0])
    (count,) = unpack_from(">H", found[b"maxp"], 4)
    starts = unpack(f">{count + 1}L", found[b"loca"])
    assert count > 3  # the missing one and the two letters have numbers of their own; their parts come after
    for start in starts[1:3]:
        contours, first = unpack_from(">h", found[b"glyf"], start)[0], unpack_from(">H", found[b"glyf"], start + 12)[0]
        assert contours < 0
        assert 3 <= first < count
        assert unpack_from(">h", found[b"glyf"], starts[first])[0] > 0


def test_objects_are_found_where_the_table_says() -> None:
    file = PdfFile()
    tree, root = file.reserve(), file.reserve()
    many = [file.add(f"<</Number {number}>>") for number in range(1_200)]  # more than one object stream
    file.put(tree, "<</Type/Pages/Count 0/Kids[]>>")
    file.put(root, f"<</Type/Catalog/Pages {tree} 0 R/Last {many[-1]} 0 R>>")
    content = file.finish(root, file.add(f"<</Title {text_string('题(目)')}/Author {text_string('a(b)c')}>>"))
    reader = PdfReader(io.BytesIO(content), strict=True)
    assert reader.trailer["/Root"]["/Last"]["/Number"] == 1_199  # type: ignore[index]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("题(目)", "a(b)c")
