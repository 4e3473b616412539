"""The ledgers in ../shared through the whole import: the three samples, a real registry, forty labelled ledgers."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crm.database import Database
from crm.errors import WorkbookError
from crm.jobs import finish
from crm.jobs.imports import Request, import_file

pytestmark = pytest.mark.shared

Import = Callable[..., dict[str, Any]]
SAMPLE_B = {
    "month:11月台账/L": "10",
    "area:高铁新城": "高铁新城",
    "area:高新区": "高新区",
    "area:经开区": "开发区",
    "area:度假区": "其他区域",
}
SAMPLE_C = {"area:高铁新城招商一科": "高铁新城", "area:高新区招商局": "高新区", "area:经开区招商局": "开发区"}


@pytest.fixture
def book(sqlite_url: str) -> Iterator[Database]:
    """Return a SQLite database of this test alone."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def imported(book: Database) -> Import:
    """Return what imports a file and gives its document."""

    def run(path: Path, *, dry_run: bool = False, answers: Mapping[str, str] | None = None) -> dict[str, Any]:
        return finish(import_file(book, Request("leads", path, "王", answers=answers), dry_run=dry_run))

    return run


def records(document: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {row["row"]: row["fields"] for row in document["rows"] if row["action"] != "skipped"}


def bounds(fields: Mapping[str, Any], name: str) -> tuple[str, str, str]:
    amount = fields[name]
    return amount["low"], amount["high"], amount.get("currency", amount["unit"])


def test_sample_a(imported: Import, shared: Path) -> None:
    document = imported(shared / "domain/samples/variant_A_weekly.xlsx")
    found = records(document)
    assert document["sheets"][0]["header_rows"] == [4]
    assert (sorted(found), document["counts"]["new"], document["counts"]["skipped"]) == ([5, 6, 7, 8, 9], 5, 6)
    assert {row: bounds(fields, "fixed_investment") for row, fields in found.items()} == {
        5: ("50000", "50000", "CNY"),
        6: ("200", "200", "USD"),
        7: ("50000", "80000", "CNY"),
        8: ("3000", "3000", "CNY"),
        9: ("12000", "12000", "EUR"),
    }
    assert {row: fields.get("land", {}).get("low") for row, fields in found.items()} == {
        5: "25", 6: "0", 7: "50", 8: None, 9: "30",
    }  # fmt: skip
    assert found[6]["space"]["厂房"]["low"] == "2500"
    assert found[7]["land"]["phase1"] == "20"
    assert (found[5]["fixed_investment"]["approx"], found[5]["land"]["approx"]) == (True, True)
    assert [question["key"] for question in document["questions"]] == ["area:漕湖"]
    notes = {row["row"]: " ".join(row.get("notes", ())) for row in document["rows"]}
    assert "2024-03" in notes[6]
    assert "2024-03" in notes[9]
    assert "未填" in notes[8]


def test_sample_b(imported: Import, shared: Path) -> None:
    document = imported(shared / "domain/samples/variant_B_ledger.xlsx", answers=SAMPLE_B)
    [sheet] = document["sheets"]
    assert sheet["header_rows"] == [3, 4]
    units = {column["header"]: (column["unit"], column["inferred"]) for column in sheet["columns"]}
    assert units["投资额/总投资（亿元）"] == ("亿元", False)
    assert units["投资额/其中：固定资产"] == ("亿元", True)
    assert sheet["unmapped"] == ["预计效益/亩均税收"]
    assert len(sheet["sums"]) == 10
    assert all(check["holds"] for check in sheet["sums"])
    found = records(document)
    assert [found[row]["stage"] for row in (6, 7, 8, 11, 12)] == ["signed"] * 3 + ["negotiation"] * 2
    dates = [("signed_on", 6), ("registered_on", 6), ("started_on", 6), ("signed_on", 7), ("registered_on", 7)]
    assert [found[row][name] for name, row in dates] == ["2024-03", "2024-05", "2025-03-15", "2024-03-15", "2024-03-15"]
    assert (found[7]["started_on"], found[8]["signed_on"]) == ("2025-H2", "2024-10")


def test_sample_c(imported: Import, shared: Path) -> None:
    document = imported(shared / "domain/samples/variant_C_export.xlsx", answers=SAMPLE_C)
    found = records(document)
    assert bounds(found[2], "land") == ("25.0005", "25.0005", "亩")
    assert ("credit_code" in found[3], bounds(found[3], "registered_capital")) == (False, ("200", "200", "USD"))
    assert (found[3]["land"]["low"], found[4]["land"]["low"]) == ("0", "37.5")
    assert bounds(found[4], "planned_investment") == ("65000", "65000", "CNY")
    row = next(row for row in document["rows"] if row["row"] == 3)
    assert any("应为 3" in note for note in row["notes"])
    assert [question["kind"] for question in document["questions"]] == ["same_heading"]


def test_a_real_registry_of_202_companies(imported: Import, shared: Path) -> None:
    path = shared / "data/companies/xiangcheng_companies_registry.csv"
    held = imported(path, dry_run=True)
    assert (held["counts"]["data"], held["counts"]["new"], held["counts"]["held"]) == (
        202,
        200,
        2,
    )  # two rows stand twice
    document = imported(path, answers={"duplicates": "new"})
    assert (document["counts"]["new"], document["counts"]["doubtful"]) == (202, 2)
    assert sum("credit_code" in fields for fields in records(document).values()) == 200
    again = imported(path, answers={"duplicates": "new"})
    assert (again["batch"], again["counts"]["same"]) == (None, 202)


@pytest.mark.parametrize("name", ["neeq.xlsx", "台账.xlsx", "nbs_renjiyi/一般公共预算等.xls"])
def test_a_workbook_that_is_no_list_of_projects_is_refused_with_the_reason(
    imported: Import, shared: Path, name: str
) -> None:
    with pytest.raises(WorkbookError, match="没有找到名称列"):
        imported(shared / "data/workbooks" / name)


def test_land_deals_with_a_shifted_heading_give_sensible_rows(imported: Import, shared: Path) -> None:
    document = imported(shared / "data/workbooks/landchina_2007_01/2007年01月.xls", dry_run=True)
    found = records(document)
    assert len(found) == 90
    assert bounds(found[2], "land") == ("10.7205", "10.7205", "亩")
    assert "industry" not in found[2]  # its heading stands over the years of use: the column beside it has none


def _score(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "data/ledgers_labelled/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["score"] = importlib.util.module_from_spec(spec)  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def test_forty_labelled_ledgers(imported: Import, shared: Path) -> None:
    folder = shared / "data/ledgers_labelled"
    documents = {
        path.stem: (
            json.loads(path.read_text(encoding="utf-8")),
            imported(next(folder.glob(f"{path.stem}_*")), dry_run=True),
        )
        for path in sorted((folder / "truth").glob("*.json"))
    }
    score = _score(shared).score_all(documents)
    shares = {what: score.right[what] / score.total[what] for what in score.total}
    assert min(shares[what] for what in ("header rows", "columns mapped", "unknown columns left alone")) > 0.98
    assert min(shares[what] for what in ("amounts", "land and floor areas", "dates", "credit codes", "stages")) > 0.99
    mishaps = ("grave wrong mappings", "rows lost", "rows invented", "vague made exact", "question answered by a guess")
    assert [score.counts[what] for what in mishaps] == [0] * 5
