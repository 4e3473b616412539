"""One cell of a block as it is copied: an exact figure as a number in the unit of its head, a day as Excel reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm.domain.fields.masking import masked
from crm.domain.fields.registry import RECORD_FIELDS
from crm.jobs.export_cells import cell


def cell_of(kind: str, name: str, values: Mapping[str, Any]) -> str:
    """Return the text of a field; contacts masked, as the list shows them."""
    field = RECORD_FIELDS[kind][name]
    value = cell(field, values.get(name), values)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    text = value.isoformat() if isinstance(value, date) else str(value)
    return masked(field, text)
