"""``xiangtu reserve``: reserves a plot for a lead among officers (意向选址) until a day, or releases it."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("reserve a plot for a lead until a day, or release it (an understanding in the house, no promise of land)")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("plot", metavar="PLOT", help=_("id or code of a plot"))
    act = parser.add_mutually_exclusive_group(required=True)
    act.add_argument("--for", dest="lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    act.add_argument("--release", action="store_true", help=_("make it available again"))
    parser.add_argument("--until", metavar="DATE", help=_("the last day"))


def run(context: Context) -> int:
    """Reserve or release the plot."""
    from crm.commands.opening import opened
    from crm.commands.options import day_given, refused
    from crm.database import Session
    from crm.queries.records import Record
    from crm.services.plots import release, reserve

    arguments = context.arguments
    if arguments.lead and not arguments.until:
        raise refused("--until", _("say until which day the plot is reserved."))

    def work(session: Session) -> Record:
        if arguments.release:
            return release(session, arguments.plot)
        return reserve(session, arguments.plot, arguments.lead, day_given(arguments.until))

    with opened(context) as workspace:
        why = _("release of a plot") if arguments.release else _("reservation of a plot")
        plot = workspace.database.change(work, by=workspace.user, why=why)
    held = plot.values.get("locked_by")
    until = str(plot.values["locked_until"]) if held else None
    text = _("{plot} is available.").format(plot=plot.code)
    if held:
        text = _("{plot} is reserved for {lead} until {until}.").format(plot=plot.code, lead=held, until=until)
    context.answer({"plot": plot.code, "reserved_for": held, "until": until}, lambda: text)
    return DONE
