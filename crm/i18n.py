"""Words for people: gettext with English in the source, one catalogue, zh_CN the default.

Domain reasons are (code, parameters) pairs; they become words at the edge, by the functions here.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from crm.resources import resource_folder

DEFAULT_LANGUAGE = "zh_CN"
SOURCE_LANGUAGE = "en"
LANGUAGES = (DEFAULT_LANGUAGE, SOURCE_LANGUAGE)
DOMAIN = "xiangtu"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def _(message: str) -> str:
    """Return the message in the language in use."""
    return _said(message, message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of the message that goes with the number."""
    return _said(f"{singular}\0{plural}", singular if number == 1 else plural)


def pgettext(context: str, message: str) -> str:
    """Return the message as it is said in a context, where one English word has two meanings."""
    return _said(f"{context}\4{message}", message)


def _said(key: str, english: str) -> str:
    language = _language.get()
    return english if language == SOURCE_LANGUAGE else _catalogue(language).text(key, english)


def N_(message: str) -> str:  # noqa: N802  (the name Babel looks for)
    """Mark a message for the catalogue without translating it yet."""
    return message


def current_language() -> str:
    """Return the language in use: ``zh_CN`` or ``en``."""
    return _language.get()


def set_language(language: str) -> None:
    """Use a language from now on.

    Raises:
        ValueError: the program has no such language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    _language.set(language)


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Use a language inside a ``with`` block."""
    before = _language.get()
    set_language(language)
    try:
        yield
    finally:
        _language.set(before)


class _Catalogue:
    """A compiled catalogue that is looked into where a message is asked for, and not read whole.

    The window shows some fifty of its thousands of messages at first, a command even fewer; ``gettext`` reads all.
    Chinese has one form for any number.
    """

    def __init__(self, compiled: bytes) -> None:
        count, originals, translations = struct.unpack_from("<3I", compiled, 8)
        self._compiled = compiled
        self._starts = struct.unpack_from(f"<{2 * count}I", compiled, originals)[1::2]
        self._translations = struct.unpack_from(f"<{2 * count}I", compiled, translations)
        self._found: dict[str, str] = {}

    def text(self, key: str, otherwise: str) -> str:
        """Return the translation of a key, else ``otherwise``; the key is as compiled catalogues have it."""
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._look_up(key.encode())
        return found or otherwise

    def _look_up(self, key: bytes) -> str:
        at = self._compiled.find(b"\0" + key + b"\0") if key else -1
        while at >= 0:
            number = bisect_left(self._starts, at + 1)
            if number < len(self._starts) and self._starts[number] == at + 1:
                length, start = self._translations[2 * number : 2 * number + 2]
                return self._compiled[start : start + length].partition(b"\0")[0].decode()
            at = self._compiled.find(b"\0" + key + b"\0", at + 1)
        return ""


@cache
def _catalogue(language: str) -> _Catalogue:
    folder = resource_folder() / "locale" / language / "LC_MESSAGES"
    source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        return _Catalogue(compiled.read_bytes())
    return _Catalogue(compiled_catalogue(source))


def compiled_catalogue(source: Path) -> bytes:
    """Return a catalogue compiled: a fresh checkout has only its source."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  (only in a checkout that has not been set up)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    target = BytesIO()
    with source.open("rb") as file:
        write_mo(target, read_po(file))
    return target.getvalue()
