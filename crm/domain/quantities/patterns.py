"""Regular expressions compiled when first used: a command starts in a fraction of a second and needs few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

IGNORECASE, DOTALL = re.IGNORECASE, re.DOTALL


class Pattern:
    """A regular expression with the methods of :class:`re.Pattern` used here."""

    __slots__ = ("_compiled", "_flags", "_source")

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._source = source
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def _compile(self) -> re.Pattern[str]:
        self._compiled = re.compile(self._source, self._flags)
        return self._compiled

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of the whole text."""
        return (self._compiled or self._compile()).fullmatch(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning of the text."""
        return (self._compiled or self._compile()).match(text)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match anywhere in the text."""
        return (self._compiled or self._compile()).search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Give the matches in the text."""
        return (self._compiled or self._compile()).finditer(text)

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """Return the parts of the text between the matches."""
        return (self._compiled or self._compile()).split(text, maxsplit)

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return the text with every match replaced."""
        return (self._compiled or self._compile()).sub(instead, text)

    def subn(self, instead: str | Callable[[re.Match[str]], str], text: str) -> tuple[str, int]:
        """Return the text with every match replaced, and how many there were."""
        return (self._compiled or self._compile()).subn(instead, text)
