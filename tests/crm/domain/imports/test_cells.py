"""Cells become domain values; what is doubtful stays empty and is said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.cells import Reading, Settings, read_cell
from crm.domain.imports.explain import note_text
from crm.domain.imports.grid import CellValue, Flaw, Flawed
from crm.domain.imports.headers import Column
from crm.domain.imports.units import unit_of
from crm.domain.quantities import PartialDate

NONE = Settings()


def read(
    field: str, value: CellValue, unit: str = "", settings: Settings = NONE, *, form: str = "", part: str = ""
) -> Reading:
    column = Column(0, field, field, part, unit=unit_of(unit) if unit else None)
    return read_cell(value, column, LEAD_FIELDS[field], settings, form)


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def bounds(reading: Reading, field: str) -> tuple[str | None, str | None]:
    span = reading.values[field]
    return tuple(None if bound is None else format(bound, "f") for bound in (span.low, span.high))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("value", "unit", "low", "high", "currency"),
    [
        ("约5亿", "万元", "50000", "50000", "CNY"),
        (Decimal("5.2"), "亿元", "52000", "52000", "CNY"),
        ("5-8", "亿元", "50000", "80000", "CNY"),
        (" 65,000 ", "万元", "65000", "65000", "CNY"),
        (20800000, "元", "2080", "2080", "CNY"),
        ("200万美元", "万元", "200", "200", "USD"),
        ("1亿元以上", "万元", "10000", None, "CNY"),
        ("53,838(万元人民币)", "", "53838", "53838", "CNY"),
    ],
)
def test_money(value: CellValue, unit: str, low: str, high: str | None, currency: str) -> None:
    found = read("planned_investment", value, unit)
    assert bounds(found, "planned_investment") == (low, high)
    assert found.values["planned_investment"].currency == currency


def test_another_currency_in_a_column_of_yuan_is_kept_and_said() -> None:
    assert codes(read("registered_capital", "200万美元", "万元")) == ["other_currency"]
    [note] = read("registered_capital", "200万美元", "万元").notes
    assert note_text(note) == "“200万美元”币种为美元，与该列的人民币不同，保留原币种。"


def test_a_bare_number_without_a_unit_is_a_question_and_a_vague_amount_no_figure() -> None:
    assert read("annual_tax", 5000).question == "unit"
    assert bounds(read("annual_tax", "数千万元", "万元"), "annual_tax") == (None, None)


def test_a_unit_in_the_number_format_goes_before_that_of_the_column() -> None:
    assert bounds(read("annual_tax", Decimal("0.5"), "万元", form='0.00"亿元"'), "annual_tax") == ("5000", "5000")


@pytest.mark.parametrize(
    ("value", "unit", "land", "space"),
    [
        ("25亩左右", "", "25", {}),
        ("2公顷", "亩", "30", {}),
        (16667, "平方米", "25.0005", {}),
        (0, "平方米", "0", {}),
        ("租赁厂房2500㎡", "亩", "0", {"厂房": "2500"}),
        ("50亩（一期20亩）", "亩", "50", {}),
    ],
)
def test_land(value: CellValue, unit: str, land: str, space: dict[str, str]) -> None:
    found = read("land", value, unit)
    assert bounds(found, "land") == (land, land)
    rooms = found.values.get("space", {})
    assert {kind: format(one.low, "f") for kind, one in rooms.items()} == space


def test_no_word_for_land_becomes_zero_by_itself() -> None:
    assert (read("land", "/").values, codes(read("land", "待定"))) == ({}, ["not_given"])
    assert read("land", "无").question == "no_land"
    answered = read("land", "无", settings=Settings(no_land="none"))
    assert bounds(answered, "land") == ("0", "0")
    assert read("land", "无", settings=Settings(no_land="unknown")).values == {}


@pytest.mark.parametrize(
    ("value", "date"),
    [
        (Decimal("2024.3"), "2024-03"),
        ("2024年5月", "2024-05"),
        ("2025/3/15", "2025-03-15"),
        (dt.date(2024, 3, 15), "2024-03-15"),
        (45366, "2024-03-15"),
        ("2025年下半年", "2025-H2"),
        ("24.10.2", "2024-10-02"),
        ("'23年6月", "2023-06"),
        ("2022-06-06 00:00:00", "2022-06-06"),
    ],
)
def test_dates_keep_their_precision(value: CellValue, date: str) -> None:
    assert str(read("signed_on", value).values["signed_on"]) == date


def test_a_date_shown_without_its_day_is_a_month() -> None:
    shown = read("signed_on", dt.date(2024, 10, 1), form='yyyy"年"m"月"')
    assert shown.values["signed_on"] == PartialDate(2024, 10)


def test_what_a_date_leaves_open_is_asked() -> None:
    assert read("signed_on", Decimal("2024.1")).question == "month"
    assert read("signed_on", "2024.1").values["signed_on"] == PartialDate(2024, 1)  # typed as text: January
    assert read("signed_on", "2024.1", settings=Settings(untyped=True)).question == "month"  # a csv knows no numbers
    assert read("signed_on", "三季度").question == "year"
    assert read("signed_on", "3/4/2024").question == "day_month"


def test_answers_settle_dates() -> None:
    october = read("signed_on", Decimal("2024.1"), settings=Settings(month="10"))
    assert october.values["signed_on"] == PartialDate(2024, 10)
    third = read("signed_on", "三季度", settings=Settings(year=2026))
    assert third.values["signed_on"] == PartialDate(2026, quarter=3)
    day_first = read("signed_on", "3/4/2024", settings=Settings(order="day_first"))
    assert day_first.values["signed_on"] == PartialDate(2024, 4, 3)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Flawed(Flaw.DAMAGED, "913205071234570000"), "damaged"),
        ("9.13205E+17", "damaged"),
        ("91320507MA9XC00254", "code_check"),
        ("320507000002508", "code_length"),
    ],
)
def test_a_credit_code_that_does_not_hold_is_left_empty_and_said(value: CellValue, code: str) -> None:
    found = read("credit_code", value)
    assert (found.values, codes(found), found.doubtful) == ({}, [code], True)


def test_a_good_credit_code_is_written_one_way_and_none_yet_is_none() -> None:
    assert read("credit_code", "９1320507 ma9xc00178").values == {"credit_code": "91320507MA9XC00178"}
    assert read("credit_code", "未注册") == read("credit_code", None)


@pytest.mark.parametrize(("flaw", "text"), [(Flaw.ERROR, "#N/A"), (Flaw.FORMULA, "=0.3*2"), (Flaw.NOT_A_DATE, "60")])
def test_a_flawed_cell_is_empty_and_said(flaw: Flaw, text: str) -> None:
    found = read("annual_tax", Flawed(flaw, text), "万元")
    assert (found.values, codes(found), found.doubtful) == ({}, [flaw.value], True)


@pytest.mark.parametrize(
    ("field", "value", "values"),
    [
        ("stage", "已签约", {"stage": "signed"}),
        ("stage", "准入评审", {"stage": "review"}),
        ("stage", "搁置", {"status": "paused"}),
        ("area", "相城经济技术开发区", {"area": "开发区"}),
        ("land_use", "工业（研发）", {"land_use": "industrial"}),
        ("industry", "大数据/光电信息", {"industry": "大数据", "industries": ("光电信息",)}),
        ("industry", "智能网联汽车", {"industry": "无人驾驶"}),
        ("contact", "王某 13600004473", {"contact": "王某", "contact_phone": "13600004473"}),
        ("contact_phone", 13800007205, {"contact_phone": "13800007205"}),
        ("contact_phone", "13600009829\n15000002769", {"contact_phone": "13600009829、15000002769"}),
        ("contact_phone", "见名片", {}),
        ("name", "曜祺光电\n华东区域总部", {"name": "曜祺光电华东区域总部"}),
        ("name", "Nah", {}),
        ("gbt4754", 3976, {"gbt4754": "3976"}),
    ],
)
def test_words(field: str, value: CellValue, values: dict[str, object]) -> None:
    assert read(field, value).values == values


def test_an_area_nobody_has_named_so_is_asked_and_a_strange_stage_is_said() -> None:
    assert read("area", "漕湖").question == "area"
    assert codes(read("stage", "下周再议")) == ["unknown_stage"]


def test_a_date_in_the_notes_is_pointed_out_and_makes_no_field() -> None:
    found = read("notes", "2024.3 首次接触")
    assert (found.values, codes(found)) == ({"notes": "2024.3 首次接触"}, ["date_in_text"])


@pytest.mark.parametrize(
    ("field", "value", "unit", "form", "number"),
    [
        ("jobs", "约200人", "", "", "200"),
        ("power", Decimal("1.25"), "MVA", "", "1250"),
        ("energy", 2, "万吨标煤", "", "20000"),
        ("probability", Decimal("0.6"), "", "0%", "0.6"),
        ("probability", "60%", "", "", "0.6"),
    ],
)
def test_numbers(field: str, value: CellValue, unit: str, form: str, number: str) -> None:
    assert bounds(read(field, value, unit, form=form), field) == (number, number)


def test_rooms_and_the_tax_of_a_year_go_under_their_entry() -> None:
    rooms = read("space", "2,500", "平方米", part="厂房").values["space"]
    assert format(rooms["厂房"].low, "f") == "2500"
    taxes = read("tax_by_year", 800, "万元", part="2027").values["tax_by_year"]
    assert format(taxes[2027].low, "f") == "800"


def test_what_is_cut_off_a_land_use_is_said() -> None:
    assert read("land_use", "工业用地").notes == ()
    [note] = read("land_use", "工业（研发）").notes
    assert note_text(note) == "“工业（研发）”按“工业”记入，其余文字随本行来源保留。"
