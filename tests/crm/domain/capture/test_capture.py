"""Paste to register: what a message says is found, with its place; no number is there that the text does not have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.captures import ON, messages, scores
from crm.domain.capture.candidates import capture
from crm.domain.capture.cleaning import MOST_CHARACTERS, clean
from crm.domain.capture.explain import REASONS, certainty_text, field_text, reason_text
from crm.domain.capture.marks import UNASSIGNED, Candidate, Certainty, Mark
from crm.domain.capture.to_json import capture_to_json
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.quantities import Money, PartialDate, read_space
from crm.domain.quantities.values import Span
from crm.i18n import LANGUAGES, use_language

TEXTS = [text for text, _leads in messages()]
PIECES = st.sampled_from(
    ("总投资", "税收", "用地", "约", "不低于", "5", "3.5", "十二", "数千", "万", "亿", "元", "亩", "万美元", "平米",
     "-", "左右", "，", "。", "\n", "每亩", "厂房", "苏州星瀚科技有限公司", "2027年", "6月", "前交付", "A轮", "融资",
     "13900000001", "（", "）", "１", "万元/亩", "人")
)  # fmt: skip


def _marks(text: str) -> Iterator[Mark]:
    for each in capture(text, ON).candidates:
        yield from (*each.marks, *each.others)


def _one(text: str) -> Candidate:
    [found] = capture(text, ON).candidates
    return found


def test_the_messages_are_read_as_a_person_reads_them() -> None:
    counted = scores()
    assert sum(counted.there.values()) > 600
    assert counted.precision() >= 0.98, counted.wrong
    assert counted.recall() >= 0.98, counted.wrong
    for name in ("planned_investment", "annual_tax", "land", "contact_phone", "investor"):
        assert counted.precision(name) >= 0.99, counted.wrong
        assert counted.recall(name) >= 0.98, counted.wrong


def _is_of_the_text(mark: Mark, text: str) -> bool:
    """Whether the figures of a mark are those its own words in the text say, by the reader of its field."""
    words = clean(text[mark.start : mark.end]).text
    if isinstance(mark.value, Span):
        if mark.reason.code == "says_none":
            return mark.value.exact == Decimal(0)
        field = LEAD_FIELDS["planned_investment" if mark.field == UNASSIGNED else mark.field]
        again = read_value(field, words.replace("每", "/"))
        return isinstance(again, Span) and (again.low, again.high) == (mark.value.low, mark.value.high)
    if isinstance(mark.value, PartialDate):
        said = str(mark.value.year) in words or mark.reason.code in ("year_of_message", "counted_from")
        return said or f"{mark.value.year % 100:02d}" in words
    if isinstance(mark.value, int):
        return str(mark.value) in words
    return True


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
def test_no_number_is_invented(text: str) -> None:
    for mark in _marks(text):
        assert 0 <= mark.start < mark.end <= len(text)
        if mark.field != "space":
            assert _is_of_the_text(mark, text), mark
        else:
            [space] = mark.value.values()
            again = read_space(re.sub("(?<!平)方$", "平方", clean(mark.text).text))
            assert again is not None
            assert (space.low, space.high) == (again.low, again.high)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_no_number_is_invented_of_any_text(text: str) -> None:
    for mark in _marks(text):
        if mark.field != "space":
            assert _is_of_the_text(mark, text), mark
        digits = set(re.findall(r"\d", clean(mark.text).text))
        assert digits <= set(re.findall(r"\d", clean(text).text))


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = capture(text, ON)
    json.dumps(capture_to_json(found), ensure_ascii=False)
    for each in found.candidates:
        assert all(0 <= mark.start < mark.end <= len(text) for mark in each.marks)


def test_a_vague_sum_stays_vague_and_a_range_a_range() -> None:
    vague = _one("苏州星瀚传感科技有限公司，投资数千万元").values["planned_investment"]
    assert (vague.low, vague.high, vague.vague) == (None, None, True)
    about = _one("苏州星瀚传感科技有限公司，投资约5亿元").values["planned_investment"]
    assert (about.low, about.high, about.approximate) == (Decimal(50000), Decimal(50000), True)
    between = _one("苏州星瀚传感科技有限公司，投资5-8亿元").values["planned_investment"]
    assert (between.low, between.high) == (Decimal(50000), Decimal(80000))
    least = _one("苏州星瀚传感科技有限公司，税收不低于3000万元").values["annual_tax"]
    assert (least.low, least.high) == (Decimal(3000), None)


@pytest.mark.parametrize(
    "text",
    [
        "苏州星瀚传感科技有限公司，月租金8万元",
        "苏州星瀚传感科技有限公司，投资强度500万元/亩",
        "苏州星瀚传感科技有限公司，亩均税收35万元",
        "苏州星瀚传感科技有限公司，估值20亿元",
        "苏州星瀚传感科技有限公司获补贴300万元",
        "签约项目51个，总投资420亿元。苏州星瀚传感科技有限公司在列",
        "苏州星瀚传感科技有限公司，8000万元",
    ],
)
def test_a_sum_that_is_not_the_leads_or_not_said_is_left_to_a_person(text: str) -> None:
    found = _one(text)
    assert not [name for name, value in found.values.items() if isinstance(value, Money)]
    assert [mark.field for mark in found.others if isinstance(mark.value, Money)] == [UNASSIGNED]


def test_every_mark_stands_where_the_text_says_it() -> None:
    text = "联系人：王海波\u200b，１３９ 0000 0001；项(xiàng)目投資１億元，用地25亩"
    assert {mark.field: text[mark.start : mark.end] for mark in _one(text).marks} == {
        "contact": "王海波",
        "contact_phone": "１３９ 0000 0001",
        "planned_investment": "１億元",
        "land": "25亩",
    }


def test_days_are_counted_from_the_day_of_the_message_and_said_so() -> None:
    found = _one("下周三来考察，苏州星瀚传感科技有限公司")
    mark = next(mark for mark in found.marks if mark.field == "next_date")
    assert mark.value == PartialDate(2026, 12, 2)
    assert reason_text(mark.reason) == "由消息日期2026-11-26推算"
    chat = capture("李娜 2026-03-02 09:12\n明天苏州星瀚传感科技有限公司来访", ON)
    assert chat.on == date(2026, 3, 2)
    assert chat.candidates[0].values["next_date"] == PartialDate(2026, 3, 3)


def test_several_projects_are_several_candidates_and_what_is_said_for_all_is_shared() -> None:
    found = capture(
        "今天两个：\n1、宁波赫利激光有限公司 投资1亿\n2、常州迈凯电驱有限公司 投资2亿\n都是上海电机展对接的", ON
    )
    assert [each.values["investor"] for each in found.candidates] == ["宁波赫利激光有限公司", "常州迈凯电驱有限公司"]
    assert {each.values["source"] for each in found.candidates} == {"上海电机展"}
    points = capture("苏州星瀚传感科技有限公司诉求：\n1. 土地28亩\n2. 投资3亿元", ON)
    assert len(points.candidates) == 1


@pytest.mark.parametrize("text", ["", "没什么新进展", "值班电话65550003", "会议室在三楼，周五下午2点"])
def test_a_text_without_a_lead_has_none(text: str) -> None:
    assert capture(text, ON).candidates == ()


@pytest.mark.parametrize("sign", ["一", "1", "1,", "公司", "(", "A ", "5亿", "\n1、", "13"])
def test_a_page_of_one_sign_is_looked_through(sign: str) -> None:
    assert capture(sign * 500, ON).on == ON


def test_a_long_text_is_cut_and_said_so() -> None:
    found = capture("苏州星瀚传感科技有限公司，用地25亩。" + "很" * MOST_CHARACTERS, ON)
    assert found.cut
    assert len(found.candidates) == 1


def test_every_reason_has_its_words_in_both_languages() -> None:
    seen = {mark.reason.code for text in TEXTS for mark in _marks(text)}
    assert seen <= set(REASONS)
    for language in LANGUAGES:
        with use_language(language):
            for text in TEXTS:
                for mark in _marks(text):
                    assert reason_text(mark.reason)
                    assert field_text(mark)
    assert {certainty_text(each) for each in Certainty} == {"明确", "较可能", "待确认"}


@pytest.mark.shared
def test_the_news_are_read_and_their_totals_are_no_ones(shared: Path) -> None:
    news = shared / "data" / "news" / "xiangcheng_news.jsonl"
    rows = {row["id"]: row["text"] for row in map(json.loads, news.read_text(encoding="utf-8").splitlines())}
    values = {key: [each.values for each in capture(text, ON).candidates] for key, text in rows.items()}
    assert values["n1"][0]["investor"] == "奇点汽车"
    assert values["n1"][0]["planned_investment"].exact == Decimal(1500000)  # not the 876亿 of 74 projects, not the fund
    assert values["n2"] == []  # totals of many projects only
    for key in ("n3", "n4"):  # the same deal, once through a mirror that glues pinyin behind characters
        assert values[key][0]["investor"] == "立讯集团"
        assert values[key][0]["planned_investment"].low == Decimal(1200000)
        assert values[key][0]["annual_output"].low == Decimal(3000000)
    for text in rows.values():
        assert all(_is_of_the_text(mark, text) for mark in _marks(text) if mark.field != "space")
