"""Quantities as people read them (requirements and gaps rounded up, values down: decisions 28), and for JSON."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from crm.domain.quantities.currencies import BY_CODE
from crm.domain.quantities.plain import tidy
from crm.domain.quantities.values import SHARE, Land, Money, Number, PartialDate, Space, Span
from crm.i18n import _, current_language

Exact = Decimal | Fraction | int
_Write = Callable[[tuple[Decimal | None, ...]], str]
SIGNIFICANT_DIGITS = 16
"""Of a repeating decimal in JSON; the contract asks for at least 12."""

WAN_PER_YI = Decimal(10_000)
_MOST_DECIMALS = 10
_MOST_YI_DECIMALS = 2


def decimal_text(value: Exact) -> str:
    """Return the number as JSON gives it: exact, without exponent and trailing zeros; 4/3 to 16 significant digits."""
    if isinstance(value, Fraction):
        value = _finite(value)
    text = format(Decimal(value), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _finite(value: Fraction) -> Decimal:
    """Return the fraction exactly where it is a finite decimal, else to :data:`SIGNIFICANT_DIGITS`."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest == 1:
        return Decimal(value.numerator * 10**places // value.denominator).scaleb(-places, Context(prec=1000))
    context = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN)
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def round_up(value: Exact, places: int) -> Decimal:
    """Return the least number of so many decimals that is not smaller: for requirements and gaps."""
    return _rounded(value, places, up=True)


def round_down(value: Exact, places: int) -> Decimal:
    """Return the greatest number of so many decimals that is not larger: for values and limits."""
    return _rounded(value, places, up=False)


def _rounded(value: Exact, places: int, *, up: bool) -> Decimal:
    scaled = Fraction(value) * 10**places
    whole = -((-scaled.numerator) // scaled.denominator) if up else scaled.numerator // scaled.denominator
    return Decimal(whole).scaleb(-places, Context(prec=1000))


def show_wan(value: Exact, *, up: bool = False, places: int = 2) -> str:
    """Return a sum in 万元 for a verdict line: ``5,000.00``; a requirement or a gap goes ``up``, a value down."""
    return f"{_rounded(value, places, up=up):,f}"


def show_mu(value: Exact, *, up: bool = False, beside: Exact | None = None, places: int = 2) -> str:
    """Return an area in 亩: with as many decimals as it has, at most ``places`` when it repeats.

    Args:
        value: in 亩.
        up: round a requirement up instead of a value down.
        beside: the figure it is printed next to; where rounding would make the two look alike, more decimals are shown
            (25.0005 beside 25), so that nobody sees a miss as a hit.
        places: decimals of a figure that does not end.
    """
    exact = Fraction(value)
    if _ends(exact) and len(decimal_text(exact).partition(".")[2]) <= max(places, _MOST_DECIMALS):
        return f"{Decimal(decimal_text(exact)):,f}"
    while (
        beside is not None
        and places < _MOST_DECIMALS
        and exact != Fraction(beside)
        and _rounded(exact, places, up=up) == _rounded(beside, places, up=up)
    ):
        places += 1
    return f"{tidy(_rounded(exact, places, up=up)):,f}"


def _ends(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def share_text(share: Exact) -> str:
    """Return a share as a number with two decimals, cut: 0.82."""
    return decimal_text(round_down(share, 2))


def grouped(value: Exact) -> str:
    """Return the exact number with thousands separators: ``12,345.6``."""
    return f"{Decimal(decimal_text(value)):,f}"


def money_text(value: Money) -> str:
    """Return a sum for people: 约5亿元, 5–8亿元, 200万美元, 5亿元以上; in English ``about CNY 500 million``."""
    if current_language() == "en":
        return _span_text(value, lambda bounds: f"{value.currency} {_english(bounds)}")
    return _span_text(value, lambda bounds: _chinese(bounds, _(BY_CODE[value.currency].name)))


def land_text(value: Land) -> str:
    """Return an area of land for people: 约25亩, 20–30亩, 50亩（一期20亩）, 无供地."""
    if value.low == value.high == 0 and not value.approximate:
        return _("no land")
    text = _span_text(value, lambda bounds: _("{number} mu").format(number=_joined(bounds)))
    if value.phase1 is None:
        return text
    first = _("{number} mu").format(number=grouped(value.phase1))
    return _("{whole} (first phase {part})").format(whole=text, part=first)


def space_text(value: Space) -> str:
    """Return an area of floor space for people: 2,500㎡."""
    return _span_text(value, lambda bounds: f"{_joined(bounds)}㎡")


def number_text(value: Number, unit: str = "") -> str:
    """Return a plain figure with its unit: 1,250 kVA, 20%, 120人; a share 0–1 in per cent."""
    if unit == SHARE:
        return _span_text(value, lambda bounds: _joined(tuple(bound and bound * 100 for bound in bounds)) + "%")
    if unit == "人":
        return _span_text(value, lambda bounds: _("{number} people").format(number=_joined(bounds)))
    shown = unit if unit in {"", "%"} else f" {unit}"
    return _span_text(value, lambda bounds: f"{_joined(bounds)}{shown}")


def date_text(value: PartialDate) -> str:
    """Return a date for people: 2024年3月15日, 2024年第三季度, 2024年下半年; in English its ISO form."""
    if current_language() == "en":
        return str(value)
    if value.quarter:
        return f"{value.year}年第{'一二三四'[value.quarter - 1]}季度"
    if value.half:
        return f"{value.year}年{'上下'[value.half - 1]}半年"
    month = f"{value.month}月" if value.month else ""
    day = f"{value.day}日" if value.day else ""
    return f"{value.year}年{month}{day}"


def _span_text(value: Span, write: _Write) -> str:
    """Return the bounds with the words that say how sure they are; a vague one in its own words."""
    if value.low is None and value.high is None:
        return value.text or _("not known")
    if value.high is None:
        text = _("{amount} or more").format(amount=write((value.low,)))
    elif value.low is None:
        text = _("at most {amount}").format(amount=write((value.high,)))
    else:
        text = write((value.low,) if value.low == value.high else (value.low, value.high))
    return _("about {amount}").format(amount=text) if value.approximate else text


def _joined(bounds: tuple[Decimal | None, ...]) -> str:
    return "–".join(grouped(bound) for bound in bounds if bound is not None)


def _chinese(bounds: tuple[Decimal | None, ...], name: str) -> str:
    shown = [_scaled(bound) for bound in bounds if bound is not None]
    if len({unit for _number, unit in shown}) == 1:
        return f"{'–'.join(number for number, _unit in shown)}{shown[0][1]}{name}"
    return "–".join(number + unit + name for number, unit in shown)


def _scaled(wan: Decimal) -> tuple[str, str]:
    """Return the number and its 亿, 万 or nothing: 5.2亿, 12,345.67万, 8,500."""
    yi = tidy(wan / WAN_PER_YI)
    if yi >= 1 and -int(yi.as_tuple().exponent) <= _MOST_YI_DECIMALS:
        return grouped(yi), "亿"
    return (grouped(wan), "万") if wan >= 1 or wan == 0 else (grouped(wan * WAN_PER_YI), "")


def _english(bounds: tuple[Decimal | None, ...]) -> str:
    known = [bound for bound in bounds if bound is not None]
    if all(bound >= 100 or bound == 0 for bound in known):  # noqa: PLR2004  (100 万 are a million)
        return f"{_joined(tuple(tidy(bound / 100) for bound in known))} million"
    return _joined(tuple(tidy(bound * WAN_PER_YI) for bound in known))
