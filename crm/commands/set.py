"""``xiangtu set``: changes fields of a record; a lead's stage or status obeys the same rules as ``xiangtu stage``."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.commands.options import add_kind
from crm.i18n import N_, _

HELP = N_("change fields of a lead, or by --kind of another record")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    add_kind(parser)
    help_text = _("field=value; field= empties it; a list as a|b; an entry as space.研发=1200㎡")
    parser.add_argument("assignments", nargs="+", metavar="FIELD=VALUE", help=help_text)
    parser.add_argument("--reason", metavar="R", help=_("why; kept in the history"))


def run(context: Context) -> int:
    """Change the record and say what differs."""
    from crm.commands.changing import assigned, change, tell

    kind, words = context.arguments.kind, context.arguments.assignments
    tell(context, change(context, lambda one: assigned(kind, one.values, words), _("change of fields"), kind))
    return DONE
