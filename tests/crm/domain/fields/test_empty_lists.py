"""A list said to be empty is not an unknown one: a community without any ability is known to have none."""

from __future__ import annotations

import pytest

from crm.domain.fields.reading import read_record
from crm.domain.fields.writing import record_to_json


@pytest.mark.parametrize("name", ["environment", "international", "platforms", "fields"])
def test_an_empty_list_stays_one(name: str) -> None:
    record = read_record("communities", {name: []})
    assert record == {name: ()}
    assert record_to_json("communities", record, unknown=False) == {name: []}


@pytest.mark.parametrize("given", [None, "", "待补录"])
def test_what_says_nothing_is_unknown(given: str | None) -> None:
    assert read_record("communities", {"environment": given}) == {"environment": None}
