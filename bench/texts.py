"""Amounts and dates in words (``../shared/data/text``): those with one exact meaning, as the program reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from crm.domain.quantities import read_date, read_money
from crm.errors import ValueRefusedError

CURRENCIES = {
    "元": "CNY",
    "港元": "HKD",
    "美元": "USD",
    "日元": "JPY",
    "新台币": "TWD",
    "泰铢": "THB",
    "卢布": "RUB",
    "欧元": "EUR",
    "澳元": "AUD",
    "韩元": "KRW",
}
CENT = Decimal("0.000001")
"""The specification rounds to 0.01 元."""


def exact_amounts(folder: Path) -> tuple[int, int]:
    """Return how many of the amounts that are exact by the specification are read so, and how many there are."""
    cases = json.loads((folder / "jionlp_money_parser_cases.json").read_text("utf-8"))
    exact = [(text, meant) for text, meant in cases if meant["definition"] == "accurate"]
    right = 0
    for text, meant in exact:
        money = read_money(text, unit="元")
        expected = Decimal(meant["num"]) / 10000
        bounds = () if money is None or money.exact is None else (money.exact.quantize(CENT), money.currency)
        right += bounds == (expected.quantize(CENT), CURRENCIES[meant["case"]])
    return right, len(exact)


def dates(folder: Path) -> tuple[int, int, int]:
    """Return how many dates with a year are read right, how many are read as another one, and how many there are.

    Not counted: days of the lunar calendar, 1/2/2020 (which is asked), and days that do not exist.
    """
    found = list(_dates(folder / "recognizers_text" / "DateTime" / "Chinese"))
    return sum(got == iso for got, iso in found), sum(got not in {"", iso} for got, iso in found), len(found)


def _dates(folder: Path) -> Iterator[tuple[str, str]]:
    for name in ("DateParser", "DatePeriodParser", "MergedParser"):
        for case in json.loads((folder / f"{name}.json").read_text("utf-8")):
            for found in case["Results"]:
                value = found.get("Value")
                iso = value.get("Timex", "") if isinstance(value, dict) else ""
                if _is_not_one_day(found["Text"], iso):
                    continue
                says_year = re.search(r"(19|20)\d\d|二[〇零]", found["Text"])
                if says_year and re.fullmatch(r"\d{4}(-\d\d){0,2}|\d{4}-[QH]\d", iso):
                    yield _date(found["Text"]), iso


def _is_not_one_day(text: str, iso: str) -> bool:
    if "农历" in text or re.fullmatch(r"\d{1,2}[-/]\d{1,2}[-/]\d{4}", text):
        return True
    try:
        return len(iso) == len("2024-01-01") and not date.fromisoformat(iso)
    except ValueError:
        return True


def _date(text: str) -> str:
    try:
        return str(read_date(text) or "")
    except ValueRefusedError:
        return ""
