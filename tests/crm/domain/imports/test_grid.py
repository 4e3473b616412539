"""The grid that every reader fills and the importer reads."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crm.domain.imports.grid import (
    DAMAGED_FROM,
    Flaw,
    Flawed,
    Merge,
    Sheet,
    cell_name,
    column_letter,
    column_number,
    exact_number,
)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (2024.3, Decimal("2024.3")),
        (0.1 + 0.2, Decimal("0.3")),
        (4999.9999999999991, 5000),
        (5000.0, 5000),
        (-0.0, 0),
        (999999999999999.0, 999999999999999),
        (3.2050719900101126e17, Flawed(Flaw.DAMAGED, "320507199001011264")),
        (-1e15, Flawed(Flaw.DAMAGED, "-1000000000000000")),
        (1e-7, Decimal("1E-7")),
        (float("inf"), Flawed(Flaw.ERROR, "inf")),
    ],
)
def test_a_stored_number_becomes_the_number_people_see(stored: float, shown: object) -> None:
    value = exact_number(stored)
    assert value == shown
    assert type(value) is type(shown)


@given(some.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_no_decimal_of_a_ledger_changes_on_its_way_through_a_float(number: Decimal) -> None:
    assert exact_number(float(number)) == number


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_have_letters(column: int, letters: str) -> None:
    assert column_letter(column) == letters
    assert column_number(letters) == column
    assert cell_name(9, column) == f"{letters}10"


@pytest.mark.parametrize("letters", ["", "A1", "甲"])
def test_what_is_no_column_is_refused(letters: str) -> None:
    with pytest.raises(ValueError, match="not a column"):
        column_number(letters)


def test_a_sheet_knows_its_size_and_a_merge_its_cells() -> None:
    sheet = Sheet("Sheet1", [["项目", None, None], ["甲", 1, None]], merges=[Merge(0, 0, 0, 2)])
    assert (sheet.height, sheet.width) == (2, 3)
    assert Sheet("空", []).width == 0
    assert (0, 2) in sheet.merges[0]
    assert (1, 2) not in sheet.merges[0]
    assert DAMAGED_FROM == 10**15
