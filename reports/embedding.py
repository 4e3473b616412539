"""The part of a face that a document embeds: its glyphs, numbered in the order in which they are asked for.

reportlab reads the face. Its own way of embedding knows 256 characters a font, so that a page of Chinese changes fonts
within a line, and cuts every glyph anew for every document. Here a face is one composite font of two-byte codes (ISO
32000-1, 9.7.4), and what was cut once is remembered: a thousand briefs share most of their characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from struct import pack, unpack, unpack_from
from typing import Any, NamedTuple
from zlib import crc32

from reports.glyphs import readable_cmap
from reports.pdf_file import PdfFile

WORDS, SCALE, XY_SCALE, TWO_BY_TWO, MORE = 0x0001, 0x0008, 0x0040, 0x0080, 0x0020
"""Bits of a part of a composite glyph (OpenType, ``glyf``): long arguments, transformations, another follows."""

_MAGIC = 0xB1B0AFBA
"""What the sum of a font file is subtracted from (OpenType, ``head``)."""

_KEPT = ("cvt ", "fpgm", "prep")
"""Instructions of an office's own face; the bundled ones have none."""

_SYMBOLIC = 4


class Glyph(NamedTuple):
    """A glyph as the file has it, filled up to whole words of four bytes.

    Attributes:
        metric: advance and left side bearing, as in ``hmtx``.
        parts: place of the number of each part of a composite glyph, and that number.
        total: sum of its words.
    """

    outline: bytes
    metric: bytes
    parts: tuple[tuple[int, int], ...]
    total: int


class Glyphs:
    """The glyphs of one face, each cut from the file once."""

    def __init__(self, face: Any) -> None:  # noqa: ANN401  (a face as reportlab reads it)
        self._face = face
        self._start = face.get_table_pos("glyf")[0]
        self._cut: dict[int, Glyph] = {}
        self._metrics = bytes(face.get_table("hmtx"))
        self.head, self.lines, self.most = (bytes(face.get_table(tag)) for tag in ("head", "hhea", "maxp"))
        self.numbers: Mapping[int, int] = face.charToGlyph
        self.widths: Mapping[int, float] = face.charWidths
        self.instructions = tuple((tag.encode(), bytes(face.get_table(tag))) for tag in _KEPT if tag in face.table)
        self.name = face.name.decode("ascii", "replace")

    def descriptor(self) -> str:
        """Return the entries of the font's descriptor that come from the face."""
        face = self._face
        box = " ".join(f"{side:g}" for side in face.bbox)
        return (
            f"/Flags {face.flags | _SYMBOLIC}/FontBBox[{box}]/ItalicAngle {face.italicAngle:g}"
            f"/Ascent {face.ascent:g}/Descent {face.descent:g}/CapHeight {face.capHeight:g}/StemV {face.stemV:g}"
        )

    def cut(self, number: int) -> Glyph:
        """Return a glyph by its number in the face."""
        glyph = self._cut.get(number)
        if glyph is None:
            begin, end = self._face.glyphPos[number : number + 2]
            outline = bytes(self._face._ttf_data[self._start + begin : self._start + end])  # noqa: SLF001  (its bytes)
            outline += bytes(-len(outline) % 4)
            glyph = Glyph(outline, self._metric(number), tuple(_parts(outline)), _sum(outline))
            self._cut[number] = glyph
        return glyph

    def _metric(self, number: int) -> bytes:
        """Return advance and bearing; glyphs after the last advance share it (OpenType, ``hmtx``)."""
        (full,) = unpack_from(">H", self.lines, 34)
        if number < full:
            return self._metrics[4 * number : 4 * number + 4]
        bearing = 4 * full + 2 * (number - full)
        return self._metrics[4 * full - 4 : 4 * full - 2] + self._metrics[bearing : bearing + 2]


class Codes(dict[str, str]):
    """Character -> its code in one document, as four hexadecimal digits; a new character takes the next."""

    def __missing__(self, character: str) -> str:
        """Give a new character the next code; 0 stays the sign for what is missing."""
        code = self[character] = f"{len(self) + 1:04x}"
        return code


def embed(file: PdfFile, glyphs: Glyphs, codes: Codes) -> int:
    """Write a face with the characters that were used; return the number of its font object."""
    characters = list(codes)
    numbers = [glyphs.numbers[ord(character)] for character in characters]
    name = f"{_tag(numbers)}+{glyphs.name}"
    program = _program(glyphs, numbers)  # outlines get a sixth smaller by compression, for a tenth of all the time
    content = file.stream(f"/Length1 {len(program)}", program, compressed=False)
    described = file.add(f"<</Type/FontDescriptor/FontName/{name}{glyphs.descriptor()}/FontFile2 {content} 0 R>>")
    below = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/W[{_widths(glyphs, characters)}]/FontDescriptor {described} 0 R>>"
    )
    back = file.stream("", readable_cmap(name, [0, *map(ord, characters)]).encode("ascii"))
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{below} 0 R]/ToUnicode {back} 0 R>>"
    )


def _tag(numbers: Sequence[int]) -> str:
    """Return the six letters that tell this part of a face from another."""
    rest = crc32(pack(f">{len(numbers)}H", *numbers))
    letters = []
    for _place in range(6):
        rest, letter = divmod(rest, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)


def _widths(glyphs: Glyphs, characters: Sequence[str]) -> str:
    """Return the advances that are not a whole em."""
    told = ((code, glyphs.widths[ord(character)]) for code, character in enumerate(characters, start=1))
    return "".join(f"{code}[{wide:g}]" for code, wide in told if wide != 1000)  # noqa: PLR2004  (the em)


def _program(glyphs: Glyphs, numbers: Sequence[int]) -> bytes:
    """Return a TrueType file of these glyphs after that for what is missing, and of the parts they are made of."""
    order = [0, *numbers]
    found = [glyphs.cut(number) for number in order]
    places = {number: place for place, number in reversed(list(enumerate(order)))}
    made_of_parts = [place for place, glyph in enumerate(found) if glyph.parts]
    outlines, total = [glyph.outline for glyph in found], sum(glyph.total for glyph in found)
    for place in made_of_parts:  # grows while parts are found that have parts
        changed = bytearray(found[place].outline)
        for at, number in found[place].parts:
            if number not in places:
                places[number] = len(found)
                part = glyphs.cut(number)
                found.append(part)
                outlines.append(part.outline)
                total += part.total
                made_of_parts.extend([places[number]] if part.parts else [])
            changed[at : at + 2] = pack(">H", places[number])
        outlines[place] = bytes(changed)
        total += _sum(outlines[place]) - found[place].total
    count = len(found)
    ends = accumulate(map(len, outlines), initial=0)
    tables = [
        *((tag, data, _sum(data)) for tag, data in glyphs.instructions),
        (b"glyf", b"".join(outlines), total),
        _table(b"head", glyphs.head[:8] + bytes(4) + glyphs.head[12:50] + pack(">H", 1) + glyphs.head[52:]),
        _table(b"hhea", glyphs.lines[:34] + pack(">H", count)),
        _table(b"hmtx", b"".join(glyph.metric for glyph in found)),
        _table(b"loca", pack(f">{count + 1}L", *ends)),
        _table(b"maxp", glyphs.most[:4] + pack(">H", count) + glyphs.most[6:]),
    ]
    return _assembled(sorted(tables))


def _table(tag: bytes, data: bytes) -> tuple[bytes, bytes, int]:
    return tag, data, _sum(data)


def _assembled(tables: Sequence[tuple[bytes, bytes, int]]) -> bytes:
    """Return the tables behind their directory, with the sum of the whole in ``head``."""
    power = len(tables).bit_length() - 1
    begin = pack(">LHHHH", 0x00010000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    offset, total = 12 + 16 * len(tables), 0
    entries, contents = [begin], {}
    for tag, data, checked in tables:
        entries.append(pack(">4sLLL", tag, checked & 0xFFFFFFFF, offset, len(data)))
        contents[tag] = data + bytes(-len(data) % 4)
        offset += len(contents[tag])
        total += checked
    directory = b"".join(entries)
    adjustment = pack(">L", (_MAGIC - total - _sum(directory)) & 0xFFFFFFFF)
    contents[b"head"] = contents[b"head"][:8] + adjustment + contents[b"head"][12:]
    return b"".join((directory, *contents.values()))


def _sum(data: bytes) -> int:
    """Return the sum of the words of four bytes; the last one is filled up with noughts."""
    data += bytes(-len(data) % 4)
    return sum(unpack(f">{len(data) // 4}L", data))


def _parts(outline: bytes) -> list[tuple[int, int]]:
    """Return where a composite glyph names its parts, and their numbers; a simple glyph has none."""
    if not outline or unpack_from(">h", outline)[0] >= 0:
        return []
    parts, place, flags = [], 10, MORE
    while flags & MORE:
        flags, number = unpack_from(">HH", outline, place)
        parts.append((place + 2, number))
        place += 8 if flags & WORDS else 6
        place += 2 if flags & SCALE else 4 if flags & XY_SCALE else 8 if flags & TWO_BY_TWO else 0
    return parts
