"""Forms of one project, labels beside what is filled in (项目名称 | 某项目 | 投资方 | 某公司): they are no ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm.domain.fields.registry import Field
from crm.domain.imports.grid import Sheet
from crm.domain.imports.headers import Column
from crm.domain.imports.kinds import naming
from crm.domain.imports.labels import field_of_label
from crm.domain.imports.tables import Table
from crm.domain.imports.texts import plain
from crm.domain.imports.units import split_unit
from crm.domain.imports.vocabulary import cleaned, meaning_of

LEAST_LABELS = 2
"""Labels that must stand where a ledger has the names of projects."""


def is_form(sheet: Sheet, table: Table, columns: Sequence[Column], fields: Mapping[str, Field]) -> bool:
    """Return whether what was taken for a table is a form: under its first label stand more labels, and no names."""
    name = next((column.index for column in columns if column.field in naming(fields)), None)
    if name is None:
        return False
    cells = [sheet.rows[row][name] for row in range(table.first, table.last + 1)]
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    labels = {field for text in texts if (field := _field_of(text, fields))}
    return len(labels) >= LEAST_LABELS and len(labels) * 2 >= len(texts)


def _field_of(text: str, fields: Mapping[str, Field]) -> str:
    """Return the field that a text is a label of; "" where it is none."""
    word = cleaned(split_unit(plain(text).rstrip(":"))[0])
    meaning = meaning_of(word)
    told = meaning.field if meaning is not None and meaning.exact and meaning.field in fields else None
    return field_of_label(fields, word) or told or ""
