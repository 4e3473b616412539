"""The report of a period: made from the book, frozen, printed; a frozen one prints the same figures again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from crm.database import Database, Session
from crm.domain.statistics.paper import PeriodFacts
from crm.domain.statistics.periods import Period, period_text
from crm.domain.statistics.report import PeriodReport, period_report
from crm.domain.statistics.snapshot import corrections
from crm.domain.statistics.tables import tables_of
from crm.errors import ValueRefusedError
from crm.files import save_bytes
from crm.i18n import _
from crm.jobs.dossiers import Pages, check_target, content_of
from crm.jobs.exports import check_target as check_workbook
from crm.queries.demonstration import demonstration_state
from crm.queries.dossiers import Paper, head_of_history
from crm.queries.history import PRINTED
from crm.queries.statistics import counted_follow_ups, frozen_report, lead_figures
from crm.services.releases import Release, register
from crm.services.statistics import freeze
from crm.workbooks.ledgers import Column, LedgerSheet, Look
from crm.workbooks.writing import fill_ledger

SHEET_NAME_MOST = 31
"""Characters of the name of a sheet that Excel takes."""

WORKBOOK = ".xlsx"
NAME = "period_report"
"""Of what makes its pages; the register has it."""


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A report that was printed.

    Attributes:
        pages: of a document; 0 of a workbook.
        stand_ins: place and character of everything that no font has, printed as its code point.
        version: 1, 2, 3 … of the report of this period; 0 where it is not recorded.
    """

    file: Path
    pages: int
    sha256: str
    stand_ins: tuple[tuple[str, str], ...]
    version: int = 0


def period_facts(database: Database, period: Period, on: date, paper: Paper) -> PeriodFacts:
    """Return what the document of a period says: its frozen figures with what was corrected since, else today's."""
    with database.read() as session:
        now = _report(session, period, on)
        frozen = frozen_report(session, period.key)
        head, place = head_of_history(session)
        made_up = demonstration_state(session) is not None
    return PeriodFacts(
        report=frozen.report if frozen else now,
        frozen_by=frozen.by if frozen else "",
        frozen_on=frozen.on if frozen else None,
        corrections=tuple(corrections(frozen.report, now)) if frozen else (),
        head=head,
        head_place=place,
        unit=paper.unit,
        header=paper.header,
        marking=paper.marking,
        fictional=made_up,
    )


def freeze_period(database: Database, period: Period, on: date, by: str) -> None:
    """Freeze the figures of a period as the book has them now.

    Raises:
        ValueRefusedError: they were frozen before, or the period is not over.
    """
    if on < period.last:
        message = _("{period} ends on {day}; a report is frozen when its period is over.")
        raise ValueRefusedError(message.format(period=period.key, day=period.last), where="period")
    why = _("report of {period} frozen").format(period=period.key)
    with database.write(by=by, why=why) as session:
        freeze(session, _report(session, period, on), by)


def print_period(
    database: Database, facts: PeriodFacts, compose: Callable[[PeriodFacts], Pages], target: Path, by: str
) -> PrintedReport:
    """Print the report of a period and note it in the history.

    Raises:
        GlyphMissingError: a character that no font has; nothing was written.
        FileRefusedError: the file may not or cannot be written there.
    """
    if target.suffix.lower() == WORKBOOK:
        check_workbook(database, target)
        pages, content = None, _workbook(facts)
    else:
        check_target(database, target)
        pages = compose(facts)
        content = content_of(pages, target)
    sha256 = hashlib.sha256(content).hexdigest()
    printed = PrintedReport(target, pages.count if pages else 0, sha256, pages.stand_ins if pages else ())
    if database.read_only:
        save_bytes(target, content)
        return printed
    note = _("Report of {period} printed as {file}, SHA-256 {sha256}").format(
        period=facts.report.period, file=target.name, sha256=sha256
    )
    release = Release(
        document=NAME,
        subject=facts.report.period,
        form=target.suffix.lower(),
        file=target.name,
        pages=printed.pages,
        sha256=sha256,
        digest=pages.digest if pages else facts.digest(WORKBOOK),
        edited=pages is not None and pages.edited,
        content=pages.kept() if pages else None,
    )
    with database.write(by=by, why=note, kind=PRINTED) as session:
        version = register(session, release)
        save_bytes(target, content)
    return replace(printed, version=version)


def _workbook(facts: PeriodFacts) -> bytes:
    made_at = datetime.combine(facts.frozen_on or facts.report.on, time(9))
    with TemporaryDirectory() as folder:
        place = Path(folder) / f"report{WORKBOOK}"
        fill_ledger(place, list(_sheets(facts)), made_at=made_at)
        return place.read_bytes()


def _sheets(facts: PeriodFacts) -> Iterator[LedgerSheet]:
    period = period_text(facts.period)
    for table in tables_of(facts):
        title = _("{name}, {period}").format(name=table.name, period=period)
        columns = [Column(head, Look(unit.value)) for head, unit in table.heads]
        yield LedgerSheet(table.name[:SHEET_NAME_MOST], title, columns, table.rows, table.note)


def _report(session: Session, period: Period, on: date) -> PeriodReport:
    return period_report(lead_figures(session), counted_follow_ups(session), period, on)
