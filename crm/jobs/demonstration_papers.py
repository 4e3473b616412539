"""What the demonstration writes beside its database: PDF documents of some leads, and the ledger as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from crm.database import Database
from crm.domain.quantities import CHINA_TIME
from crm.domain.statistics.periods import period_text, read_period
from crm.i18n import N_, _
from crm.jobs import Job, Progress
from crm.jobs.demonstration import DAY, OFFICER, follow_ups
from crm.jobs.dossiers import Order, print_lead, safe_name
from crm.jobs.exports import Order as ExportOrder
from crm.jobs.exports import export_records
from crm.jobs.period_reports import period_facts, print_period
from crm.queries.demonstration import written_since
from crm.queries.dossiers import Paper

TITLES = {
    "brief": N_("Project brief"),
    "dossier": N_("Project dossier"),
    "threshold_sheet": N_("Land-tax threshold sheet"),
    "match_sheet": N_("Match"),
}
"""What the documents are called, by the name of their renderer."""

Renderers = Mapping[str, Callable[[], Callable[..., Any]]]


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the demonstration; ``new``: written this time, else it was there and still holds."""

    file: Path
    new: bool


def print_papers(database: Database, renderers: Renderers, folder: Path, on: date) -> Job[list[Written]]:
    """Print the documents the samples name; one whose facts did not change since is left as it is.

    Args:
        database: of the demonstration.
        renderers: what makes the pages.
        folder: where they go.
        on: the day they are printed: a paper is not dated before the entries it tells of.
    """
    wanted = list(_wanted(renderers))
    written = []
    for number, (document, lead) in enumerate(wanted):
        target = folder / f"{safe_name(f'{_(TITLES[document])} {lead}')}.pdf"
        yield Progress(number, len(wanted), target.name)
        order = Order(_(TITLES[document]), renderers[document](), on, Paper(), OFFICER, name=document)
        new = not _stands(database, target)
        if new:
            print_lead(database, order, lead, target)
        written.append(Written(target, new))
    if "period_report" in renderers:
        written.append(_month(database, renderers, folder, on))
    return written


def _month(database: Database, renderers: Renderers, folder: Path, on: date) -> Written:
    """Print the statistics of the month of the demonstration, as they stand on the day."""
    period = read_period(f"{DAY:%Y-%m}")
    target = folder / f"{safe_name(_('Statistics {period}').format(period=period_text(period)))}.pdf"
    if _stands(database, target):
        return Written(target, new=False)
    facts = period_facts(database, period, on, Paper())
    print_period(database, facts, renderers["period_report"](), target, OFFICER)
    return Written(target, new=True)


def write_ledger(database: Database, folder: Path) -> Job[Written]:
    """Write the ledger of leads; when nothing changed since, it is left as it is."""
    target = folder / f"{safe_name(_('Ledger of leads'))}.xlsx"
    if _stands(database, target):
        return Written(target, new=False)
    order = ExportOrder("leads", OFFICER, datetime.combine(DAY, time(9), CHINA_TIME))
    yield from export_records(database, order, target)
    return Written(target, new=True)


def _wanted(renderers: Renderers) -> Iterator[tuple[str, str]]:
    notes = follow_ups()
    for document in TITLES:
        if document in renderers:
            yield from ((document, lead) for lead in notes.get(document, ()))


def _stands(database: Database, target: Path) -> bool:
    """Return whether a file is there that was written after the last change of a record."""
    if not target.is_file():
        return False
    with database.read() as session:
        return written_since(session, target.name)
