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
<00> <{last:02X}>
endcodespacerange
"""
FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def readable_cmap(name: str, characters: Sequence[int]) -> str:
    """Return the ToUnicode map of one subset of a face.

    reportlab writes a character beyond U+FFFF as five digits, which readers refuse, and blocks of more than 100
    entries; names such as 𬭎 then come back as another character. Here they are UTF-16 pairs.

    Args:
        name: of the subset.
        characters: code point of each glyph code; 0 stands for a code not used.
    """
    lines = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(characters) if point]
    blocks = [lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK)]
    body = "".join("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar\n")) for block in blocks)
    return HEAD.format(name=name, last=max(len(characters) - 1, 0)) + body + FOOT


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()
