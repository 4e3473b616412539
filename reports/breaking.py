"""Where a line of Chinese text may end: UAX #14 as a table of our own, with what officials' pages ask beside it.

``uniseg`` implements the standard but needs 0.27 ms a character; this table needs about 1 µs, and a test holds it to
``uniseg`` character by character. Where it differs it is stricter, but for quotation marks (the standard lets a
language decide them):

- “ ‘ open and ” ’ close, as in Chinese print: a line may end before the one and after the other;
- a mark or a unit in brackets stays together: （虚构）, （万元）;
- a number keeps its unit (25 亩, 5000万元, 11月22日), and no line starts with %, ㎡, a hyphen, · or ～;
- a word of Latin letters and digits keeps its hyphens and slashes unless it is longer than a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

(
    IDEOGRAPH,
    LETTER,
    NUMBER,
    OPEN,
    CLOSE,
    NOSTART,
    POINT,
    PREFIX,
    POSTFIX,
    HYPHEN,
    SLASH,
    DASH,
    SPACE,
    GLUE,
    DOTS,
    QUOTE,
) = range(16)

_MEMBERS = {
    OPEN: "([{（［｛〔〈《「『【〖〘〚“‘｢﹙﹛﹝¡¿⁅〝",
    CLOSE: ")]}）］｝〕〉》」』】〗〙〛”’｣﹚﹜﹞、。，．｡､﹐﹑﹒⁆〞〟",
    NOSTART: "：；？！﹔﹕﹖﹗!?・･゛゜ー々〻ゝゞヽヾ〜～‼⁇⁈⁉ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ",
    POINT: ",.:;",
    PREFIX: "$£¥€￥￡＄+±−№₩\\",
    POSTFIX: "%‰°℃℉′″％￠¢㎡㎥㎏㎞㎜㎝㏄‱²³",
    HYPHEN: "-‐–",
    SLASH: "/",
    DASH: "—⸺",
    SPACE: " ",
    GLUE: "·•‧‑",
    DOTS: "…‥⋯",
    QUOTE: "\"'",
}
_KIND = {character: kind for kind, members in _MEMBERS.items() for character in members}

NEVER_FIRST = frozenset((CLOSE, NOSTART, POINT, POSTFIX, HYPHEN, SLASH, GLUE, DOTS))
"""Kinds of characters no line starts with."""

_NARROW = frozenset("([{)]}“‘’")
"""Brackets that cling to the letter or digit beside them."""

_CLINGS: dict[int, frozenset[int]] = {
    LETTER: frozenset((LETTER, NUMBER, PREFIX)),
    NUMBER: frozenset((LETTER, NUMBER, PREFIX)),
    POINT: frozenset((LETTER, NUMBER, PREFIX)),
    HYPHEN: frozenset((LETTER, NUMBER, PREFIX)),
    SLASH: frozenset((LETTER, NUMBER, PREFIX)),
    POSTFIX: frozenset((LETTER, NUMBER, PREFIX, OPEN)),
    PREFIX: frozenset(range(16)),
    OPEN: frozenset(range(16)),
    GLUE: frozenset(range(16)),
    QUOTE: frozenset(range(16)),
    DASH: frozenset((DASH,)),
}
"""What stays on the line of the character before it."""

_UNITS = (
    "万平方米|平方公里|平方米|千瓦时|万美元|万欧元|亿美元|亿欧元|亿日元|万日元|亿港元|万港元|万亩|公顷|公里|千米|万元|亿元|美元|欧元|日元|港元|吨标煤|"
    "万人|人次|万吨|百分点|工作日|自然日|季度|千瓦|万|亿|亩|元|年|月|日|天|个|家|项|人|期|次|轮|号|条|楼|层|台|套|件|吨|米|倍|成|岁|户|宗|幅|块|分|时|页|名|位"
)
_KEPT = re.compile(
    r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}月[0-9]{1,2}日"
    r"|（(?:虚构|演示|暂定|待补充|待核口径|万元|亿元|万元/年|亩|平方米|个|家|人|年)）"
    rf"|[0-9][0-9,.]{{0,20}}(?:[~～–—至-][0-9][0-9,.]{{0,20}})?\s?(?:{_UNITS})(?:/(?:平方米|{_UNITS}))?"
)
"""A date, a number with its unit, or a mark in brackets（虚构）: at most some thirty characters, as columns have."""


def breaks(text: str) -> bytearray:
    """Return for each place of a text whether a line may start there (1) or not (0); the first is 0.

    One pass, linear in the length. Newlines are the caller's: a text is one paragraph.
    """
    kinds = [_KIND[character] if character in _KIND else _kind(character) for character in text]
    allowed = bytearray(len(text))
    for place in range(1, len(kinds)):
        after = kinds[place]
        if after in NEVER_FIRST or after == SPACE:
            continue
        before = kinds[place - 1]
        if before == SPACE:
            allowed[place] = _may_end_at_space(kinds, place)
        elif before == IDEOGRAPH == after:
            allowed[place] = 1
        else:
            allowed[place] = _may_end_between(text, kinds, place)
    for match in _KEPT.finditer(text):
        start, end = match.span()
        allowed[start + 1 : end] = bytes(end - start - 1)
    return allowed


def _may_end_between(text: str, kinds: Sequence[int], place: int) -> bool:
    """Return whether a line may end between two characters that touch."""
    before, after = kinds[place - 1], kinds[place]
    if after == QUOTE or after in _CLINGS.get(before, ()):
        return False
    if after == OPEN and before in {LETTER, NUMBER} and text[place] in _NARROW:
        return False
    if before == CLOSE and after in {LETTER, NUMBER} and text[place - 1] in _NARROW:
        return False
    return not (before == CLOSE and after == PREFIX and place > 1 and kinds[place - 2] == NUMBER)


def _may_end_at_space(kinds: Sequence[int], place: int) -> bool:
    """Return whether a line may end at the spaces before a place."""
    seen = place - 1
    while seen >= 0 and kinds[seen] == SPACE:
        seen -= 1
    return seen >= 0 and kinds[seen] != OPEN and not kinds[seen] == DASH == kinds[place]


@lru_cache(maxsize=60_000)
def _kind(character: str) -> int:
    """Return the kind of a character that is not listed."""
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Mc"}:
        return GLUE
    if unicodedata.east_asian_width(character) in "WF" or category == "Co":
        return IDEOGRAPH
    return NUMBER if category == "Nd" else LETTER


HALF = 0.5
"""What a closing full-width mark at the end of a line may stand out by, in characters: that half of it is blank."""

_SOFT = frozenset("-–/_&=?@:")
"""After one of these a word longer than a line is cut, rather than inside a number: 4500.00–｜6500.00."""

_HANGING = frozenset("，。、；：！？）》”’」』】〕〉．")


def fill(
    text: str, widths: Sequence[float], room: float, indent: float = 0.0, em: float = 0.0
) -> list[tuple[int, int]]:
    """Return the lines of one paragraph as pairs of start and end, spaces at their ends left out.

    A stretch without any place to break is cut after a hyphen, slash or the like in it, else where the line is full
    (80,000 letters). Linear in the length.

    Args:
        text: cleaned, without newlines.
        widths: of each character, in points.
        room: width of a line, in points.
        indent: of the first line, in points.
        em: size of the type, in points, when a closing mark may stand out of the line by its blank half; else 0.
    """
    allowed = breaks(text)
    lines: list[tuple[int, int]] = []
    start, best, soft, used, limit = 0, 0, 0, 0.0, room - indent + 1e-6
    place = 0
    while place < len(text):
        if allowed[place]:
            best = place
        elif place and text[place - 1] in _SOFT and text[place] not in _SOFT:
            soft = place
        used += widths[place]
        over = used - (em * HALF if em and text[place] in _HANGING else 0.0)
        if over > limit and text[place] != " " and place > start:
            end = best if best > start else soft if soft > start else place
            lines.append(_trimmed(text, start, end))
            start = place = best = soft = end
            used, limit = 0.0, room + 1e-6
            continue
        place += 1
    if start < len(text) or not lines:
        lines.append(_trimmed(text, start, len(text)))
    return lines


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] == " ":
        end -= 1
    while start < end and text[start] == " ":
        start += 1
    return start, end
