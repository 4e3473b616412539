from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.quantities import (
    AmbiguousDateError,
    PartialDate,
    date_of_serial,
    date_question,
    date_text,
    find_dates,
    read_date,
)
from crm.errors import ValueRefusedError


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024.3", "2024-03"),
        ("2024.03", "2024-03"),
        ("2024.10", "2024-10"),
        ("2024-3-15", "2024-03-15"),
        ("2024/3/15", "2024-03-15"),
        ("2024.3.15", "2024-03-15"),
        ("２０２４．３．１５", "2024-03-15"),
        ("2024年3月", "2024-03"),
        ("2024年3月15日", "2024-03-15"),
        ("2024 年 3 月 15 日", "2024-03-15"),
        ("2024年3月15号（周五）", "2024-03-15"),
        ("二〇二四年三月", "2024-03"),
        ("二零二四年十二月三十一日", "2024-12-31"),
        ("二零零四年八月十五", "2004-08-15"),
        ("24年3月", "2024-03"),
        ("24.6.10", "2024-06-10"),
        ("2024年上半年", "2024-H1"),
        ("2024下半年", "2024-H2"),
        ("2024-H2", "2024-H2"),
        ("2024年三季度", "2024-Q3"),
        ("2024年第三季度", "2024-Q3"),
        ("2024Q3", "2024-Q3"),
        ("Q3 2024", "2024-Q3"),
        ("2024年底", "2024-12"),
        ("2024年3月上旬", "2024-03"),
        ("预计2025年6月底前", "2025-06"),
        ("2024", "2024"),
        ("2024年度", "2024"),
        ("45366", "2024-03-15"),
        ("45366.0", "2024-03-15"),
        ("20240315", "2024-03-15"),
        ("202403", "2024-03"),
        ("2024-03-15 00:00:00", "2024-03-15"),
        ("2024-03-15T08:30:00Z", "2024-03-15"),
        ("3/15/2024", "2024-03-15"),
        ("13.5.2015", "2015-05-13"),
        ("March 15, 2024", "2024-03-15"),
        ("Mar 2024", "2024-03"),
    ],
)
def test_a_date_as_precise_as_it_is_given(text: str, iso: str) -> None:
    assert str(read_date(text)) == iso


@pytest.mark.parametrize(
    ("number", "iso"),
    [
        (2024.3, "2024-03"),
        (2024.11, "2024-11"),
        (2024, "2024"),
        (45366, "2024-03-15"),
        (45366.75, "2024-03-15"),
        (20240315, "2024-03-15"),
    ],
)
def test_a_number_in_a_date_column(number: float, iso: str) -> None:
    assert str(read_date(number)) == iso
    assert str(read_date(Decimal(repr(number)))) == iso


def test_the_number_2024_1_is_january_or_october() -> None:
    question = date_question(2024.1)
    assert question is not None
    assert question.choices == (PartialDate(2024, 1), PartialDate(2024, 10))
    assert date_question(2024.3) is None
    assert date_question(45366) is None
    with pytest.raises(AmbiguousDateError, match="2024-10") as asked:
        read_date(2024.1)
    assert asked.value.choices == question.choices


def test_a_day_and_month_that_may_be_exchanged_are_asked() -> None:
    with pytest.raises(AmbiguousDateError) as asked:
        read_date("3/4/2024")
    assert asked.value.choices == (PartialDate(2024, 3, 4), PartialDate(2024, 4, 3))
    with pytest.raises(AmbiguousDateError):
        read_date("10/6/24")


@pytest.mark.parametrize("text", ["三季度", "Q3", "上半年", "5月", "3月15日", "年底"])
def test_a_date_without_a_year_is_asked_or_takes_the_one_of_the_sheet(text: str) -> None:
    with pytest.raises(ValueRefusedError, match="年份"):
        read_date(text)
    dated = read_date(text, year=2024)
    assert dated is not None
    assert dated.year == 2024


@pytest.mark.parametrize(
    "text",
    [
        "1899-12-31",
        "2101年1月",
        "2024-02-30",
        "2024.13",
        "2024-0-1",
        "2024-2026",
        "2024年3月至6月",
        "60",
        "5",
        "########",
        "=TODAY()",
        "张三",
    ],
)
def test_what_is_no_date_from_1900_to_2100_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_date(text)


@pytest.mark.parametrize("text", ["", "/", "待定", "暂无", "N/A", "——"])
def test_empty_words_are_no_date(text: str) -> None:
    assert read_date(text) is None


def test_the_serials_of_excel_and_the_day_that_never_was() -> None:
    assert date_of_serial(45366) == PartialDate(2024, 3, 15)
    assert date_of_serial(1) == PartialDate(1900, 1, 1)
    assert date_of_serial(59) == PartialDate(1900, 2, 28)
    assert date_of_serial(61) == PartialDate(1900, 3, 1)
    assert date_of_serial(43904, since_1904=True) == PartialDate(2024, 3, 15)
    for never in (0, 60, -1, 73416):
        with pytest.raises(ValueRefusedError):
            date_of_serial(never)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_from_all_its_forms(day: dt.date) -> None:
    expected = PartialDate(day.year, day.month, day.day)
    serial = (day - dt.date(1899, 12, 30)).days
    slashes = f"{day.year}/{day.month}/{day.day}"
    for form in (day, day.isoformat(), slashes, date_text(expected), serial, str(serial), f"{day:%Y%m%d}"):
        assert read_date(form) == expected


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_the_iso_text_of_a_partial_date_is_read_back(year: int, part: int) -> None:
    for date in (
        PartialDate(year),
        PartialDate(year, part),
        PartialDate(year, quarter=(part - 1) // 3 + 1),
        PartialDate(year, half=(part - 1) // 6 + 1),
    ):
        assert read_date(str(date)) == date
        assert read_date(date_text(date)) == date


def test_dates_inside_a_note() -> None:
    assert list(map(str, find_dates("2024.3 首次接触，2024年5月签约，9月到访"))) == ["2024-03", "2024-05"]
    assert find_dates("9月到访，洽谈中") == []
