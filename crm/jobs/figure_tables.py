"""Tables of figures as a workbook: what the window shows beside its charts, each with what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from crm.database import Database, writing_of
from crm.domain.statistics.tables import Table
from crm.files import replacing
from crm.i18n import _
from crm.jobs.exports import check_target
from crm.jobs.period_reports import SHEET_NAME_MOST
from crm.queries.history import EXPORTED
from crm.workbooks.ledgers import Column, LedgerSheet, Look
from crm.workbooks.writing import fill_ledger


def save_tables(
    database: Database, tables: Sequence[Table], title: str, target: Path, *, by: str, made_at: datetime
) -> None:
    """Write tables into a workbook, a sheet each, and note it in the history: neither is there without the other.

    Args:
        database: whose figures they are.
        tables: at least one.
        title: beside the name of each: what they are about, as of when.
        target: the file.
        by: the officer.
        made_at: noted in the file; without a time zone.

    Raises:
        FileRefusedError: the ending is another, or the file cannot be written there.
    """
    check_target(database, target)
    with ExitStack() as file:
        temporary = file.enter_context(replacing(target))
        fill_ledger(temporary, [_sheet(table, title) for table in tables], made_at=made_at)
        if not database.read_only:
            note = _("{count} tables of the dashboard exported as {file}").format(count=len(tables), file=target.name)
            with database.write(by=by, why=note, kind=EXPORTED) as session:
                writing_of(session).number(session)
                file.close()


def _sheet(table: Table, title: str) -> LedgerSheet:
    columns = [Column(head, Look(unit.value)) for head, unit in table.heads]
    return LedgerSheet(table.name[:SHEET_NAME_MOST], f"{table.name}　{title}", columns, table.rows, table.note)
