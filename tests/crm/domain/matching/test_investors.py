"""Investors by their past deals: the counts are true, and what is later is not looked at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.domain.imports.grid import Sheet
from crm.domain.matching.deals import read_deals
from crm.domain.matching.investors import Deal, DealBook, investor_key, read_investors, size_class
from crm.domain.quantities.money import read_money
from crm.domain.quantities.values import Money, PartialDate
from crm.errors import WorkbookError

MAY = PartialDate(2026, 5, 1)


def deal(company: str, *investors: str, field: str = "", month: int = 1, financing_round: str = "") -> Deal:
    return Deal(PartialDate(2026, month, 1), company, investors, field, financing_round)


def test_one_who_invests_in_the_field_comes_before_one_with_as_many_deals_elsewhere() -> None:
    deals = [deal(f"甲{n}", "医投", field="医疗") for n in range(5)] + [
        deal(f"乙{n}", "游投", field="游戏") for n in range(5)
    ]
    fits = DealBook(deals).suggest(Deal(MAY, "新公司", (), "医疗"))
    assert [fit.name for fit in fits] == ["医投", "游投"]
    assert (fits[0].deals, dict(fits[0].alike)) == (5, {"field": 5})
    assert dict(fits[1].alike) == {}


def test_one_who_has_invested_before_comes_first_and_its_partner_next() -> None:
    deals = [deal("某公司", "甲"), deal("他公司", "甲", "乙"), *(deal(f"丙{n}", "丙") for n in range(9))]
    fits = DealBook(deals).suggest(Deal(MAY, "某公司", ()))
    assert fits[0].name == "甲"
    assert fits[0].invested_before
    partner = next(fit for fit in fits if fit.name == "乙")
    assert partner.partners == ("甲",)


def test_nobody_has_invested_in_a_company_without_a_name() -> None:
    fits = DealBook([deal("", "甲")]).suggest(Deal(MAY, "", (), "医疗"))
    assert not fits[0].invested_before


def test_later_deals_are_not_known_on_the_day() -> None:
    book = DealBook([deal("某公司", "甲", month=6)])
    assert book.suggest(Deal(MAY, "某公司", ())) == ()
    assert [fit.name for fit in book.suggest(Deal(PartialDate(2026, 6, 1), "某公司", ()))] == ["甲"]


def test_an_old_deal_counts_less_than_a_new_one() -> None:
    old = Deal(PartialDate(2020, 1, 1), "子", ("旧投",))
    fits = DealBook([old, deal("丑", "新投")]).suggest(Deal(MAY, "某", ()))
    assert [fit.name for fit in fits] == ["新投", "旧投"]


@pytest.mark.parametrize(
    ("one", "other"), [("高榕资本Banyan Fund", "高榕资本"), ("乾祥海泉投资(胡海泉)", "乾祥海泉投资"), ("DST", "dst")]
)
def test_spellings_of_one_investor(one: str, other: str) -> None:
    assert investor_key(one) == investor_key(other)


def test_names_in_a_cell() -> None:
    assert list(read_investors("红杉资本中国|明嘉资本")) == ["红杉资本中国", "明嘉资本"]
    assert list(read_investors("-")) == []


def test_a_vague_sum_has_its_order_of_magnitude() -> None:
    vague, exact, dollars = (read_money(text) for text in ("数百万人民币", "300万元", "数百万美元"))
    assert isinstance(vague, Money)
    assert isinstance(exact, Money)
    assert isinstance(dollars, Money)
    assert size_class(vague) == size_class(exact) == "7"
    assert size_class(dollars) == "8"
    assert size_class(Money(None, None, vague=True, text="若干")) == ""
    assert size_class(Money(Decimal(10_000), None)) == "9"


def test_a_table_is_read_by_its_headings() -> None:
    rows = [
        ["投融资事件（虚构）"],
        ["融资时间", "公司名称", "行业", "轮次", "投资方"],
        ["2026-01-05", "甲公司", "医疗", "A轮", "红,蓝"],
        ["-", "乙公司", "", "", "-"],
    ]
    deals, skipped = read_deals([Sheet("s", rows)], "deals.csv")
    assert [(one.company, one.investors, one.round) for one in deals] == [("甲公司", ("红", "蓝"), "A轮")]
    assert skipped == 1
    with pytest.raises(WorkbookError, match=r"deals\.csv"):
        read_deals([Sheet("s", [["名称", "面积"]])], "deals.csv")
