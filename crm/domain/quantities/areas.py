"""Land in 亩 and floor space in m², as people write them; 1 公顷 = 15 亩, 1 m² = 0.0015 亩, exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from crm.domain.quantities.amounts import Figure, UnitMissingError, Units, read_amount
from crm.domain.quantities.numerals import NUMERAL, numeral, simplify
from crm.domain.quantities.patterns import IGNORECASE, Pattern
from crm.domain.quantities.plain import exact, is_empty, plain, quoted, refuse_damaged, tidy
from crm.domain.quantities.space_kinds import space_kind
from crm.domain.quantities.values import MU_PER_HECTARE, MU_PER_SQUARE_METRE, Land, Space
from crm.errors import ValueRefusedError
from crm.i18n import _

_SQUARE_KILOMETRE = r"平方公里|平方千米|km2|k㎡"
_HECTARE = r"公顷|hm2|hectares?|ha(?![a-z])"
_SQUARE_METRE = r"平方米|平方|平米|平|m2|㎡|sqm"
_AREA_WORDS = rf"{_SQUARE_KILOMETRE}|{_HECTARE}|{_SQUARE_METRE}|亩|mu(?![a-z])"
_FACTORS = (
    (Pattern(_SQUARE_KILOMETRE, IGNORECASE), MU_PER_HECTARE * 100, Decimal(1_000_000)),
    (Pattern(_HECTARE, IGNORECASE), MU_PER_HECTARE, Decimal(10_000)),
    (Pattern(_SQUARE_METRE, IGNORECASE), MU_PER_SQUARE_METRE, Decimal(1)),
    (Pattern("亩|mu", IGNORECASE), Decimal(1), None),
)
_LAND_LABELS = (
    r"(?:项目|规划|总|净|新增|建设|工业|拟|需|厂房|意向)*(?:需要?用?土地|用地需求|用地面积|占地面积|土地面积|用地规模|用地|占地|供地|购地|征地|拿地|摘地|土地|"
    r"需要|需|总面积|面积|规模|总)"
)
_SPACE_LABELS = (
    r"(?:拟|需要?|计划|总|新建|自建|购买|购置|租赁|租用|承租|租|入驻|使用|标准|高标准|独栋|通用|定制|GMP|生产|一层|单层|总部|研发|中试|洁净|净化|"
    r"无尘|测试|检测|实验室?|科研|办公|写字楼|楼宇|商务楼|厂库?房|车间|仓库|仓储|用房|楼|室|场地|场所|空间|载体|基地|中心|建筑|使用|建面|面积|需求|的)+"
)
_LAND_UNITS = Units(
    words=rf"(?:{_AREA_WORDS})(?:(?:工业|商服|科研|建设|国有|存量|新增|净)?(?:土地|用地|地))?", labels=_LAND_LABELS
)
_SPACE_UNITS = Units(words=_AREA_WORDS, labels=_SPACE_LABELS)

_NO_LAND = Pattern(
    r"(?:无|不|没有|暂不|暂无|无需|不需要?|不涉及|未涉及|不用|零)(?:新增|需要?|涉及|单独)?(?:供地|用地需求|用地|土地需求|土地|拿地|购地|占地|需求)(?:需求)?|"
    r"不涉及|无需|不需要|零用地|零供地|轻资产"
)
_RENTED = Pattern("租")
_FLOOR = Pattern(r"租|厂房|办公|写字楼|楼宇|载体|建筑面积|建面|车间|实验室|仓库|仓储|研发用房|用房|入驻|孵化")
_BY_LAND = Pattern("亩|公顷|用地|土地|购地|占地|供地")
_PARTS = Pattern(r"[,;、+。\n]|(?<=[亩顷米2])[和及并](?=\D)")
_IN_BRACKETS = Pattern(r"\([^()]*\)")
_PHASE_1 = Pattern(rf"(?:第?一期|首期|1期|I期)(?:用地|占地|供地|先供|先行|面积|约|为|:)*({NUMERAL})({_AREA_WORDS})?")
_RESTATED = Pattern(r"([^()]+)\(([^()]+)\)")
NO_LAND_QUESTION = "no_land"
"""Does the text say that no land is wanted (不适用), or is the need not known yet (待补充)?"""
SPACE_KIND_QUESTION = "space_kind"
"""Which kind of space is meant?"""


@dataclass(frozen=True, slots=True)
class Site:
    """What a cell about land says when it may speak of floor space.

    Attributes:
        land: in 亩; ``Land(0, 0)`` when the text says that there is none (无供地, 租赁…), None when it says nothing.
        space_kind: 厂房, 办公 … of the floor space.
        space: in m².
        question: ``no_land`` (a bare 无, or rooms without a word on land) or ``space_kind``; None when all is clear.
    """

    land: Land | None = None
    space_kind: str | None = None
    space: Space | None = None
    question: str | None = None


def read_land(given: str | float | Decimal | None, *, unit: str | None = None) -> Land | None:
    """Return an area of land, or None where nothing is said about land.

    无供地, 0 and 0亩 are ``Land(0, 0)``: no land wanted. A bare 无 is None here, and so is floor space
    (租赁厂房2500㎡), which never becomes land: :func:`read_site` tells those apart for whoever can ask.

    Args:
        given: 25亩, 约25亩, 2.5公顷, 16667㎡, 50亩（一期20亩）, or a bare number.
        unit: of the column (亩, 公顷, 平方米); a bare number needs one.

    Raises:
        UnitMissingError: a bare number, and no unit is known.
        ValueRefusedError: it cannot be read as one area.
    """
    if given is None:
        return None
    if isinstance(given, str):
        return _land(given, unit or "")
    number = exact(given) * _land_factor(unit or "", str(given))
    return _checked_land(number, number, text=format(exact(given), "f"))


def read_space(given: str | float | Decimal | None, *, unit: str | None = None) -> Space | None:
    """Return an area of floor space in m², or None where nothing is said.

    Raises:
        UnitMissingError: a bare number, and no unit is known.
        ValueRefusedError: it cannot be read as one area, or it is given in 亩.
    """
    if given is None:
        return None
    if isinstance(given, str):
        return _space(given, unit or "")
    number = tidy(exact(given) * _space_factor(unit or "", str(given)))
    if number < 0:
        raise ValueRefusedError(_("“{text}” is negative; that cannot be.").format(text=quoted(given)))
    return Space(number, number, text=format(exact(given), "f"))


@lru_cache(maxsize=8192)
def read_site(text: str, unit: str | None = None) -> Site:
    """Return what a cell in a column about land says: land, or leased floor space, or both (购地30亩，租赁厂房2000㎡).

    Raises:
        UnitMissingError: a bare number, and no unit is known.
        ValueRefusedError: it cannot be read.
    """
    if _LAND_UNITS.simple.fullmatch(text):
        return Site(land=read_land(text, unit=unit))
    refuse_damaged(text)
    core = plain(text)
    if core in {"无", "没有"}:
        return Site(question=NO_LAND_QUESTION)
    if is_empty(text) or not _FLOOR.search(_IN_BRACKETS.sub("", core)):
        return Site(land=read_land(text, unit=unit))
    parts = [part.strip() for part in _PARTS.split(_protected(core)) if part.strip()]
    floor = [part for part in parts if _FLOOR.search(part) and not _BY_LAND.search(part)]
    ground = [part for part in parts if part not in floor]
    if len(floor) > 1 or (not floor and len(ground) > 1):
        raise ValueRefusedError(
            _("“{text}” says more than one area; give each its own field.").format(text=quoted(text))
        )
    land = read_land(",".join(ground).replace("\x00", ","), unit=unit) if ground else None
    if not floor:
        return Site(land=land)
    space = read_space(floor[0].replace("\x00", ","), unit="㎡") if re.search(NUMERAL, _bare(floor[0])) else None
    kind = space_kind(floor[0])
    if land is None and _RENTED.search(floor[0]):
        land = Land(Decimal(0), Decimal(0), text=text.strip())
    question = NO_LAND_QUESTION if land is None else SPACE_KIND_QUESTION if space and not kind else None
    return Site(land, kind, space, question)


def _protected(text: str) -> str:
    """Return the text with the commas inside figures kept from splitting it."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "\x00", text)


def _bare(part: str) -> str:
    return _SPACE_UNITS.label.sub("", part)


@lru_cache(maxsize=8192)
def _land(text: str, unit: str) -> Land | None:
    bare = text.strip()
    if bare.isascii() and bare.isdigit() and len(bare) < 16:  # noqa: PLR2004  (the common cell: a plain number)
        number = Decimal(bare) * _land_factor(unit, text)
        return _checked_land(number, number, text=bare)
    amount = _LAND_UNITS.simple_amount(bare)
    if amount is None:
        refuse_damaged(text)
        text = _without_restatement(text)
        core = plain(text).replace(" ", "")
        if _NO_LAND.fullmatch(core):
            return Land(Decimal(0), Decimal(0), text=bare)
        if is_empty(text) or (_FLOOR.search(_IN_BRACKETS.sub("", core)) and not _BY_LAND.search(core)):
            return None
        amount = read_amount(text, _LAND_UNITS)
    low, high = (
        None if figure is None else figure.number * _land_factor(figure.unit or unit, text)
        for figure in (amount.low, amount.high)
    )
    phase1 = _phase_1(amount.remarks, _unit_of(amount.low or amount.high, unit))
    return _checked_land(low, high, approximate=amount.approximate, vague=amount.vague, text=bare, phase1=phase1)


@lru_cache(maxsize=8192)
def _space(text: str, unit: str) -> Space | None:
    amount = _SPACE_UNITS.simple_amount(text.strip())
    if amount is None:
        refuse_damaged(text)
        if is_empty(text):
            return None
        amount = read_amount(text, _SPACE_UNITS)
    low, high = (
        None if figure is None else tidy(figure.number * _space_factor(figure.unit or unit, text))
        for figure in (amount.low, amount.high)
    )
    return Space(low, high, approximate=amount.approximate, vague=amount.vague, text=text.strip())


def _without_restatement(text: str) -> str:
    """Return 25亩 of 25亩（16667㎡): the same area in another unit, where the two agree to half a per cent."""
    match = _RESTATED.fullmatch(plain(text))
    if match is None:
        return text
    try:
        first, second = read_land(match[1]), read_land(match[2])
    except ValueRefusedError:
        return text
    if first is None or second is None or first.exact is None or second.exact is None:
        return text
    return match[1] if abs(first.exact - second.exact) * 200 <= first.exact else text


def _unit_of(figure: Figure | None, unit: str) -> str:
    return (figure.unit if figure else "") or unit


def _phase_1(remarks: tuple[str, ...], unit: str) -> Decimal | None:
    for remark in remarks:
        match = _PHASE_1.search(simplify(remark))
        number = numeral(match[1]) if match else None
        if match and number is not None:
            return number * _land_factor(match[2] or unit, remark)
    return None


def _land_factor(unit: str, text: str) -> Decimal:
    """Return how many 亩 one of the unit is."""
    return _factors(unit, text)[0]


def _space_factor(unit: str, text: str) -> Decimal:
    """Return how many m² one of the unit is; floor space in 亩 is refused, for that is how land is measured."""
    factor = _factors(unit, text)[1]
    if factor is None:
        raise ValueRefusedError(_("“{text}”: floor space is given in ㎡, not in 亩.").format(text=quoted(text)))
    return factor


def _factors(unit: str, text: str) -> tuple[Decimal, Decimal | None]:
    worth = _worth(unit)
    if worth is None:
        raise UnitMissingError(_("“{text}” has no unit: is it 亩, ㎡ or 公顷?").format(text=quoted(text)))
    return worth


@lru_cache(maxsize=256)
def _worth(unit: str) -> tuple[Decimal, Decimal | None] | None:
    core = simplify(plain(unit)).replace(" ", "").replace("米2", "m2")
    for pattern, in_mu, in_square_metres in _FACTORS:
        if match := pattern.search(core):
            times = numeral(core[: match.start()].strip("()")) if match.start() else Decimal(1)
            times = times if times is not None else Decimal(1)
            return in_mu * times, None if in_square_metres is None else in_square_metres * times
    return None


def _checked_land(
    low: Decimal | None,
    high: Decimal | None,
    *,
    approximate: bool = False,
    vague: bool = False,
    text: str = "",
    phase1: Decimal | None = None,
) -> Land:
    least, most = low if low is not None else high, high if high is not None else low
    if least is not None and least < 0:
        raise ValueRefusedError(_("“{text}” is negative; that cannot be.").format(text=quoted(text)))
    if phase1 is not None and most is not None and phase1 > most:
        raise ValueRefusedError(_("“{text}”: the first phase is larger than the whole.").format(text=quoted(text)))
    return Land(
        low if low is None else tidy(low),
        high if high is None else tidy(high),
        approximate=approximate,
        vague=vague,
        text=text,
        phase1=phase1 if phase1 is None else tidy(phase1),
    )
