"""Registry, columns and derived columns are one list."""

from __future__ import annotations

import pytest

from crm.database.derived import BOUNDED
from crm.domain.fields.registry import RECORD_FIELDS
from crm.models import RECORD_MODELS, RecordColumns, table_of


@pytest.mark.parametrize("kind", RECORD_FIELDS)
def test_every_field_has_its_column_and_every_column_its_field(kind: str) -> None:
    derived = {f"{name}_{side}" for name in BOUNDED[kind] for side in ("low", "high")}
    wanted = set(RecordColumns.model_fields) | set(RECORD_FIELDS[kind]) | derived
    assert {column.name for column in table_of(RECORD_MODELS[kind]).columns} == wanted


@pytest.mark.parametrize("kind", RECORD_FIELDS)
def test_a_change_needs_the_version_that_was_read(kind: str) -> None:
    mapper = RECORD_MODELS[kind].__mapper__  # type: ignore[attr-defined]
    assert mapper.version_id_col is table_of(RECORD_MODELS[kind]).c.version
