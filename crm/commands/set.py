"""``xiangtu set``: changes fields of a lead; a stage or status obeys the same rules as ``xiangtu stage``."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("change fields of a lead")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    help_text = _("field=value; field= empties it; a list as a|b; an entry as space.研发=1200㎡")
    parser.add_argument("assignments", nargs="+", metavar="FIELD=VALUE", help=help_text)
    parser.add_argument("--reason", metavar="R", help=_("why; kept in the history"))


def run(context: Context) -> int:
    """Change the lead and say what differs."""
    from crm.commands.changing import assigned, change, tell

    tell(context, change(context, lambda lead: assigned(lead, context.arguments.assignments), _("change of fields")))
    return DONE
