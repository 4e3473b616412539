"""The report of a month worked out once more from the rows of the ledger, by code that shares nothing with ours.

Every figure of every table on the page is compared, to the last digit; parts are added to their wholes.
"""

from __future__ import annotations

import io
import random
from calendar import monthrange
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.domain.statistics.periods import read_period
from crm.jobs.period_reports import period_facts, print_period
from crm.queries.dossiers import Paper
from crm.services.records import create
from reports.content import Heading, Table
from reports.period_report import compose_period_report, period_document

STEPS = {
    "first_reported_at": "新增线索",
    "signed_on": "签约项目",
    "registered_on": "注册企业",
    "started_on": "开工项目",
    "production_on": "投产项目",
}
AREAS = ("高铁新城", "高新区", "开发区", "其他区域")
INDUSTRIES = ("人工智能", "生物医药", "新材料", "光电信息")
MONTH = (2026, 11)
Row = dict[str, str]


def ledger() -> list[Row]:
    """Return sixty rows as an officer types them: days, months, years, ranges, dollars, blanks."""
    chance = random.Random(611)  # noqa: S311  (the same rows each time)
    rows = []
    for number in range(60):
        row = {"code": f"XT-2026-{number + 1:04d}", "name": f"项目{number + 1}（虚构）"}
        day = date(2025, 6, 1).toordinal() + chance.randrange(300)
        for step in list(STEPS)[: chance.randrange(1, 6)]:
            on = date.fromordinal(day)
            form = chance.choice(("%Y-%m-%d",) * 4 + ("%Y-%m", "%Y"))
            row[step] = f"{on:%Y-%m-%d}" if step == "first_reported_at" else f"{on:{form}}"
            day += chance.randrange(10, 160)
        row["stage"] = ("lead", "signed", "registered", "started", "production")[len(row) - 3]
        row |= {
            "status": chance.choice(("active",) * 5 + ("paused",)),
            "owner": chance.choice(("刘某", "周某", "吴某")),
        }
        for name, values in (("area", AREAS), ("industry", INDUSTRIES), ("country", ("中国", "德国", "中国香港"))):
            if chance.random() < 0.85:
                row[name] = chance.choice(values)
        row["planned_investment"] = chance.choice(
            (f"{chance.randrange(1, 90)}000万元", f"{chance.randrange(1, 30)}亿元", "300万美元", "", "1-2亿元")
        )
        rows.append({name: value for name, value in row.items() if value})
    return rows


def days(text: str) -> tuple[date, date]:
    """Return the first and the last day a date can mean."""
    parts = [int(part) for part in text.split("-")]
    first, last = parts[1] if len(parts) > 1 else 1, parts[1] if len(parts) > 1 else 12
    if len(parts) > 2:
        return date(*parts), date(*parts)
    return date(parts[0], first, 1), date(parts[0], last, monthrange(parts[0], last)[1])


def wan(row: Row) -> int | None:
    """Return the planned investment in 万元, the lower end of a range; None for none or another currency."""
    text = row.get("planned_investment", "").removesuffix("元")
    if not text or "美" in text:
        return None
    figure, unit = text[:-1].split("-")[0], text[-1]
    return int(figure) * (10_000 if unit == "亿" else 1)


def within(rows: list[Row], step: str, first: date, last: date) -> list[Row]:
    return [row for row in rows if step in row and first <= days(row[step])[0] and days(row[step])[1] <= last]


def amount(rows: list[Row]) -> str:
    known = [each for each in map(wan, rows) if each is not None]
    return f"{sum(known):,}" if known else "—"


def share(part: int, whole: int) -> str:
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


@pytest.fixture
def book(database: Database) -> Database:
    with database.write(by="李", why="登记") as session:
        for row in ledger():
            given = {**row, "industries": None}
            create(session, "leads", read_record("leads", {name: value for name, value in given.items() if value}))
    return database


def tables(database: Database) -> dict[str, list[list[str]]]:
    """Return every table of the report by the heading it stands under, its cells as printed."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for block in period_document(period_facts(database, read_period("2026-11"), date(2026, 12, 1), Paper())).blocks:
        if isinstance(block, Heading):
            heading = block.text.partition("、")[2] or block.text
        elif isinstance(block, Table):
            rows = [["".join(word.text for word in cell.words) for cell in row] for row in block.rows[block.heads :]]
            found.setdefault(heading, []).extend(rows)
    return found


def test_progress_is_what_the_ledger_says(book: Database) -> None:
    rows, first, last = ledger(), date(2026, 11, 1), date(2026, 11, 30)
    printed = {row[0]: row[1:] for row in tables(book)["推进情况"]}
    for step, name in STEPS.items():
        here = within(rows, step, first, last)
        before = within(rows, step, date(2026, 10, 1), date(2026, 10, 31))
        year = within(rows, step, date(2026, 1, 1), last)
        ever = [row for row in rows if step in row and days(row[step])[1] <= last]
        moved = len(here) - len(before)
        told = f"+{moved}" if moved > 0 else f"−{-moved}" if moved else "0"
        expected = [str(len(here)), amount(here), told, str(len(year)), amount(year), str(len(ever)), amount(ever)]
        assert printed[name] == expected, name
    assert any(int(each[0]) for each in printed.values())
    assert any(each[2] != "0" for each in printed.values())


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("按内外资", lambda row: {"中国": "内资", None: "待补充"}.get(row.get("country"), "外资")),
        ("按主要产业", lambda row: row.get("industry", "待补充")),
        ("按片区", lambda row: row.get("area", "待补充")),
    ],
)
def test_the_year_by_kind_is_what_the_ledger_says_and_adds_up(book: Database, heading: str, value: object) -> None:
    assert callable(value)
    signed = within(ledger(), "signed_on", date(2026, 1, 1), date(2026, 11, 30))
    groups: dict[str, list[Row]] = {}
    for row in signed:
        groups.setdefault(value(row), []).append(row)
    known = sum(len(group) for name, group in groups.items() if name != "待补充")
    *parts, whole = tables(book)[heading]
    expected = {
        name: [str(len(group)), share(len(group), known) if name != "待补充" else "—", amount(group)]
        for name, group in groups.items()
    }
    assert {row[0]: row[1:] for row in parts} == expected
    assert len(parts) > 2
    assert whole == ["合计", str(len(signed)), "100.0%", amount(signed)]
    assert sum(int(row[1]) for row in parts) == int(whole[1])
    assert f"{sum(int(row[3].replace(',', '')) for row in parts if row[3] != '—'):,}" == whole[3]


@pytest.mark.parametrize(
    ("heading", "reached", "missing"),
    [("已签约未开工", "signed_on", "started_on"), ("已开工未投产", "started_on", "production_on")],
)
def test_what_waits_is_what_the_ledger_says(book: Database, heading: str, reached: str, missing: str) -> None:
    last = date(2026, 11, 30)

    def waits(row: Row) -> bool:
        later = missing in row and days(row[missing])[1] <= last
        return reached in row and days(row[reached])[1] <= last and not later and row["status"] == "active"

    waiting = [row for row in ledger() if waits(row)]
    sizes = {row["code"]: -1 if (size := wan(row)) is None else size for row in waiting}
    waiting.sort(key=lambda row: (-sizes[row["code"]], days(row[reached]), row["code"]))
    printed = tables(book)[heading]
    assert [row[0] for row in printed] == [row["code"] for row in waiting[:10]]
    assert [int(row[5]) for row in printed] == [(last - days(row[reached])[1]).days for row in waiting[:10]]
    assert len(waiting) > 2


def test_officers_and_trend_are_what_the_ledger_says(book: Database) -> None:
    rows, first, last = ledger(), date(2026, 11, 1), date(2026, 11, 30)
    counts = {
        step: Counter(row["owner"] for row in within(rows, step, first, last))
        for step in ("first_reported_at", "signed_on", "started_on")
    }
    told = tables(book)
    for row in told.get("责任人情况", []):
        assert [int(row[1]), int(row[4]), int(row[5])] == [counts[step][row[0]] for step in counts]
    assert {row[0] for row in told.get("责任人情况", [])} == set().union(*counts.values())
    months = [(2025, 12), *((2026, month) for month in range(1, 12))]
    for (year, month), row in zip(months, told["趋势"], strict=True):
        ends = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        expected = [
            len(within(rows, step, *ends)) for step in ("first_reported_at", "signed_on", "started_on", "production_on")
        ]
        assert [row[0], *map(int, row[1:])] == [f"{year}-{month:02d}", *expected]


def test_the_page_has_every_cell(book: Database, tmp_path: Path) -> None:
    facts = period_facts(book, read_period("2026-11"), date(2026, 12, 1), Paper())
    target = tmp_path / "月报.pdf"
    print_period(book, facts, compose_period_report, target, "李")
    pages = PdfReader(io.BytesIO(target.read_bytes())).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for rows in tables(book).values():
        for row in rows:
            assert "".join("".join(row).split()) in text
