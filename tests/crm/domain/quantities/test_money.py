from __future__ import annotations

from decimal import Decimal

import pytest

from crm.domain.quantities import Money, UnitMissingError, read_date, read_land, read_money, read_number, read_space
from crm.errors import ValueRefusedError


def bounds(text: str, unit: str | None = None) -> tuple[str | None, str | None, str]:
    money = read_money(text, unit=unit)
    assert money is not None
    low, high = (None if bound is None else format(bound, "f") for bound in (money.low, money.high))
    return low, high, money.currency


@pytest.mark.parametrize(
    ("text", "wan", "currency"),
    [
        ("5亿", "50000", "CNY"),
        ("５亿", "50000", "CNY"),
        ("1.2亿欧元", "12000", "EUR"),
        ("200万美元", "200", "USD"),
        ("6.5亿日元", "65000", "JPY"),
        ("US$720万", "720", "USD"),
        ("$7.2 million", "720", "USD"),
        ("EUR 1.2亿", "12000", "EUR"),
        ("三千五百万", "3500", "CNY"),
        ("一千二百万元", "1200", "CNY"),
        ("肆佰叁拾萬圆整", "430", "CNY"),
        ("一千零四十万元", "1040", "CNY"),
        ("1,400万", "1400", "CNY"),
        ("1，400万元", "1400", "CNY"),
        ("5千万", "5000", "CNY"),
        ("2.5个亿", "25000", "CNY"),
        ("1亿2000万", "12000", "CNY"),
        ("5000万元/年", "5000", "CNY"),
        ("年税收5000万元", "5000", "CNY"),
        ("5亿元（其中设备3亿元）", "50000", "CNY"),
        ("10亿元，其中一期3亿元", "100000", "CNY"),
        ("5000（万美元）", "5000", "USD"),
        ("3,700(万元(人民币))", "3700", "CNY"),
        ("人民币伍仟万元整", "5000", "CNY"),
        ("123元1角1分", "0.012311", "CNY"),
        ("5000元", "0.5", "CNY"),
    ],
)
def test_a_sum_with_its_unit(text: str, wan: str, currency: str) -> None:
    assert bounds(text) == (wan, wan, currency)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5-8亿元", "50000", "80000"),
        ("5～8亿", "50000", "80000"),
        ("3000至5000万元", "3000", "5000"),
        ("4500-5500万元", "4500", "5500"),
        ("500万-1亿", "500", "10000"),
        ("5—8千万元", "5000", "8000"),
        ("一百二十到一百五十万元", "120", "150"),
        ("十八至三十万", "18", "30"),
        ("8500到3万元", "0.85", "3"),
        ("八九亿", "80000", "90000"),
        ("5亿元以上", "50000", None),
        ("不低于3000万", "3000", None),
        ("过亿", "10000", None),
        ("亿元及以上人民币", "10000", None),
        ("50万元（含）以上", "50", None),
        ("不超过2000万元", None, "2000"),
        ("5000万以内", None, "5000"),
    ],
)
def test_a_range(text: str, low: str | None, high: str | None) -> None:
    assert bounds(text) == (low, high, "CNY")


@pytest.mark.parametrize("text", ["约5亿", "近5亿", "5亿左右", "5亿元上下", "50000余万元", "大约5亿元"])
def test_about_is_kept_and_does_not_widen(text: str) -> None:
    money = read_money(text)
    assert money is not None
    assert (money.exact, money.approximate, money.text) == (Decimal(50000), True, text)


@pytest.mark.parametrize("text", ["数千万元", "几千万", "几个亿", "十几亿元", "数亿美元"])
def test_a_vague_sum_has_no_number(text: str) -> None:
    money = read_money(text)
    assert money is not None
    assert (money.low, money.high, money.vague) == (None, None, True)


@pytest.mark.parametrize(
    ("text", "unit", "wan", "currency"),
    [
        ("5000", "万元", "5000", "CNY"),
        ("1,400", "万元", "1400", "CNY"),
        ("５２", "亿元", "520000", "CNY"),
        ("三千五百", "万元", "3500", "CNY"),
        ("10000000", "元", "1000", "CNY"),
        ("200", "万美元", "200", "USD"),
        ("200万", "万美元", "200", "USD"),
        ("200万美元", "万元", "200", "USD"),  # the cell goes before its column
        ("5000万元", "万美元", "5000", "CNY"),
        ("2亿", "万元", "20000", "CNY"),
        ("1.2E+4", "万元", "12000", "CNY"),
        ("5", "单位：亿元", "50000", "CNY"),
        ("500英镑", "万元", "0.05", "GBP"),
        ("US$720", "万美元", "720", "USD"),
    ],
)
def test_the_unit_of_the_column_holds_for_what_the_cell_leaves_open(
    text: str, unit: str, wan: str, currency: str
) -> None:
    assert bounds(text, unit) == (wan, wan, currency)


def test_a_bare_range_takes_the_unit_of_the_column() -> None:
    assert bounds("11.7-14.7", "亿元") == ("117000", "147000", "CNY")


@pytest.mark.parametrize("number", [5.2, Decimal("5.2")])
def test_a_number_from_a_cell_is_exact(number: float | Decimal) -> None:
    assert read_money(number, unit="亿元") == Money(Decimal(52000), Decimal(52000), text="5.2")


def test_what_a_double_has_beyond_fifteen_digits_is_noise() -> None:
    assert read_money(0.1 + 0.2, unit="万元") == Money(Decimal("0.3"), Decimal("0.3"), text="0.3")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "/",
        "-",
        "—",
        "——",
        "待定",
        "无",
        "暂无",
        "未定",
        "N/A",
        "不详",
        "待补充",
        "未透露美元",
        "万人民币",
        "　",
    ],
)
def test_empty_words_are_unknown_not_zero(text: str) -> None:
    assert read_money(text, unit="万元") is None


def test_zero_is_a_figure() -> None:
    assert bounds("0", "万元") == ("0", "0", "CNY")


@pytest.mark.parametrize("given", ["5000", 5000, "11.7-14.7", "5()"])
def test_a_bare_number_without_a_unit_is_a_question(given: str | int) -> None:
    with pytest.raises(UnitMissingError):
        read_money(given)


@pytest.mark.parametrize(
    "text",
    [
        "-500万",
        "(500)",
        "500-1亿",
        "8亿-5亿",
        "5亿8亿",
        "5 8亿",
        "1,40,000万",
        "12.3.4亿",
        "5亿元/8亿元",
        "3亿美元-5亿欧元",
        "#N/A",
        "=1950*2",
        "张三",
        "5亿元（3亿美元）",
        "1万20000元",
        "99999999999999亿元",
        "一期3亿元，二期5亿元",
        "5000万?",
    ],
)
def test_what_is_not_one_sum_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        read_money(text, unit="万元")
    assert text[:2].strip() in refused.value.message or "99999" in refused.value.message


@pytest.mark.parametrize(
    "text", ["1" * 40_000, "1," * 20_000, "元" * 40_000 + "x", "一百" * 20_000, "(" * 40_000, "5亿元" * 20_000]
)
def test_a_hostile_cell_is_refused_at_once_and_quoted_short(text: str) -> None:
    for read in (read_money, read_land, read_space, read_number, read_date):
        with pytest.raises(ValueRefusedError) as refused:
            read(text)
        assert len(refused.value.message) < 200
