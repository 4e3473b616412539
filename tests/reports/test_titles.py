from __future__ import annotations

import pytest

from reports.titles import WORDS, break_title


def lines_of(title: str, *keep: str) -> list[str]:
    return break_title(title, [22.0 if ord(character) > 0xFF else 12.0 for character in title], 442.0, keep)


@pytest.mark.parametrize(
    ("title", "keep"),
    [
        ("苏州澄芯微电子有限公司第三代半导体项目简报", "苏州澄芯微电子有限公司"),
        ("关于苏州澄芯微电子有限公司第三代半导体项目有关情况的汇报", "苏州澄芯微电子有限公司"),
        ("相城区高端医疗器械核心零部件研发生产基地项目简报", ""),
        ("博世新能源汽车核心部件及自动驾驶研发制造基地项目（虚构）简报", ""),
        ("赛力康（苏州）生物医药科技股份有限公司细胞治疗药物研发中试及商业化生产总部基地建设项目供地门槛测算单", ""),
    ],
)
def test_no_word_and_no_name_is_broken(title: str, keep: str) -> None:
    lines = lines_of(title, keep)
    assert "".join(lines) == title
    assert 2 <= len(lines) <= 4
    ends = {len("".join(lines[:count])) for count in range(1, len(lines))}
    for word in {*WORDS, keep} - {""}:
        start = title.find(word)
        inside = any(start < end < start + len(word) for end in ends) if start >= 0 else False
        longer = [other for other in WORDS if word in other and other != word and other in title]
        assert not inside or longer, (word, lines)


def test_a_short_title_stays_on_its_line() -> None:
    assert lines_of("澄芯项目简报") == ["澄芯项目简报"]


def test_three_lines_are_no_hourglass() -> None:
    title = "赛力康（苏州）生物医药科技股份有限公司细胞治疗药物研发中试及商业化生产总部基地建设项目供地门槛测算单"
    first, second, third = map(len, lines_of(title))
    assert not (second < first and second < third)


def test_what_is_too_long_for_a_title_is_left_to_the_paragraph() -> None:
    assert lines_of("国" * 200) == []


def test_what_stands_in_brackets_is_not_torn() -> None:
    assert lines_of("2026年第47周（11月16日至11月22日）双招双引统计报告", "2026年第47周（11月16日至11月22日）") == [
        "2026年第47周（11月16日至11月22日）",
        "双招双引统计报告",
    ]
