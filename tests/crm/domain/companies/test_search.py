from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.companies.pinyin import readings, sort_key
from crm.domain.companies.search import divided, matches, query_tokens, search_tokens

NAME = "苏州相土生物（重庆）有限公司ABB20号"


def proposed(text: str, name: str) -> bool:
    """Whether an index that holds the tokens of the name proposes it for the text."""
    tokens, query = set(search_tokens(name)), query_tokens(text)
    return bool(query) and all(any(tokens >= set(one) for one in word) for word in query)


@pytest.mark.parametrize(
    "text",
    [
        "苏",
        "相土",
        "苏州相土生物重庆有限公司",
        "生物（重庆",
        "（重庆）",
        "abb",
        "ＡＢＢ２０",
        "20号",
        "s",
        "szxt",
        "szxtsw",
        "suzhou",
        "suzhouxiangtu",
        "suzhouxia",  # an unfinished syllable
        "suzhouxt",  # syllables, then initials
        "shengwuchongqing",
        "shengwuzhongqing",  # 重 is read so too
        "wu重庆",
        "相土sw",
        "gsABB",
        "abb20hao",
        "xian",  # 限, or the beginning of 相
        "重庆 相土",
        "youxian szxt 号",
    ],
)
def test_a_name_is_found_by_any_part_of_it(text: str) -> None:
    assert matches(text, NAME)
    assert proposed(text, NAME)


@pytest.mark.parametrize(
    "text", ["", " ", "（）", "苏相", "土相", "zs", "suxiang", "重庆 上海", "bab", "02", "xiangt上"]
)
def test_what_does_not_stand_in_a_name_does_not_find_it(text: str) -> None:
    assert not matches(text, NAME)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("qiu", "仇英艺术"),
        ("chouying", "仇英艺术"),
        ("sxf", "单雄飞工作室"),
        ("danxiong", "单雄飞工作室"),
        ("chongqing", "重庆长安"),
        ("cqca", "重庆长安"),
        ("lvdi", "绿地"),
        ("lüdi", "绿地"),
        ("anlue", "安略咨询"),
        ("alibaba", "阿里巴巴"),
        ("台湾积体", "臺灣積體電路製造股份有限公司"),
        ("臺灣", "台湾积体电路"),
        ("twjt", "臺灣積體電路"),
        ("苏州", "蘇州乾燥設備"),
        ("乾燥", "蘇州乾燥設備"),
        ("𠮷野", "𠮷野家"),
        ("鿏", "鿏源材料"),
    ],
)
def test_each_usual_reading_finds_a_name(text: str, name: str) -> None:
    text = text.replace("ü", "v")
    assert matches(text, name)
    assert proposed(text, name)


def test_an_archaic_reading_does_not() -> None:
    assert readings("能") == ("neng",)
    assert readings("仇") == ("chou", "qiu")
    assert readings("A") == ()


def test_an_empty_query_asks_nothing() -> None:
    assert query_tokens(" （）") == ()
    assert search_tokens("（）") == []


def test_query_tokens() -> None:
    assert query_tokens("苏州 szkj") == ((("苏州",),), (("sz", "zk", "kj"),))
    assert query_tokens("苏") == ((("苏",),),)


@pytest.mark.parametrize(
    ("text", "sure", "doubtful"),
    [
        ("苏州", True, False),
        ("苏州 20", True, False),
        ("sz", True, False),
        ("su", True, False),
        ("suzhou", True, True),  # the letters may stand in a name too
        ("苏州科", False, True),
        ("szk", False, True),
        ("", False, False),
    ],
)
def test_what_the_tokens_alone_decide(text: str, *, sure: bool, doubtful: bool) -> None:
    assert tuple(map(bool, divided(text))) == (sure, doubtful)


LETTERS = "蘇乾燥設苏州相城重庆单仇科技绿略生物有限公司A b20（）·号𠮷乐"


@given(
    name=st.text(LETTERS, min_size=1, max_size=14),
    start=st.integers(0, 13),
    length=st.integers(1, 8),
    ways=st.lists(st.integers(0, 3), min_size=8, max_size=8),
)
@settings(max_examples=300, deadline=None)
def test_what_matches_is_always_proposed(name: str, start: int, length: int, ways: list[int]) -> None:
    part = name[start : start + length]
    text = "".join(
        (reading[-1] if way == 2 else reading[0][:1]) if (reading := readings(letter)) and way > 1 else letter
        for letter, way in zip(part, ways, strict=False)
    )
    if matches(text, name):
        assert proposed(text, name)
    sure, _doubtful = divided(text)
    if sure and all(any(set(search_tokens(name)) >= set(one) for one in word) for word in sure):
        assert matches(text, name)
    if part.strip("（）· "):
        assert matches(part, name)
        initials = "".join((readings(letter) or (letter,))[-1][0] for letter in part if readings(letter))
        if all(map(readings, part)):
            assert matches(initials, name)
            assert matches("".join(readings(letter)[0] for letter in part), name)


def test_sort_key_is_by_pinyin_and_knows_places() -> None:
    names = ["重庆长安", "厦门钨业", "安徽海螺", "长沙中联", "ABB", "3M中国", "单县化工", "西安隆基", "先锋电子"]
    assert sorted(names, key=sort_key) == [
        "3M中国",
        "ABB",
        "安徽海螺",
        "长沙中联",
        "重庆长安",
        "单县化工",
        "西安隆基",
        "厦门钨业",
        "先锋电子",
    ]
    assert sort_key("重庆ABB（苏州）") == "chong2 qing4abb su1 zhou1"
    assert sort_key("（）") == ""
    assert sort_key("𠮷野").isascii()
