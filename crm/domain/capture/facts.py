"""What else a text says: industry, area, country, days, source, round of financing, use of land, basis of the tax."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from crm.domain.capture.cleaning import clause_after
from crm.domain.capture.industries import INDUSTRIES, NAMING
from crm.domain.capture.marks import Certainty, Mark
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.places import area_of
from crm.domain.matching.countries import HOME, country_code, country_name
from crm.domain.quantities import PartialDate
from crm.domain.quantities.patterns import IGNORECASE, Pattern
from crm.domain.reasons import Reason
from crm.errors import ValueRefusedError

_INDUSTRY = Pattern("|".join(sorted(map(re.escape, INDUSTRIES), key=len, reverse=True)))
_DOING = Pattern(r"(?:做|主营|从事|专注于?|主要做|主要生产|研制|生产)[^,，。；;\n]{0,6}$")
_AREA = Pattern(r"(?:苏州)?(?:相城)?(?:高铁新城|经济技术开发区|高新区|经开区|开发区)")
_OFFICE = Pattern(r"管委会|招商|科技局|分局|[一二三四五六]科|报来|企业|技术")
_WANTS = Pattern(r"(?:落户|落在|落地|注册到|注册在|选址|倾向|看好?|在|给到|到|放|去|向|于)$")
_COUNTRY = Pattern(
    r"(?P<full>德国|日本|韩国|美国|法国|英国|意大利|瑞典|瑞士|荷兰|新加坡|以色列|加拿大|澳大利亚|西班牙|丹麦|芬兰|挪威|奥地利|比利时|印度|泰国|越南|马来西亚|俄罗斯|香港|台湾|澳门)"
    r"(?!路|街|镇|人|籍|市场|客户|展|[元币]|货币|克朗|新币)"
    r"|(?P<short>(?<![\u4e00-\u9fff·])[日台港韩美德法英荷]|(?<=[个家的])[日台港韩美德法英荷])(?=资(?!本|金|产|源|料|格|讯)|企业)"
)
_LABELLED_COUNTRY = Pattern(r"(?:国别|国家|国家/地区)[:： ]*(?P<name>[\u4e00-\u9fff]{2,6})")
_ROUND = Pattern(r"(?<![A-Za-z])(?P<round>Pre-?[ABC]\+?|Pre-?IPO|[A-F]\+?|天使\+?|种子)轮", IGNORECASE)
_OVER = Pattern(r"已|刚|[^,，。]{0,9}(?:已完成|已关闭|已到账)")
_USE = Pattern(r"(?P<use>工业|商服|商业|科研|住宅)用地")
_BASIS = Pattern(r"全口径|地方留成")
_SOURCE = Pattern(
    r"(?:信息来源|线索来源|项目来源|来源)[:： ]*(?P<label>[\u4e00-\u9fffA-Za-z0-9]{2,30})|"
    r"(?P<event>[\u4e00-\u9fffA-Za-z0-9]{0,16}?(?:推介会|博览会|恳谈会|交流会|对接会|展会|大会|论坛|路演|展|联络站))(?:上|中|现场)?"
    r"(?:对接|加的|认识|知道|接洽|获得|收集|结识)"
)
_SOURCE_LEADING = Pattern(r"^(?:听说|都是|通过|在|从|昨天|今天|前天|上周|刚刚?|的|于|了)+")
_REPORTER = Pattern(r"首报(?:人|单位)?[:： ]+(?P<name>[\u4e00-\u9fffA-Za-z]{2,16})")

_YEAR = r"(?:20\d\d年|今年|明年|后年)"
_MONTH = r"(?:\d{1,2}月(?:份|底|初|中旬|上旬|下旬)?(?:\d{1,2}[日号])?)"
_DATE = (
    rf"(?P<date>20\d\d[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|20\d\d年\d{{1,2}}月\d{{1,2}}[日号]|{_YEAR}(?:第?[一二三四1-4]季度?|[上下]半年|{_MONTH}|年?底)?|"
    r"\d{1,2}月\d{1,2}[日号])"
)
_NEEDED = Pattern(
    _DATE
    + r"(?:底|初|中)?(?:之?前|以前|内)?(?:需|需要|希望|要求)?(?:要用|要厂房|要|交付|入驻|使用|投用|交地|搬入|用上|需要)"
)
_FULL = Pattern(r"(?P<date>20\d\d)年?(?:\d{1,2}月|底|内|初)?(?:全面)?(?:可|能|预计|实现)?达产")
_REPORTED = Pattern(
    rf"(?:首报|首次对接|首次接触|首次联系)(?:时间|日期)?[:： ,，]*(?:[\u4e00-\u9fff]{{2,14}}[,，:： ])?{_DATE}|"
    + _DATE.replace("date>", "date2>")
    + r"(?:上午|下午)?(?:首次|首报|第一次)(?:对接|接触|联系|报备|上报|来访)?"
)
_COMING = Pattern(
    r"(?P<day>今天|明天|后天|(?:本|这|下)?(?:周|星期|礼拜)[一二三四五六日天])(?:\((?P<date>\d{1,2}月\d{1,2}[日号])\))?"
    r"(?:上午|下午|晚上)?(?:\d{1,2}(?:点半?|:\d\d))?(?P<what>[^。；;\n]{0,24}?(?:来访|来考察|考察|视频会|会面|见面|洽谈|来谈|接待|拜访|对接|到访)(?![了过]))"
)
_WEEKDAYS = "一二三四五六日"


def facts(text: str, on: date, companies: Sequence[Mark]) -> Iterator[Mark]:
    """Give what a plain text says beside names and figures; ``on`` is the day it was written."""
    sources = list(_sources(text))
    yield from _industries(text, companies, sources)
    yield from _areas(text)
    yield from _countries(text, companies)
    yield from _words(text)
    yield from sources
    yield from _dates(text, on)


def _industries(text: str, companies: Sequence[Mark], sources: Sequence[Mark]) -> Iterator[Mark]:
    for match in _INDUSTRY.finditer(text):
        word = match[0]
        if any(mark.start <= match.start() < mark.end for mark in sources):  # a fair, no business of the firm
            continue
        inside = any(mark.start <= match.start() < mark.end for mark in companies)
        if inside and word not in NAMING:
            continue
        doing = _DOING.search(text[max(0, match.start() - 12) : match.start()])
        certainty = Certainty.CERTAIN if doing else Certainty.POSSIBLE if inside else Certainty.LIKELY
        yield Mark(*match.span(), "industry", word, word, certainty, Reason("in_name" if inside else "industry_word"))


def _areas(text: str) -> Iterator[Mark]:
    for match in _AREA.finditer(text):
        before, behind = text[: match.start()], text[match.end() : match.end() + 4]
        code = area_of(match[0]) or area_of(match[0].removeprefix("苏州").removeprefix("相城"))
        elsewhere = "\u4e00" <= before[-1:] <= "\u9fff" and not _WANTS.search(before[-4:])
        if code is None or elsewhere or _OFFICE.match(behind):
            continue
        wanted = _WANTS.search(before[-4:])
        certainty = Certainty.LIKELY if wanted else Certainty.POSSIBLE
        yield Mark(*match.span(), "area", code, match[0], certainty, Reason("area_word"))


def _countries(text: str, companies: Sequence[Mark]) -> Iterator[Mark]:
    for match in _LABELLED_COUNTRY.finditer(text):
        yield from _country(*match.span("name"), match["name"], Certainty.CERTAIN)
    for match in _COUNTRY.finditer(text):
        start, end = match.span()
        inside = any(mark.start < start < mark.end for mark in companies)
        if not inside:
            yield from _country(start, end, match[0], Certainty.LIKELY)


def _country(start: int, end: int, word: str, certainty: Certainty) -> Iterator[Mark]:
    code = country_code({"荷": "荷兰"}.get(word, word))
    if code == HOME or len(code) != 2:  # noqa: PLR2004  (an ISO code)
        return
    value = read_value(LEAD_FIELDS["country"], country_name(code, chinese=True))
    yield Mark(start, end, "country", value, word, certainty, Reason("country_word"))


def _words(text: str) -> Iterator[Mark]:
    for match in _ROUND.finditer(text):
        value = read_value(LEAD_FIELDS["financing_stage"], match["round"].replace("PreA", "Pre-A"))
        over = _OVER.match(text[match.end() : match.end() + 12]) or text[: match.start()].endswith(("完成", "完成了"))
        certainty = Certainty.LIKELY if over else Certainty.CERTAIN
        yield Mark(*match.span(), "financing_stage", value, match[0], certainty, Reason("round_word"))
    for field, pattern, group in (("land_use", _USE, "use"), ("tax_basis", _BASIS, 0)):
        for match in pattern.finditer(text):
            value = read_value(LEAD_FIELDS[field], match[group])
            yield Mark(*match.span(group), field, value, match[group], Certainty.CERTAIN, Reason("said_so"))


def _sources(text: str) -> Iterator[Mark]:
    for match in _SOURCE.finditer(text):
        group = "label" if match["label"] else "event"
        start, end = match.span(group)
        start += len(match[group]) - len(_SOURCE_LEADING.sub("", match[group]))
        certainty = Certainty.CERTAIN if group == "label" else Certainty.LIKELY
        if end - start >= 2:  # noqa: PLR2004  (展 alone is none)
            yield Mark(start, end, "source", text[start:end], text[start:end], certainty, Reason("source_word"))
    for match in _REPORTER.finditer(text):
        name = match["name"]
        yield Mark(
            *match.span("name"), "first_reporter", name, name, Certainty.CERTAIN, Reason("label", {"word": "首报"})
        )


# -- days


def _dates(text: str, on: date) -> Iterator[Mark]:
    for match in _NEEDED.finditer(text):
        yield from _dated(match, "date", "needed_by", on)
    for match in _FULL.finditer(text):
        year = int(match["date"])
        yield Mark(*match.span("date"), "full_year", year, match["date"], Certainty.CERTAIN, Reason("said_so"))
    for match in _REPORTED.finditer(text):
        yield from _dated(match, "date" if match["date"] else "date2", "first_reported_at", on)
    yield from _coming(text, on)


def _dated(match: re.Match[str], group: str, field: str, on: date) -> Iterator[Mark]:
    words = match[group]
    value, reason = _day(words, on)
    if value is not None:
        certainty = Certainty.CERTAIN if reason.code == "said_so" else Certainty.LIKELY
        yield Mark(*match.span(group), field, value, words, certainty, reason)


def _day(words: str, on: date) -> tuple[PartialDate | None, Reason]:
    """Return the date of words; a year the words do not say is that of the day they were written, and said so."""
    year, said = None, words
    for word, number in (("今年", on.year), ("明年", on.year + 1), ("后年", on.year + 2)):
        if words.startswith(word):
            said, year = f"{number}年{words.removeprefix(word)}", number
    try:
        if year is None and re.match(r"\d{1,2}月", words):
            year = on.year
            value: Any = read_value(LEAD_FIELDS["needed_by"], f"{year}年{words}")
        else:
            value = read_value(LEAD_FIELDS["needed_by"], said)
    except ValueRefusedError:
        return None, Reason("said_so")
    reason = Reason("said_so") if year is None else Reason("year_of_message", {"year": year})
    return (value if isinstance(value, PartialDate) else None), reason


def _coming(text: str, on: date) -> Iterator[Mark]:
    for match in _COMING.finditer(text):
        day = None
        if match["date"]:
            value, _reason = _day(match["date"], on)
            day = value
        if day is None:
            found = _relative(match["day"], on)
            day = PartialDate(found.year, found.month, found.day)
        reason = Reason("counted_from", {"day": on.isoformat()})
        yield Mark(*match.span("day"), "next_date", day, match["day"], Certainty.LIKELY, reason)
        end = clause_after(text, match.start("what"))
        step = text[match.start("what") : end].strip(" 的,，")
        if step:
            yield Mark(match.start("what"), end, "next_step", step, step, Certainty.LIKELY, Reason("said_so"))


def _relative(word: str, on: date) -> date:
    """Return the day of 明天, 本周五, 下周三; a 周五 without more is the next one."""
    plain = {"今天": 0, "明天": 1, "后天": 2}
    if word in plain:
        return on + timedelta(days=plain[word])
    weekday = _WEEKDAYS.index("日" if word[-1] == "天" else word[-1])
    monday = on - timedelta(days=on.weekday())
    if word[0] == "下":
        return monday + timedelta(days=7 + weekday)
    day = monday + timedelta(days=weekday)
    return day if word[0] in "本这" or day >= on else day + timedelta(days=7)
