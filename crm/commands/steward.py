"""``xiangtu steward``: names the steward of a project, or hands it over; exactly one at any time."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("name the steward (管家) of a project, or hand it over to another")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    parser.add_argument("steward", metavar="NAME", help=_("who is the steward from then on"))
    parser.add_argument("--since", metavar="DATE", help=_("the day; today when it is not given"))
    parser.add_argument("--note", metavar="TEXT", default="", help=_("what was handed over"))


def run(context: Context) -> int:
    """Hand the project over."""
    from crm.commands.opening import opened
    from crm.commands.options import day_given
    from crm.services.stewards import hand_over

    arguments, since = context.arguments, day_given(context.arguments.since)
    with opened(context) as workspace:
        made = workspace.database.change(
            lambda session: hand_over(session, arguments.lead, arguments.steward, since, arguments.note),
            by=workspace.user,
            why=arguments.note or _("handover of a project"),
        )
    lead, name = str(made.values["lead"]), str(made.values["steward"])
    text = _("{name} is the steward of {lead} from {since} on.").format(name=name, lead=lead, since=since)
    context.answer({"lead": lead, "steward": name, "since": since.isoformat()}, lambda: text)
    return DONE
