"""One form for names that people write differently: full and half width, case, spaces, punctuation, 繁體 and 简体."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache


def plain_text(text: str) -> str:
    """Return the letters, digits and characters of a text alone: NFKC, lower case, no punctuation, simplified.

    ``蘇州（相城）ＡＢ·科技`` and ``苏州相城ab科技`` become the same. Every character is treated by itself, so that the
    plain text of a part stands in the plain text of the whole. The result may be empty.
    """
    return plain_of_folded(folded(text))


def folded(text: str) -> str:
    """Return a text in half width and lower case, its punctuation as it is."""
    return unicodedata.normalize("NFKC", text).casefold()


def plain_of_folded(text: str) -> str:
    """Return the plain text of a folded one."""
    plain = text if text.isalnum() else "".join(filter(str.isalnum, text))
    return plain if _is_common(plain) else simplified(plain)


def simplified(text: str) -> str:
    """Return a text in simplified characters, character for character: every place stays."""
    return text if _is_common(text) else "".join(map(_simplified, text))


def is_han(character: str) -> bool:
    """Return whether a character is a Chinese one (unified ideographs with their extensions, and 〇)."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\U00020000" <= character <= "\U0003ffff"
        or character == "〇"
    )


def _is_common(text: str) -> bool:
    """Return whether GB 2312 has every character: then nothing in it is written in traditional form only."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _simplified(character: str) -> str:
    """Return the simplified form of a character that GB 2312 does not have; 喆, 𠮷 and what has no other form stay."""
    if _is_common(character) or not is_han(character):
        return character
    simple = _converter()(character)
    return simple if len(simple) == 1 else character


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415  (30 ms: only for a name in traditional characters)

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
