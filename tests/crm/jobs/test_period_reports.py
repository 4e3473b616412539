from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import text

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.domain.statistics.periods import read_period
from crm.errors import FileRefusedError, ValueRefusedError
from crm.jobs.period_reports import freeze_period, period_facts, print_period
from crm.queries.dossiers import Paper
from crm.queries.history import PRINTED, change_sets
from crm.services.history import revert
from crm.services.records import create, update
from reports.period_report import compose_period_report

NOVEMBER = read_period("2026-11")
AFTER = date(2026, 12, 2)
LEADS: tuple[Mapping[str, object], ...] = (
    {"name": "甲项目", "signed_on": "2026-11-03", "planned_investment": "5亿元", "area": "高新区", "country": "中国"},
    {"name": "乙项目", "signed_on": "2026-03", "planned_investment": "200万美元", "area": "开发区", "country": "德国"},
    {"name": "丙项目", "signed_on": "2026", "planned_investment": "1-2亿元"},
)


def fill(database: Database) -> list[int]:
    with database.write(by="李", why="登记") as session:
        return [create(session, "leads", read_record("leads", each)).id for each in LEADS]


def printed(content: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def test_every_count_is_what_the_database_says(database: Database) -> None:
    fill(database)
    signed = next(
        one for one in period_facts(database, NOVEMBER, AFTER, Paper()).report.progress if one.milestone == "signed_on"
    )
    between = (
        "SELECT count(*), sum(planned_investment_low) FROM leads WHERE signed_on_low >= :a AND signed_on_high <= :b"
    )
    with database.read() as session:
        rows = {
            name: session.connection().execute(text(between), {"a": first, "b": 20261130}).one()
            for name, first in (("here", 20261101), ("year", 20260101))
        }
    assert (signed.here.projects, signed.here.amount * 10_000) == tuple(rows["here"])
    assert (signed.year.projects, signed.year.amount * 10_000) == tuple(rows["year"])
    assert (signed.here.projects, signed.year.projects, signed.unclear) == (1, 2, 1)
    assert signed.year.foreign_projects == 1


def test_a_frozen_report_keeps_its_figures_and_tells_what_was_corrected(database: Database, tmp_path: Path) -> None:
    ids = fill(database)
    freeze_period(database, NOVEMBER, AFTER, "李")
    before = period_facts(database, NOVEMBER, AFTER, Paper())
    with database.write(by="王", why="更正签约时间") as session:
        update(session, "leads", ids[2], read_record("leads", {"signed_on": "2026-11-20"}))
    after = period_facts(database, NOVEMBER, date(2027, 1, 5), Paper("苏州市相城区投资促进局"))
    assert after.report == before.report
    told = {(one.milestone, one.column): (one.frozen, one.now) for one in after.corrections}
    assert told["signed_on", "here"] == (1, 2)
    target = tmp_path / "月报.pdf"
    done = print_period(database, after, compose_period_report, target, "李")
    words = printed(target.read_bytes())
    assert "李于2026年12月2日冻结" in words
    assert "冻结后更正：签约项目本期冻结时1个、现为2个" in words
    assert "签约项目150,000+12" in words
    with database.read() as session:
        assert next(each.kind for each in change_sets(session)) == PRINTED
    assert done.pages == len(PdfReader(target).pages)


def test_a_period_is_frozen_once_and_not_before_its_end(database: Database) -> None:
    fill(database)
    with pytest.raises(ValueRefusedError, match="2026-11-30"):
        freeze_period(database, NOVEMBER, date(2026, 11, 29), "李")
    freeze_period(database, NOVEMBER, AFTER, "李")
    with pytest.raises(ValueRefusedError, match="李"):
        freeze_period(database, NOVEMBER, AFTER, "王")


def test_freezing_can_be_taken_back_and_the_history_keeps_both(database: Database) -> None:
    fill(database)
    freeze_period(database, NOVEMBER, AFTER, "李")
    with database.read() as session:
        number = change_sets(session)[0].id
    with database.write(by="王", why="数字有误，重新冻结", kind="undo", undoes=number) as session:
        revert(session, number)
    assert period_facts(database, NOVEMBER, AFTER, Paper()).frozen_on is None
    freeze_period(database, NOVEMBER, AFTER, "王")
    assert period_facts(database, NOVEMBER, AFTER, Paper()).frozen_by == "王"


def test_an_empty_book_prints_an_empty_report(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "周报.pdf"
    print_period(
        database, period_facts(database, read_period("2026-W47"), AFTER, Paper()), compose_period_report, target, "李"
    )
    words = printed(target.read_bytes())
    assert "2026年第47周（11月16日至11月22日）" in words
    assert "今年尚无签约项目" in words


def test_the_workbook_holds_the_same_figures_as_numbers(database: Database, tmp_path: Path) -> None:
    fill(database)
    target = tmp_path / "月报.xlsx"
    print_period(database, period_facts(database, NOVEMBER, AFTER, Paper()), compose_period_report, target, "李")
    rows = {
        row[0]: row[1:] for row in openpyxl.load_workbook(target)["推进情况"].iter_rows(min_row=4, values_only=True)
    }
    assert rows["签约项目"] == (1, 50_000, 1, 2, 50_000, 2, 50_000, 1, 0)
    assert rows["开工项目"][:2] == (0, None)


def test_a_report_goes_into_a_pdf_only(database: Database, tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError):
        print_period(
            database,
            period_facts(database, NOVEMBER, AFTER, Paper()),
            compose_period_report,
            tmp_path / "月报.txt",
            "李",
        )
