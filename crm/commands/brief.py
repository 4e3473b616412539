"""``xiangtu brief``: 项目简报 as PDF."""

from __future__ import annotations

import argparse

from crm.commands.line import Context
from crm.commands.printing import configure_one, print_one
from crm.i18n import N_, _

HELP = N_("print the brief of a lead as PDF")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    configure_one(parser)
    parser.add_argument("--profile", action="store_true", help=_("print the blocks on the district first"))


def run(context: Context) -> int:
    """Print it."""
    return print_one(context, "brief", _("Project brief"))
