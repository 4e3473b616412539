"""``xiangtu coordination-sheet A B``: two leads that may be one, side by side, for people to decide and sign."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from crm.commands.line import Context
from crm.commands.printing import configure_output, order_of, print_file
from crm.i18n import N_, _, pgettext

if TYPE_CHECKING:
    from crm.jobs.dossiers import Printed
    from crm.workspace import Workspace

HELP = N_("print two leads that may be one side by side, for a decision")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    parser.add_argument("other", metavar="OTHER", help=_("the lead it is compared with"))
    configure_output(parser)


def run(context: Context) -> int:
    """Print it."""
    from crm.jobs.dossiers import print_pair

    arguments, name = context.arguments, pgettext("document", "Coordination sheet")

    def work(workspace: Workspace) -> Printed:
        order = order_of(context, workspace, "coordination_sheet", name)
        return print_pair(workspace.database, order, (arguments.lead, arguments.other), arguments.output)

    return print_file(context, name, work)
