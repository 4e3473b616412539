"""The table of GB/T 4754 and the edition of a code."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crm.domain.sectors.standard import read_sector_code, section_of, sector_codes, sector_name
from crm.errors import ValueRefusedError


def test_a_code_is_read_as_people_write_it() -> None:
    for text in ("C39", "c39", "39", "Ｃ３９", " C 39 ", "39计算机、通信和其他电子设备制造业"):
        code = read_sector_code(text)
        assert (code.digits, code.section, code.edition) == ("39", "C", 2017)
        assert code.name_2017 == "计算机、通信和其他电子设备制造业"


@pytest.mark.parametrize("text", ["", "C", "9", "39711", "软件", "C99", "0000"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_sector_code(text)


def test_a_letter_of_another_section_is_refused_with_the_right_one() -> None:
    with pytest.raises(ValueRefusedError, match="C"):
        read_sector_code("D39")


def test_a_code_of_2011_is_recognised_and_not_converted() -> None:
    open_one = read_sector_code("3963")
    assert (open_one.edition, open_one.name_2017, open_one.name_2011) == (None, "智能无人飞行器制造", "集成电路制造")
    assert open_one.remark is not None
    assert open_one.remark.code == "edition_open"
    older = read_sector_code("3963", name="集成电路制造")
    assert (older.digits, older.edition) == ("3963", 2011)
    assert read_sector_code("3963 智能无人飞行器制造").edition == 2017
    gone = read_sector_code("6510")
    assert (gone.edition, gone.name_2017, gone.name_2011) == (2011, None, "软件开发")


def test_every_division_has_its_section() -> None:
    divisions = [code for code, _name in sector_codes() if len(code) == 2]
    assert len(divisions) == 97
    assert {section_of(code) for code in divisions} == set("ABCDEFGHIJKLMNOPQRST")
    assert all(sector_name(code[:3]) for code, _name in sector_codes() if len(code) == 4)


@pytest.mark.shared
def test_the_table_agrees_with_an_independent_one(shared: Path) -> None:
    with (shared / "data/codes/gbt4754_2017_merged.csv").open(encoding="utf-8") as file:
        other = {row["code"]: row["name"].strip() for row in csv.DictReader(file) if row["code"].isdigit()}
    assert dict(sector_codes()) == other
