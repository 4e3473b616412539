"""``xiangtu fill``: a form for one lead, for several, by a condition; its marks listed."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm.commands.line import DONE, MENDABLE, run

LEADS = [
    {"code": "A-1", "name": "甲（虚构）", "annual_tax": "5000", "contact_phone": "13912345678"},
    {"code": "A-2", "name": "乙（虚构）", "annual_tax": "3000"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a database of two leads, a form of one lead, a form with a repeating row, a mapping."""
    (tmp_path / "leads.json").write_text(json.dumps(LEADS, ensure_ascii=False), encoding="utf-8")
    assert call(tmp_path, "import", "leads", str(tmp_path / "leads.json"))[0] == DONE
    for name, cells in (
        ("card", {"A1": "{{name}}", "B1": "{{annual_tax}}", "C1": "{{contact_phone}}"}),
        ("list", {"A1": "{{*number}}", "B1": "{{*name}}"}),
    ):
        book = openpyxl.Workbook()
        for cell, text in cells.items():
            book.worksheets[0][cell] = text
        book.save(tmp_path / f"{name}.xlsx")
    (tmp_path / "map.json").write_text(json.dumps({"D4": "annual_tax:亿元"}), encoding="utf-8")
    return tmp_path


def call(folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    out = StringIO()
    code = run(["--database", str(folder / "book.db"), "--json", *words], out=out, err=StringIO())
    document: dict[str, Any] = json.loads(out.getvalue())
    return code, document


def test_one_form_a_lead_with_a_cell_pointed_at(folder: Path) -> None:
    words = ("fill", str(folder / "card.xlsx"), "A-1", "乙（虚构）", "--to", str(folder / "out"))
    code, answer = call(folder, *words, "--map", str(folder / "map.json"))
    assert (code, answer["leads"], answer["masked"]) == (DONE, 2, 1)
    sheet = openpyxl.load_workbook(answer["files"][0]).worksheets[0]
    assert [sheet[cell].value for cell in ("A1", "B1", "C1", "D4")] == ["甲（虚构）", 5000, "139****5678", 0.5]
    assert answer["unknown"] == [{"lead": "A-2", "field": "contact_phone"}]


def test_one_workbook_with_a_row_a_lead_by_a_condition(folder: Path) -> None:
    form = str(folder / "list.xlsx")
    code, answer = call(folder, "fill", form, "--where", "annual_tax > 1000", "--to", str(folder / "out"))
    assert (code, len(answer["files"])) == (DONE, 1)
    rows = openpyxl.load_workbook(answer["files"][0]).worksheets[0].iter_rows(values_only=True)
    assert list(rows) == [(1, "甲（虚构）"), (2, "乙（虚构）")]
    assert call(folder, "fill", form, "--where", "annual_tax > 99999")[0] == MENDABLE


def test_without_a_lead_the_marks_are_listed(folder: Path) -> None:
    code, answer = call(folder, "fill", str(folder / "list.xlsx"))
    assert (code, [mark["text"] for mark in answer["marks"]]) == (DONE, ["{{*number}}", "{{*name}}"])


@pytest.mark.parametrize("more", [("A-9",), ("A-1", "--purpose", "会商"), ("A-1", "--map", "none.json")])
def test_what_is_wrong_is_told(folder: Path, more: tuple[str, ...]) -> None:
    code, answer = call(folder, "fill", str(folder / "card.xlsx"), *more, "--to", str(folder / "out"))
    assert (code, bool(answer["error"]["message"])) == (MENDABLE, True)
    assert not (folder / "out").exists()
