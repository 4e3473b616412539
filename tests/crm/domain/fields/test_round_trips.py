from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.fields.changes import changed_fields, same_value
from crm.domain.fields.reading import read_record, read_value
from crm.domain.fields.registry import RECORD_FIELDS, Field
from crm.domain.fields.writing import record_to_json, value_to_json, value_to_text
from tests.crm.domain.fields.strategies import ALL_FIELDS, values


@pytest.mark.parametrize("field", [field for _name, field in ALL_FIELDS], ids=[name for name, _field in ALL_FIELDS])
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_what_json_says_is_read_back_the_same(field: Field, data: st.DataObject) -> None:
    value = data.draw(values(field))
    document = json.loads(json.dumps(value_to_json(field, value), ensure_ascii=False, allow_nan=False))
    assert read_value(field, document) == value


@pytest.mark.parametrize("field", [field for _name, field in ALL_FIELDS], ids=[name for name, _field in ALL_FIELDS])
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_what_people_read_says_the_same_figures(field: Field, data: st.DataObject) -> None:
    value = data.draw(values(field))
    assert same_value(read_value(field, value_to_text(field, value)), value)


@pytest.mark.parametrize("kind", RECORD_FIELDS)
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_a_whole_record_makes_the_way_there_and_back(kind: str, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(list(RECORD_FIELDS[kind])), unique=True, max_size=6))
    record = {name: data.draw(values(RECORD_FIELDS[kind][name])) for name in names}
    document = record_to_json(kind, record)
    assert list(document) == list(RECORD_FIELDS[kind])
    again = read_record(kind, document)
    assert changed_fields(record, again) == []
    assert {name: value for name, value in again.items() if value is not None} == record
