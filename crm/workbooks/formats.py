"""Number formats: which of them tell more than the value of the cell.

ECMA-376 part 1, 18.8.30 (numFmts) and 18.8.31 (codes); the built-in formats 27–36 and 50–58 are those of zh-CN.
"""

from __future__ import annotations

import re

BUILT_IN: dict[int, str] = {
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The codes of the built-in formats that are dates, percentages or text; all others say nothing more than the value."""

_LITERAL = re.compile(r'"([^"]*)"?|\\(.)|!(.)')
_BRACKET = re.compile(r"\[([^\]]*)\]")
_CURRENCY = re.compile(r"\$([^-]+)")
_ELAPSED = re.compile(r"(?i)^(h+|m+|s+)$")
_SILENT = re.compile(r"(?i)[_*].|general|g/通用格式|e[+-]|am/pm|a/p|上午/下午")
"""What shows no part of the value by itself: spacing, the general number, exponents, halves of the day."""
_WORD = re.compile(r"[^\W\d_]|[¥￥$€£₩%‰]")
_DATE = re.compile(r"(?i)[ymdhse]|a{3,}")
_THOUSANDS = re.compile(r"[0#?],+(?![0#?])")
_LEADING_ZEROS = re.compile(r"^[^.]*0[0,]*0")


def tells(code: str) -> bool:
    """Return whether a format tells more than the value under it.

    That is: a date shown without its year, month or day; a time; a percentage; a number shown as text, with words, a
    currency or leading zeros, divided by thousands, or not at all.
    """
    brackets = _BRACKET.findall(code)
    without = _BRACKET.sub("", code)
    bare = _SILENT.sub("", _LITERAL.sub("", without))
    first = bare.split(";")[0].lower()
    if any(_ELAPSED.match(text) for text in brackets):
        return True
    if _DATE.search(first):
        return not ("m" in first and "d" in first and re.search("[ye]", first))
    words = [_SILENT.sub("", bare), *map("".join, _LITERAL.findall(without)), *_currencies(brackets)]
    return any(map(_WORD.search, words)) or _hides(code, first)


def _currencies(brackets: list[str]) -> list[str]:
    """Return the signs of ``[$¥-804]`` and the like."""
    return [match.group(1) for match in map(_CURRENCY.match, brackets) if match]


def _hides(code: str, first: str) -> bool:
    """Whether the digits shown are not the value's: as text, by thousands, with leading zeros, or none at all."""
    if not code.strip() or "general" in code.lower() or "通用格式" in code:
        return False
    thousands = first.replace("#,##0", "0")
    return "@" in first or not first.strip() or bool(_THOUSANDS.search(first)) or bool(_LEADING_ZEROS.search(thousands))
