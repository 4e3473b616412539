"""Faces for print: loaded once a process and only when needed; what a face lacks comes from the next one.

The bundled faces (decisions 11, 44) give the same bytes on every machine. An installed 仿宋, 小标宋, 黑体 or 朱雀仿宋
is used only when asked for, and is then part of the document's version.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from struct import unpack_from
from threading import RLock
from typing import TYPE_CHECKING

from crm.resources import resource_folder

if TYPE_CHECKING:
    from reports.embedding import Glyphs


class Role(StrEnum):
    """What a face is for."""

    BODY = "body"  # running text: 仿宋 where installed, else Serif Regular
    TITLE = "title"  # 小标宋, else Serif Bold
    HEAD = "head"  # 黑体, else Sans SemiBold
    TABLE = "table"  # Sans Regular: small sizes in tables, notes and charts


SERIF, SERIF_BOLD = "NotoSerifSC-Regular", "NotoSerifSC-Bold"
SANS, SANS_BOLD = "NotoSansSC-Regular", "NotoSansSC-SemiBold"
NAMES, SIGNS, LATIN = "NotoSansJP-Names", "NotoSansSymbols2-Signs", "NotoSans-LatinExtended"

BUNDLED: Mapping[Role, tuple[str, ...]] = {
    Role.BODY: (SERIF, SANS, NAMES, SIGNS, LATIN),
    Role.TITLE: (SERIF_BOLD, SERIF, SANS, NAMES, SIGNS, LATIN),
    Role.HEAD: (SANS_BOLD, SANS, SERIF, NAMES, SIGNS, LATIN),
    Role.TABLE: (SANS, SERIF, NAMES, SIGNS, LATIN),
}
"""The bundled faces of each role, first choice first; every chain ends in the same fallbacks."""

INSTALLED: Mapping[Role, tuple[str, ...]] = {
    Role.BODY: ("仿宋_GB2312.ttf", "simfang.ttf", "FZFSK.TTF", "ZhuqueFangsong-Regular.ttf"),
    Role.TITLE: ("FZXBSJW.TTF", "方正小标宋_GBK.TTF", "方正小标宋简体.ttf"),
    Role.HEAD: ("simhei.ttf",),
    Role.TABLE: (),
}
"""File names of faces an office may have installed under its own licence."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face that was read.

    Attributes:
        name: of its file.
        widths: advance of each character it has, in thousandths of the size; its keys are the coverage.
        glyphs: what a document embeds of it.
    """

    name: str
    widths: Mapping[int, float]
    glyphs: Glyphs

    def has_all(self, characters: Iterable[str]) -> bool:
        """Return whether the face has every one of these characters."""
        widths = self.widths
        return all(ord(character) in widths for character in characters)


class FontSet:
    """The faces one document may use, by role; a face is loaded when the first character asks for it."""

    def __init__(self, name: str, chains: Mapping[Role, tuple[str, ...]], folders: Mapping[str, Path]) -> None:
        self.name = name
        self._chains = chains
        self._folders = folders
        self._printable = set("\n ")

    def first(self, role: Role) -> Face:
        """Return the face of first choice."""
        return self._face(self._chains[role][0])

    def find(self, role: Role, character: str) -> Face | None:
        """Return the first face of the role's chain that has the character, or None."""
        code = ord(character)
        return next((face for face in self._chain(role) if code in face.widths), None)

    def lacks(self, text: str) -> list[str]:
        """Return the characters of a text that no face has, each once, in their order; what it has is remembered."""
        strange = set(text) - self._printable
        missing = {character for character in strange if self.find(Role.BODY, character) is None}
        self._printable |= strange - missing
        return [character for character in dict.fromkeys(text) if character in missing] if missing else []

    def _chain(self, role: Role) -> Iterator[Face]:
        return (self._face(name) for name in self._chains[role])

    def _face(self, name: str) -> Face:
        return _load(name, self._folders.get(name))


@cache
def bundled_fonts() -> FontSet:
    """Return the fonts that come with the program: the only ones tests and golden files use."""
    return FontSet("bundled", BUNDLED, {})


@cache
def installed_fonts(folders: tuple[Path, ...] = ()) -> FontSet:
    """Return the office's own faces where they are installed and may be embedded, before the bundled ones.

    Args:
        folders: where to look; the system's own folders of fonts by default.
    """
    found = _installed_files(folders or _font_folders())
    chains: dict[Role, tuple[str, ...]] = {}
    places: dict[str, Path] = {}
    for role, names in INSTALLED.items():
        own = [found[name.lower()] for name in names if name.lower() in found and _embeddable(found[name.lower()])]
        places |= {path.stem: path for path in own}
        chains[role] = (*(path.stem for path in own), *BUNDLED[role])
    return FontSet("installed:" + ",".join(sorted(places)) if places else "bundled", chains, places)


def missing_glyphs(texts: Iterable[tuple[str, str]], fonts: FontSet | None = None) -> list[tuple[str, str]]:
    """Return the characters that no face has, each once a place.

    Args:
        texts: pairs of place (name of the field) and cleaned text.
        fonts: the document's fonts; the bundled ones by default.

    Returns:
        Pairs of place and character, in order of appearance.
    """
    chosen = fonts or bundled_fonts()
    missing: dict[tuple[str, str], None] = {}
    for where, text in texts:
        for character in chosen.lacks(text):
            missing[where, character] = None
    return list(missing)


_lock = RLock()
_faces: dict[str, Face] = {}


def _load(name: str, path: Path | None = None) -> Face:
    """Return a face, reading its file the first time (30 ms for a full one); safe from any thread."""
    face = _faces.get(name)
    if face is None:
        with _lock:
            face = _faces.get(name) or _faces.setdefault(name, _register(name, path))
    return face


def _register(name: str, path: Path | None) -> Face:
    from reportlab.pdfbase.ttfonts import TTFontFace  # noqa: PLC0415  (the start is budgeted: reportlab costs 0.2 s)

    from reports.embedding import Glyphs  # noqa: PLC0415  (what is only measured embeds nothing)

    glyphs = Glyphs(TTFontFace(str(path or resource_folder() / "fonts" / f"{name}.ttf")))
    return Face(name, glyphs.widths, glyphs)


def _installed_files(folders: Iterable[Path]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.[tT][tT][fF]")) if folder.is_dir() else ():
            files.setdefault(path.name.lower(), path)
    return files


def _font_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return windows, home / "AppData/Local/Microsoft/Windows/Fonts"
    if sys.platform == "darwin":
        return home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")
    return home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")


_RESTRICTED, _WHOLE_ONLY = 0x0002, 0x0300
"""Bits of OS/2 ``fsType``: not to be embedded; not to be cut, or bitmaps only."""


def _embeddable(path: Path) -> bool:
    """Return whether a file is a TrueType face whose maker allows embedding a part of it."""
    data = path.read_bytes()
    if data[:4] not in {b"\0\1\0\0", b"true"}:
        return False
    (count,) = unpack_from(">H", data, 4)
    tables = dict(unpack_from(">4s4xL", data, 12 + 16 * number) for number in range(count))
    if b"OS/2" not in tables or b"glyf" not in tables:
        return False
    (rights,) = unpack_from(">H", data, tables[b"OS/2"] + 8)
    return not rights & (_RESTRICTED | _WHOLE_ONLY)
