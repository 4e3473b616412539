"""``xiangtu match-sheet``: 匹配建议书 as PDF."""

from __future__ import annotations

import argparse

from crm.commands.line import Context
from crm.commands.printing import configure_one, print_one
from crm.i18n import N_, _

HELP = N_("print the match of a lead as PDF")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    configure_one(parser)


def run(context: Context) -> int:
    """Print it."""
    return print_one(context, "match_sheet", _("Match"))
