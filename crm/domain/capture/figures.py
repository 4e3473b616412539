"""Figures in running text: where they stand, and what the readers of quantities make of just these words.

Every value is what a reader makes of the words that are marked, so no number is ever there that the text does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from crm.domain.capture.cleaning import SENTENCE_ENDS, clause_after, clause_before
from crm.domain.capture.marks import UNASSIGNED, Certainty, Mark
from crm.domain.capture.words_near import NOT_THE_LEADS, Said, of_many, said_before, said_behind
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.quantities.currencies import WORDS as CURRENCY_WORDS
from crm.domain.quantities.patterns import IGNORECASE, Pattern
from crm.domain.quantities.space_kinds import space_kind
from crm.domain.reasons import Reason
from crm.errors import ValueRefusedError

PHASE = "phase"
"""The reason of a sum that is one phase's: it is the lead's only where no whole is told."""

_ABOUT = r"(?:大约|约为|约|大概|近|将近|超过|超|逾|不低于|不少于|不小于|不超过|不高于|至少|最多|至多|最低)"
_BEHIND = r"(?:左右|上下|以上|以下|以内|余|多|起|整|级)"
_SPOKEN = r"[一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟零]"
_RUN = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,5}}(?:\.\d{{1,8}})?|\d{{1,16}}(?:\.\d{{1,8}})?|"
    rf"{_SPOKEN}{{1,12}}(?:点{_SPOKEN}{{1,8}})?|[数几][十百千]?)"
)
"""Bounded: no figure is longer, and a page of digits is looked through in no time."""

_SCALE = r"(?:个?[百千十]?[万亿]|百万|[wW](?![A-Za-z\d]))"
_MONEY_WORDS = rf"(?:{CURRENCY_WORDS}|元人民币|元|块钱?)"
_ONE = rf"(?:{_RUN} ?{_SCALE}?余?多?){{1,2}}"
_DASH = r" ?(?:-|~|至|到) ?"
_MONEY = Pattern(
    rf"{_ABOUT}?(?:{CURRENCY_WORDS})? ?(?:(?:{_ONE}{_MONEY_WORDS}?{_DASH})?(?P<last>{_ONE})|(?P<class>上[百千]?[万亿]))"
    rf" ?(?P<unit>{_MONEY_WORDS}(?:人民币)?)?{_BEHIND}?(?P<yearly>/年|/a)?",
    IGNORECASE,
)
_OTHER_UNIT = Pattern(
    r" ?(?:亩|公顷|平|方(?!面)|㎡|m2|m²|米|人|名|位|台|套|辆|吨|kg|公斤|kva|kw|mw|gwh|千瓦|千伏|兆|家|"
    r"个|条|间|岁|年|月|日|号|天|点|度|件|"
    r"次|楼|层|股|片|只|只|轮|期|瓶|升|颗|册|%|/|\d|[a-z])",
    IGNORECASE,
)
_PER_LAND = Pattern(r" ?(?:/|每) ?(?:亩|平|㎡|m2|天|月|人)")
_LAND = Pattern(
    rf"{_ABOUT}?(?:(?:{_ONE}亩?{_DASH})?{_ONE}) ?(?:公顷|平方公里|亩){_BEHIND}?(?:\(?一期[^()\n,，。；;]{{1,8}}亩\)?)?"
)
_SQUARE = r"(?:平方米?|平米|㎡|m2|m²|平(?![均台板衡行安凡价])|方(?![案面向法便式正针]))"
_SPACE = Pattern(rf"{_ABOUT}?(?:(?:{_ONE}{_SQUARE}?{_DASH})?{_ONE}) ?{_SQUARE}{_BEHIND}?")
_LAND_WORDS = Pattern(r"用地|占地|土地|净地|地块|拿地|购地|供地|(?<![场基当])地(?=[:约 ]*$)")
_NO_LAND = Pattern(
    r"(?:无|没有|不需要?|暂不|无需|不涉及|不用|不)(?:再)?(?:新增)?(?:供地|用地|拿地|购地)(?:需求)?|"
    r"用地[:： ]*无(?![偿锡])"
)
_KIND_WORDS = (
    r"GMP中试车间|GMP车间|GMP中试|GMP|洁净(?:厂房|车间|室)?|净化(?:厂房|车间)?|无尘车间|超净间|中试|恒温实验室|检测实验室|实验室|"
    r"研发(?:场地|空间|楼|用房|办公)?|科研用房|标准厂房|厂房|生产车间|车间|写字楼|办公(?:室|楼|面积|用房|场地)?|商务楼|仓储|仓库|冷链仓"
)
_KIND = Pattern(_KIND_WORDS)
_TWO_KINDS = Pattern(rf"(?:{_KIND_WORDS})[+和及、/](?:{_KIND_WORDS})[:约 ]*$")
_KIND_HERE = Pattern(rf"的?\(?(?P<kind>{_KIND_WORDS})")
_CEILING = Pattern(
    rf"(?:层高|净高)[^\d,，。\n]{{0,4}}?(?P<figure>{_ABOUT}?\d+(?:\.\d+)? ?(?:米|m(?![a-z²2])){_BEHIND}?)"
)
_LOAD = Pattern(
    r"(?:承重|荷载|承载)[^\d,，。\n]{0,4}?(?P<figure>\d+(?:\.\d+)? ?(?:吨|kg|公斤|t)(?:/|每)?(?:平方米|平米|平|㎡|m2)?)"
)
_POWER = Pattern(rf"(?P<figure>{_ABOUT}?\d+(?:\.\d+)?万? ?(?:kva|千伏安|mva){_BEHIND}?)", IGNORECASE)
_ENERGY = Pattern(r"(?:能耗|用能|综合能耗)[^\d,，。\n]{0,4}?(?P<figure>\d+(?:\.\d+)?万?吨标准?煤)")
_PEOPLE = r"(?P<figure>{about}?\d+ ?(?:余|多)?(?:人|名|个)?(?:以上|左右)?)"
_JOBS = Pattern(
    r"(?:用工|人员(?=:)|就业(?:岗位)?|员工|雇员|定员|人数|职工)[^\d,，。；\n]{0,4}?"
    + _PEOPLE.format(about=_ABOUT)
    + r"(?!年|万|月|\d|间)"
)
_RESEARCHERS = Pattern(
    r"(?:研发|科研|技术)(?:人员|团队)[^\d,，。；\n]{0,4}?" + _PEOPLE.format(about=_ABOUT) + r"(?!年|万|月|\d)"
)
_NUMBERS = (
    ("ceiling_height", _CEILING),
    ("floor_load", _LOAD),
    ("power", _POWER),
    ("energy", _ENERGY),
    ("rd_staff", _RESEARCHERS),
    ("jobs", _JOBS),
)
_NOW = Pattern(r"目前|现有|现厂区|原来|原有|老厂|去年|上年|20\d\d年(?!.*(?:预计|达产))")
_CHANGED_TO = Pattern(r"(?:改|调整|变更|增加|压缩|减少)(?:为|成|到|至)[:约 ]*$")
_CHANGED_FROM = Pattern(r"(?:从|由|原(?:来|定)?)[:约 ]*$")
_TOTAL = Pattern(r"(?:合计|总计|共计)(?:投资)?[:约 ]*$")
_OF_A_PHASE = Pattern(r"[一二三四两首]期")
_PROMISED = Pattern(r"达产|预计|承诺|新增|建成|投产|计划|拟|年后|目标")


def figures(text: str, companies: Sequence[Mark]) -> Iterator[Mark]:
    """Give the figures of a plain text; ``companies`` are the companies named in it."""
    land = list(_lands(text))
    space = list(_spaces(text, land))
    taken = [(mark.start, mark.end) for mark in (*land, *space)]
    yield from land
    yield from space
    yield from _numbers(text)
    yield from _sums(text, taken, companies)


def _read(field: str, words: str) -> Any | None:  # noqa: ANN401  (any value of a field)
    """Return what the reader of a field makes of words, None where it refuses them."""
    try:
        return read_value(LEAD_FIELDS[field], words)
    except ValueRefusedError:
        return None


# -- land and floor space


def _lands(text: str) -> Iterator[Mark]:
    for match in _LAND.finditer(text):
        start, end = _trimmed(match)
        if text[start - 1 : start] in ("/", "每") or text[end : end + 1] == "均":
            continue
        yield from _land(text, start, end, _land_reason(text, start))
    for match in _NO_LAND.finditer(text):
        start, end = match.span()
        value = _read("land", match[0] if "用地" not in match[0][:2] else "无供地")
        if value is not None:
            yield Mark(start, end, "land", value, match[0], Certainty.CERTAIN, Reason("says_none"))


def _land(text: str, start: int, end: int, reason: Reason) -> Iterator[Mark]:
    value = _read("land", text[start:end])
    if value is not None and not value.vague:
        clause = text[clause_before(text, start) : start]
        now = _NOW.search(clause) or _CHANGED_FROM.search(clause)
        sure = reason.code != "unit" or _CHANGED_TO.search(clause)
        certainty = Certainty.POSSIBLE if now else Certainty.CERTAIN if sure else Certainty.LIKELY
        yield Mark(start, end, "land", value, text[start:end], certainty, reason)


def _land_reason(text: str, start: int) -> Reason:
    word = _LAND_WORDS.search(text[clause_before(text, start) : start])
    return Reason("unit", {"unit": "亩"}) if word is None else Reason("near_word", {"word": word[0]})


def _spaces(text: str, land: Sequence[Mark]) -> Iterator[Mark]:
    for match in _SPACE.finditer(text):
        start, end = _trimmed(match)
        if any(mark.start < end and start < mark.end for mark in land) or text[start - 1 : start] in ("/", "每"):
            continue
        before = text[clause_before(text, start) : start]
        kind = _kind_near(before, text[end : clause_after(text, end)])
        of_land = _LAND_WORDS.search(before)
        if of_land is not None and (kind is None or "地" in before[-4:]):
            yield from _land(text, start, end, Reason("near_word", {"word": of_land[0]}))
        elif kind is not None:
            code = space_kind(kind) or ("洁净" if "超净" in kind else None)
            words = _square_words(text[start:end])
            value = None if code is None else _read("space", f"{code}={words}")
            if value is not None:
                reason = Reason("near_word", {"word": kind})
                yield Mark(start, end, "space", value, text[start:end], Certainty.CERTAIN, reason)


def _square_words(words: str) -> str:
    """Return the words of an area with 方 as 平方, which is what is meant: 3万方."""
    return re.sub(r"(?<!平)方$", "平方", words)


def _kind_near(before: str, behind: str) -> str | None:
    """Return the words for a kind of space right behind an area, else the last ones before it."""
    here = _KIND_HERE.match(behind)
    if here is not None:
        return here["kind"]
    if _TWO_KINDS.search(before):  # one area for both: whose it is, is not said
        return None
    found = list(_KIND.finditer(before))
    return found[-1][0] if found and len(before) - found[-1].end() <= 8 else None  # noqa: PLR2004  (a few words)


# -- plain figures


def _numbers(text: str) -> Iterator[Mark]:
    taken: list[tuple[int, int]] = []
    for field, pattern in _NUMBERS:
        for match in pattern.finditer(text):
            start, end = match.span("figure")
            if any(first < end and start < last for first, last in taken):
                continue
            value = _read(field, text[start:end].replace("每", "/"))
            if value is not None:
                taken.append((start, end))
                word = re.match(r"[^\d]*", match[0])
                reason = Reason("near_word", {"word": (word[0] if word else "").strip(" :约")})
                yield Mark(start, end, field, value, text[start:end], Certainty.CERTAIN, reason)


# -- sums of money


def _sums(text: str, taken: Sequence[tuple[int, int]], companies: Sequence[Mark]) -> Iterator[Mark]:
    """Give the sums of money, each with the field that the words near it say."""
    before = 0
    for match in _MONEY.finditer(text):
        start, end = _trimmed(match)
        if not _is_money(text, match, end) or any(first < end and start < last for first, last in taken):
            continue
        mark = _sum(text, start, end, before, companies)
        if mark is not None:
            yield mark
            before = end


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    words = match[0]
    return match.start() + len(words) - len(words.lstrip()), match.end() - len(words) + len(words.rstrip())


def _is_money(text: str, match: re.Match[str], end: int) -> bool:
    """Whether figures are a sum: they have a currency, or 万 and 亿 with no other unit behind them."""
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    if before.isascii() and (before.isalnum() or before in ".-/") and before:
        return False
    if match["unit"]:
        return True
    scaled = match["class"] or re.search(r"[万亿wW]", match[0])
    return bool(scaled) and _OTHER_UNIT.match(text[end:]) is None


def _sum(text: str, start: int, end: int, before: int, companies: Sequence[Mark]) -> Mark | None:
    words = text[start:end]
    value = _read("planned_investment", words)
    if value is None:
        return None
    said, reason = _said(text, start, end, before, companies)
    if said is None or said.field == NOT_THE_LEADS:
        return Mark(start, end, UNASSIGNED, value, words, Certainty.POSSIBLE, reason)
    return Mark(start, end, said.field, value, words, _certainty(text, start, said), reason)


def _said(text: str, start: int, end: int, before: int, companies: Sequence[Mark]) -> tuple[Said | None, Reason]:
    """Return the word that says what a sum is, and the reason for people."""
    sentence, clause = clause_before(text, start, SENTENCE_ENDS), max(clause_before(text, start), before)
    behind = text[end : clause_after(text, end, SENTENCE_ENDS)]
    named = max((mark.end for mark in companies if sentence <= mark.end <= start), default=sentence)
    if many := of_many(text[max(named, sentence) : start], behind):
        return Said(NOT_THE_LEADS, many, 0), Reason("of_many", {"word": many})
    if _PER_LAND.match(behind):
        return Said(NOT_THE_LEADS, behind[:2], 0), Reason("per_unit", {"word": behind[:2].strip()})
    after = said_behind(text[end : clause_after(text, end)])
    if after is not None and (after.field in (NOT_THE_LEADS, "financing_need")):
        near = said_before(text[clause:start])
        if near is None or after.field in {near.field, NOT_THE_LEADS}:
            return after, Reason(_code(after), {"word": after.word})
    if _CHANGED_TO.search(text[clause:start]):  # 由5000万元增加到1.2亿元: the word stands before the first
        clause, before = clause_before(text, start), sentence
    if _TOTAL.search(text[clause:start]):
        whole = said_before(_OF_A_PHASE.sub("", text[sentence:start]))
        if whole is not None:
            return whole, Reason(_code(whole), {"word": whole.word})
    for begin in (clause, max(sentence, before)):
        if found := said_before(text[begin:start]):
            return found, Reason(_code(found), {"word": found.word})
    return (None, Reason("no_word")) if after is None else (after, Reason(_code(after), {"word": after.word}))


def _code(said: Said) -> str:
    if said.field != NOT_THE_LEADS:
        return "near_word"
    return PHASE if _OF_A_PHASE.search(said.word) else "not_the_leads"


def _certainty(text: str, start: int, said: Said) -> Certainty:
    """Return how sure a sum is: what a firm has now may not be what it promises; a far word may mean another sum."""
    clause = text[clause_before(text, start) : start]
    if said.field in ("annual_tax", "annual_output", "annual_revenue"):
        if _PROMISED.search(clause):
            return Certainty.CERTAIN
        return Certainty.POSSIBLE if _NOW.search(clause) else Certainty.LIKELY
    if _CHANGED_FROM.search(clause):
        return Certainty.POSSIBLE
    if _CHANGED_TO.search(clause):
        return Certainty.CERTAIN
    return Certainty.CERTAIN if said.word in clause or _TOTAL.search(clause) else Certainty.POSSIBLE
