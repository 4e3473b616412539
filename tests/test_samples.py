"""The shipped samples are what the script makes: nobody edits them by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from stdnum.cn import uscc

from tests import make_samples


def test_the_shipped_samples_are_what_the_script_makes(tmp_path: Path) -> None:
    for made in make_samples.write(tmp_path):
        shipped = make_samples.FOLDER / made.name
        if made.suffix == ".json":
            assert made.read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")
        else:
            assert _cells(made) == _cells(shipped)


def _cells(path: Path) -> dict[str, object]:
    sheet = load_workbook(path).worksheets[0]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


@pytest.mark.parametrize("number", [101, 107, 110])
def test_fictional_credit_codes_are_valid_in_form(number: int) -> None:
    assert uscc.is_valid(make_samples.credit_code(number))
