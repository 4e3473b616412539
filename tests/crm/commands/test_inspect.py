"""``xiangtu inspect``: what a ledger says of itself, on a terminal, for scripts, on one page; no database is made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from crm.commands.line import DONE, MENDABLE, run
from main import doors

HEAD = [
    "序号",
    "项目名称",
    "投资方",
    "统一社会信用代码",
    "总投资（亿元）",
    "用地（亩）",
    "税收（万元）",
    "片区",
    "签约时间",
    "联系电话",
]
ROWS: list[list[object]] = [
    [
        1,
        "甲光电产业园（虚构）",
        "澄光光电（虚构）",
        "91320507MA9XC00178",
        5.2,
        25,
        5000,
        "高铁新城",
        "2026-03-15",
        None,
    ],
    [2, "乙新材料（虚构）", "澄新材料（虚构）", "91320507MA9XC00179", 3, 30, 2000, "开发区", 2024.1, None],
    [3, "甲光电产业园（虚构）", "澄光光电（虚构）", "91320507MA9XC00178", 5.2, 25, 5000, "高铁新城", None, None],
    [4, "丙生物（虚构）", "澄生物（虚构）", None, "约5亿", "待定", "#N/A", "漕湖", None, None],
    [5, "𠮷田精密（虚构）", "𠮷田（虚构）", None, 1, 0, 600, "高新区", None, None],
]


def ledger(path: Path, rows: Sequence[Sequence[object]] = ROWS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "11月台账"
    for row in [["2026年11月招商项目台账"], HEAD, *rows, ["合计", None, None, None, 99, 80, 12600]]:
        sheet.append(list(row))
    book.save(path)
    return path


def inspect(*words: str) -> tuple[int, str]:
    out = StringIO()
    code = run(["inspect", *words], doors(), out=out, err=StringIO())
    return code, out.getvalue()


def document(*words: str) -> dict[str, Any]:
    code, text = inspect("--json", *words)
    assert code == DONE
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make sure that a database, if one were made, would be seen."""
    monkeypatch.setenv("XIANGTU_DATABASE", str(tmp_path / "never.db"))


def test_everything_that_is_wrong_is_found_with_its_place(tmp_path: Path) -> None:
    found = document(str(ledger(tmp_path / "a.xlsx")), "--on", "2026-11-28")
    assert found["rows"] == 5
    verdicts = {one["row"]: (one["verdict"], one["critical"]) for one in found["judged"]}
    assert verdicts == {
        3: ("met", True),
        4: ("not_met", False),
        5: ("met", True),
        6: ("incomplete", False),
        7: ("not_applicable", False),
    }
    assert (found["verdicts"]["met"], found["verdicts"]["not_met"], found["critical"]) == (2, 1, 2)
    assert found["slips"] == []
    [twins] = found["duplicates"]
    assert (twins["a"]["row"], twins["b"]["row"], twins["likelihood"]) == (3, 5, "certain")
    [code] = found["credit_codes"]
    assert (code["cell"], code["name"]) == ("D4", "乙新材料（虚构）")
    assert {one["cell"] for one in found["doubtful"]} == {"I4", "G6", "H6"}
    [total] = found["sums"]
    assert (total["cell"], total["field"], total["stated"]) == ("E8", "planned_investment", "99")
    missing = {one["field"]: (one["rows"], one["column"]) for one in found["missing"]}
    assert (missing["annual_tax"], missing["contact_phone"], missing["industry"]) == ((1, True), (5, True), (5, False))
    assert {question["kind"] for question in found["questions"]} == {"month", "area"}
    assert not (tmp_path / "never.db").exists()


def test_a_slip_of_a_unit_is_told_with_both_readings(tmp_path: Path) -> None:
    rows = [[1, "甲光电（虚构）", "澄光（虚构）", None, 52000, 25, 5000, "高铁新城", None, None]]  # 万元 under 亿元
    [slip] = document(str(ledger(tmp_path / "a.xlsx", rows)))["slips"]
    assert (slip["cell"], slip["field"], slip["slip"]) == ("E3", "planned_investment", "ten_thousand_less")
    assert (slip["stated"], slip["other"]) == ("52,000亿元", "5.2亿元")


def test_an_answer_is_taken_as_an_import_takes_it(tmp_path: Path) -> None:
    path = str(ledger(tmp_path / "a.xlsx"))
    found = document(path, "--answer", "area:漕湖=开发区", "--on", "2026-11-28")
    assert next(one["missing"] for one in found["judged"] if one["row"] == 6).count("area") == 0
    assert inspect(path, "--answer", "area:漕湖=月球")[0] == MENDABLE


def test_the_text_names_cells_and_counts(tmp_path: Path) -> None:
    code, text = inspect(str(ledger(tmp_path / "a.xlsx")), "--on", "2026-11-28")
    assert code == DONE
    for said in ("共5条线索", "达标2条", "疑似重复1对", "D4", "G6", "第4行", "不达标", "表中所填", "待确认问题2个"):
        assert said in text


def test_the_page_is_one_page_whatever_the_ledger(tmp_path: Path) -> None:
    many = [[place, f"{ROWS[place % 5][1]}{place % 40}号", *ROWS[place % 5][2:]] for place in range(400)]
    for name, rows in (("a", ROWS), ("b", many)):
        path = ledger(tmp_path / f"{name}.xlsx", rows)
        found = document(str(path), "-o", str(tmp_path / f"{name}.pdf"), "--on", "2026-11-28")
        reader = PdfReader(BytesIO((tmp_path / f"{name}.pdf").read_bytes()))
        assert (found["pages"], len(reader.pages)) == (1, 1)
        text = "".join(page.extract_text() for page in reader.pages)
        assert "台账体检单" in text
        assert "疑似重复" in text
    assert len(found["duplicates"]) > 100


def test_what_cannot_be_looked_at_is_told(tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx")
    (tmp_path / "no.pdf").write_bytes(b"SQLite format 3")
    for words, said in (
        ((str(tmp_path / "none.xlsx"),), "none.xlsx"),
        ((str(path), "--sheet", "没有"), "没有"),
        ((str(path), "-o", str(tmp_path / "a.txt")), ".pdf"),
        ((str(path), "-o", str(tmp_path / "no.pdf")), "未覆盖"),
    ):
        err = StringIO()
        assert run(["inspect", *words], doors(), out=StringIO(), err=err) == MENDABLE
        assert said in err.getvalue()
    empty = openpyxl.Workbook()
    empty.worksheets[0].append(["甲", "乙"])
    empty.save(tmp_path / "b.xlsx")
    assert inspect(str(tmp_path / "b.xlsx"))[0] == MENDABLE


def test_nothing_of_a_database_is_imported() -> None:
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    said = (
        "import crm.jobs.inspections, sys; print([n for n in sys.modules if n.startswith(('sqlalchemy', 'sqlmodel'))])"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
