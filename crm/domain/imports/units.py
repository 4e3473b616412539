"""Units as headings, corners and number formats name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from crm.domain.fields.registry import Field, Kind
from crm.domain.imports.texts import bracketed, plain


class Dimension(StrEnum):
    """What a unit measures."""

    MONEY = "money"
    AREA = "area"
    PEOPLE = "people"
    POWER = "power"
    ENERGY = "energy"
    LENGTH = "length"
    LOAD = "load"
    SHARE = "share"
    OTHER = "other"
    """A quotient (万元/亩), or a unit no field of ours is given in."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    Attributes:
        word: as it is shown: 亿元, 万美元, 亩, 平方米.
        dimension: what it measures.
        factor: what one of it is in the unit the domain counts in (万 of the currency, 亩, people, kVA, tce, m, kg/㎡).
        currency: of money, ISO 4217.
    """

    word: str
    dimension: Dimension
    factor: Decimal = Decimal(1)
    currency: str = ""


_CURRENCIES = {
    "人民币": "CNY",
    "元": "CNY",
    "圆": "CNY",
    "RMB": "CNY",
    "CNY": "CNY",
    "美元": "USD",
    "美金": "USD",
    "USD": "USD",
    "欧元": "EUR",
    "EUR": "EUR",
    "日元": "JPY",
    "日圆": "JPY",
    "JPY": "JPY",
    "港元": "HKD",
    "港币": "HKD",
    "HKD": "HKD",
    "英镑": "GBP",
    "GBP": "GBP",
    "韩元": "KRW",
    "新元": "SGD",
    "新加坡元": "SGD",
    "新台币": "TWD",
    "瑞士法郎": "CHF",
    "澳元": "AUD",
    "加元": "CAD",
}
_CURRENCY_WORDS = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "JPY": "日元",
    "HKD": "港元",
    "GBP": "英镑",
    "KRW": "韩元",
}
_STEPS = {
    "": Decimal("0.0001"),
    "百": Decimal("0.01"),
    "千": Decimal("0.1"),
    "万": Decimal(1),
    "百万": Decimal(100),
    "千万": Decimal(1000),
    "亿": Decimal(10000),
    "十亿": Decimal(100000),
}
_MONEY = re.compile(
    r"(人民币)?(百万|千万|十亿|百|千|万|亿)?("
    + "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
    + r")?(\(?(?:人民币|RMB|CNY|USD|美元)\)?)?",
    re.IGNORECASE,
)

_SQUARE_METRES = Unit("平方米", Dimension.AREA, Decimal("0.0015"))
_AREAS = {
    **dict.fromkeys(("亩", "mu"), Unit("亩", Dimension.AREA, Decimal(1))),
    "公顷": Unit("公顷", Dimension.AREA, Decimal(15)),
    "hm2": Unit("公顷", Dimension.AREA, Decimal(15)),
    "平方公里": Unit("平方公里", Dimension.AREA, Decimal(1500)),
    "km2": Unit("平方公里", Dimension.AREA, Decimal(1500)),
    "万平方米": Unit("万平方米", Dimension.AREA, Decimal(15)),
    "万平米": Unit("万平方米", Dimension.AREA, Decimal(15)),
    "万平": Unit("万平方米", Dimension.AREA, Decimal(15)),
    "万m2": Unit("万平方米", Dimension.AREA, Decimal(15)),
    "千平方米": Unit("千平方米", Dimension.AREA, Decimal("1.5")),
    **dict.fromkeys(("平方米", "平米", "平方", "平", "m2", "m^2", "sqm"), _SQUARE_METRES),
}
_COUNTED = """
个 家 项 户 宗 套 台 次 天 年 月 日 吨 万吨 千瓦 kw mw 兆瓦 万千瓦 千瓦时 万千瓦时 度 万度 kwh 立方米
万立方米 m3 万件 万台 万套 分
"""
_OTHERS = {
    **dict.fromkeys(("人", "名", "个人", "人次"), Unit("人", Dimension.PEOPLE)),
    "百人": Unit("百人", Dimension.PEOPLE, Decimal(100)),
    "万人": Unit("万人", Dimension.PEOPLE, Decimal(10000)),
    **dict.fromkeys(("kva", "千伏安"), Unit("kVA", Dimension.POWER)),
    **dict.fromkeys(("mva", "兆伏安"), Unit("MVA", Dimension.POWER, Decimal(1000))),
    **dict.fromkeys(
        ("吨标煤", "吨标准煤", "tce", "吨标煤/年", "吨标准煤/年", "tce/年"), Unit("吨标煤", Dimension.ENERGY)
    ),
    **dict.fromkeys(("万吨标煤", "万吨标准煤", "万tce"), Unit("万吨标煤", Dimension.ENERGY, Decimal(10000))),
    **dict.fromkeys(("米", "m"), Unit("米", Dimension.LENGTH)),
    **dict.fromkeys(("kg/m2", "公斤/平方米", "千克/平方米", "kg/平方米"), Unit("kg/㎡", Dimension.LOAD)),
    **dict.fromkeys(("吨/平方米", "t/m2", "吨/m2"), Unit("吨/㎡", Dimension.LOAD, Decimal(1000))),
    **dict.fromkeys(("%", "百分比"), Unit("%", Dimension.SHARE)),
    **{word: Unit(word, Dimension.OTHER) for word in _COUNTED.split()},
}
_LEADING = re.compile(r"^(?:(?:金额|计量|货币|面积|资金|投资|用地)?单位[:：]?)?")
_TRAILING = re.compile(
    r"^(.+?)[/_、:\-]?((?:百万|千万|百|千|万|亿)(?:元|美元|欧元|日元|港元|港币|人民币)|亩|公顷|平方米|万平方米|m2|万m2)$"
)
_SEPARATED = re.compile(r"^(.+?)[/_:]([^/_:]+)$")
_CORNER = re.compile(r"(?:^|[^\u4e00-\u9fff])(?:金额|计量|货币|面积|资金|数据)?单位:(.+)$")
_NEXT_CORNER = re.compile(r"(?:金额|计量|货币|面积|资金|用地|数据)?单位:")
_SPLIT = re.compile(r"[、,，;；。\s]+|(?<=[元亩米顷])和")


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit | None:
    """Return the unit a text is, with or without the word 单位; None when it is anything else."""
    word = _LEADING.sub("", plain(text)).strip("()").rstrip("。.")
    if not word:
        return None
    known = _AREAS.get(word.lower()) or _OTHERS.get(word.lower())
    if known:
        return known
    return _money_unit(word) or _quotient(word)


def _money_unit(word: str) -> Unit | None:
    match = _MONEY.fullmatch(word)
    if not match or not (match[2] or match[3]):
        return None
    if not match[3] and match[2] not in ("万", "亿", "百万", "千万"):  # 千 or 百 alone is no amount of money
        return None
    currency = _CURRENCIES.get((match[3] or "元").upper(), _CURRENCIES.get(match[3] or "元", "CNY"))
    if match[3] in ("人民币", "RMB", "CNY") and not match[2]:
        return None  # 人民币 says the currency, not the unit
    step = match[2] or ""
    shown = _CURRENCY_WORDS.get(currency, match[3] or "元")
    return Unit(f"{step}{shown}", Dimension.MONEY, _STEPS[step], currency)


def _quotient(word: str) -> Unit | None:
    upper, slash, lower = word.partition("/")
    if slash and lower and (unit_of(upper) or upper in ("吨", "个", "m3")) and len(lower) <= 6:  # noqa: PLR2004  (万元/千平方米)
        return Unit(word, Dimension.OTHER)
    return None


def split_unit(heading: str) -> tuple[str, Unit | None]:
    """Return a heading without its unit, and the unit: 总投资（亿元） → 总投资, 亿元. The heading comes back plain.

    Brackets that hold no unit stay: 项目（企业）名称, 预期税收（第一年）.
    """
    text = plain(heading)
    found: Unit | None = None
    for inside in bracketed(text)[1]:
        unit = unit_of(inside)
        if unit is None and len(inside) <= 12:  # noqa: PLR2004  (亿元、人民币 or 万元，含税)
            units = units_in(inside)
            unit = units[0] if len(units) == 1 else None
        if unit is not None:
            found = found or unit
            text = text.replace(f"({inside})", "", 1)
    if found is None:
        text, found = _trailing_unit(text)
    return re.sub(r"/年$", "", text).strip(":：、"), found


def _trailing_unit(text: str) -> tuple[str, Unit | None]:
    for pattern in (_TRAILING, _SEPARATED):
        match = pattern.match(text)
        if match and match[1] and (unit := unit_of(match[2])):
            return match[1].rstrip("/_:、-"), unit
    return text, None


def units_in(text: str) -> tuple[Unit, ...]:
    """Return the units a list of them names: 亿元、万美元、亩."""
    return tuple(unit for part in _SPLIT.split(text) if part and (unit := unit_of(part)))


def corner_units(text: str) -> tuple[Unit, ...]:
    """Return the units of a line like 单位：亿元、万美元、亩; 填报单位：… names none, also beside them."""
    pieces = (text, *text.split(), text[text.rfind("单位") :])  # blanks, or nothing, stand between the two
    return next(filter(None, (_units_behind(plain(piece)) for piece in pieces)), ())


def _units_behind(line: str) -> tuple[Unit, ...]:
    match = _CORNER.search(line)
    if not match:
        return ()
    return tuple(unit for part in _NEXT_CORNER.split(match[1]) for unit in units_in(part.strip("()")))


_DIMENSIONS: Mapping[Kind, Dimension] = {
    Kind.MONEY: Dimension.MONEY,
    Kind.TAX_YEARS: Dimension.MONEY,
    Kind.LAND: Dimension.AREA,
    Kind.SPACES: Dimension.AREA,
}
_OF_NUMBERS: Mapping[str, Dimension] = {
    "m": Dimension.LENGTH,
    "kg/㎡": Dimension.LOAD,
    "kVA": Dimension.POWER,
    "人": Dimension.PEOPLE,
    "tce": Dimension.ENERGY,
    "%": Dimension.SHARE,
    "": Dimension.SHARE,
}


def suits(unit: Unit, field: Field) -> bool:
    """Whether a field can be given in a unit: 万元/亩 never makes a tax, kW no kVA."""
    if field.kind is Kind.NUMBER:
        return unit.dimension is _OF_NUMBERS.get(field.unit)
    return unit.dimension is _DIMENSIONS.get(field.kind, unit.dimension)


def corner_unit(field: Field, corner: Sequence[Unit]) -> Unit | None:
    """Return the unit that a corner (单位：亿元、万美元、亩) gives a field, when it leaves no choice."""
    if field.kind not in _DIMENSIONS:
        return None
    fitting = [unit for unit in corner if suits(unit, field)]
    if field.kind is Kind.SPACES:
        fitting = [unit for unit in fitting if unit.word == "平方米"]
    if _DIMENSIONS[field.kind] is Dimension.MONEY:
        home = [unit for unit in fitting if unit.currency == "CNY"]
        foreign = [unit for unit in fitting if unit not in home]
        fitting = (foreign or home) if field.unit == "万美元" else (home or foreign)
    return fitting[0] if len(fitting) == 1 else None


UNIT_CHOICES: Mapping[Kind, tuple[str, ...]] = {
    Kind.MONEY: ("元", "万元", "亿元", "万美元"),
    Kind.TAX_YEARS: ("元", "万元", "亿元", "万美元"),
    Kind.LAND: ("亩", "平方米", "公顷"),
    Kind.SPACES: ("平方米", "万平方米"),
}
"""The units a question about a column without one offers."""
