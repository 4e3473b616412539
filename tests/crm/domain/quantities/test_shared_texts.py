"""What others have collected: spellings of money with their meaning, real ones with their counts, numbers and dates."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from bench.texts import CURRENCIES
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS, Field, Kind
from crm.domain.quantities import UnitMissingError, read_date, read_land, read_money, read_site, read_space
from crm.domain.quantities.numerals import numeral, simplify
from crm.domain.quantities.plain import plain
from crm.errors import ValueRefusedError

pytestmark = pytest.mark.shared

MEANT_OTHERWISE = {
    "3000多欧元": "a little more than 3000: about 3000, not a range up to 4000",
    "大约十多欧元": "the same",
    "几十万块": "vague, without numbers (contract)",
    "人民币数十亿元": "the same",
    "数十亿元人民币": "the same",
    "十几块钱": "the same",
    "八到九百亿泰铢": "eight to nine hundred 亿, not eight 亿 to nine hundred 亿",
}


def test_the_spellings_of_jionlp(shared: Path) -> None:
    cases = json.loads((shared / "data/text/jionlp_money_parser_cases.json").read_text("utf-8"))
    differing = [text for text, meant in cases if _money(text) != _expected(meant)]
    assert len(cases) == 54
    assert sorted(differing) == sorted(MEANT_OTHERWISE)


def _money(text: str) -> tuple[Decimal | None, Decimal | None, str] | None:
    money = read_money(text, unit="元")
    if money is None:
        return None
    low, high = (None if end is None else end.quantize(Decimal("0.000001")) for end in (money.low, money.high))
    return low, high, money.currency


def _expected(meant: dict[str, str | list[str]]) -> tuple[Decimal | None, Decimal | None, str]:
    """Return the bounds in 万; what is said to be more or less than a figure is open on that side."""
    number, currency = meant["num"], CURRENCIES[str(meant["case"])]
    first, last = (number, number) if isinstance(number, str) else number
    low, high = (Decimal(end) / 10000 for end in (first, last))
    below = str(meant["num"]) in {"19000.00", "400000.00"}  # 不到1.9万, 小于40万; but 近700万 is about
    return None if below else low, None if meant["definition"] == "blur+" else high, currency


def test_real_spellings_of_capital_and_rounds(shared: Path) -> None:
    """Every spelling that says an amount and its currency is read: 868,831 uses, 8,486 vague; the rest is asked."""
    results: Counter[str] = Counter()
    refused = set()
    with (shared / "data/text/money_string_patterns_real.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            text, count = row["example"], int(row["count"])
            if "\ufffd" in text or not re.search(r"[\d亿万]|未|^-$|N/A|nbsp", text):
                continue  # damaged characters, or a person's name in the wrong column
            try:
                money = read_money(text)
            except UnitMissingError:
                results["no unit"] += count
            except ValueRefusedError:
                results["refused"] += count
                refused.add(text)
            else:
                results["empty" if money is None else "vague" if money.vague else "read"] += count
    assert refused == {"亿元及以上其他", "8亿其他", "200万其他", "数千万其他", "数百万其他"}  # which currency?
    assert results["no unit"] == 862
    assert results["read"] == 868_831
    assert results["vague"] == 8_486


def test_numbers_in_words(shared: Path) -> None:
    """No number of Recognizers-Text is read as another one; fractions, powers and negative ones are not read."""
    cases = json.loads((shared / "data/text/recognizers_text/Number/Chinese/NumberModel.json").read_text("utf-8"))
    right = wrong = 0
    for found in (found for case in cases for found in case["Results"]):
        value = numeral(simplify(plain(found["Text"])).replace(" ", ""))
        if value is None or not re.fullmatch(r"[\d.E+-]+", found["Resolution"]["value"]):
            continue
        expected = Decimal(found["Resolution"]["value"])
        same = abs(value - expected) <= abs(expected) * Decimal("1e-14")
        right, wrong = right + same, wrong + (not same)
    assert (right, wrong) == (267, 0)


def test_dates_in_words(shared: Path) -> None:
    """No date of Recognizers-Text is read as another one; what says 之前 or 之后 is refused."""
    folder = shared / "data/text/recognizers_text/DateTime/Chinese"
    read = {}
    for name in ("DateParser", "DatePeriodParser", "MergedParser"):
        for case in json.loads((folder / f"{name}.json").read_text("utf-8")):
            for found in case["Results"]:
                value = found.get("Value")
                iso = value.get("Timex", "") if isinstance(value, dict) else ""
                if re.fullmatch(r"\d{4}(-\d\d){0,2}|\d{4}-[QH]\d", iso) and re.search(
                    r"(19|20)\d\d|二[〇零]", found["Text"]
                ):
                    read[found["Text"], iso] = _date(found["Text"])
    assert {(text, iso): got for (text, iso), got in read.items() if got not in {"", iso}} == {}
    assert sum(got != "" for got in read.values()) == 19


def _date(text: str) -> str:
    try:
        return str(read_date(text) or "")
    except ValueRefusedError:
        return ""


def test_the_cells_of_the_labelled_ledgers(shared: Path) -> None:
    """Every amount, area and figure of 40 ledgers is read as labelled, given the unit of its column."""
    seen: Counter[str] = Counter()
    wrong: list[tuple[str, str, object]] = []
    for path in sorted((shared / "data/ledgers_labelled/truth").glob("*.json")):
        for sheet in json.loads(path.read_text("utf-8"))["sheets"]:
            for table in sheet.get("tables") or ():
                _score_table(table, seen, wrong)
    assert wrong == []
    assert seen == {"money": 2567, "land": 427, "number": 474, "spaces": 198, "credit_code": 281, "phone": 327}


KINDS = (Kind.MONEY, Kind.LAND, Kind.NUMBER, Kind.SPACES, Kind.CREDIT_CODE, Kind.PHONE)


def _score_table(table: dict[str, object], seen: Counter[str], wrong: list[tuple[str, str, object]]) -> None:
    columns = {column["field"]: column for column in table["columns"] if column["field"]}  # type: ignore[attr-defined]
    for row in table["rows"]:  # type: ignore[attr-defined]
        for name, label in row["fields"].items():
            field = LEAD_FIELDS.get(name.partition(":")[0])
            text = row["raw"].get(columns[name]["column"]) if name in columns else None
            if field is None or field.kind not in KINDS or text is None:
                continue
            seen[field.kind.value] += 1
            if not _fits(_says(field, text, columns[name]["unit"]), label):
                wrong.append((name, text, label))


def _says(field: Field, text: str, unit: str | None) -> object:
    """Return what the cell says, or "asked"."""
    try:
        if field.kind is Kind.MONEY:
            return read_money(text, unit=unit)
        if field.kind is Kind.LAND:
            site = read_site(text, unit)
            return "asked" if site.question else read_land(text, unit=unit) if site.space is None else site.land
        return read_space(text, unit=unit or "㎡") if field.kind is Kind.SPACES else read_value(field, text)
    except ValueRefusedError:
        return "asked"


def _fits(says: object, label: object) -> bool:  # noqa: PLR0911  (one line for each shape of a label)
    low, high = getattr(says, "low", None), getattr(says, "high", None)
    if isinstance(label, dict):
        if "low" in label:
            ends = tuple(None if end is None else Decimal(end) for end in (label["low"], label["high"]))
            return (low, high) == ends and getattr(says, "approximate", None) is label["approx"]
        if "vague" in label:
            return bool(getattr(says, "vague", False))
        if "no_land" in label:
            return says == "asked" or (low, high) == (0, 0)
        if "value" in label:
            return says == "asked" or any(_fits(says, option) for option in (label["value"], *label.get("accept", ())))
        if "percent" in label:
            return low is not None and low * 100 == Decimal(label["percent"])
        figure = label.get("number") or label.get("m2")
        return says == "asked" if figure is None else low == Decimal(figure)
    if isinstance(label, list):
        return isinstance(says, str) and set(says.split("、")) == set(label)
    return says == label
