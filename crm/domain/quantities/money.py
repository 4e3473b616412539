"""Sums of money as people write them, exact, in 万 of their currency."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from crm.domain.quantities.amounts import Amount, Figure, UnitMissingError, Units, read_amount
from crm.domain.quantities.currencies import BY_CODE, BY_WORD, WORDS
from crm.domain.quantities.numerals import DIGITS, numeral, simplify
from crm.domain.quantities.patterns import IGNORECASE, Pattern
from crm.domain.quantities.plain import exact, is_empty, plain, quoted, refuse_damaged, tidy
from crm.domain.quantities.values import Money
from crm.errors import ValueRefusedError
from crm.i18n import _

MOST_WAN = Decimal(10) ** 14
"""No sum is larger: 10¹⁸ of a currency still fits the 64 bits it is stored in."""

_YUAN = "元|块钱|块"
_UNIT_WORDS = rf"{WORDS}|{_YUAN}|钱"
_LABELS = (
    r"(?:计划|预计|预期|项目|意向|协议|达产后?|达产年|年|年度|全年|预估)*(?:总投资额?|投资总额|投资额?|固定资产投资|固投|注册资本金?|注册资金|年?税收|年?纳税额?|纳税总额|"
    r"年?产值|年?销售(?:额|收入)?|年?营业收入|年?营收|融资额?|金额|总额|税额)"
)
_UNITS = Units(
    words=_UNIT_WORDS,
    labels=_LABELS,
    spellings=(
        (Pattern(r"(?<=\d)\s*(?:million|mln|mn)(?![a-z])", IGNORECASE), "百万"),
        (Pattern(r"(?<=\d)\s*(?:billion|bn)(?![a-z])", IGNORECASE), "十亿"),
        (Pattern(r"(?<=\d)\s*(?:thousand|k)(?![a-z])", IGNORECASE), "千"),
        (Pattern(r"(?<=\d)\s*w(?![a-z])", IGNORECASE), "万"),
        (Pattern(r"(?<=\d)\s+(?=[万亿千百元])"), ""),
    ),
)
_CURRENCY = Pattern(WORDS, IGNORECASE)
_MAGNITUDE = Pattern(r"[十百千万亿]+")
_UNIT_ALONE = Pattern(rf"(?:{_UNIT_WORDS})*万?(?:{_UNIT_WORDS})+", IGNORECASE)
_UNDISCLOSED = Pattern(rf"(?:未透露|未披露|未公开|其他|不详)+(?:{WORDS})?", IGNORECASE)
_SMALL_CHANGE = Pattern(rf"(.*(?:{_YUAN}))(?:零?([\d{DIGITS}])[角毛])?(?:零?([\d{DIGITS}])分)?钱?")


def read_money(
    given: str | float | Decimal | None, *, unit: str | None = None, currency: str | None = None
) -> Money | None:
    """Return the sum that is given, or None where nothing is said.

    Args:
        given: as people write it (约5亿, 5-8亿元, 1.2亿欧元, 三千五百万), or a bare number.
        unit: of the column or field (万元, 亿元, 万美元, 元); it holds for what the text itself leaves open.
        currency: ISO 4217, where the text and the unit name none; else yuan.

    Raises:
        UnitMissingError: a bare number, and no unit is known.
        ValueRefusedError: it cannot be read as one sum.
    """
    if given is None:
        return None
    if isinstance(given, str):
        return _read(given, unit or "", currency or "")
    number = exact(given)
    if given < 0:
        raise ValueRefusedError(_("“{text}” is negative; that cannot be.").format(text=quoted(given)))
    text = str(given) if given.__class__ is int else format(number, "f")
    factor, code = _unit(unit or "", text)
    amount = number if factor == 1 else number * factor
    return _money(amount, amount, code or currency or "CNY", text=text)


@lru_cache(maxsize=16384)
def _read(text: str, unit: str, currency: str) -> Money | None:
    bare = text.strip()
    if bare.isascii() and bare.isdigit() and len(bare) < 16:  # noqa: PLR2004  (the common cell: a plain number)
        factor, code = _unit(unit, text)
        sum_ = Decimal(bare) * factor
        return _money(sum_, sum_, code or currency or "CNY", text=bare)
    change = Decimal(0)
    amount = _UNITS.simple_amount(bare)
    if amount is None:
        refuse_damaged(text)
        if is_empty(text) or _says_nothing(text):
            return None
        whole, change = _small_change(text)
        amount = read_amount(whole, _UNITS)
    code = _currency(amount, text)
    if code is None:
        code = "CNY" if re.search(_YUAN, amount.unit) else _unit_currency(unit) or currency or "CNY"
    low, high = (_wan(figure, amount, unit, text) for figure in (amount.low, amount.high))
    return _money(
        low if low is None else low + change,
        high if high is None else high + change,
        code,
        approximate=amount.approximate,
        vague=amount.vague,
        text=bare,
    )


def _currency(amount: Amount, text: str) -> str | None:
    """Return the currency that the text names.

    Raises:
        ValueRefusedError: it names two.
    """
    if not amount.unit and not (amount.high and amount.high.unit):
        return None
    units = {amount.unit} | {figure.unit for figure in (amount.low, amount.high) if figure}
    named = {code for unit in units if (code := _currency_of(unit))}
    if len(named) > 1:
        raise ValueRefusedError(_("“{text}” names two currencies.").format(text=quoted(text)))
    return named.pop() if named else None


def _says_nothing(text: str) -> bool:
    """Return whether there is a unit but no figure (万人民币), or a word that keeps the sum back (未透露美元)."""
    core = plain(text).replace(" ", "")
    return bool(_UNIT_ALONE.fullmatch(core) or _UNDISCLOSED.fullmatch(core))


def _small_change(text: str) -> tuple[str, Decimal]:
    """Return the text without 角 and 分, and those in 万: 123元1角1分."""
    if not re.search("[角毛分]", text):
        return text, Decimal(0)
    match = _SMALL_CHANGE.fullmatch(simplify(plain(text)))
    if match is None or not (match[2] or match[3]):
        return text, Decimal(0)
    tenths, hundredths = (numeral(part) or Decimal(0) if part else Decimal(0) for part in (match[2], match[3]))
    return match[1], (tenths * 10 + hundredths).scaleb(-6)


def _wan(figure: Figure | None, amount: Amount, unit: str, text: str) -> Decimal | None:
    """Return a bound in 万; the unit of the column holds only for a figure that has none of its own (US$ is none)."""
    if figure is None:
        return None
    if figure.scaled or amount.explicit or (amount.unit and not _MAGNITUDE.search(unit)):
        return figure.number.scaleb(-4)
    return figure.number * _unit(unit, text)[0]


def _unit(unit: str, text: str) -> tuple[Decimal, str | None]:
    """Return what one of the unit is in 万, and its currency when it names one.

    Raises:
        UnitMissingError: there is no unit.
    """
    worth = _worth(unit)
    if worth is None:
        raise UnitMissingError(
            _("“{text}” has no unit: is it 万元, 亿元 or another currency?").format(text=quoted(text))
        )
    return worth


@lru_cache(maxsize=256)
def _worth(unit: str) -> tuple[Decimal, str | None] | None:
    core = plain(unit).replace(" ", "")
    magnitude = _MAGNITUDE.search(core)
    if not magnitude and not re.search(_UNIT_WORDS, core, IGNORECASE):
        return None
    scale = numeral(magnitude[0]) if magnitude else Decimal(1)
    return None if scale is None else (scale.scaleb(-4), _unit_currency(unit))


@lru_cache(maxsize=256)
def _unit_currency(unit: str) -> str | None:
    return _currency_of(plain(unit))


@lru_cache(maxsize=256)
def _currency_of(words: str) -> str | None:
    match = _CURRENCY.search(words)
    return BY_WORD[match[0].casefold()] if match else None


def _money(
    low: Decimal | None,
    high: Decimal | None,
    currency: str,
    *,
    approximate: bool = False,
    vague: bool = False,
    text: str = "",
) -> Money:
    if currency not in BY_CODE:
        raise ValueRefusedError(_("“{currency}” is no currency this program knows.").format(currency=currency))
    if (low is not None and low > MOST_WAN) or (high is not None and high > MOST_WAN):
        raise ValueRefusedError(_("“{text}” is larger than any sum can be.").format(text=quoted(text)))
    least = low if low is None else tidy(low)
    return Money(
        least,
        least if high is low else high if high is None else tidy(high),
        approximate=approximate,
        vague=vague,
        text=text,
        currency=currency,
    )
