"""The grammar that money, land, floor space and plain numbers share: 约5亿, 5-8亿元, 不低于3000万, 数千万元.

It finds the bounds and the unit words; what a unit is worth is for ``money``, ``areas`` and ``numbers`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from crm.domain.quantities.numerals import DIGITS, NUMERAL, numeral, simplify
from crm.domain.quantities.patterns import IGNORECASE, Pattern
from crm.domain.quantities.plain import plain, quoted, refuse_damaged
from crm.errors import ValueRefusedError
from crm.i18n import _


class UnitMissingError(ValueRefusedError):
    """A bare number stands where no unit is known: a question, never a guess (practice.md §4)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One bound as written.

    Attributes:
        number: with its own 万 and 亿 multiplied in.
        scaled: it has a 万 or 亿 of its own, so the column's unit does not apply.
        unit: the unit word behind (or before) it, "" when there is none.
    """

    number: Decimal
    scaled: bool
    unit: str


@dataclass(frozen=True, slots=True)
class Amount:
    """What a text says.

    Attributes:
        low: None when it is open on this side.
        high: the same.
        approximate: 约, 左右 …
        vague: there is no number at all (数千万).
        unit: the unit words, "" without any.
        explicit: a unit stands behind the figure; one before it (US$) only names the currency.
        remarks: what stood in brackets or behind a comma.
    """

    low: Figure | None
    high: Figure | None
    approximate: bool = False
    vague: bool = False
    unit: str = ""
    explicit: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Units:
    """The unit words of one quantity.

    Attributes:
        words: a regular expression of them (after :func:`simplify`), longest first.
        labels: a regular expression of words that may stand before the figure and say nothing (总投资).
        spellings: regular expressions and what to write instead, before anything else is looked at (million → 百万).
    """

    words: str
    labels: str = "(?!)"
    spellings: tuple[tuple[Pattern, str], ...] = ()
    core: Pattern = field(init=False)
    inline: Pattern = field(init=False)
    label: Pattern = field(init=False)
    behind: Pattern = field(init=False)
    simple: Pattern = field(init=False)

    def __post_init__(self) -> None:
        bound = rf"(?:{self.words})*"
        core = rf"({bound})({_RUN})({bound})(?:{_BETWEEN}({bound})({_RUN})({bound}))?"
        inline = rf"(?:[十百千万亿]*(?:{self.words})*|含|(?:{_AT_LEAST_BEHIND})|(?:{_AT_MOST_BEHIND}))"
        object.__setattr__(self, "core", Pattern(core, IGNORECASE))
        object.__setattr__(self, "inline", Pattern(inline, IGNORECASE))
        object.__setattr__(self, "label", Pattern(rf"(?:{self.labels})[:为达]?"))
        simple = rf"(约?)([0-9]{{1,12}}(?:\.[0-9]{{1,8}})?)([万亿]?)({self.words})?"
        object.__setattr__(self, "simple", Pattern(simple))
        object.__setattr__(self, "behind", Pattern(rf"(?:{_BEHIND})(?={bound}$)", IGNORECASE))

    def simple_amount(self, text: str) -> Amount | None:
        """Return what the commonest texts say (5000, 约5亿, 25亩) at a tenth of the cost; None for all others."""
        match = self.simple.fullmatch(text)
        if match is None:
            return None
        about, number, magnitude, unit = match.groups("")
        value = Decimal(number)
        figure = Figure(value.scaleb(_POWERS[magnitude]) if magnitude else value, bool(magnitude), unit)
        return Amount(figure, figure, bool(about), unit=unit, explicit=bool(unit))

    def prepare(self, text: str) -> str:
        """Return the text plain, with plain numerals and the spellings replaced."""
        text = text.strip().rstrip(",，;；。、")
        text = simplify(plain("约" + text[1:] if text[:1] in _TILDES else text))
        for pattern, instead in self.spellings:
            text = pattern.sub(instead, text)
        return text


_RUN = NUMERAL.replace("[", "[余多来几数").replace("个]", "个半]")
_TILDES = tuple("~～〜∼≈≒")
_POWERS = {"万": 4, "亿": 8}
_BETWEEN = r"(?:-+|至|到)"
_ABOUT_BEFORE = r"大约|约为|约合|折合|约|大概|大致|将近|接近|近|初步估算|初估|预估|暂估|估计|估算|估"
_ABOUT_BEHIND = r"左右|上下|余|多|许"
_AT_LEAST_BEFORE = (
    r"不低于|不少于|不小于|至少|最少|最低|起码|超过|超|逾|大于|高于|多于|突破|过|上(?=[十百千万亿])|>=|≥|>|≧"
)
_AT_LEAST_BEHIND = r"\(?含\)?以上|及以上|以上|起|\+"
_AT_MOST_BEFORE = r"不超过|不高于|不多于|不大于|不到|不足|小于|少于|低于|最多|至多|最高|<=|≤|<|≦"
_AT_MOST_BEHIND = r"\(?含\)?以下|及以下|以下|以内|之内|内"
_PLANNED = (
    r"好(?=几)|大(?=几)|小(?=几)|达产后|达产年|达产|建成后|投产后|"
    r"预计|预期|计划|拟|暂定|从|总计|共计|合计|累计|总共|共|每年|年均|年|达到|达"
)
_YEARLY = r"/年|/a|每年|一年|整|正"
_CLASS = Pattern(r"级别?$")

_BEFORE = Pattern(
    rf"(?P<most>{_AT_MOST_BEFORE})|(?P<least>{_AT_LEAST_BEFORE})|(?P<about>{_ABOUT_BEFORE})|(?P<none>{_PLANNED})"
)
_BEHIND = rf"(?P<most>{_AT_MOST_BEHIND})|(?P<least>{_AT_LEAST_BEHIND})|(?P<about>{_ABOUT_BEHIND})|(?P<none>{_YEARLY})"
_BRACKETS = Pattern(r"\(([^()]*)\)")
_REMARK = Pattern(r"(?:其中|含|包括|包含|一期|首期|分|约合|折合|约折|折|合|约|不含|暂定|预计|意向|拟|待|计划|以|已|按)")
_SPLIT = Pattern(r"[,;。\n]+(?=[^\d])|(?<=.)[/、]?(?=其中|一期|首期)")
_TORN = Pattern(r"\d\s+\d")
_TWO_DIGITS = Pattern(rf"([{DIGITS[1:]}])([{DIGITS[1:]}])(?=[十百千万亿])")
_TAIL = Pattern(r"(?<=[0-9零一二三四五六七八九])[十百千万亿个]+$")
_GREAT_TAIL = Pattern(r"[万亿]+$")
MOST_TIMES = 100
"""A bound without a unit of its own may be this many times smaller or larger than the other: 500-1亿 is asked."""


def read_amount(text: str, units: Units) -> Amount:
    """Return what the text says, before any unit is applied.

    Raises:
        ValueRefusedError: it is no figure of this kind, has two figures, goes downwards, or is negative.
    """
    refuse_damaged(text)
    core, remarks = _without_remarks(units.prepare(text), text, units)
    flags, core = _flags(core, units)
    match = units.core.fullmatch(core)
    if match is None:
        raise _unreadable(text)
    before, run, behind, before_2, run_2, behind_2 = (part or "" for part in match.groups())
    first, second = before + behind, before_2 + behind_2
    amount = (
        _range(
            text, (run, first or second), (run_2, second or first), flags, own=(bool(behind), bool(behind and behind_2))
        )
        if run_2
        else _single(text, run, first, flags)
    )
    return replace(amount, remarks=remarks, explicit=bool(behind or behind_2))


def _unreadable(text: str) -> ValueRefusedError:
    if re.match(r"\s*[-－—]\s*[\d.]|\(\s*[\d.,]+\s*\)$", text):
        return ValueRefusedError(_("“{text}” is negative; that cannot be.").format(text=quoted(text)))
    return ValueRefusedError(_("“{text}” cannot be read as one figure.").format(text=quoted(text)))


def _without_remarks(text: str, entered: str, units: Units) -> tuple[str, tuple[str, ...]]:
    """Return the text without brackets and additions, and those: 50亩(一期20亩) → 50亩, (一期20亩,)."""
    remarks: list[str] = []

    def unwrap(match: re.Match[str]) -> str:
        inside = match[1].replace(" ", "")
        if inside == "含":
            return ""  # 50万元(含)以上: every bound is inclusive
        if units.inline.fullmatch(inside):
            return inside
        if _REMARK.match(inside) or not re.search(rf"{NUMERAL}", inside):
            remarks.append(inside)
            return ""
        raise _unreadable(entered)

    while "(" in text:
        text, found = _BRACKETS.subn(unwrap, text)
        if not found:
            raise _unreadable(entered)
    if _TORN.search(text):
        raise _unreadable(entered)
    text, *additions = _SPLIT.split(text)
    for addition in filter(None, (addition.strip(" ,;。\n") for addition in additions)):
        if not _REMARK.match(addition) and re.search(NUMERAL, addition):
            raise _unreadable(entered)
        remarks.append(addition.replace(" ", ""))
    return re.sub(r"\s+", "", text), tuple(remarks)


def _flags(text: str, units: Units) -> tuple[set[str], str]:
    """Return which of most, least, about the words round the figure say, and the figure without them."""
    flags: set[str] = set()
    if _CLASS.search(text):  # 千万级, 亿元级: a size, no figure
        flags, text = {"class"}, _CLASS.sub("", text)
    while match := units.label.match(text) or _BEFORE.match(text):
        flags.add(match.lastgroup or "none")
        text = text[match.end() :].lstrip(":")
    while (match := units.behind.search(text)) and match.start() > 0:
        flags.add(match.lastgroup or "none")
        text = text[: match.start()] + text[match.end() :]
    return flags - {"none"}, text


def _single(text: str, run: str, unit: str, flags: set[str]) -> Amount:
    if "几" in run or "数" in run or "class" in flags:
        return Amount(None, None, vague=True, unit=unit)
    if pair := _neighbours(run):
        return _range(text, (pair[0], unit), (pair[1], unit), flags | {"about"})
    figure = _figure(text, run, unit)
    if {"most", "least"} <= flags:
        raise _unreadable(text)
    return Amount(
        None if "most" in flags else figure,
        None if "least" in flags else figure,
        approximate="about" in flags or any(word in run for word in "余多来"),
        unit=unit,
    )


def _neighbours(run: str) -> tuple[str, str] | None:
    """Return the two numbers of 八九亿, 三五百, 二三十万."""
    match = _TWO_DIGITS.search(run)
    if match is None or (DIGITS.index(match[2]) - DIGITS.index(match[1]) != 1 and match[0] != "三五"):
        return None
    return run[: match.start()] + match[1] + run[match.end() :], run[: match.start()] + match[2] + run[match.end() :]


def _figure(text: str, run: str, unit: str) -> Figure:
    number = numeral(re.sub("[余多来]", "", run).replace("个半", "点五"))
    if number is None:
        raise _unreadable(text)
    return Figure(number, bool(re.search("[万亿]", run)), unit)


def _range(
    text: str, low: tuple[str, str], high: tuple[str, str], flags: set[str], *, own: tuple[bool, bool] = (False, False)
) -> Amount:
    """Return a range; a bound without 万 or 亿 borrows them from the other: 5-8亿, 一百二十到一百五十万."""
    if {"most", "least"} & flags or re.search("[几数]", low[0] + high[0]):
        raise _unreadable(text)
    first, second = _figure(text, *low), _figure(text, *high)
    if not own[0] and second.number > 0 and (second.scaled or not first.scaled):
        first = _borrow(text, low, high, lambda number: number <= second.number)
    elif first.scaled and not second.scaled and not own[1]:
        second = _borrow(text, high, low, lambda number: first.number <= number <= first.number * MOST_TIMES)
    if first.scaled == second.scaled and first.number > second.number and first.unit == second.unit:
        raise ValueRefusedError(_("“{text}” goes from more to less.").format(text=quoted(text)))
    return Amount(
        first, second, approximate="about" in flags or bool(re.search("[余多来]", low[0] + high[0])), unit=low[1]
    )


def _borrow(text: str, bound: tuple[str, str], other: tuple[str, str], fits: Callable[[Decimal], bool]) -> Figure:
    """Return a bound with the magnitude it borrows from the other, where it has none and that makes sense."""
    as_written, whole = _figure(text, *bound), _figure(text, *other)
    if as_written.scaled:
        return as_written
    for tail in _tails(bound[0], other[0]):
        figure = _figure(text, bound[0] + tail, bound[1])
        if fits(figure.number):
            return figure
    if not whole.scaled:
        return as_written
    if fits(as_written.number) and whole.number <= as_written.number * MOST_TIMES:
        return replace(as_written, scaled=True)  # 8500到3万
    raise ValueRefusedError(
        _("“{text}”: the two ends of the range do not say the same unit.").format(text=quoted(text))
    )


def _tails(bound: str, other: str) -> list[str]:
    """Return the magnitudes a bound may borrow: all behind the other's first figure, then only its 万 and 亿."""
    tails = [match[0] for match in (_TAIL.search(other), _GREAT_TAIL.search(other)) if match]
    return [tail for tail in tails if not re.search("[十百千]", bound) or (tail == tails[-1] and tail in "万亿")]
