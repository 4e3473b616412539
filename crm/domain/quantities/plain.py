"""Text made plain before a figure is looked for: half width, one dash, one blank; and the words that mean "empty"."""

from __future__ import annotations

import math
from decimal import Decimal

from crm.domain.quantities.patterns import DOTALL, IGNORECASE, Pattern
from crm.errors import ValueRefusedError
from crm.i18n import _

_EMPTY = (
    "/ // \\ - -- --- . .. ... … …… ? ?? * ** *** 、",
    "待定 无 暂无 未定 n/a na 不详 待补充 待补 待补录 待填 待填写 待核 待核实 待确认 待确定 待明确 待商定",
    "待提供 待测算 待评估 待议 待报 未知 未填 未填写 未报 未确定 未明确 未提供 未透露 未披露 未公开 尚未确定 尚未明确",
    "暂未确定 暂未明确 暂不明确 暂不确定 暂未提供 暂缺 暂无数据 无数据 没有 空 空白 面议",
    "none null nil tbd tba unknown &nbsp;",
)
EMPTY_WORDS = frozenset(word for line in _EMPTY for word in line.split())
"""What people write into a cell they have nothing to write into; compared by :func:`is_empty`."""

_DAMAGED = Pattern(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|#+)|=.+", IGNORECASE | DOTALL)

_PLAIN: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2007\u2009\u202f\t"), " ")
_PLAIN |= dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), None)
_PLAIN |= dict.fromkeys(map(ord, "–—−‒―﹣‐‑－~～〜∼─━"), "-")
_PLAIN |= dict.fromkeys(map(ord, "〔【［﹝"), "(") | dict.fromkeys(map(ord, "〕】］﹞"), ")")
_PLAIN |= {ord("￥"): "¥", ord("㎡"): "m2", ord("㎢"): "km2", ord("㏊"): "公顷", ord("，"): ",", ord("﹐"): ","}

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}

MOST_CHARACTERS = 200
"""No figure or date is longer; a longer text is not searched for one."""

MOST_SHOWN = 60

EXCEL_DIGITS = 15
"""Excel keeps and shows 15 significant digits; what a stored double has beyond them is noise."""


def plain(text: str) -> str:
    """Return the text in half width, with one kind of dash (for ~ and ～ too) and of blank, without invisible marks."""
    return text.translate(_PLAIN).replace("m²", "m2").replace("M²", "m2").replace("米²", "米").strip(" '\r\n")


def narrow(text: str) -> str:
    """Return the text with signs, letters and blanks in half width, character for character: every place stays."""
    return text.translate(_NARROW)


def is_empty(text: str) -> bool:
    """Return whether the text only says that nothing is known (``/``, ``—``, 待定, N/A).

    A bare 无 counts as empty; where it may mean "none wanted" (land), :func:`read_site` asks.
    """
    stripped = plain(text)
    return not stripped or stripped.replace(" ", "").casefold().strip("()") in EMPTY_WORDS


def quoted(given: object) -> str:
    """Return what was given as a message may show it: one line, not longer than :data:`MOST_SHOWN` characters."""
    text = " ".join(str(given).split())
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


def refuse_damaged(text: str) -> None:
    """Refuse an Excel error, a formula whose result was not stored, and whole paragraphs.

    Raises:
        ValueRefusedError: the text is ``#N/A``, ``#REF!``, ``########``, ``=A1*2`` or the like, or longer than
            :data:`MOST_CHARACTERS`.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueRefusedError(_("“{text}” cannot be read as one figure.").format(text=quoted(text)))
    if text[:1] in "#=" and _DAMAGED.fullmatch(text.strip()):
        raise ValueRefusedError(
            _("“{text}” is an Excel error or a formula without its result; enter the value.").format(text=quoted(text))
        )


def exact(number: float | Decimal) -> Decimal:
    """Return a number of any type as an exact decimal; a double is read as Excel shows it, at most 15 digits.

    Raises:
        ValueRefusedError: not a finite number.
    """
    if isinstance(number, bool):
        raise ValueRefusedError(_("“{text}” is not a number.").format(text=number))
    if isinstance(number, int):
        return Decimal(number)
    if isinstance(number, Decimal):
        value = number
    elif math.isfinite(number):
        shown = repr(number)
        value = Decimal(shown if len(shown) <= EXCEL_DIGITS else f"{number:.{EXCEL_DIGITS}g}")
    else:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueRefusedError(_("“{text}” is not a number.").format(text=number))
    return tidy(value)


_ONE = Decimal(1)


def tidy(value: Decimal) -> Decimal:
    """Return the same number without trailing zeros and without an exponent: 25.00 is 25, 1E+2 is 100."""
    whole = value.to_integral_value()
    if value == whole:  # nearly always without an exponent by then, and then it is the answer
        return whole if whole and whole.same_quantum(_ONE) else Decimal(int(value))
    return Decimal(format(value, "f").rstrip("0"))
