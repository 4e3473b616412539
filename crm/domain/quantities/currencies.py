"""Currencies: how people write them, what they are called, and which rates to the yuan are believable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from crm.i18n import N_


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency.

    Attributes:
        code: ISO 4217 (of a currency gone since: the code it had).
        name: the message (English) whose translation stands behind an amount (美元).
        words: what people write.
        low: CNY for one unit below which a rate is asked; None: every rate is asked. The bands are our own: what was
            usual since 2006, widened, to find a rate that is a power of ten off or upside down; never to convert by.
        high: the same above.
    """

    code: str
    name: str
    words: tuple[str, ...]
    low: Decimal | None = None
    high: Decimal | None = None


def _currency(code: str, name: str, words: str, low: str = "", high: str = "") -> Currency:
    return Currency(code, name, tuple(words.split()), Decimal(low) if low else None, Decimal(high) if high else None)


CURRENCIES = (
    _currency("CNY", N_("yuan"), "人民币 RMB CNY ¥", "1", "1"),
    _currency("USD", N_("US dollars"), "美元 美金 美钞 USD US$ $", "5", "9"),
    _currency("EUR", N_("euros"), "欧元 EUR €", "6", "12"),
    _currency("JPY", N_("yen"), "日元 日币 日圆 円 JPY JP¥", "0.03", "0.1"),
    _currency("HKD", N_("Hong Kong dollars"), "香港元 港元 港币 港纸 HKD HK$", "0.7", "1.2"),
    _currency("GBP", N_("pounds sterling"), "英镑 GBP £", "7", "17"),
    _currency("TWD", N_("New Taiwan dollars"), "新台币 台币 新台幣 TWD NT$", "0.15", "0.3"),
    _currency("KRW", N_("won"), "韩元 韩币 韩圆 KRW ₩", "0.003", "0.01"),
    _currency("SGD", N_("Singapore dollars"), "新加坡元 新加坡币 新币 新元 SGD S$", "4", "7"),
    _currency("CHF", N_("Swiss francs"), "瑞士法郎 瑞郎 CHF", "5", "12"),
    _currency("CAD", N_("Canadian dollars"), "加拿大元 加元 CAD C$", "4", "9"),
    _currency("AUD", N_("Australian dollars"), "澳大利亚元 澳元 AUD A$", "4", "8"),
    _currency("NZD", N_("New Zealand dollars"), "新西兰元 纽元 NZD", "3", "7"),
    _currency("SEK", N_("Swedish kronor"), "瑞典克朗 SEK", "0.5", "1.5"),
    _currency("DKK", N_("Danish kroner"), "丹麦克朗 丹麦克郎 DKK", "0.8", "1.7"),
    _currency("NOK", N_("Norwegian kroner"), "挪威克朗 NOK", "0.5", "1.5"),
    _currency("ILS", N_("shekels"), "以色列新谢克尔 新谢克尔 谢克尔 ILS ₪", "1.4", "2.8"),
    _currency("THB", N_("baht"), "泰铢 THB", "0.15", "0.3"),
    _currency("RUB", N_("roubles"), "俄罗斯卢布 卢布 RUB", "0.05", "0.35"),
    _currency("MOP", N_("patacas"), "澳门元 澳门币 MOP", "0.7", "1.2"),
    _currency("MYR", N_("ringgit"), "马来西亚林吉特 林吉特 令吉 MYR", "1.2", "2.6"),
    _currency("INR", N_("Indian rupees"), "印度卢比 卢比 INR ₹", "0.06", "0.2"),
    _currency("VND", N_("dong"), "越南盾 VND", "0.0002", "0.0006"),
    _currency("AED", N_("dirhams"), "阿联酋迪拉姆 迪拉姆 AED", "1.4", "2.4"),
    _currency("SAR", N_("riyals"), "沙特里亚尔 里亚尔 SAR", "1.4", "2.4"),
    _currency("BRL", N_("reais"), "巴西雷亚尔 雷亚尔 BRL", "0.8", "5"),
    _currency("DEM", N_("German marks (until 2001)"), "德国马克 马克 DEM"),
    _currency("FRF", N_("French francs (until 2001)"), "法国法郎 FRF"),
)

BY_CODE = {currency.code: currency for currency in CURRENCIES}
BY_WORD = {word.casefold(): currency.code for currency in CURRENCIES for word in currency.words}
WORDS = "|".join(re.escape(word) for word in sorted(BY_WORD, key=len, reverse=True))
"""A regular expression of all currency words, longest first; match it without regard to case."""
