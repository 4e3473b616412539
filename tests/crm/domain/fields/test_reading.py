from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from crm.domain.fields.masking import mask_phone
from crm.domain.fields.reading import read_assignment, read_record, read_value
from crm.domain.fields.registry import COMMUNITY_FIELDS, FUND_FIELDS, LEAD_FIELDS, PLOT_FIELDS
from crm.domain.fields.values import Lease, Phase, Platform, Plot
from crm.domain.fields.writing import record_to_json, value_to_json, value_to_text
from crm.domain.quantities import CHINA_TIME, Land, Money, Number, PartialDate, Space
from crm.errors import NotFoundError, ValueRefusedError
from crm.i18n import use_language


def lead(name: str, given: object) -> object:
    return read_value(LEAD_FIELDS[name], given)


def wan(number: int, text: str = "") -> Money:
    return Money(Decimal(number), Decimal(number), text=text)


def mu(number: int | str, text: str = "") -> Land:
    return Land(Decimal(number), Decimal(number), text=text)


def square_metres(number: int, text: str = "") -> Space:
    return Space(Decimal(number), Decimal(number), text=text)


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("name", " 精密光电\n产业园 ", "精密光电产业园"),
        ("name", "AI\r\nCampus", "AI Campus"),
        ("gbt4754", 3976.0, "3976"),
        ("notes", "一\r\n二", "一\n二"),
        ("kind", "招商", "investment"),
        ("kind", "investment", "investment"),
        ("stage", "洽谈中", "negotiation"),
        ("area", "经开区", "开发区"),
        ("land_use", "工业用地", "industrial"),
        ("country", "香港", "中国香港"),
        ("country", "以色列", "以色列"),
        ("financing_stage", "A轮", "A"),
        ("financing_stage", "A+轮", "A+轮"),
        ("financing_stage", "战略融资", "战略融资"),
        ("industries", "人工智能、大数据", ("人工智能", "大数据")),
        ("industries", "a|b|a", ("a", "b")),
        ("landing", ["注册", "research_centre"], ("registration", "research_centre")),
        ("planned_investment", 5000, wan(5000, "5000")),
        ("planned_investment", {"low": "5", "high": "5", "unit": "亿元"}, wan(50000)),
        ("land", "2.5公顷", mu("37.5", "2.5公顷")),
        ("land", {"low": "16667", "high": 16667, "unit": "㎡"}, mu("25.0005")),
        ("land", "无供地", mu(0, "无供地")),
        ("full_year", "2028年", 2028),
        ("needed_by", "2027-01", PartialDate(2027, 1)),
        ("needed_by", dt.date(2027, 1, 5), PartialDate(2027, 1, 5)),
        ("jobs", "120人", Number(Decimal(120), Decimal(120))),
        ("power", "1.25MVA", Number(Decimal(1250), Decimal(1250), text="1.25MVA")),
        ("probability", "60%", Number(Decimal("0.6"), Decimal("0.6"))),
        ("confidential", "是", True),
        ("confidential", 0, False),
        ("first_reported_at", "2026-11-20", PartialDate(2026, 11, 20)),
        ("first_reported_at", "2026-11-20 00:00:00", PartialDate(2026, 11, 20)),
        ("first_reported_at", "2022年上半年", PartialDate(2022, half=1)),
        ("first_reported_at", "2026/11/20 10:30", dt.datetime(2026, 11, 20, 10, 30, tzinfo=CHINA_TIME)),
        ("first_reported_at", "2026-11-20T02:30:00Z", dt.datetime(2026, 11, 20, 10, 30, tzinfo=CHINA_TIME)),
        ("credit_code", "９1320507ma9xc00178", "91320507MA9XC00178"),
        ("contact_phone", "136 0000 1396", "13600001396"),
        ("contact_phone", "+86 136-0000-1396", "13600001396"),
        ("contact_phone", 13600001396.0, "13600001396"),
        ("contact_phone", "13600001185/13700001505", "13600001185、13700001505"),
        ("contact_phone", "0512-65870000转8001", "0512-65870000转8001"),
        ("contact_phone", "见名片", None),
        ("space", "研发=1200㎡|办公=300", {"研发": square_metres(1200, "1200㎡"), "办公": square_metres(300, "300")}),
        (
            "space",
            "研发用房1,200㎡、标准厂房300㎡",
            {"研发": square_metres(1200, "1,200㎡"), "厂房": square_metres(300, "300㎡")},
        ),
        ("space", {"GMP中试": 3000}, {"GMP中试": square_metres(3000, "3000")}),
        ("tax_by_year", "2029=2000万元|2028=800", {2028: wan(800, "800"), 2029: wan(2000, "2000万元")}),
        (
            "plots",
            "高铁新城:25亩:工业:5000|经开区：10亩",
            (Plot("高铁新城", mu(25, "25亩"), "industrial", wan(5000, "5000")), Plot("开发区", mu(10, "10亩"))),
        ),
        ("plots", [{"area": "高铁新城", "land": "25亩"}], (Plot("高铁新城", mu(25, "25亩")),)),
        (
            "phases",
            "25:5000:committed|10:2000",
            (Phase(mu(25, "25"), wan(5000, "5000"), True), Phase(mu(10, "10"), wan(2000, "2000"), False)),
        ),
        ("lease", "10000㎡@2.0", (Lease("", square_metres(10000, "10000㎡"), Decimal(2)),)),
        ("lease", "厂房:2500㎡", (Lease("厂房", square_metres(2500, "2500㎡")),)),
    ],
)
def test_a_value_as_people_and_scripts_give_it(name: str, given: object, value: object) -> None:
    assert lead(name, given) == value


@pytest.mark.parametrize("name", LEAD_FIELDS)
@pytest.mark.parametrize("given", [None, "", "/", "—", "待定"])
def test_nothing_said_is_unknown(name: str, given: object) -> None:
    assert lead(name, given) is None


def test_values_of_the_other_records() -> None:
    assert read_value(COMMUNITY_FIELDS["status"], "待补录") == "slot"  # a status, though it means empty elsewhere
    assert read_value(COMMUNITY_FIELDS["platforms"], "算力平台（人工智能）、检测中心") == (
        Platform("算力平台", "人工智能"),
        Platform("检测中心"),
    )
    assert read_value(FUND_FIELDS["per_project_cap"], "20%") == Number(Decimal(20), Decimal(20))
    assert read_value(FUND_FIELDS["stages"], "天使轮、Pre-A轮") == ("天使", "Pre-A")
    assert read_value(FUND_FIELDS["leads_rounds"], "否") is False


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("area", "苏州园区", "高铁新城、高新区、开发区、其他区域"),
        ("land", "租赁厂房2500㎡", "载体"),
        ("land", "无", "无供地请填0"),
        ("credit_code", "91320507MA9XC00254", "3"),
        ("contact_phone", "张三", "电话"),
        ("signed_on", 2024.1, "2024-10"),
        ("confidential", "也许", "是"),
        ("planned_investment", {"lo": 5}, "lo"),
        ("planned_investment", {"low": "8", "high": "5", "unit": "亿元"}, "前大后小"),
        ("planned_investment", [5], "5"),
        ("plots", "高铁新城:25亩:工业:5000:x", "area:land:land_use:tax"),
        ("plots", [{"area": "高铁新城", "mu": 25}], "mu"),
        ("phases", "25:5000:vielleicht", "vielleicht"),
        ("space", "研发", "名称=数值"),
        ("space", "研发=1|研发用房=2", "研发"),
        ("tax_by_year", "明年=800", "明年"),
        ("probability", "160%", "1.6"),
        ("name", {"a": 1}, "a"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence_with_its_field(name: str, given: object, says: str) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        lead(name, given)
    assert says in refused.value.message
    assert refused.value.where == name


def test_a_plot_ratio_in_per_cent_by_mistake_is_asked() -> None:
    with pytest.raises(ValueRefusedError, match="250"):
        read_value(PLOT_FIELDS["plot_ratio"], 250)
    assert read_value(PLOT_FIELDS["plot_ratio"], "250%") == Number(Decimal("2.5"), Decimal("2.5"), text="250%")


def test_a_record_names_an_unknown_key() -> None:
    assert read_record("leads", {"name": "甲", "land": None}) == {"name": "甲", "land": None}
    with pytest.raises(ValueRefusedError, match="landd"):
        read_record("leads", {"landd": 25})
    with pytest.raises(NotFoundError, match="leeds"):
        read_record("leeds", {})


def test_an_assignment_changes_a_field_or_one_of_its_entries() -> None:
    current = {"space": {"办公": square_metres(300)}}
    assert read_assignment("leads", "land=25亩", current) == ("land", mu(25, "25亩"))
    assert read_assignment("leads", "land=", current) == ("land", None)
    both = {"办公": square_metres(300), "研发": square_metres(1200, "1200㎡")}
    assert read_assignment("leads", "space.研发=1200㎡", current) == ("space", both)
    assert read_assignment("leads", "space.办公=", current) == ("space", None)
    assert read_assignment("leads", "tax_by_year.2028=800", {}) == ("tax_by_year", {2028: wan(800, "800")})
    for wrong in ("land", "x=1", "land.a=1"):
        with pytest.raises(ValueRefusedError):
            read_assignment("leads", wrong, current)


def test_json_has_the_keys_of_the_contract() -> None:
    investment = LEAD_FIELDS["planned_investment"]
    assert value_to_json(investment, read_value(investment, "约5亿")) == {
        "low": "50000",
        "high": "50000",
        "unit": "万元",
        "currency": "CNY",
        "approx": True,
        "text": "约5亿",
    }
    assert value_to_json(investment, read_value(investment, "数千万元")) == {
        "vague": True,
        "unit": "万元",
        "currency": "CNY",
        "approx": False,
        "text": "数千万元",
    }
    dollars = value_to_json(investment, read_value(investment, "200万美元"))
    assert isinstance(dollars, dict)
    assert (dollars["low"], dollars["unit"], dollars["currency"]) == ("200", "万", "USD")
    assert value_to_json(LEAD_FIELDS["jobs"], lead("jobs", 120)) == "120"
    assert value_to_json(LEAD_FIELDS["needed_by"], lead("needed_by", "2024年三季度")) == "2024-Q3"
    assert record_to_json("leads", {"name": "甲"}, unknown=False) == {"name": "甲"}
    assert record_to_json("plots", {})["land"] is None


@pytest.mark.parametrize(
    ("name", "given", "chinese", "english"),
    [
        ("planned_investment", "约5亿", "约5亿元", "about CNY 500 million"),
        ("planned_investment", "5-8亿元", "5–8亿元", "CNY 500–800 million"),
        ("planned_investment", "500万-1亿", "500万元–1亿元", "CNY 5–100 million"),
        ("planned_investment", "200万美元", "200万美元", "USD 2 million"),
        ("planned_investment", "5亿元以上", "5亿元以上", "CNY 500 million or more"),
        ("land", "50亩（一期20亩）", "50亩（一期20亩）", "50 mu (first phase 20 mu)"),
        ("land", "0", "无供地", "no land"),
        ("needed_by", "2024-H2", "2024年下半年", "2024-H2"),
        ("area", "高铁新城", "高铁新城", "High-speed Rail New Town"),
        ("jobs", "1200", "1,200人", "1,200 people"),
        ("space", "研发=1200|办公=300", "研发 1,200㎡、办公 300㎡", "研发 1,200㎡, 办公 300㎡"),
        (
            "plots",
            "高铁新城:25亩:工业:5000",
            "高铁新城：25亩：工业：5,000万元",
            "High-speed Rail New Town: 25 mu: industrial: CNY 50 million",
        ),
        ("confidential", True, "是", "yes"),
    ],
)
def test_words_for_people_in_both_languages(name: str, given: object, chinese: str, english: str) -> None:
    value = lead(name, given)
    assert value_to_text(LEAD_FIELDS[name], value) == chinese
    with use_language("en"):
        assert value_to_text(LEAD_FIELDS[name], value) == english


def test_each_of_several_phones_is_masked() -> None:
    assert mask_phone("13600001185、13700001505") == "136****1185、137****1505"
