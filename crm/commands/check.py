"""``xiangtu check``: the land-tax threshold verdict."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_

HELP = N_("check a project against the land-tax thresholds")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", nargs="?", metavar="LEAD")


def run(context: Context) -> int:
    """Print the verdict."""
    context.answer({}, lambda: "")
    return DONE
