"""``xiangtu report monthly --period 2026-11``: statistics of a period, printed, and frozen when it is over (cli.md)."""

from __future__ import annotations

import argparse
import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.commands.options import day_given
from crm.errors import ValueRefusedError
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.statistics.paper import PeriodFacts
    from crm.domain.statistics.periods import Period

HELP = N_("the statistics of a week, month, quarter or year")
LENGTHS = ("weekly", "monthly", "quarterly", "annual")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("length", choices=LENGTHS, help=_("how long the period is"))
    period = _("2026-W47, 2026-11, 2026-Q4 or 2026; default: the one that --on is in")
    parser.add_argument("--period", metavar="P", help=period)
    output = _("the file to write: .pdf, .docx for Word, or .xlsx")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=output)
    parser.add_argument("--freeze", action="store_true", help=_("keep the figures as they are now; only once"))
    parser.add_argument("--on", metavar="DATE", help=_("the day of the document, YYYY-MM-DD; default: today"))


def run(context: Context) -> int:
    """Make it, freeze it when asked, print it where asked."""
    from crm.commands.opening import opened
    from crm.jobs.period_reports import freeze_period, period_facts, print_period
    from crm.queries.dossiers import Paper

    arguments = context.arguments
    on = day_given(arguments.on)
    period = _period(arguments.length, arguments.period, on)
    with opened(context) as workspace:
        settings, database = workspace.settings, workspace.database
        if arguments.freeze:
            freeze_period(database, period, on, workspace.user)
        facts = period_facts(database, period, on, Paper(settings.unit, settings.header, settings.marking))
        printed = None
        if arguments.output is not None:
            renderer = context.doors.renderers["period_report"]()
            compose = partial(renderer, office_fonts=settings.office_fonts, stand_ins=True)
            printed = print_period(database, facts, compose, arguments.output, workspace.user)
    answer = _document(facts)
    if printed is not None:
        for where, character in printed.stand_ins:
            text = _("{where}: no font has {character}; it is printed as its code point.")
            context.say(text.format(where=where, character=character))
        answer |= {"file": str(printed.file), "pages": printed.pages, "sha256": printed.sha256}
        answer["version"] = printed.version
    context.answer(answer, lambda: _text(facts, str(printed.file) if printed else ""))
    return DONE


def _period(length: str, given: str | None, on: date) -> Period:
    """Return the period that is meant.

    Raises:
        ValueRefusedError: it is none, or of another length.
    """
    from crm.domain.statistics.periods import period_around, read_period

    if given is None:
        return period_around(length, on)
    period = read_period(given)
    if period != period_around(length, period.last):
        message = _("{period} is no period of that length; {length} would be {example}.")
        example = period_around(length, period.last).key
        raise ValueRefusedError(message.format(period=given, length=length, example=example), where="--period")
    return period


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
    from crm.domain.statistics.explain import EVENTS
    from crm.domain.statistics.periods import period_text

    head = _("{period}: {count} projects in the book.")
    lines = [head.format(period=period_text(facts.period), count=facts.report.projects.projects)]
    row = _("  {step}: {here} in the period, {year} this year, {ever} in all")
    lines += [
        row.format(
            step=_(EVENTS[one.milestone]),
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
