"""What ``--map`` may say, and what is refused."""

from __future__ import annotations

import pytest

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.said import read_said
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
