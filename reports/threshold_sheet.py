"""供地门槛测算单: one page that an officer signs: inputs with sources, rules, tests, ways to pass, other areas."""

from __future__ import annotations

from crm.domain.dossier import LeadFacts, digest
from crm.domain.thresholds.explain import explain
from crm.i18n import _, current_language, pgettext
from reports.content import Block, Document, Note, Signatures, Table, Title, line
from reports.fonts import FontSet
from reports.page import Composed, compose
from reports.parts import Numbering, footer, label, last_line, subtitle, titled
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


def threshold_sheet(facts: LeadFacts, fonts: FontSet | None = None) -> bytes:
    """Return the PDF of a lead's threshold sheet.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    return compose_threshold_sheet(facts, fonts).pdf()


def compose_threshold_sheet(facts: LeadFacts, fonts: FontSet | None = None) -> Composed:
    """Return the sheet on its page; on two where a lead has many plots or years. Errors as of ``threshold_sheet``."""
    attempts = [(1, True), (2, True), (2, False)]
    pages = [compose(threshold_document(facts, drawn=drawn), fonts, density) for density, drawn in attempts[:1]]
    for density, drawn in attempts[1:]:
        if pages[-1].count > 1:
            pages.append(compose(threshold_document(facts, drawn=drawn), fonts, density))
    return min(pages, key=lambda one: one.count)


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
        last_line(facts, TEMPLATE),
    ]
    return Document(
        kind=_("Land-tax threshold sheet"),
        title=title,
        author=facts.unit,
        language=current_language(),
        blocks=blocks,
        header=facts.header,
        footer=footer(facts),
        digest=digest(facts, TEMPLATE),
    )


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
