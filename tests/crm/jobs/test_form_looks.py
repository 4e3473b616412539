"""A form is looked at before it is filled; what was pointed at can be saved into a copy of it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from crm.domain.exchange.form_marks import mark_choices, mark_of
from crm.domain.imports.grid import Merge
from crm.errors import FileRefusedError, ValueRefusedError
from crm.jobs import finish
from crm.jobs.form_looks import look_at_form, save_marked
from crm.jobs.forms import marks_of


def form(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "登记表"
    sheet["A1"], sheet["A2"], sheet["B2"] = "项目登记表", "项目名称", "{{name}}"
    sheet["A3"] = "计划总投资（亿元）"
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B5:F6")
    book.create_sheet("说明")["A1"] = "填表说明"
    book.create_sheet("字典").sheet_state = "hidden"
    book.save(path)
    return path


def test_a_form_is_shown_with_its_sheets_merges_and_marks(tmp_path: Path) -> None:
    look = finish(look_at_form(form(tmp_path / "f.xlsx")))
    assert [sheet.name for sheet in look.sheets] == ["登记表", "说明"]
    assert look.sheets[0].rows[1][0] == "项目名称"
    assert set(look.sheets[0].merges) == {Merge(0, 0, 0, 2), Merge(4, 1, 5, 5)}
    assert look.marks == {"登记表!B2": "{{name}}"}


def test_a_copy_with_the_marks_is_the_same_form_for_the_command_line(tmp_path: Path) -> None:
    path, copy = form(tmp_path / "f.xlsx"), tmp_path / "marked.xlsx"
    before = path.read_bytes()
    save_marked(path, {"登记表!B3": "planned_investment:亿元", "登记表!C2": "*investor"}, copy)
    assert path.read_bytes() == before
    assert sorted(marks_of(copy)) == [
        ("登记表!B2", "{{name}}"),
        ("登记表!B3", "{{planned_investment:亿元}}"),
        ("登记表!C2", "{{*investor}}"),
    ]


def test_what_is_no_field_or_no_form_is_refused(tmp_path: Path) -> None:
    path = form(tmp_path / "f.xlsx")
    with pytest.raises(ValueRefusedError, match="没有的"):
        save_marked(path, {"登记表!B3": "没有的"}, tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()
    (tmp_path / "a.csv").write_text("a", encoding="utf-8")
    with pytest.raises(FileRefusedError):
        finish(look_at_form(tmp_path / "a.csv"))


def test_every_choice_is_a_mark_and_so_is_each_of_its_units() -> None:
    choices = mark_choices(2026)
    assert {"name", "space.研发", "tax_by_year.2026", "verdict", "today", "number"} <= {one.mark for one in choices}
    for one in choices:
        assert mark_of(one.mark).name == one.mark.partition(".")[0]
        for unit in one.units:
            assert mark_of(f"{one.mark}:{unit}").unit is not None
    assert next(one.units[0] for one in choices if one.mark == "annual_tax") == "万元"
