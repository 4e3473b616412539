"""The health of a ledger of leads: duplicates, slips, verdicts, missing facts, doubtful cells. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm.domain.companies.duplicates import Likelihood, find_duplicates
from crm.domain.companies.explain import FAULTS
from crm.domain.imports.grid import column_letter
from crm.domain.imports.headers import Column
from crm.domain.imports.rows import CellNote
from crm.domain.imports.sums import SumCheck
from crm.domain.imports.understanding import TableRead, Understood
from crm.domain.magnitudes.guard import Suspicion, suspect
from crm.domain.reasons import Reason
from crm.domain.thresholds.ground import Ground, judge_values
from crm.domain.thresholds.judgement import Judgement, Verdict

FACTS = (
    "investor",
    "credit_code",
    "industry",
    "planned_investment",
    "area",
    "land",
    "annual_tax",
    "stage",
    "owner",
    "contact",
    "contact_phone",
)
"""What a lead should have: counted where it is missing. Area, land and tax are what its verdict needs."""

TELLING = frozenset((Likelihood.CERTAIN, Likelihood.LIKELY))
"""How alike two rows must be to be told; a possible likeness is left to the import."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the file, and what it is about."""

    sheet: str
    row: int
    name: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with its verdict."""

    place: Place
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Twins:
    """Two rows that may be about the same."""

    a: Place
    b: Place
    likelihood: Likelihood
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell (or a row: ``note.column`` is "") that somebody should look at."""

    place: Place
    note: CellNote
    columns: Mapping[str, Column]
    raw: str

    @property
    def cell(self) -> str:
        """Its name, or that of its row."""
        return f"{self.note.column}{self.place.row}"


@dataclass(frozen=True, slots=True)
class Slipped:
    """A figure that may be in another unit than it was meant in; ``cell`` is "" where it is of no one cell."""

    place: Place
    cell: str
    suspicion: Suspicion


@dataclass(frozen=True, slots=True)
class Missing:
    """How many rows lack a fact; ``asked`` is False where the ledger has no column for it."""

    field: str
    rows: int
    asked: bool


@dataclass(slots=True)
class Health:
    """What was found.

    Attributes:
        rows: leads in the file; those without a name among them.
        unnamed: rows that cannot be leads.
        verdicts: of each row that can be judged; ``counts`` by verdict, ``critical`` close to the line.
        missing: of ``FACTS``, those that are missing most first.
        slips: figures that may be in another unit than they were meant in.
        credit_codes: cells whose credit code does not hold.
        doubts: the other cells to look at.
        sums: sums of the ledger that its rows do not give.
        understood: tables, columns and open questions.
    """

    understood: Understood
    rows: int = 0
    unnamed: list[Place] = field(default_factory=list)
    verdicts: list[Judged] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    twins: list[Twins] = field(default_factory=list)
    slips: list[Slipped] = field(default_factory=list)
    credit_codes: list[Doubt] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    sums: list[tuple[str, SumCheck]] = field(default_factory=list)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows have each verdict, in the order of the verdicts."""
        found = Counter(each.judgement.verdict for each in self.verdicts)
        return {verdict: found[verdict] for verdict in Verdict if found[verdict]}

    @property
    def critical(self) -> int:
        """How many rows are close to the line."""
        return sum(each.judgement.critical for each in self.verdicts)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A ledger that was looked at.

    Attributes:
        file: its name.
        sha256: of its bytes.
        on: the day it was judged on.
        health: what was found.
        notes: what to know about the file itself.
    """

    file: str
    sha256: str
    on: date
    health: Health
    notes: tuple[str, ...]


def inspect_ledger(understood: Understood, ground: Ground) -> Health:
    """Return the health of a ledger that was read as one of leads.

    Args:
        understood: what the file holds; its values are those an import would write.
        ground: the rules and rates to judge by.
    """
    health = Health(understood)
    records: list[tuple[Place, Mapping[str, Any]]] = []
    for table in understood.tables:
        for place, values in _look_at(table, health):
            records.append((place, values))
            health.slips += _slips(table, place, values)
            health.verdicts.append(Judged(place, judge_values(values, ground)))
        health.sums += [(table.sheet, check) for check in table.sums if not check.holds]
    health.missing = _missing(understood, [values for _place, values in records])
    health.twins = [
        Twins(_as_place(pair.a), _as_place(pair.b), pair.likelihood, pair.reasons)
        for pair in find_duplicates(records)
        if pair.likelihood in TELLING
    ]
    return health


def _look_at(table: TableRead, health: Health) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Yield the leads of a table, noting what is doubtful about its rows."""
    columns = {column_letter(column.index): column for column in table.columns}
    for record in table.records:
        place = Place(table.sheet, record.row, str(record.values.get("name") or ""))
        health.rows += 1
        for note in record.notes:
            if note.note.doubtful or note.note.code in FAULTS:
                doubt = Doubt(place, note, columns, record.raw.get(note.column, ""))
                (health.credit_codes if note.note.code in FAULTS else health.doubts).append(doubt)
        if record.fault is None:
            yield place, record.values
        else:
            health.unnamed.append(place)
            health.doubts.append(Doubt(place, CellNote("", record.fault), columns, ""))


def _slips(table: TableRead, place: Place, values: Mapping[str, Any]) -> Iterator[Slipped]:
    cells = {column.target: f"{column_letter(column.index)}{place.row}" for column in table.columns if column.field}
    return (Slipped(place, cells.get(one.field, ""), one) for one in suspect(values))


def _missing(understood: Understood, records: Sequence[Mapping[str, Any]]) -> list[Missing]:
    asked = {column.field for table in understood.tables for column in table.columns if column.field}
    counts = {name: sum(record.get(name) is None for record in records) for name in FACTS}
    found = [Missing(name, count, name in asked) for name, count in counts.items() if count]
    return sorted(found, key=lambda one: (not one.asked, -one.rows))


def _as_place(key: object) -> Place:
    if not isinstance(key, Place):
        raise TypeError(f"not a row: {key!r}")
    return key
