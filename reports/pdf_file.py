"""The file itself: numbered objects, streams, and the table of where they stand (ISO 32000-1, 7.5).

Everything but streams goes into compressed object streams: the structure of a long table is thousands of small objects.
"""

from __future__ import annotations

import zlib
from hashlib import sha256
from struct import pack

LEVEL = 1
"""Of compression: a page gets a tenth smaller at level 6 and takes twice as long."""

TOGETHER = 500
"""Objects in one object stream."""


class PdfFile:
    """Collects objects; their bodies are PDF as text, references are written ``7 0 R``."""

    def __init__(self) -> None:
        self._count = 0
        self._plain: list[tuple[int, str]] = []
        self._streams: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """Return the number of an object that is written later."""
        self._count += 1
        return self._count

    def reserve_row(self, count: int) -> int:
        """Return the first of so many numbers that follow each other."""
        first = self._count + 1
        self._count += count
        return first

    def put(self, number: int, body: str) -> None:
        """Write an object whose number was reserved."""
        self._plain.append((number, body))

    def add(self, body: str) -> int:
        """Write an object; return its number."""
        number = self.reserve()
        self._plain.append((number, body))
        return number

    def stream(self, entries: str, content: bytes, *, compressed: bool = True) -> int:
        """Write a stream with these entries in its dictionary; return its number."""
        number = self.reserve()
        if compressed:
            self._put_compressed(number, entries, content)
        else:
            self._put_stream(number, entries, content)
        return number

    def _put_compressed(self, number: int, entries: str, content: bytes) -> None:
        self._put_stream(number, f"{entries}/Filter/FlateDecode", zlib.compress(content, LEVEL))

    def _put_stream(self, number: int, entries: str, content: bytes) -> None:
        begin = f"{number} 0 obj\n<<{entries}/Length {len(content)}>>\nstream\n".encode("ascii")
        self._streams.append((number, begin + content + b"\nendstream\nendobj\n"))

    def finish(self, root: int, info: int) -> bytes:
        """Return the file.

        Args:
            root: number of the catalogue.
            info: number of the document's properties.
        """
        places: dict[int, bytes] = {}
        for start in range(0, len(self._plain), TOGETHER):
            holder = self.reserve()
            together = self._plain[start : start + TOGETHER]
            self._put_together(holder, together)
            places |= {number: pack(">BLH", 2, holder, at) for at, (number, _body) in enumerate(together)}
        parts = [b"%PDF-1.7\n%\xe7\x9b\xb8\xe5\x9c\x9f\n"]
        offset = len(parts[0])
        for number, content in self._streams:
            places[number] = pack(">BLH", 1, offset, 0)
            parts.append(content)
            offset += len(content)
        table = self.reserve()
        places[table] = pack(">BLH", 1, offset, 0)
        entries = b"".join((pack(">BLH", 0, 0, 65535), *(places[number] for number in range(1, table + 1))))
        digest = sha256(b"".join(parts)).hexdigest()[:32]
        told = f"/Type/XRef/Size {table + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
        self._put_compressed(table, told, entries)
        return b"".join((*parts, self._streams[-1][1], f"startxref\n{offset}\n%%EOF\n".encode("ascii")))

    def _put_together(self, holder: int, objects: list[tuple[int, str]]) -> None:
        heads, bodies, offset = [], [], 0
        for number, body in objects:
            heads.append(f"{number} {offset}")
            bodies.append(body)
            offset += len(body) + 1
        begin = " ".join(heads) + "\n"
        content = (begin + "\n".join(bodies)).encode("ascii")
        self._put_compressed(holder, f"/Type/ObjStm/N {len(objects)}/First {len(begin)}", content)


def text_string(text: str) -> str:
    """Return a text as PDF writes it: ASCII in brackets, all else as UTF-16 in hexadecimal digits."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>"
