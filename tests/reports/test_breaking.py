from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uniseg.linebreak import line_break_breakables

from reports import breaking
from reports.breaking import IDEOGRAPH, LETTER, NEVER_FIRST, NUMBER, breaks, fill

ALPHABET = "项目年税收，。、；：？！（）《》()[]—…-–/%‰℃²$¥+−±№,.:;!?\"' abcXYZ0123456789５Ａ①Ⅲ〔〕々ー～°′″→≥≤=×÷"
QUOTES = "“”‘’"


def pieces(text: str) -> list[str]:
    allowed = breaks(text)
    starts = [0, *(place for place in range(len(text)) if allowed[place]), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=ALPHABET, min_size=2, max_size=12))
def test_a_line_ends_only_where_the_standard_lets_it(text: str) -> None:
    standard, ours = list(line_break_breakables(text)), breaks(text)
    assert [place for place in range(1, len(text)) if ours[place] and not standard[place]] == []


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="项目年税收，。；：（）《》—…,.!?abcXYZ０", min_size=2, max_size=12))
def test_running_text_ends_everywhere_the_standard_lets_it(text: str) -> None:
    standard, ours = list(line_break_breakables(text)), breaks(text)
    kinds = [breaking._KIND.get(character, breaking._kind(character)) for character in text]
    held = [place for place in range(1, len(text)) if standard[place] and not ours[place]]
    assert [place for place in held if kinds[place] not in NEVER_FIRST] == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("拟用地25亩建设", "25亩"),
        ("拟用地 25 亩建设", "25 亩"),
        ("年税收5000万元以上", "5000万元"),
        ("亩均200万元/亩以上", "200万元/亩"),
        ("总投资5-8亿元的", "5-8亿元"),
        ("于2026年11月22日会商", "2026年11月22日"),
        ("于11月22日会商", "11月22日"),
        ("同比−25.5%的", "−25.5%"),
        ("厂房2500㎡左右", "2500㎡"),
        ("在Advanced-Driver/Assistance下", "Advanced-Driver/Assistance"),
        ("意见——再议", "——"),
        ("意见……", "意见……"[1:]),
        ("阿卜杜·热依木", "杜·热"),
        ("澄芯有限公司（虚构）", "（虚构）"),
        ("计划总投资（万元）", "（万元）"),
    ],
)
def test_what_belongs_together_is_never_parted(text: str, whole: str) -> None:
    assert any(whole in piece for piece in pieces(text)), pieces(text)


def test_quotation_marks_open_and_close() -> None:
    assert pieces("称“先租后买”的") == ["称", "“先", "租", "后", "买”", "的"]
    assert pieces("it’s ‘so’") == ["it’s ", "‘so’"]


def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    rng = random.Random(9704)  # noqa: S311  (the same texts every time)
    words = [
        "项目",
        "（虚构）",
        "25亩",
        "，",
        "。",
        "“先租后买”",
        "《条例》",
        "5000万元",
        "；",
        "R&D",
        "——",
        "！",
        "约3%",
        "、",
    ]
    for _round in range(200):
        text = "".join(rng.choice(words) for _word in range(60))
        lines = fill(text, [16.0 if ord(character) > 0xFF else 8.0 for character in text], 16.0 * rng.randint(12, 28))
        assert "".join(text[start:end] for start, end in lines) == text
        for (_start, end), (start, _end) in pairwise(lines):
            only_marks = set(text[max(0, start - 11) : start + 1]) <= set("，。；！、—》”）")
            assert only_marks or text[start] not in "，。；！、》”）", text[start - 5 : start + 5]
            assert text[end - 1] not in "（“《"


def test_a_closing_mark_may_stand_out_by_its_blank_half() -> None:
    text = "一二三四，五六"
    widths = [10.0] * len(text)
    assert fill(text, widths, 46.0) == [(0, 3), (3, 7)]
    assert fill(text, widths, 46.0, em=10.0) == [(0, 5), (5, 7)]


def test_a_stretch_without_places_to_break_is_cut_where_the_line_is_full() -> None:
    text = "a" * 80_000
    lines = fill(text, [8.0] * len(text), 400.0)
    assert len(lines) == 1_600
    assert all(end - start == 50 for start, end in lines)


def test_spaces_at_a_break_are_left_out() -> None:
    text = "land tax of"
    assert [text[start:end] for start, end in fill(text, [10.0] * len(text), 85.0)] == ["land tax", "of"]


def test_characters_have_kinds() -> None:
    assert [breaking._kind(character) for character in "税aЖ7७𬭎"] == [
        IDEOGRAPH,
        LETTER,
        LETTER,
        NUMBER,
        NUMBER,
        IDEOGRAPH,
    ]


def test_a_word_longer_than_a_line_is_cut_beside_its_dash() -> None:
    text = "4500.00–6500.00"
    assert [text[start:end] for start, end in fill(text, [10.0] * len(text), 100.0)] == ["4500.00–", "6500.00"]
