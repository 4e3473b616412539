"""What ``--map`` may say, and what is refused."""

from __future__ import annotations

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.said import read_heading_rows, read_said, rows_named
from crm.errors import ValueRefusedError


def test_a_heading_may_be_a_field_a_field_with_a_unit_an_entry_or_nothing() -> None:
    said = read_said(
        {"体量（大概）": {"field": "planned_investment", "unit": "亿元"}, "面积": "space.厂房", "备注2": None},
        LEAD_FIELDS,
    )
    volume = said["体量(大概)"]
    assert (volume.field, volume.unit and volume.unit.word) == ("planned_investment", "亿元")
    assert (said["面积"].field, said["面积"].part, said["备注2"].field) == ("space", "厂房", None)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (["name"], "JSON对象"),
        ({"体量": "volume"}, "planned_investment"),
        ({"税": {"field": "annual_tax", "unit": "亩"}}, "亩"),
        ({"面积": "space"}, "space.厂房"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(document: object, says: str) -> None:
    with pytest.raises(ValueRefusedError, match=says):
        read_said(document, LEAD_FIELDS)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("3", {"": (2,)}),
        ("3-4", {"": (2, 3)}),
        ("台账=3～5", {"台账": (2, 3, 4)}),
        ("a=b = 2 - 3", {"a=b": (1, 2)}),
    ],
)
def test_heading_rows_are_counted_as_people_do(text: str, rows: dict[str, tuple[int, ...]]) -> None:
    assert read_heading_rows([text]) == rows


@pytest.mark.parametrize("text", ["", "0", "三", "4-3", "1-5", "台账=", "1.5"])
def test_other_words_are_no_heading_rows(text: str) -> None:
    with pytest.raises(ValueRefusedError, match="表头行"):
        read_heading_rows([text])


def test_the_rows_of_a_sheet_go_before_those_of_all() -> None:
    named = read_heading_rows(["2", "台账=3"])
    assert (rows_named(named, "台账"), rows_named(named, "周报"), rows_named(None, "周报")) == ((2,), (1,), ())
