"""供地门槛测算单: one page that an officer signs: inputs with sources, rules, tests, ways to pass, other areas."""

from __future__ import annotations

from crm.domain.dossier import LeadFacts
from crm.domain.thresholds.explain import explain
from crm.i18n import _, pgettext
from reports.content import Block, Document, Note, Signatures, Table, Title, line
from reports.fonts import FontSet
from reports.page import Composed, compose_within
from reports.parts import Numbering, document_of, label, subtitle, titled
from reports.threshold_parts import (
    chart,
    conclusion_line,
    elsewhere_table,
    inputs_table,
    plots_table,
    rates_table,
    rules_note,
    tests_table,
    years_table,
)

TEMPLATE = "threshold-sheet-1"


ATTEMPTS = ((1, True), (2, True), (3, True), (3, False))
"""Density of the type and whether the chart is drawn, tried in turn until the sheet keeps to its page."""


def threshold_sheet(facts: LeadFacts, fonts: FontSet | None = None) -> bytes:
    """Return the PDF of a lead's threshold sheet.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    return compose_threshold_sheet(facts, fonts).pdf()


def compose_threshold_sheet(facts: LeadFacts, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the sheet on its page; on two where a lead has many plots or years. Errors as of ``threshold_sheet``."""
    tries = ((density, threshold_document(facts, drawn=drawn)) for density, drawn in ATTEMPTS)
    return compose_within(1, tries, fonts, stand_ins=stand_ins)


def threshold_document(facts: LeadFacts, *, drawn: bool = True) -> Document:
    """Return the words of a threshold sheet; the chart only where ``drawn``."""
    title = titled(facts.name, _("Land-tax threshold sheet: {name}"), _("Land-tax threshold sheet: project {name}"))
    number = Numbering()
    blocks: list[Block] = [
        Title(title, (facts.name,), label("name")),
        *subtitle(facts),
        number.heading(pgettext("page", "Inputs")),
        inputs_table(facts),
        rules_note(facts),
        number.heading(pgettext("page", "Result")),
        *threshold_blocks(facts, drawn=drawn),
        Signatures((_("Computed by"), _("Checked by"), pgettext("page", "Responsible"), pgettext("page", "Date"))),
    ]
    return document_of(facts, _("Land-tax threshold sheet"), title, TEMPLATE, blocks)


def threshold_blocks(facts: LeadFacts, *, drawn: bool = True) -> list[Block]:
    """Return the result: conclusion, tests, plots, years, rates, chart, other areas, the whole explanation."""
    judgement = facts.judgement
    tables: list[Table | None] = [
        tests_table(judgement),
        plots_table(judgement),
        years_table(judgement),
        rates_table(judgement),
        elsewhere_table(facts),
    ]
    blocks: list[Block] = [conclusion_line(judgement), *(table for table in tables if table is not None)]
    picture = chart(facts) if drawn else None
    if picture is not None:
        blocks.append(picture)
    return [*blocks, Note(line(explain(judgement)), with_next=True)]
