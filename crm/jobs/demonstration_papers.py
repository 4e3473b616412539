"""What the demonstration writes beside its database: every kind of document, and the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from crm.database import Database
from crm.domain.documents import DOCUMENTS, LEAD_DOCUMENTS, document_word, last_meeting
from crm.domain.dossier import LeadFacts
from crm.domain.quantities import CHINA_TIME
from crm.domain.statistics.periods import period_text, read_period
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.jobs.demonstration import DAY, OFFICER, follow_ups
from crm.jobs.dossiers import ENDING, WORD, Order, print_enterprise, print_lead, print_pair, safe_name
from crm.jobs.exports import Order as ExportOrder
from crm.jobs.exports import export_records
from crm.jobs.period_reports import period_facts, print_period
from crm.queries.demonstration import written_since
from crm.queries.dossiers import Paper

WORKBOOK = ".xlsx"

Renderers = Mapping[str, Callable[[], Callable[..., Any]]]


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the demonstration; ``new``: written this time, else it was there and still holds."""

    file: Path
    new: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file to write: its name and what writes it."""

    name: str
    write: Callable[[Path], object]


def print_papers(database: Database, renderers: Renderers, folder: Path, on: date) -> Job[list[Written]]:
    """Print the documents the samples name; one whose facts did not change since is left as it is.

    A Word file is written once: an officer may have changed its words.

    Args:
        database: of the demonstration.
        renderers: what makes the pages.
        folder: where they go.
        on: the day they are printed: a paper is not dated before the entries it tells of.
    """
    notes = follow_ups()
    orders = {
        name: Order(document_word(name), renderer(), on, Paper(), OFFICER, name=name)
        for name, renderer in renderers.items()
        if name in DOCUMENTS
    }
    wanted = [
        *_of_leads(database, orders, notes, ENDING),
        *_of_others(database, orders, notes),
        *_of_periods(database, renderers, notes, on),
        *_of_leads(database, orders, notes["word"], WORD),
    ]
    written = []
    for number, one in enumerate(wanted):
        target = folder / one.name
        yield Progress(number, len(wanted), target.name)
        new = not _stands(database, target) and not (target.suffix == WORD and target.exists())
        if new:
            one.write(target)
        written.append(Written(target, new))
    return written


def _of_leads(
    database: Database, orders: Mapping[str, Order], notes: Mapping[str, Any], ending: str
) -> Iterator[_Wanted]:
    for document in LEAD_DOCUMENTS:
        if document not in orders:
            continue
        order = orders[document]
        if document == "minutes":
            order = replace(order, compose=partial(_minutes, order))
        for lead in notes.get(document, ()):
            name = safe_name(f"{order.document} {lead}") + ending
            yield _Wanted(name, partial(print_lead, database, order, lead))


def _minutes(order: Order, facts: LeadFacts) -> Any:  # noqa: ANN401  (the pages)
    return order.compose(last_meeting(facts))


def _of_others(database: Database, orders: Mapping[str, Order], notes: Mapping[str, Any]) -> Iterator[_Wanted]:
    """Yield the documents about two leads and about an enterprise."""
    if order := orders.get("coordination_sheet"):
        for pair in notes["coordination_sheet"]:
            name = safe_name(f"{order.document} {pair[0]}") + ENDING
            yield _Wanted(name, partial(print_pair, database, order, tuple(pair)))
    if order := orders.get("enterprise_file"):
        for enterprise in notes["enterprise_file"]:
            name = safe_name(f"{order.document} {enterprise}") + ENDING
            yield _Wanted(name, partial(print_enterprise, database, order, enterprise))


def _of_periods(database: Database, renderers: Renderers, notes: Mapping[str, Any], on: date) -> Iterator[_Wanted]:
    """Yield the statistics of a week, the month and the year of the demonstration, as they stand on the day."""
    if "period_report" not in renderers:
        return

    def write(period: str, target: Path) -> None:
        facts = period_facts(database, read_period(period), on, Paper())
        print_period(database, facts, renderers["period_report"](), target, OFFICER)

    for names, ending in ((notes["periods"], ENDING), (notes["workbook"], WORKBOOK)):
        for period in names:
            name = safe_name(_("Statistics {period}").format(period=period_text(read_period(period))))
            yield _Wanted(name + ending, partial(write, period))


def write_ledger(database: Database, folder: Path) -> Job[Written]:
    """Write the ledger of leads; when nothing changed since, it is left as it is."""
    target = folder / f"{safe_name(_('Ledger of leads'))}{WORKBOOK}"
    if _stands(database, target):
        return Written(target, new=False)
    order = ExportOrder("leads", OFFICER, datetime.combine(DAY, time(9), CHINA_TIME))
    yield from export_records(database, order, target)
    return Written(target, new=True)


def _stands(database: Database, target: Path) -> bool:
    """Return whether a file is there that was written after the last change of a record."""
    if not target.is_file():
        return False
    with database.read() as session:
        return written_since(session, target.name)
