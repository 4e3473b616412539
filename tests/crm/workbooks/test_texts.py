"""Text files: which encoding, which separator; nothing is made a number."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crm.domain.formulas import prefixed
from crm.errors import WorkbookError
from crm.workbooks.limits import Limits, Refusal
from crm.workbooks.reading import read_workbook
from crm.workbooks.texts import decode, read_text, split
from tests.crm.workbooks.making import save

LEDGER = "项目名称,联系电话,投资额\n苏州示例科技,013800001111,约5亿\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8-sig", "UTF-8"), ("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("gbk", "GB18030"), ("utf-16", "UTF-16")],
)
def test_the_encodings_of_offices_are_told_apart(tmp_path: Path, encoding: str, told: str) -> None:
    book = read_workbook(save(tmp_path, LEDGER.encode(encoding), "线索.csv"))
    assert (book.kind, book.encoding, book.separator, book.notes) == ("csv", told, ",", ())
    assert book.sheets[0].name == "线索"
    assert list(book.sheets[0].rows) == [["项目名称", "联系电话", "投资额"], ["苏州示例科技", "013800001111", "约5亿"]]


def test_big5_is_told_and_not_read_as_nonsense(tmp_path: Path) -> None:
    text = "項目名稱,投資方\n蘇州相城區機器人研發中心,臺灣某某股份有限公司\n"
    book = read_workbook(save(tmp_path, text.encode("big5"), "a.csv"))
    assert book.sheets[0].rows[1][0] == "蘇州相城區機器人研發中心"
    assert [note.code for note in book.notes] == ["big5"]


def test_rare_characters_of_gb18030_are_no_big5() -> None:
    text = "联系人,企业\n王㛃䶮,苏州堃淼喆燚科技有限公司\n"
    assert decode(text.encode("gb18030")) == (text, "GB18030")


def test_what_may_be_in_two_encodings_is_asked_with_a_preview(tmp_path: Path) -> None:
    path = save(tmp_path, "驫麤,籲".encode("big5"), "a.csv")
    with pytest.raises(WorkbookError) as caught:
        read_workbook(path)
    assert "GB18030: " in caught.value.message
    assert "Big5: 驫麤,籲" in caught.value.message
    named = read_workbook(path, encoding="Big5")
    assert (list(named.sheets[0].rows), named.encoding) == ([["驫麤", "籲"]], "Big5")


@pytest.mark.parametrize("text", ["項目名稱,投資方\n蘇州相城區機器人研發中心", "企業名稱,備註\n蘇州市電器股份有限公司"])
def test_short_texts_in_big5_are_not_taken_for_gb18030(text: str) -> None:
    assert decode(text.encode("big5")) == (text, "Big5")
    simple = "项目名称,备注\n苏州市电器股份有限公司"
    assert decode(simple.encode("gb18030")) == (simple, "GB18030")


def test_an_encoding_that_was_named_holds_or_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, LEDGER.encode("gb18030"), "a.csv")
    assert read_workbook(path, encoding="GB18030").sheets[0].rows[0][0] == "项目名称"
    with pytest.raises(WorkbookError, match="含有错误的字符（UTF-8"):
        read_workbook(path, encoding="UTF-8")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("项目名称\n苏州\n".encode() + b"\xe7\x9b", "含有错误的字符（UTF-8, 3）"),
        ("项目名称\n".encode("utf-8-sig") + b"\xff\n", "含有错误的字符"),
        (b"\xff\xfe\x00\xd8\x00", "含有错误的字符"),
        (b"name\n\xff\xfe\xfd\n", "UTF-8、UTF-16、GB18030、Big5 中的任何一种"),
        ('项目,备注\n甲,"没有结束\n乙,1\n'.encode(), "第 2 行的引号没有成对"),
    ],
)
def test_what_cannot_be_read_for_sure_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(save(tmp_path, content, "a.csv"))
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("text", "separator", "rows"),
    [
        ("a\tb,c\n1\t2,3\n", "\t", [["a", "b,c"], ["1", "2,3"]]),
        ("a;b\n1,5;2\n3;4\n", ";", [["a", "b"], ["1,5", "2"], ["3", "4"]]),
        ("项目一览\n名称,金额\n甲,1\n", ",", [["项目一览", ""], ["名称", "金额"], ["甲", "1"]]),
        ("只有一列\n甲\n", ",", [["只有一列"], ["甲"]]),
        ('a,"b\n第二行",c\n"x ""y""",,\n\n', ",", [["a", "b\n第二行", "c"], ['x "y"', "", ""]]),
        ("a,b\r\n1,2\r\n", ",", [["a", "b"], ["1", "2"]]),
    ],
)
def test_separators_quotes_and_short_rows(text: str, separator: str, rows: list[list[str]]) -> None:
    assert split(text, Limits()) == (rows, separator, False)


def test_loose_quotation_marks_are_told() -> None:
    text = read_text('名称,备注\n"某"公司,甲\n'.encode(), Limits())
    assert text.rows[1] == ["某公司", "甲"]
    assert text.notes == ["quotes"]


def test_the_limits_hold_for_texts_too() -> None:
    for text, limits, code in (
        ("a\nb\nc\n", Limits(rows=2), "rows"),
        ("a,b,c\n", Limits(columns=2), "columns"),
        ("a,b\nc,d\n", Limits(grid=3), "grid"),
        ("x" * 50 + ",1\n", Limits(text=40), "quote"),
    ):
        with pytest.raises(Refusal) as caught:
            split(text, limits)
        assert caught.value.code == code


@given(some.text(some.sampled_from("'=+-@＝＋－＠ \t\r\n1a甲\""), max_size=8))
def test_the_apostrophe_of_our_exports_is_taken_back_exactly(cell: str) -> None:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([prefixed(cell), "end"])
    rows, _separator, loose = split(out.getvalue(), Limits(), ",")
    assert rows == [[cell, "end"]]
    assert not loose
    assert prefixed(cell).lstrip(" \t\r\n")[:1] not in tuple("=+-@＝＋－＠")


def test_the_limit_of_a_field_is_that_of_the_process_again() -> None:
    before = csv.field_size_limit()
    split("甲,乙\n1,2\n", Limits(text=40))
    assert csv.field_size_limit() == before
