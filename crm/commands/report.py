"""``xiangtu report 2026-11``: the statistics of a week, month, quarter or year; printed, and frozen when it is over."""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.commands.options import day_given
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.statistics.paper import PeriodFacts

HELP = N_("the statistics of a week, month, quarter or year")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("period", metavar="PERIOD", help=_("2026-W47, 2026-11, 2026-Q4 or 2026"))
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=_("the file to write: .pdf, or .docx for Word")
    )
    parser.add_argument("--freeze", action="store_true", help=_("keep the figures as they are now; only once"))
    parser.add_argument("--on", metavar="DATE", help=_("the day of the document, YYYY-MM-DD; default: today"))


def run(context: Context) -> int:
    """Make it, freeze it when asked, print it where asked."""
    from crm.commands.opening import opened
    from crm.domain.statistics.periods import read_period
    from crm.jobs.period_reports import freeze_period, period_facts, print_period
    from crm.queries.dossiers import Paper

    arguments = context.arguments
    period, on = read_period(arguments.period), day_given(arguments.on)
    with opened(context) as workspace:
        settings, database = workspace.settings, workspace.database
        if arguments.freeze:
            freeze_period(database, period, on, workspace.user)
        facts = period_facts(database, period, on, Paper(settings.unit, settings.header, settings.marking))
        printed = None
        if arguments.output is not None:
            compose = partial(
                context.doors.renderers["period_report"](), office_fonts=settings.office_fonts, stand_ins=True
            )
            printed = print_period(database, facts, compose, arguments.output, workspace.user)
    answer = _document(facts)
    if printed is not None:
        for where, character in printed.stand_ins:
            text = _("{where}: no font has {character}; it is printed as its code point.")
            context.say(text.format(where=where, character=character))
        answer |= {"file": str(printed.file), "pages": printed.pages, "sha256": printed.sha256}
    context.answer(answer, lambda: _text(facts, str(printed.file) if printed else ""))
    return DONE


def _document(facts: PeriodFacts) -> dict[str, Any]:
    from crm.domain.statistics.snapshot import text_of

    return {
        "period": facts.report.period,
        "frozen": {"by": facts.frozen_by, "on": str(facts.frozen_on)} if facts.frozen_on else None,
        "corrections": [
            {"milestone": one.milestone, "column": one.column, "frozen": one.frozen, "now": one.now}
            for one in facts.corrections
        ],
        **json.loads(text_of(facts.report))["report"],
    }


def _text(facts: PeriodFacts, file: str) -> str:
    from crm.domain.fields.registry import LEAD_FIELDS
    from crm.domain.statistics.periods import period_text

    head = _("{period}: {count} projects in the book.")
    lines = [head.format(period=period_text(facts.period), count=facts.report.projects.projects)]
    row = _("  {step}: {here} in the period, {year} this year, {ever} in all")
    lines += [
        row.format(
            step=_(LEAD_FIELDS[one.milestone].label),
            here=one.here.projects,
            year=one.year.projects,
            ever=one.ever.projects,
        )
        for one in facts.report.progress
    ]
    if facts.frozen_on:
        frozen = _("Frozen on {day} by {name}; corrected since: {count} figures.")
        lines.append(frozen.format(day=facts.frozen_on, name=facts.frozen_by, count=len(facts.corrections)))
    if file:
        lines.append(_("Written: {file}").format(file=file))
    return "\n".join(lines)
