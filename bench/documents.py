"""Printing, warm, beside the same number of characters, lines and pages in Helvetica on the bare canvas; and in bulk.

The floor (performance.md §6) measures nothing, breaks nothing and embeds no font. The leads are fictional. In bulk the
whole way counts: facts read, pages made, the file saved, the register and the history written. Where LibreOffice is
installed it turns the same words, as Word files, into pages; it is compared by page. All figures are of the processor.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from bench.table import Line, alternating, median, processor
from crm.domain.dossier import LeadFacts
from crm.domain.fictional import made_leads
from crm.jobs import finish
from crm.jobs.dossiers import Compose, Order, print_leads
from crm.queries.dossiers import Paper
from crm.services.bulk import create_many
from crm.workspace import open_workspace
from reports.brief import brief, compose_brief
from reports.dossier import compose_dossier, dossier
from reports.threshold_sheet import threshold_sheet
from tests.reports.made import DAY, drive

ROUNDS = 15
BRIEF_LIMIT = 100.0
"""Milliseconds a warm brief may take."""

TIMES_FLOOR = 3.5
"""What a page of a dossier may cost, in pages of the floor."""

IN_BULK, BULK_LIMIT = 1_000, 20_000.0
"""Documents of the job, and the milliseconds of the processor it may take in the short form."""

TIMES_OFFICE = 5
"""How much quicker a page must be than LibreOffice's."""

OFFICE_FILES = 8
"""Files LibreOffice is given at each start."""


def lines(documents: int = IN_BULK, rounds: int = ROUNDS) -> list[Line]:
    """Return the lines of the table: one document each, then the job of many, then the peer."""
    facts = drive()
    pages = compose_dossier(facts).count
    found = [
        _line("brief, two pages, warm", brief, facts, rounds, BRIEF_LIMIT),
        _line("threshold sheet with chart, one page, warm", threshold_sheet, facts, rounds),
        _line(f"dossier, {pages} pages, warm", dossier, facts, rounds, times=TIMES_FLOOR),
        _bulk("briefs", compose_brief, documents, BULK_LIMIT * documents / IN_BULK),
        _bulk("dossiers", compose_dossier, documents, None),
    ]
    office = shutil.which("soffice")
    return [*found, _office(office, facts, found[2].ours or 0.0, pages)] if office else found


def _line(  # noqa: PLR0917  (a row of the table)
    what: str,
    render: Callable[[LeadFacts], bytes],
    facts: LeadFacts,
    rounds: int,
    limit: float | None = None,
    times: float | None = None,
) -> Line:
    pages = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(render(facts))).pages]
    works = (lambda: render(facts), lambda: _plain(pages))
    ours, floor = map(median, alternating(rounds, *works, clock=process_time))
    limit = times * floor if times else limit
    budget = f"{times:g} x" if times else f"{limit:g} ms" if limit else ""
    return Line(what, ours, "Helvetica canvas", floor, limit, budget)


def _plain(pages: list[list[str]]) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=1)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for number, text in enumerate(page):
            canvas.drawString(60, 780 - 12 * number, "x" * len(text))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _bulk(what: str, compose: Compose, documents: int, limit: float | None) -> Line:
    """Return what a job of many documents takes, from the facts in the database to the files and the register."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        database = open_workspace(str(folder / "bulk.db"), "bench", settings_folder=folder).database
        with database.write(by="bench", why="made up") as session:
            create_many(session, "leads", list(islice(made_leads(documents), documents)))
        order = Order(what, compose, date(DAY.year, DAY.month, DAY.day), Paper(), "bench", name=what)
        spent = processor(lambda: finish(print_leads(database, order, folder / what)))
        pages = sum(len(PdfReader(file).pages) for file in (folder / what).iterdir())
        database.close()
    budget = f"{limit / 1000:g} s" if limit else ""
    return Line(f"{documents:,} {what} in one job, {pages:,} pages", spent, limit=limit, budget=budget)


def _office(office: str, facts: LeadFacts, ours: float, pages: int) -> Line:
    """Return a page of ours beside one that LibreOffice makes of the Word file with the same words."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        content = compose_dossier(facts).word()
        files = [folder / f"{number}.docx" for number in range(OFFICE_FILES)]
        for file in files:
            file.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        call = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
        spent = processor(lambda: subprocess.run(call, capture_output=True, check=True))
        made = sum(len(PdfReader(file).pages) for file in folder.glob("*.pdf"))
    each, theirs = ours / pages, spent / max(made, 1)
    budget = f"1/{TIMES_OFFICE}"
    return Line("dossier, a page", each, f"LibreOffice, {OFFICE_FILES} a start", theirs, theirs / TIMES_OFFICE, budget)
