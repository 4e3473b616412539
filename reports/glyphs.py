"""The map from glyphs back to characters inside a PDF: what copying, searching and reading aloud rely on."""

from __future__ import annotations

from collections.abc import Sequence

BLOCK = 100
"""The most entries a ``bfchar`` block may have (Adobe Technical Note 5411)."""

HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def readable_cmap(name: str, characters: Sequence[int]) -> str:
    """Return the ToUnicode map of a part of a face.

    A character beyond U+FFFF is a UTF-16 pair, and no block has more than 100 entries: readers refuse anything else,
    and names such as 𬭎 then come back as another character.

    Args:
        name: of the part of the face.
        characters: code point of each code of two bytes; 0 stands for a code not used.
    """
    lines = [f"<{code:04X}> <{_utf16(point)}>" for code, point in enumerate(characters) if point]
    blocks = [lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK)]
    body = "".join("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar\n")) for block in blocks)
    return HEAD.format(name=name) + body + FOOT


def _utf16(point: int) -> str:
    return f"{point:04X}" if point < 0x10000 else chr(point).encode("utf-16-be").hex().upper()  # noqa: PLR2004  (beyond U+FFFF)
