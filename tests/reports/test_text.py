from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.errors import GlyphMissingError
from reports.fonts import Role, bundled_fonts, missing_glyphs
from reports.text import cap, clean, require_glyphs, runs


@pytest.mark.parametrize(
    ("entered", "printed"),
    [
        ("  澄芯\t微电子 ", "澄芯 微电子"),
        ("a\r\nb\rc\x85d", "a\nb\nc\nd"),
        ("\u202e反向\u202c\u200b\ufeff\x00\x1b[31m", "反向[31m"),
        ("Cafe\u0301", "Café"),
        ("神", "神"),  # U+FA19 stays what the name has
        ("\ud800税", "税"),
        ("葛\U000e0100", "葛"),
        ("一　二", "一　二"),
    ],
)
def test_clean(entered: str, printed: str) -> None:
    assert clean(entered) == printed


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


def test_cap_says_that_something_was_left_out() -> None:
    assert cap("一二三", 3) == "一二三"
    assert cap("一二三四", 3, "（略）") == "一二三……（略）"


def test_a_character_the_face_lacks_comes_from_the_next() -> None:
    found = runs("李昇璟𬭎𠮷☐Ł", Role.TITLE, bundled_fonts())
    assert "".join(run.text for run in found) == "李昇璟𬭎𠮷☐Ł"
    assert [run.face.name for run in found] == [
        "NotoSerifSC-Bold",
        "NotoSansJP-Names",
        "NotoSansSymbols2-Signs",
        "NotoSans-LatinExtended",
    ]


def test_every_standard_character_and_sign_is_there() -> None:
    gbk = {bytes((a, b)).decode("gbk", "ignore") for a in range(0x81, 0xFF) for b in range(0x40, 0xFF)}
    text = "".join(sorted(gbk)) + "昇璟喆䶮𬭎㛃𠮷㎡²−≥≤±〔〕☐✗☑ŁŞğ①⑳Ⅲ㈠〇"
    standard = clean("".join(character for character in text if not "\ue000" <= character <= "\uf8ff"))
    assert missing_glyphs([("", standard)]) == [("", "≒")]  # the one sign of GBK that the faces lack: reported


def test_a_character_no_font_has_is_named_with_its_field() -> None:
    with pytest.raises(GlyphMissingError) as caught:
        require_glyphs([("投资方", "王\U00020000x"), ("项目名称", "한国한")], bundled_fonts())
    assert "U+20000" in caught.value.message
    assert "投资方" in caught.value.message
    assert caught.value.message.count("U+D55C") == 1
    assert caught.value.where == "投资方"


def test_what_no_face_has_stands_as_its_code_point() -> None:
    assert [run.text for run in runs("王\U00020000明", Role.BODY, bundled_fonts())] == ["王〔U+20000〕明"]
