"""``xiangtu match``: where a lead could go and whose money could come, recommended and refused, with every reason."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from crm.commands.line import DONE, Context
from crm.commands.options import add_rates, day_given, rates_given
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.matching.match import Match
    from crm.domain.thresholds import Judgement
    from crm.queries.records import Record

HELP = N_("find communities, carriers, funds and plots for a lead, with reasons")

KINDS = ("community", "carrier", "fund", "plot")
"""As ``crm.domain.matching.match.EVERY``, which a command that is only described does not import."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    parser.add_argument("--kind", choices=KINDS, help=_("only one kind of target; default: all"))
    parser.add_argument("--on", metavar="DATE", help=_("the day of the match, YYYY-MM-DD; default: today"))
    add_rates(parser)


def run(context: Context) -> int:
    """Print the match; a lead that nothing fits is no error."""
    from crm.commands.opening import opened
    from crm.domain.matching.ground import judge_lead, match_lead
    from crm.domain.matching.to_json import match_document
    from crm.domain.thresholds.to_json import to_json
    from crm.queries.matching import load_match_ground
    from crm.queries.records import load_one

    arguments = context.arguments
    on, rates = day_given(arguments.on), rates_given(arguments.rate)
    with opened(context) as workspace, workspace.database.read() as session:
        lead = load_one(session, "leads", arguments.lead)
        ground = load_match_ground(session, on, rates)
    verdict = judge_lead(lead.values, ground, rates)
    kinds = (arguments.kind,) if arguments.kind else KINDS
    match = match_lead(lead.values, ground, verdict, rates=rates, kinds=kinds)
    context.answer(match_document(match, lead.code, to_json(verdict)), lambda: _text(lead, match, verdict))
    return DONE


def _text(lead: Record, match: Match, verdict: Judgement) -> str:
    from crm.domain.matching.explain import missing_fields
    from crm.domain.matching.text import match_text
    from crm.domain.thresholds.explain import conclusion

    title = _("{name} ({code})").format(name=lead.values.get("name") or "", code=lead.code)
    return match_text(match, title, conclusion(verdict), missing_fields(match, verdict.missing))
