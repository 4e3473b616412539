"""Numbers in figures and Chinese numerals, mixed as people mix them: 三千五百万, 1亿2000万, 5千万, 2.5个亿, 肆佰叁拾万.

Exact: everything is a ``Decimal``. (cn2an 0.5.24 drops what is below a whole number, 3.14159万, and refuses 一点五亿.)
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from crm.domain.quantities.patterns import Pattern
from crm.domain.quantities.plain import tidy

DIGITS = "零一二三四五六七八九"
NUMERAL = r"[0-9.零一二三四五六七八九十百千万亿点个]+"
"""What a number may consist of, after :func:`simplify`."""

_SIMPLE = str.maketrans(
    "〇○壹贰叁肆伍陆柒捌玖貳參陸两兩俩拾佰仟萬億圆圓個點幣歐畝頃幾數餘約",
    "零零一二三四五六七八九二三六二二二十百千万亿元元个点币欧亩顷几数余约",
)
_MAGNITUDES = (("亿", 8), ("万", 4), ("千", 3), ("百", 2), ("十", 1))
WAN_POWER = 4
_FIGURES = Pattern(r"(?:\d{1,16}(?:\.\d{0,10})?|\.\d{1,10})")
_SPOKEN = Pattern(rf"([{DIGITS}]+)(?:点([{DIGITS}]+))?")
_SPOKEN_POINT = Pattern(rf"([{DIGITS}]*[十百千万亿][{DIGITS}十百千万亿]*)点([{DIGITS}]+)")
_SCIENCE = Pattern(r"(\d+(?:\.\d+)?)[eE]([+-]?\d{1,2})(?![\d.])")
_GROUPED = Pattern(r"\d[\d,]*,[\d,]*\d|\d{1,3}(?: \d{3})+(?!\d)")
_GROUPS = Pattern(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+")


def simplify(text: str) -> str:
    """Return the text with plain numerals: 壹 as 一, 两 as 二, 佰 as 百, 萬 as 万; 1,400 as 1400; 1.2E+4 as 12000."""
    text = text.translate(_SIMPLE)
    if "," in text or " " in text:
        text = _GROUPED.sub(_join_groups, text)
    if "e" in text or "E" in text:
        text = _SCIENCE.sub(lambda match: format(tidy(Decimal(match[0])), "f"), text)
    return text


def _join_groups(match: re.Match[str]) -> str:
    return match[0].replace(",", "").replace(" ", "") if _GROUPS.fullmatch(match[0]) else match[0]


@lru_cache(maxsize=4096)
def numeral(text: str) -> Decimal | None:
    """Return the number that a run of figures and numerals says, exactly; None when it says none.

    ``text`` is as :func:`simplify` leaves it: ``3千万亿`` is 3·10¹⁵, ``一万二`` 12000, ``2.5个亿`` 250000000.
    """
    text = text.replace("个", "")
    spoken = not re.search(r"\d", text)
    if spoken and (point := _SPOKEN_POINT.fullmatch(text)):
        whole, part = _value(point[1], spoken=True), _leaf(f"零点{point[2]}")
        return None if whole is None or part is None else tidy(whole + part)  # 十点二
    value = _value(text, spoken=spoken)
    return None if value is None else tidy(value)


def _value(text: str, *, spoken: bool) -> Decimal | None:
    """Return the value of a run, split at its greatest magnitude."""
    for sign, power in _MAGNITUDES:
        left, found, right = text.rpartition(sign)
        if found:
            return None if _out_of_order(left, power) else _scaled(left, right, power, spoken=spoken)
    return _leaf(text)


def _out_of_order(left: str, power: int) -> bool:
    """Return whether what stands before a magnitude has it already, or stands before 十百千 with one of its own."""
    return any(sign in left and (own == power or power < WAN_POWER) for sign, own in _MAGNITUDES)


def _scaled(left: str, right: str, power: int, *, spoken: bool) -> Decimal | None:
    """Return left × 10^power + right, where right is smaller than the magnitude; 三千五 is 3500."""
    if not left and right and power > 1:
        return None  # 百十 is no number but some of them
    times = _value(left, spoken=spoken) if left else Decimal(1)
    if times is None or (spoken and not times) or (right and times != times.to_integral_value()):
        return None
    if spoken and power > 1 and len(right) == 1 and right in DIGITS:
        rest: Decimal | None = Decimal(DIGITS.index(right)).scaleb(power - 1)
    else:
        rest = _value(right.lstrip("零"), spoken=spoken) if right else Decimal(0)
    if rest is None or rest >= Decimal(10) ** power:
        return None
    return times.scaleb(power) + rest


def _leaf(text: str) -> Decimal | None:
    if _FIGURES.fullmatch(text):
        return Decimal(text)
    match = _SPOKEN.fullmatch(text)
    if match is None:
        return None
    whole = "".join(str(DIGITS.index(digit)) for digit in match[1])
    part = "".join(str(DIGITS.index(digit)) for digit in match[2] or "")
    return Decimal(f"{whole}.{part}" if part else whole)
