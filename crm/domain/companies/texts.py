"""One form for names that people write differently: full and half width, case, spaces, punctuation."""

from __future__ import annotations

import unicodedata


def plain_text(text: str) -> str:
    """Return the letters, digits and characters of a text alone: NFKC, lower case, no space, no punctuation.

    ``苏州（相城）ＡＢ·科技`` and ``苏州相城ab科技`` become the same. The result may be empty.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def is_han(character: str) -> bool:
    """Return whether a character is a Chinese one (unified ideographs with their extensions, and 〇)."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\U00020000" <= character <= "\U0003ffff"
        or character == "〇"
    )
