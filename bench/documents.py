"""Printing, warm, beside the same number of characters, lines and pages in Helvetica on the bare canvas.

The floor (performance.md §6) measures nothing, breaks nothing and embeds no font. The lead is fictional.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from bench.table import Line, alternating, median
from crm.domain.dossier import LeadFacts
from reports.brief import brief
from reports.dossier import dossier
from reports.threshold_sheet import threshold_sheet
from tests.reports.made import drive

ROUNDS = 15
BRIEF_LIMIT = 100.0
"""Milliseconds a warm brief may take."""


def lines() -> list[Line]:
    """Return the lines of the table: one document each."""
    facts = drive()
    return [
        _line("brief, two pages, warm", brief, facts, BRIEF_LIMIT),
        _line("threshold sheet with chart, one page, warm", threshold_sheet, facts, None),
        _line("dossier, six pages, warm", dossier, facts, None),
    ]


def _line(what: str, render: Callable[[LeadFacts], bytes], facts: LeadFacts, limit: float | None) -> Line:
    pages = [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(render(facts))).pages]
    ours, floor = map(median, alternating(ROUNDS, lambda: render(facts), lambda: _plain(pages)))
    budget = f"{limit:g} ms" if limit else ""
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
