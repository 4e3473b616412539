"""A workbook of our own that comes back: which of its cells were edited, and on which values of which records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from crm.database import Database, Session
from crm.domain.exchange.marks import SEAL_SHOWN, Mark
from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.domain.imports.grid import CellValue, Sheet
from crm.domain.imports.keyed import Edit, Edits, Keyed, Target, find_keyed, own_unit
from crm.domain.imports.units import split_unit
from crm.errors import ValueRefusedError
from crm.i18n import _
from crm.jobs.export_cells import Part, release
from crm.queries.exchange import ids_by, seals_at, values_at
from crm.workbooks.ledgers import LedgerValue, Toned


def find_edits(database: Database, kind: str, sheets: Sequence[Sheet]) -> dict[str, Edits]:
    """Return by sheet what was done to those that the program exported.

    Raises:
        ValueRefusedError: it exported records of another kind.
    """
    found = {sheet.name: (sheet, keyed) for sheet in sheets if (keyed := find_keyed(sheet)) is not None}
    for name, (_sheet, keyed) in found.items():
        if keyed.kind != kind:
            message = _("Sheet {sheet} holds exported {kind}: import it as such (xiangtu import {kind} …).")
            raise ValueRefusedError(message.format(sheet=name, kind=keyed.kind), where=name)
    if not found:
        return {}
    with database.read() as session:
        return {name: _edits(session, sheet, keyed) for name, (sheet, keyed) in found.items()}


def _edits(session: Session, sheet: Sheet, keyed: Keyed) -> Edits:
    known = _Exported(session, keyed)
    columns = exported_columns(keyed)
    rows: dict[int, Edit] = {}
    first: dict[str, int] = {}
    copies: dict[int, int] = {}
    for row, mark in keyed.marks.items():
        edit = known.edit(sheet.rows[row], mark, columns)
        if edit is None:
            continue
        rows[row] = edit
        other = first.setdefault(mark.uid, row)
        if other != row:  # of a row and its copy, the one less changed is the record
            copy, original = (other, row) if _changed(edit) < _changed(rows[other]) else (row, other)
            first[mark.uid] = original
            del rows[copy]
            copies = {each: original if of == copy else of for each, of in copies.items()} | {copy: original}
    return Edits(keyed, rows, copies)


def _changed(edit: Edit) -> int:
    return len(edit.columns) + len(edit.emptied)


@dataclass(frozen=True, slots=True)
class ExportedColumn:
    """An exported column; ``same_unit``: its bare numbers are still in the unit they were written in."""

    index: int
    part: Part
    target: Target
    same_unit: bool


def exported_columns(keyed: Keyed) -> list[ExportedColumn]:
    """Return the columns that the program wrote, wherever they stand now."""
    fields = RECORD_FIELDS[keyed.kind]
    headings = {path.column: path.parts for path in keyed.table.paths}
    found = []
    for index, target in keyed.keys.items():
        if target is None:
            continue
        of, entry = fields[target[0]], target[1]
        part = Part(of, (int(entry) if of.kind is Kind.TAX_YEARS else entry) if entry else None)
        found.append(ExportedColumn(index, part, target, _same_unit(headings.get(index, ()), of)))
    return found


def _same_unit(parts: tuple[str, ...], of: Field) -> bool:
    said = split_unit(parts[0])[1] if parts else None
    return said is None or said == own_unit(of)


class _Exported:
    """The exported records, as they were when they left."""

    def __init__(self, session: Session, keyed: Keyed) -> None:
        marks = keyed.marks.values()
        self._kind = keyed.kind
        self._ids = {uid: ids[0] for uid, ids in ids_by(session, keyed.kind, "uid", (m.uid for m in marks)).items()}
        self._seals = seals_at(session, (mark.place for mark in marks))
        self._values = self._values_at(session, marks)

    def _values_at(self, session: Session, marks: Iterable[Mark]) -> Mapping[tuple[int, int], Mapping[str, Any]]:
        """Return the values by record and version; nearly always there is one version a record."""
        found: dict[tuple[int, int], Mapping[str, Any]] = {}
        wanted = {(self._ids[mark.uid], mark.version) for mark in marks if mark.uid in self._ids}
        while wanted:
            some = dict(wanted)
            values = values_at(session, self._kind, some)
            found |= {(each, some[each]): value for each, value in values.items()}
            wanted -= set(some.items())
        return found

    def edit(self, row: Sequence[CellValue], mark: Mark, columns: Sequence[ExportedColumn]) -> Edit | None:
        """Return what was done to a row; None for a row of another database."""
        seal = self._seals.get(mark.place)
        ours = seal is not None and seal[:SEAL_SHOWN] == mark.seal
        record_id = self._ids.get(mark.uid)
        if record_id is None:
            return Edit(self._kind, None) if ours else None
        base = self._values.get((record_id, mark.version)) if ours else None
        if base is None:
            filled = frozenset(column.index for column in columns if row[column.index] is not None)
            return Edit(self._kind, record_id, None, filled)
        return compare_row(Edit(self._kind, record_id, base), row, columns, masked=mark.masked)


def compare_row(edit: Edit, row: Sequence[CellValue], columns: Sequence[ExportedColumn], *, masked: bool) -> Edit:
    """Return what was done to a row: which of its cells do not hold what the program wrote into them.

    Args:
        edit: of the record, with its values when it left.
        row: as it is now.
        columns: those the program wrote.
        masked: contacts and confidential names were withheld from it.
    """
    shown = release(edit.kind, edit.base or {}, whole=not masked).values
    changed, emptied = set(), []
    for column in columns:
        written, value = column.part.cell(shown), row[column.index]
        if (column.same_unit or value is None) and same_cell(written, value):
            continue
        if value is None or (isinstance(value, str) and not value.strip()):
            emptied.append(column.target)
        else:
            changed.add(column.index)
    return replace(edit, columns=frozenset(changed), emptied=tuple(emptied))


def same_cell(written: LedgerValue, read: CellValue) -> bool:
    """Return whether a cell still holds what was written into it, whatever program saved it since."""
    return written == read or _plain(written) == _plain(read)


def _plain(value: object) -> object:
    """Return a value without what saving may change: line ends, blanks around, parts of a second, a lone midnight."""
    if isinstance(value, Toned):
        value = value.text
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() or None
    if isinstance(value, datetime):
        value = value.replace(microsecond=0)
        return value.date() if value.time() == time(0) else value
    if isinstance(value, date):
        return value
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
