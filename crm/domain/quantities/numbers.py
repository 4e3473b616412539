"""Plain figures whose unit the field fixes: metres, kVA, kg/㎡, people, per cent; and years."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from crm.domain.quantities.amounts import Figure, Units, read_amount
from crm.domain.quantities.patterns import Pattern
from crm.domain.quantities.plain import exact, is_empty, plain, quoted, refuse_damaged, tidy
from crm.domain.quantities.values import SHARE, Number
from crm.errors import ValueRefusedError
from crm.i18n import _

FIRST_YEAR, LAST_YEAR = 1900, 2100

_ONE = Decimal(1)
_UNIT_WORDS: dict[str, dict[str, Decimal]] = {
    "m": {
        "m": _ONE,
        "米": _ONE,
        "cm": Decimal("0.01"),
        "厘米": Decimal("0.01"),
        "mm": Decimal("0.001"),
        "毫米": Decimal("0.001"),
    },
    "kVA": {"kva": _ONE, "千伏安": _ONE, "mva": Decimal(1000), "兆伏安": Decimal(1000)},
    "kg/㎡": {
        **dict.fromkeys(
            ("kg/m2", "kg/平方米", "kg/平米", "公斤/平方米", "公斤/平米", "公斤/m2", "千克/平方米", "kg", "公斤"), _ONE
        ),
        **dict.fromkeys(("t/m2", "吨/平方米", "吨/平米", "吨/m2", "t/平方米", "吨"), Decimal(1000)),
    },
    "人": dict.fromkeys(("人", "名", "个", "位", "个岗位", "岗位"), _ONE),
    "tce": dict.fromkeys(("吨标准煤", "吨标煤", "tce", "吨"), _ONE),
    "%": dict.fromkeys(("%", "个百分点"), _ONE),
    SHARE: {"%": Decimal("0.01")},
    "": {"%": Decimal("0.01"), "倍": _ONE, "次": _ONE, "家": _ONE, "个": _ONE, "笔": _ONE, "起": _ONE},
}
_LABELS = r"(?:需要?|带动|就业|用工|用电|用能|层高|净高|荷载|承重|容量|总|研发|人员|不含税)+"
_PER_YEAR = Pattern(r"/(?:年|a)$")


def read_number(given: str | float | Decimal | None, *, unit: str | None = None) -> Number | None:
    """Return a figure in ``unit`` (m, kVA, kg/㎡, 人, tce, %, a share 0–1, or none), or None where nothing is said.

    The text is kept only where it says more than figure and unit (约120人, 1.25MVA).
    A share may be given in per cent (60% and 60 are 0.6); one in per cent may come as Excel keeps it (0.2 is 20 %).

    Raises:
        ValueRefusedError: it is no figure, is negative, or has another unit.
    """
    if given is None:
        return None
    if isinstance(given, str):
        return _read(given, unit or "")
    value = _in_range(exact(given), unit or "", str(given))
    return Number(value, value)


def read_year(given: str | float | Decimal | None) -> int | None:
    """Return a year: 2028, 2028年.

    Raises:
        ValueRefusedError: it is no year from 1900 to 2100.
    """
    if given is None or (isinstance(given, str) and is_empty(given)):
        return None
    core = re.sub(r"年度?$", "", plain(given).replace(" ", "")) if isinstance(given, str) else format(exact(given), "f")
    core = core.removesuffix(".0")
    if not re.fullmatch(r"\d{4}", core) or not FIRST_YEAR <= int(core) <= LAST_YEAR:
        raise ValueRefusedError(_("“{text}” is not a year from 1900 to 2100.").format(text=quoted(given)))
    return int(core)


@lru_cache(maxsize=8192)
def _read(text: str, unit: str) -> Number | None:
    bare = text.strip()
    if bare.isascii() and bare.isdigit() and len(bare) < 16:  # noqa: PLR2004  (the common cell: a plain number)
        value = _in_range(Decimal(bare), unit, bare)
        return Number(value, value)
    amount = _units(unit).simple_amount(bare)
    if amount is None:
        refuse_damaged(text)
        if is_empty(text):
            return None
        amount = read_amount(_PER_YEAR.sub("", plain(text)), _units(unit))
    low, high = (_bound(figure, unit, bare) for figure in (amount.low, amount.high))
    converted = unit != SHARE and amount.low is not None and low != amount.low.number
    says_more = low != high or low is None or amount.approximate or converted
    return Number(low, high, approximate=amount.approximate, vague=amount.vague, text=bare if says_more else "")


@cache
def _units(unit: str) -> Units:
    words = sorted(_UNIT_WORDS.get(unit, {unit: _ONE}), key=len, reverse=True)
    return Units(words="|".join(map(re.escape, words)) or "(?!)", labels=_LABELS)


def _bound(figure: Figure | None, unit: str, text: str) -> Decimal | None:
    if figure is None:
        return None
    if not figure.unit:
        return _in_range(figure.number, unit, text)
    return tidy(figure.number * _UNIT_WORDS.get(unit, {unit: _ONE})[figure.unit.casefold()])


def _in_range(value: Decimal, unit: str, text: str) -> Decimal:
    """Return a number without a unit of its own in the unit of the field."""
    if value < 0:
        raise ValueRefusedError(_("“{text}” is negative; that cannot be.").format(text=quoted(text)))
    if unit == "%" and 0 < value < 1:
        return tidy(value * 100)
    if unit == SHARE and value > 1:
        value /= 100
        if value > 1:
            raise ValueRefusedError(_("“{text}” is more than 100 per cent.").format(text=quoted(text)))
    return tidy(value)
