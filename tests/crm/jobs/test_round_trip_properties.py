"""Whatever records, whatever is done to the sheet: exactly the edited cells are changes, nothing else is."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.database.chain import Head
from crm.domain.companies.duplicates import DuplicateIndex
from crm.domain.exchange.marks import Mark
from crm.domain.fields.changes import same_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.grid import CellValue, Sheet
from crm.domain.imports.keyed import Edit, Edits, find_keyed
from crm.domain.imports.plan import PlannedRow
from crm.domain.imports.planner import plan_rows
from crm.domain.imports.understanding import understand_workbook
from crm.domain.quantities import Land, Money, Space
from crm.domain.thresholds.ground import Ground
from crm.jobs.export_cells import release
from crm.jobs.exports import Order, _Gathered, _sheet
from crm.jobs.round_trips import compare_row, exported_columns
from crm.workbooks.ledgers import LedgerSheet, Toned
from crm.workbooks.reading import read_workbook
from crm.workbooks.writing import write_ledger
from tests.crm.domain.fields.strategies import values

NOW = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)
Records = list[dict[str, Any]]

STEERED = ("stage", "status", "status_reason", "confidential", "code", "name")
"""Fields with rules of their own (steps, withholding): they have tests of their own."""


def exactly(number: int) -> Decimal:
    return Decimal(number)


EDITS: Mapping[str, tuple[CellValue, Any]] = {
    "annual_tax": ("0.6亿元", Money(exactly(6000), exactly(6000))),
    "planned_investment": (12_000, Money(exactly(12_000), exactly(12_000))),
    "land": ("30亩", Land(exactly(30), exactly(30))),
    "owner": ("孙某", "孙某"),
    "notes": ("新的备注", "新的备注"),
    "space.研发": (1500, Space(exactly(1500), exactly(1500))),
    "next_step": ("＝上门拜访", "＝上门拜访"),
    "area": ("开发区", "开发区"),
}
"""What may be typed into a cell, and what it says."""


@st.composite
def leads(draw: st.DrawFn) -> dict[str, Any]:
    """Return a lead with some fields, of every kind there is."""
    names = draw(st.lists(st.sampled_from(sorted(set(LEAD_FIELDS) - set(STEERED))), unique=True, max_size=8))
    return {name: draw(values(LEAD_FIELDS[name])) for name in names}


class Book:
    """The records as they are now, by id from 1."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def imported(self, _sheet: str, _row: int) -> int | None:
        return None

    def settled(self, _record_id: int) -> frozenset[str]:
        return frozenset()

    def by_code(self, _code: str) -> int | None:
        return None

    def by_credit_code(self, _credit_code: str) -> Sequence[int]:
        return ()

    def by_name(self, _name: str) -> Sequence[int]:
        return ()

    def values(self, record_id: int) -> Mapping[str, Any]:
        return self._records[record_id - 1]

    def index(self) -> DuplicateIndex:
        return DuplicateIndex()


def numbered(records: Sequence[Mapping[str, Any]]) -> Records:
    return [{**record, "code": f"A-{place}", "name": f"项目{place}（虚构）"} for place, record in enumerate(records, 1)]


def exported(records: Records, *, whole: bool = True) -> LedgerSheet:
    """Return the ledger that an export of these records writes."""
    purpose = "用途" if whole else ""
    gathered = _Gathered(Ground(date(2026, 11, 28)), Head(7, "ab" * 32))
    for place, record in enumerate(records, 1):
        gathered.records.append(release("leads", record, whole=whole))
        gathered.marks.append(str(Mark(str(UUID(int=place)), 1, 7, "ab" * 32, masked=not whole)))
    return _sheet(Order("leads", "李", NOW, purpose=purpose, recipient=purpose), gathered)


def as_grid(ledger: LedgerSheet) -> Sheet:
    """Return a ledger as it is read when nobody touched the file."""
    width = len(ledger.columns)
    blank: list[CellValue] = [None] * (width - 1)
    rows: list[list[CellValue]] = [[ledger.title, *blank], [ledger.note, *blank]]
    rows.append([column.key or None for column in ledger.columns])
    rows.append([column.heading for column in ledger.columns])
    rows += [[_cell(value) for value in row] for row in ledger.rows]
    return Sheet(ledger.name, rows)


def _cell(value: Any) -> CellValue:  # noqa: ANN401  (a value of a ledger)
    value = value.text if isinstance(value, Toned) else value
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    return None if value == "" else value


def disturbed(sheet: Sheet, chance: random.Random, typed: Mapping[tuple[int, str], CellValue]) -> Sheet:
    """Return a sheet with cells typed over, sorted, its columns moved and renamed, some deleted."""
    rows = [list(row) for row in sheet.rows]
    keys = rows[2]
    for (place, key), value in typed.items():
        rows[3 + place][keys.index(key)] = value
    order = list(range(sheet.width))
    chance.shuffle(order)
    spare = [place for place in order if keys[place] in LEAD_FIELDS and keys[place] not in EDITS]
    for place in spare[: chance.randrange(3)]:
        order.remove(place)
    body = rows[4:]
    chance.shuffle(body)
    rows[3] = [f"栏{place}" if chance.random() < 0.3 else heading for place, heading in enumerate(rows[3])]
    return Sheet(sheet.name, [[row[place] for place in order] for row in [*rows[:4], *body]])


def planned(sheet: Sheet, before: Records, now: Records, *, masked: bool = False) -> list[PlannedRow]:
    """Return what an import does with a sheet that was exported from ``before`` when the program has ``now``."""
    keyed = find_keyed(sheet)
    assert keyed is not None
    columns = exported_columns(keyed)
    rows = {}
    for row, mark in keyed.marks.items():
        number = UUID(mark.uid).int
        rows[row] = compare_row(Edit("leads", number, before[number - 1]), sheet.rows[row], columns, masked=masked)
    understood = understand_workbook([sheet], LEAD_FIELDS, edits={sheet.name: Edits(keyed, rows)})
    return plan_rows("leads", understood.rows, Book(now), understood.questions)


def check(records: Records, data: st.DataObject, way: Callable[[LedgerSheet], Sheet]) -> None:
    """Export, type into some cells, disturb the sheet, change the program meanwhile: the plan is exactly that."""
    before = numbered(records)
    sheet = way(exported(before))
    keys = [str(key) for key in sheet.rows[2]]
    there = [(place, key) for place in range(1, len(before) + 1) for key in EDITS if key in keys]
    typed = data.draw(st.lists(st.sampled_from(there), unique=True, max_size=4)) if there else []
    meanwhile = data.draw(st.lists(st.sampled_from(there), unique=True, max_size=2)) if there else []
    chance = data.draw(st.randoms(use_true_random=False))
    changed = disturbed(sheet, chance, {each: EDITS[each[1]][0] for each in typed})
    now = [dict(record) for record in before]
    for place, key in meanwhile:
        name, _dot, part = key.partition(".")
        now[place - 1][name] = {**(before[place - 1].get(name) or {}), part: OTHER[name]} if part else OTHER[name]
    found: set[tuple[int, str]] = set()
    disputed: set[tuple[int, str]] = set()
    for row in planned(changed, before, now):
        assert row.target is not None
        found |= {(row.target, name) for name in row.changes}
        disputed |= {(row.target, str(note.params["field"])) for note in row.notes if note.code == "conflict"}
    said = {(place, key.partition(".")[0]) for place, key in typed if _differs(before[place - 1], key, EDITS[key][1])}
    moved = {each for each in meanwhile if _differs(before[each[0] - 1], each[1], OTHER[each[1].partition(".")[0]])}
    both = {(place, key.partition(".")[0]) for place, key in typed if (place, key) in moved} & said
    assert found == said - both
    assert disputed == both


OTHER: Mapping[str, Any] = {
    "annual_tax": Money(exactly(77), exactly(77)),
    "planned_investment": Money(exactly(77), exactly(77)),
    "land": Land(exactly(77), exactly(77)),
    "owner": "赵六",
    "notes": "别的备注",
    "space": Space(exactly(77), exactly(77)),
    "next_step": "别的",
    "area": "高新区",
}
"""What somebody writes into the program meanwhile."""


def _differs(record: Mapping[str, Any], key: str, value: object) -> bool:
    name, _dot, part = key.partition(".")
    now = record.get(name)
    return not same_value((now or {}).get(part) if part else now, value)


RECORDS = st.lists(leads(), min_size=1, max_size=3)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(RECORDS, st.data())
def test_exactly_the_edited_cells_are_changes(records: Records, data: st.DataObject) -> None:
    check(records, data, as_grid)


@pytest.mark.soak
@settings(max_examples=2_500, deadline=None, suppress_health_check=list(HealthCheck))
@given(RECORDS, st.data())
def test_exactly_the_edited_cells_are_changes_for_long(records: Records, data: st.DataObject) -> None:
    check(records, data, as_grid)


@pytest.mark.soak
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(leads(), min_size=8, max_size=8), st.data())
def test_the_same_through_a_real_file(tmp_path: Path, records: Records, data: st.DataObject) -> None:
    def through_a_file(ledger: LedgerSheet) -> Sheet:
        path = tmp_path / "a.xlsx"
        write_ledger(path, [ledger], made_at=NOW.replace(tzinfo=None))
        return read_workbook(path).sheets[0]

    check(records, data, through_a_file)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(RECORDS, st.booleans())
def test_masked_or_not_an_untouched_export_says_nothing(records: Records, whole: bool) -> None:  # noqa: FBT001  (drawn)
    before = numbered([{**record, "confidential": True} for record in records])
    rows = planned(as_grid(exported(before, whole=whole)), before, before, masked=not whole)
    assert [(row.effect, row.changes, row.notes) for row in rows] == [("same", {}, [])] * len(before)
