"""The zip package of a workbook, looked at before any reader opens it (stage 1, reliability.md §4.9).

Only the list of parts and their declared sizes is trusted, and only because reading stops there: a part that unpacks
to more than it declares fails its checksum.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.parsers import expat
from zlib import error as ZlibError  # noqa: N812  (zlib names it in small letters)

from crm.workbooks.limits import MEGABYTE, Limits, Refusal

_CHUNK = 1 << 18

Starts = Callable[[str, dict[str, str]], None]
"""Called with the name of an element, without its prefix unless told otherwise, and its attributes."""


class Target(NamedTuple):
    """Where a relationship leads: the kind is the last word of its type, such as ``worksheet``."""

    kind: str
    part: str
    external: bool


class Package:
    """The parts of a zip file within the limits.

    Raises:
        Refusal: the zip is cut, damaged, encrypted, a bomb, or names parts outside of itself.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError) as error:
            raise Refusal("truncated" if b"PK\x05\x06" not in content else "damaged", detail=error) from error
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            self._add(info)
        self._check_sizes()

    @property
    def names(self) -> list[str]:
        """The names of the parts, with ``/`` between folders."""
        return [info.filename.replace("\\", "/") for info in self._parts.values()]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part.

        Raises:
            Refusal: the part is damaged.
        """
        info = self._parts[name.lower()]
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise Refusal("damaged", detail=f"{name}: {error}") from error

    def head(self, name: str, size: int = 512) -> bytes:
        """Return the first bytes of a part."""
        return next(self.chunks(name), b"")[:size]

    def _add(self, info: zipfile.ZipInfo) -> None:
        name = info.filename.replace("\\", "/")
        if info.is_dir() or name.endswith("/"):
            return
        if info.flag_bits & 1:
            raise Refusal("encrypted")
        steps = name.split("/")
        if name.startswith("/") or ".." in steps or ":" in steps[0] or "\0" in name:
            raise Refusal("outside", detail=name)
        if name.lower() in self._parts:  # one reader would see the first, another the last
            raise Refusal("damaged", detail=f"{name} (2)")
        self._parts[name.lower()] = info

    def _check_sizes(self) -> None:
        limits, parts = self._limits, self._parts.values()
        if len(parts) > limits.parts:
            raise Refusal("bomb", detail=limits.total_bytes // MEGABYTE)
        if sum(info.file_size for info in parts) > limits.total_bytes:
            raise Refusal("bomb", detail=limits.total_bytes // MEGABYTE)
        for info in parts:
            packed = max(info.compress_size, 1)
            dense = info.file_size > MEGABYTE and info.file_size > limits.ratio * packed
            if info.file_size > limits.part_bytes or dense:
                raise Refusal("bomb", detail=limits.part_bytes // MEGABYTE)

    def relationships(self, part: str) -> dict[str, Target]:
        """Return where the relationships of a part lead, by their id; {} when it has none.

        Raises:
            Refusal: one leads out of the package without saying that it is external.
        """
        folder, name = dirname(part), part.rpartition("/")[2]
        listing = join(folder, "_rels", f"{name}.rels")
        found: dict[str, Target] = {}
        if listing not in self:
            return found

        def start(name: str, attributes: dict[str, str]) -> None:
            if name != "Relationship":
                return
            external = attributes.get("TargetMode", "") == "External"
            target = attributes.get("Target", "")
            inside = target if external else self._inside(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Target(kind, inside, external)

        self.parse(listing, start)
        return found

    @staticmethod
    def _inside(folder: str, target: str) -> str:
        """Return the part a relative target means; a target ``#…`` or with a scheme is no part."""
        path = target.replace("\\", "/")
        path = normpath(path.lstrip("/") if path.startswith("/") else join(folder, path))
        if path.startswith("../") or path == "..":
            raise Refusal("outside", detail=target)
        return path

    def parse(self, name: str, start: Starts, *, nested: bool = True) -> None:
        """Parse a part that must be well formed, telling every element by its name without prefix.

        Raises:
            Refusal: the part is not well formed, declares a document type, or (``nested``) is nested too deeply.
        """
        parser = new_parser()
        depth = 0

        def begin(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > self._limits.depth:
                raise Refusal("damaged", detail=f"{depth}: {name}")
            start(name.rpartition(":")[2], attributes)

        def end(_name: str) -> None:
            nonlocal depth
            depth -= 1

        if nested:
            parser.StartElementHandler, parser.EndElementHandler = begin, end
        else:
            parser.StartElementHandler = start
        self.feed(parser.Parse, name)

    def feed(self, parse: Callable[[bytes, bool], object], name: str) -> None:
        """Have a part parsed: chunk by chunk, the last one told.

        Raises:
            Refusal: the part is not well formed.
        """
        try:
            for chunk in self.chunks(name):
                parse(chunk, False)
            parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:  # an unknown encoding is one of the last two
            raise Refusal("damaged", detail=f"{name}: {error}") from error

    def refuse_document_types(self, name: str) -> None:
        """Check a part that no reader of ours opens: it may be ill formed, but may declare no document type.

        Raises:
            Refusal: it declares one.
        """
        parser = new_parser()
        try:
            for chunk in self.chunks(name):
                parser.Parse(chunk, False)
        except (expat.ExpatError, ValueError, LookupError):
            return


def new_parser() -> expat.XMLParserType:
    """Return a parser that refuses any document type: no entity is ever declared, none expanded."""
    parser = expat.ParserCreate()

    def refuse(*_arguments: object) -> None:
        raise Refusal("document_type")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser
