"""Slips of the unit put into the labelled ledgers, one at a time: what the guard finds, and what it imagines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.understanding import understand_workbook
from crm.domain.magnitudes.guard import SLIPS, Slip, other_reading, suspect
from crm.domain.quantities import Land, Money
from crm.workbooks.reading import read_workbook

BACK: Mapping[Slip, Slip] = {
    Slip.MORE: Slip.LESS,
    Slip.LESS: Slip.MORE,
    Slip.SQUARE_METRES: Slip.MU,
    Slip.MU: Slip.SQUARE_METRES,
}
"""What undoes each slip."""


def slips_found(folder: Path) -> str:
    """Return how many slips put into the ledgers of a folder are found, and how many figures are suspected falsely.

    A slip counts where its figure stands beside another one it can be measured by, or is out of all bounds alone.
    """
    records = list(_records(folder))
    false = sum(len(suspect(values)) for values in records)
    put = found = named = 0
    for values in records:
        for field, slip in _possible(values):
            wrong = {**values, field: other_reading(values[field], slip)}
            put += 1
            readings = suspect(wrong)
            found += bool(readings)
            named += any(each.field == field and each.slip is BACK[slip] for each in readings)
    return (
        f"slips of a unit: {put:,} put into {len(records):,} rows, {found / put:.3f} found, "
        f"{named / put:.3f} with the right other reading; {false} false alarms without any"
    )


def _possible(values: Mapping[str, Any]) -> Iterator[tuple[str, Slip]]:
    """Give the slips that can be put into a row whose figures can be measured by each other."""
    names = ("planned_investment", "fixed_investment", "annual_tax", "land")
    present = [name for name in names if _is_figure(values.get(name))]
    for field in present:
        if len(present) > 1:
            yield from ((field, slip) for slip in SLIPS[field])


def _is_figure(value: object) -> bool:
    return isinstance(value, Money | Land) and bool(value.low) and getattr(value, "currency", "CNY") == "CNY"


def _records(folder: Path) -> Iterator[Mapping[str, Any]]:
    for ledger in sorted(folder.glob("D*_*")):
        understood = understand_workbook(read_workbook(ledger).sheets, LEAD_FIELDS)
        for row in understood.rows:
            if row.record.fault is None:
                yield row.record.values
