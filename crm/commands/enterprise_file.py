"""``xiangtu enterprise-file``: 一企一档 as PDF or Word."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from crm.commands.line import Context
from crm.commands.printing import configure_output, order_of, print_file
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.jobs.dossiers import Printed
    from crm.workspace import Workspace

HELP = N_("print the file of an enterprise: projects, figures by year, promises, services")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("enterprise", metavar="ENTERPRISE", help=_("id, code or exact name of an enterprise"))
    configure_output(parser)


def run(context: Context) -> int:
    """Print it."""
    from crm.jobs.dossiers import print_enterprise

    name = _("Enterprise file")

    def work(workspace: Workspace) -> Printed:
        order = order_of(context, workspace, "enterprise_file", name)
        arguments = context.arguments
        return print_enterprise(workspace.database, order, arguments.enterprise, arguments.output)

    return print_file(context, name, work)
